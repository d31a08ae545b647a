/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-cli-end.h"
#include "kab-end-objects.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-object-names.h"
#include "kab-queue-admin.h"
#include "kab-wire-queue.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

/* The options of a filter. */
typedef struct {
    char *kind;
    char *object;
    char *state;
    char *error;
} Filter;

static void
filter_clear(Filter *filter)
{
    g_free(filter->kind);
    g_free(filter->object);
    g_free(filter->state);
    g_free(filter->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Filter, filter_clear)

#define FILTER_ENTRIES(filter)                                               \
    {"kind", 0, 0, G_OPTION_ARG_STRING, &(filter).kind, NULL, NULL},         \
        {"object", 0, 0, G_OPTION_ARG_STRING, &(filter).object, NULL, NULL}, \
        {"state", 0, 0, G_OPTION_ARG_STRING, &(filter).state, NULL, NULL},   \
    {                                                                        \
        "error", 0, 0, G_OPTION_ARG_STRING, &(filter).error, NULL, NULL      \
    }

static KabQueueFilter
get_filter(const Filter *filter)
{
    return (KabQueueFilter){.kind = filter->kind,
                            .object_id = filter->object,
                            .state = filter->state,
                            .error = filter->error};
}

static gboolean
check_state(const Filter *filter, GError **error)
{
    KabQueueState state;

    return filter->state == NULL || kab_queue_state_from_nick(filter->state, &state, error);
}

/* "40 s", "5 min", "2 h", "3 d": the greatest unit that fits. */
static char *
format_age(KabTime since)
{
    gint64 seconds = MAX(kab_time_now() - since, 0) / 1000;

    if (seconds < 100)
        return g_strdup_printf(_("%" PRId64 " s"), seconds);
    if (seconds < 100 * 60)
        return g_strdup_printf(_("%" PRId64 " min"), seconds / 60);
    if (seconds < 48 * 3600)
        return g_strdup_printf(_("%" PRId64 " h"), seconds / 3600);
    return g_strdup_printf(_("%" PRId64 " d"), seconds / 86400);
}

static void
add_entry(KabCliTable *table, const KabQueueEntry *entry)
{
    g_autofree char *name = kab_object_name_format(entry->name);
    g_autofree char *age = format_age(entry->created_at);
    g_autofree char *attempts = g_strdup_printf("%d", entry->attempts);
    g_autofree char *next = kab_time_format_local(entry->next_attempt_at);

    if (entry->state != KAB_QUEUE_WAITING || entry->waits_kind != NULL)
        g_clear_pointer(&next, g_free);
    kab_cli_table_add(table, entry->kind, entry->object_id, name,
                      kab_queue_state_to_title(entry->state), age, attempts, next, entry->error);
}

static gboolean
print_entries(JsonArray *entries, GError **error)
{
    KabCliTable *table =
        kab_cli_table_new(N_("Kind"), N_("Object"), N_("Name"), N_("State"), N_("Age"),
                          N_("Attempts"), N_("Next attempt"), N_("Error"), NULL);
    gboolean read = TRUE;

    for (guint i = 0; read && i < json_array_get_length(entries); i++) {
        g_autoptr(KabQueueEntry) entry =
            kab_wire_queue_entry_from_json(json_array_get_object_element(entries, i), error);

        read = entry != NULL;
        if (read)
            add_entry(table, entry);
    }
    kab_cli_table_print(table, _("The queue is empty"));
    return read;
}

/* With the names by which people know the objects. */
static JsonArray *
list_entries(KabEnd *end, const KabQueueFilter *filter, guint limit, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, error);
    g_autoptr(GPtrArray) list =
        db.db != NULL ? kab_queue_list(db.db, filter, NULL, limit, NULL, error) : NULL;
    g_autoptr(JsonArray) entries = NULL;

    if (list == NULL)
        return NULL;
    entries = json_array_sized_new(list->len);
    for (guint i = 0; i < list->len; i++)
        json_array_add_element(entries, kab_wire_queue_entry_to_json(g_ptr_array_index(list, i)));
    return kab_object_names_add(end, db.db, entries, "object_id", error) ? g_steal_pointer(&entries)
                                                                         : NULL;
}

gboolean
kab_cli_queue(KabCli *cli, int argc, char **argv, GError **error)
{
    g_auto(Filter) given = {0};
    int limit = 1000;
    const GOptionEntry entries[] = {
        FILTER_ENTRIES(given),
        {"limit", 0, 0, G_OPTION_ARG_INT, &limit, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(JsonArray) list = NULL;
    KabQueueFilter filter;

    if (!kab_cli_parse(entries, &argc, &argv, 0, 0, error) || !check_state(&given, error) ||
        !kab_cli_open(cli, error))
        return FALSE;
    filter = get_filter(&given);
    list = list_entries(cli->end, &filter, (guint)CLAMP(limit, 1, 100000), error);
    if (list == NULL)
        return FALSE;
    if (!cli->json)
        return print_entries(list, error);
    kab_cli_print_json(json_node_init_array(json_node_alloc(), list));
    return TRUE;
}

/* At a terminal a person is asked first; a script has said what it wants. */
static gboolean
is_wanted(gint64 n, gboolean retry)
{
    char answer[8] = "";

    if (n == 0 || !isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
        return TRUE;
    g_printerr(retry ? g_dngettext(NULL, "Retry %" PRId64 " entry now? [y/N] ",
                                   "Retry %" PRId64 " entries now? [y/N] ", (gulong)n)
                     : g_dngettext(NULL, "Discard %" PRId64 " entry? [y/N] ",
                                   "Discard %" PRId64 " entries? [y/N] ", (gulong)n),
               n);
    return fgets(answer, sizeof answer, stdin) != NULL && (*answer == 'y' || *answer == 'Y');
}

static gboolean
change(KabCli *cli, const Filter *given, gboolean retry, gboolean count_only, gint64 *n,
       GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);
    const KabQueueFilter filter = get_filter(given);

    *n = 0;
    if (db.db == NULL || !kab_queue_count(db.db, &filter, n, error))
        return FALSE;
    if (count_only)
        return TRUE;
    if (!is_wanted(*n, retry)) {
        *n = 0;
        return TRUE;
    }
    return retry ? kab_queue_retry(db.db, &filter, g_get_user_name(), n, error)
                 : kab_queue_discard(db.db, &filter, g_get_user_name(), n, error);
}

static gboolean
change_queue(KabCli *cli, int argc, char **argv, gboolean retry, GError **error)
{
    g_auto(Filter) given = {0};
    gboolean all = FALSE;
    gboolean count_only = FALSE;
    const GOptionEntry entries[] = {
        FILTER_ENTRIES(given),
        {"all", 0, 0, G_OPTION_ARG_NONE, &all, NULL, NULL},
        {"count", 0, 0, G_OPTION_ARG_NONE, &count_only, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    gint64 n;

    if (!kab_cli_parse(entries, &argc, &argv, 0, 0, error) || !check_state(&given, error))
        return FALSE;
    if (!all && given.kind == NULL && given.object == NULL && given.error == NULL) {
        g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                            _("Say which: --kind KIND, --object ID, --error TEXT or --all"));
        return FALSE;
    }
    /* What waits will be sent anyhow; a person means what has failed. */
    if (given.state == NULL)
        given.state = g_strdup(kab_queue_state_to_nick(KAB_QUEUE_FAILED));
    if (!kab_cli_open(cli, error) || !change(cli, &given, retry, count_only, &n, error))
        return FALSE;
    if (cli->json) {
        JsonObject *object = json_object_new();

        json_object_set_int_member(object, "count", n);
        kab_cli_print_json(kab_json_node_take(object));
    } else {
        g_print("%" PRId64 "\n", n);
    }
    return TRUE;
}

gboolean
kab_cli_queue_retry(KabCli *cli, int argc, char **argv, GError **error)
{
    return change_queue(cli, argc, argv, TRUE, error);
}

gboolean
kab_cli_queue_discard(KabCli *cli, int argc, char **argv, GError **error)
{
    return change_queue(cli, argc, argv, FALSE, error);
}

/* The object that was asked for, as it is now. */
static JsonObject *
build_object(KabCli *cli, KabDb *db, char **argv, char **id, GError **error)
{
    JsonObject *body = NULL;

    *id = kab_end_find_object(cli->end, db, argv[1], argv[2], NULL, error);
    if (*id == NULL || !kab_end_build_object(cli->end, db, argv[1], *id, &body, error))
        return NULL;
    if (body == NULL)
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no such object"));
    return body;
}

gboolean
kab_cli_queue_show(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *id = NULL;
    JsonObject *body = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 2, 2, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            body = build_object(cli, db.db, argv, &id, error);
    }
    if (body == NULL)
        return FALSE;
    kab_cli_print_json(kab_json_node_take(body));
    return TRUE;
}

/* What was queued, which need not be how it was asked for. */
static void
print_object(KabCli *cli, const char *kind, const char *id)
{
    JsonObject *object;

    if (!cli->json) {
        g_print("%s %s\n", kind, id);
        return;
    }
    object = json_object_new();
    json_object_set_string_member(object, "kind", kind);
    json_object_set_string_member(object, "object", id);
    kab_cli_print_json(kab_json_node_take(object));
}

static gboolean
add_object(KabCli *cli, char **argv, char **id, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);
    g_autoptr(JsonObject) body = db.db != NULL ? build_object(cli, db.db, argv, id, error) : NULL;

    return body != NULL && kab_queue_put_by_hand(db.db, argv[1], *id, g_get_user_name(), error);
}

gboolean
kab_cli_queue_add(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *id = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 2, 2, error) || !kab_cli_open(cli, error) ||
        !add_object(cli, argv, &id, error))
        return FALSE;
    print_object(cli, argv[1], id);
    return TRUE;
}

static gboolean
set_paused(KabCli *cli, int argc, char **argv, gboolean paused, GError **error)
{
    if (!kab_cli_parse(NULL, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        return db.db != NULL && (paused ? kab_queue_pause(db.db, g_get_user_name(), error)
                                        : kab_queue_resume(db.db, g_get_user_name(), error));
    }
}

gboolean
kab_cli_queue_pause(KabCli *cli, int argc, char **argv, GError **error)
{
    return set_paused(cli, argc, argv, TRUE, error);
}

gboolean
kab_cli_queue_resume(KabCli *cli, int argc, char **argv, GError **error)
{
    return set_paused(cli, argc, argv, FALSE, error);
}
