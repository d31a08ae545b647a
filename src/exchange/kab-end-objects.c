/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-objects.h"
#include "kab-error.h"
#include "kab-order-store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_SAID 100

/* The refusal names what would have been right. */
static void
refuse_kind(KabEnd *end, const char *kind, GError **error)
{
    const KabEndClass *klass = kab_end_get_class(end);
    g_autoptr(GString) known = g_string_new(NULL);

    for (guint i = 0; i < klass->n_kinds; i++)
        if (klass->kinds[i].build != NULL)
            g_string_append_printf(known, "%s%s", known->len > 0 ? ", " : "", klass->kinds[i].kind);
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                _("This end sends no objects of the kind “%.*s”; it sends: %s"),
                kab_error_clip(kind, MAX_SAID), kind, known->str);
}

gboolean
kab_end_build_object(KabEnd *end, KabDb *db, const char *kind, const char *id, JsonObject **body,
                     GError **error)
{
    const KabKindHandler *handler = kind != NULL ? kab_end_find_kind(end, kind) : NULL;
    g_autoptr(KabTransaction) snapshot = NULL;
    char parsed[KAB_ID_SIZE];

    if (handler == NULL || handler->build == NULL) {
        refuse_kind(end, kind != NULL ? kind : "", error);
        return FALSE;
    }
    if (!kab_id_fill_parsed(id, parsed, error))
        return FALSE;
    snapshot = kab_db_begin_read(db, error);
    return snapshot != NULL && handler->build(kab_end_get_service(end), db, id, body, error);
}

/* Orders are known to people by their numbers. */
char *
kab_end_find_object(KabDb *db, const char *text, GError **error)
{
    char id[KAB_ID_SIZE];
    GError *local = NULL;
    char *found;

    if (kab_id_fill_parsed(text, id, NULL))
        return g_strdup(id);
    if (text == NULL || *text == '\0' || strlen(text) > MAX_SAID) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("That is neither an id nor the number of an order"));
        return NULL;
    }
    found = kab_order_store_find_said(db, text, &local);
    if (local != NULL)
        g_propagate_error(error, local);
    else if (found == NULL)
        g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND,
                    _("There is no order with the number %s here"), text);
    return found;
}
