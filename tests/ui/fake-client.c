/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include <string.h>

struct _KabClient {
    GObject parent_instance;

    char *address;
    char *token;
    KabUser *user;
};

G_DEFINE_FINAL_TYPE(KabClient, kab_client, G_TYPE_OBJECT)

typedef struct {
    FakeCall call;
    GTask *task;
    FakeCompute compute;
    gulong cancelled_id;
} Answer;

static void
kab_client_finalize(GObject *object)
{
    KabClient *self = KAB_CLIENT(object);

    g_free(self->address);
    g_free(self->token);
    kab_user_free(self->user);
    G_OBJECT_CLASS(kab_client_parent_class)->finalize(object);
}

static void
kab_client_class_init(KabClientClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = kab_client_finalize;
}

static void
kab_client_init(KabClient *self G_GNUC_UNUSED)
{
}

/* Answers. */

static gboolean
give(gpointer data)
{
    Answer *answer = data;
    GCancellable *cancellable = g_task_get_cancellable(answer->task);
    int code = fake_world.fail_code[answer->call];

    if (answer->cancelled_id != 0)
        g_signal_handler_disconnect(cancellable, answer->cancelled_id);
    if (g_task_return_error_if_cancelled(answer->task))
        ;
    else if (code >= 0)
        g_task_return_new_error(answer->task, KAB_ERROR, code, "%s",
                                fake_world.fail_message[answer->call]);
    else
        answer->compute(answer->task, g_task_get_task_data(answer->task));
    g_object_unref(answer->task);
    g_free(answer);
    return G_SOURCE_REMOVE;
}

static void
on_cancelled(GCancellable *cancellable G_GNUC_UNUSED, gpointer data)
{
    Answer *answer = data;

    if (g_ptr_array_remove(fake_world.held[answer->call], answer))
        g_idle_add(give, answer);
}

void
fake_answer(GTask *task, FakeCall call, FakeCompute compute)
{
    GCancellable *cancellable = g_task_get_cancellable(task);
    Answer *answer = g_new0(Answer, 1);

    answer->call = call;
    answer->task = task;
    answer->compute = compute;
    fake_world.calls[call]++;
    if (!fake_world.hold[call]) {
        g_idle_add(give, answer);
        return;
    }
    g_ptr_array_add(fake_world.held[call], answer);
    if (cancellable != NULL)
        answer->cancelled_id =
            g_signal_connect(cancellable, "cancelled", G_CALLBACK(on_cancelled), answer);
}

void
fake_fail(FakeCall call, int code, const char *message)
{
    fake_world.fail_code[call] = code;
    g_free(fake_world.fail_message[call]);
    fake_world.fail_message[call] = g_strdup(message);
}

void
fake_set_untrusted(gboolean untrusted)
{
    fake_world.untrusted = untrusted;
}

void
fake_set_trouble(const char *trouble)
{
    fake_world.trouble = trouble;
}

void
fake_hold(FakeCall call)
{
    fake_world.hold[call] = TRUE;
}

guint
fake_count_held(FakeCall call)
{
    return fake_world.held[call]->len;
}

void
fake_release(FakeCall call, guint i)
{
    g_idle_add(give, g_ptr_array_steal_index(fake_world.held[call], i));
}

void
fake_release_all(FakeCall call)
{
    fake_world.hold[call] = FALSE;
    while (fake_world.held[call]->len > 0)
        fake_release(call, 0);
}

guint
fake_count_calls(FakeCall call)
{
    return fake_world.calls[call];
}

const char *
fake_get_last_key(void)
{
    return fake_world.last_key;
}

const char *
fake_get_last_text(void)
{
    return fake_world.last_text;
}

const char *
fake_get_last_reason(void)
{
    return fake_world.last_reason;
}

const KabOrder *
fake_get_last_details(void)
{
    return fake_world.last_details;
}

/* kab-client.h */

KabClient *
kab_client_new(const char *address, GError **error)
{
    KabClient *self;

    if (!g_str_has_prefix(address, "fake:")) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, "“%s” is not an address", address);
        return NULL;
    }
    self = g_object_new(KAB_TYPE_CLIENT, NULL);
    self->address = g_strdup(address);
    return self;
}

gboolean
kab_client_trust(KabClient *self G_GNUC_UNUSED, const char *ca_file, GError **error)
{
    if (ca_file == NULL || !g_str_has_suffix(ca_file, ".txt"))
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, "%s holds no certificate", ca_file);
    return FALSE;
}

const char *
kab_client_get_address(KabClient *self)
{
    return self->address;
}

gboolean
kab_client_is_untrusted(KabClient *self G_GNUC_UNUSED)
{
    return fake_world.untrusted;
}

const char *
kab_client_get_trouble(KabClient *self G_GNUC_UNUSED)
{
    return fake_world.trouble;
}

const KabUser *
kab_client_get_user(KabClient *self)
{
    return self->user;
}

const char *
kab_client_get_token(KabClient *self)
{
    return self->token;
}

static KabUser *
make_user(const char *login)
{
    KabUser *user = g_new0(KabUser, 1);
    gboolean partner = FALSE;

    kab_id_fill_from_source("user", login, user->id.text); /* the same at every sign-in */
    user->login = g_strdup(login);
    user->active = TRUE;
    if (g_str_equal(login, "admin")) {
        user->role = KAB_ROLE_ADMINISTRATOR;
    } else if (g_str_equal(login, "manager")) {
        user->role = KAB_ROLE_MANAGER;
    } else {
        user->role = g_str_equal(login, "viewer") ? KAB_ROLE_VIEWER
                     : g_str_equal(login, "olga") ? KAB_ROLE_HEAD
                                                  : KAB_ROLE_BUYER;
        user->partner_id = fake_get_partner();
        partner = TRUE;
    }
    user->name = g_strdup(partner ? "Anna Orlova" : "Administrator");
    user->partner_name = partner ? g_strdup(fake_get_partner_name()) : NULL;
    user->phone = g_strdup("+7 900 000-00-00");
    user->email = g_strdup("anna@example.com");
    return user;
}

static void
sign_in(KabClient *self, const char *login)
{
    kab_user_free(self->user);
    g_free(self->token);
    self->user = make_user(login);
    self->token = g_strconcat("token-of-", login, NULL);
}

KabClient *
fake_client_new_signed_in(const char *address, const char *login)
{
    KabClient *self = kab_client_new(address, NULL);

    sign_in(self, login);
    return self;
}

void
fake_sign_in(GTask *task, const char *login)
{
    sign_in(g_task_get_source_object(task), login);
    g_task_return_boolean(task, TRUE);
}

static void
compute_sign_in(GTask *task, gpointer args)
{
    KabClient *self = g_task_get_source_object(task);
    char **login = args;
    gboolean base = g_str_equal(self->address, "fake:base");
    gboolean known = base ? g_str_equal(login[0], "admin") || g_str_equal(login[0], "manager")
                          : !g_str_equal(login[0], "manager");

    if (!known || !g_str_equal(login[1], "right")) {
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_UNAUTHORIZED, "not known");
        return;
    }
    sign_in(self, login[0]);
    g_task_return_boolean(task, TRUE);
}

void
kab_client_sign_in_async(KabClient *self, const char *login, const char *password,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    const char *args[] = {login, password, NULL};

    g_task_set_task_data(task, g_strdupv((char **)args), (GDestroyNotify)g_strfreev);
    fake_answer(task, FAKE_SIGN_IN, compute_sign_in);
}

void
kab_client_resume_async(KabClient *self, const char *token, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    const char *login =
        g_str_has_prefix(token, "token-of-") ? token + strlen("token-of-") : "nobody";
    const char *args[] = {login, g_str_equal(login, "nobody") ? "wrong" : "right", NULL};

    g_task_set_task_data(task, g_strdupv((char **)args), (GDestroyNotify)g_strfreev);
    fake_answer(task, FAKE_SIGN_IN, compute_sign_in);
}

gboolean
kab_client_sign_in_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

void
kab_client_sign_out_async(KabClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_clear_pointer(&self->user, kab_user_free);
    g_clear_pointer(&self->token, g_free);
    g_task_return_boolean(task, TRUE);
    g_object_unref(task);
}

gboolean
kab_client_sign_out_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

/* kab-client-catalogue.h */

void
kab_page_free(KabPage *page)
{
    if (page == NULL)
        return;
    g_ptr_array_unref(page->items);
    g_free(page->next);
    g_free(page);
}

void
fake_query_free(gpointer data)
{
    FakeQuery *query = data;

    g_free(query->group_id);
    g_free(query->text);
    g_free(query);
}

FakeQuery *
fake_query_new(const char *group_id, const char *text, const char *after, guint limit)
{
    FakeQuery *query = g_new0(FakeQuery, 1);

    query->group_id = g_strdup(group_id);
    query->text = g_strdup(text);
    query->after = after != NULL ? (guint)g_ascii_strtoull(after, NULL, 10) : 0;
    query->limit = limit;
    return query;
}

KabPage *
fake_page_new(GDestroyNotify free_item)
{
    KabPage *page = g_new0(KabPage, 1);

    page->items = g_ptr_array_new_with_free_func(free_item);
    return page;
}

void
fake_page_offer(KabPage *page, const FakeQuery *query, guint seen, gpointer item,
                GDestroyNotify free_item)
{
    if (seen >= query->after && page->items->len < query->limit) {
        g_ptr_array_add(page->items, item);
        return;
    }
    if (seen >= query->after + query->limit && page->next == NULL)
        page->next = g_strdup_printf("%u", query->after + query->limit);
    free_item(item);
}

static void
compute_groups(GTask *task, gpointer args G_GNUC_UNUSED)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func((GDestroyNotify)kab_group_free);

    for (guint i = 0; i < fake_world.groups->len; i++)
        g_ptr_array_add(groups, fake_copy_group(g_ptr_array_index(fake_world.groups, i)));
    g_task_return_pointer(task, groups, (GDestroyNotify)g_ptr_array_unref);
}

void
kab_client_list_groups_async(KabClient *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_GROUPS, compute_groups);
}

GPtrArray *
kab_client_list_groups_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

void
fake_repeat_products(guint n)
{
    fake_world.n_repeated = n;
}

/* The products again and again, each with an id and article of its own. */
static KabPage *
repeat_products(const FakeQuery *query)
{
    KabPage *page = fake_page_new((GDestroyNotify)kab_product_free);
    guint end = MIN(query->after + query->limit, fake_world.n_repeated);

    for (guint i = query->after; i < end; i++) {
        KabProduct *product = fake_copy_product(
            g_ptr_array_index(fake_world.products, i % fake_world.products->len), FALSE);
        g_autofree char *id = g_strdup_printf("00000009-0000-4000-8000-%012u", i);

        product->id = kab_product_id_of(id);
        g_free(product->article);
        product->article = g_strdup_printf("ART-%07u", i + 1);
        g_ptr_array_add(page->items, product);
    }
    if (end < fake_world.n_repeated)
        page->next = g_strdup_printf("%u", end);
    return page;
}

static void
compute_products(GTask *task, gpointer args)
{
    const FakeQuery *query = args;
    KabPage *page = fake_world.n_repeated > 0 ? repeat_products(query)
                                              : fake_page_new((GDestroyNotify)kab_product_free);
    guint seen = 0;

    for (guint i = 0; fake_world.n_repeated == 0 && i < fake_world.products->len; i++) {
        const KabProduct *product = g_ptr_array_index(fake_world.products, i);

        if (query->group_id != NULL && !g_str_equal(query->group_id, product->group_id.text))
            continue;
        if (query->text != NULL && strstr(product->name, query->text) == NULL)
            continue;
        fake_page_offer(page, query, seen++, fake_copy_product(product, FALSE),
                        (GDestroyNotify)kab_product_free);
    }
    g_task_return_pointer(task, page, (GDestroyNotify)kab_page_free);
}

void
kab_client_list_products_async(KabClient *self, const char *group_id, const char *text,
                               const char *after, guint limit, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_free(fake_world.last_text);
    fake_world.last_text = g_strdup(text);
    g_task_set_task_data(task, fake_query_new(group_id, text, after, limit), fake_query_free);
    fake_answer(task, FAKE_PRODUCTS, compute_products);
}

KabPage *
kab_client_list_products_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

void
kab_client_find_goods_async(KabClient *self, KabOrderId order_id G_GNUC_UNUSED, const char *text,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, fake_query_new(NULL, text, NULL, 50), fake_query_free);
    fake_answer(task, FAKE_GOODS, compute_products);
}

KabPage *
kab_client_find_goods_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
return_basket(GTask *task)
{
    g_task_return_pointer(task, fake_copy_order(fake_world.basket, TRUE),
                          (GDestroyNotify)kab_order_free);
}

static void
compute_basket(GTask *task, gpointer args G_GNUC_UNUSED)
{
    return_basket(task);
}

void
kab_client_get_basket_async(KabClient *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_BASKET, compute_basket);
}

typedef struct {
    KabProductId id;
    KabQuantity quantity;
} Put;

static void
compute_set_basket(GTask *task, gpointer args)
{
    const Put *put = args;
    KabOrder *basket = fake_world.basket;

    gboolean found = FALSE;

    for (guint i = 0; i < basket->lines->len && !found; i++) {
        KabOrderLine *line = kab_order_get_line(basket, i);

        found = g_str_equal(line->product_id.text, put->id.text);
        line->quantity = line->ordered = found ? put->quantity : line->quantity;
        if (found && put->quantity.milli == 0)
            kab_order_remove_line(basket, i);
    }
    for (guint i = 0; !found && i < fake_world.products->len; i++) {
        const KabProduct *product = g_ptr_array_index(fake_world.products, i);

        if (g_str_equal(product->id.text, put->id.text))
            fake_put_into_basket(i, put->quantity.milli);
    }
    g_assert_true(kab_order_recount(basket, NULL));
    return_basket(task);
}

void
kab_client_set_basket_async(KabClient *self, KabProductId product_id, KabQuantity quantity,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    Put *put = g_new0(Put, 1);

    put->id = product_id;
    put->quantity = quantity;
    g_task_set_task_data(task, put, g_free);
    fake_answer(task, FAKE_SET_BASKET, compute_set_basket);
}

KabOrder *
kab_client_basket_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_product(GTask *task, gpointer args)
{
    for (guint i = 0; i < fake_world.products->len; i++) {
        const KabProduct *product = g_ptr_array_index(fake_world.products, i);

        if (!g_str_equal(product->id.text, args))
            continue;
        g_task_return_pointer(task, fake_copy_product(product, TRUE),
                              (GDestroyNotify)kab_product_free);
        return;
    }
    g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_NOT_FOUND, "There is no such product");
}

void
kab_client_get_product_async(KabClient *self, KabProductId id, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, g_strdup(id.text), g_free);
    fake_answer(task, FAKE_PRODUCT, compute_product);
}

KabProduct *
kab_client_get_product_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

/* kab-client-pictures.h */

/* A picture whose colour depends on its hash; of "zz" the file is damaged. */
static void
compute_picture(GTask *task, gpointer args)
{
    const char *hash = args;
    g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, 60, 40);
    char *png;
    gsize size;

    if (g_str_equal(hash, "zz")) {
        g_task_return_pointer(task, g_bytes_new_static("\x89PNG\r\n\x1a\n", 8),
                              (GDestroyNotify)g_bytes_unref);
        return;
    }
    gdk_pixbuf_fill(pixbuf, 0x336699ffu + ((guint32)hash[0] << 16));
    g_assert_true(gdk_pixbuf_save_to_buffer(pixbuf, &png, &size, "png", NULL, NULL));
    g_task_return_pointer(task, g_bytes_new_take(png, size), (GDestroyNotify)g_bytes_unref);
}

void
kab_client_get_picture_async(KabClient *self, KabProductId product_id G_GNUC_UNUSED,
                             guint n G_GNUC_UNUSED, const char *hash, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, g_strdup(hash), g_free);
    fake_answer(task, FAKE_PICTURE, compute_picture);
}

GBytes *
kab_client_get_picture_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
