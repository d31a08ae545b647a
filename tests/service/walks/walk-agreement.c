/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-comment-store.h"
#include "kab-document-store.h"
#include "walk.h"

#include <string.h>

static void
compare_lines(Walk *walk, const KabOrder *portal, const KabOrder *base)
{
    WALK_CHECK(walk, portal->lines->len == base->lines->len);
    for (guint i = 0; i < base->lines->len; i++) {
        const KabOrderLine *here = kab_order_get_line(portal, i);
        const KabOrderLine *there = kab_order_get_line(base, i);

        WALK_CHECK(walk, strcmp(here->product_id.text, there->product_id.text) == 0);
        WALK_CHECK(walk, g_strcmp0(here->name, there->name) == 0);
        WALK_CHECK(walk, here->ordered.milli == there->ordered.milli);
        WALK_CHECK(walk, here->ordered_price.minor == there->ordered_price.minor);
        WALK_CHECK(walk, here->quantity.milli == there->quantity.milli);
        WALK_CHECK(walk, here->price.minor == there->price.minor);
        WALK_CHECK(walk, here->sum.minor == there->sum.minor);
        WALK_CHECK(walk, here->shipped.milli == there->shipped.milli);
        WALK_CHECK(walk, here->paid.minor == there->paid.minor);
    }
}

static void
compare_heads(Walk *walk, const KabOrder *portal, const KabOrder *base)
{
    WALK_CHECK(walk, g_strcmp0(portal->number, base->number) == 0);
    WALK_CHECK(walk, portal->revision == base->revision);
    WALK_CHECK(walk, portal->client_status == base->client_status);
    WALK_CHECK(walk, g_strcmp0(portal->client_status_text, base->client_status_text) == 0);
    WALK_CHECK(walk, g_strcmp0(portal->state, base->state) == 0);
    WALK_CHECK(walk, g_strcmp0(portal->manager, base->manager) == 0);
    WALK_CHECK(walk, g_strcmp0(portal->reason, base->reason) == 0);
    WALK_CHECK(walk, strcmp(portal->ship_date.text, base->ship_date.text) == 0);
    WALK_CHECK(walk, strcmp(portal->warehouse_id.text, base->warehouse_id.text) == 0);
    WALK_CHECK(walk, g_strcmp0(portal->warehouse_name, base->warehouse_name) == 0);
    WALK_CHECK(walk, portal->total.minor == base->total.minor);
    WALK_CHECK(walk, portal->paid.minor == base->paid.minor);
    WALK_CHECK(walk, portal->shipped.minor == base->shipped.minor);
    WALK_CHECK(walk, portal->vat_on_top == base->vat_on_top);
    WALK_CHECK(walk, portal->vat.minor == base->vat.minor);
    WALK_CHECK(walk, portal->decision == base->decision);
    WALK_CHECK(walk, portal->decision_attempt == base->decision_attempt);
    WALK_CHECK(walk, portal->decided_revision == base->decided_revision);
    WALK_CHECK(walk, portal->decision_result == base->decision_result);
    WALK_CHECK(walk, (portal->decision == KAB_DECISION_NONE) ==
                         (portal->decision_result == KAB_DECISION_UNHEARD));
}

/* The portal shows what the base's status means. What an unknown one means nobody can say, but an
 * order that is not over must not look as if it were. */
static void
compare_status(Walk *walk, const KabOrder *portal, const KabOrder *base)
{
    if (base->client_status != KAB_CLIENT_OTHER)
        WALK_CHECK(walk, portal->status == base->status);
    else if (!walk->was_over)
        WALK_CHECK(walk,
                   portal->status != KAB_ORDER_REFUSED && portal->status != KAB_ORDER_COMPLETED);
    /* Who is told to decide again can do so, or has to wait for the manager, or it is over. */
    if (portal->decision_result == KAB_DECISION_OUTDATED && portal->status == KAB_ORDER_REFUSED)
        WALK_CHECK(walk, walk->was_over || base->client_status == KAB_CLIENT_CANCELLED);
}

static void
compare_tasks(Walk *walk)
{
    GPtrArray *base = walk->tasks[KAB_SIDE_BASE];
    GPtrArray *portal = walk->tasks[KAB_SIDE_PORTAL];
    guint n_partners = 0;

    for (guint i = 0; i < base->len; i++) {
        const KabTask *there = g_ptr_array_index(base, i);
        const KabTask *here = NULL;

        if (!kab_role_is_partners(there->role))
            continue;
        n_partners++;
        for (guint k = 0; k < portal->len && here == NULL; k++)
            if (strcmp(((KabTask *)g_ptr_array_index(portal, k))->id.text, there->id.text) == 0)
                here = g_ptr_array_index(portal, k);
        WALK_CHECK(walk, here != NULL);
        WALK_CHECK(walk, here->state == there->state);
        WALK_CHECK(walk, here->attempt == there->attempt);
        WALK_CHECK(walk, g_strcmp0(here->variant, there->variant) == 0);
        WALK_CHECK(walk, g_strcmp0(here->comment, there->comment) == 0);
        WALK_CHECK(walk, g_strcmp0(here->note, there->note) == 0);
        WALK_CHECK(walk, strcmp(here->decided_by.text, there->decided_by.text) == 0);
        WALK_CHECK(walk, here->decided_at == there->decided_at);
        WALK_CHECK(walk, here->revision == there->revision);
        WALK_CHECK(walk, here->measure == there->measure);
    }
    WALK_CHECK(walk, portal->len == n_partners);
}

static void
compare_comments(Walk *walk)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) portal =
        kab_comment_store_list(walk->world->dbs[KAB_SIDE_PORTAL], walk->order_id.text, &error);
    g_autoptr(GPtrArray) base = NULL;

    walk_check_no_error(walk, error);
    base = kab_comment_store_list(walk->world->dbs[KAB_SIDE_BASE], walk->order_id.text, &error);
    walk_check_no_error(walk, error);
    WALK_CHECK(walk, portal->len == base->len);
    for (guint i = 0; i < base->len; i++) {
        const KabComment *here = g_ptr_array_index(portal, i);
        const KabComment *there = g_ptr_array_index(base, i);

        WALK_CHECK(walk, strcmp(here->id.text, there->id.text) == 0);
        WALK_CHECK(walk, strcmp(here->text, there->text) == 0);
        WALK_CHECK(walk, strcmp(here->author, there->author) == 0);
        WALK_CHECK(walk, here->by_base == there->by_base);
        WALK_CHECK(walk, here->at == there->at);
    }
}

/* No invoice is being prepared any more: the base answers whoever asks for it. Papers of shipments
 * have a person to attach them. */
static void
compare_documents(Walk *walk)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) portal = kab_document_store_list_order(walk->world->dbs[KAB_SIDE_PORTAL],
                                                                walk->order_id.text, &error);
    g_autoptr(GPtrArray) base = NULL;

    walk_check_no_error(walk, error);
    base =
        kab_document_store_list_order(walk->world->dbs[KAB_SIDE_BASE], walk->order_id.text, &error);
    walk_check_no_error(walk, error);
    WALK_CHECK(walk, portal->len == base->len);
    for (guint i = 0; i < base->len; i++) {
        const KabDocument *here = g_ptr_array_index(portal, i);
        const KabDocument *there = g_ptr_array_index(base, i);

        WALK_CHECK(walk, strcmp(here->id.text, there->id.text) == 0);
        WALK_CHECK(walk, here->state == there->state);
        WALK_CHECK(walk, here->part == there->part);
        WALK_CHECK(walk,
                   here->kind == KAB_DOCUMENT_WAYBILL || here->state != KAB_DOCUMENT_PREPARING);
        WALK_CHECK(walk, g_strcmp0(here->error, there->error) == 0);
    }
}

#define SELECT_DEBT "SELECT debt FROM partner WHERE id = $1"
#define SELECT_OVERDUE "SELECT overdue FROM partner WHERE id = $1"
#define SELECT_BOOKS                                                           \
    "SELECT coalesce(sum(CASE kind WHEN 'payment' THEN -minor ELSE minor END)" \
    ", 0) FROM settlement WHERE partner_id = $1"

gint64
walk_get_int(Walk *walk, KabSide side, const char *sql)
{
    g_autoptr(GError) error = NULL;
    gint64 n = 0;

    kab_db_get_int(walk->world->dbs[side], sql,
                   KAB_BIND(kab_text(walk->world->people[WALK_HEAD]->partner_id.text)), NULL, &n,
                   &error);
    walk_check_no_error(walk, error);
    return n;
}

/* What was shipped and not paid is the debt, at both ends and in the books. */
static void
compare_debts(Walk *walk)
{
    WALK_CHECK(walk, walk_get_int(walk, KAB_SIDE_BASE, SELECT_DEBT) == walk->debt);
    WALK_CHECK(walk, walk_get_int(walk, KAB_SIDE_BASE, SELECT_BOOKS) == walk->debt);
    WALK_CHECK(walk, walk_get_int(walk, KAB_SIDE_PORTAL, SELECT_DEBT) == walk->debt);
    WALK_CHECK(walk, walk_get_int(walk, KAB_SIDE_PORTAL, SELECT_OVERDUE) == walk->overdue);
}

void
walk_check_agreement(Walk *walk)
{
    const KabOrder *portal = walk->orders[KAB_SIDE_PORTAL];
    const KabOrder *base = walk->orders[KAB_SIDE_BASE];

    /* One that was never placed stays at home. */
    if (portal == NULL || portal->status == KAB_ORDER_DRAFT) {
        WALK_CHECK(walk, base == NULL);
        return;
    }
    WALK_CHECK(walk, base != NULL);
    compare_heads(walk, portal, base);
    compare_lines(walk, portal, base);
    compare_status(walk, portal, base);
    compare_tasks(walk);
    compare_comments(walk);
    compare_documents(walk);
    compare_debts(walk);
}
