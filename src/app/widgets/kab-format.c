/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
#include "kab-kind-title.h"

#include <glib/gi18n-lib.h>
#include <string.h>

char *
kab_format_order_name(const KabOrder *order)
{
    if (order->number == NULL || *order->number == '\0') {
        if (order->name != NULL && *order->name != '\0')
            return g_strdup(order->name);
        return g_strdup(order->status == KAB_ORDER_DRAFT ? _("Draft order")
                                                         : _("Order not numbered yet"));
    }
    return g_strdup_printf(_("Order %s"), order->number);
}

char *
kab_format_order_link(const KabOrder *order)
{
    g_autofree char *date = NULL;

    if (order->number != NULL && *order->number != '\0')
        return g_strdup_printf(_("Open order %s"), order->number);
    date = kab_format_order_date(order);
    return g_strdup_printf(_("Open order of %s"), date);
}

char *
kab_format_order_date(const KabOrder *order)
{
    return kab_time_format_local(order->placed_at != 0 ? order->placed_at : order->created_at);
}

char *
kab_format_task_name(const KabTask *task)
{
    if (task->order_number == NULL || *task->order_number == '\0')
        return g_strdup(_("Approve an order"));
    return g_strdup_printf(_("Approve order %s"), task->order_number);
}

char *
kab_format_approver(const KabOrder *order)
{
    if (!order->held)
        return NULL;
    return g_strdup_printf(_("It waits for approval: %s"), kab_role_to_title(order->approver));
}

/* A line that the manager added was ordered at no price. */
static gboolean
has_new_price(const KabOrderLine *line)
{
    return line->ordered.milli > 0 && line->ordered_price.minor != line->price.minor;
}

char *
kab_format_line_price(const KabOrderLine *line)
{
    g_autofree char *now = kab_money_format(line->price);
    g_autofree char *was = NULL;

    if (!has_new_price(line))
        return g_strconcat("× ", now, NULL);
    was = kab_money_format(line->ordered_price);
    return g_strconcat("× ", was, " → ", now, NULL);
}

char *
kab_format_line_progress(const KabOrderLine *line)
{
    g_autofree char *amount = kab_quantity_format(line->shipped);
    g_autofree char *sum = kab_money_format(line->paid);
    g_autofree char *shipped = NULL;
    g_autofree char *paid = NULL;

    if (line->shipped.milli > 0)
        shipped = g_strdup_printf(_("shipped %s"), amount);
    if (line->paid.minor > 0)
        paid = g_strdup_printf(_("paid %s"), sum);
    return kab_format_join(shipped != NULL ? shipped : "", paid != NULL ? paid : "", NULL);
}

char *
kab_format_vat(const KabOrder *order)
{
    g_autofree char *sum = kab_money_format(order->vat);

    return order->vat_on_top ? g_strdup_printf(_("with VAT on top: %s"), sum) : g_strdup("");
}

char *
kab_format_amount(KabQuantity quantity, const char *unit)
{
    g_autofree char *number = kab_quantity_format(quantity);

    if (unit == NULL || *unit == '\0')
        return g_steal_pointer(&number);
    return g_strconcat(number, "\xc2\xa0", unit, NULL);
}

char *
kab_format_line_amount(const KabOrderLine *line)
{
    g_autofree char *now = kab_format_amount(line->quantity, line->unit);
    g_autofree char *ordered = NULL;

    if (line->ordered.milli == line->quantity.milli)
        return g_steal_pointer(&now);
    ordered = kab_quantity_format(line->ordered);
    return g_strconcat(ordered, " → ", now, NULL);
}

char *
kab_format_products(guint n)
{
    return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u product", "%u products", n), n);
}

char *
kab_format_order_totals(GArray *totals)
{
    GString *text = g_string_new(NULL);
    gulong n = 0;

    for (guint i = 0; i < totals->len; i++)
        n += (gulong)g_array_index(totals, KabOrderTotal, i).count;
    g_string_append_printf(text, g_dngettext(GETTEXT_PACKAGE, "%lu order", "%lu orders", n), n);
    for (guint i = 0; i < totals->len; i++) {
        g_autofree char *sum = kab_money_format(g_array_index(totals, KabOrderTotal, i).total);

        g_string_append_printf(text, " · %s", sum);
    }
    return g_string_free(text, FALSE);
}

char *
kab_format_object(const char *kind, const KabObjectName *name)
{
    g_autofree char *known = kab_object_name_format(name);

    return *known != '\0' ? g_strdup_printf("%s %s", kab_kind_title_of(kind), known)
                          : g_strdup(kab_kind_title_of(kind));
}

static const struct {
    const char *outcome;
    const char *title; /* msgid */
} outcome_titles[] = {
    {"ok", NC_("outcome", "Done")},
    {"error", NC_("outcome", "Error")},
    {"applied", NC_("outcome", "Applied")},
    {"duplicate", NC_("outcome", "Known already")},
    {"stale", NC_("outcome", "Outdated")},
    {"rejected", NC_("outcome", "Rejected")},
    {"retry", NC_("outcome", "To be repeated")},
    {"waits", NC_("outcome", "Waits")},
    {"fetched", NC_("outcome", "Fetched")},
    {"again", NC_("outcome", "Queued again")},
    {"queued", NC_("outcome", "Queued")},
    {"discarded", NC_("outcome", "Discarded")},
};

const char *
kab_format_outcome(const char *outcome)
{
    for (gsize i = 0; i < G_N_ELEMENTS(outcome_titles); i++)
        if (g_str_equal(outcome, outcome_titles[i].outcome))
            return g_dpgettext2(GETTEXT_PACKAGE, "outcome", outcome_titles[i].title);
    return outcome;
}

char *
kab_format_moment(KabTime time)
{
    g_autofree char *day = kab_time_format_local_date(time);
    g_autofree char *today = kab_time_format_local_date(kab_time_now());
    g_autoptr(GDateTime) date = NULL;

    if (time == 0 || !g_str_equal(day, today))
        return kab_time_format_local(time);
    date = g_date_time_new_from_unix_local(time / 1000);
    /* Translators: a time of today, in the form of g_date_time_format() */
    return g_date_time_format(date, C_("date format", "%H:%M"));
}

char *
kab_format_age(KabTime since)
{
    int minutes = (int)CLAMP((kab_time_now() - since) / 60000, 0, G_MAXINT);

    if (minutes < 1)
        return g_strdup(_("< 1 min"));
    if (minutes < 60)
        return g_strdup_printf(_("%d min"), minutes);
    if (minutes < 48 * 60)
        /* Translators: hours */
        return g_strdup_printf(_("%d h"), minutes / 60);
    /* Translators: days */
    return g_strdup_printf(_("%d d"), minutes / (24 * 60));
}

char *
kab_format_ago(KabTime since)
{
    int minutes = (int)CLAMP((kab_time_now() - since) / 60000, 0, G_MAXINT);
    guint hours = (guint)minutes / 60;
    guint days = hours / 24;

    if (minutes < 1)
        return g_strdup(_("just now"));
    if (hours < 1)
        return g_strdup_printf(
            g_dngettext(GETTEXT_PACKAGE, "%d minute ago", "%d minutes ago", (gulong)minutes),
            minutes);
    if (days < 2)
        return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u hour ago", "%u hours ago", hours),
                               hours);
    return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u day ago", "%u days ago", days), days);
}

char *
kab_format_unavailable(gboolean base, KabTime since)
{
    g_autofree char *moment = kab_format_moment(since);

    return g_strdup_printf(base ? _("The portal is not available since %s")
                                : _("The base is not available since %s"),
                           moment);
}

char *
kab_format_join(const char *first, ...)
{
    GString *text = g_string_new(NULL);
    va_list args;

    va_start(args, first);
    for (const char *part = first; part != NULL; part = va_arg(args, const char *)) {
        if (*part == '\0')
            continue;
        if (text->len > 0)
            g_string_append(text, " · ");
        g_string_append(text, part);
    }
    va_end(args);
    return g_string_free(text, FALSE);
}

const char *
kab_format_address(const char *address)
{
    return g_str_equal(address, "unix") ? _("this computer") : address;
}

char *
kab_format_peer(const char *peer)
{
    const char *comma = g_strrstr(peer, ", ");
    g_autofree char *login = comma != NULL ? g_strndup(peer, (gsize)(comma - peer)) : NULL;

    return login != NULL
               ? g_strdup_printf("%s, %s", login, kab_format_address(comma + strlen(", ")))
               : g_strdup(kab_format_address(peer));
}

char *
kab_format_program(const char *program)
{
    const char *library = strstr(program, " libsoup/");

    return library != NULL ? g_strndup(program, (gsize)(library - program)) : g_strdup(program);
}
