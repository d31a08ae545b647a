/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-application.h"
#include "ui-test.h"

static char *last_toast;
static AdwToast *toast_shown; /* (owned) (nullable) */

/* Of the leak sanitizer, where there is one. */
extern void __lsan_disable(void) __attribute__((weak));
extern void __lsan_enable(void) __attribute__((weak));

/* What libraries set up once is theirs to the end: GIO's modules for one (GLib 2.74). */
static void
init_libraries(int *argc, char ***argv)
{
    if (__lsan_disable != NULL)
        __lsan_disable();
    gtk_test_init(argc, argv, NULL);
    adw_init();
    if (__lsan_enable != NULL)
        __lsan_enable();
}

void
ui_test_init(int *argc, char ***argv)
{
    g_autoptr(GtkCssProvider) css = gtk_css_provider_new();

    init_libraries(argc, argv);
    kab_app_register_resources();
    /* What the application does by itself. */
    gtk_css_provider_load_from_resource(css, "/org/kabinet/Kabinet/style.css");
    gtk_style_context_add_provider_for_display(gdk_display_get_default(), GTK_STYLE_PROVIDER(css),
                                               GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    gtk_icon_theme_add_resource_path(gtk_icon_theme_get_for_display(gdk_display_get_default()),
                                     "/org/kabinet/Kabinet/icons");
    if (g_getenv("KAB_TEST_DARK") != NULL)
        adw_style_manager_set_color_scheme(adw_style_manager_get_default(),
                                           ADW_COLOR_SCHEME_FORCE_DARK);
}

static gboolean
on_deadline(gpointer data)
{
    *(gboolean *)data = TRUE;
    return G_SOURCE_REMOVE;
}

void
ui_wait_for_full(const char *where, const char *what, UiCheck check, gpointer data)
{
    gboolean late = FALSE;
    guint id = g_timeout_add_seconds(10, on_deadline, &late);

    while (!check(data) && !late)
        g_main_context_iteration(NULL, TRUE);
    if (late)
        g_error("%s: not within 10 s: %s", where, what);
    g_source_remove(id);
}

void
ui_settle(void)
{
    for (int i = 0; i < 3; i++) {
        gboolean late = FALSE;

        g_timeout_add(20, on_deadline, &late);
        while (!late)
            g_main_context_iteration(NULL, TRUE);
    }
}

static void
on_after_paint(GdkFrameClock *clock G_GNUC_UNUSED, guint *frames)
{
    (*frames)++;
}

static gboolean
is_positive(gpointer data)
{
    return *(guint *)data > 0;
}

void
ui_wait_frame(GtkWidget *widget)
{
    GdkFrameClock *clock = gtk_widget_get_frame_clock(widget);
    guint frames = 0;
    gulong id = g_signal_connect(clock, "after-paint", G_CALLBACK(on_after_paint), &frames);

    gtk_widget_queue_draw(widget);
    ui_wait_for(is_positive, &frames);
    g_signal_handler_disconnect(clock, id);
}

static gboolean
is_mapped(gpointer data)
{
    return gtk_widget_get_mapped(data);
}

static gboolean
is_null(gpointer data)
{
    return *(gpointer *)data == NULL;
}

GtkWindow *
ui_show(KabDataPage *page, int width, int height)
{
    GtkWindow *window = GTK_WINDOW(gtk_window_new());

    ui_watch_toasts(page);
    gtk_window_set_default_size(window, width, height);
    gtk_window_set_child(window, GTK_WIDGET(page));
    gtk_window_present(window);
    ui_wait_for(is_mapped, page);
    return window;
}

void
ui_close(GtkWindow *window, KabDataPage *page)
{
    gpointer weak_window = window;
    gpointer weak_page = page;

    g_object_add_weak_pointer(G_OBJECT(window), &weak_window);
    g_object_add_weak_pointer(G_OBJECT(page), &weak_page);
    gtk_window_destroy(window);
    ui_wait_for(is_null, &weak_window);
    ui_wait_for(is_null, &weak_page);
    ui_settle();
}

typedef struct {
    KabDataPage *page;
    KabPageState state;
} StateWait;

static gboolean
is_in_state(gpointer data)
{
    const StateWait *wait = data;

    return kab_page_view_get_state(kab_data_page_get_view(wait->page)) == wait->state;
}

void
ui_wait_state(KabDataPage *page, KabPageState state)
{
    StateWait wait = {page, state};

    ui_wait_for(is_in_state, &wait);
}

static gboolean
has_name(GtkWidget *widget, const char *name)
{
    char *difference;
    gboolean same;

    if (GTK_IS_BUTTON(widget) && g_strcmp0(gtk_button_get_label(GTK_BUTTON(widget)), name) == 0)
        return TRUE;
    if (GTK_IS_LABEL(widget))
        return g_str_equal(gtk_label_get_text(GTK_LABEL(widget)), name);
    if (GTK_IS_INSCRIPTION(widget))
        return g_strcmp0(gtk_inscription_get_text(GTK_INSCRIPTION(widget)), name) == 0;
    if (ADW_IS_PREFERENCES_ROW(widget))
        return g_strcmp0(adw_preferences_row_get_title(ADW_PREFERENCES_ROW(widget)), name) == 0;
    if (!gtk_test_accessible_has_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
        return FALSE;
    difference = gtk_test_accessible_check_property(GTK_ACCESSIBLE(widget),
                                                    GTK_ACCESSIBLE_PROPERTY_LABEL, name);
    same = difference == NULL;
    g_free(difference);
    return same;
}

GtkWidget *
ui_find(GtkWidget *root, GType type, const char *name)
{
    if (!gtk_widget_get_mapped(root))
        return NULL;
    if (g_type_is_a(G_OBJECT_TYPE(root), type) && (name == NULL || has_name(root, name)))
        return root;
    for (GtkWidget *child = gtk_widget_get_first_child(root); child != NULL;
         child = gtk_widget_get_next_sibling(child)) {
        GtkWidget *found = ui_find(child, type, name);

        if (found != NULL)
            return found;
    }
    return NULL;
}

gboolean
ui_has_text(GtkWidget *root, const char *text)
{
    return ui_find(root, GTK_TYPE_LABEL, text) != NULL ||
           ui_find(root, GTK_TYPE_INSCRIPTION, text) != NULL;
}

void
ui_click(GtkWidget *root, const char *name)
{
    GtkWidget *button = ui_find(root, GTK_TYPE_BUTTON, name);

    if (button == NULL)
        g_error("There is no button “%s”", name);
    if (!gtk_widget_is_sensitive(button))
        g_error("The button “%s” is insensitive", name);
    g_signal_emit_by_name(button, "clicked");
}

gboolean
ui_can_click(GtkWidget *root, const char *name)
{
    GtkWidget *button = ui_find(root, GTK_TYPE_BUTTON, name);

    return button != NULL && gtk_widget_is_sensitive(button);
}

static gboolean asked;

static void
on_asked(void)
{
    asked = TRUE;
}

void
ui_watch_action(GtkWindow *window, const char *name)
{
    g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new();
    g_autoptr(GSimpleAction) action = g_simple_action_new(name, NULL);

    asked = FALSE;
    g_signal_connect(action, "activate", G_CALLBACK(on_asked), NULL);
    g_action_map_add_action(G_ACTION_MAP(group), G_ACTION(action));
    gtk_widget_insert_action_group(GTK_WIDGET(window), "win", G_ACTION_GROUP(group));
}

gboolean
ui_was_asked(void)
{
    return asked;
}

void
ui_act(GtkWidget *widget, const char *action)
{
    g_assert_true(gtk_widget_activate_action(widget, action, NULL));
}

typedef struct {
    FakeCall call;
    guint n;
} CallWait;

static gboolean
was_called(gpointer data)
{
    const CallWait *wait = data;

    return fake_count_calls(wait->call) >= wait->n;
}

void
ui_wait_calls(FakeCall call, guint n)
{
    CallWait wait = {call, fake_count_calls(call) + n};

    ui_wait_for(was_called, &wait);
}

static gboolean
is_held(gpointer data)
{
    return fake_count_held(*(FakeCall *)data) > 0;
}

void
ui_wait_held(FakeCall call)
{
    ui_wait_for(is_held, &call);
}

GtkWidget *
ui_child(gpointer widget, GType type, const char *id)
{
    return GTK_WIDGET(gtk_widget_get_template_child(widget, type, id));
}

typedef struct {
    GtkWidget *root;
    const char *text;
} TextWait;

static gboolean
is_text_there(gpointer data)
{
    const TextWait *wait = data;

    return ui_has_text(wait->root, wait->text);
}

void
ui_wait_text(GtkWidget *root, const char *text)
{
    TextWait wait = {root, text};

    ui_wait_for_full(G_STRLOC, text, is_text_there, &wait);
}

static void
on_key_sent(GPid pid, int status, gpointer data)
{
    g_assert_cmpint(status, ==, 0);
    g_spawn_close_pid(pid);
    *(guint *)data = 1;
}

static gboolean
is_active(gpointer data)
{
    return gtk_window_is_active(data);
}

void
ui_key(GtkWidget *window, const char *key)
{
    const char *argv[] = {"xdotool", "key", key, NULL};
    g_autoptr(GError) error = NULL;
    guint done = 0;
    GPid pid;

    if (!gtk_window_is_active(GTK_WINDOW(window))) {
        gtk_window_present(GTK_WINDOW(window));
        ui_wait_for(is_active, window);
    }
    g_spawn_async(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                  NULL, &pid, &error);
    g_assert_no_error(error);
    g_child_watch_add(pid, on_key_sent, &done);
    ui_wait_for(is_positive, &done);
    ui_settle();
}

void
ui_shot(GtkWidget *widget, const char *name)
{
    const char *folder = g_getenv("KAB_TEST_SHOTS");
    g_autoptr(GdkPaintable) paintable = NULL;
    g_autoptr(GtkSnapshot) snapshot = NULL;
    g_autoptr(GskRenderNode) node = NULL;
    g_autoptr(GdkTexture) texture = NULL;
    g_autofree char *path = NULL;

    if (folder == NULL)
        return;
    ui_settle();
    ui_wait_frame(widget);
    paintable = gtk_widget_paintable_new(widget);
    snapshot = gtk_snapshot_new();
    gdk_paintable_snapshot(paintable, snapshot, gdk_paintable_get_intrinsic_width(paintable),
                           gdk_paintable_get_intrinsic_height(paintable));
    node = gtk_snapshot_to_node(snapshot);
    g_assert_nonnull(node);
    texture = gsk_renderer_render_texture(gtk_native_get_renderer(gtk_widget_get_native(widget)),
                                          node, NULL);
    path = g_strdup_printf("%s/%s.png", folder, name);
    g_assert_true(gdk_texture_save_to_png(texture, path));
}

static void
on_toast(KabDataPage *page G_GNUC_UNUSED, AdwToast *toast, gpointer data G_GNUC_UNUSED)
{
    g_free(last_toast);
    last_toast = g_strdup(adw_toast_get_title(toast));
    g_set_object(&toast_shown, toast);
}

void
ui_click_toast(void)
{
    g_autoptr(AdwToast) toast = g_steal_pointer(&toast_shown);

    g_assert_nonnull(toast);
    g_assert_nonnull(adw_toast_get_button_label(toast));
    g_signal_emit_by_name(toast, "button-clicked");
}

void
ui_dismiss_toast(void)
{
    g_autoptr(AdwToast) toast = g_steal_pointer(&toast_shown);

    g_assert_nonnull(toast);
    g_signal_emit_by_name(toast, "dismissed");
}

const char *
ui_get_toast(void)
{
    return last_toast != NULL ? last_toast : "";
}

void
ui_watch_toasts(KabDataPage *page)
{
    g_clear_pointer(&last_toast, g_free);
    g_clear_object(&toast_shown);
    g_signal_connect(page, "toast", G_CALLBACK(on_toast), NULL);
}

void
ui_check_states(UiMakePage make, FakeCall call)
{
    KabDataPage *page;
    GtkWindow *window;

    page = make();
    fake_hold(call);
    window = ui_show(page, 700, 600);
    ui_settle();
    g_assert_cmpint(kab_page_view_get_state(kab_data_page_get_view(page)), ==, KAB_PAGE_LOADING);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Loading…"));
    fake_release_all(call);
    ui_wait_state(page, KAB_PAGE_CONTENT);
    ui_close(window, page);

    page = make();
    fake_fail(call, KAB_ERROR_FAILED, "Something broke <here>");
    window = ui_show(page, 700, 600);
    ui_wait_state(page, KAB_PAGE_ERROR);
    ui_wait_text(GTK_WIDGET(page), "Something broke <here>");
    fake_fail(call, -1, NULL);
    ui_click(GTK_WIDGET(page), "Retry");
    ui_wait_state(page, KAB_PAGE_CONTENT);
    ui_close(window, page);

    page = make();
    fake_hold(call);
    window = ui_show(page, 700, 600);
    ui_settle();
    g_assert_cmpuint(fake_count_held(call), >=, 1);
    ui_close(window, page);
    g_assert_cmpuint(fake_count_held(call), ==, 0);
}
