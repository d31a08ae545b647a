/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-basket.h"
#include "kab-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct {
    const char *nick;
    const char *title;
} reasons[KAB_N_SKIP_REASONS] = {
    [KAB_SKIP_NOT_SOLD] = {"not-sold", N_("no longer sold")},
    [KAB_SKIP_NO_PRICE] = {"no-price", N_("no price for you: ask your manager")},
    [KAB_SKIP_LIMIT] = {"limit", N_("more than a basket takes")},
};

static void
clear_wish(gpointer data)
{
    g_free(((KabBasketWish *)data)->name);
}

GArray *
kab_basket_wishes_new(void)
{
    GArray *wishes = g_array_new(FALSE, FALSE, sizeof(KabBasketWish));

    g_array_set_clear_func(wishes, clear_wish);
    return wishes;
}

void
kab_basket_wishes_add(GArray *wishes, KabProductId product_id, KabQuantity quantity,
                      const char *name)
{
    KabBasketWish wish = {product_id, quantity, g_strdup(name)};

    g_array_append_val(wishes, wish);
}

GArray *
kab_basket_wishes_of(const KabOrder *order)
{
    GArray *wishes = kab_basket_wishes_new();

    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);
        KabQuantity quantity = line->ordered.milli > 0 ? line->ordered : line->quantity;

        if (quantity.milli > 0)
            kab_basket_wishes_add(wishes, line->product_id, quantity, line->name);
    }
    return wishes;
}

KabSkipped *
kab_skipped_new(KabProductId product_id, const char *name, KabSkipReason reason)
{
    KabSkipped *skipped = g_new0(KabSkipped, 1);

    skipped->product_id = product_id;
    skipped->name = g_strdup(name != NULL ? name : "");
    skipped->reason = reason;
    return skipped;
}

void
kab_skipped_free(KabSkipped *skipped)
{
    if (skipped == NULL)
        return;
    g_free(skipped->name);
    g_free(skipped);
}

void
kab_basket_change_free(KabBasketChange *change)
{
    if (change == NULL)
        return;
    kab_order_free(change->basket);
    g_clear_pointer(&change->skipped, g_ptr_array_unref);
    g_free(change);
}

const char *
kab_skip_reason_to_nick(KabSkipReason reason)
{
    g_return_val_if_fail((guint)reason < KAB_N_SKIP_REASONS, NULL);
    return reasons[reason].nick;
}

gboolean
kab_skip_reason_from_nick(const char *nick, KabSkipReason *out, GError **error)
{
    for (int i = 0; i < KAB_N_SKIP_REASONS; i++)
        if (g_strcmp0(nick, reasons[i].nick) == 0) {
            *out = (KabSkipReason)i;
            return TRUE;
        }
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%s” is not a reason"),
                nick != NULL ? nick : "");
    return FALSE;
}

const char *
kab_skip_reason_to_title(KabSkipReason reason)
{
    g_return_val_if_fail((guint)reason < KAB_N_SKIP_REASONS, NULL);
    return g_dgettext(GETTEXT_PACKAGE, reasons[reason].title);
}
