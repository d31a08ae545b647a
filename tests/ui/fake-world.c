/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"

#include <string.h>

FakeWorld fake_world;

static const char *const group_names[] = {"Tools", "Hand tools", "Power tools", "Protection"};
static const char *const product_names[] = {"Gloves",  "Hammer",          "Drill",
                                            "Goggles", "Spanner",         "Saw",
                                            "Helmet",  "Screwdriver set", "Respirator"};
static const char *const long_product_names[] = {
    "Перчатки рабочие трикотажные с двойным латексным покрытием, морозостойкие, размер 10 (XL), оливковые",
    "Шуруповёрт аккумуляторный бесщёточный ударный 18 В с двумя аккумуляторами и зарядным устройством",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenbefestigungsschraubensortiment",
};

static char *
dup_id(guint kind, guint i)
{
    return g_strdup_printf("%08x-0000-4000-8000-%012u", kind, i);
}

KabOrder *
fake_copy_order(const KabOrder *order, gboolean with_lines)
{
    KabOrder *copy = kab_order_copy(order);

    if (!with_lines)
        g_array_set_size(copy->lines, 0);
    return copy;
}

KabGroup *
fake_copy_group(const KabGroup *group)
{
    KabGroup *copy = g_new0(KabGroup, 1);

    *copy = *group;
    copy->name = g_strdup(group->name);
    return copy;
}

static void
copy_card(const KabProduct *product, KabProduct *copy)
{
    copy->manufacturer = g_strdup(product->manufacturer);
    copy->barcode = g_strdup(product->barcode);
    for (guint i = 0; product->properties != NULL && i < product->properties->len; i++) {
        const KabProperty *property = g_ptr_array_index(product->properties, i);

        kab_product_add_property(copy, property->name, property->value);
    }
    for (guint i = 0; product->stocks != NULL && i < product->stocks->len; i++) {
        const KabProductStock *stock = g_ptr_array_index(product->stocks, i);

        kab_product_add_stock(copy, stock->name, stock->quantity, stock->as_of);
    }
    if (product->prices != NULL)
        copy->prices = g_array_copy(product->prices);
}

KabProduct *
fake_get_product(guint i)
{
    return g_ptr_array_index(fake_world.products, i);
}

static void
add_price(KabProduct *product, gint64 from, gint64 minor)
{
    KabPrice price = {.price = kab_money_new(minor, "RUB"), .from = {from}};

    g_array_append_val(product->prices, price);
}

void
fake_complete_product(guint i, gint64 step)
{
    KabProduct *product = fake_get_product(i);
    KabTime now = kab_time_now();

    product->step.milli = step;
    product->description = g_strdup("For wet and dry work.");
    product->manufacturer = g_strdup("Example works");
    product->barcode = g_strdup("4600000000017");
    kab_product_add_property(product, "Material", "Latex, cotton");
    kab_product_add_property(product, "Size", "10 (XL)");
    g_clear_pointer(&product->prices, g_array_unref);
    product->prices = g_array_new(FALSE, TRUE, sizeof(KabPrice));
    add_price(product, 0, product->price.minor);
    add_price(product, 100 * KAB_QUANTITY_ONE, product->price.minor - 1000);
    add_price(product, 1000 * KAB_QUANTITY_ONE, product->price.minor - 2000);
    kab_product_add_stock(product, "North", (KabQuantity){9000}, now - 5 * 60000 - 1000);
    kab_product_add_stock(product, "South", (KabQuantity){3000},
                          now - G_GINT64_CONSTANT(3) * 86400000 - 1000);
    product->stock_as_of = now - G_GINT64_CONSTANT(3) * 86400000 - 1000;
    kab_product_add_picture(product, "aa");
    kab_product_add_picture(product, "bb");
}

KabProduct *
fake_copy_product(const KabProduct *product, gboolean card)
{
    KabProduct *copy = g_new0(KabProduct, 1);

    *copy = *product;
    copy->manufacturer = copy->barcode = NULL;
    copy->properties = copy->stocks = copy->pictures = NULL;
    copy->prices = NULL;
    copy->vat = g_strdup(product->vat);
    for (guint i = 0; product->pictures != NULL && i < (card ? product->pictures->len : 1); i++)
        kab_product_add_picture(copy, g_ptr_array_index(product->pictures, i));
    if (card)
        copy_card(product, copy);
    copy->article = g_strdup(product->article);
    copy->name = g_strdup(product->name);
    copy->unit = g_strdup(product->unit);
    copy->description = card ? g_strdup(product->description) : NULL;
    for (guint i = 0; i < fake_world.basket->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(fake_world.basket, i);

        if (strcmp(line->product_id.text, product->id.text) == 0)
            copy->in_basket = line->quantity;
    }
    return copy;
}

KabQueueEntry *
fake_copy_entry(const KabQueueEntry *entry)
{
    KabQueueEntry *copy = g_new0(KabQueueEntry, 1);

    *copy = *entry;
    copy->kind = g_strdup(entry->kind);
    copy->object_id = g_strdup(entry->object_id);
    copy->error = g_strdup(entry->error);
    copy->waits_kind = g_strdup(entry->waits_kind);
    copy->waits_id = g_strdup(entry->waits_id);
    copy->name = kab_object_name_copy(entry->name);
    return copy;
}

static KabOrder *
make_basket(void)
{
    KabOrder *basket = kab_order_new();

    basket->total = kab_money_new(0, "RUB");
    return basket;
}

void
fake_reset(void)
{
    FakeWorld *w = &fake_world;

    fake_live_reset();
    for (int i = 0; i < FAKE_N_CALLS; i++) {
        g_clear_pointer(&w->held[i], g_ptr_array_unref);
        g_clear_pointer(&w->fail_message[i], g_free);
    }
    g_clear_pointer(&w->groups, g_ptr_array_unref);
    g_clear_pointer(&w->products, g_ptr_array_unref);
    g_clear_pointer(&w->orders, g_ptr_array_unref);
    g_clear_pointer(&w->queue, g_ptr_array_unref);
    g_clear_pointer(&w->tasks, g_ptr_array_unref);
    g_clear_pointer(&w->documents, g_ptr_array_unref);
    g_clear_pointer(&w->acts, g_ptr_array_unref);
    g_clear_pointer(&w->comments, g_ptr_array_unref);
    g_clear_pointer(&w->basket, kab_order_free);
    g_clear_pointer(&w->last_details, kab_order_free);
    g_clear_pointer(&w->secrets, g_hash_table_unref);
    g_clear_pointer(&w->exchange.run, kab_run_result_free);
    g_clear_pointer(&w->ended_run, kab_run_result_free);
    g_clear_pointer(&w->exchange.alarms, g_ptr_array_unref);
    g_free(w->exchange.last_error);
    g_free(w->exchange.paused_by);
    g_free(w->exchange.failure);
    g_free(w->last_key);
    g_free(w->last_text);
    g_free(w->last_reason);
    fake_reset_baskets();
    memset(w, 0, sizeof *w);

    w->groups = g_ptr_array_new_with_free_func((GDestroyNotify)kab_group_free);
    w->products = g_ptr_array_new_with_free_func((GDestroyNotify)kab_product_free);
    w->orders = g_ptr_array_new_with_free_func((GDestroyNotify)kab_order_free);
    w->queue = g_ptr_array_new_with_free_func((GDestroyNotify)kab_queue_entry_free);
    fake_reset_papers();
    fake_reset_console();
    fake_reset_maps();
    fake_reset_journal();
    fake_reset_queue();
    fake_reset_people();
    fake_reset_users();
    fake_reset_publication();
    w->basket = make_basket();
    w->secrets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    w->exchange.connected = TRUE;
    w->exchange.last_run_at = G_GINT64_CONSTANT(1767225600000);
    for (int i = 0; i < FAKE_N_CALLS; i++) {
        w->fail_code[i] = -1;
        w->held[i] = g_ptr_array_new();
    }
}

static void
fill_groups(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(group_names); i++) {
        KabGroup *group = g_new0(KabGroup, 1);
        g_autofree char *id = dup_id(1, i);
        g_autofree char *parent = dup_id(1, 0);

        group->id = kab_group_id_of(id);
        if (i == 1 || i == 2)
            group->parent_id = kab_group_id_of(parent);
        group->name = g_strdup(group_names[i]);
        g_ptr_array_add(fake_world.groups, group);
    }
}

static void
fill_products(guint n, gboolean long_texts)
{
    for (guint i = 0; i < n; i++) {
        KabProduct *product = g_new0(KabProduct, 1);
        g_autofree char *id = dup_id(2, i);
        g_autofree char *group = dup_id(1, 1 + i % 3);
        const char *name = long_texts ? long_product_names[i % G_N_ELEMENTS(long_product_names)]
                                      : product_names[i % G_N_ELEMENTS(product_names)];

        product->id = kab_product_id_of(id);
        product->group_id = kab_group_id_of(group);
        product->article = g_strdup_printf("ART-%04u", i + 1);
        product->name =
            i < G_N_ELEMENTS(product_names)
                ? g_strdup(name)
                : g_strdup_printf("%s %u", name, i / (guint)G_N_ELEMENTS(product_names));
        product->unit = g_strdup(long_texts ? "упак" : "pcs");
        product->price = kab_money_new(long_texts ? 123456789 + i : 12550 + i * 1000, "RUB");
        product->has_price = i % 11 != 10;
        product->has_stock = i % 7 != 6;
        product->stock.milli = i % 5 == 4 ? 0 : (12 + (gint64)i) * KAB_QUANTITY_ONE;
        g_ptr_array_add(fake_world.products, product);
    }
}

static void
add_line(KabOrder *order, guint i, gint64 ordered, gint64 now)
{
    const KabProduct *product =
        g_ptr_array_index(fake_world.products, i % fake_world.products->len);
    KabOrderLine *line = kab_order_add_line(order);

    line->product_id = product->id;
    line->article = g_strdup(product->article);
    line->name = g_strdup(product->name);
    line->unit = g_strdup(product->unit);
    line->price = line->ordered_price = product->price;
    line->ordered.milli = ordered;
    line->quantity.milli = now;
}

static void
describe(KabOrder *order, guint i, gboolean long_texts)
{
    order->partner_name = g_strdup(
        long_texts ? "ООО «Торгово-производственное объединение «Северо-Западстройснабкомплект»"
                   : "Horns and Hooves");
    order->user_name = g_strdup("Anna");
    order->manager =
        g_strdup(long_texts ? "Константинопольский Всеволод Владиславович" : "Ivan Petrov");
    order->phone = g_strdup("+7 900 000-00-00");
    order->email = g_strdup("anna@example.com");
    order->address = i % 2 == 0 ? g_strdup("Example street 1, 100000 Example") : NULL;
    order->comment = i % 3 == 0 ? g_strdup("Please call before the delivery") : NULL;
    order->state = g_strdup(kab_order_state_list()[i % 10]);
}

void
fake_fill(guint n_products, guint n_orders, gboolean long_texts)
{
    fill_groups();
    fill_products(n_products, long_texts);
    for (guint i = 0; i < n_orders; i++) {
        KabOrder *order = kab_order_new();
        KabOrderStatus status =
            (KabOrderStatus)((i + KAB_ORDER_AWAITING_PARTNER) % KAB_ORDER_N_STATUSES);
        g_autofree char *id = dup_id(3, i);

        order->id = kab_order_id_of(id);
        order->status = status;
        order->client_status = KAB_CLIENT_TO_FULFIL;
        order->version = 3;
        order->revision = status > KAB_ORDER_NEW ? 3 : 0;
        order->created_at = order->placed_at =
            G_GINT64_CONSTANT(1767225600000) - (gint64)i * 86400000;
        if (status > KAB_ORDER_NEW) {
            order->number = g_strdup_printf("0000-%06u", n_orders - i);
            describe(order, i, long_texts);
        }
        order->has_invoice = status >= KAB_ORDER_AWAITING_PARTNER;
        add_line(order, i, 3 * KAB_QUANTITY_ONE,
                 (status > KAB_ORDER_NEW ? 2 : 3) * KAB_QUANTITY_ONE);
        add_line(order, i + 1, 5 * KAB_QUANTITY_ONE, 5 * KAB_QUANTITY_ONE);
        add_line(order, i + 2, 22250, 22250);
        g_assert_true(kab_order_recount(order, NULL));
        g_assert_true(kab_order_set_percents(order, status >= KAB_ORDER_IN_PROGRESS ? 50 : 0,
                                             status == KAB_ORDER_COMPLETED ? 100 : 0, NULL));
        g_ptr_array_add(fake_world.orders, order);
    }
}

static void
add_entry(guint i, KabQueueState state)
{
    KabQueueEntry *entry = g_new0(KabQueueEntry, 1);

    entry->id = i + 1;
    entry->kind = g_strdup(i % 2 == 0 ? "order" : "client-order");
    entry->object_id = dup_id(3, i);
    entry->state = state;
    entry->attempts = (int)i % 4;
    entry->created_at = entry->next_attempt_at = G_GINT64_CONSTANT(1767225600000);
    entry->name = g_new0(KabObjectName, 1);
    entry->name->name = g_strdup_printf("Partner %u", i % 7 + 1);
    entry->name->at = entry->created_at;
    entry->name->total = kab_money_new(100000 + 1250 * (gint64)i, "RUB");
    if (i % 2 == 1) /* at the base they have numbers */
        entry->name->number = g_strdup_printf("0000-%06u", i + 1);
    if (state == KAB_QUEUE_FAILED)
        entry->error = g_strdup("The other end rejected it: the product is not known there");
    fake_world.exchange.counts[state]++;
    g_ptr_array_add(fake_world.queue, entry);
}

void
fake_fill_queue(guint n)
{
    for (guint i = 0; i < n; i++)
        add_entry(i, (KabQueueState)(i % KAB_QUEUE_N_STATES));
}

void
fake_fill_queue_failed(guint n)
{
    for (guint i = 0; i < n; i++)
        add_entry(i, KAB_QUEUE_FAILED);
}

void
fake_add_order(KabOrderStatus status, const char *number)
{
    KabOrder *order = kab_order_new();
    g_autofree char *id = dup_id(4, fake_world.orders->len);

    order->id = kab_order_id_of(id);
    order->status = status;
    order->number = g_strdup(number);
    order->version = order->revision = 1;
    order->created_at = order->placed_at = kab_time_now();
    if (fake_world.products->len > 0)
        add_line(order, 0, KAB_QUANTITY_ONE, KAB_QUANTITY_ONE);
    order->total = kab_money_new(0, "RUB");
    g_assert_true(kab_order_recount(order, NULL));
    g_ptr_array_insert(fake_world.orders, 0, order);
}

KabOrder *
fake_get_order(guint i)
{
    return g_ptr_array_index(fake_world.orders, i);
}

KabOrder *
fake_get_basket(void)
{
    return fake_world.basket;
}

void
fake_put_into_basket(guint product, gint64 milli)
{
    add_line(fake_world.basket, product, milli, milli);
    g_assert_true(kab_order_recount(fake_world.basket, NULL));
}

KabExchangeState *
fake_get_exchange(void)
{
    return &fake_world.exchange;
}
