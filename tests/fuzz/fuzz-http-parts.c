/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "kab-access.h"
#include "kab-error.h"
#include "kab-http-address.h"
#include "kab-http-router.h"
#include "kab-page-after.h"
#include "kab-portal.h"

#include <glib/gstdio.h>
#include <string.h>

/* The parts that read what HTTP brings, one at a time and fast. An input is a letter that says
 * which part, and what it shall read. */

static KabHttpRouter *router;
static KabDb *db;
static KabSeal *seal;
static KabAccess *access_;

static void
try_listen(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GSocketAddress) address = kab_http_address_parse_listen(text, &error);

    fuzz_check_error(address != NULL, error);
}

static void
try_service(const char *text)
{
    g_autoptr(GSocketConnectable) connectable = NULL;
    g_autoptr(GSocketConnectable) connectable_again = NULL;
    g_autofree char *base = NULL;
    g_autofree char *again = NULL;
    g_autoptr(GError) error = NULL;
    gboolean done;

    done = kab_http_address_parse_service(text, &base, &connectable, &error);
    fuzz_check_error(done, error);
    if (error != NULL)
        return;
    FUZZ_ASSERT(g_utf8_validate(base, -1, NULL) && !g_str_has_suffix(base, "/"));
    FUZZ_ASSERT(kab_http_address_parse_service(base, &again, &connectable_again, NULL));
    FUZZ_ASSERT_SAME(base, again);
}

static void
try_page(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *next = NULL;
    const char *id;
    const char *id_again;
    KabTime moment;
    KabTime again;
    gboolean done;

    done = kab_page_parse_after(text, &moment, &id, &error);
    fuzz_check_error(done, error);
    if (error != NULL)
        return;
    next = kab_page_make_next(moment, id);
    FUZZ_ASSERT(kab_page_parse_after(next, &again, &id_again, NULL) && again == moment);
    FUZZ_ASSERT_SAME(id, id_again);
}

/* "METHOD path" */
static void
try_route(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, " ", 2);
    g_autoptr(GPtrArray) params = NULL;

    if (parts[0] == NULL || parts[1] == NULL ||
        kab_http_router_find(router, parts[0], parts[1], &params, NULL) == NULL)
        return;
    for (guint i = 0; i < params->len; i++) {
        const char *value = g_ptr_array_index(params, i);

        FUZZ_ASSERT(*value != '\0' && g_utf8_validate(value, -1, NULL));
        FUZZ_ASSERT(strchr(value, '/') == NULL);
    }
}

/* Nobody is known here. */
static void
try_authorization(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabUser) user = kab_access_check(access_, db, text, "unix", &error);

    FUZZ_ASSERT(user == NULL);
    fuzz_check_error(FALSE, error);
    FUZZ_ASSERT(g_error_matches(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED) ||
                g_error_matches(error, KAB_ERROR, KAB_ERROR_BUSY));
    kab_db_check_idle(db);
}

int
LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
    g_autofree char *folder = NULL;
    g_autofree char *key = NULL;

    fuzz_init();
    folder = g_dir_make_tmp("kab-fuzz-XXXXXX", NULL);
    key = g_build_filename(folder, "key", NULL);
    seal = kab_seal_open(key, NULL);
    g_remove(key);
    g_rmdir(folder);
    db = kab_db_open(":memory:", NULL);
    FUZZ_ASSERT(seal != NULL && kab_access_migrate(db, NULL, NULL));
    access_ = kab_access_new(seal);
    router = kab_http_router_new(NULL, NULL);
    kab_portal_add_routes(router);
    return 0;
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *text = size > 0 ? fuzz_dup_text(data + 1, size - 1) : NULL;

    switch (size > 0 ? data[0] : 0) {
    case 'l':
        try_listen(text);
        break;
    case 's':
        try_service(text);
        break;
    case 'p':
        try_page(text);
        break;
    case 'r':
        try_route(text);
        break;
    case 'a':
        try_authorization(text);
        break;
    default:
        break;
    }
    return 0;
}
