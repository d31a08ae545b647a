/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-publication.h"
#include "kab-publication-changes.h"
#include "kab-publication-undo.h"
#include "kab-undo-toast.h"

#include <glib/gi18n-lib.h>

struct _KabPublicationChanges {
    GObject parent_instance;

    KabDataPage *page; /* it ends before the page */
    AdwToast *toast;   /* (weak) (nullable): the last one that can be undone */

    /* The change that is on its way, and what is said of it. */
    gboolean busy;
    KabPublicationUndo undo; /* its texts and ids are those below */
    char *undo_text;         /* (owned) (nullable) */
    char **undo_ids;         /* (owned) (nullable) */
    char **keep_ids;         /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE(KabPublicationChanges, kab_publication_changes, G_TYPE_OBJECT)

enum {
    BUSY_CHANGED,
    DONE,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const KabPublicationAction activate = KAB_PUBLICATION_ACTIVATE;
static const KabPublicationAction deactivate = KAB_PUBLICATION_DEACTIVATE;
static const KabPublicationAction reset = KAB_PUBLICATION_RESET;
static const KabPublicationAction delete = KAB_PUBLICATION_DELETE;

static void
set_busy(KabPublicationChanges *self, gboolean busy)
{
    self->busy = busy;
    g_signal_emit(self, signals[BUSY_CHANGED], 0);
}

/* Who is meant. */

typedef gboolean (*IsWanted)(const KabPublication *row);

static gboolean
is_published(const KabPublication *row)
{
    return row->published;
}

static gboolean
is_active(const KabPublication *row)
{
    return row->published && row->active;
}

static gboolean
is_inactive(const KabPublication *row)
{
    return row->published &&
           (!row->active || kab_publication_get_state(row) == KAB_USER_STATE_DEACTIVATED);
}

static gboolean
is_registering(const KabPublication *row)
{
    return is_active(row) && kab_publication_get_state(row) == KAB_USER_STATE_REGISTRATION;
}

static gboolean
is_publishable(const KabPublication *row)
{
    return !row->published && row->email != NULL;
}

static void
add_person(GPtrArray *people, GHashTable *seen, KabPublication *person)
{
    if (g_hash_table_add(seen, person->id))
        g_ptr_array_add(people, person);
}

/* The persons meant: of a partner, its people. Nobody is there twice. */
static GPtrArray *
list_people(const GPtrArray *rows)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *people = g_ptr_array_new();

    for (guint i = 0; i < rows->len; i++) {
        KabPublication *row = g_ptr_array_index(rows, i);

        if (row->kind != KAB_PUBLICATION_PARTNER)
            add_person(people, seen, row);
        for (guint j = 0; row->people != NULL && j < row->people->len; j++)
            add_person(people, seen, g_ptr_array_index(row->people, j));
    }
    return people;
}

/* (nullable): those of @rows that are wanted */
static char **
list_ids(const GPtrArray *rows, IsWanted is_wanted)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_autoptr(GPtrArray) people = list_people(rows);
    char **ids;

    for (guint i = 0; i < people->len; i++) {
        const KabPublication *row = g_ptr_array_index(people, i);

        if (is_wanted(row))
            g_strv_builder_add(builder, row->id);
    }
    ids = g_strv_builder_end(builder);
    if (ids[0] == NULL)
        g_clear_pointer(&ids, g_strfreev);
    return ids;
}

static IsWanted
get_wanted(KabPublicationAction action)
{
    switch (action) {
    case KAB_PUBLICATION_PUBLISH:
        return is_publishable;
    case KAB_PUBLICATION_ACTIVATE:
        return is_inactive;
    case KAB_PUBLICATION_INVITE:
        return is_registering;
    case KAB_PUBLICATION_DELETE:
        return is_published;
    case KAB_PUBLICATION_DEACTIVATE:
    case KAB_PUBLICATION_RESET:
    default:
        return is_active;
    }
}

/* What is done. */

static void
say_undo(KabPublicationChanges *self)
{
    AdwToast *toast;

    self->undo.text = self->undo_text;
    self->undo.undo_ids = (const char *const *)self->undo_ids;
    self->undo.keep_ids = (const char *const *)self->keep_ids;
    toast = kab_publication_undo_make_toast(self->page, &self->undo);
    g_set_weak_pointer(&self->toast, toast);
    kab_data_page_add_toast(self->page, toast);
}

static void
end_change(KabPublicationChanges *self, const GError *error)
{
    set_busy(self, FALSE);
    if (error != NULL)
        kab_data_page_fail(self->page, error);
    else
        kab_data_page_answered(self->page);
    g_signal_emit(self, signals[DONE], 0);
}

static void
on_acted(GObject *source, GAsyncResult *result, gpointer data)
{
    KabPublicationChanges *self = data;
    g_autoptr(GError) error = NULL;

    kab_client_act_on_publication_finish(KAB_CLIENT(source), result, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (error == NULL && (self->undo.undo != NULL || self->undo.keep != NULL))
        say_undo(self);
    else if (error == NULL)
        kab_data_page_say(self->page, self->undo_text);
    end_change(self, error);
}

/* Notes what is said of the next change; takes the texts. */
static void
note(KabPublicationChanges *self, char *text, const KabPublicationAction *undo, char **undo_ids,
     const KabPublicationAction *keep, char **keep_ids)
{
    g_free(self->undo_text);
    g_strfreev(self->undo_ids);
    g_strfreev(self->keep_ids);
    self->undo = (KabPublicationUndo){.undo = undo, .keep = keep};
    self->undo_text = text;
    self->undo_ids = undo_ids;
    self->keep_ids = keep_ids;
}

static void
act(KabPublicationChanges *self, KabPublicationAction action, char **ids)
{
    set_busy(self, TRUE);
    kab_client_act_on_publication_async(kab_data_page_get_client(self->page), action,
                                        (const char *const *)ids,
                                        kab_data_page_get_cancellable(self->page), on_acted, self);
}

static char *
name_all(const GPtrArray *rows, IsWanted is_wanted)
{
    g_autoptr(GPtrArray) people = list_people(rows);
    const KabPublication *first = NULL;
    guint n = 0;

    for (guint i = 0; i < people->len; i++) {
        if (!is_wanted(g_ptr_array_index(people, i)))
            continue;
        first = first != NULL ? first : g_ptr_array_index(people, i);
        n++;
    }
    if (n == 1)
        return g_strdup(first->name);
    return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u person", "%u persons", n), n);
}

/* "Activated: Anna Orlova" or "Activated: 3 persons" */
static char *
say_of(const GPtrArray *rows, IsWanted is_wanted, const char *what)
{
    g_autofree char *names = name_all(rows, is_wanted);

    return g_strdup_printf(C_("what: who", "%s: %s"), what, names);
}

/* Whoever is deleted is out at once, and gone when nobody has undone it. */
static void
delete_rows(KabPublicationChanges *self, const GPtrArray *rows)
{
    char **out = list_ids(rows, is_active);

    note(self, say_of(rows, is_published, C_("done to", "Taken back")), &activate, out, &delete,
         list_ids(rows, is_published));
    if (out != NULL) {
        act(self, KAB_PUBLICATION_DEACTIVATE, out);
    } else {
        say_undo(self);
    }
}

static void
activate_rows(KabPublicationChanges *self, const GPtrArray *rows)
{
    char **ids = list_ids(rows, is_inactive);

    note(self, say_of(rows, is_inactive, C_("done to", "Activated")), &deactivate, ids, NULL, NULL);
    act(self, KAB_PUBLICATION_ACTIVATE, ids);
}

static void
deactivate_rows(KabPublicationChanges *self, const GPtrArray *rows)
{
    char **ids = list_ids(rows, is_active);

    note(self, say_of(rows, is_active, C_("done to", "Deactivated")), &activate, ids, NULL, NULL);
    act(self, KAB_PUBLICATION_DEACTIVATE, ids);
}

static void
publish_rows(KabPublicationChanges *self, const GPtrArray *rows)
{
    char **ids = list_ids(rows, is_publishable);

    note(self, say_of(rows, is_publishable, C_("done to", "Published")), &delete, ids, NULL, NULL);
    act(self, KAB_PUBLICATION_PUBLISH, ids);
}

static void
on_published(GObject *source, GAsyncResult *result, gpointer data)
{
    KabPublicationChanges *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPublication) row =
        kab_client_publication_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (row != NULL) {
        const char *ids[] = {row->id, NULL};

        note(self, g_strdup_printf(_("%s is published with the login %s"), row->name, row->login),
             &delete, g_strdupv((char **)ids), NULL, NULL);
        say_undo(self);
    }
    end_change(self, error);
}

static void
reset_rows(KabPublicationChanges *self, const GPtrArray *rows)
{
    /* It cannot be given back: it is taken when nobody has undone it. */
    note(self, say_of(rows, is_active, C_("done to", "The password is being reset")), NULL, NULL,
         &reset, list_ids(rows, is_active));
    say_undo(self);
}

static void
invite_rows(KabPublicationChanges *self, const GPtrArray *rows)
{
    g_auto(GStrv) ids = list_ids(rows, is_registering);

    note(self, say_of(rows, is_registering, C_("done to", "Another invitation is sent")), NULL,
         NULL, NULL, NULL);
    act(self, KAB_PUBLICATION_INVITE, ids);
}

gboolean
kab_publication_changes_may(const GPtrArray *rows, KabPublicationAction action)
{
    IsWanted is_wanted = get_wanted(action);
    g_autoptr(GPtrArray) people = list_people(rows);

    for (guint i = 0; i < people->len; i++)
        if (is_wanted(g_ptr_array_index(people, i)))
            return TRUE;
    return FALSE;
}

void
kab_publication_changes_act(KabPublicationChanges *self, const GPtrArray *rows,
                            KabPublicationAction action)
{
    if (self->busy || !kab_publication_changes_may(rows, action))
        return;
    switch (action) {
    case KAB_PUBLICATION_PUBLISH:
        publish_rows(self, rows);
        break;
    case KAB_PUBLICATION_ACTIVATE:
        activate_rows(self, rows);
        break;
    case KAB_PUBLICATION_DEACTIVATE:
        deactivate_rows(self, rows);
        break;
    case KAB_PUBLICATION_INVITE:
        invite_rows(self, rows);
        break;
    case KAB_PUBLICATION_RESET:
        reset_rows(self, rows);
        break;
    case KAB_PUBLICATION_DELETE:
        delete_rows(self, rows);
        break;
    default:
        g_return_if_reached();
    }
}

/* A person who is not published yet is told with the login, or why not. */
static void
publish_one(KabPublicationChanges *self, const KabPublication *row)
{
    set_busy(self, TRUE);
    kab_client_publish_async(kab_data_page_get_client(self->page), row->id, NULL, NULL,
                             kab_data_page_get_cancellable(self->page), on_published, self);
}

/* What a double click does to people: the next thing that makes sense for any of them. */
static void
toggle_people(KabPublicationChanges *self, const GPtrArray *rows)
{
    g_autoptr(GPtrArray) people = list_people(rows);
    gboolean active = FALSE, registered = FALSE, published = FALSE;

    for (guint i = 0; i < people->len; i++) {
        const KabPublication *person = g_ptr_array_index(people, i);

        published |= person->published;
        active |= is_active(person) && !is_inactive(person);
        registered |= is_active(person) && !is_inactive(person) && !is_registering(person);
    }
    if (!published)
        publish_rows(self, rows);
    else if (!active)
        activate_rows(self, rows);
    else if (!registered)
        delete_rows(self, rows); /* there is nothing yet that would be lost */
    else
        deactivate_rows(self, rows);
}

void
kab_publication_changes_toggle(KabPublicationChanges *self, KabPublication *row)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new();

    if (self->busy)
        return;
    g_ptr_array_add(rows, row);
    if (row->kind != KAB_PUBLICATION_PARTNER && !row->published)
        publish_one(self, row);
    else if (row->published || kab_publication_changes_may(rows, KAB_PUBLICATION_PUBLISH))
        toggle_people(self, rows);
    else if (row->problem != NULL)
        kab_data_page_say(self->page, row->problem);
}

void
kab_publication_changes_undo(KabPublicationChanges *self)
{
    g_autoptr(AdwToast) toast = self->toast != NULL ? g_object_ref(self->toast) : NULL;

    g_clear_weak_pointer(&self->toast);
    if (toast != NULL)
        kab_undo_toast_press(toast);
}

gboolean
kab_publication_changes_is_busy(KabPublicationChanges *self)
{
    return self->busy;
}

static void
kab_publication_changes_finalize(GObject *object)
{
    KabPublicationChanges *self = KAB_PUBLICATION_CHANGES(object);

    g_clear_weak_pointer(&self->toast);
    note(self, NULL, NULL, NULL, NULL, NULL);
    G_OBJECT_CLASS(kab_publication_changes_parent_class)->finalize(object);
}

static void
kab_publication_changes_class_init(KabPublicationChangesClass *klass)
{
    GType type = KAB_TYPE_PUBLICATION_CHANGES;

    G_OBJECT_CLASS(klass)->finalize = kab_publication_changes_finalize;
    signals[BUSY_CHANGED] =
        g_signal_new("busy-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
    signals[DONE] =
        g_signal_new("done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_publication_changes_init(KabPublicationChanges *self G_GNUC_UNUSED)
{
}

KabPublicationChanges *
kab_publication_changes_new(KabDataPage *page)
{
    KabPublicationChanges *self = g_object_new(KAB_TYPE_PUBLICATION_CHANGES, NULL);

    self->page = page;
    return self;
}
