/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-catalogue.h"
#include "kab-client.h"

G_BEGIN_DECLS

/**
 * KabSettingInfo:
 * @name: (owned): its name
 * @title: (owned): what it is, for people; a msgid
 * @type: (owned): what it takes, such as "text", "secret", "switch" or "interval"
 * @value: (owned) (nullable): its value; %NULL for a secret
 * @is_set: of a secret, whether there is one
 * @min: for numbers and intervals
 * @max: for numbers and intervals
 *
 * A setting of an end, as an administrator may see it.
 */
typedef struct {
    char *name;
    char *title;
    char *type;
    char *value;
    gboolean is_set;
    gint64 min;
    gint64 max;
} KabSettingInfo;

/**
 * KabSettingList:
 * @items: (owned) (element-type KabSettingInfo): the settings
 * @notice: (owned) (nullable): what was changed of the values that were set, in words
 */
typedef struct {
    GPtrArray *items;
    char *notice;
} KabSettingList;

void kab_setting_list_free(KabSettingList *list);

/** kab_setting_list_find: (transfer none) (nullable): the setting @name */
const KabSettingInfo *kab_setting_list_find(const KabSettingList *list, const char *name);

/** kab_client_get_settings_async: the settings of an end. */
void kab_client_get_settings_async(KabClient *self, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_set_settings_async:
 * @self: a connection
 * @values: (array zero-terminated=1): name, value, ...: all of them are set, or none
 * @cancellable: (nullable): to stop it
 * @callback: what to call then
 * @data: for @callback
 */
void kab_client_set_settings_async(KabClient *self, const char *const *values,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data);

/** kab_client_settings_finish: (transfer full) (nullable): the settings after either call */
KabSettingList *kab_client_settings_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_check_async: "Check integration": whether the other end is available. */
void kab_client_check_async(KabClient *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);

/** kab_client_check_address_async: whether the other end's service is where its address says; the
 * secrets may not be there yet. Finish with kab_client_check_finish(). */
void kab_client_check_address_async(KabClient *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);

/** kab_client_check_mail_async: whether the mail server takes a letter from a portal, which is sent
 * to the address that letters come from. Finish with kab_client_check_finish(). */
void kab_client_check_mail_async(KabClient *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);

/**
 * KabCheck:
 * @problem: (owned) (nullable): what is wrong and where; %NULL: the other end is available
 * @setting: (owned) (nullable): the name of the setting to look at then
 * @warning: (owned) (nullable): what should be mended although it is available
 *
 * What "Check integration" has found.
 */
typedef struct {
    char *problem;
    char *setting;
    char *warning;
} KabCheck;

void kab_check_free(KabCheck *check);

/** kab_client_check_finish: (transfer full) (nullable): what was found */
KabCheck *kab_client_check_finish(KabClient *self, GAsyncResult *result, GError **error);

/**
 * KabObjectKind:
 * @kind: (owned): a kind
 * @enabled: whether it takes part in the exchange
 * @queued: how many of its objects are in the queue
 *
 * A kind of objects that an end sends.
 */
typedef struct {
    char *kind;
    gboolean enabled;
    gint64 queued;
} KabObjectKind;

void kab_object_kind_free(KabObjectKind *kind);

/** kab_client_list_kinds_async: the object kinds that this end sends, in the order of sending. */
void kab_client_list_kinds_async(KabClient *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);

/** kab_client_set_kind_async: lets a kind take part in the exchange, or not. */
void kab_client_set_kind_async(KabClient *self, const char *kind, gboolean enabled,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer data);

/** kab_client_kinds_finish: (transfer full) (nullable): a page of #KabObjectKind, after either call
 */
KabPage *kab_client_kinds_finish(KabClient *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabCheck, kab_check_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabSettingList, kab_setting_list_free)

G_END_DECLS
