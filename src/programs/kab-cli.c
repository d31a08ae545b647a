/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-cli-end.h"
#include "kab-cli.h"
#include "kab-error.h"
#include "kab-http-language.h"
#include "kab-host.h"
#include "kab-json.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_SECRET 4096

struct _KabCliTable {
    guint n_columns;
    GPtrArray *cells; /* (owned): row by row, the headings first */
};

KabCliTable *
kab_cli_table_new(const char *heading, ...)
{
    KabCliTable *table = g_new0(KabCliTable, 1);
    va_list args;

    table->cells = g_ptr_array_new_with_free_func(g_free);
    va_start(args, heading);
    for (const char *text = heading; text != NULL; text = va_arg(args, const char *))
        g_ptr_array_add(table->cells, g_strdup(_(text)));
    va_end(args);
    table->n_columns = table->cells->len;
    return table;
}

/* What comes from the other end must not steer the terminal. */
static char *
make_cell(const char *text)
{
    GString *cell = g_string_new(NULL);

    for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        g_string_append_unichar(cell, g_unichar_iscntrl(c) ? ' ' : c);
    }
    return g_string_free(cell, FALSE);
}

void
kab_cli_table_add(KabCliTable *table, ...)
{
    va_list args;

    va_start(args, table);
    for (guint i = 0; i < table->n_columns; i++) {
        const char *text = va_arg(args, const char *);

        g_ptr_array_add(table->cells, make_cell(text));
    }
    va_end(args);
}

static const char *
get_cell(KabCliTable *table, guint row, guint column)
{
    return g_ptr_array_index(table->cells, row * table->n_columns + column);
}

void
kab_cli_table_print(KabCliTable *table, const char *empty)
{
    guint n_rows = table->cells->len / table->n_columns;
    g_autofree glong *widths = g_new0(glong, table->n_columns);

    for (guint row = 0; row < n_rows; row++)
        for (guint i = 0; i < table->n_columns; i++)
            widths[i] = MAX(widths[i], g_utf8_strlen(get_cell(table, row, i), -1));
    if (n_rows == 1)
        g_print("%s\n", empty);
    for (guint row = 0; n_rows > 1 && row < n_rows; row++) {
        for (guint i = 0; i < table->n_columns; i++) {
            const char *cell = get_cell(table, row, i);
            glong gap = widths[i] - g_utf8_strlen(cell, -1) + 2;

            if (i + 1 == table->n_columns)
                g_print("%s\n", cell);
            else
                g_print("%s%*s", cell, (int)gap, "");
        }
    }
    g_ptr_array_unref(table->cells);
    g_free(table);
}

void
kab_cli_print_json(JsonNode *node)
{
    g_autofree char *text = kab_json_to_text(node);

    g_print("%s\n", text);
    json_node_unref(node);
}

void
kab_cli_print_id(KabCli *cli, const char *id)
{
    JsonObject *object;

    if (!cli->json) {
        g_print("%s\n", id);
        return;
    }
    object = json_object_new();
    json_object_set_string_member(object, "id", id);
    kab_cli_print_json(kab_json_node_take(object));
}

void
kab_cli_print_list(GPtrArray *items, KabCliEncode encode)
{
    JsonArray *array = json_array_sized_new(items->len);
    JsonNode *node = json_node_new(JSON_NODE_ARRAY);

    for (guint i = 0; i < items->len; i++)
        json_array_add_element(array, encode(g_ptr_array_index(items, i)));
    json_node_take_array(node, array);
    kab_cli_print_json(node);
}

static char *
read_line(FILE *file)
{
    char line[MAX_SECRET];

    if (fgets(line, sizeof line, file) == NULL)
        return NULL;
    line[strcspn(line, "\r\n")] = '\0';
    return g_strdup(line);
}

static char *
read_terminal(const char *prompt)
{
    struct termios before;
    struct termios silent;
    char *line;

    g_printerr("%s: ", prompt);
    if (tcgetattr(STDIN_FILENO, &before) != 0)
        return NULL;
    silent = before;
    silent.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    line = read_line(stdin);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    g_printerr("\n");
    return line;
}

char *
kab_cli_read_secret(const char *prompt, const char *path, GError **error)
{
    char *line = NULL;

    if (path != NULL && strcmp(path, "-") != 0) {
        FILE *file = g_fopen(path, "r");

        if (file == NULL) {
            g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "%s: %s", path,
                        g_strerror(errno));
            return NULL;
        }
        line = read_line(file);
        fclose(file);
    } else if (path == NULL && isatty(STDIN_FILENO)) {
        line = read_terminal(prompt);
    } else {
        line = read_line(stdin);
    }
    if (line == NULL)
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("%s: nothing was given"), prompt);
    return line;
}

gboolean
kab_cli_parse(const GOptionEntry *entries, int *argc, char ***argv, int min, int max,
              GError **error)
{
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    int given;

    g_option_context_set_help_enabled(context, FALSE);
    if (entries != NULL)
        g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, argc, argv, error))
        return FALSE;
    given = *argc - 1;
    if (given > 0 && strcmp((*argv)[1], "--") == 0) {
        (*argv)++;
        (*argc)--;
        given--;
    }
    if (given >= min && given <= max)
        return TRUE;
    g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                        given < min ? _("An argument is missing")
                                    : _("There are too many arguments"));
    return FALSE;
}

gboolean
kab_cli_open(KabCli *cli, GError **error)
{
    if (cli->end == NULL)
        cli->end = kab_host_open_end(cli->side, cli->folder, error);
    return cli->end != NULL;
}

/* How many words of the arguments a command's name takes; 0 if it is not this command. */
static int
match_command(const KabCliCommand *command, int argc, char **argv)
{
    g_auto(GStrv) words = g_strsplit(command->name, " ", -1);
    int n = (int)g_strv_length(words);

    for (int i = 0; i < n; i++)
        if (i >= argc || strcmp(words[i], argv[i]) != 0)
            return 0;
    return n;
}

/* Those whose name begins with @word; all without one. */
static void
print_commands(const KabCliCommand *commands, guint n, const char *word)
{
    for (guint i = 0; i < n; i++) {
        if (word != NULL && !g_str_has_prefix(commands[i].name, word))
            continue;
        g_print("  %s %s\n", commands[i].name, commands[i].arguments);
        g_print("      %s\n", _(commands[i].summary));
    }
}

static void
print_help(const char *program, const KabCliCommand *own, guint n_own, const char *word)
{
    guint n_common;
    const KabCliCommand *common = kab_cli_end_commands(&n_common);

    g_print(_("Usage: %s [--data DIR] [--json] COMMAND [ARGUMENTS]\n"), program);
    g_print("\n%s\n", _("Commands:"));
    print_commands(common, n_common, word);
    print_commands(own, n_own, word);
    g_print("\n%s\n", _("Options:"));
    g_print("  --data DIR   %s\n", _("the folder of the service's data"));
    g_print("  --json       %s\n", _("print JSON for scripts"));
    g_print("  --version    %s\n", _("print the version"));
    g_print("  --help       %s\n", _("print this help"));
    g_print("\n%s\n",
            _("Passwords and other secrets come from a prompt, a file or the standard input, "
              "never from an argument."));
}

/* Where a service's data lies if nobody says: what systemd gives, or a folder of the user's. */
static char *
default_folder(KabSide side, GError **error)
{
    const char *given = g_getenv("STATE_DIRECTORY");
    char *folder = given != NULL
                       ? g_strdup(given)
                       : g_build_filename(g_get_user_state_dir(), "kabinet",
                                          side == KAB_SIDE_PORTAL ? "portal" : "base", NULL);

    if (g_mkdir_with_parents(folder, 0700) == 0)
        return folder;
    g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "%s: %s", folder,
                g_strerror(errno));
    g_free(folder);
    return NULL;
}

static int
report(const char *program, const GError *error)
{
    gboolean usage = error->domain == G_OPTION_ERROR;

    g_printerr("%s: %s\n", program, error->message);
    if (usage)
        g_printerr(_("See “%s --help”\n"), program);
    return usage ? 2 : 1;
}

static const KabCliCommand *
find_command(const KabCliCommand *own, guint n_own, int argc, char **argv, int *words)
{
    guint n_common;
    const KabCliCommand *common = kab_cli_end_commands(&n_common);
    const KabCliCommand *best = NULL;

    *words = 0;
    for (guint i = 0; i < n_common + n_own; i++) {
        const KabCliCommand *command = i < n_common ? &common[i] : &own[i - n_common];
        int n = match_command(command, argc, argv);

        if (n > *words) {
            *words = n;
            best = command;
        }
    }
    return best;
}

static gboolean
carry_out(KabCli *cli, const KabCliCommand *own, guint n_own, int argc, char **argv, GError **error)
{
    int words;
    const KabCliCommand *command = find_command(own, n_own, argc - 1, argv + 1, &words);

    if (command == NULL) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                    argc > 1 ? _("“%s” is not a command") : _("A command is expected%s"),
                    argc > 1 ? argv[1] : "");
        return FALSE;
    }
    if (cli->folder == NULL)
        cli->folder = default_folder(cli->side, error);
    return cli->folder != NULL && command->run(cli, argc - words, argv + words, error);
}

/* Takes --json or --help from wherever it stands, so that it may follow the command too. */
static gboolean
take_flag(int *argc, char **argv, const char *flag)
{
    int kept = 0;
    gboolean found = FALSE;

    gboolean over = FALSE; /* after "--" everything is an argument */

    for (int i = 0; i < *argc; i++) {
        over = over || strcmp(argv[i], "--") == 0;
        if (i > 0 && !over && strcmp(argv[i], flag) == 0)
            found = TRUE;
        else
            argv[kept++] = argv[i];
    }
    *argc = kept;
    return found;
}

int
kab_cli_main(KabSide side, const KabCliCommand *own, guint n_own, int argc, char **argv)
{
    const char *program = side == KAB_SIDE_PORTAL ? "kabinet-portal" : "kabinet-base";
    g_autofree char *who = g_strdup_printf("command line: %s", g_get_user_name());
    KabCli cli = {.side = side, .actor = {.who = who, .address = ""}};
    gboolean help;
    gboolean version = FALSE;
    const GOptionEntry entries[] = {
        {"data", 0, 0, G_OPTION_ARG_FILENAME, &cli.folder, NULL, NULL},
        {"version", 0, 0, G_OPTION_ARG_NONE, &version, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;
    int status = 0;

    setlocale(LC_ALL, "");
    bindtextdomain(GETTEXT_PACKAGE, g_getenv("KABINET_LOCALE_DIR") != NULL
                                        ? g_getenv("KABINET_LOCALE_DIR")
                                        : LOCALEDIR);
    bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
    textdomain(GETTEXT_PACKAGE);
    kab_http_language_init();
    cli.json = take_flag(&argc, argv, "--json");
    help = take_flag(&argc, argv, "--help") || take_flag(&argc, argv, "-h");
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_set_strict_posix(context, TRUE);
    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error))
        status = report(program, error);
    else if (help)
        print_help(program, own, n_own, argc > 1 ? argv[1] : NULL);
    else if (version)
        g_print("%s %s\n", program, PACKAGE_VERSION);
    else if (!carry_out(&cli, own, n_own, argc, argv, &error))
        status = report(program, error);
    kab_end_close(cli.end);
    g_free(cli.folder);
    return status;
}
