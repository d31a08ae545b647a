/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-cli.h"

G_BEGIN_DECLS

/** kab_cli_end_commands: (transfer none): the commands that both services have. */
const KabCliCommand *kab_cli_end_commands(guint *n_commands);

/** kab_cli_run: and others: the exchange. */
gboolean kab_cli_run(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_run_stop(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_status(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_check(KabCli *cli, int argc, char **argv, GError **error);

/** kab_cli_queue: and others: the queue. */
gboolean kab_cli_queue(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_queue_retry(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_queue_discard(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_queue_show(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_queue_add(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_queue_pause(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_queue_resume(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_kinds(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_kinds_set(KabCli *cli, int argc, char **argv, GError **error);

/** kab_cli_word_*: the commands on predefined values; each end describes them by itself. */
gboolean kab_cli_word_list(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_word_set(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_word_clear(KabCli *cli, int argc, char **argv, GError **error);

/** kab_cli_journal: and another: the journal. */
gboolean kab_cli_journal(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_journal_show(KabCli *cli, int argc, char **argv, GError **error);

/** kab_cli_user_*: the commands on users, which both services have. */
gboolean kab_cli_user_list(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_user_add(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_user_set(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_user_password(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_user_activate(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_user_deactivate(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_user_delete(KabCli *cli, int argc, char **argv, GError **error);

/** kab_cli_session_*: the commands on sessions. */
gboolean kab_cli_session_list(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_session_end(KabCli *cli, int argc, char **argv, GError **error);

/** kab_cli_audit_*: the commands on the audit log. */
gboolean kab_cli_audit_list(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_audit_verify(KabCli *cli, int argc, char **argv, GError **error);

G_END_DECLS
