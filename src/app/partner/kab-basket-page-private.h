/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-basket-page.h"
#include "kab-client-orders.h"
#include "kab-line-list.h"
#include "kab-line-undo.h"
#include "kab-notice.h"
#include "kab-order-form.h"
#include "kab-outbox.h"

G_BEGIN_DECLS

/* The two halves of the page: the basket and what is made of it, and changes of many lines. */

typedef enum {
    SUBMIT_NOTHING,
    SUBMIT_SAVE,
    SUBMIT_PLACE,
    SUBMIT_CLEAR,
    SUBMIT_RESTORE, /* all lines of a basket that was cleared */
    SUBMIT_ACCEPT,
} Submit;

struct _KabBasketPage {
    KabDataPage parent_instance;

    KabPageView *view;
    KabLineList *line_list;
    GtkLabel *count_label;
    GtkLabel *total_label;
    KabNotice *price_notice;
    KabNotice *limit_notice;
    KabOrderForm *order_form;
    GtkWidget *form;
    GtkWidget *buttons_box;
    GtkWidget *clear_button;
    GtkSpinner *spinner;

    KabOrder *basket;  /* (owned) (nullable) */
    KabOutbox *outbox; /* (owned) */
    KabLineUndo *undo; /* (owned) */
    KabOrder *cleared; /* (owned) (nullable): what is being cleared, or put back */
    KabLimits limits;  /* without a currency, nothing is known */
    Submit wanted;     /* pressed, and waits for the last change of the basket to arrive */
    Submit pending;    /* being sent */
    Submit key_for;    /* what the key was made for */
    char *key;         /* (owned) (nullable): the key of a press whose answer has not come yet */
};

/** kab_basket_page_show: shows the basket as it is known. */
void kab_basket_page_show(KabBasketPage *self);

/** kab_basket_page_take: @basket: (transfer full): what the portal says that it is */
void kab_basket_page_take(KabBasketPage *self, KabOrder *basket);

/** kab_basket_page_forget_key: what is pressed next is no repetition. */
void kab_basket_page_forget_key(KabBasketPage *self);

/** kab_basket_page_is_idle: whether nothing is being sent or waits for it. */
gboolean kab_basket_page_is_idle(KabBasketPage *self);

/** kab_basket_page_update_buttons: after what is sent or waited for has changed. */
void kab_basket_page_update_buttons(KabBasketPage *self);

/** kab_basket_page_want: does it when the changes that are on their way have arrived. */
void kab_basket_page_want(KabBasketPage *self, Submit submit);

/** kab_basket_page_carry_out: sends it now. */
void kab_basket_page_carry_out(KabBasketPage *self, Submit submit);

/** kab_basket_page_send_change: clears the basket, restores it, or accepts its prices. */
void kab_basket_page_send_change(KabBasketPage *self, Submit submit);

/** kab_basket_page_restore: puts @removed back. */
void kab_basket_page_restore(KabBasketPage *self, const KabOrder *removed);

/** kab_basket_page_install_changes: the actions that change many lines. */
void kab_basket_page_install_changes(GtkWidgetClass *widget_class);

G_END_DECLS
