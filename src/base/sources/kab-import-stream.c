/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-import-stream.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define ARCHIVE_BLOCK 65536

/* The XML of an exchange packs to a tenth, at best to a hundredth. What unpacks to more than this
 * many times its size, and is large besides, was made to fill somebody's disk or time. */
#define UNPACK_RATIO_MAX 200
#define UNPACK_FREE (G_GINT64_CONSTANT(256) * 1024 * 1024)

struct _KabImportStream {
    GCancellable *cancellable; /* (owned) (nullable) */
    KabImportProgressFunc progress;
    gpointer data;
    gint64 total;
    gint64 done;
    const KabImportFile *file; /* (nullable): the one that is being read */
    FILE *plain;               /* (nullable) (owned): open if it lies on the disk */
    struct archive *archive;   /* (nullable) (owned): open if it lies in an archive */
    char *archive_path;        /* (nullable) (owned) */
    gint64 archive_size;
    gint64 unpacked;
    int entry; /* the entry at which the archive stands */
};

KabImportStream *
kab_import_stream_new(GCancellable *cancellable)
{
    KabImportStream *stream = g_new0(KabImportStream, 1);

    stream->cancellable = cancellable != NULL ? g_object_ref(cancellable) : NULL;
    return stream;
}

void
kab_import_stream_watch(KabImportStream *stream, gint64 total_bytes, KabImportProgressFunc progress,
                        gpointer data)
{
    stream->total = total_bytes;
    stream->done = 0;
    stream->progress = progress;
    stream->data = data;
}

static void
close_archive(KabImportStream *stream)
{
    g_clear_pointer(&stream->archive, archive_read_free);
    stream->entry = -1;
}

static void
close_plain(KabImportStream *stream)
{
    if (stream->plain != NULL)
        fclose(stream->plain);
    stream->plain = NULL;
}

static gboolean
set_archive_error(KabImportStream *stream, const char *label, GError **error)
{
    const char *text = archive_error_string(stream->archive);

    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%s” cannot be unpacked: %s"), label,
                text != NULL ? text : _("the archive is damaged"));
    return FALSE;
}

static gboolean
open_archive(KabImportStream *stream, const KabImportFile *file, GError **error)
{
    GStatBuf info;

    close_archive(stream);
    if (g_strcmp0(stream->archive_path, file->path) != 0) {
        g_free(stream->archive_path);
        stream->archive_path = g_strdup(file->path);
        stream->archive_size = g_stat(file->path, &info) == 0 ? info.st_size : 0;
        stream->unpacked = 0;
    }
    stream->archive = archive_read_new();
    archive_read_support_format_zip(stream->archive);
    if (archive_read_open_filename(stream->archive, file->path, ARCHIVE_BLOCK) < ARCHIVE_WARN)
        return set_archive_error(stream, file->label, error);
    return TRUE;
}

static gboolean
go_to_entry(KabImportStream *stream, const KabImportFile *file, GError **error)
{
    struct archive_entry *entry;
    gboolean here = stream->archive != NULL && strcmp(stream->archive_path, file->path) == 0;

    if ((!here || stream->entry >= file->entry) && !open_archive(stream, file, error))
        return FALSE;
    while (stream->entry < file->entry) {
        if (archive_read_next_header(stream->archive, &entry) < ARCHIVE_WARN)
            return set_archive_error(stream, file->label, error);
        stream->entry++;
    }
    return TRUE;
}

gboolean
kab_import_stream_open(KabImportStream *stream, const KabImportFile *file, GError **error)
{
    close_plain(stream);
    stream->file = file;
    if (file->entry >= 0)
        return go_to_entry(stream, file, error);
    close_archive(stream);
    stream->plain = g_fopen(file->path, "rbe");
    if (stream->plain != NULL)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("Cannot read “%s”: %s"), file->label,
                g_strerror(errno));
    return FALSE;
}

static gssize
read_plain(KabImportStream *stream, void *buffer, gsize size, GError **error)
{
    gsize n = fread(buffer, 1, size, stream->plain);

    if (n > 0 || !ferror(stream->plain))
        return (gssize)n;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("Cannot read “%s”: %s"), stream->file->label,
                g_strerror(errno));
    return -1;
}

static gssize
read_archive(KabImportStream *stream, void *buffer, gsize size, GError **error)
{
    gssize n = archive_read_data(stream->archive, buffer, size);

    if (n < 0) {
        set_archive_error(stream, stream->file->label, error);
        return -1;
    }
    stream->unpacked += n;
    if (stream->unpacked > UNPACK_FREE &&
        stream->unpacked / UNPACK_RATIO_MAX > stream->archive_size) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE,
                    _("“%s” unpacks to more than %d times its size: this is no exchange"),
                    stream->archive_path, UNPACK_RATIO_MAX);
        return -1;
    }
    return n;
}

gssize
kab_import_stream_read(KabImportStream *stream, void *buffer, gsize size, GError **error)
{
    gssize n;

    if (g_cancellable_set_error_if_cancelled(stream->cancellable, error))
        return -1;
    n = stream->plain != NULL ? read_plain(stream, buffer, size, error)
                              : read_archive(stream, buffer, size, error);
    if (n > 0 && stream->progress != NULL) {
        stream->done += n;
        stream->progress(stream->file->label, stream->done, MAX(stream->done, stream->total),
                         stream->data);
    }
    return n;
}

void
kab_import_stream_free(KabImportStream *stream)
{
    if (stream == NULL)
        return;
    close_plain(stream);
    close_archive(stream);
    g_clear_object(&stream->cancellable);
    g_free(stream->archive_path);
    g_free(stream);
}
