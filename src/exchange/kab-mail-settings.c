/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-json.h"
#include "kab-kind.h"
#include "kab-mail-settings.h"
#include "kab-queue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* There is one object of the kind, and it has always been this one. */
#define MAIL_ACCOUNT_ID "6d61696c-0000-4000-8000-000000000001"
#define MAX_TEXT 4000

#define HAS_ACCOUNT "SELECT 1 FROM setting WHERE name = 'mail.host' AND value <> ''"

static const KabSetting settings[] = {
    {"portal.address", KAB_SETTING_ADDRESS, "", 0, 0,
     N_("Address of the portal in letters")},
    {"mail.host", KAB_SETTING_TEXT, "", 0, 0, N_("Mail server for letters to users")},
    {"mail.port", KAB_SETTING_NUMBER, "587", 1, 65535, N_("Port of the mail server")},
    {"mail.security", KAB_SETTING_SECURITY, "starttls", 0, 0,
     N_("How the connection to the mail server is secured: starttls, tls or none")},
    {"mail.login", KAB_SETTING_TEXT, "", 0, 0, N_("Login at the mail server")},
    {"mail.password", KAB_SETTING_SECRET, "", 0, 0, N_("Password at the mail server")},
    {"mail.from", KAB_SETTING_EMAIL, "", 0, 0, N_("Address that letters come from")},
    {"mail.from-name", KAB_SETTING_TEXT, "", 0, 0,
     N_("Name that letters come from")},
};

/* What they are called in the message. */
static const struct {
    const char *setting;
    const char *member;
} members[] = {
    {"portal.address", "portal_address"}, {"mail.host", "host"},
    {"mail.security", "security"},        {"mail.login", "login"},
    {"mail.password", "password"},        {"mail.from", "from"},
    {"mail.from-name", "from_name"},
};

const KabSetting *
kab_mail_settings_get(guint *n)
{
    *n = G_N_ELEMENTS(settings);
    return settings;
}

static gboolean
is_name_part(char c)
{
    return g_ascii_isalnum(c) || c == '-';
}

char *
kab_mail_settings_explain(const char *text)
{
    GString *explained = g_string_new(text);

    for (guint i = 0; i < G_N_ELEMENTS(settings); i++) {
        const char *name = settings[i].name;
        const char *found = strstr(explained->str, name);
        g_autofree char *title = NULL;

        if (found == NULL || is_name_part(found[strlen(name)]))
            continue;
        title = g_strdup_printf("“%s”", g_dgettext(GETTEXT_PACKAGE, settings[i].title));
        g_string_replace(explained, name, title, 1);
    }
    return g_string_free(explained, FALSE);
}

/* Where there is an account, the address of the other end is told with it. */
static gboolean
tells(KabDb *db, const char *name, gboolean *out, GError **error)
{
    gint64 unused;

    *out = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(settings); i++)
        *out = *out || strcmp(settings[i].name, name) == 0;
    return strcmp(name, "exchange.address") != 0 ||
           kab_db_get_int(db, HAS_ACCOUNT, KAB_BIND_NONE, out, &unused, error);
}

gboolean
kab_mail_settings_changed(KabDb *db, const char *name, GError **error)
{
    gboolean told;

    return tells(db, name, &told, error) &&
           (!told || kab_queue_put(db, KAB_KIND_MAIL_ACCOUNT, MAIL_ACCOUNT_ID, error));
}

/* Without an address of its own for letters, the portal has the one at which the base knows it. */
static gboolean
add_portal_address(KabEnd *end, KabDb *db, JsonObject *object, GError **error)
{
    g_autofree char *address = NULL;

    if (json_object_has_member(object, "portal_address"))
        return TRUE;
    address = kab_settings_get(kab_end_get_settings(end), db, "exchange.address", error);
    if (address == NULL)
        return FALSE;
    /* Codes do not go over a line that anybody can listen to. */
    if (g_str_has_prefix(address, "https://"))
        json_object_set_string_member(object, "portal_address", address);
    return TRUE;
}

gboolean
kab_mail_settings_build(gpointer service, KabDb *db, const char *id, JsonObject **body,
                        GError **error)
{
    KabEnd *end = service;
    g_autoptr(JsonObject) object = json_object_new();
    gint64 port;

    *body = NULL;
    if (strcmp(id, MAIL_ACCOUNT_ID) != 0)
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(members); i++) {
        g_autofree char *value =
            kab_settings_get(kab_end_get_settings(end), db, members[i].setting, error);

        if (value == NULL)
            return FALSE;
        kab_json_set_text(object, members[i].member, value);
    }
    if (!kab_settings_get_number(kab_end_get_settings(end), db, "mail.port", &port, error) ||
        !add_portal_address(end, db, object, error))
        return FALSE;
    json_object_set_int_member(object, "port", port);
    if (json_object_has_member(object, "host") && json_object_has_member(object, "from"))
        *body = g_steal_pointer(&object);
    return TRUE;
}

static gboolean
set(KabEnd *end, KabDb *db, const char *name, const char *value, GError **error)
{
    return kab_settings_set(kab_end_get_settings(end), db, KAB_ACTOR_EXCHANGE, name, value, NULL,
                            error);
}

static gboolean
forget(KabEnd *end, KabDb *db, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(settings); i++)
        if (!set(end, db, settings[i].name, settings[i].fallback, error))
            return FALSE;
    return TRUE;
}

gboolean
kab_mail_settings_apply(gpointer service, KabDb *db, const KabMessage *message, GError **error)
{
    KabEnd *end = service;
    const char *values[G_N_ELEMENTS(members)];
    g_autofree char *port = NULL;

    if (strcmp(message->id, MAIL_ACCOUNT_ID) != 0) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("There is one mail account, with the id %s"), MAIL_ACCOUNT_ID);
        return FALSE;
    }
    if (message->body == NULL)
        return forget(end, db, error);
    {
        KabFields fields = KAB_FIELDS_INIT(message->body);

        for (guint i = 0; i < G_N_ELEMENTS(members); i++)
            values[i] = kab_fields_get_text(&fields, members[i].member, MAX_TEXT);
        kab_fields_need_text(&fields, "host", MAX_TEXT);
        kab_fields_need_text(&fields, "security", MAX_TEXT);
        kab_fields_need_text(&fields, "from", MAX_TEXT);
        port = g_strdup_printf("%" G_GINT64_FORMAT, kab_fields_need_int(&fields, "port", 1, 65535));
        if (!kab_fields_finish(&fields, error))
            return FALSE;
    }
    for (guint i = 0; i < G_N_ELEMENTS(members); i++)
        if (!set(end, db, members[i].setting, values[i] != NULL ? values[i] : "", error))
            return FALSE;
    return set(end, db, "mail.port", port, error);
}
