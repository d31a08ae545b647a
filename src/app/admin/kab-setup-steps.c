/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-setup-steps.h"

#include <glib/gi18n-lib.h>

const KabSetupStep kab_setup_steps[] = {
    {.title = N_("The portal"),
     .text = N_("Where the base finds the portal. A certificate authority is needed only if the "
                "portal’s certificate is of the company’s own."),
     .settings = {"exchange.address", "exchange.ca-file", NULL},
     .address = "exchange.address",
     .names_portal = TRUE,
     .check = kab_client_check_address_async,
     .checked = N_("The portal answers")},
    {.title = N_("The exchange user"),
     .text = N_("The base signs in at the portal as the exchange user, with a Client ID and a "
                "Client Secret. They are made here, or by the portal’s administrator."),
     .settings = {"exchange.client-id", "exchange.client-secret", NULL},
     .login = "exchange.client-id",
     .secret = "exchange.client-secret",
     .make = N_("Make the user EX and its keys"),
     .check = kab_client_check_async,
     .checked = N_("The service is available")},
    {.title = N_("The base"),
     .text = N_("Where the portal finds the base’s HTTP service, and how it signs in there. If the "
                "portal cannot reach the base, the base asks the portal instead."),
     .at_portal = TRUE,
     .settings = {"exchange.address", "exchange.path", "exchange.login", "exchange.password",
                  "exchange.ca-file", NULL},
     .address = "exchange.address",
     .login = "exchange.login",
     .secret = "exchange.password",
     .make = N_("Make the user EX at the base"),
     .check = kab_client_check_async,
     .checked = N_("The service is available"),
     .skip = N_("The portal cannot reach the base"),
     .skip_setting = "exchange.pull"},
    {.title = N_("When to exchange"),
     .text = N_("Every so many seconds, or as soon as something is there; and how often something "
                "is tried before somebody has to look at it."),
     .settings = {"exchange.schedule", "exchange.push", "exchange.attempts", "exchange.alarm",
                  "exchange.pull", NULL},
     .share = TRUE},
    {.title = N_("Letters"),
     .text = N_("The account that sends invitations to the portal’s users. Without it nobody is "
                "invited; it can be entered later. A test letter is sent to the address that "
                "letters come from."),
     .at_portal = TRUE,
     .or_base = TRUE,
     .settings = {"portal.address", "mail.host", "mail.port", "mail.security", "mail.login",
                  "mail.password", "mail.from", "mail.from-name", NULL},
     .address = "portal.address",
     .names_portal = TRUE,
     .check = kab_client_check_mail_async,
     .checked = N_("The mail server took the test letter"),
     .skip = N_("Later")},
};
const guint kab_n_setup_steps = G_N_ELEMENTS(kab_setup_steps);

gboolean
kab_setup_find_step(guint step, const char *setting, guint *found)
{
    for (guint i = step; i-- > 0;)
        if (kab_setup_steps[i].at_portal == kab_setup_steps[step].at_portal &&
            g_strv_contains(kab_setup_steps[i].settings, setting)) {
            *found = i;
            return TRUE;
        }
    return FALSE;
}
