/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-cli-base.h"
#include "kab-cli-end.h"

#include <glib/gi18n.h>

int
main(int argc, char **argv)
{
    static const KabCliCommand commands[] = {
        {"import", "PATH...",
         N_("Import CommerceML files, folders and zip archives as one exchange"), kab_cli_import},
        {"order list", "[--status STATUS] [--text WORDS] [--from DATE] [--to DATE] [--limit N]",
         N_("List the client orders, newest first"), kab_cli_order_list},
        {"order show", "NUMBER", N_("Show a client order"), kab_cli_order_show},
        {"order set",
         "NUMBER [--status STATUS] [--state TEXT] [--manager NAME] [--reason TEXT] [--date DATE]"
         " [--warehouse ID] [--line N=QUANTITY]... [--price N=PRICE]... [--add ID=QUANTITY@PRICE]..."
         " [--ship N=QUANTITY]... [--pay N=SUM]... [--shipped PERCENT] [--paid PERCENT]",
         N_("Change a client order; STATUS is on-approval, to-fulfil, closed or cancelled; N is the "
            "number of a line, and a quantity of 0 cancels it"),
         kab_cli_order_set},
        {"order comment", "NUMBER [TEXT]", N_("Show the comments beside an order, or add one"),
         kab_cli_order_comment},
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
        {"partner limits", "PARTNER [--credit-limit SUM|none] [--debt SUM] [--overdue SUM]",
         N_("Set what a partner owes and how much it may owe; without options, show it"),
         kab_cli_partner_limits},
        {"contact add", "PARTNER NAME [--email E-MAIL] [--phone PHONE]",
         N_("Add a contact person of a partner"), kab_cli_contact_add},
        {"contact set", "CONTACT [--name NAME] [--email E-MAIL] [--phone PHONE]",
         N_("Correct what is known of a contact person, until 1C exports it again"),
         kab_cli_contact_set},
        {"partner warehouses", "PARTNER [WAREHOUSE... | --all]",
         N_("Let a partner see the stock of these warehouses only, or of all; without any, show them"),
         kab_cli_partner_warehouses},
        {"warehouse list", "", N_("List the warehouses"), kab_cli_warehouse_list},
        {"contact publish", "CONTACT --login LOGIN [--role ROLE] [--language ru|en]",
         N_("Make a contact person a user of the portal; CONTACT is an id or an e-mail, ROLE is "
            "head, buyer or viewer"),
         kab_cli_contact_publish},
        {"user publish", "LOGIN [--login LOGIN] [--role manager] [--language ru|en]",
         N_("Make a user of this base a user of the portal too"), kab_cli_user_publish},
        {"publication list", "[--state STATE] [--kind KIND]",
         N_("List who is or can be a user of the portal; STATE is none, registration, active or "
            "deactivated; KIND is contact, user or partner"),
         kab_cli_publication_list},
        {"publication activate", "LOGIN...", N_("Let users sign in at the portal again"),
         kab_cli_publication_activate},
        {"publication deactivate", "LOGIN...", N_("Let users sign in at the portal no more"),
         kab_cli_publication_deactivate},
        {"publication invite", "LOGIN...", N_("Send the invitation again"),
         kab_cli_publication_invite},
        {"publication reset", "LOGIN...",
         N_("Take the password away and send a code for another one"), kab_cli_publication_reset},
        {"publication delete", "LOGIN...", N_("Remove users from the portal"),
         kab_cli_publication_delete},
        {"publication partner", "LOGIN PARTNER [--role ROLE|none]",
         N_("Let a contact person act for another partner too, or no more"),
         kab_cli_publication_partner},
        {"document list", "[NUMBER]",
         N_("List the documents that partners wait for, or those of a client order"),
         kab_cli_document_list},
        {"document attach", "NUMBER KIND FILE [--part N]",
         N_("Issue a document about a client order; KIND is waybill or upd, FILE a PDF, XML or "
            "XLSX; N replaces the N-th of its kind"),
         kab_cli_document_attach},
        {"document issue", "NUMBER",
         N_("Issue the invoice of a client order anew, after the requisites were changed"),
         kab_cli_document_issue},
        {"document decline", "ID REASON", N_("Tell a partner why a document cannot be issued"),
         kab_cli_document_decline},
        {"approval list", "", N_("List the steps of the approval process, in order"),
         kab_cli_approval_list},
        {"approval add", "CONDITION ABOVE [--role ROLE]",
         N_("Add a step: orders whose CONDITION (total, discount or overdue) is above a sum or "
            "percentage are approved by ROLE (head, manager or administrator)"),
         kab_cli_approval_add},
        {"approval remove", "STEP", N_("Take a step out of the approval process"),
         kab_cli_approval_remove},
        {"segment list", "[ATTRIBUTE [WORDS]]",
         N_("List what products can be chosen by, or the values of an attribute"),
         kab_cli_segment_list},
        {"segment form", "ATTRIBUTE VALUE",
         N_("Put the products with this value, their prices and stock into the queue; prints how "
            "many"),
         kab_cli_segment_form},
        {"role list", "",
         N_("List the roles of people at the base, and which role each is given at the portal"),
         kab_cli_role_list},
        {"role set", "[--own] BASE_ROLE [ROLE]",
         N_("Give a role of contact persons, or of own users, a role at the portal, or none"),
         kab_cli_role_set},
        {"role fill", "",
         N_("Give the usual role at the portal to those that have none; prints how many"),
         kab_cli_role_fill},
        {"word list", "",
         N_("List the units, VAT rates and currencies of the sources that are not known by "
            "themselves"),
         kab_cli_word_list},
        {"word set", "unit|vat|currency WORD MEANING",
         N_("Say what a word means: for a unit a code of OKEI, such as 796, for a VAT rate a "
            "percentage or none, for a currency a code of ISO 4217"),
         kab_cli_word_set},
        {"word clear", "unit|vat|currency WORD", N_("Take back what a word means"),
         kab_cli_word_clear},
        {"task list", "", N_("List the tasks of the approval process"), kab_cli_task_list},
    };

    return kab_cli_main(KAB_SIDE_BASE, commands, G_N_ELEMENTS(commands), argc, argv);
}
