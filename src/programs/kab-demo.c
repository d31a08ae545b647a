/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-partners.h"
#include "kab-base-publication.h"
#include "kab-commerceml.h"
#include "kab-demo.h"
#include "kab-end-people.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-run.h"
#include "kab-users.h"

#include <glib/gi18n.h>

#define PREPARED "prepared"
#define MAX_PEOPLE 100

static const char *
get_text(JsonObject *object, const char *name)
{
    return json_object_get_string_member_with_default(object, name, "");
}

static gboolean
import_goods(KabDb *db, const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "commerceml", NULL);
    const char *paths[] = {path, NULL};
    KabImportResult result = {0};

    if (!kab_commerceml_import(db, paths, NULL, NULL, NULL, &result, error))
        return FALSE;
    kab_import_result_clear(&result);
    return TRUE;
}

/* "full_name" of the file is the setting "organisation.full-name". */
static gboolean
set_organisation(KabEnd *base, KabDb *db, JsonObject *organisation, GError **error)
{
    JsonObjectIter iter;
    const char *name;
    JsonNode *node;

    json_object_iter_init(&iter, organisation);
    while (json_object_iter_next(&iter, &name, &node)) {
        g_autofree char *setting = g_strconcat("organisation.", name, NULL);

        g_strdelimit(setting, "_", '-');
        if (!kab_settings_set(kab_end_get_settings(base), db, KAB_ACTOR_SERVICE, setting,
                              json_node_get_string(node), NULL, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
set_agreements(KabDb *db, JsonArray *agreements, GError **error)
{
    for (guint i = 0; i < json_array_get_length(agreements); i++) {
        JsonObject *agreement = json_array_get_object_element(agreements, i);
        g_autoptr(KabPartner) partner =
            kab_base_partners_load(db, get_text(agreement, "partner_inn"), error);

        if (partner == NULL ||
            !kab_base_partners_set_agreement(db, partner->id, get_text(agreement, "price_type"),
                                             get_text(agreement, "manager"), error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
publish_contacts(KabEnd *base, KabDb *db, JsonArray *logins, GError **error)
{
    for (guint i = 0; i < json_array_get_length(logins); i++) {
        JsonObject *login = json_array_get_object_element(logins, i);
        KabPublicationRequest request = {.who = get_text(login, "email"),
                                         .login = get_text(login, "login")};

        if (!kab_role_from_nick(get_text(login, "role"), &request.role, error) ||
            !kab_base_publication_publish(base, db, KAB_ACTOR_SERVICE, &request, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
add_own_users(KabDb *db, JsonArray *users, GError **error)
{
    for (guint i = 0; i < json_array_get_length(users); i++) {
        JsonObject *object = json_array_get_object_element(users, i);
        KabUser user = {.id = kab_user_id_new(), .active = TRUE};
        g_autoptr(GError) local = NULL;
        g_autoptr(KabUser) known = kab_users_find(db, get_text(object, "login"), &local);

        if (!kab_error_pass(error, &local))
            return FALSE;
        if (known != NULL)
            continue;

        user.login = (char *)get_text(object, "login");
        user.name = (char *)get_text(object, "name");
        user.email = (char *)get_text(object, "email");
        user.phone = (char *)get_text(object, "phone");
        if (!kab_role_from_nick(get_text(object, "role"), &user.role, error) ||
            !kab_users_put(db, &user, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
set_passwords(KabEnd *end, KabDb *db, GError **error)
{
    g_autofree char *next = NULL;
    g_autoptr(GPtrArray) users = kab_users_list(db, NULL, NULL, MAX_PEOPLE, &next, error);

    if (users == NULL)
        return FALSE;
    for (guint i = 0; i < users->len; i++) {
        const KabUser *user = g_ptr_array_index(users, i);

        if (user->role != KAB_ROLE_EXCHANGE &&
            !kab_end_people_set_password(end, db, KAB_ACTOR_SERVICE, user, KAB_DEMO_PASSWORD,
                                         error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
publish(KabEnd *end, GError **error)
{
    g_autoptr(KabRunResult) result = kab_run(end, "demo", NULL, NULL, NULL, error);

    if (result == NULL)
        return FALSE;
    if (result->error == NULL && result->rejected == 0)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_FAILED, _("The demo's data were not published: %s"),
                result->error != NULL ? result->error : _("the portal rejected some"));
    return FALSE;
}

static JsonNode *
read_people(const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "people.json", NULL);
    g_autofree char *text = NULL;
    g_autoptr(GBytes) bytes = NULL;
    gsize length;

    if (!g_file_get_contents(path, &text, &length, error))
        return NULL;
    bytes = g_bytes_new_static(text, length);
    return kab_json_parse(bytes, error);
}

static gboolean
fill(KabPair *pair, KabDb *portal, KabDb *base, const char *folder, GError **error)
{
    g_autoptr(JsonNode) node = read_people(folder, error);
    JsonObject *people;
    JsonArray *users;

    if (node == NULL)
        return FALSE;
    people = json_node_get_object(node);
    users = json_object_get_array_member(people, "users");
    return import_goods(base, folder, error) &&
           set_organisation(kab_pair_get_base(pair), base,
                            json_object_get_object_member(people, "organisation"), error) &&
           set_agreements(base, json_object_get_array_member(people, "agreements"), error) &&
           publish_contacts(kab_pair_get_base(pair), base,
                            json_object_get_array_member(people, "logins"), error) &&
           add_own_users(base, users, error) && add_own_users(portal, users, error) &&
           publish(kab_pair_get_base(pair), error) &&
           set_passwords(kab_pair_get_base(pair), base, error) &&
           set_passwords(kab_pair_get_portal(pair), portal, error) &&
           publish(kab_pair_get_portal(pair), error);
}

gboolean
kab_demo_prepare(KabPair *pair, const char *folder, GError **error)
{
    g_auto(KabEndDb) portal = KAB_END_DB_INIT(kab_pair_get_portal(pair), error);
    g_auto(KabEndDb) base = KAB_END_DB_INIT(kab_pair_get_base(pair), error);

    if (portal.db == NULL || base.db == NULL)
        return FALSE;
    /* Every step may be done twice; a start that was cut off is made up for by the next. */
    return kab_pair_is_marked(pair, PREPARED) ||
           (fill(pair, portal.db, base.db, folder, error) && kab_pair_mark(pair, PREPARED, error));
}
