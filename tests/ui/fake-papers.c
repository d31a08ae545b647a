/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"

#include <string.h>

/* kab-client-comments.h, kab-client-documents.h, and what else is beside an order: limits,
 * warehouses, the editing of a draft. */

typedef struct {
    char *id;
    char *text;
    KabOrder *order;
    KabDocument wanted;
    KabCommentId comment_id;
    gboolean open;
} Wish;

static void
wish_free(gpointer data)
{
    Wish *wish = data;

    g_free(wish->id);
    g_free(wish->text);
    kab_order_free(wish->order);
    g_free(wish);
}

static GTask *
begin(KabClient *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback,
      gpointer data, Wish **out)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    Wish *wish = g_new0(Wish, 1);

    wish->id = g_strdup(id);
    g_task_set_task_data(task, wish, wish_free);
    if (out != NULL)
        *out = wish;
    return task;
}

void
fake_reset_papers(void)
{
    FakeWorld *w = &fake_world;

    w->tasks = g_ptr_array_new_with_free_func((GDestroyNotify)kab_task_free);
    w->documents = g_ptr_array_new_with_free_func((GDestroyNotify)kab_document_free);
    w->acts = g_ptr_array_new_with_free_func((GDestroyNotify)kab_document_free);
    w->comments = g_ptr_array_new_with_free_func((GDestroyNotify)kab_comment_free);
}

/* Drafts. */

static void
compute_edit(GTask *task, gpointer args)
{
    const KabOrder *wanted = ((Wish *)args)->order;
    KabOrder *order = fake_find_order(wanted->id.text);

    if (order->version != wanted->version) {
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_CONFLICT, "The version is another");
        return;
    }
    for (guint i = order->lines->len; i-- > 0;) {
        KabOrderLine *line = kab_order_get_line(order, i);
        const KabOrderLine *wish = kab_order_find_line(wanted, line->product_id);

        if (wish == NULL || wish->quantity.milli == 0)
            kab_order_remove_line(order, i);
        else
            line->quantity = line->ordered = wish->quantity;
    }
    g_free(order->comment);
    order->comment = g_strdup(wanted->comment);
    order->wished_date = wanted->wished_date;
    order->warehouse_id = wanted->warehouse_id;
    order->version++;
    g_assert_true(kab_order_recount(order, NULL));
    g_task_return_pointer(task, kab_order_copy(order), (GDestroyNotify)kab_order_free);
}

void
kab_client_edit_order_async(KabClient *self, const KabOrder *order, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    Wish *wish;
    GTask *task = begin(self, order->id.text, cancellable, callback, data, &wish);

    wish->order = kab_order_copy(order);
    fake_answer(task, FAKE_EDIT, compute_edit);
}

/* Limits and warehouses. */

KabLimits *
fake_get_limits(void)
{
    return &fake_world.limits;
}

static void
compute_limits(GTask *task, gpointer args G_GNUC_UNUSED)
{
    g_task_return_boolean(task, TRUE);
}

void
kab_client_get_limits_async(KabClient *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(begin(self, NULL, cancellable, callback, data, NULL), FAKE_LIMITS, compute_limits);
}

gboolean
kab_client_get_limits_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, KabLimits *out,
                             GError **error)
{
    *out = fake_world.limits;
    return g_task_propagate_boolean(G_TASK(result), error);
}

static void
compute_warehouses(GTask *task, gpointer args G_GNUC_UNUSED)
{
    static const char *const names[] = {"Main warehouse", "North"};
    GPtrArray *warehouses = g_ptr_array_new_with_free_func((GDestroyNotify)kab_warehouse_free);

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        KabWarehouse *warehouse = g_new0(KabWarehouse, 1);
        g_autofree char *id = g_strdup_printf("00000005-0000-4000-8000-%012u", i);

        warehouse->id = kab_warehouse_id_of(id);
        warehouse->name = g_strdup(names[i]);
        g_ptr_array_add(warehouses, warehouse);
    }
    g_task_return_pointer(task, warehouses, (GDestroyNotify)g_ptr_array_unref);
}

void
kab_client_list_warehouses_async(KabClient *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(begin(self, NULL, cancellable, callback, data, NULL), FAKE_WAREHOUSES,
                compute_warehouses);
}

GPtrArray *
kab_client_list_warehouses_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result,
                                  GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

/* Documents. */

static KabDocument *
copy_document(const KabDocument *document)
{
    KabDocument *copy = g_new0(KabDocument, 1);

    *copy = *document;
    copy->order_number = g_strdup(document->order_number);
    copy->error = g_strdup(document->error);
    copy->asked_by = g_strdup(document->asked_by);
    copy->file_name = g_strdup(document->file_name);
    copy->media_type = g_strdup(document->media_type);
    return copy;
}

static KabDocument *
make_document(const KabOrder *order, KabDocumentKind kind, KabDocumentState state)
{
    KabDocument *document = g_new0(KabDocument, 1);

    document->kind = kind;
    document->state = state;
    if (order != NULL) {
        document->order_id = order->id;
        document->order_number = g_strdup(order->number);
        document->id = kab_document_find_id(document);
    }
    document->asked_at = document->issued_at =
        state == KAB_DOCUMENT_PREPARING ? kab_time_now() : G_GINT64_CONSTANT(1767225600000);
    if (state == KAB_DOCUMENT_FAILED)
        document->error = g_strdup("The goods have not been shipped");
    if (state == KAB_DOCUMENT_READY) {
        document->file_name = kab_document_make_file_name(document);
        document->media_type = g_strdup("application/pdf");
        document->size = 13;
    }
    return document;
}

static KabDocument *
find_document(const char *id)
{
    for (guint i = 0; i < fake_world.documents->len; i++) {
        KabDocument *document = g_ptr_array_index(fake_world.documents, i);

        if (g_str_equal(document->id.text, id))
            return document;
    }
    return NULL;
}

void
fake_set_document(guint order, KabDocumentKind kind, KabDocumentState state)
{
    KabDocument *document = make_document(fake_get_order(order), kind, state);
    KabDocument *old = find_document(document->id.text);

    if (old != NULL)
        g_ptr_array_remove(fake_world.documents, old);
    g_ptr_array_add(fake_world.documents, document);
}

void
fake_add_act(int month, KabDocumentState state)
{
    KabDocument *act = g_new0(KabDocument, 1);
    g_autofree char *from = g_strdup_printf("2026-%02d-01", month);
    g_autofree char *to = g_strdup_printf("2026-%02d-28", month);

    act->kind = KAB_DOCUMENT_RECONCILIATION;
    act->from = kab_date_of(from);
    act->to = kab_date_of(to);
    act->state = state;
    act->asked_at = kab_time_now();
    act->id = kab_document_find_id(act);
    if (state == KAB_DOCUMENT_FAILED)
        act->error = g_strdup("The organisation's requisites are not entered");
    if (state == KAB_DOCUMENT_READY)
        act->file_name = kab_document_make_file_name(act);
    g_ptr_array_insert(fake_world.acts, 0, act);
}

KabDocument *
fake_get_act(guint i)
{
    return g_ptr_array_index(fake_world.acts, i);
}

static void
compute_documents(GTask *task, gpointer args)
{
    const Wish *wish = args;
    GPtrArray *documents = g_ptr_array_new_with_free_func((GDestroyNotify)kab_document_free);

    for (guint i = 0; wish->id == NULL && i < fake_world.acts->len; i++)
        g_ptr_array_add(documents, copy_document(fake_get_act(i)));
    for (int kind = 0; wish->id != NULL && kind < KAB_DOCUMENT_RECONCILIATION; kind++) {
        KabDocument *document = make_document(fake_find_order(wish->id), (KabDocumentKind)kind,
                                              KAB_DOCUMENT_NOT_ISSUED);
        const KabDocument *known = find_document(document->id.text);

        g_ptr_array_add(documents, known != NULL ? copy_document(known) : document);
        if (known != NULL)
            kab_document_free(document);
    }
    g_task_return_pointer(task, documents, (GDestroyNotify)g_ptr_array_unref);
}

void
kab_client_list_documents_async(KabClient *self, const char *order_id, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(begin(self, order_id, cancellable, callback, data, NULL), FAKE_DOCUMENTS,
                compute_documents);
}

GPtrArray *
kab_client_list_documents_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result,
                                 GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_ask(GTask *task, gpointer args)
{
    const KabDocument *wanted = &((Wish *)args)->wanted;
    KabDocument *made;

    if (wanted->kind == KAB_DOCUMENT_RECONCILIATION) {
        KabDocument *act = copy_document(wanted);

        act->state = KAB_DOCUMENT_PREPARING;
        act->asked_at = kab_time_now();
        act->id = kab_document_find_id(act);
        for (guint i = 0; i < fake_world.acts->len; i++)
            if (g_str_equal(fake_get_act(i)->id.text, act->id.text))
                g_ptr_array_remove_index(fake_world.acts, i--);
        g_ptr_array_insert(fake_world.acts, 0, act);
        g_task_return_pointer(task, copy_document(act), (GDestroyNotify)kab_document_free);
        return;
    }
    made =
        make_document(fake_find_order(wanted->order_id.text), wanted->kind, KAB_DOCUMENT_PREPARING);
    if (find_document(made->id.text) != NULL)
        g_ptr_array_remove(fake_world.documents, find_document(made->id.text));
    g_ptr_array_add(fake_world.documents, made);
    g_task_return_pointer(task, copy_document(made), (GDestroyNotify)kab_document_free);
}

void
kab_client_ask_document_async(KabClient *self, const KabDocument *document,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
    Wish *wish;
    GTask *task = begin(self, NULL, cancellable, callback, data, &wish);

    wish->wanted.kind = document->kind;
    wish->wanted.order_id = document->order_id;
    wish->wanted.from = document->from;
    wish->wanted.to = document->to;
    fake_answer(task, FAKE_ASK_DOCUMENT, compute_ask);
}

KabDocument *
kab_client_ask_document_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_file(GTask *task, gpointer args G_GNUC_UNUSED)
{
    g_task_return_pointer(task, g_bytes_new_static("%PDF-1.5 fake", 13),
                          (GDestroyNotify)g_bytes_unref);
}

void
kab_client_get_document_file_async(KabClient *self, KabDocumentId id, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(begin(self, id.text, cancellable, callback, data, NULL), FAKE_DOCUMENT_FILE,
                compute_file);
}

void
kab_client_get_client_invoice_async(KabClient *self, KabOrderId id, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(begin(self, id.text, cancellable, callback, data, NULL), FAKE_DOCUMENT_FILE,
                compute_file);
}

GBytes *
kab_client_get_document_file_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result,
                                    GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

/* Comments. */

static KabComment *
make_comment(KabOrderId order_id, gboolean by_base, const char *author, const char *text)
{
    KabComment *comment = g_new0(KabComment, 1);

    comment->id = kab_comment_id_new();
    comment->order_id = order_id;
    comment->by_base = by_base;
    comment->author = g_strdup(author);
    comment->at = G_GINT64_CONSTANT(1767225600000);
    comment->text = g_strdup(text);
    return comment;
}

void
fake_add_comment(guint order, gboolean by_base, const char *author, const char *text)
{
    g_ptr_array_add(fake_world.comments,
                    make_comment(fake_get_order(order)->id, by_base, author, text));
}

static void
compute_comments(GTask *task, gpointer args)
{
    const Wish *wish = args;
    GPtrArray *comments = g_ptr_array_new_with_free_func((GDestroyNotify)kab_comment_free);

    if (wish->text != NULL) {
        KabComment *comment = make_comment(kab_order_id_of(wish->id), FALSE, "Anna", wish->text);

        comment->id = wish->comment_id;
        g_ptr_array_add(fake_world.comments, comment);
    }
    for (guint i = 0; i < fake_world.comments->len; i++) {
        const KabComment *from = g_ptr_array_index(fake_world.comments, i);

        if (g_str_equal(from->order_id.text, wish->id)) {
            KabComment *to = make_comment(from->order_id, from->by_base, from->author, from->text);

            to->id = from->id;
            g_ptr_array_add(comments, to);
        }
    }
    g_task_return_pointer(task, comments, (GDestroyNotify)g_ptr_array_unref);
}

void
kab_client_list_comments_async(KabClient *self, KabOrderId order_id, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(begin(self, order_id.text, cancellable, callback, data, NULL), FAKE_COMMENTS,
                compute_comments);
}

void
kab_client_add_comment_async(KabClient *self, KabOrderId order_id, KabCommentId id,
                             const char *text, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    Wish *wish;
    GTask *task = begin(self, order_id.text, cancellable, callback, data, &wish);

    wish->text = g_strdup(text);
    wish->comment_id = id;
    g_free(fake_world.last_key);
    fake_world.last_key = g_strdup(id.text);
    fake_answer(task, FAKE_ADD_COMMENT, compute_comments);
}

GPtrArray *
kab_client_comments_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
