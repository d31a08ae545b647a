/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "kab-json-value.h"

#include <string.h>

#define ID "2e5a0a5c-7c1b-4bd5-9d2a-3f6f5b6c7d8e"

/* What stands in a journal, whoever sent it, and what a person makes of it in the editor. */

static guint
count(const KabJsonValue *value, int depth)
{
    guint n = 1;

    FUZZ_ASSERT(depth <= 32);
    FUZZ_ASSERT((value->text == NULL) == (value->children != NULL));
    FUZZ_ASSERT(value->text == NULL || g_utf8_validate(value->text, -1, NULL));
    for (guint i = 0; value->children != NULL && i < value->children->len; i++)
        n += count(g_ptr_array_index(value->children, i), depth + 1);
    return n;
}

/* In lines it means the same, and laying it out again changes nothing. */
static void
try_pretty(const char *text, const KabJsonValue *value)
{
    g_autofree char *pretty = kab_json_make_pretty(text);
    g_autofree char *again = kab_json_make_pretty(pretty);
    g_autoptr(KabJsonValue) same = kab_json_value_parse(pretty, NULL);

    FUZZ_ASSERT((same != NULL) == (value != NULL));
    FUZZ_ASSERT_SAME(pretty, again);
    if (value == NULL)
        FUZZ_ASSERT_SAME(text, pretty);
    else
        FUZZ_ASSERT(count(value, 0) == count(same, 0));
}

int
LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
    fuzz_init();
    return 0;
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *text = fuzz_dup_text(data, size);
    g_autoptr(GError) error = NULL;
    g_autoptr(KabJsonValue) value = kab_json_value_parse(text, &error);
    g_autofree char *message = kab_json_find_message(text, ID);
    g_autofree char *made = kab_json_make_message(text, 7);

    fuzz_check_error(value != NULL, error);
    try_pretty(text, value);
    FUZZ_ASSERT(value != NULL || (message == NULL && made == NULL));
    return 0;
}
