/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-throttle.h"

#define MAX_KEYS 20000
#define FORGET_MS G_GINT64_CONSTANT(3600000)

typedef struct {
    guint tries;
    gint64 last;
} Entry;

struct _KabThrottle {
    GMutex lock;
    GHashTable *entries; /* (owned): by key */
};

KabThrottle *
kab_throttle_new(void)
{
    KabThrottle *throttle = g_new0(KabThrottle, 1);

    g_mutex_init(&throttle->lock);
    throttle->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return throttle;
}

void
kab_throttle_free(KabThrottle *throttle)
{
    if (throttle == NULL)
        return;
    g_hash_table_unref(throttle->entries);
    g_mutex_clear(&throttle->lock);
    g_free(throttle);
}

static gint64
wait_after(guint tries, guint free_tries, gint64 longest)
{
    guint over = tries >= free_tries ? tries - free_tries : 0;

    if (tries < free_tries)
        return 0;
    return over >= 20 ? longest : MIN(longest, G_GINT64_CONSTANT(1000) << over);
}

gint64
kab_throttle_get_wait(KabThrottle *throttle, const char *key, guint free_tries, gint64 longest,
                      gint64 now)
{
    gint64 wait = 0;
    const Entry *entry;

    g_mutex_lock(&throttle->lock);
    entry = g_hash_table_lookup(throttle->entries, key);
    if (entry != NULL && now - entry->last < FORGET_MS)
        wait = entry->last + wait_after(entry->tries, free_tries, longest) - now;
    g_mutex_unlock(&throttle->lock);
    return MAX(wait, 0);
}

static gboolean
is_quiet(gpointer key G_GNUC_UNUSED, gpointer value, gpointer now)
{
    return *(gint64 *)now - ((Entry *)value)->last >= FORGET_MS;
}

/* Whoever fills the table with names of nobody does not push out those who are waited for: the
 * fewest tries go first. */
static void
make_room(KabThrottle *throttle, gint64 now)
{
    GHashTableIter iter;
    gpointer value;

    if (g_hash_table_size(throttle->entries) < MAX_KEYS)
        return;
    g_hash_table_foreach_remove(throttle->entries, is_quiet, &now);
    for (guint least = 1; g_hash_table_size(throttle->entries) > MAX_KEYS / 2; least++) {
        g_hash_table_iter_init(&iter, throttle->entries);
        while (g_hash_table_iter_next(&iter, NULL, &value))
            if (((Entry *)value)->tries <= least)
                g_hash_table_iter_remove(&iter);
    }
}

void
kab_throttle_note(KabThrottle *throttle, const char *key, gint64 now)
{
    Entry *entry;

    g_mutex_lock(&throttle->lock);
    entry = g_hash_table_lookup(throttle->entries, key);
    if (entry == NULL) {
        make_room(throttle, now);
        entry = g_new0(Entry, 1);
        g_hash_table_insert(throttle->entries, g_strdup(key), entry);
    }
    if (now - entry->last >= FORGET_MS)
        entry->tries = 0;
    entry->tries++;
    entry->last = now;
    g_mutex_unlock(&throttle->lock);
}

void
kab_throttle_forget(KabThrottle *throttle, const char *key)
{
    g_mutex_lock(&throttle->lock);
    g_hash_table_remove(throttle->entries, key);
    g_mutex_unlock(&throttle->lock);
}

guint
kab_throttle_get_size(KabThrottle *throttle)
{
    guint size;

    g_mutex_lock(&throttle->lock);
    size = g_hash_table_size(throttle->entries);
    g_mutex_unlock(&throttle->lock);
    return size;
}
