/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-commerceml-parse.h"
#include "kab-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ROOT "КоммерческаяИнформация"

/* What others refer to is read first. Nothing depends on it but the speed: what comes before the
 * thing it refers to is put right at the end. */
static const struct {
    const char *element;
    int rank;
} ranks[] = {
    {"Классификатор", 0}, {"Группы", 0},           {"Свойства", 0},
    {"ТипыЦен", 0},       {"Склады", 0},           {"ЕдиницыИзмерения", 0},
    {"Каталог", 1},       {"ПакетПредложений", 2}, {"ИзмененияПакетаПредложений", 2},
    {"Контрагенты", 3},
};
#define RANK_OTHER 4

gboolean
kab_commerceml_is_root(KabXmlReader *reader)
{
    return kab_xml_reader_is(reader, ROOT);
}

static int
find_rank(const char *element)
{
    for (gsize i = 0; i < G_N_ELEMENTS(ranks); i++)
        if (strcmp(ranks[i].element, element) == 0)
            return ranks[i].rank;
    return RANK_OTHER;
}

/* Looks at the beginning of a file. */
static gboolean
look_into(KabImportFile *file, KabImportStream *stream, gboolean *wanted, KabImportResult *result,
          GError **error)
{
    g_autoptr(KabXmlReader) reader = NULL;
    KabXmlScope scope;

    if (!kab_import_stream_open(stream, file, error))
        return FALSE;
    reader = kab_xml_reader_new(stream, file->label, error);
    if (reader == NULL)
        return FALSE;
    *wanted = kab_commerceml_is_root(reader);
    if (!*wanted && file->chosen) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("“%s”, line %d: <%s> was expected, not <%s>: this is no CommerceML 2 or 3"),
                    file->label, kab_xml_reader_get_line(reader), ROOT,
                    kab_xml_reader_get_name(reader));
        return FALSE;
    }
    if (!*wanted) {
        kab_import_result_warn(result, _("“%s” is no CommerceML; it is passed over"), file->label);
        return TRUE;
    }
    file->formed = kab_xml_reader_dup_attribute(reader, "ДатаФормирования");
    file->rank = RANK_OTHER;
    scope = kab_xml_reader_enter(reader);
    while (file->rank == RANK_OTHER && kab_xml_reader_next(reader, &scope, error))
        file->rank = find_rank(kab_xml_reader_get_name(reader));
    return !scope.failed;
}

static int
compare_files(gconstpointer a, gconstpointer b)
{
    const KabImportFile *first = *(const KabImportFile *const *)a;
    const KabImportFile *second = *(const KabImportFile *const *)b;
    int order = first->rank - second->rank;

    /* The dates are written so that they sort as texts. */
    if (order == 0)
        order = g_strcmp0(second->formed, first->formed);
    if (order == 0)
        order = strcmp(first->path, second->path);
    if (order == 0)
        order = first->entry - second->entry;
    return order;
}

gboolean
kab_commerceml_order_files(GPtrArray *files, KabImportStream *stream, KabImportResult *result,
                           GError **error)
{
    for (guint i = 0; i < files->len;) {
        gboolean wanted;

        if (!look_into(files->pdata[i], stream, &wanted, result, error))
            return FALSE;
        if (wanted)
            i++;
        else
            g_ptr_array_remove_index(files, i);
    }
    if (files->len == 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_NOT_FOUND,
                            _("There is no CommerceML file"));
        return FALSE;
    }
    g_ptr_array_sort(files, compare_files);
    return TRUE;
}
