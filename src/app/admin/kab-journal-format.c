/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
#include "kab-journal-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What the services write into their journals. */
static const struct {
    const char *what;
    const char *outgoing; /* msgid */
    const char *incoming; /* (nullable): msgid */
    gboolean by_hand;
} whats[] = {
    {"POST messages", N_("Messages sent"), N_("Messages received"), FALSE},
    {"GET queue", N_("Messages fetched"), N_("Messages handed over"), FALSE},
    {"POST answers", N_("Answers sent"), N_("Answers received"), FALSE},
    {"build", N_("Message built"), NULL, FALSE},
    {"retry", N_("Queued once more"), NULL, TRUE},
    {"discard", N_("Discarded from the queue"), NULL, TRUE},
    {"put", N_("Queued by hand"), NULL, TRUE},
    {"pause", N_("Queue paused"), NULL, TRUE},
    {"resume", N_("Queue resumed"), NULL, TRUE},
    {"sign-in", N_("Sign-in"), NULL, FALSE},
};

/* Behind what was sent: by whom it was edited, and why. */
#define EDITED ", edited by "

static const char *
get_title(const KabJournalItem *item, const char *what)
{
    for (gsize i = 0; i < G_N_ELEMENTS(whats); i++) {
        const char *title =
            item->incoming && whats[i].incoming != NULL ? whats[i].incoming : whats[i].outgoing;

        if (g_str_equal(whats[i].what, what))
            return g_dgettext(GETTEXT_PACKAGE, title);
    }
    return what;
}

static char *
format_objects(const KabJournalItem *item)
{
    gulong n = (gulong)(item->objects != NULL ? item->objects->len : item->n_objects);

    if (item->name != NULL)
        return kab_format_object(item->kind, item->name);
    return n > 0 ? g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%lu object", "%lu objects", n), n)
                 : NULL;
}

char *
kab_journal_format_what(const KabJournalItem *item)
{
    g_autofree char *objects = format_objects(item);
    const char *what = item->what != NULL ? item->what : "";
    const char *end = strstr(what, EDITED);
    g_autofree char *sent = end != NULL ? g_strndup(what, (gsize)(end - what)) : g_strdup(what);
    g_autofree char *edited =
        end != NULL ? g_strdup_printf(_("edited by %s"), end + strlen(EDITED)) : g_strdup("");

    return kab_format_join(get_title(item, sent), edited, objects != NULL ? objects : "", NULL);
}

gboolean
kab_journal_is_by_hand(const KabJournalItem *item)
{
    for (gsize i = 0; i < G_N_ELEMENTS(whats); i++)
        if (g_strcmp0(whats[i].what, item->what) == 0)
            return whats[i].by_hand;
    return FALSE;
}

char *
kab_journal_format_way(const KabJournalItem *item)
{
    g_autofree char *peer = kab_format_peer(item->peer != NULL ? item->peer : "");

    if (*peer == '\0')
        return g_strdup(item->incoming ? _("Incoming") : _("Outgoing"));
    if (kab_journal_is_by_hand(item))
        return g_strdup_printf(_("By %s"), peer);
    return g_strdup_printf(item->incoming ? C_("journal", "From %s") : C_("journal", "To %s"),
                           peer);
}

char *
kab_journal_format_time(KabTime at)
{
    g_autofree char *day = kab_time_format_local_date(at);
    g_autofree char *today = kab_time_format_local_date(kab_time_now());
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_local(at / 1000);
    /* Translators: a time of today, in the form of g_date_time_format() */
    g_autofree char *time = g_date_time_format(date, C_("date format", "%H:%M:%S"));

    return g_str_equal(day, today) ? g_steal_pointer(&time) : g_strjoin(" ", day, time, NULL);
}

char *
kab_journal_format_duration(gint64 ms)
{
    if (ms <= 0)
        return g_strdup("");
    if (ms < 1000)
        /* Translators: milliseconds */
        return g_strdup_printf(_("%d ms"), (int)ms);
    /* Translators: seconds */
    return g_strdup_printf(_("%.1f s"), (double)MIN(ms, G_MAXINT) / 1000);
}

gboolean
kab_journal_outcome_is_failure(const char *outcome)
{
    return g_strcmp0(outcome, "error") == 0 || g_strcmp0(outcome, "rejected") == 0;
}

/* A whole entry has the objects themselves, a row of a list their number. */
static gboolean
has_failures(const KabJournalItem *item)
{
    if (item->objects == NULL)
        return item->n_failed > 0;
    for (guint i = 0; i < item->objects->len; i++) {
        const KabJournalObject *object = g_ptr_array_index(item->objects, i);

        if (kab_journal_outcome_is_failure(object->outcome))
            return TRUE;
    }
    return FALSE;
}

const char *
kab_journal_get_outcome(const KabJournalItem *item)
{
    return g_str_equal(item->outcome, "ok") && has_failures(item) ? "rejected" : item->outcome;
}

gboolean
kab_journal_is_failure(const KabJournalItem *item)
{
    return has_failures(item) || kab_journal_outcome_is_failure(item->outcome);
}
