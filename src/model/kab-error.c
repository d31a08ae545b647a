/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"

G_DEFINE_QUARK(kab-error-quark, kab_error)
