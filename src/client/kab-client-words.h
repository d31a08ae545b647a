/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-catalogue.h"
#include "kab-client.h"

G_BEGIN_DECLS

/* Predefined values of an end: what words mean that it does not know by itself. */

/**
 * KabWord:
 * @kind: (owned): "status" or "state" at a portal, "unit", "vat" or "currency" at a base
 * @text: (owned): what is written
 * @meaning: (owned) (nullable): the nick of a status, a state, a code of OKEI, a VAT rate or an ISO
 *   4217 code; %NULL: it is not known
 * @count: at a portal, of how many orders it is not known; at a base, how many products or price
 *   types have it
 */
typedef struct {
    char *kind;
    char *text;
    char *meaning;
    gint64 count;
} KabWord;

KabWord *kab_word_new(const char *kind, const char *text, const char *meaning, gint64 count);
void kab_word_free(KabWord *word);

/** kab_client_list_words_async: words with a meaning, and those that still have none. */
void kab_client_list_words_async(KabClient *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);

/** kab_client_set_word_async: @meaning: (nullable): what it means; %NULL: nothing that is known */
void kab_client_set_word_async(KabClient *self, const char *kind, const char *text,
                               const char *meaning, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);

/** kab_client_words_finish: (transfer full) (nullable): a page of #KabWord, after either call */
KabPage *kab_client_words_finish(KabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
