/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "kab-wire-basket.h"
#include "kab-wire-comment.h"
#include "kab-wire-document.h"
#include "kab-wire-goods.h"
#include "kab-wire-history.h"
#include "kab-wire-message.h"
#include "kab-wire-order.h"
#include "kab-wire-problem.h"
#include "kab-wire-queue.h"
#include "kab-wire-task.h"
#include "kab-wire-user.h"

#include <string.h>

#define ID "2e5a0a5c-7c1b-4bd5-9d2a-3f6f5b6c7d8e"

/* An input is a letter that says what it shall be, and its JSON. What can be read is written and
 * read again: it has to be the same. */

/* Reads an object and writes it again; NULL with @error set if it cannot be. */
typedef JsonNode *(*Again)(JsonObject *object, GError **error);

#define DEFINE_AGAIN(name, Type, read, write)                         \
    static JsonNode *again_##name(JsonObject *object, GError **error) \
    {                                                                 \
        g_autoptr(Type) value = read;                                 \
        return value != NULL ? write : NULL;                          \
    }
#define DEFINE_GOODS(name, Type)                                             \
    DEFINE_AGAIN(name, Type, kab_wire_##name##_from_json(ID, object, error), \
                 kab_wire_##name##_to_json(value))
#define DEFINE_PLAIN(name, Type)                                         \
    DEFINE_AGAIN(name, Type, kab_wire_##name##_from_json(object, error), \
                 kab_wire_##name##_to_json(value))
#define DEFINE_ORDER(name, fields)                                                \
    DEFINE_AGAIN(name, KabOrder, kab_wire_order_from_json(object, fields, error), \
                 kab_wire_order_to_json(value, fields))
#define DEFINE_TASK(name, id, fields)                                               \
    DEFINE_AGAIN(name, KabTask, kab_wire_task_from_json(id, object, fields, error), \
                 kab_wire_task_to_json(value, fields))
#define DEFINE_DOCUMENT(name, id, fields)                                                         \
    DEFINE_AGAIN(name, KabDocument, kab_wire_document_from_json(id, object, fields, NULL, error), \
                 kab_wire_document_to_json(value, fields))
#define DEFINE_LIST(name, Type)                                            \
    DEFINE_AGAIN(name, GArray, kab_wire_##name##_from_json(object, error), \
                 kab_wire_##name##_to_json((const Type *)(gpointer)value->data, value->len))

DEFINE_AGAIN(messages, GPtrArray, kab_wire_messages_from_json(object, error),
             kab_wire_messages_to_json(value))
DEFINE_AGAIN(answers, GPtrArray, kab_wire_answers_from_json(object, error),
             kab_wire_answers_to_json(value))
DEFINE_GOODS(group, KabGroup)
DEFINE_GOODS(price_type, KabPriceType)
DEFINE_GOODS(warehouse, KabWarehouse)
DEFINE_GOODS(partner, KabPartner)
DEFINE_GOODS(product, KabProduct)
DEFINE_GOODS(user, KabUser)
DEFINE_LIST(prices, KabPrice)
DEFINE_LIST(stocks, KabStock)
DEFINE_AGAIN(described, KabUser, kab_wire_user_from_json(NULL, object, error),
             kab_json_node_take(kab_wire_user_describe(value)))
DEFINE_PLAIN(user_report, KabUserReport)
DEFINE_ORDER(order, KAB_ORDER_TO_BASE)
DEFINE_ORDER(client_order, KAB_ORDER_TO_PORTAL)
DEFINE_ORDER(order_head, KAB_ORDER_HEAD)
DEFINE_ORDER(order_all, KAB_ORDER_ALL)
DEFINE_TASK(task, ID, KAB_TASK_SUBJECT)
DEFINE_TASK(task_decision, ID, KAB_TASK_DECISION)
DEFINE_TASK(task_all, NULL, KAB_TASK_ALL)
DEFINE_AGAIN(comment, KabComment, kab_wire_comment_from_json(ID, object, error),
             kab_wire_comment_to_json(value, FALSE))
DEFINE_AGAIN(comment_shown, KabComment, kab_wire_comment_from_json(NULL, object, error),
             kab_wire_comment_to_json(value, TRUE))
DEFINE_DOCUMENT(document_request, ID, KAB_DOCUMENT_REQUEST)
DEFINE_DOCUMENT(document_shown, NULL, KAB_DOCUMENT_LIST)
DEFINE_PLAIN(basket_change, KabBasketChange)
DEFINE_PLAIN(history, KabHistoryEntry)
DEFINE_PLAIN(order_totals, GArray)
DEFINE_PLAIN(queue_entry, KabQueueEntry)
DEFINE_PLAIN(run_result, KabRunResult)
DEFINE_PLAIN(exchange_state, KabExchangeState)

static JsonNode *
again_document(JsonObject *object, GError **error)
{
    g_autoptr(GBytes) file = NULL;
    g_autoptr(KabDocument) document =
        kab_wire_document_from_json(ID, object, KAB_DOCUMENT_ANSWER, &file, error);
    JsonNode *node =
        document != NULL ? kab_wire_document_to_json(document, KAB_DOCUMENT_ANSWER) : NULL;

    FUZZ_ASSERT(document != NULL || file == NULL);
    if (file != NULL)
        kab_wire_document_set_file(json_node_get_object(node), file);
    return node;
}

static JsonNode *
again_picture(JsonObject *object, GError **error)
{
    g_autoptr(GBytes) file = kab_wire_picture_from_json(object, error);

    return file != NULL ? kab_wire_picture_to_json(file) : NULL;
}

static const struct {
    char letter;
    gboolean raw; /* holds what nobody has looked at */
    Again again;
} kinds[] = {
    {'m', TRUE, again_messages},        {'a', FALSE, again_answers},
    {'g', FALSE, again_group},          {'y', FALSE, again_price_type},
    {'w', FALSE, again_warehouse},      {'p', FALSE, again_partner},
    {'P', FALSE, again_product},        {'r', FALSE, again_prices},
    {'s', FALSE, again_stocks},         {'u', FALSE, again_user},
    {'U', FALSE, again_described},      {'R', FALSE, again_user_report},
    {'o', FALSE, again_order},          {'O', FALSE, again_client_order},
    {'h', FALSE, again_order_head},     {'A', FALSE, again_order_all},
    {'t', FALSE, again_task},           {'T', FALSE, again_task_decision},
    {'f', FALSE, again_task_all},       {'c', FALSE, again_comment},
    {'C', FALSE, again_comment_shown},  {'d', FALSE, again_document_request},
    {'D', FALSE, again_document},       {'l', FALSE, again_document_shown},
    {'q', FALSE, again_queue_entry},    {'n', FALSE, again_run_result},
    {'e', FALSE, again_exchange_state}, {'b', FALSE, again_basket_change},
    {'H', FALSE, again_history},        {'N', FALSE, again_order_totals},
    {'i', FALSE, again_picture},
};

/* What was read, as it is written, read from its text. */
static JsonNode *
through_text(JsonNode *node, gboolean raw)
{
    g_autoptr(GBytes) bytes = kab_json_to_bytes(node);
    g_autoptr(GError) error = NULL;
    JsonNode *read = raw ? json_node_ref(node) : kab_json_parse(bytes, &error);

    if (error != NULL)
        fuzz_fail("", G_STRFUNC, error->message, g_bytes_get_data(bytes, NULL));
    return read;
}

static void
try_kind(gsize kind, JsonNode *node)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonNode) first = kinds[kind].again(json_node_get_object(node), &error);
    g_autoptr(JsonNode) read = NULL;
    g_autoptr(JsonNode) second = NULL;
    g_autofree char *a = NULL;
    g_autofree char *b = NULL;

    fuzz_check_error(first != NULL, error);
    if (first == NULL)
        return;
    read = through_text(first, kinds[kind].raw);
    second = kinds[kind].again(json_node_get_object(read), &error);
    a = kab_json_to_text(first);
    if (error != NULL)
        fuzz_fail("", G_STRFUNC, error->message, a);
    b = kab_json_to_text(second);
    FUZZ_ASSERT_SAME(a, b);
}

/* What another end says went wrong is told on as it was. */
static void
try_problem(GBytes *bytes)
{
    g_autoptr(GError) error = kab_wire_problem_to_error(409, bytes);
    g_autoptr(GError) again = NULL;
    g_autoptr(JsonNode) node = NULL;
    g_autoptr(GBytes) told = NULL;
    guint status;

    fuzz_check_error(FALSE, error);
    node = kab_wire_problem_new(error, &status);
    told = kab_json_to_bytes(node);
    again = kab_wire_problem_to_error(status, told);
    FUZZ_ASSERT(error->code == again->code);
    FUZZ_ASSERT_SAME(error->message, again->message);
}

int
LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
    fuzz_init();
    return 0;
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GBytes) bytes = size > 0 ? g_bytes_new(data + 1, size - 1) : NULL;
    g_autoptr(JsonNode) node = NULL;
    g_autoptr(GError) error = NULL;

    if (bytes == NULL)
        return 0;
    if (data[0] == '!') {
        try_problem(bytes);
        return 0;
    }
    node = kab_json_parse(bytes, &error);
    fuzz_check_error(node != NULL, error);
    for (gsize i = 0; node != NULL && i < G_N_ELEMENTS(kinds); i++)
        if (kinds[i].letter == (char)data[0])
            try_kind(i, node);
    return 0;
}
