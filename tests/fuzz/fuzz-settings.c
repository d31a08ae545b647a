/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "kab-base.h"
#include "kab-json.h"
#include "kab-portal.h"

#include <stdlib.h>
#include <string.h>

#include "test-folder.h"

/* Settings, the schedule among them, one at a time and as a file. An input begins with "p" for the
 * portal's or "b" for the base's; then follows "name=value" or the object of a file. What was taken
 * is taken again as it is. */

/* What was set is undone, and the audit log, which does not let itself be shortened, with it. */
#define LET_GO "DROP TRIGGER audit_is_not_deleted"
#define CLEAN "DELETE FROM setting; DELETE FROM audit"

typedef struct {
    KabEnd *end;
    KabDb *db;
    const KabSettings *settings;
} Side;

static char *folder;
static Side portal;
static Side base;

static void
open_side(Side *side, KabEnd *end)
{
    FUZZ_ASSERT(end != NULL);
    side->end = end;
    side->db = kab_end_take_db(end, NULL);
    side->settings = kab_end_get_settings(end);
    FUZZ_ASSERT(kab_db_script(side->db, LET_GO, NULL));
}

static void
close_side(Side *side)
{
    kab_end_give_db(side->end, side->db);
    kab_end_close(side->end);
}

static void
close_all(void)
{
    close_side(&portal);
    close_side(&base);
    test_folder_remove(folder);
}

int
LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
    fuzz_init();
    folder = test_folder_new();
    open_side(&portal, kab_portal_open(folder, NULL));
    open_side(&base, kab_base_open(folder, NULL));
    atexit(close_all);
    return 0;
}

/* Sets and gets; NULL if it was refused. */
static char *
set(const Side *side, const char *name, const char *value)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *notice = NULL;
    gboolean done;
    char *kept;

    done =
        kab_settings_set(side->settings, side->db, KAB_ACTOR_SERVICE, name, value, &notice, &error);
    fuzz_check_error(done, error);
    if (error != NULL)
        return NULL;
    kept = kab_settings_get(side->settings, side->db, name, &error);
    FUZZ_ASSERT(kept != NULL);
    return kept;
}

static void
try_one(const Side *side, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "=", 2);
    g_autoptr(KabTransaction) transaction = NULL;
    g_autofree char *kept = NULL;
    g_autofree char *again = NULL;
    const KabSetting *setting;
    gint64 number;

    if (parts[0] == NULL || parts[1] == NULL)
        return;
    transaction = kab_db_begin(side->db, NULL);
    FUZZ_ASSERT(transaction != NULL);
    kept = set(side, parts[0], parts[1]);
    if (kept == NULL)
        return;
    FUZZ_ASSERT(g_utf8_validate(kept, -1, NULL));
    again = set(side, parts[0], kept);
    FUZZ_ASSERT_SAME(kept, again);
    setting = kab_settings_find(side->settings, parts[0], NULL);
    FUZZ_ASSERT(kab_settings_get_number(side->settings, side->db, parts[0], &number, NULL));
    FUZZ_ASSERT((setting->type != KAB_SETTING_NUMBER && setting->type != KAB_SETTING_INTERVAL) ||
                (number >= setting->min && number <= setting->max));
}

static char *
write_all(const Side *side)
{
    g_autoptr(JsonNode) node = kab_settings_to_json(side->settings, side->db, TRUE, NULL);

    FUZZ_ASSERT(node != NULL);
    return kab_json_to_text(node);
}

static gboolean
load(const Side *side, const char *text, gsize size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, size);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonNode) node = kab_json_parse(bytes, &error);
    g_autofree char *notices = NULL;
    gboolean done;

    fuzz_check_error(node != NULL, error);
    if (node == NULL)
        return FALSE;
    done = kab_settings_load_json(side->settings, side->db, KAB_ACTOR_SERVICE,
                                  json_node_get_object(node), &notices, &error);
    fuzz_check_error(done, error);
    return error == NULL;
}

static void
try_file(const Side *side, const char *text, gsize size)
{
    g_autofree char *first = NULL;
    g_autofree char *second = NULL;

    if (!load(side, text, size))
        return;
    first = write_all(side);
    FUZZ_ASSERT(load(side, first, strlen(first)));
    second = write_all(side);
    FUZZ_ASSERT_SAME(first, second);
    FUZZ_ASSERT(kab_db_script(side->db, CLEAN, NULL));
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *text = size > 1 ? fuzz_dup_text(data + 1, size - 1) : NULL;
    const Side *side;

    if (text == NULL || (data[0] != 'p' && data[0] != 'b'))
        return 0;
    side = data[0] == 'p' ? &portal : &base;
    if (*text == '{')
        try_file(side, (const char *)data + 1, size - 1);
    else
        try_one(side, text);
    kab_db_check_idle(side->db);
    return 0;
}
