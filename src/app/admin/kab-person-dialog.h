/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-publication.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_PERSON_DIALOG (kab_person_dialog_get_type())

/**
 * KabPersonDialogKind:
 * @KAB_PERSON_DIALOG_CONTACT: a new contact person, who may be published at once
 * @KAB_PERSON_DIALOG_PARTNER: a new partner
 * @KAB_PERSON_DIALOG_EDIT: what is known of somebody, and how the person is published
 */
typedef enum {
    KAB_PERSON_DIALOG_CONTACT,
    KAB_PERSON_DIALOG_PARTNER,
    KAB_PERSON_DIALOG_EDIT,
} KabPersonDialogKind;

/**
 * KabPersonDialog:
 *
 * Asks for what a partner or a person needs, and saves it at a base.
 *
 * Signals: "saved" with what has been done, in words; the dialog closes then.
 */
G_DECLARE_FINAL_TYPE(KabPersonDialog, kab_person_dialog, KAB, PERSON_DIALOG, AdwWindow)

/**
 * kab_person_dialog_new:
 * @parent: (nullable): the window before which it stands
 * @client: a connection to a base
 * @kind: what it is for
 * @row: (nullable): who is edited
 *
 * Returns: (transfer full): a dialog
 */
GtkWindow *kab_person_dialog_new(GtkWindow *parent, KabClient *client, KabPersonDialogKind kind,
                                 const KabPublication *row);

G_END_DECLS
