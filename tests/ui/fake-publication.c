/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"
#include "kab-client-publication.h"

#include <string.h>

/* kab-client-publication.h: who is published, or could be. */

static struct {
    GPtrArray *rows;     /* KabPublication */
    GPtrArray *partners; /* KabShortPartner */
    const char *kind;    /* (nullable): the only one that is listed; a constant of the page's */
} world;

void
kab_short_partner_free(gpointer data)
{
    g_free(((KabShortPartner *)data)->name);
    g_free(data);
}

static KabPublication *
copy_row(const KabPublication *row)
{
    KabPublication *copy = g_memdup2(row, sizeof *row);

    copy->id = g_strdup(row->id);
    copy->name = g_strdup(row->name);
    copy->partner_name = g_strdup(row->partner_name);
    copy->email = g_strdup(row->email);
    copy->phone = g_strdup(row->phone);
    copy->login = g_strdup(row->login);
    copy->state = g_strdup(row->state);
    copy->problem = g_strdup(row->problem);
    copy->people = NULL;
    return copy;
}

static gboolean
is_of(const KabPublication *row, const char *partner)
{
    return row->kind == KAB_PUBLICATION_CONTACT && g_strcmp0(row->partner_name, partner) == 0;
}

/* A partner is published as its people are. */
static KabPublication *
make_partner(const KabShortPartner *partner)
{
    KabPublication *row = g_new0(KabPublication, 1);

    row->kind = KAB_PUBLICATION_PARTNER;
    row->id = g_strdup(partner->id.text);
    row->name = g_strdup(partner->name);
    row->people = g_ptr_array_new_with_free_func((GDestroyNotify)kab_publication_free);
    for (guint i = 0; i < world.rows->len; i++) {
        const KabPublication *person = g_ptr_array_index(world.rows, i);

        if (!is_of(person, partner->name))
            continue;
        g_ptr_array_add(row->people, copy_row(person));
        row->published |= person->published;
        if (person->published && (row->state == NULL || person->active)) {
            g_free(row->state);
            row->state = g_strdup(person->state);
            row->active |= person->active;
        }
    }
    return row;
}

KabPublication *
fake_get_publication(guint i)
{
    return g_ptr_array_index(world.rows, i);
}

guint
fake_count_publication(void)
{
    return world.rows->len;
}

static KabPublication *
add_row(const char *id, const char *name, const char *partner, const char *email)
{
    KabPublication *row = g_new0(KabPublication, 1);
    char made[KAB_ID_SIZE];

    kab_id_fill_from_source("person", name, made);
    row->id = g_strdup(id != NULL ? id : made);
    row->name = g_strdup(name);
    row->kind = partner == NULL ? KAB_PUBLICATION_USER : KAB_PUBLICATION_CONTACT;
    row->partner_name = g_strdup(partner);
    row->email = g_strdup(email);
    row->problem = g_strdup(email == NULL ? "An e-mail is missing" : NULL);
    g_ptr_array_add(world.rows, row);
    return row;
}

static void
publish_row(KabPublication *row, const char *login, KabRole role, const char *state)
{
    row->published = TRUE;
    row->active = g_strcmp0(state, "deactivated") != 0;
    row->role = role;
    if (login != row->login) {
        g_free(row->login);
        row->login = g_strdup(login);
    }
    if (state != row->state) {
        g_free(row->state);
        row->state = g_strdup(state);
    }
}

void
fake_reset_publication(void)
{
    g_clear_pointer(&world.rows, g_ptr_array_unref);
    g_clear_pointer(&world.partners, g_ptr_array_unref);
    world.rows = g_ptr_array_new_with_free_func((GDestroyNotify)kab_publication_free);
    world.partners = g_ptr_array_new_with_free_func(kab_short_partner_free);
}

static void
add_partner(const char *name)
{
    KabShortPartner *partner = g_new0(KabShortPartner, 1);

    kab_id_fill_from_source("partner", name, partner->id.text);
    partner->name = g_strdup(name);
    g_ptr_array_add(world.partners, partner);
}

void
fake_fill_publication(void)
{
    add_partner("Horns and Hooves");
    add_partner("Wheels and Deals");
    publish_row(add_row(NULL, "Anna Orlova", "Horns and Hooves", "anna@horns.example"), "anna",
                KAB_ROLE_BUYER, "active");
    add_row(NULL, "Boris Frolov", "Wheels and Deals", "frolov@wheels.example");
    publish_row(add_row(NULL, "Ivan Petrov", NULL, "petrov@example.com"), "manager",
                KAB_ROLE_MANAGER, "active");
    publish_row(add_row(NULL, "Olga Golova", "Horns and Hooves", "olga@horns.example"), "olga",
                KAB_ROLE_HEAD, "registration");
    add_row(NULL, "Pavel Nopost", "Wheels and Deals", NULL);
    publish_row(add_row(NULL, "Rita Gone", "Wheels and Deals", "rita@wheels.example"), "rita",
                KAB_ROLE_VIEWER, "deactivated");
}

static gboolean
is_listed(KabPublicationKind kind)
{
    return world.kind == NULL || g_str_equal(world.kind, kab_publication_kind_to_nick(kind));
}

static void
compute_list(GTask *task, gpointer args)
{
    const FakeQuery *query = args; /* the state is the group */
    KabPage *page = fake_page_new((GDestroyNotify)kab_publication_free);
    guint seen = 0;

    for (guint i = 0; i < world.rows->len; i++) {
        const KabPublication *row = fake_get_publication(i);
        const char *state = row->published ? row->state : "none";

        if (!is_listed(row->kind) ||
            (query->group_id != NULL && !g_str_equal(query->group_id, state)) ||
            (query->text != NULL && strstr(row->name, query->text) == NULL))
            continue;
        fake_page_offer(page, query, seen++, copy_row(row), (GDestroyNotify)kab_publication_free);
    }
    for (guint i = 0; i < world.partners->len; i++) {
        KabPublication *row = make_partner(g_ptr_array_index(world.partners, i));
        const char *state = row->published ? row->state : "none";

        if (is_listed(row->kind) &&
            (query->group_id == NULL || g_str_equal(query->group_id, state)) &&
            (query->text == NULL || strstr(row->name, query->text) != NULL))
            fake_page_offer(page, query, seen++, row, (GDestroyNotify)kab_publication_free);
        else
            kab_publication_free(row);
    }
    g_task_return_pointer(task, page, (GDestroyNotify)kab_page_free);
}

void
kab_client_list_publication_async(KabClient *self, const KabPublicationFilter *filter,
                                  const char *after, guint limit, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    world.kind = filter->kind;
    g_task_set_task_data(task, fake_query_new(filter->state, filter->text, after, limit),
                         fake_query_free);
    fake_answer(task, FAKE_PUBLICATION, compute_list);
}

KabPage *
kab_client_list_publication_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result,
                                   GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static KabPublication *
find_row(const char *id)
{
    for (guint i = 0; i < world.rows->len; i++)
        if (g_str_equal(fake_get_publication(i)->id, id))
            return fake_get_publication(i);
    return NULL;
}

static void
change(KabClient *self, const char *const *args, FakeCompute compute, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, g_strdupv((char **)args), (GDestroyNotify)g_strfreev);
    fake_answer(task, FAKE_SET_PUBLICATION, compute);
}

static void
return_row(GTask *task, const KabPublication *row)
{
    g_task_return_pointer(task, copy_row(row), (GDestroyNotify)kab_publication_free);
}

static void
compute_publish(GTask *task, gpointer args)
{
    char **texts = args;
    KabPublication *row = find_row(texts[0]);
    g_autofree char *login = g_strdup(texts[1]);
    KabRole role = row->published ? row->role : KAB_ROLE_BUYER;

    if (row->email == NULL) {
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_INVALID, "An e-mail is needed");
        return;
    }
    if (*login == '\0') {
        g_free(login);
        login = g_strndup(row->email, strcspn(row->email, "@"));
    }
    if (*texts[2] != '\0')
        kab_role_from_nick(texts[2], &role, NULL);
    publish_row(row, login, role, row->published ? row->state : "registration");
    return_row(task, row);
}

void
kab_client_publish_async(KabClient *self, const char *id, const char *login, const KabRole *role,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    const char *args[] = {id, login != NULL ? login : "",
                          role != NULL ? kab_role_to_nick(*role) : "", NULL};

    change(self, args, compute_publish, cancellable, callback, data);
}

static void
set_text(char **text, const char *value)
{
    if (*value == '\0')
        return;
    g_free(*text);
    *text = g_strdup(value);
}

static void
compute_put_contact(GTask *task, gpointer args)
{
    char **texts = args;
    KabPublication *row = find_row(texts[0]);

    if (row == NULL)
        row = add_row(texts[0], texts[2], "Horns and Hooves", NULL);
    set_text(&row->name, texts[2]);
    set_text(&row->email, texts[3]);
    set_text(&row->phone, texts[4]);
    if (row->email != NULL)
        g_clear_pointer(&row->problem, g_free);
    return_row(task, row);
}

void
kab_client_put_contact_async(KabClient *self, const char *id, const char *partner_id,
                             const char *name, const char *email, const char *phone,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    const char *args[] = {id,
                          partner_id != NULL ? partner_id : "",
                          name != NULL ? name : "",
                          email != NULL ? email : "",
                          phone != NULL ? phone : "",
                          NULL};

    change(self, args, compute_put_contact, cancellable, callback, data);
}

KabPublication *
kab_client_publication_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static char *last_action; /* what was done last, and to how many */

const char *
fake_get_last_action(void)
{
    return last_action;
}

static void
publish_usually(KabPublication *row)
{
    g_autofree char *login = g_strndup(row->email, strcspn(row->email, "@"));

    publish_row(row, login, KAB_ROLE_BUYER, "registration");
}

static void
compute_act(GTask *task, gpointer args)
{
    char **texts = args;

    g_free(last_action);
    last_action = g_strdup_printf("%s %u", texts[0], g_strv_length(texts) - 1);
    for (guint i = 1; texts[i] != NULL; i++) {
        KabPublication *row = find_row(texts[i]);

        if (g_str_equal(texts[0], "deactivate"))
            publish_row(row, row->login, row->role, "deactivated");
        else if (g_str_equal(texts[0], "activate"))
            publish_row(row, row->login, row->role, "active");
        else if (g_str_equal(texts[0], "publish"))
            publish_usually(row);
        else if (g_str_equal(texts[0], "delete"))
            row->published = FALSE;
    }
    g_task_return_boolean(task, TRUE);
}

void
kab_client_act_on_publication_async(KabClient *self, KabPublicationAction action,
                                    const char *const *ids, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_auto(GStrv) args = NULL;

    g_strv_builder_add(builder, kab_publication_action_to_nick(action));
    g_strv_builder_addv(builder, (const char **)ids);
    args = g_strv_builder_end(builder);
    change(self, (const char *const *)args, compute_act, cancellable, callback, data);
}

gboolean
kab_client_act_on_publication_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result,
                                     GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

static void
compute_partners(GTask *task, gpointer args G_GNUC_UNUSED)
{
    KabPage *page = fake_page_new(kab_short_partner_free);

    for (guint i = 0; i < world.partners->len; i++) {
        const KabShortPartner *partner = g_ptr_array_index(world.partners, i);
        KabShortPartner *copy = g_memdup2(partner, sizeof *partner);

        copy->name = g_strdup(partner->name);
        g_ptr_array_add(page->items, copy);
    }
    g_task_return_pointer(task, page, (GDestroyNotify)kab_page_free);
}

void
kab_client_list_partners_async(KabClient *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_PARTNERS, compute_partners);
}

KabPage *
kab_client_list_partners_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_add_partner(GTask *task, gpointer args)
{
    add_partner(((char **)args)[0]);
    g_task_return_boolean(task, TRUE);
}

void
kab_client_add_partner_async(KabClient *self, const char *name, const char *inn G_GNUC_UNUSED,
                             const char *kpp G_GNUC_UNUSED, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    const char *args[] = {name, NULL};

    change(self, args, compute_add_partner, cancellable, callback, data);
}

gboolean
kab_client_add_partner_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}
