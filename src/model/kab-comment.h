/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-id.h"
#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

/** KAB_COMMENT_MAX: the most characters that a comment has. */
#define KAB_COMMENT_MAX 4000

/**
 * KabComment:
 * @id: made where it was written, the same at both ends
 * @order_id: the order
 * @by_base: whether the company wrote it, not the partner
 * @author: who wrote it
 * @at: when
 * @text: what
 *
 * What partner and manager write to each other beside an order. It never changes.
 */
typedef struct {
    KabCommentId id;
    KabOrderId order_id;
    gboolean by_base;
    char *author;
    KabTime at;
    char *text;
} KabComment;

void kab_comment_free(KabComment *comment);

/**
 * kab_comment_check_text:
 * @text: (nullable): what somebody wants to write
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether it says something and is not too long
 */
gboolean kab_comment_check_text(const char *text, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabComment, kab_comment_free)

G_END_DECLS
