/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-save-file.h"
#include "kab-table.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <xlsxwriter.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define COLUMN_WIDTH 18
/* What a cell of Excel takes. */
#define MAX_CELL 32000

typedef struct {
    char *text;
    gboolean number;
} Cell;

struct _KabTable {
    char *name;
    GPtrArray *rows; /* (element-type GArray of Cell) */
};

static void
clear_cell(gpointer data)
{
    g_free(((Cell *)data)->text);
}

KabTable *
kab_table_new(const char *name)
{
    KabTable *self = g_new0(KabTable, 1);

    self->name = g_strdup(name);
    self->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    return self;
}

void
kab_table_free(KabTable *self)
{
    if (self == NULL)
        return;
    g_free(self->name);
    g_ptr_array_unref(self->rows);
    g_free(self);
}

void
kab_table_add_row(KabTable *self)
{
    GArray *row = g_array_new(FALSE, FALSE, sizeof(Cell));

    g_array_set_clear_func(row, clear_cell);
    g_ptr_array_add(self->rows, row);
}

static void
add_cell(KabTable *self, char *text, gboolean number)
{
    Cell cell = {text, number};
    GArray *row;

    g_return_if_fail(self->rows->len > 0);
    row = g_ptr_array_index(self->rows, self->rows->len - 1);
    g_array_append_val(row, cell);
}

void
kab_table_add_text(KabTable *self, const char *text)
{
    add_cell(self, g_strdup(text != NULL ? text : ""), FALSE);
}

void
kab_table_add_number(KabTable *self, char *number)
{
    add_cell(self, number, TRUE);
}

/* A text that begins so is a formula to a spreadsheet: an apostrophe before it makes it a text, as
 * OWASP advises ("CSV Injection"). */
static gboolean
looks_like_formula(const char *text)
{
    return *text != '\0' && strchr("=+-@\t\r\n", *text) != NULL;
}

static void
append_csv(GString *csv, const Cell *cell)
{
    if (cell->number) {
        for (const char *p = cell->text; *p != '\0'; p++)
            g_string_append_c(csv, *p == '.' ? ',' : *p);
        return;
    }
    g_string_append_c(csv, '"');
    if (looks_like_formula(cell->text))
        g_string_append_c(csv, '\'');
    for (const char *p = cell->text; *p != '\0'; p++) {
        if (*p == '"')
            g_string_append_c(csv, '"');
        g_string_append_c(csv, *p);
    }
    g_string_append_c(csv, '"');
}

static GBytes *
make_csv(const KabTable *self)
{
    GString *csv = g_string_new(BYTE_ORDER_MARK);

    for (guint i = 0; i < self->rows->len; i++) {
        const GArray *row = g_ptr_array_index(self->rows, i);

        for (guint j = 0; j < row->len; j++) {
            if (j > 0)
                g_string_append_c(csv, ';');
            append_csv(csv, &g_array_index(row, Cell, j));
        }
        g_string_append(csv, "\r\n");
    }
    return g_string_free_to_bytes(csv);
}

/* A text goes in as a text, never through what would guess at formulas. */
static lxw_error
write_cell(lxw_worksheet *sheet, guint row, guint column, const Cell *cell, lxw_format *head)
{
    g_autofree char *part = NULL;

    if (cell->number)
        return worksheet_write_number(sheet, row, (lxw_col_t)column,
                                      g_ascii_strtod(cell->text, NULL), NULL);
    part = g_utf8_substring(cell->text, 0, MIN(g_utf8_strlen(cell->text, -1), MAX_CELL));
    return worksheet_write_string(sheet, row, (lxw_col_t)column, part, row == 0 ? head : NULL);
}

static lxw_error
write_book(const KabTable *self, const char *path)
{
    lxw_workbook_options options = {.constant_memory = LXW_FALSE};
    lxw_workbook *book = workbook_new_opt(path, &options);
    lxw_worksheet *sheet;
    lxw_format *head;
    lxw_error result = LXW_NO_ERROR;

    if (book == NULL)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    sheet = workbook_add_worksheet(book, NULL);
    head = workbook_add_format(book);
    format_set_bold(head);
    worksheet_freeze_panes(sheet, 1, 0);
    for (guint i = 0; i < self->rows->len; i++) {
        const GArray *row = g_ptr_array_index(self->rows, i);

        if (i == 0 && row->len > 0)
            worksheet_set_column(sheet, 0, (lxw_col_t)(row->len - 1), COLUMN_WIDTH, NULL);
        for (guint j = 0; j < row->len && result == LXW_NO_ERROR; j++)
            result = write_cell(sheet, i, j, &g_array_index(row, Cell, j), head);
    }
    {
        lxw_error closed = workbook_close(book);

        return result != LXW_NO_ERROR ? result : closed;
    }
}

/* The library writes files only. */
static GBytes *
make_xlsx(const KabTable *self, GError **error)
{
    g_autofree char *folder = g_dir_make_tmp("kabinet-XXXXXX", error);
    g_autofree char *path = NULL;
    char *contents = NULL;
    gsize size = 0;
    lxw_error result;

    if (folder == NULL)
        return NULL;
    path = g_build_filename(folder, "table.xlsx", NULL);
    result = write_book(self, path);
    if (result != LXW_NO_ERROR)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The file could not be made: %s"),
                    lxw_strerror(result));
    else
        g_file_get_contents(path, &contents, &size, error);
    g_unlink(path);
    g_rmdir(folder);
    return contents != NULL ? g_bytes_new_take(contents, size) : NULL;
}

GBytes *
kab_table_to_bytes(const KabTable *self, KabTableFormat format, GError **error)
{
    return format == KAB_TABLE_CSV ? make_csv(self) : make_xlsx(self, error);
}

const char *
kab_table_format_to_suffix(KabTableFormat format)
{
    return format == KAB_TABLE_CSV ? ".csv" : ".xlsx";
}

typedef struct {
    KabTable *table;
    KabTableFormat format;
    char *name;
} Job;

static void
job_free(gpointer data)
{
    Job *job = data;

    kab_table_free(job->table);
    g_free(job->name);
    g_free(job);
}

static void
on_saved(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GError *error = NULL;
    GFile *file = kab_save_file_finish(result, &error);

    if (file == NULL) {
        g_prefix_error(&error, "%s", _("The file could not be saved: "));
        g_task_return_error(task, error);
    } else {
        g_task_return_pointer(task, file, g_object_unref);
    }
}

static void
make(GTask *task, gpointer source G_GNUC_UNUSED, gpointer data,
     GCancellable *cancellable G_GNUC_UNUSED)
{
    const Job *job = data;
    GError *error = NULL;
    GBytes *bytes = kab_table_to_bytes(job->table, job->format, &error);

    if (bytes == NULL)
        g_task_return_error(task, error);
    else
        g_task_return_pointer(task, bytes, (GDestroyNotify)g_bytes_unref);
}

static void
on_made(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GCancellable *cancellable = g_task_get_cancellable(task);
    const Job *job = g_task_get_task_data(G_TASK(result));
    g_autofree char *name = g_strconcat(job->name, kab_table_format_to_suffix(job->format), NULL);
    GError *error = NULL;
    g_autoptr(GBytes) bytes = g_task_propagate_pointer(G_TASK(result), &error);

    if (bytes == NULL)
        g_task_return_error(task, error);
    else
        kab_save_file_async(NULL, name, bytes, cancellable, on_saved, g_steal_pointer(&task));
}

void
kab_table_save_async(KabTable *self, KabTableFormat format, const char *name,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_autoptr(GTask) making = NULL;
    Job *job = g_new0(Job, 1);

    job->table = self;
    job->format = format;
    job->name = g_strdup(name);
    making = g_task_new(NULL, cancellable, on_made, g_task_new(NULL, cancellable, callback, data));
    g_task_set_task_data(making, job, job_free);
    g_task_run_in_thread(making, make);
}

GFile *
kab_table_save_finish(GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
