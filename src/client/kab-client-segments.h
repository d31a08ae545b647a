/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-catalogue.h"
#include "kab-client.h"

G_BEGIN_DECLS

/* Segments of a base: the products with the same value of an attribute. */

/**
 * KabSegment:
 * @key: (owned): an attribute, or a value of one
 * @title: (owned): what people call it
 * @count: of a value: how many products have it
 */
typedef struct {
    char *key;
    char *title;
    gint64 count;
} KabSegment;

KabSegment *kab_segment_new(const char *key, const char *title, gint64 count);
void kab_segment_free(KabSegment *segment);

/** kab_client_list_attributes_async: what products can be chosen by. */
void kab_client_list_attributes_async(KabClient *self, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data);

/** kab_client_list_values_async: the values of an attribute, most products first; @text:
 * (nullable): words that are in them */
void kab_client_list_values_async(KabClient *self, const char *attribute, const char *text,
                                  guint limit, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);

/** kab_client_segments_finish: (transfer full) (nullable): a page of #KabSegment, after either */
KabPage *kab_client_segments_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_form_segment_async: "Form": puts the segment's products into the queue. */
void kab_client_form_segment_async(KabClient *self, const char *attribute, const char *value,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data);

/** kab_client_form_segment_finish: how many products; -1 on error, such as %KAB_ERROR_NOT_FOUND */
gint64 kab_client_form_segment_finish(KabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
