/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-service-address.h"

static void
test_complete(void)
{
    static const char *const cases[][2] = {
        {"portal.example", "https://portal.example"},
        {"  portal.example:8443/kabinet ", "https://portal.example:8443/kabinet"},
        {"localhost:8080", "https://localhost:8080"},
        {"192.0.2.7", "https://192.0.2.7"},
        {"192.0.2.7:81", "https://192.0.2.7:81"},
        {"[::1]:8080", "https://[::1]:8080"},
        {"портал.example", "https://портал.example"},
        {"http://portal.example", "http://portal.example"},
        {"HTTPS://portal.example", "HTTPS://portal.example"},
        {"unix:/run/kabinet.sock", "unix:/run/kabinet.sock"},
        {"ftp://portal.example", "ftp://portal.example"}, /* refused as what it is */
        {" ", ""},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *once = kab_service_address_complete(cases[i][0]);
        g_autofree char *twice = kab_service_address_complete(once);

        g_assert_cmpstr(once, ==, cases[i][1]);
        g_assert_cmpstr(twice, ==, once);
    }
}

static void
test_clear(void)
{
    static const char *const clear[] = {"http://portal.example",   "HTTP://portal.example:8080/",
                                        "http://192.0.2.7",        "http://128.0.0.1",
                                        "http://[2001:db8::1]:80", "http://localhost.example"};
    static const char *const closed[] = {"https://portal.example",
                                         "unix:/run/kabinet.sock",
                                         "http://localhost:8080",
                                         "http://127.0.0.1:8080",
                                         "http://127.8.8.8",
                                         "http://[::1]:8080",
                                         "portal.example",
                                         "http://",
                                         ""};

    for (gsize i = 0; i < G_N_ELEMENTS(clear); i++)
        g_assert_true(kab_service_address_is_clear(clear[i]));
    for (gsize i = 0; i < G_N_ELEMENTS(closed); i++)
        g_assert_false(kab_service_address_is_clear(closed[i]));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/service-address/complete", test_complete);
    g_test_add_func("/service-address/clear", test_clear);
    return g_test_run();
}
