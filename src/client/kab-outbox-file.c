/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-json.h"
#include "kab-outbox-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define MAX_BYTES (16 * 1024 * 1024)
#define MAX_ENTRIES 20000
#define MAX_WINDOWS 10

struct _KabOutboxFile {
    int references; /* atomic */
    char *folder;   /* (owned) */
    char *stem;     /* (owned): the path of the first of this person's files, without its ending */
    char *path;     /* (owned) (nullable): the one that is this window's, once it is opened */
    int slot;       /* its lock; -1: not opened */
    KabOutboxFailed failed;
    gpointer data;  /* for @failed; it is called while the owner holds the file */
    gboolean there; /* the file, or it will be */
    gboolean writing;

    GMutex lock;    /* of what follows, and held by who writes */
    GBytes *newest; /* (owned) (nullable): what the file has to hold; empty: there is none */
    guint number;   /* of the newest */
    guint written;  /* the number of what the file holds */
};

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
    g_clear_pointer(&self->newest, g_bytes_unref);
    g_mutex_clear(&self->lock);
    if (self->slot >= 0)
        close(self->slot);
    g_free(self->folder);
    g_free(self->stem);
    g_free(self->path);
    g_free(self);
}

KabOutboxFile *
kab_outbox_file_new(const char *folder, const char *address, const char *user_id,
                    const char *partner_id, KabOutboxFailed failed, gpointer data)
{
    KabOutboxFile *self = g_new0(KabOutboxFile, 1);
    g_autofree char *whose = g_strjoin("\n", address, user_id, partner_id, NULL);
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, whose, -1);

    self->references = 1;
    self->there = TRUE; /* until it is known */
    self->failed = failed;
    self->data = data;
    g_mutex_init(&self->lock);
    self->folder = g_strdup(folder);
    self->stem = g_build_filename(folder, hash, NULL);
    self->slot = -1;
    return self;
}

gboolean
kab_outbox_file_is_same(const KabOutboxFile *a, const KabOutboxFile *b)
{
    return g_str_equal(a->stem, b->stem);
}

/* The texts of a new order that are kept, however long they are: the portal judges them. */
static const struct {
    const char *name;
    gsize offset;
} texts[] = {
    {"name", G_STRUCT_OFFSET(KabOrder, name)},
    {"comment", G_STRUCT_OFFSET(KabOrder, comment)},
    {"phone", G_STRUCT_OFFSET(KabOrder, phone)},
    {"email", G_STRUCT_OFFSET(KabOrder, email)},
    {"address", G_STRUCT_OFFSET(KabOrder, address)},
};

static KabOrder *
read_details(KabFields *fields)
{
    KabOrder *details = kab_order_new();

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        G_STRUCT_MEMBER(char *, details, texts[i].offset) =
            kab_fields_dup_text(fields, texts[i].name, MAX_BYTES);
    details->wished_date = kab_fields_get_date(fields, "wished_date");
    kab_fields_get_id(fields, "warehouse_id", details->warehouse_id.text);
    kab_fields_get_currency(fields, "currency", details->total.currency);
    if (*details->total.currency != '\0')
        details->total = kab_fields_need_sum(fields, "total", details->total.currency);
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
    if (*entry->details->total.currency != '\0') {
        json_object_set_string_member(object, "currency", entry->details->total.currency);
        kab_json_set_sum(object, "total", entry->details->total);
    }
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
            kab_outbox_entry_clear(&entry);
            return NULL;
        }
        g_array_append_val(entries, entry);
    }
    return g_steal_pointer(&entries);
}

/* Several windows of one person each have a file of their own, held by the operating system's lock,
 * which goes with the process however that ends. */
static int
try_lock(const KabOutboxFile *self, guint n, char **path)
{
    g_autofree char *lock = g_strdup_printf("%s.%u.lock", self->stem, n);
    int slot = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (slot >= 0 && flock(slot, LOCK_EX | LOCK_NB) != 0) {
        close(slot);
        return -1;
    }
    *path = g_strdup_printf("%s.%u.json", self->stem, n);
    return slot;
}

/* Adds what the file holds to @entries; one that is none of ours is put aside. */
static gboolean
read_file(const char *path, GArray *entries, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(GMappedFile) mapped = g_mapped_file_new(path, FALSE, &local);
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GArray) left = NULL;

    if (g_error_matches(local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;
    if (mapped != NULL && g_mapped_file_get_length(mapped) > MAX_BYTES)
        local = g_error_new(KAB_ERROR, KAB_ERROR_RANGE, _("“%s” is too big"), path);
    if (local == NULL) {
        bytes = g_mapped_file_get_bytes(mapped);
        left = parse(bytes, &local);
    }
    if (left == NULL) {
        g_autofree char *aside = g_strconcat(path, ".bad", NULL);

        /* Somebody may make something of it; what waits from now on is kept anew. */
        g_rename(path, aside);
        g_propagate_prefixed_error(error, g_steal_pointer(&local), "%s: ", aside);
        return FALSE;
    }
    kab_outbox_entries_prepend(entries, left, FALSE);
    return TRUE;
}

static gboolean write_newest(KabOutboxFile *self, GError **error);
static GBytes *write_entries(GArray *entries);

typedef struct {
    char *path;
    int lock;
} Stale;

static void
stale_remove(gpointer data)
{
    Stale *stale = data;

    g_unlink(stale->path);
    close(stale->lock);
    g_free(stale->path);
}

/* Under the lock. What windows left that are no more is taken over: it is in this window's file
 * before it is taken out of theirs. */
static gboolean
take_over(KabOutboxFile *self, GArray *entries, GError **error)
{
    g_autoptr(GArray) stale = g_array_new(FALSE, FALSE, sizeof(Stale));
    gboolean good = TRUE;

    for (guint n = 0; good && n < MAX_WINDOWS; n++) {
        Stale other = {NULL, -1};

        other.lock = try_lock(self, n, &other.path);
        if (other.lock < 0)
            continue;
        if (self->slot < 0) {
            self->slot = other.lock;
            self->path = other.path;
            good = read_file(self->path, entries, error);
        } else {
            good = read_file(other.path, entries, error);
            g_array_append_val(stale, other);
        }
    }
    if (good && self->slot < 0) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_FAILED, _("“%s” cannot be used"), self->folder);
        return FALSE;
    }
    if (good && entries->len > 0) {
        g_clear_pointer(&self->newest, g_bytes_unref);
        self->newest = write_entries(entries);
        self->number++;
        good = write_newest(self, error);
    }
    if (good)
        g_array_set_clear_func(stale, stale_remove);
    for (guint i = 0; !good && i < stale->len; i++)
        close(g_array_index(stale, Stale, i).lock);
    return good;
}

static void
read_in_thread(GTask *task, gpointer source G_GNUC_UNUSED, gpointer data,
               GCancellable *cancellable G_GNUC_UNUSED)
{
    KabOutboxFile *self = data;
    g_autoptr(GArray) entries = kab_outbox_entries_new();
    GError *error = NULL;
    gboolean done;

    g_mkdir_with_parents(self->folder, 0700);
    g_mutex_lock(&self->lock);
    done = take_over(self, entries, &error);
    g_mutex_unlock(&self->lock);
    if (done)
        g_task_return_pointer(task, g_steal_pointer(&entries), (GDestroyNotify)g_array_unref);
    else
        g_task_return_error(task, error);
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

/* Under the lock. */
static gboolean
write_newest(KabOutboxFile *self, GError **error)
{
    gsize size;
    const char *text = g_bytes_get_data(self->newest, &size);
    gboolean done = TRUE;

    if (size == 0) {
        g_unlink(self->path);
    } else if (g_mkdir_with_parents(self->folder, 0700) != 0) {
        g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(errno), "%s: %s",
                    self->folder, g_strerror(errno));
        done = FALSE;
    } else {
        done = g_file_set_contents_full(
            self->path, text, (gssize)size,
            G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
    }
    if (done)
        self->written = self->number;
    return done;
}

static void
write_in_thread(GTask *task, gpointer source G_GNUC_UNUSED, gpointer data,
                GCancellable *cancellable G_GNUC_UNUSED)
{
    KabOutboxFile *self = data;
    GError *error = NULL;
    gboolean done;

    g_mutex_lock(&self->lock);
    done = self->written == self->number || write_newest(self, &error);
    g_mutex_unlock(&self->lock);
    if (done)
        g_task_return_boolean(task, TRUE);
    else
        g_task_return_error(task, error);
}

static void write_soon(KabOutboxFile *self);

static void
on_written(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    KabOutboxFile *self = data;
    g_autoptr(GError) error = NULL;
    gboolean again;

    self->writing = FALSE;
    if (!g_task_propagate_boolean(G_TASK(result), &error) && self->failed != NULL)
        self->failed(error, self->data);
    g_mutex_lock(&self->lock);
    again = error == NULL && self->written != self->number;
    g_mutex_unlock(&self->lock);
    if (again && self->failed != NULL)
        write_soon(self);
    release(self);
}

static void
write_soon(KabOutboxFile *self)
{
    g_autoptr(GTask) task = NULL;

    if (self->writing)
        return;
    self->writing = TRUE;
    task = g_task_new(NULL, NULL, on_written, acquire(self));
    g_task_set_task_data(task, acquire(self), release);
    g_task_run_in_thread(task, write_in_thread);
}

void
kab_outbox_file_save(KabOutboxFile *self, GArray *entries)
{
    gboolean some = entries != NULL && entries->len > 0;

    if (!some && !self->there)
        return;
    g_mutex_lock(&self->lock);
    if (self->slot < 0) { /* it is being opened, or cannot be */
        g_mutex_unlock(&self->lock);
        return;
    }
    self->there = some;
    g_clear_pointer(&self->newest, g_bytes_unref);
    self->newest = some ? write_entries(entries) : g_bytes_new_static("", 0);
    self->number++;
    g_mutex_unlock(&self->lock);
    write_soon(self);
}

/* The program may end now: this is the one time that the caller waits for the disk. */
void
kab_outbox_file_free(KabOutboxFile *self)
{
    g_autoptr(GError) error = NULL;

    self->failed = NULL;
    g_mutex_lock(&self->lock);
    if (self->written != self->number && !write_newest(self, &error))
        g_warning("What waits to be sent is not kept: %s", error->message);
    g_mutex_unlock(&self->lock);
    release(self);
}
