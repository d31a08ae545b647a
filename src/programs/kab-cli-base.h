/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-cli.h"

G_BEGIN_DECLS

/** kab_cli_*: the commands that only the base has. */
gboolean kab_cli_import(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_order_list(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_order_show(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_order_set(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_order_comment(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_order_invoice(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_partner_list(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_partner_add(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_partner_set(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_partner_limits(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_document_list(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_document_attach(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_document_issue(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_document_decline(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_approval_list(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_approval_add(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_approval_remove(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_task_list(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_segment_list(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_segment_form(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_contact_add(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_contact_publish(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_contact_set(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_user_publish(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_partner_warehouses(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_warehouse_list(KabCli *cli, int argc, char **argv, GError **error);

/** kab_cli_role_*: the commands on which role people get at the portal. */
gboolean kab_cli_role_list(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_role_set(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_role_fill(KabCli *cli, int argc, char **argv, GError **error);

/** kab_cli_publication_*: the commands on who is published at the portal. */
gboolean kab_cli_publication_list(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_publication_activate(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_publication_deactivate(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_publication_invite(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_publication_reset(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_publication_delete(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_publication_partner(KabCli *cli, int argc, char **argv, GError **error);

G_END_DECLS
