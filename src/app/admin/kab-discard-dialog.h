/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** kab_discard_dialog_new: asks whether to discard @n queue entries; the response is "discard". */
AdwMessageDialog *kab_discard_dialog_new(GtkWindow *parent, guint n);

G_END_DECLS
