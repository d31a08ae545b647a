/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include <gmodule.h>
#include <string.h>

/* Makes a widget of every template among the resources, and an object of every other .ui file. What
 * a template names and there is not (a type, a property, a value of it, a child, a handler of a
 * signal) is a critical warning then, and fatal.
 *
 * gtk4-builder-tool validate does not do: it knows neither libadwaita's types nor ours, and with a
 * library preloaded that has them it takes for wrong every handler of a signal, for these are known
 * to the classes only. */

#define ROOT "/org/kabinet/Kabinet"

static void
list_files(const char *folder, GPtrArray *paths)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) names = g_resources_enumerate_children(folder, 0, &error);

    g_assert_no_error(error);
    for (gsize i = 0; names[i] != NULL; i++) {
        g_autofree char *path = g_strconcat(folder, "/", names[i], NULL);

        if (g_str_has_suffix(path, "/")) {
            path[strlen(path) - 1] = '\0';
            list_files(path, paths);
        } else if (g_str_has_suffix(path, ".ui")) {
            g_ptr_array_add(paths, g_steal_pointer(&path));
        }
    }
}

static char *
dup_class(const char *text)
{
    g_autoptr(GRegex) regex = g_regex_new("<template class=\"(\\w+)\"", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;

    return g_regex_match(regex, text, 0, &match) ? g_match_info_fetch(match, 1) : NULL;
}

/* KabOrderPage has kab_order_page_get_type(). */
static GType
get_type(const char *class)
{
    g_autoptr(GRegex) word = g_regex_new("(?<=[a-z])(?=[A-Z])", 0, 0, NULL);
    g_autofree char *words = g_regex_replace_literal(word, class, -1, 0, "_", 0, NULL);
    g_autofree char *lower = g_ascii_strdown(words, -1);
    g_autofree char *name = g_strconcat(lower, "_get_type", NULL);
    GModule *program = g_module_open(NULL, 0);
    GType (*get)(void) = NULL;

    if (!g_module_symbol(program, name, (gpointer *)&get))
        g_error("There is no %s()", name);
    g_module_close(program);
    return get();
}

static void
check_template(GType type)
{
    g_autoptr(GTypeClass) class = g_type_class_ref(type);
    g_autoptr(KabClient) client = fake_client_new_signed_in("fake:portal", "olga");
    GObject *object;

    if (G_TYPE_IS_ABSTRACT(type)) /* its children have it */
        return;
    if (g_object_class_find_property(G_OBJECT_CLASS(class), "client") != NULL)
        object = g_object_new(type, "client", client, NULL);
    else
        object = g_object_new(type, NULL);
    g_object_ref_sink(object);
    if (GTK_IS_WINDOW(object))
        gtk_window_destroy(GTK_WINDOW(object));
    g_object_unref(object);
}

static void
check_file(gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = g_resources_lookup_data(data, 0, &error);
    g_autofree char *class = NULL;

    g_assert_no_error(error);
    fake_reset();
    class = dup_class(g_bytes_get_data(bytes, NULL));
    if (class != NULL) {
        check_template(get_type(class));
    } else {
        g_autoptr(GtkBuilder) builder = gtk_builder_new();

        gtk_builder_add_from_resource(builder, data, &error);
        g_assert_no_error(error);
    }
}

int
main(int argc, char **argv)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);

    ui_test_init(&argc, &argv);
    list_files(ROOT, paths);
    g_assert_cmpuint(paths->len, >, 30);
    for (guint i = 0; i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);
        g_autofree char *name = g_strconcat("/templates", path + strlen(ROOT), NULL);

        g_test_add_data_func(name, path, check_file);
    }
    return g_test_run();
}
