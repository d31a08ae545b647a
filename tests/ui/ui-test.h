/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-client.h"
#include "kab-data-page.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef gboolean (*UiCheck)(gpointer data);

/* To be called first in main(). */
void ui_test_init(int *argc, char ***argv);

/* Spins the main loop until @check (@data) is true; fails the test after 10 s. */
#define ui_wait_for(check, data) ui_wait_for_full(G_STRLOC, #check, (check), (data))
void ui_wait_for_full(const char *where, const char *what, UiCheck check, gpointer data);

/* Spins the main loop until nothing is left to do, for what must not happen. */
void ui_settle(void);

/* Until a whole frame that began after this call is drawn. */
void ui_wait_frame(GtkWidget *widget);

/* A window of the given size with @page in it, mapped. */
GtkWindow *ui_show(KabDataPage *page, int width, int height);

/* Destroys the window and proves that it and @page were freed. */
void ui_close(GtkWindow *window, KabDataPage *page);

/* Waits until the page is in the state. */
void ui_wait_state(KabDataPage *page, KabPageState state);

/* The first visible widget of @type below @root whose label or accessible label is @name; any name
 * if that is NULL. */
GtkWidget *ui_find(GtkWidget *root, GType type, const char *name);

/* Whether a visible label below @root has exactly this text. */
gboolean ui_has_text(GtkWidget *root, const char *text);

/* Clicks a button by its name; fails the test if there is none or it is insensitive. */
void ui_click(GtkWidget *root, const char *name);

/* Whether there is such a button and it can be clicked. */
gboolean ui_can_click(GtkWidget *root, const char *name);

/* Activates an action that @widget has or one of its parents, as a menu does; nothing happens if it
 * is off. */
void ui_act(GtkWidget *widget, const char *action);

/* Waits until this kind of call was made @n times more than now; until one of them is held. */
void ui_wait_calls(FakeCall call, guint n);
void ui_wait_held(FakeCall call);

/* The template child @id of @widget, which is of @type. */
GtkWidget *ui_child(gpointer widget, GType type, const char *id);

/* Waits until @text is a visible label below @root. */
void ui_wait_text(GtkWidget *root, const char *text);

/* Presses a key as a person does, such as "Tab" or "ctrl+s". */
void ui_key(GtkWidget *window, const char *key);

/* Saves a picture of the widget as @name.png in the folder $KAB_TEST_SHOTS, if that is set. */
void ui_shot(GtkWidget *widget, const char *name);

/* What the page said last in a toast; "" if nothing. ui_show() watches its page by itself. */
const char *ui_get_toast(void);
void ui_watch_toasts(KabDataPage *page);

/* Presses the button of the last toast, such as "Undo". */
void ui_click_toast(void);

/* The last toast goes, as it does by itself after a while. */
void ui_dismiss_toast(void);

typedef KabDataPage *(*UiMakePage)(void);

/* The states that every page has: loading while @call is not answered; an error with "Retry" that
 * leads to the content; closed while @call is pending, without a trace. @make fills the world. */
void ui_check_states(UiMakePage make, FakeCall call);

/* From now on "win.@name" of the window is there, and notes that it was asked for. */
void ui_watch_action(GtkWindow *window, const char *name);

/* Whether the action that ui_watch_action() watches was asked for. */
gboolean ui_was_asked(void);

G_END_DECLS
