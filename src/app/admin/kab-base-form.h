/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-session.h"

G_BEGIN_DECLS

#define KAB_TYPE_BASE_FORM (kab_base_form_get_type())

/**
 * KabBaseForm:
 *
 * Where the base is, by whom it is trusted, and who signs in there with which password. It emits
 * "connected" when it has signed somebody in, and "cancelled" when the person wants to leave it as
 * it is.
 */
G_DECLARE_FINAL_TYPE(KabBaseForm, kab_base_form, KAB, BASE_FORM, AdwBin)

/** kab_base_form_attach: to be called once, with the page that it is in. */
void kab_base_form_attach(KabBaseForm *self, KabDataPage *page, KabSession *session);

/**
 * kab_base_form_fill:
 * @self: a form
 * @may_cancel: whether there is something to go back to
 *
 * Begins with what is so now.
 */
void kab_base_form_fill(KabBaseForm *self, gboolean may_cancel);

G_END_DECLS
