/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-json.h"
#include "kab-outbox-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_BYTES (16 * 1024 * 1024)
#define MAX_ENTRIES 20000

struct _KabOutboxFile {
    int references; /* atomic */
    char *folder;   /* (owned) */
    char *path;     /* (owned) */
    GBytes *next;   /* (owned) (nullable): what is to be written next; empty: nothing waits */
    gboolean writing;
    gboolean there; /* the file, or it will be */
    GMutex lock;    /* held by who writes */
};

static void
clear_entry(gpointer data)
{
    KabOutboxEntry *entry = data;

    g_free(entry->key);
    kab_order_free(entry->details);
}

GArray *
kab_outbox_entries_new(void)
{
    GArray *entries = g_array_new(FALSE, TRUE, sizeof(KabOutboxEntry));

    g_array_set_clear_func(entries, clear_entry);
    return entries;
}

void
kab_outbox_entries_prepend(GArray *entries, GArray *left, gboolean behind_first)
{
    g_array_insert_vals(entries, behind_first && entries->len > 0 ? 1 : 0, left->data, left->len);
    g_array_set_clear_func(left, NULL);
    g_array_set_size(left, 0);
}

static KabOutboxFile *
acquire(KabOutboxFile *self)
{
    g_atomic_int_inc(&self->references);
    return self;
}

static void
release(gpointer data)
{
    KabOutboxFile *self = data;

    if (!g_atomic_int_dec_and_test(&self->references))
        return;
    g_clear_pointer(&self->next, g_bytes_unref);
    g_mutex_clear(&self->lock);
    g_free(self->folder);
    g_free(self->path);
    g_free(self);
}

KabOutboxFile *
kab_outbox_file_new(const char *folder, const char *address, const char *user_id,
                    const char *partner_id)
{
    KabOutboxFile *self = g_new0(KabOutboxFile, 1);
    g_autofree char *whose = g_strjoin("\n", address, user_id, partner_id, NULL);
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, whose, -1);
    g_autofree char *name = g_strconcat(hash, ".json", NULL);

    self->references = 1;
    self->there = TRUE; /* until it is known */
    g_mutex_init(&self->lock);
    self->folder = g_strdup(folder);
    self->path = g_build_filename(folder, name, NULL);
    return self;
}

gboolean
kab_outbox_file_is_same(const KabOutboxFile *a, const KabOutboxFile *b)
{
    return g_str_equal(a->path, b->path);
}

/* The texts of a new order that are kept. */
static const struct {
    const char *name;
    gsize offset;
    gsize max;
} texts[] = {
    {"name", G_STRUCT_OFFSET(KabOrder, name), 1000},
    {"comment", G_STRUCT_OFFSET(KabOrder, comment), 4000},
    {"phone", G_STRUCT_OFFSET(KabOrder, phone), 1000},
    {"email", G_STRUCT_OFFSET(KabOrder, email), 1000},
    {"address", G_STRUCT_OFFSET(KabOrder, address), 4000},
};

static KabOrder *
read_details(KabFields *fields)
{
    KabOrder *details = kab_order_new();

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        G_STRUCT_MEMBER(char *, details, texts[i].offset) =
            kab_fields_dup_text(fields, texts[i].name, texts[i].max);
    details->wished_date = kab_fields_get_date(fields, "wished_date");
    kab_fields_get_id(fields, "warehouse_id", details->warehouse_id.text);
    return details;
}

static gboolean
read_entry(JsonObject *object, KabOutboxEntry *entry, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);

    entry->key = kab_fields_dup_text(&fields, "key", 100);
    if (entry->key == NULL) {
        kab_fields_need_id(&fields, "product_id", entry->product_id.text);
        entry->quantity = kab_fields_need_quantity(&fields, "quantity");
    } else {
        entry->place = kab_fields_get_boolean(&fields, "place", FALSE);
        entry->details = read_details(&fields);
    }
    return kab_fields_finish(&fields, error);
}

static JsonObject *
write_entry(const KabOutboxEntry *entry)
{
    JsonObject *object = json_object_new();

    kab_json_set_text(object, "key", entry->key);
    if (entry->key == NULL) {
        json_object_set_string_member(object, "product_id", entry->product_id.text);
        kab_json_set_quantity(object, "quantity", entry->quantity);
        return object;
    }
    json_object_set_boolean_member(object, "place", entry->place);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        kab_json_set_text(object, texts[i].name,
                          G_STRUCT_MEMBER(char *, entry->details, texts[i].offset));
    kab_json_set_text(object, "wished_date", entry->details->wished_date.text);
    kab_json_set_text(object, "warehouse_id", entry->details->warehouse_id.text);
    return object;
}

static GArray *
parse(GBytes *bytes, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(bytes, error);
    g_autoptr(GArray) entries = kab_outbox_entries_new();
    KabFields fields = KAB_FIELDS_INIT(NULL);
    JsonArray *items;

    if (node == NULL)
        return NULL;
    fields.object = json_node_get_object(node);
    items = kab_fields_need_array(&fields, "entries", MAX_ENTRIES);
    if (!kab_fields_finish(&fields, error))
        return NULL;
    for (guint i = 0; i < json_array_get_length(items); i++) {
        KabOutboxEntry entry = {.key = NULL};

        if (!read_entry(json_array_get_object_element(items, i), &entry, error)) {
            clear_entry(&entry);
            return NULL;
        }
        g_array_append_val(entries, entry);
    }
    return g_steal_pointer(&entries);
}

static void
read_in_thread(GTask *task, gpointer source G_GNUC_UNUSED, gpointer data,
               GCancellable *cancellable G_GNUC_UNUSED)
{
    const KabOutboxFile *self = data;
    g_autoptr(GMappedFile) mapped = NULL;
    g_autoptr(GBytes) bytes = NULL;
    GError *error = NULL;
    GArray *entries;

    mapped = g_mapped_file_new(self->path, FALSE, &error);
    if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
        g_clear_error(&error);
        g_task_return_pointer(task, kab_outbox_entries_new(), (GDestroyNotify)g_array_unref);
        return;
    }
    if (mapped == NULL) {
        g_task_return_error(task, error);
        return;
    }
    if (g_mapped_file_get_length(mapped) > MAX_BYTES) {
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_RANGE, _("“%s” is too big"), self->path);
        return;
    }
    bytes = g_mapped_file_get_bytes(mapped);
    entries = parse(bytes, &error);
    if (entries == NULL) {
        g_prefix_error(&error, "%s: ", self->path);
        g_task_return_error(task, error);
    } else {
        g_task_return_pointer(task, entries, (GDestroyNotify)g_array_unref);
    }
}

void
kab_outbox_file_read_async(KabOutboxFile *self, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
    g_autoptr(GTask) task = g_task_new(NULL, cancellable, callback, data);

    g_task_set_task_data(task, acquire(self), release);
    g_task_run_in_thread(task, read_in_thread);
}

GArray *
kab_outbox_file_read_finish(GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static GBytes *
write_entries(GArray *entries)
{
    JsonArray *items = json_array_new();
    JsonObject *object = json_object_new();
    g_autoptr(JsonNode) node = NULL;

    for (guint i = 0; i < entries->len; i++)
        json_array_add_object_element(items,
                                      write_entry(&g_array_index(entries, KabOutboxEntry, i)));
    json_object_set_array_member(object, "entries", items);
    node = kab_json_node_take(object);
    return kab_json_to_bytes(node);
}

typedef struct {
    KabOutboxFile *file; /* (owned) */
    GBytes *bytes;       /* (owned) */
} Write;

static void
write_free(gpointer data)
{
    Write *job = data;

    release(job->file);
    g_bytes_unref(job->bytes);
    g_free(job);
}

static gboolean
write_now(KabOutboxFile *self, GBytes *bytes, GError **error)
{
    gsize size;
    const char *text = g_bytes_get_data(bytes, &size);

    if (size == 0) {
        g_unlink(self->path);
        return TRUE;
    }
    if (g_mkdir_with_parents(self->folder, 0700) != 0) {
        g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(errno), "%s: %s",
                    self->folder, g_strerror(errno));
        return FALSE;
    }
    return g_file_set_contents_full(self->path, text, (gssize)size,
                                    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                    0600, error);
}

static void
write_in_thread(GTask *task, gpointer source G_GNUC_UNUSED, gpointer data,
                GCancellable *cancellable G_GNUC_UNUSED)
{
    const Write *job = data;
    GError *error = NULL;
    gboolean done;

    g_mutex_lock(&job->file->lock);
    done = write_now(job->file, job->bytes, &error);
    g_mutex_unlock(&job->file->lock);
    if (done)
        g_task_return_boolean(task, TRUE);
    else
        g_task_return_error(task, error);
}

static void write_next(KabOutboxFile *self);

static void
on_written(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    KabOutboxFile *self = data;
    g_autoptr(GError) error = NULL;

    if (!g_task_propagate_boolean(G_TASK(result), &error))
        g_warning("What waits to be sent is not kept: %s", error->message);
    self->writing = FALSE;
    if (self->next != NULL)
        write_next(self);
    release(self);
}

static void
write_next(KabOutboxFile *self)
{
    g_autoptr(GTask) task = g_task_new(NULL, NULL, on_written, acquire(self));
    Write *job = g_new0(Write, 1);

    job->file = acquire(self);
    job->bytes = g_steal_pointer(&self->next);
    self->writing = TRUE;
    g_task_set_task_data(task, job, write_free);
    g_task_run_in_thread(task, write_in_thread);
}

void
kab_outbox_file_save(KabOutboxFile *self, GArray *entries)
{
    gboolean some = entries != NULL && entries->len > 0;

    if (!some && !self->there)
        return;
    self->there = some;
    g_clear_pointer(&self->next, g_bytes_unref);
    self->next = some ? write_entries(entries) : g_bytes_new_static("", 0);
    if (!self->writing)
        write_next(self);
}

/* The program may end now: this is the one time that the caller waits for the disk. */
void
kab_outbox_file_free(KabOutboxFile *self)
{
    g_autoptr(GBytes) last = g_steal_pointer(&self->next);
    g_autoptr(GError) error = NULL;

    g_mutex_lock(&self->lock); /* what is being written is through then */
    if (last != NULL && !write_now(self, last, &error))
        g_warning("What waits to be sent is not kept: %s", error->message);
    g_mutex_unlock(&self->lock);
    release(self);
}
