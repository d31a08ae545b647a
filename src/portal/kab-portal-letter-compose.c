/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-codes.h"
#include "kab-error.h"
#include "kab-invitation.h"
#include "kab-order-store.h"
#include "kab-portal-letter-compose.h"
#include "kab-task-store.h"
#include "kab-users.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HOUR_MS G_GINT64_CONSTANT(3600000)
/* Whoever has forgotten a password has asked again by then, or remembered it. */
#define RESET_MAX_AGE (24 * HOUR_MS)

/* What is made for one letter. */
typedef struct {
    KabDb *db;
    const KabLetter *letter;
    KabUser *user;
    const char *address;
    KabLetterValues values;
    char *owned[4]; /* (owned): what the values point to */
    char *obsolete; /* (owned) (nullable) */
} Composer;

/* "1 234,50 ₽" or "1 234.50 EUR": by the letter's language, not by the service's locale. */
static char *
format_total(KabMoney money, gboolean english)
{
    g_autofree char *number = kab_money_format_number(money);
    gsize whole = strcspn(number, ".");
    GString *out = g_string_new(NULL);

    for (gsize i = 0; number[i] != '\0'; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0 && number[i - 1] != '-')
            g_string_append(out, "\u00a0");
        g_string_append_c(out, number[i] == '.' && !english ? ',' : number[i]);
    }
    g_string_append_printf(out, "\u00a0%s",
                           strcmp(money.currency, "RUB") == 0 && !english ? "₽" : money.currency);
    return g_string_free(out, FALSE);
}

/* With its zone: the reader's may be another one. */
static char *
format_until(KabTime time)
{
    g_autoptr(GDateTime) local = g_date_time_new_from_unix_local(time / 1000);

    return g_date_time_format(local, "%d.%m.%Y %H:%M (UTC%:z)");
}

static gboolean
add_code(Composer *self, KabCodePurpose purpose, GError **error)
{
    KabTime now = kab_time_now();

    self->owned[0] = kab_codes_create(self->db, self->user->id, purpose, now, error);
    if (self->owned[0] == NULL)
        return FALSE;
    self->values.code = self->owned[0];
    if (g_str_has_prefix(self->address, "https://") || g_str_has_prefix(self->address, "http://"))
        self->owned[1] = kab_invitation_to_link(self->address, self->owned[0]);
    self->values.link = self->owned[1];
    self->owned[2] = format_until(now + kab_code_purpose_get_hours(purpose) * HOUR_MS);
    self->values.until = self->owned[2];
    return TRUE;
}

static gboolean
compose_invitation(Composer *self, GError **error)
{
    if (self->user->role == KAB_ROLE_ADMINISTRATOR) {
        self->obsolete = g_strdup(_("Administrators are sent no codes"));
        return TRUE;
    }
    if (self->user->has_password) {
        self->obsolete = g_strdup(_("The user has a password already"));
        return TRUE;
    }
    return add_code(self, KAB_CODE_INVITATION, error);
}

static gboolean
compose_reset(Composer *self, GError **error)
{
    if (self->user->role == KAB_ROLE_ADMINISTRATOR) {
        self->obsolete = g_strdup(_("Administrators are sent no codes"));
        return TRUE;
    }
    if (kab_time_now() - self->letter->created_at > RESET_MAX_AGE) {
        self->obsolete = g_strdup(_("The password was asked for more than a day ago"));
        return TRUE;
    }
    return add_code(self, KAB_CODE_RESET, error);
}

gboolean
kab_portal_letter_act_for(KabDb *db, KabUser *user, KabPartnerId partner_id, KabRight right,
                          gboolean *may, GError **error)
{
    gboolean there = strcmp(user->partner_id.text, partner_id.text) == 0;

    if (!there && !kab_users_load_memberships(db, user, error))
        return FALSE;
    for (guint i = 0; !there && user->memberships != NULL && i < user->memberships->len; i++) {
        const KabMembership *membership = g_ptr_array_index(user->memberships, i);

        there = strcmp(membership->partner_id.text, partner_id.text) == 0;
        if (there) {
            user->partner_id = partner_id;
            user->role = membership->role;
        }
    }
    *may = there && user->active && kab_role_may(user->role, right);
    return TRUE;
}

static gboolean
compose_order(Composer *self, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabOrder) order = kab_order_store_find(self->db, self->letter->object_id, &local);
    gboolean may = FALSE;

    if (!kab_error_pass(error, &local) ||
        (order != NULL && !kab_portal_letter_act_for(self->db, self->user, order->partner_id,
                                                     KAB_RIGHT_ORDER, &may, error)))
        return FALSE;
    if (order == NULL || order->status != KAB_ORDER_AWAITING_PARTNER)
        self->obsolete = g_strdup(_("The order does not wait any more"));
    else if (!may)
        self->obsolete = g_strdup(_("The user may not decide on this order any more"));
    if (self->obsolete != NULL)
        return TRUE;
    self->values.order = self->owned[0] = g_strdup(order->number);
    self->values.total = self->owned[1] =
        format_total(order->total, g_strcmp0(self->user->language, "en") == 0);
    self->values.manager = self->owned[2] = g_strdup(order->manager);
    return TRUE;
}

static gboolean
compose_task(Composer *self, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabTask) task = kab_task_store_find(self->db, self->letter->object_id, &local);
    gboolean may = FALSE;

    if (!kab_error_pass(error, &local) ||
        (task != NULL && !kab_portal_letter_act_for(self->db, self->user, task->partner_id,
                                                    KAB_RIGHT_TASKS, &may, error)))
        return FALSE;
    if (task == NULL || task->state != KAB_TASK_NEW)
        self->obsolete = g_strdup(_("The task does not wait any more"));
    else if (!may || !kab_task_check_executor(task, self->user, NULL))
        self->obsolete = g_strdup(_("The user may not decide this task any more"));
    if (self->obsolete != NULL)
        return TRUE;
    self->values.order = self->owned[0] = g_strdup(task->order_number);
    self->values.total = self->owned[1] =
        format_total(task->order_total, g_strcmp0(self->user->language, "en") == 0);
    self->values.author = self->owned[2] = g_strdup(task->author_name);
    return TRUE;
}

static gboolean
gather(Composer *self, GError **error)
{
    if (self->user == NULL || !self->user->active) {
        self->obsolete = g_strdup(self->user == NULL ? _("The user is no more")
                                                     : _("The user may not sign in any more"));
        return TRUE;
    }
    if (self->user->email == NULL || *self->user->email == '\0') {
        self->obsolete = g_strdup(_("The user has no e-mail any more"));
        return TRUE;
    }
    switch (self->letter->kind) {
    case KAB_LETTER_INVITATION:
        return compose_invitation(self, error);
    case KAB_LETTER_RESET:
        return compose_reset(self, error);
    case KAB_LETTER_ORDER:
        return compose_order(self, error);
    case KAB_LETTER_TASK:
        return compose_task(self, error);
    case KAB_LETTER_PASSWORD_CHANGED:
    default:
        if (!self->user->has_password) /* an invitation tells more */
            self->obsolete = g_strdup(_("The user has no password any more"));
        return TRUE;
    }
}

gboolean
kab_portal_letter_compose(KabDb *db, const KabLetter *letter, const char *company,
                          const char *address, KabUser **user, KabLetterText *out, char **obsolete,
                          GError **error)
{
    g_autoptr(GError) local = NULL;
    Composer self = {.db = db, .letter = letter, .address = address};
    gboolean done;

    memset(out, 0, sizeof *out);
    *obsolete = NULL;
    *user = kab_users_find_id(db, letter->user_id, &local);
    if (!kab_error_pass(error, &local))
        return FALSE;
    self.user = *user;
    done = gather(&self, error);
    if (done && self.obsolete == NULL) {
        self.values.company = company;
        self.values.address = address;
        self.values.name = (*user)->name;
        self.values.login = (*user)->login;
        done =
            kab_portal_letter_text_make(letter->kind, (*user)->language, &self.values, out, error);
    }
    for (guint i = 0; i < G_N_ELEMENTS(self.owned); i++)
        g_free(self.owned[i]);
    *obsolete = self.obsolete;
    return done;
}
