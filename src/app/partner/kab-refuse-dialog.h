/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-order.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** kab_refuse_dialog_new: asks why @order is refused; its response is "refuse" or "cancel". */
AdwMessageDialog *kab_refuse_dialog_new(GtkWindow *parent, const KabOrder *order);

/** kab_refuse_dialog_dup_reason: (transfer full) (nullable): what was entered */
char *kab_refuse_dialog_dup_reason(AdwMessageDialog *dialog);

G_END_DECLS
