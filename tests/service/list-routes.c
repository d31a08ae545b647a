/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints the routes of both services as they are served, "portal GET /ping" a line. */
#include "kab-base.h"
#include "kab-end-routes.h"
#include "kab-portal.h"
#include "test-folder.h"

static void
print_routes(const char *name, KabHttpRouter *router)
{
    g_auto(GStrv) routes = kab_http_router_list(router);

    for (guint i = 0; routes[i] != NULL; i++)
        g_print("%s %s\n", name, routes[i]);
}

static void
list_portal(const char *folder)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabEnd) end = kab_portal_open(folder, &error);
    g_autoptr(KabHttpRouter) router = NULL;

    g_assert_no_error(error);
    router = kab_http_router_new(end, kab_end_authorize);
    kab_portal_add_routes(router);
    print_routes("portal", router);
}

static void
list_base(const char *folder)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabEnd) end = kab_base_open(folder, &error);
    g_autoptr(KabHttpRouter) router = NULL;

    g_assert_no_error(error);
    router = kab_http_router_new(end, kab_end_authorize);
    kab_base_add_routes(router, end, &error);
    g_assert_no_error(error);
    print_routes("base", router);
}

int
main(void)
{
    char *folder = test_folder_new();

    list_portal(folder);
    list_base(folder);
    test_folder_remove(folder);
    return 0;
}
