/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-cli-end.h"
#include "kab-end-objects.h"
#include "kab-error.h"
#include "kab-journal.h"
#include "kab-json.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

#define FOLLOW_MS 300

static const char *
get_text(JsonObject *object, const char *name)
{
    return json_object_get_string_member_with_default(object, name, "");
}

static char *
describe_object(JsonObject *entry)
{
    if (json_object_has_member(entry, "version")) /* in the story of one */
        return g_strdup_printf("%s %" PRId64, get_text(entry, "kind"),
                               json_object_get_int_member(entry, "version"));
    if (json_object_has_member(entry, "kind")) /* it is about this one */
        return g_strdup_printf("%s %s", get_text(entry, "kind"), get_text(entry, "object"));
    if (json_object_get_int_member_with_default(entry, "objects", 0) > 0)
        return g_strdup_printf("%" PRId64, json_object_get_int_member(entry, "objects"));
    return g_strdup("");
}

static char *
describe_number(JsonObject *entry, const char *name)
{
    gint64 number = json_object_get_int_member_with_default(entry, name, 0);

    return number != 0 ? g_strdup_printf("%" PRId64, number) : g_strdup("");
}

/* A request may have gone over and an object of it not. */
static const char *
describe_outcome(JsonObject *entry)
{
    const char *outcome = get_text(entry, "outcome");

    return g_str_equal(outcome, "ok") &&
                   json_object_get_int_member_with_default(entry, "failed", 0) > 0
               ? "rejected"
               : outcome;
}

static void
print_table(JsonArray *array)
{
    KabCliTable *table =
        kab_cli_table_new("#", N_("When"), N_("Direction"), N_("Who"), N_("What"), N_("Object"),
                          N_("Attempt"), "HTTP", "ms", N_("Outcome"), N_("Error"), NULL);

    for (guint i = 0; i < json_array_get_length(array); i++) {
        JsonObject *entry = json_array_get_object_element(array, i);
        g_autofree char *id = g_strdup_printf("%" PRId64, json_object_get_int_member(entry, "id"));
        g_autofree char *object = describe_object(entry);
        g_autofree char *attempt = describe_number(entry, "attempt");
        g_autofree char *status = describe_number(entry, "http_status");
        g_autofree char *ms = describe_number(entry, "duration_ms");

        kab_cli_table_add(table, id, get_text(entry, "at"), get_text(entry, "direction"),
                          get_text(entry, "peer"), get_text(entry, "what"), object, attempt, status,
                          ms, describe_outcome(entry), get_text(entry, "error"));
    }
    kab_cli_table_print(table, _("The journal is empty"));
}

static void
print_line(KabCli *cli, JsonObject *entry)
{
    g_autofree char *object = NULL;
    g_autofree char *status = NULL;

    if (cli->json) {
        kab_cli_print_json(kab_json_node_take(json_object_ref(entry)));
    } else {
        object = describe_object(entry);
        status = describe_number(entry, "http_status");
        g_print("%s  %s  %s  %s  %s  %s  %s  %s\n", get_text(entry, "at"),
                get_text(entry, "direction"), get_text(entry, "peer"), get_text(entry, "what"),
                object, status, describe_outcome(entry), get_text(entry, "error"));
    }
    fflush(stdout);
}

/* What --follow works with. */
typedef struct {
    KabCli *cli;
    GMainLoop *loop;
    const KabJournalFilter *filter;
    gint64 last;
    GError *error;
} Follow;

static gboolean
on_look(gpointer data)
{
    Follow *follow = data;
    g_auto(KabEndDb) db = KAB_END_DB_INIT(follow->cli->end, &follow->error);
    g_autoptr(JsonArray) news = NULL;

    if (db.db != NULL)
        news = kab_journal_follow(db.db, follow->filter, &follow->last, &follow->error);
    if (news == NULL) {
        g_main_loop_quit(follow->loop);
        return G_SOURCE_REMOVE;
    }
    for (guint i = 0; i < json_array_get_length(news); i++)
        print_line(follow->cli, json_array_get_object_element(news, i));
    return G_SOURCE_CONTINUE;
}

static gboolean
on_signal(gpointer data)
{
    g_main_loop_quit(data);
    return G_SOURCE_CONTINUE;
}

/* The story so far of one object, then what comes; otherwise only what comes. */
static gboolean
follow_journal(KabCli *cli, const KabJournalFilter *filter, GError **error)
{
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    Follow follow = {.cli = cli, .loop = loop, .filter = filter};
    guint sources[3];

    if (filter->object_id == NULL) {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db == NULL || !kab_journal_get_last(db.db, filter, &follow.last, error))
            return FALSE;
    }
    sources[0] = g_timeout_add(FOLLOW_MS, on_look, &follow);
    sources[1] = g_unix_signal_add(SIGINT, on_signal, loop);
    sources[2] = g_unix_signal_add(SIGTERM, on_signal, loop);
    if (on_look(&follow) == G_SOURCE_CONTINUE)
        g_main_loop_run(loop);
    for (gsize i = follow.error != NULL ? 1 : 0; i < G_N_ELEMENTS(sources); i++)
        g_source_remove(sources[i]);
    return kab_error_pass(error, &follow.error);
}

/* An id, or what people call the object. */
static gboolean
resolve_object(KabCli *cli, const char *kind, char **object, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);
    char *id;

    if (db.db == NULL)
        return FALSE;
    id = kab_end_find_object(cli->end, db.db, kind, *object, NULL, error);
    if (id == NULL)
        return FALSE;
    g_free(*object);
    *object = id;
    return TRUE;
}

/* A moment after RFC 3339, a day, or how long ago: "90s", "10m", "2h", "3d"; @after: behind the day
 */
static gboolean
parse_moment(const char *text, gboolean after, KabTime *out, GError **error)
{
    static const struct {
        char unit;
        gint64 ms;
    } units[] = {{'s', 1000}, {'m', 60000}, {'h', 3600000}, {'d', 86400000}};
    char *end = NULL;
    KabDate day;
    guint64 n;

    *out = 0;
    if (text == NULL)
        return TRUE;
    n = g_ascii_strtoull(text, &end, 10);
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        if (end != text && *end == units[i].unit && end[1] == '\0' && n <= 100000) {
            *out = kab_time_now() - (gint64)n * units[i].ms;
            return TRUE;
        }
    }
    if (kab_date_parse(text, &day, NULL)) {
        *out = kab_date_begin(after ? kab_date_next(day) : day);
        return TRUE;
    }
    return kab_time_parse(text, out, error);
}

static gboolean
print_journal(KabCli *cli, const KabJournalFilter *filter, guint limit, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);
    JsonArray *list =
        db.db != NULL ? kab_journal_list(db.db, filter, NULL, limit, NULL, error) : NULL;
    JsonNode *node;

    if (list == NULL)
        return FALSE;
    if (cli->json) {
        node = json_node_new(JSON_NODE_ARRAY);
        json_node_take_array(node, list);
        kab_cli_print_json(node);
    } else {
        print_table(list);
        json_array_unref(list);
    }
    return TRUE;
}

gboolean
kab_cli_journal(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *object = NULL;
    g_autofree char *kind = NULL;
    g_autofree char *direction = NULL;
    g_autofree char *outcome = NULL;
    g_autofree char *since = NULL;
    g_autofree char *until = NULL;
    gboolean follow = FALSE;
    int limit = 0;
    const GOptionEntry entries[] = {
        {"object", 0, 0, G_OPTION_ARG_STRING, &object, NULL, NULL},
        {"kind", 0, 0, G_OPTION_ARG_STRING, &kind, NULL, NULL},
        {"direction", 0, 0, G_OPTION_ARG_STRING, &direction, NULL, NULL},
        {"outcome", 0, 0, G_OPTION_ARG_STRING, &outcome, NULL, NULL},
        {"since", 0, 0, G_OPTION_ARG_STRING, &since, NULL, NULL},
        {"until", 0, 0, G_OPTION_ARG_STRING, &until, NULL, NULL},
        {"limit", 0, 0, G_OPTION_ARG_INT, &limit, NULL, NULL},
        {"follow", 0, 0, G_OPTION_ARG_NONE, &follow, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    KabJournalFilter filter = {0};

    if (!kab_cli_parse(entries, &argc, &argv, 0, 0, error) ||
        !parse_moment(since, FALSE, &filter.since, error) ||
        !parse_moment(until, TRUE, &filter.until, error) || !kab_cli_open(cli, error) ||
        (object != NULL && !resolve_object(cli, kind, &object, error)))
        return FALSE;
    if (limit <= 0)
        limit = object != NULL ? G_MAXINT : 100; /* a story is told to its end */
    filter.object_id = object;
    filter.kind = kind;
    filter.direction = direction;
    filter.outcome = outcome;
    return follow ? follow_journal(cli, &filter, error)
                  : print_journal(cli, &filter, (guint)limit, error);
}

static void
print_text(const char *heading, JsonObject *entry, const char *name)
{
    const char *text = json_object_get_string_member_with_default(entry, name, NULL);

    if (text != NULL)
        g_print("\n%s:\n%s\n", heading, text);
}

static void
print_entry(JsonObject *entry)
{
    JsonArray *objects = json_object_get_array_member(entry, "objects");
    g_autofree char *status = describe_number(entry, "http_status");

    g_print("%s  %s  %s  %s  %s  %s  %" PRId64 " ms\n", get_text(entry, "at"),
            get_text(entry, "direction"), get_text(entry, "peer"), get_text(entry, "what"), status,
            get_text(entry, "outcome"),
            json_object_get_int_member_with_default(entry, "duration_ms", 0));
    if (*get_text(entry, "error") != '\0')
        g_print("%s\n", get_text(entry, "error"));
    for (guint i = 0; i < json_array_get_length(objects); i++) {
        JsonObject *object = json_array_get_object_element(objects, i);

        g_autofree char *attempt = describe_number(object, "attempt");

        g_print("  %s %s %" PRId64 "  %s  %s  %s\n", get_text(object, "kind"),
                get_text(object, "id"), json_object_get_int_member(object, "version"), attempt,
                get_text(object, "outcome"), get_text(object, "error"));
    }
    print_text(_("Request"), entry, "request");
    print_text(_("Answer"), entry, "answer");
}

gboolean
kab_cli_journal_show(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(JsonObject) entry = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            entry = kab_journal_load(db.db, argv[1], error);
    }
    if (entry == NULL)
        return FALSE;
    if (cli->json)
        kab_cli_print_json(kab_json_node_take(g_steal_pointer(&entry)));
    else
        print_entry(entry);
    return TRUE;
}
