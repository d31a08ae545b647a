/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-partner.h"
#include "kab-requisites.h"

#include <glib/gi18n-lib.h>

void
kab_partner_free(KabPartner *partner)
{
    if (partner == NULL)
        return;
    g_free(partner->name);
    g_free(partner->full_name);
    g_free(partner->inn);
    g_free(partner->kpp);
    g_free(partner->address);
    g_free(partner->email);
    g_free(partner->phone);
    g_free(partner->manager);
    g_clear_pointer(&partner->warehouses, g_ptr_array_unref);
    g_free(partner);
}

gboolean
kab_partner_check(const KabPartner *partner, GError **error)
{
    if (partner->name == NULL || *partner->name == '\0') {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, _("A partner needs a name"));
        return FALSE;
    }
    if (partner->inn != NULL && !kab_requisites_check_inn(partner->inn, error))
        return FALSE;
    return partner->kpp == NULL || kab_requisites_check_kpp(partner->kpp, error);
}
