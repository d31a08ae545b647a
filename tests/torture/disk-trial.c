/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disk-trial.h"

#include "disk-compare.h"
#include "kab-error.h"
#include "kab-run.h"
#include "test-folder.h"
#include "test-json.h"
#include "test-pair.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What a person presses again has the same key. */
#define KEY "disk"
#define TRIES 5

typedef struct {
    const char *folder;
    KabPair *pair; /* (owned) (nullable): %NULL until it has started */
    char *partner; /* (owned): session */
    char *manager; /* (owned): session */
    DiskAcknowledged acknowledged;
} Trial;

/* A step of the exchange; a step that is done already is done again at no cost. On failure @why is
 * what the person was told. */
typedef gboolean (*Step)(Trial *trial, char **why);

static int wrongs; /* (atomic) */

void
disk_wrong(const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    g_atomic_int_inc(&wrongs);
    printf("# %s\n", text);
    fflush(stdout);
}

/* Whether a message names the cause. */
static gboolean
is_clear(const char *message)
{
    g_autofree char *small = message != NULL ? g_utf8_strdown(message, -1) : NULL;

    return small != NULL && (strstr(small, "disk") != NULL || strstr(small, "storage") != NULL ||
                             strstr(small, "database") != NULL);
}

/* Warnings of the services are about the disk; nothing else is wrong with them. */
static GLogWriterOutput
on_log(GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data G_GNUC_UNUSED)
{
    g_autofree char *text = NULL;

    if ((level & G_LOG_LEVEL_MASK) > G_LOG_LEVEL_WARNING)
        return G_LOG_WRITER_HANDLED;
    text = g_log_writer_format_fields(level, fields, n_fields, FALSE);
    if ((level & G_LOG_LEVEL_MASK) < G_LOG_LEVEL_WARNING || !is_clear(text))
        disk_wrong("%s", text);
    return G_LOG_WRITER_HANDLED;
}

static char *
read_text(const char *folder, const char *name)
{
    g_autofree char *path = test_folder_path(folder, name);
    char *text = NULL;

    g_file_get_contents(path, &text, NULL, NULL);
    return text;
}

static void
write_text(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = test_folder_path(folder, name);

    test_file_write(path, text, -1);
}

char *
disk_trial_prepare(void)
{
    TestPair test;

    test_pair_set_up(&test, NULL);
    test_pair_fill(&test, test.a);
    write_text(test.folder, "partner", test.a);
    write_text(test.folder, "manager", test.manager);
    kab_end_give_db(kab_pair_get_portal(test.pair), test.portal);
    kab_end_give_db(kab_pair_get_base(test.pair), test.base);
    kab_pair_stop(test.pair);
    g_free(test.a);
    g_free(test.a2);
    g_free(test.viewer);
    g_free(test.b);
    g_free(test.admin);
    g_free(test.manager);
    g_free(test.base_admin);
    return test.folder;
}

char *
disk_trial_copy(const char *folder)
{
    static const char *const names[] = {"partner",           "manager",      "portal/portal.db",
                                        "portal/portal.key", "base/base.db", "base/base.key"};
    char *copy = test_folder_new();
    g_autofree char *portal = test_folder_path(copy, "portal");
    g_autofree char *base = test_folder_path(copy, "base");

    g_assert_cmpint(g_mkdir(portal, 0700), ==, 0);
    g_assert_cmpint(g_mkdir(base, 0700), ==, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *from_path = test_folder_path(folder, names[i]);
        g_autofree char *to_path = test_folder_path(copy, names[i]);
        g_autoptr(GFile) from = g_file_new_for_path(from_path);
        g_autoptr(GFile) to = g_file_new_for_path(to_path);
        g_autoptr(GError) error = NULL;

        g_file_copy(from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
        g_assert_no_error(error);
    }
    return copy;
}

static gboolean
start(Trial *trial, char **why)
{
    g_autoptr(GError) error = NULL;

    if (trial->pair == NULL)
        trial->pair = kab_pair_start(trial->folder, &error);
    *why = error != NULL ? g_strdup(error->message) : NULL;
    return trial->pair != NULL;
}

/* What the answer to a request tells a person. */
static char *
dup_problem(guint status, JsonNode *answer)
{
    const char *title = NULL;
    const char *detail = NULL;

    if (JSON_NODE_HOLDS_OBJECT(answer)) {
        title = test_json_text(answer, "title");
        detail = test_json_text(answer, "detail");
    }
    return g_strdup_printf("HTTP %u: %s: %s", status, title != NULL ? title : "no title",
                           detail != NULL ? detail : "no detail");
}

static gboolean
ask(const char *address, const char *token, const char *method, const char *path, const char *body,
    JsonNode **answer, char **why)
{
    guint status = test_pair_ask(address, token, method, path, body, KEY, answer);

    *why = status == 200 ? NULL : dup_problem(status, *answer);
    return status == 200;
}

static gboolean
place(Trial *trial, char **why)
{
    g_autoptr(JsonNode) answer = NULL;

    if (trial->acknowledged.placed != NULL)
        return TRUE;
    if (!ask(kab_pair_get_portal_address(trial->pair), trial->partner, "POST", "/api/v1/orders",
             "{'place': true}", &answer, why))
        return FALSE;
    trial->acknowledged.placed = g_strdup(test_json_text(answer, "id"));
    write_text(trial->folder, "placed", trial->acknowledged.placed);
    return TRUE;
}

/* The service may run by itself: it takes over what another process did not end. */
static gboolean
run(KabEnd *end, char **why)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabRunResult) result = kab_run(end, "disk", NULL, NULL, NULL, &error);

    *why = NULL;
    while (g_error_matches(error, KAB_ERROR, KAB_ERROR_BUSY)) {
        g_clear_error(&error);
        g_usleep(G_USEC_PER_SEC / 1000);
        result = kab_run(end, "disk", NULL, NULL, NULL, &error);
    }
    if (result == NULL)
        *why = g_strdup(error->message);
    else if (result->error != NULL)
        *why = g_strdup(result->error);
    else if (result->rejected > 0 || result->failed > 0)
        *why = g_strdup("some were not taken");
    return *why == NULL;
}

static gboolean
run_portal(Trial *trial, char **why)
{
    return run(kab_pair_get_portal(trial->pair), why);
}

static gboolean
run_base(Trial *trial, char **why)
{
    return run(kab_pair_get_base(trial->pair), why);
}

/* One axe less, and the order is offered. */
static char *
make_change(JsonNode *order)
{
    JsonObject *head = json_node_get_object(order);
    JsonArray *lines = json_object_get_array_member(head, "lines");

    for (guint i = 0; i < json_array_get_length(lines); i++) {
        JsonObject *line = json_array_get_object_element(lines, i);

        if (strcmp(json_object_get_string_member(line, "product_id"), TEST_AXE) != 0)
            continue;
        json_object_set_string_member(line, "quantity", "1");
        json_object_set_string_member(line, "sum", "333.33");
    }
    json_object_set_string_member(head, "total", "433.83");
    json_object_set_string_member(head, "client_status", "to-fulfil");
    return json_to_string(order, FALSE);
}

static gboolean
change(Trial *trial, char **why)
{
    const char *address = kab_pair_get_base_address(trial->pair);
    g_autofree char *path = g_strconcat("/api/v1/client-orders/", trial->acknowledged.placed, NULL);
    g_autofree char *body = NULL;
    g_autoptr(JsonNode) before = NULL;
    g_autoptr(JsonNode) after = NULL;

    if (trial->acknowledged.changed)
        return TRUE;
    if (!ask(address, trial->manager, "GET", path, NULL, &before, why))
        return FALSE;
    /* Stored, although nobody could say so. */
    if (strcmp(test_json_text(before, "client_status"), "to-fulfil") == 0)
        return TRUE;
    body = make_change(before);
    if (!ask(address, trial->manager, "PUT", path, body, &after, why))
        return FALSE;
    trial->acknowledged.changed = TRUE;
    write_text(trial->folder, "changed", "");
    return TRUE;
}

static gboolean
confirm(Trial *trial, char **why)
{
    g_autofree char *path =
        g_strconcat("/api/v1/orders/", trial->acknowledged.placed, "/decision", NULL);
    g_autoptr(JsonNode) answer = NULL;

    if (trial->acknowledged.confirmed)
        return TRUE;
    if (!ask(kab_pair_get_portal_address(trial->pair), trial->partner, "POST", path,
             "{'decision': 'confirm', 'revision': 2}", &answer, why))
        return FALSE;
    trial->acknowledged.confirmed = TRUE;
    write_text(trial->folder, "confirmed", "");
    return TRUE;
}

static const struct {
    const char *name;
    Step step;
} steps[] = {
    {"start", start},
    {"place", place},
    {"run portal", run_portal},
    {"run base", run_base},
    {"change", change},
    {"run base again", run_base},
    {"confirm", confirm},
    {"run portal again", run_portal},
    {"run base at last", run_base},
};

/* Time passes: what was put off is due. A disk that fails may not let it. */
static void
pass_time(KabEnd *end)
{
    g_autoptr(GError) error = NULL;
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, &error);

    if (db.db == NULL ||
        !kab_db_run(db.db, "UPDATE queue SET next_attempt_at = 0", KAB_BIND_NONE, &error))
        g_debug("%s", error->message);
}

static gboolean
take_step(Trial *trial, Step step, char **why)
{
    if (trial->pair != NULL) {
        pass_time(kab_pair_get_portal(trial->pair));
        pass_time(kab_pair_get_base(trial->pair));
    }
    return step(trial, why);
}

/* As far as it goes with a disk that fails. What fails is tried again, more often than an entry of
 * the queue has attempts: the disk is no fault of the entry. */
static void
play(Trial *trial)
{
    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
        for (int tries = 1; tries <= TRIES; tries++) {
            g_autofree char *why = NULL;

            if (tries == 1 ? steps[i].step(trial, &why) : take_step(trial, steps[i].step, &why)) {
                if (tries == 1)
                    break;
                return;
            }
            if (!is_clear(why))
                disk_wrong("%s: the error is not clear: %s", steps[i].name, why);
            if (tries == TRIES)
                return;
        }
    }
}

static gboolean
go_on_with(Trial *trial, const char *name, Step step)
{
    for (int tries = 1;; tries++) {
        g_autofree char *why = NULL;

        if (take_step(trial, step, &why))
            return TRUE;
        if (tries == TRIES) {
            disk_wrong("%s does not go on: %s", name, why);
            return FALSE;
        }
    }
}

/* There is room again: everything has to go on from where it stands, up to its end. */
static gboolean
go_on(Trial *trial)
{
    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++)
        if (!go_on_with(trial, steps[i].name, steps[i].step))
            return FALSE;
    return TRUE;
}

static void
open_trial(Trial *trial, const char *folder)
{
    g_autofree char *changed = read_text(folder, "changed");
    g_autofree char *confirmed = read_text(folder, "confirmed");

    trial->folder = folder;
    trial->partner = read_text(folder, "partner");
    trial->manager = read_text(folder, "manager");
    trial->acknowledged.placed = read_text(folder, "placed");
    trial->acknowledged.changed = changed != NULL;
    trial->acknowledged.confirmed = confirmed != NULL;
}

static void
close_trial(Trial *trial)
{
    kab_pair_stop(trial->pair);
    g_free(trial->partner);
    g_free(trial->manager);
    g_free(trial->acknowledged.placed);
}

DiskOutcome
disk_trial_run(const char *folder, const char *end, FaultKind kind, guint n, guint32 seed)
{
    g_autofree char *part = g_strdup_printf("/%s/%s.db", end, end);
    Trial trial = {0};
    gboolean struck;

    g_log_set_writer_func(on_log, NULL, NULL);
    fault_vfs_arm(part, kind, n, seed);
    open_trial(&trial, folder);
    if (kind != FAULT_NONE)
        play(&trial);
    struck = fault_vfs_has_struck();
    /* Every other time nobody waits for the repair: the process is killed as it is. */
    if (struck && ((n ^ n >> 1 ^ seed) & 1) != 0)
        _exit(FAULT_CUT_STATUS);
    /* Power may fail while the services stop, too. */
    if (kind == FAULT_CUT || kind == FAULT_TORN)
        g_clear_pointer(&trial.pair, kab_pair_stop);
    fault_vfs_repair();
    if (go_on(&trial)) {
        g_clear_pointer(&trial.pair, kab_pair_stop);
        disk_compare(folder, &trial.acknowledged);
    }
    close_trial(&trial);
    if (g_atomic_int_get(&wrongs) > 0)
        return DISK_WRONG;
    return struck || kind == FAULT_NONE ? DISK_WELL : DISK_NOT_REACHED;
}
