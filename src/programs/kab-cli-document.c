/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-documents.h"
#include "kab-base-orders.h"
#include "kab-cli-base.h"
#include "kab-document-store.h"
#include "kab-error.h"
#include "kab-wire-document.h"

#include <glib/gi18n.h>

#define MAX_LISTED 1000

static JsonNode *
encode_document(gconstpointer document)
{
    return kab_wire_document_to_json(document, KAB_DOCUMENT_LIST);
}

static char *
describe(const KabDocument *document)
{
    return *document->order_id.text != '\0'
               ? g_strdup(document->order_number)
               : g_strconcat(document->from.text, " – ", document->to.text, NULL);
}

static void
show(KabCli *cli, GPtrArray *documents)
{
    KabCliTable *table;

    if (cli->json) {
        kab_cli_print_list(documents, encode_document);
        return;
    }
    table = kab_cli_table_new(N_("Id"), N_("Document"), N_("About"), N_("State"), N_("Asked by"),
                              N_("Asked at"), N_("Error"), NULL);
    for (guint i = 0; i < documents->len; i++) {
        const KabDocument *document = g_ptr_array_index(documents, i);
        g_autofree char *date = kab_time_format_local(document->asked_at);
        g_autofree char *about = describe(document);
        g_autofree char *title = kab_document_make_title(document);

        kab_cli_table_add(table, document->id.text, title, about,
                          kab_document_state_to_title(document->state), document->asked_by, date,
                          document->error);
    }
    kab_cli_table_print(table, _("There are no such documents"));
}

gboolean
kab_cli_document_list(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(GPtrArray) documents = NULL;
    g_autoptr(KabOrder) order = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 0, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db == NULL)
            return FALSE;
        if (argc > 1) {
            order = kab_base_orders_load(db.db, argv[1], error);
            if (order == NULL)
                return FALSE;
            documents = kab_document_store_list_order(db.db, order->id.text, error);
        } else {
            documents = kab_document_store_list_preparing(db.db, MAX_LISTED, error);
        }
    }
    if (documents == NULL)
        return FALSE;
    show(cli, documents);
    return TRUE;
}

static void
show_one(KabCli *cli, KabDocument *document)
{
    g_autoptr(GPtrArray) one = g_ptr_array_new_with_free_func((GDestroyNotify)kab_document_free);

    g_ptr_array_add(one, document);
    show(cli, one);
}

static GBytes *
read_file(const char *path, GError **error)
{
    g_autoptr(GFile) file = g_file_new_for_commandline_arg(path);
    g_autoptr(GFileInfo) info = g_file_query_info(file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, error);

    if (info == NULL)
        return NULL;
    if (g_file_info_get_size(info) > KAB_DOCUMENT_MAX_BYTES) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE, _("A document has at most %d MiB"),
                    KAB_DOCUMENT_MAX_BYTES / 1024 / 1024);
        return NULL;
    }
    return g_file_load_bytes(file, NULL, NULL, error);
}

gboolean
kab_cli_document_attach(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(KabOrder) order = NULL;
    g_autoptr(GBytes) file = NULL;
    int part = 0;
    const GOptionEntry entries[] = {
        {"part", 0, 0, G_OPTION_ARG_INT, &part, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    KabDocument *document = NULL;
    KabDocumentKind kind;

    if (!kab_cli_parse(entries, &argc, &argv, 3, 3, error) ||
        !kab_document_kind_from_nick(argv[2], &kind, error))
        return FALSE;
    file = read_file(argv[3], error);
    if (file == NULL || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        order = db.db != NULL ? kab_base_orders_load(db.db, argv[1], error) : NULL;
        if (order != NULL)
            document = kab_base_documents_attach(db.db, order, kind, part, argv[3], file, error);
    }
    if (document == NULL)
        return FALSE;
    show_one(cli, document);
    return TRUE;
}

gboolean
kab_cli_document_issue(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(KabOrder) order = NULL;
    KabDocument *document = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        order = db.db != NULL ? kab_base_orders_load(db.db, argv[1], error) : NULL;
        if (order != NULL)
            document = kab_base_documents_issue_again(db.db, order, error);
    }
    if (document == NULL)
        return FALSE;
    show_one(cli, document);
    return TRUE;
}

gboolean
kab_cli_document_decline(KabCli *cli, int argc, char **argv, GError **error)
{
    KabDocument *document = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 2, 2, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            document = kab_base_documents_decline(db.db, argv[1], argv[2], error);
    }
    if (document == NULL)
        return FALSE;
    show_one(cli, document);
    return TRUE;
}
