/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-comments.h"
#include "kab-comment-list.h"
#include "kab-format.h"

#include <glib/gi18n-lib.h>

struct _KabCommentList {
    AdwBin parent_instance;

    GtkListBox *list_box;
    AdwEntryRow *text_row;
    GtkWidget *send_button;

    KabDataPage *page;         /* (nullable) */
    GCancellable *cancellable; /* (owned) */
    KabOrderId order_id;
    char *shown;     /* (owned) (nullable): what the rows show, so that they are not made anew */
    KabCommentId id; /* of what is being written, until it has arrived */
    gboolean sending;
};

G_DEFINE_FINAL_TYPE(KabCommentList, kab_comment_list, ADW_TYPE_BIN)

static GtkWidget *
make_label(const char *text, const char *css_class)
{
    GtkWidget *label = gtk_label_new(text);

    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_wrap(GTK_LABEL(label), TRUE);
    gtk_label_set_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
    gtk_label_set_width_chars(GTK_LABEL(label), 12);
    if (css_class != NULL)
        gtk_widget_add_css_class(label, css_class);
    return label;
}

static GtkWidget *
make_row(const KabComment *comment)
{
    g_autofree char *when = kab_format_moment(comment->at);
    g_autofree char *head = kab_format_join(comment->author, when, NULL);
    g_autofree char *name = g_strdup_printf("%s: %s", comment->author, comment->text);
    GtkWidget *row = gtk_list_box_row_new();
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 3);
    GtkWidget *head_label = make_label(head, "caption");
    GtkWidget *text_label = make_label(comment->text, NULL);

    gtk_widget_add_css_class(head_label, "dim-label");
    gtk_label_set_selectable(GTK_LABEL(text_label), TRUE);
    gtk_box_append(GTK_BOX(box), head_label);
    gtk_box_append(GTK_BOX(box), text_label);
    gtk_widget_add_css_class(box, "comment");
    gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row), box);
    gtk_list_box_row_set_activatable(GTK_LIST_BOX_ROW(row), FALSE);
    gtk_accessible_update_property(GTK_ACCESSIBLE(row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    return row;
}

/* Comments never change: the same number of them with the same last one is the same list. */
static gboolean
is_shown(KabCommentList *self, GPtrArray *comments)
{
    const KabComment *last =
        comments->len > 0 ? g_ptr_array_index(comments, comments->len - 1) : NULL;
    g_autofree char *shown =
        g_strdup_printf("%u %s", comments->len, last != NULL ? last->id.text : "");
    gboolean same = g_strcmp0(self->shown, shown) == 0;

    g_free(self->shown);
    self->shown = g_steal_pointer(&shown);
    return same;
}

static void
show(KabCommentList *self, GPtrArray *comments)
{
    GtkListBoxRow *row;

    if (is_shown(self, comments))
        return;
    while ((row = gtk_list_box_get_row_at_index(self->list_box, 0)) != NULL)
        gtk_list_box_remove(self->list_box, GTK_WIDGET(row));
    for (guint i = 0; i < comments->len; i++)
        gtk_list_box_append(self->list_box, make_row(g_ptr_array_index(comments, i)));
    gtk_widget_set_visible(GTK_WIDGET(self->list_box), comments->len > 0);
}

static void
on_loaded(GObject *source, GAsyncResult *result, gpointer data)
{
    KabCommentList *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) comments = kab_client_comments_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (comments == NULL)
        kab_data_page_fail(self->page, error);
    else
        show(self, comments);
}

/* What is being written outlives its page, as long as somebody is signed in. */
static char *
draft_key(KabCommentList *self)
{
    return g_strconcat("kab-comment-", self->order_id.text, NULL);
}

static void
keep_draft(KabCommentList *self)
{
    const char *text = gtk_editable_get_text(GTK_EDITABLE(self->text_row));
    g_autofree char *key = draft_key(self);

    if (self->page != NULL)
        g_object_set_data_full(G_OBJECT(kab_data_page_get_client(self->page)), key,
                               *text != '\0' ? g_strdup(text) : NULL, g_free);
}

static void
restore_draft(KabCommentList *self)
{
    g_autofree char *key = draft_key(self);
    const char *text = g_object_get_data(G_OBJECT(kab_data_page_get_client(self->page)), key);

    if (text != NULL && *gtk_editable_get_text(GTK_EDITABLE(self->text_row)) == '\0')
        gtk_editable_set_text(GTK_EDITABLE(self->text_row), text);
}

static void
set_sending(KabCommentList *self, gboolean sending)
{
    self->sending = sending;
    gtk_widget_set_sensitive(self->send_button, !sending);
    gtk_editable_set_editable(GTK_EDITABLE(self->text_row), !sending);
}

static void
on_sent(GObject *source, GAsyncResult *result, gpointer data)
{
    KabCommentList *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) comments = kab_client_comments_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_sending(self, FALSE);
    if (comments == NULL) {
        kab_data_page_fail_change(self->page, error);
        return;
    }
    gtk_editable_set_text(GTK_EDITABLE(self->text_row), "");
    show(self, comments);
}

/* Another text is another comment: what is sent next must not be taken for a repetition. */
static void
on_text_changed(KabCommentList *self)
{
    keep_draft(self);
    self->id = kab_comment_id_new();
}

static void
on_send(KabCommentList *self)
{
    g_autofree char *text =
        g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->text_row))));

    if (*text == '\0' || self->sending || self->page == NULL)
        return;
    set_sending(self, TRUE);
    kab_client_add_comment_async(kab_data_page_get_client(self->page), self->order_id, self->id,
                                 text, self->cancellable, on_sent, self);
}

static void
kab_comment_list_dispose(GObject *object)
{
    KabCommentList *self = KAB_COMMENT_LIST(object);

    g_cancellable_cancel(self->cancellable);
    self->page = NULL;
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_COMMENT_LIST);
    G_OBJECT_CLASS(kab_comment_list_parent_class)->dispose(object);
}

static void
kab_comment_list_finalize(GObject *object)
{
    KabCommentList *self = KAB_COMMENT_LIST(object);

    g_clear_object(&self->cancellable);
    g_free(self->shown);
    G_OBJECT_CLASS(kab_comment_list_parent_class)->finalize(object);
}

static void
kab_comment_list_class_init(KabCommentListClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_comment_list_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_comment_list_finalize;

    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/widgets/kab-comment-list.ui");
    gtk_widget_class_bind_template_child(widget_class, KabCommentList, list_box);
    gtk_widget_class_bind_template_child(widget_class, KabCommentList, text_row);
    gtk_widget_class_bind_template_child(widget_class, KabCommentList, send_button);
    gtk_widget_class_bind_template_callback(widget_class, on_text_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_send);
}

static void
kab_comment_list_init(KabCommentList *self)
{
    self->cancellable = g_cancellable_new();
    self->id = kab_comment_id_new();
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
kab_comment_list_load(KabCommentList *self, KabDataPage *page, KabOrderId order_id,
                      gboolean writable)
{
    self->page = page;
    self->order_id = order_id;
    gtk_widget_set_visible(GTK_WIDGET(self->text_row), writable);
    restore_draft(self);
    kab_client_list_comments_async(kab_data_page_get_client(page), order_id, self->cancellable,
                                   on_loaded, self);
}
