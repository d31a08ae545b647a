/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disk-steps.h"

#include "kab-error.h"
#include "kab-run.h"
#include "test-folder.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

/* What a person presses again has the same key, what a person writes again the same id. */
#define KEY "disk"
#define COMMENT "3f0c8a52-6d1b-4e7f-9a34-5b6c7d8e9f01"

static const char *const promise_names[DISK_N_PROMISES] = {
    [DISK_WRITTEN] = "written",     [DISK_APPROVED] = "approved", [DISK_CHANGED] = "changed",
    [DISK_CONFIRMED] = "confirmed", [DISK_ASKED] = "asked",       [DISK_SHIPPED] = "shipped",
};

static char *
read_text(const char *folder, const char *name)
{
    g_autofree char *path = test_folder_path(folder, name);
    char *text = NULL;

    g_file_get_contents(path, &text, NULL, NULL);
    return text;
}

void
disk_write_text(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = test_folder_path(folder, name);

    test_file_write(path, text, -1);
}

void
disk_trial_open(DiskTrial *trial, const char *folder)
{
    trial->folder = folder;
    trial->partner = read_text(folder, "partner");
    trial->head = read_text(folder, "head");
    trial->manager = read_text(folder, "manager");
    trial->placed = read_text(folder, "placed");
    for (int i = 0; i < DISK_N_PROMISES; i++) {
        g_autofree char *text = read_text(folder, promise_names[i]);

        trial->promises[i] = text != NULL;
    }
}

void
disk_trial_close(DiskTrial *trial)
{
    kab_pair_stop(trial->pair);
    g_free(trial->partner);
    g_free(trial->head);
    g_free(trial->manager);
    g_free(trial->placed);
}

static gboolean
start(DiskTrial *trial, char **why)
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
ask_portal(DiskTrial *trial, const char *token, const char *method, const char *path,
           const char *body, JsonNode **answer, char **why)
{
    return ask(kab_pair_get_portal_address(trial->pair), token, method, path, body, answer, why);
}

static void
note(DiskTrial *trial, DiskPromise promise)
{
    trial->promises[promise] = TRUE;
    disk_write_text(trial->folder, promise_names[promise], "");
}

/* Something that the portal is asked for once. */
static gboolean
ask_once(DiskTrial *trial, DiskPromise promise, const char *token, const char *method,
         const char *path, const char *body, char **why)
{
    g_autoptr(JsonNode) answer = NULL;

    if (trial->promises[promise])
        return TRUE;
    if (!ask_portal(trial, token, method, path, body, &answer, why))
        return FALSE;
    note(trial, promise);
    return TRUE;
}

static gboolean
place(DiskTrial *trial, char **why)
{
    g_autoptr(JsonNode) answer = NULL;

    if (trial->placed != NULL)
        return TRUE;
    if (!ask_portal(trial, trial->partner, "POST", "/api/v1/orders", "{'place': true}", &answer,
                    why))
        return FALSE;
    trial->placed = g_strdup(test_json_text(answer, "id"));
    disk_write_text(trial->folder, "placed", trial->placed);
    return TRUE;
}

static gboolean
write_comment(DiskTrial *trial, char **why)
{
    g_autofree char *path = g_strconcat("/api/v1/comments/", trial->placed, "/" COMMENT, NULL);

    return ask_once(trial, DISK_WRITTEN, trial->partner, "PUT", path, "{'text': 'Срочно'}", why);
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
run_portal(DiskTrial *trial, char **why)
{
    return run(kab_pair_get_portal(trial->pair), why);
}

static gboolean
run_base(DiskTrial *trial, char **why)
{
    return run(kab_pair_get_base(trial->pair), why);
}

/* The only task there is. */
static gboolean
approve(DiskTrial *trial, char **why)
{
    g_autoptr(JsonNode) page = NULL;
    g_autofree char *path = NULL;
    JsonArray *items;

    if (trial->promises[DISK_APPROVED])
        return TRUE;
    if (!ask_portal(trial, trial->head, "GET", "/api/v1/tasks", NULL, &page, why))
        return FALSE;
    items = json_object_get_array_member(json_node_get_object(page), "items");
    g_assert_cmpuint(json_array_get_length(items), ==, 1);
    path = g_strconcat("/api/v1/tasks/",
                       json_object_get_string_member(json_array_get_object_element(items, 0), "id"),
                       "/decision", NULL);
    return ask_once(trial, DISK_APPROVED, trial->head, "POST", path, "{'variant': 'approve'}", why);
}

static JsonObject *
find_line(JsonObject *order, const char *product)
{
    JsonArray *lines = json_object_get_array_member(order, "lines");

    for (guint i = 0; i < json_array_get_length(lines); i++) {
        JsonObject *line = json_array_get_object_element(lines, i);

        if (strcmp(json_object_get_string_member(line, "product_id"), product) == 0)
            return line;
    }
    g_assert_not_reached();
}

/* Whether a change is stored already, although nobody could say so; otherwise it is made. */
typedef gboolean (*Change)(JsonObject *order);

static gboolean
set_client_order(DiskTrial *trial, DiskPromise promise, Change change, char **why)
{
    const char *address = kab_pair_get_base_address(trial->pair);
    g_autofree char *path = g_strconcat("/api/v1/client-orders/", trial->placed, NULL);
    g_autofree char *body = NULL;
    g_autoptr(JsonNode) before = NULL;
    g_autoptr(JsonNode) after = NULL;

    if (trial->promises[promise])
        return TRUE;
    if (!ask(address, trial->manager, "GET", path, NULL, &before, why))
        return FALSE;
    if (change(json_node_get_object(before)))
        return TRUE;
    body = json_to_string(before, FALSE);
    if (!ask(address, trial->manager, "PUT", path, body, &after, why))
        return FALSE;
    note(trial, promise);
    return TRUE;
}

/* One axe less. */
static gboolean
take_an_axe(JsonObject *order)
{
    JsonObject *line = find_line(order, TEST_AXE);

    if (json_object_get_int_member(order, "revision") == 2)
        return TRUE;
    json_object_set_string_member(line, "quantity", "1");
    json_object_set_string_member(line, "sum", "333.33");
    json_object_set_string_member(order, "total", "433.83");
    return FALSE;
}

static gboolean
change(DiskTrial *trial, char **why)
{
    return set_client_order(trial, DISK_CHANGED, take_an_axe, why);
}

static gboolean
ship_the_hammer(JsonObject *order)
{
    JsonObject *line = find_line(order, TEST_HAMMER);

    if (json_object_has_member(line, "shipped"))
        return TRUE;
    json_object_set_string_member(line, "shipped", "1");
    json_object_set_string_member(line, "paid", "50.00");
    json_object_remove_member(order, "paid_percent");
    json_object_remove_member(order, "shipped_percent");
    return FALSE;
}

static gboolean
ship(DiskTrial *trial, char **why)
{
    return set_client_order(trial, DISK_SHIPPED, ship_the_hammer, why);
}

static gboolean
confirm(DiskTrial *trial, char **why)
{
    g_autofree char *path = g_strconcat("/api/v1/orders/", trial->placed, "/decision", NULL);

    return ask_once(trial, DISK_CONFIRMED, trial->partner, "POST", path,
                    "{'decision': 'confirm', 'revision': 2}", why);
}

static gboolean
ask_for_act(DiskTrial *trial, char **why)
{
    return ask_once(trial, DISK_ASKED, trial->partner, "POST", "/api/v1/documents",
                    "{'kind': 'reconciliation', 'from': '2026-01-01', 'to': '2026-12-31'}", why);
}

const DiskStep disk_steps[] = {
    {"start", start},
    {"place", place},
    {"write", write_comment},
    {"run portal", run_portal},
    {"run base", run_base},
    {"approve", approve},
    {"run portal with the approval", run_portal},
    {"change", change},
    {"run base again", run_base},
    {"confirm", confirm},
    {"ask for an act", ask_for_act},
    {"run portal again", run_portal},
    {"ship", ship},
    {"run base at last", run_base},
    {NULL, NULL},
};
