/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-alarms.h"
#include "kab-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DELETE_WORDS "DELETE FROM unmapped WHERE object_id = $1"
#define INSERT_WORD "INSERT INTO unmapped (object_id, kind, text) VALUES ($1, $2, $3)"
#define SELECT_WORDS                                                               \
    "SELECT u.kind, u.text, count(*), coalesce(max(o.number), '') FROM unmapped u" \
    " LEFT JOIN orders o ON o.id = u.object_id GROUP BY u.kind, u.text"            \
    " ORDER BY count(*) DESC, u.text LIMIT 20"

static gboolean
note(KabDb *db, const KabOrder *order, const char *kind, const char *text, GError **error)
{
    return kab_db_run(db, INSERT_WORD,
                      KAB_BIND(kab_text(order->id.text), kab_text(kind), kab_text(text)), error);
}

gboolean
kab_alarms_note_words(KabDb *db, const KabOrder *order, GError **error)
{
    const char *status = order->client_status_text;
    const char *state = order->state;

    return kab_db_run(db, DELETE_WORDS, KAB_BIND(kab_text(order->id.text)), error) &&
           (status == NULL || note(db, order, "status", status, error)) &&
           (state == NULL || *state == '\0' || kab_order_state_from_text(state) != NULL ||
            note(db, order, "state", state, error));
}

static char *
describe(KabRows *rows)
{
    const char *word = kab_rows_get_text(rows, 1);
    guint n = (guint)kab_rows_get_int(rows, 2);
    const char *number = kab_rows_get_text(rows, 3);

    if (strcmp(kab_rows_get_text(rows, 0), "status") == 0)
        return g_strdup_printf(
            g_dngettext(
                GETTEXT_PACKAGE, "The base’s status “%s” is not known here; %u order has it (%s)",
                "The base’s status “%s” is not known here; %u orders have it (one is %s)", n),
            word, n, number);
    return g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE,
                    "The base’s state “%s” is not known here; %u order has it (%s)",
                    "The base’s state “%s” is not known here; %u orders have it (one is %s)", n),
        word, n, number);
}

GPtrArray *
kab_alarms_list(KabEnd *end, KabDb *db, GError **error)
{
    const KabEndClass *klass = kab_end_get_class(end);
    g_autoptr(GPtrArray) alarms = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_WORDS, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local))
        g_ptr_array_add(alarms, describe(rows));
    if (!kab_error_pass(error, &local) ||
        (klass->list_alarms != NULL && !klass->list_alarms(db, alarms, error)))
        return NULL;
    return g_steal_pointer(&alarms);
}
