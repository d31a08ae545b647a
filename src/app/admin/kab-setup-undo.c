/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-settings.h"
#include "kab-setup-undo.h"

#include <string.h>

typedef struct {
    KabClient *client; /* (owned) */
    GPtrArray *values; /* (owned) (element-type utf8): name, value, ... */
} Kept;

struct _KabSetupUndo {
    GArray *ends; /* (owned) (element-type Kept) */
};

static void
kept_clear(gpointer data)
{
    Kept *kept = data;

    g_object_unref(kept->client);
    g_ptr_array_unref(kept->values);
}

KabSetupUndo *
kab_setup_undo_new(void)
{
    KabSetupUndo *self = g_new0(KabSetupUndo, 1);

    self->ends = g_array_new(FALSE, FALSE, sizeof(Kept));
    g_array_set_clear_func(self->ends, kept_clear);
    return self;
}

void
kab_setup_undo_free(KabSetupUndo *self)
{
    g_array_unref(self->ends);
    g_free(self);
}

static GPtrArray *
need_values(KabSetupUndo *self, KabClient *client)
{
    Kept kept;

    for (guint i = 0; i < self->ends->len; i++)
        if (g_array_index(self->ends, Kept, i).client == client)
            return g_array_index(self->ends, Kept, i).values;
    kept.client = g_object_ref(client);
    kept.values = g_ptr_array_new_with_free_func(g_free);
    g_array_append_val(self->ends, kept);
    return kept.values;
}

static gboolean
has_value(const GPtrArray *values, const char *name)
{
    for (guint i = 0; i < values->len; i += 2)
        if (g_str_equal(values->pdata[i], name))
            return TRUE;
    return FALSE;
}

void
kab_setup_undo_note(KabSetupUndo *self, KabClient *client, const char *const *before)
{
    GPtrArray *values = before[0] != NULL ? need_values(self, client) : NULL;

    for (gsize i = 0; before[i] != NULL; i += 2) {
        if (has_value(values, before[i]))
            continue;
        g_ptr_array_add(values, g_strdup(before[i]));
        g_ptr_array_add(values, g_strdup(before[i + 1]));
    }
}

void
kab_setup_undo_forget(KabSetupUndo *self)
{
    g_array_set_size(self->ends, 0);
}

void
kab_setup_undo_restore(KabSetupUndo *self)
{
    for (guint i = 0; i < self->ends->len; i++) {
        Kept *kept = &g_array_index(self->ends, Kept, i);

        g_ptr_array_add(kept->values, NULL);
        kab_client_set_settings_async(kept->client, (const char *const *)kept->values->pdata, NULL,
                                      NULL, NULL);
    }
    kab_setup_undo_forget(self);
}
