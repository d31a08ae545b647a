/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-invoice.h"
#include "kab-base-orders.h"
#include "kab-base-partners.h"
#include "kab-error.h"
#include "kab-invoice.h"
#include "kab-requisites.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SELECT_SETTINGS "SELECT name, value FROM setting WHERE name LIKE 'organisation.%'"

static void
take_setting(KabSeller *seller, const char *name, const char *value)
{
    const struct {
        const char *name;
        char **field;
    } fields[] = {
        {"organisation.name", &seller->name},
        {"organisation.full-name", &seller->full_name},
        {"organisation.inn", &seller->inn},
        {"organisation.kpp", &seller->kpp},
        {"organisation.address", &seller->address},
        {"organisation.phone", &seller->phone},
        {"organisation.bank-name", &seller->bank_name},
        {"organisation.bic", &seller->bic},
        {"organisation.account", &seller->account},
        {"organisation.corr-account", &seller->corr_account},
        {"organisation.director", &seller->director},
        {"organisation.accountant", &seller->accountant},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        if (strcmp(fields[i].name, name) == 0 && *value != '\0') {
            g_free(*fields[i].field);
            *fields[i].field = g_strdup(value);
        }
    }
}

/* Without these nobody can pay. A bank outside Russia's has no correspondent account. */
static gboolean
check_complete(const KabSeller *seller, GError **error)
{
    const struct {
        const char *name;
        const char *value;
    } needed[] = {
        {"organisation.name", seller->name},           {"organisation.inn", seller->inn},
        {"organisation.bank-name", seller->bank_name}, {"organisation.bic", seller->bic},
        {"organisation.account", seller->account},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(needed); i++) {
        if (needed[i].value != NULL)
            continue;
        g_set_error(error, KAB_ERROR, KAB_ERROR_STATE,
                    _("No invoice can be issued until the organisation's requisites are entered: "
                      "%s is missing"),
                    needed[i].name);
        return FALSE;
    }
    return TRUE;
}

KabSeller *
kab_base_invoice_load_seller(KabDb *db, GError **error)
{
    g_autoptr(KabSeller) seller = g_new0(KabSeller, 1);
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_SETTINGS, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local))
        take_setting(seller, kab_rows_get_text(rows, 0), kab_rows_get_text(rows, 1));
    if (local == NULL)
        check_complete(seller, &local);
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    return g_steal_pointer(&seller);
}

/* An account with a wrong digit must not come to print: the money would go astray. */
static gboolean
check_account(const char *account, const char *bic, GError **error)
{
    if (account == NULL || bic == NULL ||
        kab_requisites_check_account(account, bic, error) != KAB_ACCOUNT_INVALID)
        return TRUE;
    g_prefix_error(error, "%s", _("No invoice can be issued: "));
    return FALSE;
}

gboolean
kab_base_invoice_check(KabDb *db, GError **error)
{
    g_autoptr(KabSeller) seller = kab_base_invoice_load_seller(db, error);

    return seller != NULL && check_account(seller->account, seller->bic, error) &&
           check_account(seller->corr_account, seller->bic, error);
}

static GBytes *
issue(KabDb *db, const KabOrder *order, GError **error)
{
    g_autoptr(KabSeller) seller = NULL;
    g_autoptr(KabPartner) partner = NULL;
    KabInvoice invoice = {.number = order->number, .date = order->placed_at, .order = order};

    if (!kab_base_invoice_check(db, error))
        return NULL;
    seller = kab_base_invoice_load_seller(db, error);
    if (seller == NULL)
        return NULL;
    partner = kab_base_partners_load_id(db, order->partner_id.text, error);
    if (partner == NULL)
        return NULL;
    invoice.seller = seller;
    invoice.buyer = partner;
    return kab_invoice_render(&invoice, error);
}

GBytes *
kab_base_invoice_issue(KabDb *db, const char *name, GError **error)
{
    g_autoptr(KabOrder) order = kab_base_orders_load(db, name, error);

    return order != NULL ? issue(db, order, error) : NULL;
}
