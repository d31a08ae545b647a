/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-cli-base.h"

#include <glib/gi18n.h>

int
main(int argc, char **argv)
{
    static const KabCliCommand commands[] = {
        {"import", "PATH...",
         N_("Import CommerceML files, folders and zip archives as one exchange"), kab_cli_import},
        {"order list", "[--limit N]", N_("List the client orders, newest first"),
         kab_cli_order_list},
        {"order show", "NUMBER", N_("Show a client order"), kab_cli_order_show},
        {"order set",
         "NUMBER [--status STATUS] [--state TEXT] [--manager NAME] [--paid PERCENT]"
         " [--shipped PERCENT] [--line N=QUANTITY]... [--reason TEXT]",
         N_("Change a client order; STATUS is on-approval, to-fulfil, closed or cancelled"),
         kab_cli_order_set},
        {"order invoice", "NUMBER FILE", N_("Write the invoice of a client order as PDF"),
         kab_cli_order_invoice},
        {"partner list", "", N_("List the partners"), kab_cli_partner_list},
        {"partner add",
         "NAME [--inn INN] [--kpp KPP] [--address TEXT] [--email E-MAIL] [--phone PHONE]"
         " [--price-type NAME] [--manager NAME]",
         N_("Add a partner"), kab_cli_partner_add},
        {"partner set", "PARTNER [--price-type NAME] [--manager NAME]",
         N_("Change a partner's agreement; PARTNER is an id, an INN or a name"),
         kab_cli_partner_set},
        {"contact add", "PARTNER NAME [--email E-MAIL] [--phone PHONE]",
         N_("Add a contact person of a partner"), kab_cli_contact_add},
        {"contact publish", "CONTACT --login LOGIN [--role ROLE]",
         N_("Make a contact person a user of the portal; CONTACT is an id or an e-mail, ROLE is "
            "head, buyer or viewer"),
         kab_cli_contact_publish},
    };

    return kab_cli_main(KAB_SIDE_BASE, commands, G_N_ELEMENTS(commands), argc, argv);
}
