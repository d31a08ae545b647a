/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matrix.h"

#include <string.h>

#define CODE "'code': '00000-00000-00000-00000-00000-0'"

/* Who may ask what, and what is answered: written down a second time, by what people are promised
 * and not by what the programs do. */

static const MatrixRow rows_of_both[] = {
    {"GET /healthz", "-", MATRIX_NOTHING, NULL, 200},
    /* Without Client ID and Client Secret, and of a kind that is not known. */
    {"POST /sys/token", "-", MATRIX_NOTHING, "{}", 400},
    {"POST /api/v1/session", "-", MATRIX_NOTHING,
     "{'login': 'admin', 'password': '" MATRIX_PASSWORD "'}", 200},
    {"DELETE /api/v1/session", "AMHBVE", MATRIX_NOTHING, NULL, 204},
    {"GET /api/v1/me", "AMHBVE", MATRIX_NOTHING, NULL, 200},
    {"PUT /api/v1/me", "AMHBVE", MATRIX_NOTHING, "{'language': 'ru'}", 200},
    {"PUT /api/v1/me/password", "AMHBVE", MATRIX_NOTHING,
     "{'before': '" MATRIX_PASSWORD "', 'password': '" MATRIX_OTHER_PASSWORD "'}", 200},
    {"GET /api/v1/sessions", "AMHBVE", MATRIX_NOTHING, NULL, 200},
    {"DELETE /api/v1/sessions/{id}", "AMHBVE", MATRIX_SESSION, NULL, 204},
    {"GET /api/v1/users", "A", MATRIX_NOTHING, NULL, 200},
    {"GET /api/v1/users/{id}/sessions", "A", MATRIX_USER, NULL, 200},
    {"DELETE /api/v1/users/{id}/sessions", "A", MATRIX_USER, NULL, 204},
    {"DELETE /api/v1/users/{id}/sessions/{id}", "A", MATRIX_USER_SESSION, NULL, 204},
    /* Partners' people are published by the base. */
    {"POST /api/v1/users", "A", MATRIX_NOTHING, "{'login': 'somebody', 'role': 'head'}", 400},
    {"GET /api/v1/users/{id}", "A", MATRIX_USER, NULL, 200},
    {"PUT /api/v1/users/{id}", "A", MATRIX_PROGRAM, "{'name': 'Another name'}", 200},
    {"DELETE /api/v1/users/{id}", "A", MATRIX_PROGRAM, NULL, 204},
    {"PUT /api/v1/users/{id}/password", "A", MATRIX_PROGRAM,
     "{'password': '" MATRIX_OTHER_PASSWORD "'}", 204},
    {"POST /api/v1/users/{id}/keys", "A", MATRIX_PROGRAM, NULL, 200},
    {"GET /api/v1/keys", "A", MATRIX_NOTHING, NULL, 200},
    {"DELETE /api/v1/keys/{id}", "A", MATRIX_KEY, NULL, 204},
    {"GET /api/v1/audit", "A", MATRIX_NOTHING, NULL, 200},
    {"GET {peer}/ping", "E", MATRIX_NOTHING, NULL, 200},
    {"POST {peer}/exchange/v1/messages", "E", MATRIX_NOTHING, "{'messages': []}", 200},
    {"GET {peer}/exchange/v1/queue", "E", MATRIX_NOTHING, NULL, 200},
    {"POST {peer}/exchange/v1/answers", "E", MATRIX_NOTHING, "{'answers': []}", 200},
    {"GET /api/v1/exchange", "A", MATRIX_NOTHING, NULL, 200},
    {"POST /api/v1/exchange/run", "A", MATRIX_NOTHING, "{}", 202},
    /* None is under way. */
    {"DELETE /api/v1/exchange/run", "A", MATRIX_NOTHING, NULL, 409},
    {"GET /api/v1/exchange/runs/{id}", "A", MATRIX_RUN, NULL, 200},
    {"PUT /api/v1/exchange/pause", "A", MATRIX_NOTHING, NULL, 204},
    {"DELETE /api/v1/exchange/pause", "A", MATRIX_NOTHING, NULL, 204},
    {"GET /api/v1/exchange/queue", "A", MATRIX_NOTHING, NULL, 200},
    {"GET /api/v1/exchange/queue/count", "A", MATRIX_NOTHING, NULL, 200},
    {"POST /api/v1/exchange/queue/retry", "A", MATRIX_NOTHING, "{'state': 'failed'}", 200},
    {"POST /api/v1/exchange/queue/discard", "A", MATRIX_NOTHING, "{'state': 'failed'}", 200},
    {"GET /api/v1/exchange/settings", "A", MATRIX_NOTHING, NULL, 200},
    {"PUT /api/v1/exchange/settings", "A", MATRIX_NOTHING, "{}", 200},
    {"GET /api/v1/exchange/kinds", "A", MATRIX_NOTHING, NULL, 200},
    {"PUT /api/v1/exchange/kinds", "A", MATRIX_NOTHING, "{}", 400},
    {"GET /api/v1/exchange/words", "A", MATRIX_NOTHING, NULL, 200},
    {"PUT /api/v1/exchange/words", "A", MATRIX_NOTHING, "{}", 400},
    {"POST /api/v1/exchange/check", "A", MATRIX_NOTHING, NULL, 200},
    {"GET /api/v1/exchange/history", "A", MATRIX_NOTHING, NULL, 200},
    {"GET /api/v1/exchange/queue/causes", "A", MATRIX_NOTHING, NULL, 200},
    /* Of nothing in particular. */
    {"GET /api/v1/exchange/object", "A", MATRIX_NOTHING, NULL, 400},
    {"GET /api/v1/exchange/queue/payload", "A", MATRIX_NOTHING, NULL, 400},
    {"POST /api/v1/exchange/queue", "A", MATRIX_NOTHING,
     "{'kind': 'nonsense', 'object': '" TEST_HAMMER "'}", 400},
    /* An empty message. */
    {"POST /api/v1/exchange/journal/{id}/resend", "A", MATRIX_JOURNAL,
     "{'message': {}, 'reason': 'Опечатка'}", 400},
    {"GET /api/v1/exchange/journal", "A", MATRIX_NOTHING, NULL, 200},
    {"GET /api/v1/exchange/journal/{id}", "A", MATRIX_JOURNAL, NULL, 200},
};

static const MatrixRow rows_of_portal[] = {
    {"PUT /api/v1/session", "amHBVe", MATRIX_PARTNER, "{'partner_id': '{id}'}", 200},
    /* Codes that were never given. */
    {"POST /api/v1/code", "-", MATRIX_NOTHING, "{" CODE "}", 404},
    {"POST /api/v1/code/renew", "-", MATRIX_NOTHING, "{" CODE "}", 404},
    {"POST /api/v1/password", "-", MATRIX_NOTHING,
     "{" CODE ", 'password': '" MATRIX_OTHER_PASSWORD "'}", 404},
    {"POST /api/v1/password/reset", "-", MATRIX_NOTHING, "{'login': 'alfa-viewer'}", 204},
    /* A program has no password. */
    {"POST /api/v1/users/{id}/code", "A", MATRIX_PROGRAM, NULL, 409},
    {"GET /api/v1/groups", "HBV", MATRIX_NOTHING, NULL, 200},
    {"GET /api/v1/products", "HBV", MATRIX_NOTHING, NULL, 200},
    {"GET /api/v1/products/{id}", "HBV", MATRIX_PRODUCT, NULL, 200},
    {"GET /api/v1/products/{id}/pictures/{id}", "HBV", MATRIX_PICTURE, NULL, 200},
    {"GET /api/v1/basket", "HBV", MATRIX_NOTHING, NULL, 200},
    {"POST /api/v1/basket/prices", "HB", MATRIX_BASKET, NULL, 200},
    {"PUT /api/v1/basket", "HB", MATRIX_BASKET, "{'lines': []}", 200},
    {"PUT /api/v1/basket/{id}", "HB", MATRIX_PRODUCT, "{'quantity': '7'}", 200},
    {"POST /api/v1/orders", "HB", MATRIX_BASKET, "{'place': true}", 200},
    {"GET /api/v1/orders", "HBV", MATRIX_NOTHING, NULL, 200},
    {"GET /api/v1/orders/totals", "HBV", MATRIX_NOTHING, NULL, 200},
    {"GET /api/v1/orders/{id}", "HBV", MATRIX_PLACED, NULL, 200},
    {"GET /api/v1/orders/{id}/history", "HBV", MATRIX_PLACED, NULL, 200},
    {"POST /api/v1/orders/{id}/repeat", "HB", MATRIX_PLACED, NULL, 200},
    {"PUT /api/v1/orders/{id}", "HB", MATRIX_DRAFT,
     "{'version': {version}, 'lines': [{'product_id': '" TEST_HAMMER "', 'quantity': '4'}]}", 200},
    {"DELETE /api/v1/orders/{id}", "HB", MATRIX_DRAFT, NULL, 204},
    {"POST /api/v1/drafts", "HB", MATRIX_NOTHING,
     "{'lines': [{'product_id': '" TEST_HAMMER "', 'quantity': '4'}]}", 200},
    {"POST /api/v1/orders/{id}/place", "HB", MATRIX_DRAFT, NULL, 200},
    {"POST /api/v1/orders/{id}/decision", "HB", MATRIX_PLACED,
     "{'decision': 'refuse', 'revision': 0, 'reason': 'Передумали'}", 200},
    {"GET /api/v1/warehouses", "HBV", MATRIX_NOTHING, NULL, 200},
    {"GET /api/v1/limits", "HBV", MATRIX_NOTHING, NULL, 200},
    {"GET /api/v1/comments/{id}", "HBV", MATRIX_PLACED, NULL, 200},
    {"PUT /api/v1/comments/{id}/{id}", "HB", MATRIX_COMMENT, "{'text': 'Когда?'}", 200},
    {"GET /api/v1/orders/{id}/documents", "HBV", MATRIX_PLACED, NULL, 200},
    {"GET /api/v1/documents", "HBV", MATRIX_NOTHING, NULL, 200},
    /* The manager has not checked the order yet. */
    {"POST /api/v1/documents", "HB", MATRIX_PLACED, "{'kind': 'invoice', 'order_id': '{id}'}", 409},
    {"GET /api/v1/documents/{id}/file", "HBV", MATRIX_DOCUMENT, NULL, 200},
    {"GET /api/v1/tasks", "AMH", MATRIX_NOTHING, NULL, 200},
    {"GET /api/v1/tasks/{id}", "amH", MATRIX_TASK, NULL, 200},
    {"POST /api/v1/tasks/{id}/decision", "amH", MATRIX_TASK, "{'variant': 'approve'}", 200},
    {"GET /api/v1/letters", "A", MATRIX_NOTHING, NULL, 200},
    {"POST /api/v1/letters/check", "A", MATRIX_NOTHING, NULL, 200},
    {"POST /api/v1/letters/{id}/retry", "A", MATRIX_LETTER, NULL, 200},
    /* No WebSocket is asked for. */
    {"GET /api/v1/live", "HBV", MATRIX_NOTHING, NULL, 400},
    {"GET /api/v1/changes", "HBV", MATRIX_NOTHING, NULL, 200},
    {"GET /api/v1/visit", "HBV", MATRIX_NOTHING, NULL, 200},
    {"PUT /api/v1/visit", "HBV", MATRIX_NOTHING, "{'seq': 0}", 204},
    {"GET /api/v1/news", "AMHBVE", MATRIX_NOTHING, NULL, 200},
    {"POST /api/v1/news", "A", MATRIX_NOTHING,
     "{'id': '60000000-0000-4000-8000-000000000002', 'title': 'Склад', 'text': 'Закрыт'}", 200},
    {"DELETE /api/v1/news/{id}", "A", MATRIX_NEWS, NULL, 204},
};

static const MatrixRow rows_of_base[] = {
    {"PUT /api/v1/session", "amhbve", MATRIX_PARTNER, "{'partner_id': '{id}'}", 200},
    {"GET /api/v1/exchange/roles", "A", MATRIX_NOTHING, NULL, 200},
    {"PUT /api/v1/exchange/roles", "A", MATRIX_NOTHING, "{'roles': []}", 200},
    {"POST /api/v1/exchange/roles/fill", "A", MATRIX_NOTHING, NULL, 200},
    {"GET /api/v1/segments/attributes", "A", MATRIX_NOTHING, NULL, 200},
    {"GET /api/v1/segments/values", "A", MATRIX_NOTHING, NULL, 400},
    {"POST /api/v1/segments", "A", MATRIX_NOTHING, "{}", 400},
    {"GET /api/v1/client-orders", "AM", MATRIX_NOTHING, NULL, 200},
    {"GET /api/v1/client-orders/{id}", "AM", MATRIX_CLIENT_ORDER, NULL, 200},
    {"PUT /api/v1/client-orders/{id}", "AM", MATRIX_CLIENT_ORDER, "=", 200},
    {"GET /api/v1/client-orders/{id}/goods", "AM", MATRIX_CLIENT_ORDER, NULL, 400},
    {"GET /api/v1/client-orders/{id}/invoice", "AM", MATRIX_CLIENT_ORDER, NULL, 200},
    {"GET /api/v1/comments/{id}", "AM", MATRIX_CLIENT_ORDER, NULL, 200},
    {"PUT /api/v1/comments/{id}/{id}", "AM", MATRIX_CLIENT_COMMENT, "{'text': 'Завтра'}", 200},
    {"GET /api/v1/tasks", "AMH", MATRIX_NOTHING, NULL, 200},
    {"GET /api/v1/tasks/{id}", "aMh", MATRIX_TASK, NULL, 200},
    {"POST /api/v1/tasks/{id}/decision", "aMh", MATRIX_TASK, "{'variant': 'approve'}", 200},
    {"GET /api/v1/publication", "A", MATRIX_NOTHING, NULL, 200},
    {"PUT /api/v1/publication/{id}", "A", MATRIX_CONTACT, "{}", 200},
    {"POST /api/v1/publication/actions", "A", MATRIX_CONTACT,
     "{'action': 'deactivate', 'ids': ['{id}']}", 204},
    {"GET /api/v1/partners", "A", MATRIX_NOTHING, NULL, 200},
    /* Without a name. */
    {"POST /api/v1/partners", "A", MATRIX_NOTHING, "{}", 400},
    {"PUT /api/v1/contacts/{id}", "A", MATRIX_CONTACT, "{'name': 'Другое имя'}", 200},
};

static const struct {
    const MatrixRow *rows;
    guint n_rows;
    const char *peer;
} tables[] = {
    {rows_of_portal, G_N_ELEMENTS(rows_of_portal), ""},
    {rows_of_base, G_N_ELEMENTS(rows_of_base), "/trade/hs/ExchangePortal"},
};

static gboolean
is_for(const MatrixRow *row, const char *peer, const char *route)
{
    g_auto(GStrv) pieces = g_strsplit(row->route, "{peer}", -1);
    g_autofree char *name = g_strjoinv(peer, pieces);

    return strcmp(name, route) == 0;
}

const MatrixRow *
matrix_find_row(gboolean at_base, const char *route)
{
    for (guint i = 0; i < tables[at_base].n_rows; i++)
        if (is_for(&tables[at_base].rows[i], tables[at_base].peer, route))
            return &tables[at_base].rows[i];
    for (guint i = 0; i < G_N_ELEMENTS(rows_of_both); i++)
        if (is_for(&rows_of_both[i], tables[at_base].peer, route))
            return &rows_of_both[i];
    return NULL;
}

guint
matrix_count_rows(gboolean at_base)
{
    return G_N_ELEMENTS(rows_of_both) + tables[at_base].n_rows;
}
