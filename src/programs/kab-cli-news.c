/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-cli-portal.h"
#include "kab-error.h"
#include "kab-portal-news.h"
#include "kab-wire-news.h"

#include <glib/gi18n.h>

/* More than the longest text in four bytes a character. */
#define MAX_BYTES (64 * 1024)

static JsonNode *
encode_news(gconstpointer news)
{
    return kab_wire_news_to_json(news);
}

static void
print_news(GPtrArray *list)
{
    KabCliTable *table =
        kab_cli_table_new(N_("News"), N_("Published"), N_("By"), N_("Title"), NULL);

    for (guint i = 0; i < list->len; i++) {
        const KabNews *news = g_ptr_array_index(list, i);
        g_autofree char *published = kab_time_format_local(news->published_at);

        kab_cli_table_add(table, news->id, published, news->author, news->title);
    }
    kab_cli_table_print(table, _("There are no news"));
}

gboolean
kab_cli_news_list(KabCli *cli, int argc, char **argv, GError **error)
{
    int limit = 100;
    const GOptionEntry entries[] = {
        {"limit", 0, 0, G_OPTION_ARG_INT, &limit, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(GPtrArray) list = NULL;
    g_autofree char *next = NULL;

    if (!kab_cli_parse(entries, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            list = kab_portal_news_list(db.db, NULL, (guint)CLAMP(limit, 1, 100000), &next, error);
    }
    if (list == NULL)
        return FALSE;
    if (cli->json)
        kab_cli_print_list(list, encode_news);
    else
        print_news(list);
    return TRUE;
}

/* A text of a bounded length, whatever the file is. */
static char *
read_text(const char *path, GError **error)
{
    g_autoptr(GFile) file = g_str_equal(path, "-") ? g_file_new_for_path("/dev/stdin")
                                                   : g_file_new_for_commandline_arg(path);
    g_autoptr(GFileInputStream) stream = g_file_read(file, NULL, error);
    g_autofree char *text = g_malloc0(MAX_BYTES + 1);
    gsize size;

    if (stream == NULL ||
        !g_input_stream_read_all(G_INPUT_STREAM(stream), text, MAX_BYTES, &size, NULL, error))
        return NULL;
    if (g_utf8_validate(text, (gssize)size, NULL))
        return g_steal_pointer(&text);
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%s” is not a text in UTF-8"), path);
    return NULL;
}

gboolean
kab_cli_news_add(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *text = NULL;
    g_autofree char *path = NULL;
    g_autofree char *author = NULL;
    const GOptionEntry entries[] = {
        {"author", 0, 0, G_OPTION_ARG_STRING, &author, NULL, NULL},
        {"text", 0, 0, G_OPTION_ARG_STRING, &text, NULL, NULL},
        {"file", 0, 0, G_OPTION_ARG_FILENAME, &path, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(KabNews) news = g_new0(KabNews, 1);

    if (!kab_cli_parse(entries, &argc, &argv, 1, 1, error))
        return FALSE;
    if (text != NULL && path != NULL) {
        g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                            _("--text and --file exclude each other"));
        return FALSE;
    }
    if (path != NULL && (text = read_text(path, error)) == NULL)
        return FALSE;
    kab_id_fill_random(news->id);
    news->author = g_strdup(author != NULL ? author : "");
    news->title = g_strdup(argv[1]);
    news->text = g_strdup(text != NULL ? text : "");
    if (!kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db == NULL || !kab_portal_news_add(cli->end, db.db, &cli->actor, news, error))
            return FALSE;
    }
    kab_cli_print_id(cli, news->id);
    return TRUE;
}

gboolean
kab_cli_news_remove(KabCli *cli, int argc, char **argv, GError **error)
{
    if (!kab_cli_parse(NULL, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        return db.db != NULL &&
               kab_portal_news_remove(cli->end, db.db, &cli->actor, argv[1], error);
    }
}
