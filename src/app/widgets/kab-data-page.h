/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"
#include "kab-page-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_DATA_PAGE (kab_data_page_get_type())

/**
 * KabDataPage:
 *
 * What all pages have in common: a connection, loading when the page is shown, the four states, and
 * one way of telling errors. A page's callbacks finish their call first, return on
 * %G_IO_ERROR_CANCELLED, and only then touch the page: it may be gone.
 *
 * A page that is shown again loads again, so that what was changed on another page is fresh.
 */
G_DECLARE_DERIVABLE_TYPE(KabDataPage, kab_data_page, KAB, DATA_PAGE, AdwBin)

/**
 * KabDataPageClass:
 * @load: begins to load; calls kab_data_page_begin_load() for the cancellable
 * @focus_search: (nullable): puts the keyboard into what the page is searched with; whether it has
 *   such a thing
 * @kinds: (array zero-terminated=1) (nullable): kinds of objects whose changes make it load again,
 *   as #KabClientLive names them
 */
struct _KabDataPageClass {
    AdwBinClass parent_class;

    void (*load)(KabDataPage *self);
    gboolean (*focus_search)(KabDataPage *self);
    const char *const *kinds;
};

/** kab_data_page_get_client: (transfer none): the connection it was made with. */
KabClient *kab_data_page_get_client(KabDataPage *self);

/** kab_data_page_may: whether the role of whoever is signed in allows it. */
gboolean kab_data_page_may(KabDataPage *self, KabRight right);

/** kab_data_page_get_title: what stands in the header bar while the page is shown. */
const char *kab_data_page_get_title(KabDataPage *self);

void kab_data_page_set_title(KabDataPage *self, const char *title);

/** kab_data_page_reload: loads again what the page shows. */
void kab_data_page_reload(KabDataPage *self);

/** kab_data_page_reload_after: tells @error (nullable), and loads again what the page shows. */
void kab_data_page_reload_after(KabDataPage *self, const GError *error);

/** kab_data_page_load_early: loads before the page is shown, which then does not load it again. */
void kab_data_page_load_early(KabDataPage *self);

/** kab_data_page_concerns: whether the page shows objects of this kind. */
gboolean kab_data_page_concerns(KabDataPage *self, const char *kind);

/** kab_data_page_take_focus: the keyboard goes on in the page, as soon as there is something. */
void kab_data_page_take_focus(KabDataPage *self);

/** kab_data_page_focus_search: whether the page can be searched, and the keyboard is there now. */
gboolean kab_data_page_focus_search(KabDataPage *self);

/** kab_data_page_is_edited: whether something is entered that would be lost with the page. */
gboolean kab_data_page_is_edited(KabDataPage *self);

/** kab_data_page_get_view: (transfer none) (nullable): the page's four states */
KabPageView *kab_data_page_get_view(KabDataPage *self);

/* For the pages themselves. */

/** kab_data_page_set_view: to be called once, with the template's view. */
void kab_data_page_set_view(KabDataPage *self, KabPageView *view);

/** kab_data_page_begin_load: (transfer none): for one load; the load before is cancelled */
GCancellable *kab_data_page_begin_load(KabDataPage *self);

/** kab_data_page_get_cancellable: (transfer none): for changes; cancelled when the page ends */
GCancellable *kab_data_page_get_cancellable(KabDataPage *self);

/** kab_data_page_loaded: shows the content, or that there is nothing. */
void kab_data_page_loaded(KabDataPage *self, gboolean empty);

/** kab_data_page_fail_load: a load failed: in place if nothing is shown yet, else beside it. */
void kab_data_page_fail_load(KabDataPage *self, const GError *error);

/** kab_data_page_fail: a change failed: the page stays, the error is told beside it. */
void kab_data_page_fail(KabDataPage *self, const GError *error);

/** kab_data_page_fail_change: as kab_data_page_fail(), of something that a person has asked for and
 * that is not done: that is said too. */
void kab_data_page_fail_change(KabDataPage *self, const GError *error);

/** kab_data_page_answered: the service answered: there is a connection. */
void kab_data_page_answered(KabDataPage *self);

/**
 * kab_data_page_freeze:
 * @form: what a person could change on the page
 * @frozen: whether it must stay as it is, because it is being sent
 *
 * The keyboard's focus comes back to where it was when @form thaws.
 */
void kab_data_page_freeze(KabDataPage *self, GtkWidget *form, gboolean frozen);

/** kab_data_page_set_edited: whether something is entered that would be lost with the page. */
void kab_data_page_set_edited(KabDataPage *self, gboolean edited);

/** kab_data_page_finish_typing: a number that is being typed counts without Enter. */
void kab_data_page_finish_typing(KabDataPage *self);

/** kab_data_page_say: a short message that goes by itself. */
void kab_data_page_say(KabDataPage *self, const char *text);

/** kab_data_page_add_toast: @toast: (transfer full): the same with more than a text */
void kab_data_page_add_toast(KabDataPage *self, AdwToast *toast);

/** kab_data_page_tell_basket: how many products stand in the basket now. */
void kab_data_page_tell_basket(KabDataPage *self, guint n_products);

G_END_DECLS
