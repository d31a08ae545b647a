/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-application.h"
#include "kab-pages.h"
#include "kab-shortcuts-window.h"
#include "ui-pages.h"

#include <string.h>

/* Every action has a key, and every key stands in the shortcuts window. */

/* What has a way of its own for the keyboard. */
static const struct {
    const char *action;
    const char *why;
} others[] = {
    {"win.open-uri", "the button of a message"},
    {"win.mend-portal", "F4 on the pages that tell of a failure"},
    {"win.mend-base", "F4 on the pages that tell of a failure"},
    {"win.save-invoice-to", "for scripts"},
    {"win.demo-partner", "a button above all pages of the demo"},
    {"win.demo-administrator", "a button above all pages of the demo"},
    {"queue.retry-shown", "a button beside the choice of entries"},
    {"queue.discard-shown", "a button beside the choice of entries"},
    {"queue.show-all", "a button below the choice of entries"},
    {"segments.form", "a button in each row, with its value"},
    {"access.set-password", "Enter in the password"},
    {"access.revoke-key", "a button beside each key"},
    {"access.end-session", "a button beside each session"},
    {"news.remove", "a button beside each piece of news"},
    {"connection.check", "F5 asks both ends"},
    {"task.decide", "a button for each decision, which the base names"},
};

/* Keys that are no action of ours. */
static const char *const built_in[] = {"F10", "<Control>w", "Return", "Escape"};

static char *
normalize(const char *key)
{
    guint code;
    GdkModifierType modifiers;

    if (!gtk_accelerator_parse(key, &code, &modifiers))
        g_error("“%s” is no key", key);
    return gtk_accelerator_name(code, modifiers);
}

static void
add_listed(GHashTable *listed, const char *text)
{
    g_autofree char *key = g_strdup(text);
    char *range = strstr(key, "...");

    if (range == NULL) {
        g_hash_table_add(listed, normalize(key));
        return;
    }
    /* "<Control>1...9" */
    for (char last = range[3]; range[-1] <= last; range[-1]++) {
        *range = '\0';
        g_hash_table_add(listed, normalize(key));
    }
}

static void
find_listed(GtkWidget *widget, GHashTable *listed)
{
    if (GTK_IS_SHORTCUT_LABEL(widget)) {
        add_listed(listed, gtk_shortcut_label_get_accelerator(GTK_SHORTCUT_LABEL(widget)));
        return;
    }
    for (GtkWidget *child = gtk_widget_get_first_child(widget); child != NULL;
         child = gtk_widget_get_next_sibling(child))
        find_listed(child, listed);
}

/* Returns: (element-type utf8): the keys that the shortcuts window tells of. */
static GHashTable *
list_told(void)
{
    GHashTable *listed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GtkWidget *window = GTK_WIDGET(kab_shortcuts_window_new(NULL, NULL));

    find_listed(window, listed);
    gtk_window_destroy(GTK_WINDOW(window));
    return listed;
}

/* By the name of an action: its keys. */
static void
note(GHashTable *actions, const char *action, const char *key)
{
    GPtrArray *keys = g_hash_table_lookup(actions, action);

    if (keys == NULL) {
        keys = g_ptr_array_new_with_free_func(g_free);
        g_hash_table_insert(actions, g_strdup(action), keys);
    }
    if (key != NULL)
        g_ptr_array_add(keys, normalize(key));
}

static void
note_shortcuts(GHashTable *actions, GListModel *shortcuts, const char *owner)
{
    for (guint i = 0; i < g_list_model_get_n_items(shortcuts); i++) {
        g_autoptr(GtkShortcut) shortcut = g_list_model_get_item(shortcuts, i);
        GtkShortcutAction *action = gtk_shortcut_get_action(shortcut);
        g_autofree char *key = gtk_shortcut_trigger_to_string(gtk_shortcut_get_trigger(shortcut));

        /* A key may lead to a function of the widget as well. */
        note(actions,
             GTK_IS_NAMED_ACTION(action)
                 ? gtk_named_action_get_action_name(GTK_NAMED_ACTION(action))
                 : owner,
             key);
    }
}

static void
note_widget(GHashTable *actions, GtkWidget *widget)
{
    g_autoptr(GListModel) controllers = gtk_widget_observe_controllers(widget);
    const char *type = G_OBJECT_TYPE_NAME(widget);
    const char *name, *property;
    const GVariantType *parameter;
    GType owner;

    for (guint i = 0; gtk_widget_class_query_action(GTK_WIDGET_GET_CLASS(widget), i, &owner, &name,
                                                    &parameter, &property);
         i++)
        if (g_str_has_prefix(g_type_name(owner), "Kab"))
            note(actions, name, NULL);
    for (guint i = 0; i < g_list_model_get_n_items(controllers); i++) {
        g_autoptr(GtkEventController) controller = g_list_model_get_item(controllers, i);

        if (GTK_IS_SHORTCUT_CONTROLLER(controller))
            note_shortcuts(actions, G_LIST_MODEL(controller), type);
    }
}

static void
note_all(GHashTable *actions, GtkWidget *widget)
{
    if (g_str_has_prefix(G_OBJECT_TYPE_NAME(widget), "Kab") && !GTK_IS_WINDOW(widget))
        note_widget(actions, widget);
    for (GtkWidget *child = gtk_widget_get_first_child(widget); child != NULL;
         child = gtk_widget_get_next_sibling(child))
        note_all(actions, child);
}

static void
note_application(GHashTable *actions)
{
    const KabAppConfig config = {"fake:portal", "fake:base", FALSE, NULL, 0, NULL};
    g_autoptr(GApplication) application = kab_application_new(&config);
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) names = NULL;

    g_application_register(application, NULL, &error);
    g_assert_no_error(error);
    names = gtk_application_list_action_descriptions(GTK_APPLICATION(application));
    for (gsize i = 0; names[i] != NULL; i++) {
        g_auto(GStrv) keys =
            gtk_application_get_accels_for_action(GTK_APPLICATION(application), names[i]);

        for (gsize j = 0; keys[j] != NULL; j++) {
            char *end = strpbrk(names[i], "(:");

            note(actions, names[i], keys[j]);
            if (end != NULL) { /* and the action as such, without its parameter */
                g_autofree char *plain = g_strndup(names[i], (gsize)(end - names[i]));

                note(actions, plain, keys[j]);
            }
        }
    }
}

static void
note_window(GHashTable *actions, KabWindow *window)
{
    const char *name, *property;
    const GVariantType *parameter;
    GType owner;

    for (guint i = 0; gtk_widget_class_query_action(GTK_WIDGET_GET_CLASS(window), i, &owner, &name,
                                                    &parameter, &property);
         i++)
        if (owner == KAB_TYPE_WINDOW)
            note(actions, name, NULL);
}

/* The first nine pages have numbers, all stand in the sidebar; cards open from rows. */
static gboolean
is_page(const char *action)
{
    for (guint i = 0; i < kab_n_page_kinds; i++)
        if (g_str_has_prefix(action, "win.show-") &&
            g_str_equal(action + strlen("win.show-"), kab_page_kinds[i].name))
            return TRUE;
    return g_str_has_prefix(action, "win.open-") &&
           kab_card_kind_find(action + strlen("win.open-")) != NULL;
}

static gboolean
has_other_way(const char *action)
{
    if (is_page(action))
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        if (g_str_equal(others[i].action, action))
            return TRUE;
    return FALSE;
}

static gboolean
is_told(GHashTable *listed, const GPtrArray *keys)
{
    for (guint i = 0; i < keys->len; i++)
        if (g_hash_table_contains(listed, g_ptr_array_index(keys, i)))
            return TRUE;
    return FALSE;
}

static guint
check_actions(GHashTable *actions, GHashTable *listed)
{
    GHashTableIter iter;
    gpointer action, keys;
    guint wrong = 0;

    g_hash_table_iter_init(&iter, actions);
    while (g_hash_table_iter_next(&iter, &action, &keys)) {
        if (((GPtrArray *)keys)->len == 0) {
            if (has_other_way(action))
                continue;
            g_test_message("%s has no key", (char *)action);
        } else {
            if (is_told(listed, keys))
                continue;
            g_test_message("the shortcuts window does not tell of %s", (char *)action);
        }
        wrong++;
    }
    return wrong;
}

static gboolean
is_bound(GHashTable *actions, const char *key)
{
    GHashTableIter iter;
    gpointer keys;

    g_hash_table_iter_init(&iter, actions);
    while (g_hash_table_iter_next(&iter, NULL, &keys))
        if (g_ptr_array_find_with_equal_func(keys, key, g_str_equal, NULL))
            return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(built_in); i++)
        if (g_str_equal(built_in[i], key))
            return TRUE;
    return FALSE;
}

static guint
check_listed(GHashTable *actions, GHashTable *listed)
{
    GHashTableIter iter;
    gpointer key;
    guint wrong = 0;

    g_hash_table_iter_init(&iter, listed);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        if (!is_bound(actions, key)) {
            g_test_message("%s stands in the shortcuts window and does nothing", (char *)key);
            wrong++;
        }
    return wrong;
}

static void
test_told(void)
{
    g_autoptr(GHashTable) listed = list_told();
    g_autoptr(GHashTable) actions =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    KabWindow *window = ui_pages_start(1100, 760);
    guint wrong;

    for (guint i = 0; i < ui_n_pages; i++) {
        ui_pages_open(window, i);
        note_all(actions, GTK_WIDGET(window));
    }
    note_window(actions, window);
    ui_pages_end(window);
    note_application(actions);
    wrong = check_actions(actions, listed) + check_listed(actions, listed);
    g_assert_cmpuint(wrong, ==, 0);
}

/* What the keys do. */

static guint
find_page(const char *name)
{
    for (guint i = 0; i < ui_n_pages; i++)
        if (g_str_equal(ui_pages[i].name, name))
            return i;
    g_assert_not_reached();
}

static void
press(const char *page, const char *key, FakeCall call)
{
    KabWindow *window = ui_pages_start(1100, 760);
    guint before;

    ui_pages_open(window, find_page(page));
    /* The key is the page's, wherever the focus is. */
    gtk_root_set_focus(GTK_ROOT(window), NULL);
    before = fake_count_calls(call);
    ui_key(GTK_WIDGET(window), key);
    if (fake_count_calls(call) != before + 1)
        g_error("%s on the page %s does nothing", key, page);
    ui_pages_end(window);
}

static void
test_pressed(void)
{
    static const struct {
        const char *page;
        const char *key;
        FakeCall call;
    } keys[] = {
        {"basket", "ctrl+Return", FAKE_SUBMIT},
        {"basket", "ctrl+s", FAKE_SUBMIT},
        {"basket", "ctrl+shift+Delete", FAKE_REPLACE_BASKET},
        {"order-draft", "ctrl+Return", FAKE_PLACE},
        {"order-draft", "ctrl+shift+Delete", FAKE_DELETE},
        {"order-awaiting", "ctrl+Return", FAKE_DECIDE},
        {"order-in-progress", "ctrl+d", FAKE_REPEAT},
        {"order-in-progress", "ctrl+i", FAKE_DOCUMENT_FILE},
        {"settlements", "ctrl+Return", FAKE_ASK_DOCUMENT},
        {"portal-queue", "ctrl+Return", FAKE_RUN},
        {"portal-queue", "ctrl+shift+p", FAKE_PAUSE},
        {"portal-queue", "ctrl+shift+r", FAKE_RETRY},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        press(keys[i].page, keys[i].key, keys[i].call);
}

/* A page that cannot be seen hears no keys. */
static void
test_hidden(void)
{
    KabWindow *window = ui_pages_start(1100, 760);
    guint before;

    ui_pages_open(window, find_page("basket"));
    ui_pages_open(window, find_page("home"));
    before = fake_count_calls(FAKE_SUBMIT);
    ui_key(GTK_WIDGET(window), "ctrl+Return");
    g_assert_cmpuint(fake_count_calls(FAKE_SUBMIT), ==, before);
    ui_pages_end(window);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/keys/told", test_told);
    g_test_add_func("/keys/pressed", test_pressed);
    g_test_add_func("/keys/hidden", test_hidden);
    return g_test_run();
}
