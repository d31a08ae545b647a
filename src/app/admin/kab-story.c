/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
#include "kab-journal-format.h"
#include "kab-kind-title.h"
#include "kab-story.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Which kinds the portal sends; the base sends all others, and comments too. */
static const char *const of_portal[] = {"order",         "comment",    "document-request",
                                        "task-decision", "user-state", NULL};

gboolean
kab_story_sends(gboolean base, const char *kind)
{
    gboolean portal = g_strv_contains(of_portal, kind);

    return base ? !portal || g_str_equal(kind, "comment") : portal;
}

const char *
kab_story_kind_at(gboolean base, const char *kind)
{
    if (g_str_equal(kind, "order") || g_str_equal(kind, "client-order"))
        return base ? "client-order" : "order";
    return kind;
}

void
kab_story_verdict_clear(KabStoryVerdict *verdict)
{
    g_clear_pointer(&verdict->title, g_free);
    g_clear_pointer(&verdict->text, g_free);
}

static void
add_line(GString *text, char *taken)
{
    g_autofree char *line = taken;

    if (line == NULL || *line == '\0' || strstr(text->str, line) != NULL) /* said already */
        return;
    if (text->len > 0)
        g_string_append_c(text, '\n');
    g_string_append(text, line);
}

/* What keeps everything in this queue, and its cure. */
static void
add_blocks(GString *text, gboolean base, const KabExchangeState *state, KabStoryVerdict *verdict)
{
    g_autofree char *paused = kab_format_moment(state->paused_at);
    g_autofree char *held = kab_format_moment(state->held_until);
    g_autofree char *next = kab_format_moment(state->next_run_at);

    if (!state->connected) {
        add_line(text, g_strdup(_("The other end's address and secrets are not entered yet.")));
        verdict->cures |= KAB_STORY_SETTINGS;
        return;
    }
    if (state->paused_at != 0) {
        add_line(text, state->paused_by != NULL
                           ? g_strdup_printf(_("The queue is paused since %s by %s."), paused,
                                             state->paused_by)
                           : g_strdup_printf(_("The queue is paused since %s."), paused));
        verdict->cures |= KAB_STORY_RESUME;
        return;
    }
    if (state->failing_since != 0) {
        verdict->cures |= KAB_STORY_SETTINGS;
        add_line(text, kab_format_unavailable(base, state->failing_since));
        add_line(text, g_strdup(state->failure));
        if (state->held_until > kab_time_now())
            add_line(text, g_strdup_printf(_("Next try at %s"), held));
    } else if (state->next_run_at > kab_time_now()) {
        add_line(text, g_strdup_printf(_("The next run begins at %s."), next));
    }
    if (!state->running)
        verdict->cures |= KAB_STORY_RUN;
}

static void
judge_waiting(const KabQueueEntry *entry, GString *text, KabStoryVerdict *verdict)
{
    g_autofree char *next = kab_format_moment(entry->next_attempt_at);

    verdict->icon_name = "content-loading-symbolic";
    verdict->css = "warning";
    verdict->cures = KAB_STORY_DISCARD;
    if (entry->waits_kind != NULL) {
        verdict->title = g_strdup_printf(_("It waits until the other end has this: %s"),
                                         kab_kind_title_of(entry->waits_kind));
        verdict->cures |= KAB_STORY_RETRY;
    } else if (entry->attempts > 0) {
        verdict->title = entry->next_attempt_at > kab_time_now()
                             ? g_strdup_printf(_("It will be tried again at %s"), next)
                             : g_strdup(_("It will be tried again with the next run"));
        verdict->cures |= KAB_STORY_RETRY | KAB_STORY_EDIT;
        add_line(text, g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "It was sent in vain %d time.",
                                                   "It was sent in vain %d times.",
                                                   (gulong)entry->attempts),
                                       entry->attempts));
    } else {
        verdict->title = g_strdup(_("It is queued and waits to be sent"));
    }
    add_line(text, g_strdup(entry->error));
}

static void
judge_entry(gboolean base, const KabExchangeState *state, const KabQueueEntry *entry,
            KabStoryVerdict *verdict)
{
    g_autoptr(GString) text = g_string_new(NULL);

    switch (entry->state) {
    case KAB_QUEUE_FAILED:
        verdict->icon_name = "dialog-error-symbolic";
        verdict->css = "error";
        verdict->title = g_strdup(_("It could not be delivered and waits for you"));
        verdict->cures = KAB_STORY_RETRY | KAB_STORY_EDIT | KAB_STORY_DISCARD;
        add_line(text, g_strdup(entry->error));
        break;
    case KAB_QUEUE_PROCESSING:
        verdict->icon_name = "network-transmit-receive-symbolic";
        verdict->css = "accent";
        verdict->title = g_strdup(_("It is being sent now"));
        break;
    case KAB_QUEUE_WAITING:
        judge_waiting(entry, text, verdict);
        add_blocks(text, base, state, verdict);
        break;
    default:
        g_return_if_reached();
    }
    verdict->text = g_string_free(g_steal_pointer(&text), FALSE);
}

static char *
describe_end(const KabJournalItem *last)
{
    g_autofree char *at = kab_format_moment(last->at);
    gboolean here = last->attempt == 0; /* what came in has no attempts */

    if (g_str_equal(last->outcome, "discarded"))
        return g_strdup_printf(_("It was discarded from the queue at %s"), at);
    if (g_str_equal(last->outcome, "fetched"))
        return g_strdup_printf(_("The other end fetched it at %s; its answer is awaited"), at);
    if (g_str_equal(last->outcome, "duplicate"))
        return g_strdup_printf(_("It was there already at %s"), at);
    if (g_str_equal(last->outcome, "stale"))
        return g_strdup_printf(_("A newer version was there already at %s"), at);
    if (!g_str_equal(last->outcome, "applied"))
        return g_strdup_printf(_("The last is of %s: %s"), at, kab_format_outcome(last->outcome));
    return here ? g_strdup_printf(_("It arrived here at %s"), at)
                : g_strdup_printf(_("The other end took it at %s"), at);
}

/* Nothing waits: the journal knows what became of it. */
static void
judge_journal(gboolean sends, const KabJournalItem *last, KabStoryVerdict *verdict)
{
    if (sends)
        verdict->cures = KAB_STORY_PUT;
    if (last == NULL) {
        verdict->icon_name = "dialog-question-symbolic";
        verdict->css = "dim-label";
        verdict->title = g_strdup(sends ? _("It is not queued, and nothing of it was sent")
                                        : _("It has not arrived here"));
        return;
    }
    verdict->text = g_strdup(last->error);
    if (kab_journal_outcome_is_failure(last->outcome)) {
        verdict->icon_name = "dialog-error-symbolic";
        verdict->css = "error";
        verdict->title = g_strdup(sends ? _("It was not taken, and is queued no longer")
                                        : _("It arrived here and was not taken"));
        verdict->cures |= KAB_STORY_EDIT;
        return;
    }
    verdict->icon_name = "emblem-ok-symbolic";
    verdict->css = g_str_equal(last->outcome, "discarded") ? "warning" : "success";
    verdict->title = describe_end(last);
}

/* A base makes no orders: of what has not come from the portal it has nothing to send. */
static gboolean
has_never_come(gboolean base, const char *kind, const KabJournalItem *last)
{
    return base && last == NULL && g_str_equal(kab_story_kind_at(base, kind), "client-order");
}

void
kab_story_judge(gboolean base, const char *kind, const KabExchangeState *state,
                const KabQueueEntry *entry, const KabJournalItem *last, KabStoryVerdict *verdict)
{
    *verdict = (KabStoryVerdict){0};
    if (entry != NULL)
        judge_entry(base, state, entry, verdict);
    else
        judge_journal(kab_story_sends(base, kind) && !has_never_come(base, kind, last), last,
                      verdict);
}
