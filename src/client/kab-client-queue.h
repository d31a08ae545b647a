/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-catalogue.h"
#include "kab-client-exchange.h"
#include "kab-time.h"

G_BEGIN_DECLS

/* What the console asks about single objects and about failures; for administrators, at either end.
 */

/**
 * KabQueueCause:
 * @error: (owned): why; "" if nothing was said
 * @kind: (owned): the kind of the objects
 * @count: how many entries have failed because of it
 * @oldest_at: when the oldest of them was queued
 * @newest_at: when the newest of them was queued
 * @object_id: (owned): the object of the newest one, as an example
 * @name: (owned) (nullable): how people know it
 *
 * Why entries of a queue have failed.
 */
typedef struct {
    char *error;
    char *kind;
    gint64 count;
    KabTime oldest_at;
    KabTime newest_at;
    char *object_id;
    KabObjectName *name;
} KabQueueCause;

void kab_queue_cause_free(KabQueueCause *cause);

/** kab_client_list_causes_async: why entries of this end's queue have failed. */
void kab_client_list_causes_async(KabClient *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);

/** kab_client_list_causes_finish: (transfer full) (nullable): a page of #KabQueueCause, the most
 * frequent first */
KabPage *kab_client_list_causes_finish(KabClient *self, GAsyncResult *result, GError **error);

/**
 * kab_client_get_payload_async:
 * @self: a connection
 * @kind: a kind that this end sends: %KAB_ERROR_INVALID if it is none
 * @id: an object
 *
 * What a message about the object would say now.
 */
void kab_client_get_payload_async(KabClient *self, const char *kind, const char *id,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data);

/** kab_client_get_payload_finish: (transfer full) (nullable): JSON text with kind, id and body; no
 * body: the object is no more */
char *kab_client_get_payload_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_put_queue_async: queues an object by hand: %KAB_ERROR_NOT_FOUND if there is none. */
void kab_client_put_queue_async(KabClient *self, const char *kind, const char *id,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data);

/** kab_client_put_queue_finish: whether it is queued. */
gboolean kab_client_put_queue_finish(KabClient *self, GAsyncResult *result, GError **error);

/**
 * KabFoundObject:
 * @id: the object
 * @kind: (owned) (nullable): what this end sends about it, if it is an order; of others the kind
 *   that was asked for, or by which it was found
 * @number: (owned) (nullable): the order's number
 * @name: (owned) (nullable): how people know it, if this end has it
 *
 * An object that somebody asked for by its id or by what people call it.
 */
typedef struct {
    char id[KAB_ID_SIZE];
    char *kind;
    char *number;
    KabObjectName *name;
} KabFoundObject;

void kab_found_object_free(KabFoundObject *object);

/**
 * kab_client_find_object_async:
 * @self: a connection
 * @kind: (nullable): what it is, so that it is found by what people call such objects, and its name
 *   is told; %NULL: any kind, orders first
 * @text: an id, or what people call the object: an order's number, a product's article and so on
 *
 * Which object is meant: %KAB_ERROR_NOT_FOUND if nothing is called so, %KAB_ERROR_INVALID if
 * several are; the message says which.
 */
void kab_client_find_object_async(KabClient *self, const char *kind, const char *text,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data);

/** kab_client_find_object_finish: (transfer full) (nullable) */
KabFoundObject *kab_client_find_object_finish(KabClient *self, GAsyncResult *result,
                                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabQueueCause, kab_queue_cause_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabFoundObject, kab_found_object_free)

G_END_DECLS
