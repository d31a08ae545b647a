/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-audit.h"
#include "kab-db.h"
#include "kab-seal.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * KabSettingType:
 * @KAB_SETTING_TEXT: any text
 * @KAB_SETTING_SECRET: a text that is kept sealed and shown to nobody
 * @KAB_SETTING_NUMBER: a whole number from min to max
 * @KAB_SETTING_SWITCH: "true" or "false"
 * @KAB_SETTING_ADDRESS: the address of a service
 * @KAB_SETTING_PATH: a path that begins with "/", or nothing
 * @KAB_SETTING_FILE: the full path of a file of this machine, or nothing
 * @KAB_SETTING_INTERVAL: seconds from min to max, also entered as "mm:ss"; 0 is off
 * @KAB_SETTING_MODE: what to do about something: "refuse", "warn" or "off"
 * @KAB_SETTING_SECURITY: how a connection is secured: "starttls", "tls" or "none"
 * @KAB_SETTING_EMAIL: an e-mail address, or nothing
 * @KAB_SETTING_INN: a Russian taxpayer number, or nothing
 * @KAB_SETTING_KPP: a Russian tax registration reason code, or nothing
 * @KAB_SETTING_BIC: a Russian bank code, or nothing
 */
typedef enum {
    KAB_SETTING_TEXT,
    KAB_SETTING_SECRET,
    KAB_SETTING_NUMBER,
    KAB_SETTING_SWITCH,
    KAB_SETTING_ADDRESS,
    KAB_SETTING_PATH,
    KAB_SETTING_FILE,
    KAB_SETTING_INTERVAL,
    KAB_SETTING_MODE,
    KAB_SETTING_SECURITY,
    KAB_SETTING_EMAIL,
    KAB_SETTING_INN,
    KAB_SETTING_KPP,
    KAB_SETTING_BIC,
} KabSettingType;

/**
 * KabSetting:
 * @name: its name
 * @type: what it takes
 * @fallback: its value until it is set
 * @min: for numbers and intervals
 * @max: for numbers and intervals
 * @title: what it is, for people; a msgid
 */
typedef struct {
    const char *name;
    KabSettingType type;
    const char *fallback;
    gint64 min;
    gint64 max;
    const char *title;
} KabSetting;

/**
 * KabSettingChangedFunc:
 * @db: a connection inside the transaction of the change
 * @name: the setting
 * @error: return location
 *
 * Queues what the other end has to be told of a change.
 *
 * Returns: %FALSE on error
 */
typedef gboolean (*KabSettingChangedFunc)(KabDb *db, const char *name, GError **error);

/**
 * KabSettings:
 * @settings: (array length=n_settings): which there are
 * @n_settings: how many
 * @seal: the seal of the secrets
 * @changed: (nullable): called with every change
 *
 * The settings of one end.
 */
typedef struct {
    const KabSetting *settings;
    guint n_settings;
    KabSeal *seal;
    KabSettingChangedFunc changed;
} KabSettings;

/** kab_settings_find: (nullable): the setting @name, %KAB_ERROR_NOT_FOUND. */
const KabSetting *kab_settings_find(const KabSettings *self, const char *name, GError **error);

/**
 * kab_settings_get:
 * @self: the settings
 * @db: a connection
 * @name: one of them
 * @error: return location: %KAB_ERROR_NOT_FOUND, %KAB_ERROR_CORRUPT for a secret
 *
 * Returns: (transfer full) (nullable): its value; a secret in clear, never to be shown
 */
char *kab_settings_get(const KabSettings *self, KabDb *db, const char *name, GError **error);

/** kab_settings_get_number: its value as a whole number; switches are 0 or 1. */
gboolean kab_settings_get_number(const KabSettings *self, KabDb *db, const char *name, gint64 *out,
                                 GError **error);

/**
 * kab_settings_set:
 * @self: the settings
 * @db: a connection
 * @actor: who changes it, for the audit log
 * @name: one of them
 * @value: the new value; spaces at its ends are taken off
 * @notice: (out) (optional) (nullable) (transfer full): what was changed of @value, in words
 * @error: return location: %KAB_ERROR_NOT_FOUND, %KAB_ERROR_INVALID
 *
 * Returns: whether it is stored
 */
gboolean kab_settings_set(const KabSettings *self, KabDb *db, const KabActor *actor,
                          const char *name, const char *value, char **notice, GError **error);

/**
 * kab_settings_to_json:
 * @self: the settings
 * @db: a connection
 * @secrets: whether secrets are in it, in clear
 * @error: return location
 *
 * Returns: (transfer full) (nullable): all values by name
 */
JsonNode *kab_settings_to_json(const KabSettings *self, KabDb *db, gboolean secrets,
                               GError **error);

/**
 * kab_settings_load_json:
 * @self: the settings
 * @db: a connection outside a transaction
 * @actor: who changes them, for the audit log
 * @object: values by name, as kab_settings_to_json() writes them
 * @notices: (out) (optional) (nullable) (transfer full): what was changed of the values, in words,
 *   a line each
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_NOT_FOUND
 *
 * Returns: whether all of them are stored; otherwise none is
 */
gboolean kab_settings_load_json(const KabSettings *self, KabDb *db, const KabActor *actor,
                                JsonObject *object, char **notices, GError **error);

G_END_DECLS
