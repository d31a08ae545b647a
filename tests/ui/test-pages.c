/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-code-page.h"
#include "kab-sign-in-page.h"
#include "ui-pages.h"

#include <libintl.h>
#include <locale.h>

/* What has to hold for every page of the window, in the language of $LANGUAGE. */

#define NARROW 400

static int
get_minimum(GtkWidget *widget)
{
    int minimum;

    gtk_widget_measure(widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    return minimum;
}

/* Where the width comes from: the way down to the widget that has no child as wide. */
static char *
blame(GtkWidget *widget)
{
    GString *text = g_string_new(NULL);

    while (widget != NULL) {
        GtkWidget *widest = NULL;

        for (GtkWidget *child = gtk_widget_get_first_child(widget); child != NULL;
             child = gtk_widget_get_next_sibling(child))
            if (gtk_widget_get_visible(child) &&
                (widest == NULL || get_minimum(child) > get_minimum(widest)))
                widest = child;
        g_string_append_printf(text, "\n  %d %s %s", get_minimum(widget),
                               G_OBJECT_TYPE_NAME(widget),
                               GTK_IS_LABEL(widget) ? gtk_label_get_text(GTK_LABEL(widget)) : "");
        widget = widest;
    }
    return g_string_free(text, FALSE);
}

static gboolean
check_fits(GtkWidget *widget, const char *name)
{
    g_autofree char *why = NULL;

    if (get_minimum(widget) <= NARROW)
        return TRUE;
    why = blame(widget);
    g_test_message("%s needs more than %d pixels:%s", name, NARROW, why);
    return FALSE;
}

/* Without the window's shadow. */
static gboolean
check_window(KabWindow *window, const char *name)
{
    return check_fits(adw_application_window_get_content(ADW_APPLICATION_WINDOW(window)), name);
}

/* A page is never wider than the narrowest window: else a part of it cannot be reached. */
static void
test_fit(gconstpointer data)
{
    KabWindow *window = ui_pages_start(NARROW, 720);
    gboolean fits = TRUE;
    GtkWidget *page;

    ui_scale_text(GPOINTER_TO_INT(data));
    for (guint i = 0; i < ui_n_pages; i++) {
        ui_pages_open(window, i);
        fits = check_window(window, ui_pages[i].name) && fits;
        ui_shot(GTK_WIDGET(window), ui_pages[i].name);
    }
    gtk_widget_activate_action(GTK_WIDGET(window), "win.sign-out", NULL);
    ui_settle();
    fits = check_window(window, "sign-in") && fits;
    page = ui_find(GTK_WIDGET(window), KAB_TYPE_SIGN_IN_PAGE, NULL);
    gtk_editable_set_text(GTK_EDITABLE(ui_child(page, KAB_TYPE_SIGN_IN_PAGE, "login_row")), "olga");
    gtk_widget_activate_action(page, "sign-in.next", NULL);
    ui_settle();
    fits = check_window(window, "password") && fits;
    ui_shot(GTK_WIDGET(window), "password");
    gtk_widget_activate_action(page, "sign-in.code", NULL);
    ui_settle();
    fits = check_window(window, "code") && fits;
    ui_scale_text(1);
    ui_pages_end(window);
    g_assert_true(fits);
}

/* Widgets. */

typedef gboolean (*Visit)(GtkWidget *widget, gpointer data);

/* Every widget that can be seen, parents first; FALSE: not what is in it. */
static void
visit_all(GtkWidget *widget, Visit visit, gpointer data)
{
    if (!gtk_widget_get_mapped(widget) || !visit(widget, data))
        return;
    for (GtkWidget *child = gtk_widget_get_first_child(widget); child != NULL;
         child = gtk_widget_get_next_sibling(child))
        visit_all(child, visit, data);
}

static char *
describe(GtkWidget *widget)
{
    GString *text = g_string_new(NULL);

    for (int i = 0; i < 5 && widget != NULL; i++) {
        g_string_append_printf(text, "%s%s", i > 0 ? " < " : "", G_OBJECT_TYPE_NAME(widget));
        if (GTK_IS_BUTTON(widget) && gtk_button_get_label(GTK_BUTTON(widget)) != NULL)
            g_string_append_printf(text, " “%s”", gtk_button_get_label(GTK_BUTTON(widget)));
        widget = gtk_widget_get_parent(widget);
    }
    return g_string_free(text, FALSE);
}

/* Names. */

static gboolean
has_words(GtkWidget *widget)
{
    if (GTK_IS_LABEL(widget))
        return *gtk_label_get_text(GTK_LABEL(widget)) != '\0';
    for (GtkWidget *child = gtk_widget_get_first_child(widget); child != NULL;
         child = gtk_widget_get_next_sibling(child))
        if (has_words(child))
            return TRUE;
    return FALSE;
}

static gboolean
is_named(GtkWidget *widget)
{
    GtkAccessible *accessible = GTK_ACCESSIBLE(widget);

    if (gtk_test_accessible_has_property(accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
        gtk_test_accessible_has_relation(accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY))
        return TRUE;
    if (ADW_IS_PREFERENCES_ROW(widget))
        return *adw_preferences_row_get_title(ADW_PREFERENCES_ROW(widget)) != '\0';
    /* A list has to be called something; what stands in its rows is not its name. */
    return !GTK_IS_LIST_BOX(widget) && !GTK_IS_LIST_BASE(widget) && has_words(widget);
}

/* Parts of a widget of the library, which has the name itself. */
static gboolean
is_part(GtkWidget *widget)
{
    GtkWidget *parent = gtk_widget_get_parent(widget);

    return gtk_widget_get_ancestor(parent, GTK_TYPE_SPIN_BUTTON) != NULL ||
           gtk_widget_get_ancestor(parent, GTK_TYPE_SEARCH_ENTRY) != NULL ||
           gtk_widget_get_ancestor(parent, GTK_TYPE_DROP_DOWN) != NULL ||
           (GTK_IS_LIST_BOX(widget) &&
            gtk_widget_get_ancestor(parent, ADW_TYPE_EXPANDER_ROW) != NULL) ||
           GTK_IS_MENU_BUTTON(parent) || GTK_IS_COLUMN_VIEW(parent) ||
           (GTK_IS_TEXT(widget) && !GTK_IS_BOX(parent)) ||
           (GTK_IS_TEXT(widget) && gtk_widget_get_ancestor(parent, ADW_TYPE_ENTRY_ROW) != NULL);
}

static gboolean
find_nameless(GtkWidget *widget, gpointer data)
{
    g_autofree char *where = NULL;

    if (!gtk_widget_get_focusable(widget) || !gtk_widget_get_can_focus(widget) || is_part(widget) ||
        is_named(widget))
        return TRUE;
    /* A place of a flow box is nothing by itself. */
    if (GTK_IS_FLOW_BOX_CHILD(widget) || GTK_IS_FLOW_BOX(widget))
        return TRUE;
    /* Nor is what scrolls, or an entry row's own “apply” and “edit”. */
    if (GTK_IS_SCROLLED_WINDOW(widget) || GTK_IS_VIEWPORT(widget) || GTK_IS_WINDOW(widget))
        return TRUE;
    where = describe(widget);
    g_test_message("nameless: %s", where);
    *(guint *)data += 1;
    return TRUE;
}

static void
test_names(void)
{
    KabWindow *window = ui_pages_start(1100, 760);
    guint nameless = 0;

    for (guint i = 0; i < ui_n_pages; i++) {
        guint before = nameless;

        ui_pages_open(window, i);
        visit_all(GTK_WIDGET(window), find_nameless, &nameless);
        if (nameless > before)
            g_test_message("… on the page %s", ui_pages[i].name);
    }
    ui_pages_end(window);
    g_assert_cmpuint(nameless, ==, 0);
}

/* The keyboard's way through a page. */

static gboolean
is_in_list(GtkWidget *widget)
{
    return gtk_widget_get_ancestor(widget, GTK_TYPE_LIST_BASE) != NULL;
}

static gboolean
was_visited(GtkWidget *widget, GPtrArray *visited)
{
    for (guint i = 0; i < visited->len; i++) {
        GtkWidget *focus = g_ptr_array_index(visited, i);

        if (focus == widget || gtk_widget_is_ancestor(focus, widget))
            return TRUE;
    }
    return FALSE;
}

typedef struct {
    GPtrArray *visited; /* GtkWidget */
    guint missed;
} Walk;

static gboolean
find_missed(GtkWidget *widget, gpointer data)
{
    Walk *walk = data;
    g_autofree char *where = NULL;

    if (gtk_widget_get_ancestor(widget, ADW_TYPE_COMBO_ROW) != NULL &&
        !ADW_IS_COMBO_ROW(widget)) /* it shows its choice by a list */
        return FALSE;
    if (!gtk_widget_is_sensitive(widget) || !gtk_widget_get_can_focus(widget))
        return FALSE;
    /* The arrows lead on inside of a list. */
    if (was_visited(widget, walk->visited))
        return !GTK_IS_LIST_BASE(widget);
    if (!gtk_widget_get_focusable(widget))
        return TRUE;
    where = describe(widget);
    g_test_message("not reached by Tab: %s", where);
    walk->missed++;
    return TRUE;
}

/* The keyboard goes as the eye does: what comes next is not above what came before, apart from what
 * stands beside it. */
static guint
count_jumps(GPtrArray *visited)
{
    guint jumps = 0;

    for (guint i = 1; i < visited->len; i++) {
        GtkWidget *before = g_ptr_array_index(visited, i - 1);
        GtkWidget *after = g_ptr_array_index(visited, i);
        GtkWidget *scrolled = gtk_widget_get_ancestor(after, GTK_TYPE_SCROLLED_WINDOW);
        graphene_rect_t a, b;

        if (scrolled == NULL ||
            scrolled != gtk_widget_get_ancestor(before, GTK_TYPE_SCROLLED_WINDOW) ||
            is_in_list(after) || gtk_widget_get_ancestor(after, GTK_TYPE_FLOW_BOX) != NULL)
            continue;
        if (gtk_widget_compute_bounds(before, scrolled, &a) &&
            gtk_widget_compute_bounds(after, scrolled, &b) &&
            b.origin.y + b.size.height <= a.origin.y) {
            g_autofree char *from = describe(before);
            g_autofree char *to = describe(after);

            g_test_message("Tab goes up from %s to %s", from, to);
            jumps++;
        }
    }
    return jumps;
}

static guint
walk_with_tab(KabDataPage *page)
{
    GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(page));
    Walk walk = {g_ptr_array_new(), 0};
    guint wrong;

    ui_wait_frame(GTK_WIDGET(page)); /* everything stands where it will be seen */
    gtk_root_set_focus(root, NULL);
    while (gtk_widget_child_focus(GTK_WIDGET(page), GTK_DIR_TAB_FORWARD)) {
        GtkWidget *focus = gtk_root_get_focus(root);

        g_assert_cmpuint(walk.visited->len, <, 300); /* it does not go round and round */
        g_ptr_array_add(walk.visited, focus);
    }
    ui_wait_frame(GTK_WIDGET(page));
    visit_all(GTK_WIDGET(page), find_missed, &walk);
    wrong = walk.missed + count_jumps(walk.visited);
    g_ptr_array_unref(walk.visited);
    return wrong;
}

static void
test_tab(void)
{
    KabWindow *window = ui_pages_start(1100, 760);
    guint wrong = 0;

    for (guint i = 0; i < ui_n_pages; i++) {
        guint here = walk_with_tab(ui_pages_open(window, i));

        if (here > 0)
            g_test_message("… on the page %s", ui_pages[i].name);
        wrong += here;
    }
    ui_pages_end(window);
    g_assert_cmpuint(wrong, ==, 0);
}

static GtkWindow *
find_window(const char *title)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();

    for (GList *l = windows; l != NULL; l = l->next)
        if (g_strcmp0(gtk_window_get_title(l->data), title) == 0)
            return l->data;
    return NULL;
}

/* What comes before the window is not wider than it: it may have the whole screen. */
static void
test_dialogs(gconstpointer data)
{
    static const char *const dialogs[][2] = {{"win.show-help-overlay", "Keyboard shortcuts"},
                                             {"win.report", "Report a problem"}};
    KabWindow *window = ui_pages_start(NARROW, 720);
    gboolean fits = TRUE;

    ui_scale_text(GPOINTER_TO_INT(data));
    for (gsize i = 0; i < G_N_ELEMENTS(dialogs); i++) {
        GtkWindow *dialog;
        int width, height;

        gtk_widget_activate_action(GTK_WIDGET(window), dialogs[i][0], NULL);
        dialog = find_window(g_dgettext(GETTEXT_PACKAGE, dialogs[i][1]));
        g_assert_nonnull(dialog);
        ui_settle();
        gtk_window_get_default_size(dialog, &width, &height);
        g_assert_cmpint(width, <=, gtk_widget_get_width(GTK_WIDGET(window)));
        fits = check_fits(gtk_widget_get_first_child(GTK_WIDGET(dialog)), dialogs[i][1]) && fits;
        ui_shot(GTK_WIDGET(dialog), dialogs[i][0]);
        gtk_window_destroy(dialog);
    }
    ui_scale_text(1);
    ui_pages_end(window);
    g_assert_true(fits);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    if (g_getenv("KABINET_LOCALE_DIR") != NULL) {
        setlocale(LC_ALL, ""); /* which the line before has fixed for tests */
        bindtextdomain(GETTEXT_PACKAGE, g_getenv("KABINET_LOCALE_DIR"));
        bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
    }
    g_test_add_data_func("/pages/fit/usual-text", GINT_TO_POINTER(1), test_fit);
    g_test_add_data_func("/pages/fit/large-text", GINT_TO_POINTER(2), test_fit);
    g_test_add_data_func("/pages/dialogs/usual-text", GINT_TO_POINTER(1), test_dialogs);
    g_test_add_data_func("/pages/dialogs/large-text", GINT_TO_POINTER(2), test_dialogs);
    g_test_add_func("/pages/names", test_names);
    g_test_add_func("/pages/tab", test_tab);
    return g_test_run();
}
