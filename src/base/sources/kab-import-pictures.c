/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-import-pictures.h"
#include "kab-intake-private.h"
#include "kab-kind.h"
#include "kab-picture.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* How many paths a warning about many lists. */
#define PATHS_LISTED 5

#define SELECT_IMAGES                                                       \
    "SELECT i.product_id, i.position, i.path, i.hash FROM temp.seen s"      \
    " JOIN product_image i ON i.product_id = s.id WHERE s.kind = 'product'" \
    " AND i.position < $1 ORDER BY i.product_id, i.position"
#define WANT_FILE                                                                      \
    "INSERT INTO temp.wanted_picture (file, product_id, position) VALUES ($1, $2, $3)" \
    " ON CONFLICT DO NOTHING"
#define SELECT_WANTED "SELECT DISTINCT file FROM temp.wanted_picture ORDER BY file"
#define PUT_PICTURE                                            \
    "INSERT INTO picture (hash, id, file) VALUES ($1, $2, $3)" \
    " ON CONFLICT DO NOTHING"
#define TOUCH_PICTURED                                                                 \
    "INSERT INTO temp.touched (kind, id, existed, was_deleted)"                        \
    " SELECT DISTINCT 'product', p.id, 1, p.deleted FROM temp.wanted_picture w"        \
    " JOIN product_image i ON i.product_id = w.product_id AND i.position = w.position" \
    " JOIN product p ON p.id = w.product_id WHERE w.file = $1 AND i.hash IS NOT $2"    \
    " ON CONFLICT DO NOTHING"
#define SET_HASH                                                                            \
    "UPDATE product_image SET hash = $1 WHERE hash IS NOT $1 AND (product_id, position) IN" \
    " (SELECT product_id, position FROM temp.wanted_picture WHERE file = $2)"
/* Pictures that no product names any more. */
#define UNNAMED \
    " FROM picture WHERE NOT EXISTS (SELECT 1 FROM product_image i WHERE i.hash = picture.hash)"
#define TOUCH_UNNAMED                                           \
    "INSERT INTO temp.touched (kind, id, existed, was_deleted)" \
    " SELECT 'picture', id, 1, 0" UNNAMED " ON CONFLICT DO NOTHING"
#define DELETE_UNNAMED "DELETE" UNNAMED

typedef struct {
    KabIntake *intake;
    const GPtrArray *files;
    KabImportStream *stream;
    GHashTable *by_base; /* (owned): the last part of a name -> numbers of files */
    GString *missing;    /* (owned) */
    gint64 n_missing;
} Pictures;

static const char *
get_base(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

static void
index_files(Pictures *self)
{
    self->by_base =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
    for (guint i = 0; i < self->files->len; i++) {
        const KabImportFile *file = g_ptr_array_index(self->files, i);
        const char *base = get_base(file->name);
        GArray *numbers = g_hash_table_lookup(self->by_base, base);

        if (numbers == NULL) {
            numbers = g_array_new(FALSE, FALSE, sizeof(guint));
            g_hash_table_insert(self->by_base, (gpointer)base, numbers);
        }
        g_array_append_val(numbers, i);
    }
}

/* The first file whose name is, or ends in, what the product names. What would lead out of the
 * exchange ends no name. */
static gboolean
find_file(const Pictures *self, const char *path, guint *number)
{
    g_autofree char *wanted = g_strdelimit(g_strdup(path), "\\", '/');
    g_autofree char *tail = g_strconcat("/", wanted, NULL);
    const GArray *numbers = g_hash_table_lookup(self->by_base, get_base(wanted));

    for (guint i = 0; numbers != NULL && i < numbers->len; i++) {
        const KabImportFile *file;

        *number = g_array_index(numbers, guint, i);
        file = g_ptr_array_index(self->files, *number);
        if (strcmp(file->name, wanted) == 0 || g_str_has_suffix(file->name, tail))
            return TRUE;
    }
    return FALSE;
}

static void
note_missing(Pictures *self, const char *path)
{
    if (++self->n_missing <= PATHS_LISTED)
        g_string_append_printf(self->missing, "%s%.*s", self->n_missing > 1 ? ", " : "",
                               kab_error_clip(path, 200), path);
    else if (self->n_missing == PATHS_LISTED + 1)
        g_string_append(self->missing, ", …");
}

static gboolean
want_files(Pictures *self, GError **error)
{
    KabDb *db = self->intake->db;
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_IMAGES, KAB_BIND(kab_int(KAB_PICTURE_MAX_PER_PRODUCT)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local)) {
        guint number;

        if (find_file(self, kab_rows_get_text(rows, 2), &number)) {
            if (!kab_db_run(db, WANT_FILE,
                            KAB_BIND(kab_int(number), kab_text(kab_rows_get_text(rows, 0)),
                                     kab_int(kab_rows_get_int(rows, 1))),
                            error))
                return FALSE;
        } else if (kab_rows_is_null(rows, 3)) {
            note_missing(self, kab_rows_get_text(rows, 2));
        }
    }
    if (!kab_error_pass(error, &local))
        return FALSE;
    if (self->n_missing > 0)
        kab_import_result_warn(self->intake->result,
                               _("Pictures that products name and the exchange does not hold "
                                 "(%" PRId64 "): %s"),
                               self->n_missing, self->missing->str);
    return TRUE;
}

/* No more is read than a picture may have, and a byte that tells that there is more. */
static GBytes *
read_file(KabImportStream *stream, const KabImportFile *file, GError **error)
{
    g_autoptr(GByteArray) all = g_byte_array_new();
    guint8 buffer[16384];
    gssize n = 1;

    if (!kab_import_stream_open(stream, file, error))
        return NULL;
    while (n > 0 && all->len <= KAB_PICTURE_MAX_BYTES) {
        n = kab_import_stream_read(stream, buffer, sizeof buffer, error);
        if (n < 0)
            return NULL;
        g_byte_array_append(all, buffer, (guint)n);
    }
    return g_byte_array_free_to_bytes(g_steal_pointer(&all));
}

static gboolean
store_file(Pictures *self, gint64 number, GBytes *file, GError **error)
{
    KabDb *db = self->intake->db;
    g_autofree char *hash = kab_picture_hash(file);
    char id[KAB_ID_SIZE];

    kab_id_fill_from_source(KAB_KIND_PICTURE, hash, id);
    if (!kab_db_run(db, PUT_PICTURE, KAB_BIND(kab_text(hash), kab_text(id), kab_blob(file)), error))
        return FALSE;
    if (kab_db_get_changes(db) > 0 &&
        !kab_intake_touch(self->intake, KAB_KIND_PICTURE, id, FALSE, FALSE, error))
        return FALSE;
    return kab_db_run(db, TOUCH_PICTURED, KAB_BIND(kab_int(number), kab_text(hash)), error) &&
           kab_db_run(db, SET_HASH, KAB_BIND(kab_text(hash), kab_int(number)), error);
}

static gboolean
take_file(Pictures *self, gint64 number, GError **error)
{
    const KabImportFile *from = g_ptr_array_index(self->files, number);
    g_autoptr(GError) odd = NULL;
    g_autoptr(GBytes) file = read_file(self->stream, from, &odd);

    if (file != NULL && kab_picture_check(file, &odd) != NULL)
        return store_file(self, number, file, error);
    if (file == NULL && (g_error_matches(odd, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
                         g_error_matches(odd, KAB_ERROR, KAB_ERROR_RANGE))) {
        g_propagate_error(error, g_steal_pointer(&odd));
        return FALSE;
    }
    kab_import_result_warn(self->intake->result, _("“%s” is passed over: %s"), from->label,
                           odd->message);
    return TRUE;
}

static gboolean
take_files(Pictures *self, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(self->intake->db, SELECT_WANTED, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local))
        if (!take_file(self, kab_rows_get_int(rows, 0), error))
            return FALSE;
    return kab_error_pass(error, &local);
}

gboolean
kab_import_pictures_store(KabIntake *intake, const GPtrArray *files, KabImportStream *stream,
                          GError **error)
{
    Pictures self = {
        .intake = intake, .files = files, .stream = stream, .missing = g_string_new(NULL)};
    gboolean ok;

    index_files(&self);
    ok = want_files(&self, error) && take_files(&self, error) &&
         kab_db_run(intake->db, TOUCH_UNNAMED, KAB_BIND_NONE, error) &&
         kab_db_run(intake->db, DELETE_UNNAMED, KAB_BIND_NONE, error);
    g_hash_table_unref(self.by_base);
    g_string_free(self.missing, TRUE);
    return ok;
}
