/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-breaker.h"
#include "kab-cli-end.h"
#include "kab-end-state.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-link.h"
#include "kab-queue-admin.h"
#include "kab-run-log.h"
#include "kab-run.h"
#include "kab-wire-queue.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <inttypes.h>
#include <unistd.h>

static void
show_progress(gint64 done, gint64 total, gpointer data G_GNUC_UNUSED)
{
    g_printerr("\r%" PRId64 " / %" PRId64 " ", done, total);
}

/* A run on a thread of its own, so that Ctrl+C can stop it between two batches. */
typedef struct {
    KabEnd *end;
    gboolean talk;
    GCancellable *cancellable;
    GMainLoop *loop;
    KabRunResult *result; /* (owned) (nullable) */
    GError *error;        /* (owned) (nullable) */
} Running;

static gboolean
on_run_over(gpointer loop)
{
    g_main_loop_quit(loop);
    return G_SOURCE_REMOVE;
}

static gpointer
run_thread(gpointer data)
{
    Running *running = data;

    running->result = kab_run(running->end, "by hand", running->cancellable,
                              running->talk ? show_progress : NULL, NULL, &running->error);
    g_idle_add(on_run_over, running->loop);
    return NULL;
}

static gboolean
on_signal(gpointer cancellable)
{
    g_cancellable_cancel(cancellable);
    return G_SOURCE_CONTINUE;
}

static KabRunResult *
run_until_signal(KabEnd *end, gboolean talk, GError **error)
{
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    Running running = {.end = end, .talk = talk, .cancellable = cancellable, .loop = loop};
    guint sources[] = {g_unix_signal_add(SIGINT, on_signal, cancellable),
                       g_unix_signal_add(SIGTERM, on_signal, cancellable)};
    GThread *thread = g_thread_new("run", run_thread, &running);

    g_main_loop_run(loop);
    g_thread_join(thread);
    for (gsize i = 0; i < G_N_ELEMENTS(sources); i++)
        g_source_remove(sources[i]);
    kab_error_pass(error, &running.error);
    return running.result;
}

gboolean
kab_cli_run(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(KabRunResult) result = NULL;
    gboolean talk = isatty(STDERR_FILENO) && !cli->json;

    if (!kab_cli_parse(NULL, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    result = run_until_signal(cli->end, talk, error);
    if (result == NULL)
        return FALSE;
    if (talk)
        g_printerr("\r");
    if (cli->json)
        kab_cli_print_json(kab_wire_run_result_to_json(result));
    else
        g_print(_("Sent: %" PRId64 ", rejected: %" PRId64 ", not delivered: %" PRId64
                  ", received: %" PRId64 "\n"),
                result->sent, result->rejected, result->failed, result->received);
    if (result->error != NULL)
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_FAILED, result->error);
    return result->error == NULL;
}

gboolean
kab_cli_run_stop(KabCli *cli, int argc, char **argv, GError **error)
{
    return kab_cli_parse(NULL, &argc, &argv, 0, 0, error) && kab_cli_open(cli, error) &&
           kab_run_stop(cli->end, g_get_user_name(), error);
}

static KabExchangeState *
load_state(KabCli *cli, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

    return db.db != NULL ? kab_end_load_state(cli->end, db.db, error) : NULL;
}

static void
print_state(KabCli *cli, const KabExchangeState *state)
{
    g_autofree char *oldest = kab_time_format_local(state->oldest_at);
    g_autofree char *last = kab_time_format_local(state->last_run_at);
    g_autofree char *paused = kab_time_format_local(state->paused_at);
    g_autofree char *failing = kab_time_format_local(state->failing_since);
    g_autofree char *held = kab_time_format_local(state->held_until);
    g_autofree char *still = kab_time_format_local(state->still_since);

    g_print(_("Waiting: %" PRId64 ", processing: %" PRId64 ", failed: %" PRId64 "\n"),
            state->counts[KAB_QUEUE_WAITING], state->counts[KAB_QUEUE_PROCESSING],
            state->counts[KAB_QUEUE_FAILED]);
    if (state->oldest_at != 0)
        g_print(_("The oldest was queued: %s\n"), oldest);
    if (!state->connected)
        g_print("%s\n", _("The other end is not connected yet"));
    if (state->paused_at != 0)
        g_print(_("Paused since %s by %s\n"), paused, state->paused_by);
    if (state->failing_since != 0) {
        g_print(cli->side == KAB_SIDE_PORTAL ? _("The base is not available since %s: %s\n")
                                             : _("The portal is not available since %s: %s\n"),
                failing, state->failure);
        if (state->held_until > kab_time_now())
            g_print(_("It is left alone until %s\n"), held);
    }
    if (state->run != NULL)
        g_print(_("A run is under way: %" PRId64 " of %" PRId64 "\n"), state->run->done,
                state->run->total);
    if (state->last_run_at != 0)
        g_print(state->last_error != NULL ? _("The last run ended: %s: %s\n")
                                          : _("The last run ended: %s\n"),
                last, state->last_error);
    if (state->still_since != 0)
        g_print(_("Attention: nothing has been taken since %s, although something waits\n"), still);
    for (guint i = 0; i < state->alarms->len; i++)
        g_print(_("Attention: %s\n"), (const char *)g_ptr_array_index(state->alarms, i));
}

gboolean
kab_cli_status(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(KabExchangeState) state = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    state = load_state(cli, error);
    if (state == NULL)
        return FALSE;
    if (cli->json)
        kab_cli_print_json(kab_wire_exchange_state_to_json(state));
    else
        print_state(cli, state);
    return TRUE;
}

gboolean
kab_cli_check(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(KabLink) link = NULL;
    gint64 ms = 0;

    if (!kab_cli_parse(NULL, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            link = kab_link_open(cli->end, db.db, error);
    }
    if (link == NULL || !kab_link_check(link, &ms, NULL, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        /* It is there again: runs need not leave it alone any longer. */
        if (db.db == NULL || !kab_breaker_succeed(db.db, error))
            return FALSE;
    }
    if (cli->json) {
        JsonObject *object = json_object_new();

        json_object_set_boolean_member(object, "available", TRUE);
        json_object_set_int_member(object, "ms", ms);
        kab_cli_print_json(kab_json_node_take(object));
    } else {
        g_print(_("The service is available (%" PRId64 " ms)\n"), ms);
    }
    return TRUE;
}
