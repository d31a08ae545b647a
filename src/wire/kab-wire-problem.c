/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-json.h"
#include "kab-wire-problem.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Bytes at most of what another end says. */
#define DETAIL_MAX 1000

typedef struct {
    KabError code;
    guint status;
    const char *nick;
    const char *title;
} Problem;

/* The one table of errors, HTTP statuses and words; the first row of a status stands for it. */
static const Problem problems[] = {
    {KAB_ERROR_INVALID, 400, "invalid", N_("The request is not right")},
    {KAB_ERROR_UNAUTHORIZED, 401, "unauthorized", N_("Sign in first")},
    {KAB_ERROR_DENIED, 403, "denied", N_("You have no right to do this")},
    {KAB_ERROR_NOT_FOUND, 404, "not-found", N_("There is no such thing here")},
    {KAB_ERROR_CONFLICT, 409, "conflict", N_("It was changed meanwhile")},
    {KAB_ERROR_STATE, 409, "state", N_("This cannot be done now")},
    {KAB_ERROR_RANGE, 413, "too-big", N_("It is too big")},
    {KAB_ERROR_FAILED, 500, "failed", N_("The service could not do it")},
    {KAB_ERROR_CORRUPT, 500, "corrupt", N_("The service's data cannot be used")},
    {KAB_ERROR_BUSY, 503, "busy", N_("Try again later")},
};

static const Problem *
find_by_code(int code)
{
    for (gsize i = 0; i < G_N_ELEMENTS(problems); i++)
        if ((int)problems[i].code == code)
            return &problems[i];
    g_return_val_if_reached(&problems[7]);
}

static const Problem *
find_by_status(guint status, const char *nick)
{
    const Problem *by_status = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(problems); i++) {
        if (nick != NULL && strcmp(problems[i].nick, nick) == 0)
            return &problems[i];
        if (by_status == NULL && problems[i].status == status)
            by_status = &problems[i];
    }
    if (by_status == NULL)
        by_status = find_by_code(status >= 500 ? KAB_ERROR_BUSY : KAB_ERROR_FAILED);
    return by_status;
}

JsonNode *
kab_wire_problem_new(const GError *error, guint *status)
{
    gboolean ours = error->domain == KAB_ERROR;
    const Problem *problem = find_by_code(ours ? error->code : KAB_ERROR_FAILED);
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "title", _(problem->title));
    json_object_set_int_member(object, "status", problem->status);
    json_object_set_string_member(object, "code", problem->nick);
    if (ours) {
        /* What was cut out of a text from outside may end within a character. */
        g_autofree char *detail = g_utf8_make_valid(error->message, -1);

        json_object_set_string_member(object, "detail", detail);
    }
    *status = problem->status;
    return kab_json_node_take(object);
}

guint
kab_wire_problem_status(const GError *error)
{
    return find_by_code(error->domain == KAB_ERROR ? error->code : KAB_ERROR_FAILED)->status;
}

GError *
kab_wire_problem_to_error(guint status, GBytes *body)
{
    g_autoptr(JsonNode) node = body != NULL ? kab_json_parse(body, NULL) : NULL;
    JsonObject *object = node != NULL ? json_node_get_object(node) : NULL;
    const char *nick = NULL;
    const char *detail = NULL;
    const Problem *problem;

    if (object != NULL) {
        nick = kab_json_get_text(object, "code");
        detail = kab_json_get_text(object, "detail");
    }
    problem = find_by_status(status, nick);
    if (detail != NULL)
        return g_error_new(KAB_ERROR, (int)problem->code, "%.*s",
                           kab_error_clip(detail, DETAIL_MAX), detail);
    return g_error_new(KAB_ERROR, (int)problem->code, _("%s (HTTP %u)"), _(problem->title), status);
}
