/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-objects.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-kind-title.h"
#include "kab-object-names.h"
#include "kab-order-store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Bytes of what is asked for at most, and of what a message quotes of it. */
#define MAX_TEXT 2000
#define MAX_SAID 100
#define MAX_CANDIDATE 200

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
static gboolean
is_order(const char *kind)
{
    return g_str_equal(kind, KAB_KIND_ORDER) || g_str_equal(kind, KAB_KIND_CLIENT_ORDER);
}

static void
refuse_several(const char *kind, const char *text, GError **error)
{
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                _("%s “%.*s”: several are called so here, only the ID tells them apart"),
                kab_kind_title_of(kind), kab_error_clip(text, MAX_SAID), text);
}

/* @id: (out) (nullable) */
static gboolean
find_called(KabDb *db, const KabKindHandler *handler, const char *text, char **id, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, handler->find, KAB_BIND(kab_text(text)), error);
    g_autoptr(GError) local = NULL;
    g_autofree char *first = NULL;
    gint64 rank = 0;

    if (rows == NULL)
        return FALSE;
    if (kab_rows_next(rows, &local)) {
        first = kab_rows_dup_text(rows, 0);
        rank = kab_rows_get_int(rows, 1);
        if (kab_rows_next(rows, &local) && kab_rows_get_int(rows, 1) == rank)
            refuse_several(handler->kind, text, &local);
    }
    if (!kab_error_pass(error, &local))
        return FALSE;
    *id = g_steal_pointer(&first);
    return TRUE;
}

static void
append_candidate(GString *said, const char *name)
{
    int size = kab_error_clip(name, MAX_CANDIDATE);

    g_string_append_printf(said, "\n%.*s%s", size, name, name[size] != '\0' ? "…" : "");
}

/* Those that could be meant are named, so that one of them can be said. @rows: at the second one */
static void
refuse_words(KabRows *rows, const char *kind, const char *text, const char *first, GError **error)
{
    g_autoptr(GString) said = g_string_new(NULL);
    guint n = 1;

    append_candidate(said, first);
    do {
        if (++n == KAB_FIND_WORDS_MAX)
            g_string_append(said, "\n…");
        else
            append_candidate(said, kab_rows_get_text(rows, 1));
    } while (kab_rows_next(rows, error));
    g_clear_error(error);
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("%s “%.*s”: say which one is meant:%s"),
                kab_kind_title_of(kind), kab_error_clip(text, MAX_SAID), text, said->str);
}

/* A number that nothing has is not meant as a part of a name. */
static gboolean
has_letter(const char *text)
{
    for (const char *i = text; g_utf8_get_char_validated(i, -1) < 0x110000 && *i != '\0';
         i = g_utf8_next_char(i))
        if (g_unichar_isalpha(g_utf8_get_char(i)))
            return TRUE;
    return FALSE;
}

/* @id: (out) (nullable): the only one that has all words of @text in its name */
static gboolean
find_words(KabDb *db, const KabKindHandler *handler, const char *text, char **id, GError **error)
{
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;
    g_autofree char *only = NULL;
    g_autofree char *name = NULL;

    *id = NULL;
    if (handler->find_words == NULL || !has_letter(text))
        return TRUE;
    rows = kab_db_query(db, handler->find_words, KAB_BIND(kab_text(text)), error);
    if (rows == NULL)
        return FALSE;
    if (kab_rows_next(rows, &local)) {
        only = kab_rows_dup_text(rows, 0);
        name = kab_rows_dup_text(rows, 1);
        if (kab_rows_next(rows, &local))
            refuse_words(rows, handler->kind, text, name, &local);
    }
    if (!kab_error_pass(error, &local))
        return FALSE;
    *id = g_steal_pointer(&only);
    return TRUE;
}

/* @id: (out) (nullable) */
static gboolean
find_of_kind(KabDb *db, const KabKindHandler *handler, const char *text, char **id, GError **error)
{
    g_autoptr(GError) local = NULL;

    *id = NULL;
    if (handler->find != NULL)
        return find_called(db, handler, text, id, error);
    if (is_order(handler->kind))
        *id = kab_order_store_find_said(db, text, &local);
    return kab_error_pass(error, &local);
}

static void
refuse_nothing(const char *kind, const char *text, GError **error)
{
    if (is_order(kind))
        g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND,
                    _("There is no order with the number %.*s here"),
                    kab_error_clip(text, MAX_SAID), text);
    else
        g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND,
                    _("%s “%.*s”: nothing is called so here"), kab_kind_title_of(kind),
                    kab_error_clip(text, MAX_SAID), text);
}

static char *
find_named(KabEnd *end, KabDb *db, const char *kind, const char *text, GError **error)
{
    const KabKindHandler *handler = kab_end_find_kind(end, kind);
    char *id = NULL;

    if (handler == NULL) {
        refuse_kind(end, kind, error);
        return NULL;
    }
    if (handler->find == NULL && !is_order(kind)) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("%s: objects of this kind are found by their ID only"),
                    kab_kind_title_of(kind));
        return NULL;
    }
    if (find_of_kind(db, handler, text, &id, error) &&
        (id != NULL || find_words(db, handler, text, &id, error)) && id == NULL)
        refuse_nothing(kind, text, error);
    return id;
}

typedef gboolean (*FindFunc)(KabDb *db, const KabKindHandler *handler, const char *text, char **id,
                             GError **error);

/* What people ask for most comes first; prices and stock are asked for as their products are.
 * @id: (out) (nullable) */
static gboolean
find_any_by(FindFunc find, KabEnd *end, KabDb *db, const char *text, const char **found, char **id,
            GError **error)
{
    static const char *const kinds[] = {
        KAB_KIND_ORDER,     KAB_KIND_CLIENT_ORDER, KAB_KIND_PRODUCT,
        KAB_KIND_PARTNER,   KAB_KIND_USER,         KAB_KIND_GROUP,
        KAB_KIND_WAREHOUSE, KAB_KIND_PRICE_TYPE,   KAB_KIND_DOCUMENT,
    };

    *id = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(kinds) && *id == NULL; i++) {
        const KabKindHandler *handler = kab_end_find_kind(end, kinds[i]);

        if (handler == NULL)
            continue;
        if (!find(db, handler, text, id, error))
            return FALSE;
        *found = handler->kind;
    }
    return TRUE;
}

static char *
find_any(KabEnd *end, KabDb *db, const char *text, const char **found, GError **error)
{
    char *id = NULL;

    if (!find_any_by(find_of_kind, end, db, text, found, &id, error) ||
        (id == NULL && !find_any_by(find_words, end, db, text, found, &id, error)))
        return NULL;
    if (id != NULL)
        return id;
    g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND,
                _("Nothing here has the number, article, name, INN or login “%.*s”"),
                kab_error_clip(text, MAX_SAID), text);
    return NULL;
}

char *
kab_end_find_object(KabEnd *end, KabDb *db, const char *kind, const char *text, const char **found,
                    GError **error)
{
    char id[KAB_ID_SIZE];
    const char *any = kind;
    char *named;

    if (found != NULL)
        *found = kind;
    if (kab_id_fill_parsed(text, id, NULL))
        return g_strdup(id);
    if (text == NULL || *text == '\0' || strlen(text) > MAX_TEXT) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("Say a number, an article, a name, an INN, a login or an ID"));
        return NULL;
    }
    named = kind != NULL ? find_named(end, db, kind, text, error)
                         : find_any(end, db, text, &any, error);
    if (found != NULL)
        *found = any;
    return named;
}
