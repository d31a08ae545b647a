/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-orders.h"
#include "kab-comment-list.h"
#include "kab-document-list.h"
#include "kab-draft-box.h"
#include "kab-history-list.h"
#include "kab-invoice-file.h"
#include "kab-line-list.h"
#include "kab-order-details.h"
#include "kab-order-head.h"
#include "kab-order-page.h"
#include "kab-page-view.h"

G_BEGIN_DECLS

/* The two halves of the page: the order and what is decided about it, and what else can be done
 * with it. */

/** KabOrderThen: what follows when a draft is saved. */
typedef enum {
    KAB_ORDER_THEN_NOTHING,
    KAB_ORDER_THEN_PLACE,
    KAB_ORDER_THEN_REPEAT,
} KabOrderThen;

struct _KabOrderPage {
    KabDataPage parent_instance;

    KabPageView *view;
    KabOrderHead *head;
    KabLineList *line_list;
    KabOrderDetails *details;
    KabDraftBox *draft_box;
    KabDocumentList *document_list;
    KabCommentList *comment_list;
    KabHistoryList *history_list;

    KabOrderId id;
    KabOrder *order;   /* (owned) (nullable) */
    GtkWindow *dialog; /* (nullable): asks why the order is refused */
    gboolean busy;
    guint guard;       /* while a press could be meant for what stood there before */
    KabOrderThen then; /* when the draft that is being saved is saved */

    KabInvoiceFile *invoice; /* (owned) */
    char *repeat_key;        /* (owned) (nullable): of a press whose answer has not come yet */
};

/** kab_order_page_is_edited: whether a draft is changed and not saved. */
gboolean kab_order_page_is_edited(KabOrderPage *self);

/** kab_order_page_set_busy: whether something is on its way, and nothing else can be done. */
void kab_order_page_set_busy(KabOrderPage *self, gboolean busy);

/** kab_order_page_update_head: after what the head shows has changed. */
void kab_order_page_update_head(KabOrderPage *self);

/** kab_order_page_save_draft: saves what was changed, then does what @then says. */
void kab_order_page_save_draft(KabOrderPage *self, KabOrderThen then);

/** kab_order_page_repeat: puts what was ordered into the basket. */
void kab_order_page_repeat(KabOrderPage *self);

/** kab_order_page_install_actions: what else can be done with an order. */
void kab_order_page_install_actions(GtkWidgetClass *widget_class);

/** kab_order_page_start_actions: the page begins. */
void kab_order_page_start_actions(KabOrderPage *self);

/** kab_order_page_stop_actions: the page ends. */
void kab_order_page_stop_actions(KabOrderPage *self);

G_END_DECLS
