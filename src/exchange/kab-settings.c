/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-breaker.h"
#include "kab-contact.h"
#include "kab-error.h"
#include "kab-http-address.h"
#include "kab-json.h"
#include "kab-requisites.h"
#include "kab-settings.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define MAX_VALUE 4000

#define SELECT_VALUE "SELECT value FROM setting WHERE name = $1"
#define UPSERT_VALUE                                    \
    "INSERT INTO setting (name, value) VALUES ($1, $2)" \
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"

const KabSetting *
kab_settings_find(const KabSettings *self, const char *name, GError **error)
{
    for (guint i = 0; i < self->n_settings; i++)
        if (strcmp(self->settings[i].name, name) == 0)
            return &self->settings[i];
    g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no setting “%.*s”"),
                kab_error_clip(name, 100), name);
    return NULL;
}

static char *
get(const KabSettings *self, KabDb *db, const KabSetting *setting, GError **error)
{
    g_autofree char *kept = NULL;

    if (!kab_db_get_text(db, SELECT_VALUE, KAB_BIND(kab_text(setting->name)), &kept, error))
        return NULL;
    if (kept == NULL)
        return g_strdup(setting->fallback);
    if (setting->type == KAB_SETTING_SECRET && *kept != '\0')
        return kab_seal_open_text(self->seal, kept, error);
    return g_steal_pointer(&kept);
}

char *
kab_settings_get(const KabSettings *self, KabDb *db, const char *name, GError **error)
{
    const KabSetting *setting = kab_settings_find(self, name, error);

    return setting != NULL ? get(self, db, setting, error) : NULL;
}

gboolean
kab_settings_get_number(const KabSettings *self, KabDb *db, const char *name, gint64 *out,
                        GError **error)
{
    g_autofree char *value = kab_settings_get(self, db, name, error);

    if (value == NULL)
        return FALSE;
    *out = strcmp(value, "true") == 0 ? 1 : g_ascii_strtoll(value, NULL, 10);
    return TRUE;
}

/* "90", "01:30" or "300" as seconds. */
static gboolean
parse_interval(const char *text, gint64 *seconds)
{
    g_auto(GStrv) parts = g_strsplit(text, ":", 2);
    guint64 minutes = 0;
    guint64 rest = 0;

    if (parts[0] == NULL)
        return FALSE;
    if (parts[1] == NULL) {
        if (!g_ascii_string_to_unsigned(parts[0], 10, 0, G_MAXINT32, &rest, NULL))
            return FALSE;
    } else if (!g_ascii_string_to_unsigned(parts[0], 10, 0, 100000, &minutes, NULL) ||
               strlen(parts[1]) != 2 ||
               !g_ascii_string_to_unsigned(parts[1], 10, 0, 59, &rest, NULL)) {
        return FALSE;
    }
    *seconds = (gint64)(minutes * 60 + rest);
    return TRUE;
}

static gboolean
in_range(const KabSetting *setting, gint64 value, GError **error)
{
    if (value >= setting->min && value <= setting->max)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("%s must be from %" PRId64 " to %" PRId64),
                setting->name, setting->min, setting->max);
    return FALSE;
}

static gboolean
invalid(const KabSetting *setting, const char *expected, GError **error)
{
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, "%s: %s", setting->name, expected);
    return FALSE;
}

static gboolean
check_address(const char *text, GError **error)
{
    g_autofree char *base = NULL;
    g_autoptr(GSocketConnectable) connectable = NULL;
    g_autoptr(GError) local = NULL;

    if (*text == '\0' || kab_http_address_parse_service(text, &base, &connectable, &local))
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, local->message);
    return FALSE;
}

static gboolean
check_path(const KabSetting *setting, const char *text, GError **error)
{
    if (*text == '\0' ||
        (*text == '/' && text[strlen(text) - 1] != '/' && strpbrk(text, " ?#{}%\\") == NULL &&
         strstr(text, "//") == NULL && strstr(text, "/..") == NULL))
        return TRUE;
    return invalid(setting,
                   _("a path begins with “/” and does not end with it, such as "
                     "/trade/hs/ExchangePortal"),
                   error);
}

/* The value as it is kept; NULL with @error set if it cannot be. */
static char *
normalize(const KabSetting *setting, const char *text, GError **error)
{
    gint64 number = 0;
    gboolean good = TRUE;

    switch (setting->type) {
    case KAB_SETTING_NUMBER:
        good = g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, &number, NULL)
                   ? in_range(setting, number, error)
                   : invalid(setting, _("a whole number is expected"), error);
        break;
    case KAB_SETTING_INTERVAL:
        good =
            parse_interval(text, &number)
                ? in_range(setting, number, error)
                : invalid(setting, _("seconds or mm:ss are expected, such as 300 or 05:00"), error);
        return good ? g_strdup_printf("%" PRId64, number) : NULL;
    case KAB_SETTING_SWITCH:
        if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
            good = invalid(setting, _("true or false is expected"), error);
        break;
    case KAB_SETTING_MODE:
        if (strcmp(text, "refuse") != 0 && strcmp(text, "warn") != 0 && strcmp(text, "off") != 0)
            good = invalid(setting, _("refuse, warn or off is expected"), error);
        break;
    case KAB_SETTING_ADDRESS:
        good = check_address(text, error);
        break;
    case KAB_SETTING_PATH:
        good = check_path(setting, text, error);
        break;
    case KAB_SETTING_FILE:
        if (*text != '\0' && !g_path_is_absolute(text))
            good = invalid(setting, _("the full path of a file is expected"), error);
        break;
    case KAB_SETTING_SECURITY:
        if (strcmp(text, "starttls") != 0 && strcmp(text, "tls") != 0 && strcmp(text, "none") != 0)
            good = invalid(setting, _("starttls, tls or none is expected"), error);
        break;
    case KAB_SETTING_EMAIL:
        good = *text == '\0' || kab_contact_check_email(text, error);
        break;
    case KAB_SETTING_INN:
        good = *text == '\0' || kab_requisites_check_inn(text, error);
        break;
    case KAB_SETTING_KPP:
        good = *text == '\0' || kab_requisites_check_kpp(text, error);
        break;
    case KAB_SETTING_BIC:
        good = *text == '\0' || kab_requisites_check_bic(text, error);
        break;
    case KAB_SETTING_TEXT:
    case KAB_SETTING_SECRET:
    default:
        break;
    }
    return good ? g_strdup(text) : NULL;
}

/* What a copy from a text or a web page brings along, and nobody sees. */
static gboolean
is_blank(gunichar c)
{
    return g_unichar_isspace(c) || c == 0x00a0 || c == 0x200b || c == 0x200e || c == 0x2060 ||
           c == 0xfeff;
}

static char *
trim(const char *value)
{
    const char *end = value + strlen(value);

    while (*value != '\0' && is_blank(g_utf8_get_char(value)))
        value = g_utf8_next_char(value);
    while (end > value && is_blank(g_utf8_get_char(g_utf8_prev_char(end))))
        end = g_utf8_prev_char(end);
    return g_strndup(value, (gsize)(end - value));
}

/* A name with a colon could not be told from its password (RFC 7617). */
static gboolean
is_clean(const KabSetting *setting, const char *text, GError **error)
{
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if (g_unichar_iscntrl(g_utf8_get_char(p)) || g_utf8_get_char(p) == 0xfeff ||
            g_utf8_get_char(p) == 0x200b)
            return invalid(setting, _("the value holds an invisible character"), error);
    if (strchr(text, ':') != NULL && (strcmp(setting->name, "exchange.login") == 0 ||
                                      strcmp(setting->name, "exchange.client-id") == 0))
        return invalid(setting, _("a colon cannot be part of it"), error);
    return TRUE;
}

/* After a change of how the other end is called, what it did before does not count. */
static gboolean
store(const KabSettings *self, KabDb *db, const KabActor *actor, const KabSetting *setting,
      const char *value, GError **error)
{
    gboolean secret = setting->type == KAB_SETTING_SECRET;
    g_autofree char *sealed =
        secret && *value != '\0' ? kab_seal_close_text(self->seal, value) : NULL;
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);
    g_autofree char *before = transaction != NULL ? get(self, db, setting, NULL) : NULL;
    gboolean same = g_strcmp0(before, value) == 0;
    g_autofree char *change =
        secret ? NULL : g_strdup_printf("%s -> %s", before != NULL ? before : "", value);

    if (secret && before != NULL)
        explicit_bzero(before, strlen(before));
    if (transaction == NULL)
        return FALSE;
    return kab_db_run(db, UPSERT_VALUE,
                      KAB_BIND(kab_text(setting->name), kab_text(sealed != NULL ? sealed : value)),
                      error) &&
           (same || kab_audit_add(db, self->seal, actor, KAB_AUDIT_SETTING, setting->name, change,
                                  error)) &&
           (!g_str_has_prefix(setting->name, "exchange.") || kab_breaker_succeed(db, error)) &&
           (self->changed == NULL || self->changed(db, setting->name, error)) &&
           kab_transaction_commit(transaction, error);
}

gboolean
kab_settings_set(const KabSettings *self, KabDb *db, const KabActor *actor, const char *name,
                 const char *value, char **notice, GError **error)
{
    const KabSetting *setting = kab_settings_find(self, name, error);
    g_autofree char *trimmed = NULL;
    g_autofree char *kept = NULL;

    if (notice != NULL)
        *notice = NULL;
    if (setting == NULL)
        return FALSE;
    if (!g_utf8_validate(value, -1, NULL) || g_utf8_strlen(value, -1) > MAX_VALUE)
        return invalid(setting, _("the value is too long or not UTF-8"), error);
    trimmed = trim(value);
    if (!is_clean(setting, trimmed, error))
        return FALSE;
    if (notice != NULL && strcmp(trimmed, value) != 0)
        *notice = g_strdup_printf(_("Spaces at the ends of %s were taken off"), name);
    kept = normalize(setting, trimmed, error);
    return kept != NULL && store(self, db, actor, setting, kept, error);
}

JsonNode *
kab_settings_to_json(const KabSettings *self, KabDb *db, gboolean secrets, GError **error)
{
    g_autoptr(JsonObject) object = json_object_new();

    for (guint i = 0; i < self->n_settings; i++) {
        const KabSetting *setting = &self->settings[i];
        g_autofree char *value = NULL;

        if (setting->type == KAB_SETTING_SECRET && !secrets)
            continue;
        value = get(self, db, setting, error);
        if (value == NULL)
            return NULL;
        json_object_set_string_member(object, setting->name, value);
    }
    return kab_json_node_take(g_steal_pointer(&object));
}

static gboolean
load_one(const KabSettings *self, KabDb *db, const KabActor *actor, const char *name,
         JsonNode *node, GString *notices, GError **error)
{
    g_autofree char *notice = NULL;
    g_autoptr(GError) local = NULL;

    if (!JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) != G_TYPE_STRING) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” must be a text"),
                    kab_error_clip(name, 100), name);
        return FALSE;
    }
    if (!kab_settings_set(self, db, actor, name, json_node_get_string(node), &notice, &local)) {
        if (local->domain == KAB_ERROR && !g_str_has_prefix(local->message, name))
            g_prefix_error(&local, "%s: ", name); /* which of them */
        g_propagate_error(error, g_steal_pointer(&local));
        return FALSE;
    }
    if (notice != NULL)
        g_string_append_printf(notices, "%s%s", notices->len > 0 ? "\n" : "", notice);
    return TRUE;
}

gboolean
kab_settings_load_json(const KabSettings *self, KabDb *db, const KabActor *actor,
                       JsonObject *object, char **notices, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    g_autoptr(GString) told = g_string_new(NULL);
    JsonObjectIter iter;
    const char *name;
    JsonNode *node;

    if (notices != NULL)
        *notices = NULL;
    if (transaction == NULL)
        return FALSE;
    json_object_iter_init(&iter, object);
    while (json_object_iter_next(&iter, &name, &node))
        if (!load_one(self, db, actor, name, node, told, error))
            return FALSE;
    if (notices != NULL && told->len > 0)
        *notices = g_strdup(told->str);
    return kab_transaction_commit(transaction, error);
}
