/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-cli.h"

G_BEGIN_DECLS

/** kab_cli_*: the commands that only the portal has. */
gboolean kab_cli_letter_list(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_letter_retry(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_letter_drop(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_news_list(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_news_add(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_news_remove(KabCli *cli, int argc, char **argv, GError **error);
gboolean kab_cli_mail_test(KabCli *cli, int argc, char **argv, GError **error);

G_END_DECLS
