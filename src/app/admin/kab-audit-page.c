/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-audit-page.h"
#include "kab-client-users.h"
#include "kab-fact-row.h"
#include "kab-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _KabAuditPage {
    KabListPage parent_instance;

    GtkEditable *who_entry;

    char *who; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE(KabAuditPage, kab_audit_page, KAB_TYPE_LIST_PAGE)

/* What is written down; the first one is what a filter of everything is called. */
static const struct {
    const char *action;
    const char *title;
} actions[] = {
    {NULL, NC_("audit", "All actions")},
    {"sign-in", NC_("audit", "Signed in")},
    {"sign-out", NC_("audit", "Signed out")},
    {"refused", NC_("audit", "Refused")},
    {"password", NC_("audit", "Password")},
    {"code", NC_("audit", "Code for a password")},
    {"session", NC_("audit", "Session")},
    {"user", NC_("audit", "User")},
    {"key", NC_("audit", "Key")},
    {"setting", NC_("audit", "Setting")},
    {"price", NC_("audit", "Price")},
    {"news", NC_("audit", "News")},
};

/* What the services write in words of their own. */
static const char *const details[] = {
    NC_("audit", "activated"),  NC_("audit", "deactivated"),   NC_("audit", "deleted"),
    NC_("audit", "revoked"),    NC_("audit", "set"),           NC_("audit", "taken away"),
    NC_("audit", "ended"),      NC_("audit", "all ended"),     NC_("audit", "removed"),
    NC_("audit", "published"),  NC_("audit", "sent"),          NC_("audit", "printed"),
    NC_("audit", "asked for"),  NC_("audit", "invited again"), NC_("audit", "password reset"),
    NC_("audit", "no meaning"), NC_("audit", "no role"),       NC_("audit", "token"),
    NC_("audit", "exchange"),
};

/* Who wrote it down: a person at the service's own machine. */
#define COMMAND_LINE "command line: "

static const char *
get_title(const char *action)
{
    for (gsize i = 1; i < G_N_ELEMENTS(actions); i++)
        if (g_str_equal(actions[i].action, action))
            return g_dpgettext2(GETTEXT_PACKAGE, "audit", actions[i].title);
    return action;
}

static char *
describe_detail(const char *detail)
{
    guint n;

    for (gsize i = 0; detail != NULL && i < G_N_ELEMENTS(details); i++)
        if (g_str_equal(details[i], detail))
            return g_strdup(g_dpgettext2(GETTEXT_PACKAGE, "audit", details[i]));
    if (detail != NULL && sscanf(detail, "prices of %9u products", &n) == 1)
        return g_strdup_printf(
            g_dngettext(GETTEXT_PACKAGE, "prices of %u product", "prices of %u products", n), n);
    return g_strdup(detail != NULL ? detail : "");
}

/* Nobody, a person, a program, or somebody at the service's own machine. */
static char *
describe_who(const char *who)
{
    if (who == NULL || *who == '\0')
        return g_strdup(_("Nobody"));
    if (g_str_has_prefix(who, COMMAND_LINE))
        return g_strdup_printf(_("command line: %s"), who + strlen(COMMAND_LINE));
    return g_strdup(g_str_equal(who, "exchange") ? C_("audit", "exchange") : who);
}

static void
kab_audit_page_list(KabListPage *page, const char *after, guint limit, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer data)
{
    kab_client_list_audit_async(
        kab_data_page_get_client(KAB_DATA_PAGE(page)), KAB_AUDIT_PAGE(page)->who,
        actions[kab_list_page_get_filter(page)].action, after, limit, cancellable, callback, data);
}

static gboolean
kab_audit_page_is_filtered(KabListPage *page)
{
    return KAB_AUDIT_PAGE(page)->who != NULL;
}

static KabItem *
kab_audit_page_make_item(gpointer value)
{
    KabAuditItem *item = value;
    g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, item->id);

    return kab_item_new(key, item, (GDestroyNotify)kab_audit_item_free);
}

static char *
make_title(const KabAuditItem *item)
{
    g_autofree char *who = describe_who(item->who);

    return kab_format_join(who, get_title(item->action), item->object != NULL ? item->object : "",
                           NULL);
}

static void
show_row(KabFactRow *row, KabItem *item)
{
    const KabAuditItem *entry = kab_item_get_value(item);
    g_autofree char *title = make_title(entry);
    g_autofree char *moment = kab_format_moment(entry->at);
    g_autofree char *told = describe_detail(entry->detail);
    g_autofree char *detail =
        kab_format_join(moment, entry->address != NULL ? entry->address : "", told, NULL);

    kab_fact_row_set_texts(row, title, detail, NULL);
}

static GtkWidget *
kab_audit_page_make_row(KabListPage *page G_GNUC_UNUSED)
{
    return kab_fact_row_new(show_row);
}

static void
kab_audit_page_set_row(GtkWidget *row, KabItem *item)
{
    kab_fact_row_set_item(KAB_FACT_ROW(row), item);
}

static char *
kab_audit_page_dup_name(KabItem *item)
{
    return make_title(kab_item_get_value(item));
}

/* There is no more of it than the row says. */
static void
kab_audit_page_open(KabListPage *page G_GNUC_UNUSED, KabItem *item G_GNUC_UNUSED)
{
}

static void
on_who_changed(KabAuditPage *self)
{
    g_autofree char *text = g_strstrip(g_strdup(gtk_editable_get_text(self->who_entry)));

    if (g_strcmp0(text, self->who != NULL ? self->who : "") == 0)
        return;
    g_free(self->who);
    self->who = *text != '\0' ? g_steal_pointer(&text) : NULL;
    kab_list_page_ask_anew(KAB_LIST_PAGE(self));
}

static void
add_tools(KabAuditPage *self)
{
    GtkWidget *search = gtk_search_entry_new();

    self->who_entry = GTK_EDITABLE(search);
    gtk_widget_set_hexpand(search, TRUE);
    g_object_set(search, "placeholder-text", _("Login of who did it"), NULL);
    gtk_accessible_update_property(GTK_ACCESSIBLE(search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   _("Login of who did it"), -1);
    gtk_editable_set_max_width_chars(GTK_EDITABLE(search), 30);
    gtk_editable_set_width_chars(GTK_EDITABLE(search), 10);
    g_signal_connect_object(search, "search-changed", G_CALLBACK(on_who_changed), self,
                            G_CONNECT_SWAPPED);
    kab_list_page_add_tools(KAB_LIST_PAGE(self), search, adw_bin_new());
}

static void
kab_audit_page_constructed(GObject *object)
{
    KabAuditPage *self = KAB_AUDIT_PAGE(object);
    const KabListPageTexts texts = {
        .icon_name = "document-open-recent-symbolic",
        .list_name = _("Who did what"),
        .empty_title = _("Nothing has been done yet"),
        .empty_text = "",
        .nothing_text = _("Nothing is like that. The login has to be written as a whole."),
    };
    const char *filters[G_N_ELEMENTS(actions) + 1] = {NULL};

    G_OBJECT_CLASS(kab_audit_page_parent_class)->constructed(object);
    for (gsize i = 0; i < G_N_ELEMENTS(actions); i++)
        filters[i] = g_dpgettext2(GETTEXT_PACKAGE, "audit", actions[i].title);
    add_tools(self);
    kab_list_page_set_up(KAB_LIST_PAGE(self), &texts, _("Action"), filters);
}

static void
kab_audit_page_dispose(GObject *object)
{
    g_clear_pointer(&KAB_AUDIT_PAGE(object)->who, g_free);
    G_OBJECT_CLASS(kab_audit_page_parent_class)->dispose(object);
}

static void
kab_audit_page_class_init(KabAuditPageClass *klass)
{
    KabListPageClass *list_class = KAB_LIST_PAGE_CLASS(klass);

    G_OBJECT_CLASS(klass)->constructed = kab_audit_page_constructed;
    G_OBJECT_CLASS(klass)->dispose = kab_audit_page_dispose;
    list_class->is_filtered = kab_audit_page_is_filtered;
    list_class->list = kab_audit_page_list;
    list_class->list_finish = kab_client_list_audit_finish;
    list_class->make_item = kab_audit_page_make_item;
    list_class->make_row = kab_audit_page_make_row;
    list_class->set_row = kab_audit_page_set_row;
    list_class->dup_name = kab_audit_page_dup_name;
    list_class->open = kab_audit_page_open;
}

static void
kab_audit_page_init(KabAuditPage *self G_GNUC_UNUSED)
{
}

KabDataPage *
kab_audit_page_new(KabClient *client, const char *who)
{
    KabAuditPage *self =
        g_object_new(KAB_TYPE_AUDIT_PAGE, "client", client, "title", _("Who did what"), NULL);

    if (*who != '\0') {
        self->who = g_strdup(who);
        gtk_editable_set_text(self->who_entry, who);
    }
    return KAB_DATA_PAGE(self);
}
