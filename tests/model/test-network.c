/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-network.h"

static void
test_networks(void)
{
    static const char *const rows[][2] = {
        {"192.0.2.1", "192.0.2.1"},
        {"::1", "::1"},
        {"2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002::/64"},
        {"2001:db8:1:2::9", "2001:0db8:0001:0002::/64"},
        {"2001:db8::", "2001:0db8:0000:0000::/64"},
        {"::ffff:192.0.2.1", "192.0.2.1"},
        {"unix", "unix"},
        {"", ""},
        {"not an address", "not an address"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *network = kab_network_of(rows[i][0]);

        g_assert_cmpstr(network, ==, rows[i][1]);
    }
    {
        g_autofree char *nothing = kab_network_of(NULL);

        g_assert_cmpstr(nothing, ==, "");
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/network/networks", test_networks);
    return g_test_run();
}
