/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-people.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-object-kinds.h"

#include <glib/gi18n-lib.h>

#define IS_OFF "SELECT EXISTS (SELECT 1 FROM kind_off WHERE kind = $1)"
#define COUNT "SELECT count(*) FROM queue WHERE kind = $1"
#define TURN_OFF "INSERT INTO kind_off (kind) VALUES ($1) ON CONFLICT (kind) DO NOTHING"
#define TURN_ON "DELETE FROM kind_off WHERE kind = $1"
#define MARK "UPDATE queue SET off = $1 WHERE kind = $2"

static JsonObject *
describe(KabDb *db, const char *kind, GError **error)
{
    gint64 off = 0;
    gint64 queued = 0;
    JsonObject *object;

    if (!kab_db_get_int(db, IS_OFF, KAB_BIND(kab_text(kind)), NULL, &off, error) ||
        !kab_db_get_int(db, COUNT, KAB_BIND(kab_text(kind)), NULL, &queued, error))
        return NULL;
    object = json_object_new();
    json_object_set_string_member(object, "kind", kind);
    json_object_set_boolean_member(object, "enabled", off == 0);
    json_object_set_int_member(object, "queued", queued);
    return object;
}

static int
compare_ranks(gconstpointer a, gconstpointer b)
{
    return kab_kind_get_rank(*(const char *const *)a) - kab_kind_get_rank(*(const char *const *)b);
}

JsonArray *
kab_object_kinds_list(KabEnd *end, KabDb *db, GError **error)
{
    const KabEndClass *klass = kab_end_get_class(end);
    g_autoptr(GPtrArray) kinds = g_ptr_array_new();
    g_autoptr(JsonArray) items = json_array_new();

    for (guint i = 0; i < klass->n_kinds; i++)
        if (klass->kinds[i].build != NULL)
            g_ptr_array_add(kinds, (gpointer)klass->kinds[i].kind);
    g_ptr_array_sort(kinds, compare_ranks);
    for (guint i = 0; i < kinds->len; i++) {
        JsonObject *object = describe(db, g_ptr_array_index(kinds, i), error);

        if (object == NULL)
            return NULL;
        json_array_add_object_element(items, object);
    }
    return g_steal_pointer(&items);
}

gboolean
kab_object_kinds_set(KabEnd *end, KabDb *db, const KabActor *actor, const char *kind,
                     gboolean enabled, GError **error)
{
    const KabKindHandler *handler = kab_end_find_kind(end, kind);
    g_autoptr(KabTransaction) transaction = NULL;

    if (handler == NULL || handler->build == NULL) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND,
                    _("This end sends no objects of the kind “%s”"), kind);
        return FALSE;
    }
    transaction = kab_db_begin(db, error);
    if (transaction == NULL ||
        !kab_db_run(db, enabled ? TURN_ON : TURN_OFF, KAB_BIND(kab_text(kind)), error))
        return FALSE;
    return kab_db_get_changes(db) == 0 || /* it is so already */
           (kab_db_run(db, MARK, KAB_BIND(kab_int(!enabled), kab_text(kind)), error) &&
            kab_end_audit(end, db, actor, KAB_AUDIT_SETTING, kind, enabled ? "on" : "off", error) &&
            kab_transaction_commit(transaction, error));
}
