/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * KabCli:
 * @side: which service the program is of
 * @folder: the folder of its data
 * @json: whether to print JSON for scripts
 * @actor: who gives the command, for the audit log
 * @end: (nullable): the service's data, opened by kab_cli_open()
 *
 * What a subcommand works with.
 */
typedef struct {
    KabSide side;
    char *folder;
    gboolean json;
    KabActor actor;
    KabEnd *end;
} KabCli;

/**
 * KabCliCommand:
 * @name: its name; subcommands of subcommands are written "order list"
 * @arguments: what it takes, for the help
 * @summary: what it does, for the help; a msgid
 * @run: carries it out; @argv begins with what follows the name
 */
typedef struct {
    const char *name;
    const char *arguments;
    const char *summary;
    gboolean (*run)(KabCli *cli, int argc, char **argv, GError **error);
} KabCliCommand;

/**
 * kab_cli_main:
 * @side: which service the program is of
 * @own: (array length=n_own): the commands that only this program has
 * @n_own: how many
 * @argc: from main()
 * @argv: from main()
 *
 * Reads the options, finds the command and carries it out.
 *
 * Returns: the exit status: 0, 1 if the command failed, 2 if the arguments are wrong
 */
int kab_cli_main(KabSide side, const KabCliCommand *own, guint n_own, int argc, char **argv);

/** kab_cli_open: opens the service's data, which works beside a running service. */
gboolean kab_cli_open(KabCli *cli, GError **error);

/**
 * kab_cli_parse:
 * @entries: (array zero-terminated=1): the options that the command takes
 * @argc: (inout): what is left after the options
 * @argv: what is left after the options
 * @min: the fewest arguments
 * @max: the most arguments
 * @error: return location: %G_OPTION_ERROR
 *
 * Returns: whether the arguments are right
 */
gboolean kab_cli_parse(const GOptionEntry *entries, int *argc, char ***argv, int min, int max,
                       GError **error);

/**
 * kab_cli_read_secret:
 * @prompt: what to ask a person for
 * @file: (nullable): a file whose first line it is; "-" is the standard input
 * @error: return location
 *
 * From @file; without one, from the terminal without showing it, or from the standard input if that
 * is no terminal.
 *
 * Returns: (transfer full) (nullable): the secret
 */
char *kab_cli_read_secret(const char *prompt, const char *file, GError **error);

/** kab_cli_print_json: prints @node, which it takes, on one line. */
void kab_cli_print_json(JsonNode *node);

/** kab_cli_print_id: prints the id of what was made. */
void kab_cli_print_id(KabCli *cli, const char *id);

/**
 * KabCliEncode:
 * @item: an item of a list
 *
 * Returns: (transfer full): its JSON
 */
typedef JsonNode *(*KabCliEncode)(gconstpointer item);

/** kab_cli_print_list: prints @items as a JSON list on one line. */
void kab_cli_print_list(GPtrArray *items, KabCliEncode encode);

/**
 * KabCliTable:
 *
 * Lines of text in columns, for people.
 */
typedef struct _KabCliTable KabCliTable;

/** kab_cli_table_new: (transfer full): a table with headings, which are msgids; NULL at the end. */
KabCliTable *kab_cli_table_new(const char *heading, ...) G_GNUC_NULL_TERMINATED;

/** kab_cli_table_add: adds a row of as many texts; NULL is an empty cell. */
void kab_cli_table_add(KabCliTable *table, ...);

/** kab_cli_table_print: prints the table and frees it; @empty is said if it has no rows. */
void kab_cli_table_print(KabCliTable *table, const char *empty);

G_END_DECLS
