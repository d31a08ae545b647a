/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-history.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* By who did it: the same word of an older version may stand for either. */
static const struct {
    const char *what;
    const char *partner;
    const char *base;
} titles[] = {
    {"placed", N_("Placed"), N_("Placed")},
    {"saved", N_("Saved as a draft"), N_("Saved as a draft")},
    {"edited", N_("Draft changed"), N_("Draft changed")},
    {"confirmed", N_("Confirmed"), N_("Confirmed")},
    {"refused", N_("Refused"), N_("Declined by the company")},
    {"new", N_("Placed"), N_("Back to “New”")},
    {"awaiting-manager", N_("The manager is looking at it"), N_("The manager is looking at it")},
    {"awaiting-partner", N_("Ready for your confirmation"), N_("Ready for your confirmation")},
    {"in-progress", N_("The company is working on it"), N_("The company is working on it")},
    {"completed", N_("Completed"), N_("Completed")},
};

KabHistoryEntry *
kab_history_entry_new(void)
{
    KabHistoryEntry *entry = g_new0(KabHistoryEntry, 1);

    entry->shipped = entry->paid = -1;
    return entry;
}

void
kab_history_entry_free(KabHistoryEntry *entry)
{
    if (entry == NULL)
        return;
    g_free(entry->who);
    g_free(entry->what);
    g_free(entry->number);
    g_free(entry->state);
    kab_order_free(entry->changes);
    g_free(entry->ship_date);
    g_free(entry->warehouse);
    g_free(entry);
}

void
kab_history_entry_add_change(KabHistoryEntry *entry, const KabOrderLine *before,
                             const KabOrderLine *after)
{
    const KabOrderLine *known = after != NULL ? after : before;
    KabOrderLine change = {.article = known->article,
                           .name = known->name,
                           .unit = known->unit,
                           .price = known->price,
                           .ordered_price = known->price};

    entry->lines++;
    if (entry->changes == NULL)
        entry->changes = kab_order_new();
    if (entry->changes->lines->len == KAB_HISTORY_MAX_CHANGES)
        return;
    change.product_id = known->product_id;
    if (before != NULL) {
        change.ordered = before->quantity;
        change.ordered_price = before->price;
    }
    if (after != NULL)
        change.quantity = after->quantity;
    kab_order_append_line(entry->changes, &change);
}

char *
kab_history_entry_make_title(const KabHistoryEntry *entry)
{
    for (gsize i = 0; i < G_N_ELEMENTS(titles); i++)
        if (g_strcmp0(entry->what, titles[i].what) == 0)
            return g_strdup(
                g_dgettext(GETTEXT_PACKAGE, entry->by_base ? titles[i].base : titles[i].partner));
    return g_strdup(entry->by_base ? _("Changed by the company") : _("Changed"));
}

static void
add(GString *text, char *taken)
{
    g_autofree char *part = taken;

    g_string_append_printf(text, "%s%s", text->len > 0 ? " · " : "", part);
}

static char *
describe_ship_date(const char *date)
{
    g_autofree char *local = kab_date_format_local(kab_date_of(date));

    return *date == '\0' ? g_strdup(_("no date of shipping any more"))
                         : g_strdup_printf(_("to be shipped on %s"), local);
}

char *
kab_history_entry_make_detail(const KabHistoryEntry *entry)
{
    GString *text = g_string_new(NULL);
    gulong n = (gulong)entry->lines;

    if (entry->number != NULL)
        add(text, g_strdup_printf(_("number %s given"), entry->number));
    if (entry->lines > 0)
        add(text, g_strdup_printf(
                      g_dngettext(GETTEXT_PACKAGE, "%lu line changed", "%lu lines changed", n), n));
    if (entry->ship_date != NULL)
        add(text, describe_ship_date(entry->ship_date));
    if (entry->warehouse != NULL)
        add(text, g_strdup_printf(_("warehouse: %s"), entry->warehouse));
    if (entry->state != NULL)
        add(text, g_strdup(kab_order_state_to_title(entry->state)));
    if (entry->shipped >= 0)
        add(text, g_strdup_printf(_("shipped: %d %%"), entry->shipped));
    if (entry->paid >= 0)
        add(text, g_strdup_printf(_("paid: %d %%"), entry->paid));
    return g_string_free(text, FALSE);
}

const char *
kab_history_entry_get_who(const KabHistoryEntry *entry)
{
    gboolean nobody = entry->who == NULL || *entry->who == '\0';

    /* What was kept before anybody's name was known. */
    if (nobody || (entry->by_base && strcmp(entry->who, "base") == 0))
        return _("The company");
    return entry->who;
}
