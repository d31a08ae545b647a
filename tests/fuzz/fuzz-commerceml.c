/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

/* One file of CommerceML. */

int
LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
    fuzz_import_init();
    return 0;
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    fuzz_import("import.xml", data, size);
    return 0;
}
