/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-queue-entry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct {
    const char *nick;
    const char *title;
} states[KAB_QUEUE_N_STATES] = {
    [KAB_QUEUE_WAITING] = {"waiting", N_("Waiting")},
    [KAB_QUEUE_PROCESSING] = {"processing", N_("Processing")},
    [KAB_QUEUE_FAILED] = {"failed", N_("Failed")},
};

void
kab_queue_entry_free(KabQueueEntry *entry)
{
    if (entry == NULL)
        return;
    g_free(entry->kind);
    g_free(entry->object_id);
    g_free(entry->error);
    g_free(entry->waits_kind);
    g_free(entry->waits_id);
    kab_object_name_free(entry->name);
    g_free(entry);
}

void
kab_run_result_free(KabRunResult *result)
{
    if (result == NULL)
        return;
    g_free(result->id);
    g_free(result->cause);
    g_free(result->error);
    g_free(result);
}

void
kab_exchange_state_free(KabExchangeState *state)
{
    if (state == NULL)
        return;
    g_free(state->last_error);
    g_free(state->version);
    g_free(state->paused_by);
    g_free(state->failure);
    g_clear_pointer(&state->alarms, g_ptr_array_unref);
    kab_run_result_free(state->run);
    g_free(state);
}

const char *
kab_queue_state_to_nick(KabQueueState state)
{
    g_return_val_if_fail(state < KAB_QUEUE_N_STATES, NULL);
    return states[state].nick;
}

gboolean
kab_queue_state_from_nick(const char *nick, KabQueueState *out, GError **error)
{
    for (int i = 0; nick != NULL && i < KAB_QUEUE_N_STATES; i++) {
        if (strcmp(states[i].nick, nick) == 0) {
            *out = (KabQueueState)i;
            return TRUE;
        }
    }
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not a state of the queue"),
                kab_error_clip(nick, 40), nick != NULL ? nick : "");
    return FALSE;
}

const char *
kab_queue_state_to_title(KabQueueState state)
{
    g_return_val_if_fail(state < KAB_QUEUE_N_STATES, NULL);
    return g_dgettext(GETTEXT_PACKAGE, states[state].title);
}
