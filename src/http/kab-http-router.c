/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-http-language.h"
#include "kab-http-router.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
    GStrv parts; /* (owned): of prefix and pattern */
    const KabHttpRoute *route;
} Entry;

struct _KabHttpRouter {
    gpointer service;
    KabHttpAuthorize authorize;
    KabHttpExplain explain; /* (nullable) */
    KabHttpDenied denied;   /* (nullable) */
    GArray *entries;
};

static void
clear_entry(gpointer data)
{
    g_strfreev(((Entry *)data)->parts);
}

KabHttpRouter *
kab_http_router_new(gpointer service, KabHttpAuthorize authorize)
{
    KabHttpRouter *router = g_new0(KabHttpRouter, 1);

    router->service = service;
    router->authorize = authorize;
    router->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    g_array_set_clear_func(router->entries, clear_entry);
    return router;
}

void
kab_http_router_set_explain(KabHttpRouter *router, KabHttpExplain explain)
{
    router->explain = explain;
}

void
kab_http_router_set_denied(KabHttpRouter *router, KabHttpDenied denied)
{
    router->denied = denied;
}

void
kab_http_router_free(KabHttpRouter *router)
{
    if (router == NULL)
        return;
    g_array_unref(router->entries);
    g_free(router);
}

void
kab_http_router_add(KabHttpRouter *router, const char *prefix, const KabHttpRoute *routes,
                    guint n_routes)
{
    for (guint i = 0; i < n_routes; i++) {
        g_autofree char *path = g_strconcat(prefix, routes[i].pattern, NULL);
        Entry entry = {.parts = g_strsplit(path, "/", -1), .route = &routes[i]};

        g_array_append_val(router->entries, entry);
    }
}

static gboolean
is_place(const char *part)
{
    return part[0] == '{';
}

/* Whether the parts of a path fit; the values of the places go to @params. */
static gboolean
match(const Entry *entry, const GStrv parts, GPtrArray *params)
{
    guint i;

    for (i = 0; entry->parts[i] != NULL && parts[i] != NULL; i++) {
        if (is_place(entry->parts[i])) {
            char *value = g_uri_unescape_string(parts[i], "/");

            if (value == NULL || *value == '\0' || !g_utf8_validate(value, -1, NULL)) {
                g_free(value);
                return FALSE;
            }
            g_ptr_array_add(params, value);
        } else if (strcmp(entry->parts[i], parts[i]) != 0) {
            return FALSE;
        }
    }
    return entry->parts[i] == NULL && parts[i] == NULL;
}

const KabHttpRoute *
kab_http_router_find(KabHttpRouter *router, const char *method, const char *path,
                     GPtrArray **params, gboolean *path_known)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", 32);
    gboolean known = FALSE;

    for (guint i = 0; i < router->entries->len; i++) {
        const Entry *entry = &g_array_index(router->entries, Entry, i);
        g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(g_free);

        if (!match(entry, parts, values))
            continue;
        known = TRUE;
        if (strcmp(entry->route->method, method) != 0)
            continue;
        if (params != NULL)
            *params = g_steal_pointer(&values);
        return entry->route;
    }
    if (path_known != NULL)
        *path_known = known;
    return NULL;
}

static gboolean
check_right(const KabHttpRoute *route, const KabUser *user, GError **error)
{
    if (kab_role_may(user->role, route->right))
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_DENIED, _("The role “%s” has no right to do this"),
                kab_role_to_title(user->role));
    return FALSE;
}

void
kab_http_router_carry_out(KabHttpRouter *router, const KabHttpRoute *route,
                          const KabHttpRequest *request, KabHttpResponse *response)
{
    locale_t before = kab_http_language_begin(request->language);
    g_autoptr(KabUser) user = NULL;
    g_autoptr(GError) error = NULL;
    gboolean done = FALSE;

    if (!route->open)
        user = router->authorize(router->service, request, &error);
    if (error == NULL && !route->open && !check_right(route, user, &error) &&
        router->denied != NULL)
        router->denied(router->service, request, user);
    if (error == NULL)
        done = route->handler(router->service, request, user, response, &error);
    if (error == NULL && !done)
        error = g_error_new_literal(KAB_ERROR, KAB_ERROR_FAILED, _("The service failed"));
    if (error != NULL && router->explain != NULL)
        router->explain(&error);
    if (error != NULL) {
        if (error->domain != KAB_ERROR)
            g_warning("%s %s: %s", request->method, request->path, error->message);
        kab_http_response_set_error(response, error);
    } else if (response->status == 0) {
        response->status = 204;
    }
    kab_http_language_end(before);
}

GStrv
kab_http_router_list(KabHttpRouter *router)
{
    GPtrArray *list = g_ptr_array_new();

    for (guint i = 0; i < router->entries->len; i++) {
        const Entry *entry = &g_array_index(router->entries, Entry, i);
        g_autofree char *path = g_strjoinv("/", entry->parts);

        g_ptr_array_add(list, g_strdup_printf("%s %s", entry->route->method, path));
    }
    g_ptr_array_add(list, NULL);
    return (GStrv)g_ptr_array_free(list, FALSE);
}
