/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-import-result.h"

void
kab_import_result_warn(KabImportResult *result, const char *format, ...)
{
    va_list args;

    if (result->n_warnings++ >= KAB_IMPORT_WARNINGS_MAX)
        return;
    if (result->warnings == NULL)
        result->warnings = g_ptr_array_new_with_free_func(g_free);
    va_start(args, format);
    g_ptr_array_add(result->warnings, g_strdup_vprintf(format, args));
    va_end(args);
}

void
kab_import_result_clear(KabImportResult *result)
{
    g_clear_pointer(&result->warnings, g_ptr_array_unref);
    *result = (KabImportResult){0};
}
