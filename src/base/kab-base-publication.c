/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-publication.h"
#include "kab-base-roles.h"
#include "kab-contact.h"
#include "kab-end-people.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-kind.h"
#include "kab-queue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define INSERT_CONTACT \
    "INSERT INTO contact (id, partner_id, name, email, phone) VALUES ($1, $2, $3, $4, $5)"
#define IS_CONTACT "SELECT 1 FROM contact WHERE id = $1"
#define UPDATE_CONTACT                                                  \
    "UPDATE contact SET name = coalesce($1, name),"                     \
    " email = CASE WHEN $2 IS NULL THEN email ELSE nullif($2, '') END," \
    " phone = CASE WHEN $3 IS NULL THEN phone ELSE nullif($3, '') END"  \
    " WHERE deleted = 0 AND (id = $4 OR lower(email) = lower($4)) RETURNING id"
/* A contact person by id or e-mail, or an own user of the base by login. */
#define SELECT_PERSON                                              \
    "SELECT id, 0, name, email, phone, NULL FROM contact"          \
    " WHERE deleted = 0 AND (id = $1 OR lower(email) = lower($1))" \
    " UNION ALL SELECT id, 1, name, email, phone, login FROM user" \
    " WHERE (login_key = $2 OR id = $1)"                           \
    " AND role IN ('administrator', 'manager') LIMIT 2"
#define SELECT_SAME_LOGIN "SELECT user_id FROM publication WHERE login_key = $1 AND user_id <> $2"
#define SELECT_SAME_EMAIL                                                          \
    "SELECT b.login FROM contact c JOIN publication b ON b.user_id = c.id"         \
    " WHERE lower(c.email) = lower($1) AND c.id <> $2"                             \
    " UNION ALL SELECT b.login FROM user u JOIN publication b ON b.user_id = u.id" \
    " WHERE lower(u.email) = lower($1) AND u.id <> $2 LIMIT 1"
#define UPSERT_PUBLICATION                                                     \
    "INSERT INTO publication (user_id, own, login, login_key, role, language)" \
    " VALUES ($1, $2, $3, $4, $5, $6)"                                         \
    " ON CONFLICT (user_id) DO UPDATE SET login = excluded.login,"             \
    " login_key = excluded.login_key, role = excluded.role,"                   \
    " language = coalesce(excluded.language, publication.language)"
#define SELECT_BY_LOGIN "SELECT user_id, own, role, state FROM publication WHERE login_key = $1"
#define SELECT_BY_ID "SELECT login FROM publication WHERE user_id = $1"
#define SET_ACTIVE "UPDATE publication SET active = $1 WHERE user_id = $2"
#define ADD_INVITATION "UPDATE publication SET invitations = invitations + 1 WHERE user_id = $1"
#define ADD_RESET "UPDATE publication SET resets = resets + 1 WHERE user_id = $1"
#define DELETE_PUBLICATION "DELETE FROM publication WHERE user_id = $1"
#define SELECT_CONTACT_NAME "SELECT name FROM contact WHERE id = $1"
#define SELECT_PARTNER_NAME "SELECT name FROM partner WHERE id = $1"
#define SELECT_OWN_PARTNER "SELECT partner_id FROM contact WHERE id = $1"
#define UPSERT_PARTNER                                                                  \
    "INSERT INTO contact_membership (contact_id, partner_id, role) VALUES ($1, $2, $3)" \
    " ON CONFLICT (contact_id, partner_id) DO UPDATE SET role = excluded.role"
#define DELETE_PARTNER "DELETE FROM contact_membership WHERE contact_id = $1 AND partner_id = $2"

static gboolean
check_name(const char *name, GError **error)
{
    if (name != NULL && *name != '\0')
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, _("A contact person needs a name"));
    return FALSE;
}

static gboolean
insert_contact(KabDb *db, const char *id, const char *partner_id, const char *name,
               const char *email, const char *phone, GError **error)
{
    g_autofree char *number = NULL;

    return check_name(name, error) &&
           (email == NULL || *email == '\0' || kab_contact_check_email(email, error)) &&
           (phone == NULL || *phone == '\0' ||
            (number = kab_contact_normalise_phone(phone, error)) != NULL) &&
           kab_db_run(db, INSERT_CONTACT,
                      KAB_BIND(kab_text(id), kab_text(partner_id), kab_text(name),
                               kab_text_or_null(email), kab_text(number)),
                      error);
}

char *
kab_base_contacts_add(KabDb *db, KabPartnerId partner_id, const char *name, const char *email,
                      const char *phone, GError **error)
{
    KabUserId id = kab_user_id_new();

    return insert_contact(db, id.text, partner_id.text, name, email, phone, error)
               ? g_strdup(id.text)
               : NULL;
}

/* Whoever reads the log knows people by their names. */
static gboolean
audit_contact(KabEnd *end, KabDb *db, const KabActor *actor, const char *contact, const char *id,
              const char *email, GError **error)
{
    g_autofree char *name = NULL;
    g_autofree char *detail = NULL;

    if (!kab_db_get_text(db, SELECT_CONTACT_NAME, KAB_BIND(kab_text(id)), &name, error))
        return FALSE;
    detail =
        g_strdup_printf("contact changed: %s%s%s", name != NULL ? name : "",
                        email != NULL && *email != '\0' ? ", " : "", email != NULL ? email : "");
    return kab_end_audit(end, db, actor, KAB_AUDIT_USER, contact, detail, error);
}

gboolean
kab_base_contacts_set(KabEnd *end, KabDb *db, const KabActor *actor, const char *contact,
                      const char *name, const char *email, const char *phone, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);
    g_autofree char *number = NULL;
    g_autofree char *id = NULL;

    if (transaction == NULL || (name != NULL && !check_name(name, error)))
        return FALSE;
    if (phone != NULL)
        number = *phone != '\0' ? kab_contact_normalise_phone(phone, error) : g_strdup("");
    if ((phone != NULL && number == NULL) ||
        (email != NULL && *email != '\0' && !kab_contact_check_email(email, error)) ||
        !kab_db_get_text(
            db, UPDATE_CONTACT,
            KAB_BIND(kab_text(name), kab_text(email), kab_text(number), kab_text(contact)), &id,
            error))
        return FALSE;
    if (id == NULL) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no contact person “%.*s”"),
                    kab_error_clip(contact, 200), contact);
        return FALSE;
    }
    return kab_base_user_changed(db, kab_user_id_of(id), KAB_USER_CHANGE_STATE, error) &&
           audit_contact(end, db, actor, contact, id, email, error) &&
           kab_transaction_commit(transaction, error);
}

static gboolean
add_contact(KabEnd *end, KabDb *db, const KabActor *actor, const char *id, const char *partner_id,
            const char *name, const char *email, const char *phone, GError **error)
{
    g_autofree char *partner_name = NULL;
    g_autofree char *detail = NULL;

    if (!kab_db_get_text(db, SELECT_PARTNER_NAME, KAB_BIND(kab_text(partner_id)), &partner_name,
                         error))
        return FALSE;
    if (partner_name == NULL) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no such partner"));
        return FALSE;
    }
    detail = g_strdup_printf("contact added: %s", partner_name);
    return insert_contact(db, id, partner_id, name, email, phone, error) &&
           kab_end_audit(end, db, actor, KAB_AUDIT_USER, name, detail, error);
}

gboolean
kab_base_contacts_put(KabEnd *end, KabDb *db, const KabActor *actor, const char *id,
                      const char *partner_id, const char *name, const char *email,
                      const char *phone, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);
    gboolean known;
    gint64 one;

    return transaction != NULL &&
           kab_db_get_int(db, IS_CONTACT, KAB_BIND(kab_text(id)), &known, &one, error) &&
           (known || partner_id == NULL
                ? kab_base_contacts_set(end, db, actor, id, name, email, phone, error)
                : add_contact(end, db, actor, id, partner_id, name, email, phone, error)) &&
           kab_transaction_commit(transaction, error);
}

/* Who is to be published. */
typedef struct {
    char *id;    /* (owned) */
    char *login; /* (owned) (nullable): of an own user, at the base */
    char *email; /* (owned) (nullable) */
    gboolean own;
} Person;

static void
person_clear(Person *person)
{
    g_free(person->id);
    g_free(person->login);
    g_free(person->email);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Person, person_clear)

static gboolean
read_person(KabRows *rows, Person *person, const char *who, GError **error)
{
    const char *phone = kab_rows_get_text(rows, 4);
    g_autofree char *number = NULL;

    person->id = kab_rows_dup_text(rows, 0);
    person->own = kab_rows_get_int(rows, 1) != 0;
    person->email = kab_rows_dup_text(rows, 3);
    person->login = kab_rows_dup_text(rows, 5);
    if (person->email == NULL) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("“%.*s” needs an e-mail to become a user of the portal"),
                    kab_error_clip(who, 200), who);
        return FALSE;
    }
    return kab_contact_check_email(person->email, error) &&
           (phone == NULL || (number = kab_contact_normalise_phone(phone, error)) != NULL);
}

static gboolean
load_person(KabDb *db, const char *who, Person *person, GError **error)
{
    g_autofree char *login_key = g_utf8_casefold(who, -1);
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_PERSON, KAB_BIND(kab_text(who), kab_text(login_key)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    if (!kab_rows_next(rows, &local)) {
        if (local == NULL)
            local = g_error_new(KAB_ERROR, KAB_ERROR_NOT_FOUND,
                                _("There is no contact person and no user “%.*s”"),
                                kab_error_clip(who, 200), who);
        return kab_error_pass(error, &local);
    }
    if (!read_person(rows, person, who, error))
        return FALSE;
    if (!kab_rows_next(rows, &local))
        return kab_error_pass(error, &local);
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                _("Several people have “%.*s”: name one by its id"), kab_error_clip(who, 200), who);
    return FALSE;
}

gboolean
kab_base_publication_check_role(gboolean own, KabRole role, GError **error)
{
    if (own ? role == KAB_ROLE_MANAGER : kab_role_is_partners(role))
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                own ? _("An own user is published with the role “manager”, not “%s”")
                    : _("A contact person cannot have the role “%s”"),
                kab_role_to_nick(role));
    return FALSE;
}

static gboolean
find_usual_role(KabDb *db, const Person *person, KabRole *role, GError **error)
{
    *role = person->own ? KAB_ROLE_MANAGER : KAB_ROLE_BUYER;
    return kab_base_roles_find(db, person->id, role, error);
}

static gboolean
is_login_free(KabDb *db, const Person *person, const char *login, const char *login_key,
              GError **error)
{
    g_autofree char *other = NULL;

    if (!kab_db_get_text(db, SELECT_SAME_LOGIN, KAB_BIND(kab_text(login_key), kab_text(person->id)),
                         &other, error))
        return FALSE;
    if (other == NULL)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_CONFLICT,
                _("Somebody else is published with the login “%.*s”"), kab_error_clip(login, 200),
                login);
    return FALSE;
}

static gboolean
is_email_free(KabDb *db, const Person *person, GError **error)
{
    g_autofree char *other = NULL;

    if (!kab_db_get_text(db, SELECT_SAME_EMAIL,
                         KAB_BIND(kab_text(person->email), kab_text(person->id)), &other, error))
        return FALSE;
    if (other == NULL)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_CONFLICT,
                _("“%s” is published with the e-mail %s: one person who acts for several partners "
                  "is one user (see “publication partner”)"),
                other, person->email);
    return FALSE;
}

static gboolean
store(KabDb *db, const Person *person, const char *login, KabRole role, const char *language,
      GError **error)
{
    g_autofree char *login_key = g_utf8_casefold(login, -1);

    return is_login_free(db, person, login, login_key, error) && is_email_free(db, person, error) &&
           kab_db_run(db, UPSERT_PUBLICATION,
                      KAB_BIND(kab_text(person->id), kab_int(person->own), kab_text(login),
                               kab_text(login_key), kab_text(kab_role_to_nick(role)),
                               kab_text(language)),
                      error);
}

static gboolean
check_login(const char *login, GError **error)
{
    if (login != NULL && *login != '\0')
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                        _("A contact person needs a login at the portal"));
    return FALSE;
}

gboolean
kab_base_publication_publish(KabEnd *end, KabDb *db, const KabActor *actor,
                             const KabPublicationRequest *request, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);
    g_auto(Person) person = {0};
    g_autofree char *detail = NULL;
    const char *login;
    KabRole role = request->role;

    if (transaction == NULL || !load_person(db, request->who, &person, error) ||
        (request->usual_role && !find_usual_role(db, &person, &role, error)) ||
        !kab_base_publication_check_role(person.own, role, error) ||
        !kab_user_check_language(request->language, error))
        return FALSE;
    login = request->login != NULL ? request->login : person.login;
    detail = g_strdup_printf("published: %s", kab_role_to_nick(role));
    return check_login(login, error) && store(db, &person, login, role, request->language, error) &&
           kab_queue_put(db, KAB_KIND_USER, person.id, error) &&
           kab_end_audit(end, db, actor, KAB_AUDIT_USER, login, detail, error) &&
           kab_transaction_commit(transaction, error);
}

/* Who is published. */
typedef struct {
    char *id; /* (owned) */
    gboolean own;
    char *state; /* (owned) (nullable) */
} Published;

static void
published_clear(Published *published)
{
    g_free(published->id);
    g_free(published->state);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Published, published_clear)

static gboolean
load_published(KabDb *db, const char *login, Published *published, GError **error)
{
    g_autofree char *login_key = g_utf8_casefold(login, -1);
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_BY_LOGIN, KAB_BIND(kab_text(login_key)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    if (kab_rows_next(rows, &local)) {
        published->id = kab_rows_dup_text(rows, 0);
        published->own = kab_rows_get_int(rows, 1) != 0;
        published->state = kab_rows_dup_text(rows, 3);
        return TRUE;
    }
    if (local == NULL)
        local = g_error_new(KAB_ERROR, KAB_ERROR_NOT_FOUND,
                            _("Nobody is published with the login “%.*s”"),
                            kab_error_clip(login, 200), login);
    return kab_error_pass(error, &local);
}

static gboolean
check_state(const Published *published, KabPublicationAction action, GError **error)
{
    const char *why = NULL;

    if (action == KAB_PUBLICATION_INVITE && g_strcmp0(published->state, "active") == 0)
        why = _("The user has a password already: reset it instead");
    else if ((action == KAB_PUBLICATION_INVITE || action == KAB_PUBLICATION_RESET) &&
             g_strcmp0(published->state, "deactivated") == 0)
        why = _("The user is deactivated: activate it first");
    if (why == NULL)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_STATE, why);
    return FALSE;
}

static gboolean
carry_out(KabDb *db, const char *id, KabPublicationAction action, GError **error)
{
    switch (action) {
    case KAB_PUBLICATION_ACTIVATE:
        return kab_db_run(db, SET_ACTIVE, KAB_BIND(kab_int(1), kab_text(id)), error);
    case KAB_PUBLICATION_DEACTIVATE:
        return kab_db_run(db, SET_ACTIVE, KAB_BIND(kab_int(0), kab_text(id)), error);
    case KAB_PUBLICATION_INVITE:
        return kab_db_run(db, ADD_INVITATION, KAB_BIND(kab_text(id)), error);
    case KAB_PUBLICATION_RESET:
        return kab_db_run(db, ADD_RESET, KAB_BIND(kab_text(id)), error);
    case KAB_PUBLICATION_DELETE:
        return kab_db_run(db, DELETE_PUBLICATION, KAB_BIND(kab_text(id)), error);
    case KAB_PUBLICATION_PUBLISH: /* has a login and a role */
    default:
        g_return_val_if_reached(FALSE);
    }
}

gboolean
kab_base_publication_act(KabEnd *end, KabDb *db, const KabActor *actor, const char *login,
                         KabPublicationAction action, GError **error)
{
    static const char *const names[] = {[KAB_PUBLICATION_ACTIVATE] = "activated",
                                        [KAB_PUBLICATION_DEACTIVATE] = "deactivated",
                                        [KAB_PUBLICATION_INVITE] = "invited again",
                                        [KAB_PUBLICATION_RESET] = "password reset",
                                        [KAB_PUBLICATION_DELETE] = "deleted"};
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);
    g_auto(Published) published = {0};

    return transaction != NULL && load_published(db, login, &published, error) &&
           check_state(&published, action, error) && carry_out(db, published.id, action, error) &&
           kab_queue_put(db, KAB_KIND_USER, published.id, error) &&
           kab_end_audit(end, db, actor, KAB_AUDIT_USER, login, names[action], error) &&
           kab_transaction_commit(transaction, error);
}

/* With a login and a role as is usual. */
static gboolean
publish_usually(KabEnd *end, KabDb *db, const KabActor *actor, const char *id, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autofree char *login = kab_base_publication_suggest_login(db, id, &local);
    const KabPublicationRequest request = {.who = id, .login = login, .usual_role = TRUE};

    return kab_error_pass(error, &local) &&
           kab_base_publication_publish(end, db, actor, &request, error);
}

gboolean
kab_base_publication_act_on(KabEnd *end, KabDb *db, const KabActor *actor, const char *id,
                            KabPublicationAction action, GError **error)
{
    g_autofree char *login = NULL;

    if (!kab_db_get_text(db, SELECT_BY_ID, KAB_BIND(kab_text(id)), &login, error))
        return FALSE;
    if (action == KAB_PUBLICATION_PUBLISH)
        return login != NULL || publish_usually(end, db, actor, id, error);
    if (login != NULL)
        return kab_base_publication_act(end, db, actor, login, action, error);
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("The person is not published"));
    return FALSE;
}

static gboolean
check_other(KabDb *db, const Published *published, KabPartnerId partner_id, const KabRole *role,
            GError **error)
{
    g_autofree char *own = NULL;
    const char *why = NULL;

    if (!kab_db_get_text(db, SELECT_OWN_PARTNER, KAB_BIND(kab_text(published->id)), &own, error))
        return FALSE;
    if (published->own || own == NULL)
        why = _("Only a contact person acts for partners");
    else if (strcmp(own, partner_id.text) == 0)
        why = _("This is the contact person's own partner");
    else if (role != NULL && !kab_role_is_partners(*role))
        why = _("For a partner, the role is head, buyer or viewer");
    if (why == NULL)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, why);
    return FALSE;
}

gboolean
kab_base_publication_set_partner(KabEnd *end, KabDb *db, const KabActor *actor, const char *login,
                                 KabPartnerId partner_id, const KabRole *role, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);
    g_auto(Published) published = {0};
    g_autofree char *name = NULL;
    g_autofree char *detail = NULL;
    gboolean done;

    if (transaction == NULL ||
        !kab_db_get_text(db, SELECT_PARTNER_NAME, KAB_BIND(kab_text(partner_id.text)), &name,
                         error) ||
        !load_published(db, login, &published, error) ||
        !check_other(db, &published, partner_id, role, error))
        return FALSE;
    if (role != NULL)
        done = kab_db_run(db, UPSERT_PARTNER,
                          KAB_BIND(kab_text(published.id), kab_text(partner_id.text),
                                   kab_text(kab_role_to_nick(*role))),
                          error);
    else
        done = kab_db_run(db, DELETE_PARTNER,
                          KAB_BIND(kab_text(published.id), kab_text(partner_id.text)), error);
    detail =
        g_strdup_printf("%s: %s", name, role != NULL ? kab_role_to_nick(*role) : "not any more");
    return done && kab_queue_put(db, KAB_KIND_USER, published.id, error) &&
           kab_end_audit(end, db, actor, KAB_AUDIT_USER, login, detail, error) &&
           kab_transaction_commit(transaction, error);
}
