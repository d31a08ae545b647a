/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-act.h"
#include "kab-base-invoice.h"
#include "kab-base-partners.h"
#include "kab-base-settlement.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-queue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define INSERT_ENTRY                                                           \
    "INSERT INTO settlement (partner_id, order_id, at, kind, minor, currency)" \
    " VALUES ($1, $2, $3, $4, $5, $6)"
/* A debt is in one currency: that of the limits, or of the first order that is shipped or paid. No
 * more is overdue than is owed. */
#define UPDATE_DEBT                                                                     \
    "UPDATE partner SET currency = coalesce(currency, $1), debt = debt + $2,"           \
    " overdue = CASE WHEN $2 < 0 THEN max(min(overdue, debt + $2), 0) ELSE overdue END" \
    " WHERE id = $3 AND coalesce(currency, $1) = $1"
#define SELECT_CURRENCY "SELECT coalesce(currency, 'RUB') FROM partner WHERE id = $1"
#define SELECT_DEBT                                                                             \
    "SELECT p.debt - coalesce((SELECT sum(CASE kind WHEN 'payment' THEN -minor ELSE minor END)" \
    " FROM settlement WHERE partner_id = p.id AND currency = $1 AND at >= $2), 0)"              \
    " FROM partner p WHERE p.id = $3"
#define SELECT_ENTRIES                                                      \
    "SELECT s.at, s.kind, s.minor, o.number, o.placed_at FROM settlement s" \
    " LEFT JOIN orders o ON o.id = s.order_id"                              \
    " WHERE s.partner_id = $1 AND s.currency = $2 AND s.at >= $3 AND s.at < $4 ORDER BY s.at, s.id"

static gboolean
note(KabDb *db, const char *partner_id, const char *order_id, const char *kind, KabMoney sum,
     GError **error)
{
    return sum.minor == 0 || kab_db_run(db, INSERT_ENTRY,
                                        KAB_BIND(kab_text(partner_id), kab_text_or_null(order_id),
                                                 kab_int(kab_time_now()), kab_text(kind),
                                                 kab_int(sum.minor), kab_text(sum.currency)),
                                        error);
}

static gboolean
change_debt(KabDb *db, const char *partner_id, KabMoney change, GError **error)
{
    if (!kab_db_run(
            db, UPDATE_DEBT,
            KAB_BIND(kab_text(change.currency), kab_int(change.minor), kab_text(partner_id)),
            error))
        return FALSE;
    if (kab_db_get_changes(db) > 0)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_STATE,
                _("The partner's books are not kept in %s: nothing can be shipped or paid in it"),
                change.currency);
    return FALSE;
}

gboolean
kab_base_settlement_note(KabDb *db, const KabOrder *before, const KabOrder *after, GError **error)
{
    const char *currency = after->total.currency;
    const char *partner_id = after->partner_id.text;
    gint64 shipped = after->shipped.minor - before->shipped.minor;
    gint64 paid = after->paid.minor - before->paid.minor;

    if (shipped == 0 && paid == 0)
        return TRUE;
    return note(db, partner_id, after->id.text, "shipment", kab_money_new(shipped, currency),
                error) &&
           note(db, partner_id, after->id.text, "payment", kab_money_new(paid, currency), error) &&
           change_debt(db, partner_id, kab_money_new(shipped - paid, currency), error) &&
           kab_queue_put(db, KAB_KIND_PARTNER, partner_id, error);
}

gboolean
kab_base_settlement_correct(KabDb *db, KabPartnerId partner_id, KabMoney change, GError **error)
{
    return note(db, partner_id.text, NULL, "correction", change, error) &&
           change_debt(db, partner_id.text, change, error);
}

/* A paper of the company: Russian whatever the locale is. */
static char *
make_title(KabRows *rows, gboolean payment)
{
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_local(kab_rows_get_int(rows, 4) / 1000);
    g_autofree char *date = NULL;
    const char *number = kab_rows_get_text(rows, 3);

    if (strcmp(kab_rows_get_text(rows, 1), "correction") == 0)
        return g_strdup("Корректировка долга");
    date = g_date_time_format(moment, "%d.%m.%Y");
    return g_strdup_printf("%s по заказу %s от %s", payment ? "Оплата" : "Отгрузка",
                           number != NULL ? number : "", date);
}

static void
clear_entry(gpointer data)
{
    g_free((char *)((KabActEntry *)data)->title);
}

static GArray *
load_entries(KabDb *db, const KabDocument *document, const char *currency, GError **error)
{
    g_autoptr(GArray) entries = g_array_new(FALSE, TRUE, sizeof(KabActEntry));
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_ENTRIES,
                     KAB_BIND(kab_text(document->partner_id.text), kab_text(currency),
                              kab_int(kab_date_begin(document->from)),
                              kab_int(kab_date_begin(kab_date_next(document->to)))),
                     error);
    g_autoptr(GError) local = NULL;

    g_array_set_clear_func(entries, clear_entry);
    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        gboolean payment = strcmp(kab_rows_get_text(rows, 1), "payment") == 0;
        KabMoney sum = kab_money_new(kab_rows_get_int(rows, 2), currency);
        KabMoney none = kab_money_new(0, currency);
        KabActEntry entry = {
            .at = kab_rows_get_int(rows, 0),
            .title = make_title(rows, payment),
            .debit = payment ? none : sum,
            .credit = payment ? sum : none,
        };

        g_array_append_val(entries, entry);
    }
    return kab_error_pass(error, &local) ? g_steal_pointer(&entries) : NULL;
}

GBytes *
kab_base_settlement_draw_act(KabDb *db, const KabDocument *document, GError **error)
{
    g_autoptr(KabSeller) seller = kab_base_invoice_load_seller(db, error);
    g_autoptr(KabPartner) partner = NULL;
    g_autoptr(GArray) entries = NULL;
    g_autofree char *currency = NULL;
    KabAct act = {
        .from = document->from.text, .to = document->to.text, .date = document->issued_at};

    if (seller == NULL)
        return NULL;
    partner = kab_base_partners_load_id(db, document->partner_id.text, error);
    if (partner == NULL || !kab_db_get_text(db, SELECT_CURRENCY,
                                            KAB_BIND(kab_text(partner->id.text)), &currency, error))
        return NULL;
    entries = load_entries(db, document, currency, error);
    act.opening = kab_money_new(0, currency);
    if (entries == NULL ||
        !kab_db_get_int(db, SELECT_DEBT,
                        KAB_BIND(kab_text(currency), kab_int(kab_date_begin(document->from)),
                                 kab_text(partner->id.text)),
                        NULL, &act.opening.minor, error))
        return NULL;
    act.seller = seller;
    act.buyer = partner;
    act.entries = entries;
    return kab_act_render(&act, error);
}
