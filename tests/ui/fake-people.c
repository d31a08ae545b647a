/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-client.h"
#include "fake-world.h"
#include "kab-client-account.h"
#include "kab-client-people.h"
#include "kab-error.h"

#include <string.h>

/* The codes of this world. */
#define GOOD "0123456789ABCDEFGHJKMNPQRS"
#define EXPIRED "1123456789ABCDEFGHJKMNPQRS"

static void
compute_code(GTask *task, gpointer args)
{
    char **texts = args;

    if (strcmp(texts[0], EXPIRED) == 0)
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_STATE, "The code has expired");
    else if (strcmp(texts[0], GOOD) != 0)
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_NOT_FOUND, "The code is not valid");
    else if (strlen(texts[1]) < 8)
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_INVALID, "The password is too short");
    else
        fake_sign_in(task, "anna");
}

void
kab_client_use_code_async(KabClient *self, const char *code, const char *password,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    const char *args[] = {code, password, NULL};

    g_task_set_task_data(task, g_strdupv((char **)args), (GDestroyNotify)g_strfreev);
    fake_answer(task, FAKE_SIGN_IN, compute_code);
}

static void
compute_letter(GTask *task, gpointer args G_GNUC_UNUSED)
{
    g_task_return_boolean(task, TRUE);
}

void
kab_client_renew_code_async(KabClient *self, const char *code G_GNUC_UNUSED,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_SIGN_IN, compute_letter);
}

void
kab_client_reset_async(KabClient *self, const char *login G_GNUC_UNUSED, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_SIGN_IN, compute_letter);
}

gboolean
kab_client_letter_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

/* The accounts of this world: all people share one. */
static struct {
    gboolean two; /* partners */
    gboolean other;
    char *language;
    GPtrArray *sessions; /* (element-type KabSignedIn) */
} account;

static KabSignedIn *
session_copy(const KabSignedIn *session)
{
    KabSignedIn *copy = g_memdup2(session, sizeof *session);

    copy->id = g_strdup(session->id);
    copy->client = g_strdup(session->client);
    copy->address = g_strdup(session->address);
    return copy;
}

void
fake_add_session(const char *id, const char *client)
{
    KabSignedIn *session = g_new0(KabSignedIn, 1);

    session->id = g_strdup(id);
    session->client = g_strdup(client);
    session->address = g_strdup("192.0.2.7");
    session->created_at = session->used_at = kab_time_now() - 3 * 60 * 60 * 1000;
    session->current = account.sessions->len == 0;
    g_ptr_array_add(account.sessions, session);
}

void
fake_reset_people(void)
{
    g_clear_pointer(&account.sessions, g_ptr_array_unref);
    g_clear_pointer(&account.language, g_free);
    memset(&account, 0, sizeof account);
    account.sessions = g_ptr_array_new_with_free_func(kab_signed_in_free);
    fake_add_session("here", "Kabinet 1");
}

void
fake_add_partner(void)
{
    account.two = TRUE;
}

const char *
fake_get_language(void)
{
    return account.language;
}

KabPartnerId
fake_get_partner(void)
{
    return kab_partner_id_of(account.other ? FAKE_OTHER_PARTNER : FAKE_PARTNER);
}

const char *
fake_get_partner_name(void)
{
    return account.other ? "Wheels and Deals" : "Horns and Hooves";
}

void
kab_account_free(KabAccount *gone)
{
    if (gone == NULL)
        return;
    kab_user_free(gone->user);
    g_ptr_array_unref(gone->partners);
    g_ptr_array_unref(gone->sessions);
    g_free(gone);
}

static void
add_partner(KabAccount *to, const char *id, const char *name, KabRole role)
{
    KabMembership *partner = g_new0(KabMembership, 1);

    partner->partner_id = kab_partner_id_of(id);
    partner->partner_name = g_strdup(name);
    partner->role = role;
    g_ptr_array_add(to->partners, partner);
}

static void
compute_account(GTask *task, gpointer args G_GNUC_UNUSED)
{
    const KabUser *user = kab_client_get_user(g_task_get_source_object(task));
    KabAccount *made = g_new0(KabAccount, 1);

    made->user = g_new0(KabUser, 1);
    made->user->login = g_strdup(user->login);
    made->user->name = g_strdup(user->name);
    made->user->role = user->role;
    made->user->language = g_strdup(account.language);
    made->partners = g_ptr_array_new_with_free_func((GDestroyNotify)kab_membership_free);
    made->sessions = g_ptr_array_new_with_free_func(kab_signed_in_free);
    for (guint i = 0; i < account.sessions->len; i++)
        g_ptr_array_add(made->sessions, session_copy(g_ptr_array_index(account.sessions, i)));
    if (*user->partner_id.text != '\0')
        add_partner(made, FAKE_PARTNER, "Horns and Hooves", KAB_ROLE_BUYER);
    if (account.two)
        add_partner(made, FAKE_OTHER_PARTNER, "Wheels and Deals", KAB_ROLE_VIEWER);
    g_task_return_pointer(task, made, (GDestroyNotify)kab_account_free);
}

void
kab_client_get_account_async(KabClient *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_ACCOUNT, compute_account);
}

KabAccount *
kab_client_get_account_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
change(KabClient *self, const char *a, const char *b, FakeCompute compute,
       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    const char *args[] = {a, b, NULL};

    g_task_set_task_data(task, g_strdupv((char **)args), (GDestroyNotify)g_strfreev);
    fake_answer(task, FAKE_SET_ACCOUNT, compute);
}

static void
compute_end(GTask *task, gpointer args)
{
    char **texts = args;

    for (guint i = 0; i < account.sessions->len; i++) {
        KabSignedIn *session = g_ptr_array_index(account.sessions, i);

        if (g_str_equal(session->id, texts[0])) {
            g_ptr_array_remove_index(account.sessions, i);
            g_task_return_boolean(task, TRUE);
            return;
        }
    }
    g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_NOT_FOUND, "There is no such session");
}

void
kab_client_end_session_async(KabClient *self, const char *id, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    change(self, id, NULL, compute_end, cancellable, callback, data);
}

gboolean
kab_client_end_session_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

static void
compute_language(GTask *task, gpointer args)
{
    g_free(account.language);
    account.language = g_strdup(((char **)args)[0]);
    g_task_return_boolean(task, TRUE);
}

void
kab_client_set_language_async(KabClient *self, const char *language, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    change(self, language, NULL, compute_language, cancellable, callback, data);
}

static void
compute_switch(GTask *task, gpointer args)
{
    const KabUser *user = kab_client_get_user(g_task_get_source_object(task));
    g_autofree char *login = g_strdup(user->login);

    account.other = g_str_equal(((char **)args)[0], FAKE_OTHER_PARTNER);
    fake_sign_in(task, login);
}

void
kab_client_switch_async(KabClient *self, KabPartnerId partner_id, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
    change(self, partner_id.text, NULL, compute_switch, cancellable, callback, data);
}

static void
compute_password(GTask *task, gpointer args)
{
    char **texts = args;

    if (!g_str_equal(texts[0], "right")) {
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_DENIED, "The password is wrong");
    } else if (strlen(texts[1]) < 8) {
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_INVALID, "The password is too short");
    } else {
        g_ptr_array_set_size(account.sessions, 1);
        g_task_return_boolean(task, TRUE);
    }
}

void
kab_client_change_password_async(KabClient *self, const char *before, const char *password,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
    change(self, before, password, compute_password, cancellable, callback, data);
}
