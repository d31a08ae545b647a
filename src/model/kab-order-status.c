/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-order-status.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
    KabOrderStatus from;
    KabOrderEvent event;
    KabOrderActor by;
    KabOrderStatus to;
} Transition;

/* The order's life; what is not here cannot happen. The base is the book of record: it may take an
 * order back from any status before the end, and its message may come late, after the partner's
 * decision, or skip a status that two changes before one run made invisible. */
static const Transition transitions[] = {
    {KAB_ORDER_DRAFT, KAB_ORDER_PLACE, KAB_ORDER_BY_PARTNER, KAB_ORDER_NEW},

    {KAB_ORDER_NEW, KAB_ORDER_REFUSE, KAB_ORDER_BY_PARTNER, KAB_ORDER_REFUSED},
    {KAB_ORDER_NEW, KAB_ORDER_TAKE, KAB_ORDER_BY_BASE, KAB_ORDER_AWAITING_MANAGER},
    {KAB_ORDER_NEW, KAB_ORDER_OFFER, KAB_ORDER_BY_BASE, KAB_ORDER_AWAITING_PARTNER},
    {KAB_ORDER_NEW, KAB_ORDER_PROCEED, KAB_ORDER_BY_BASE, KAB_ORDER_IN_PROGRESS},
    {KAB_ORDER_NEW, KAB_ORDER_DECLINE, KAB_ORDER_BY_BASE, KAB_ORDER_REFUSED},
    {KAB_ORDER_NEW, KAB_ORDER_COMPLETE, KAB_ORDER_BY_BASE, KAB_ORDER_COMPLETED},
    {KAB_ORDER_NEW, KAB_ORDER_NOTE, KAB_ORDER_BY_BASE, KAB_ORDER_AWAITING_MANAGER},

    {KAB_ORDER_AWAITING_MANAGER, KAB_ORDER_REFUSE, KAB_ORDER_BY_PARTNER, KAB_ORDER_REFUSED},
    {KAB_ORDER_AWAITING_MANAGER, KAB_ORDER_TAKE, KAB_ORDER_BY_BASE, KAB_ORDER_AWAITING_MANAGER},
    {KAB_ORDER_AWAITING_MANAGER, KAB_ORDER_OFFER, KAB_ORDER_BY_BASE, KAB_ORDER_AWAITING_PARTNER},
    {KAB_ORDER_AWAITING_MANAGER, KAB_ORDER_PROCEED, KAB_ORDER_BY_BASE, KAB_ORDER_IN_PROGRESS},
    {KAB_ORDER_AWAITING_MANAGER, KAB_ORDER_DECLINE, KAB_ORDER_BY_BASE, KAB_ORDER_REFUSED},
    {KAB_ORDER_AWAITING_MANAGER, KAB_ORDER_COMPLETE, KAB_ORDER_BY_BASE, KAB_ORDER_COMPLETED},
    {KAB_ORDER_AWAITING_MANAGER, KAB_ORDER_NOTE, KAB_ORDER_BY_BASE, KAB_ORDER_AWAITING_MANAGER},

    {KAB_ORDER_AWAITING_PARTNER, KAB_ORDER_CONFIRM, KAB_ORDER_BY_PARTNER, KAB_ORDER_IN_PROGRESS},
    {KAB_ORDER_AWAITING_PARTNER, KAB_ORDER_REFUSE, KAB_ORDER_BY_PARTNER, KAB_ORDER_REFUSED},
    {KAB_ORDER_AWAITING_PARTNER, KAB_ORDER_TAKE, KAB_ORDER_BY_BASE, KAB_ORDER_AWAITING_MANAGER},
    {KAB_ORDER_AWAITING_PARTNER, KAB_ORDER_OFFER, KAB_ORDER_BY_BASE, KAB_ORDER_AWAITING_PARTNER},
    {KAB_ORDER_AWAITING_PARTNER, KAB_ORDER_PROCEED, KAB_ORDER_BY_BASE, KAB_ORDER_IN_PROGRESS},
    {KAB_ORDER_AWAITING_PARTNER, KAB_ORDER_DECLINE, KAB_ORDER_BY_BASE, KAB_ORDER_REFUSED},
    {KAB_ORDER_AWAITING_PARTNER, KAB_ORDER_COMPLETE, KAB_ORDER_BY_BASE, KAB_ORDER_COMPLETED},
    {KAB_ORDER_AWAITING_PARTNER, KAB_ORDER_NOTE, KAB_ORDER_BY_BASE, KAB_ORDER_AWAITING_PARTNER},

    {KAB_ORDER_IN_PROGRESS, KAB_ORDER_REFUSE, KAB_ORDER_BY_PARTNER, KAB_ORDER_REFUSED},
    {KAB_ORDER_IN_PROGRESS, KAB_ORDER_TAKE, KAB_ORDER_BY_BASE, KAB_ORDER_AWAITING_MANAGER},
    {KAB_ORDER_IN_PROGRESS, KAB_ORDER_OFFER, KAB_ORDER_BY_BASE, KAB_ORDER_AWAITING_PARTNER},
    {KAB_ORDER_IN_PROGRESS, KAB_ORDER_PROCEED, KAB_ORDER_BY_BASE, KAB_ORDER_IN_PROGRESS},
    {KAB_ORDER_IN_PROGRESS, KAB_ORDER_DECLINE, KAB_ORDER_BY_BASE, KAB_ORDER_REFUSED},
    {KAB_ORDER_IN_PROGRESS, KAB_ORDER_COMPLETE, KAB_ORDER_BY_BASE, KAB_ORDER_COMPLETED},
    {KAB_ORDER_IN_PROGRESS, KAB_ORDER_NOTE, KAB_ORDER_BY_BASE, KAB_ORDER_IN_PROGRESS},

    /* A refusal that came too late: the base goes on with what is shipped. */
    {KAB_ORDER_REFUSED, KAB_ORDER_DECLINE, KAB_ORDER_BY_BASE, KAB_ORDER_REFUSED},
    {KAB_ORDER_REFUSED, KAB_ORDER_TAKE, KAB_ORDER_BY_BASE, KAB_ORDER_AWAITING_MANAGER},
    {KAB_ORDER_REFUSED, KAB_ORDER_OFFER, KAB_ORDER_BY_BASE, KAB_ORDER_AWAITING_PARTNER},
    {KAB_ORDER_REFUSED, KAB_ORDER_PROCEED, KAB_ORDER_BY_BASE, KAB_ORDER_IN_PROGRESS},
    {KAB_ORDER_REFUSED, KAB_ORDER_COMPLETE, KAB_ORDER_BY_BASE, KAB_ORDER_COMPLETED},
    {KAB_ORDER_REFUSED, KAB_ORDER_NOTE, KAB_ORDER_BY_BASE, KAB_ORDER_REFUSED},
    {KAB_ORDER_COMPLETED, KAB_ORDER_COMPLETE, KAB_ORDER_BY_BASE, KAB_ORDER_COMPLETED},
    {KAB_ORDER_COMPLETED, KAB_ORDER_NOTE, KAB_ORDER_BY_BASE, KAB_ORDER_COMPLETED},
};

typedef struct {
    const char *nick;
    const char *title;
} Names;

static const Names order_names[KAB_ORDER_N_STATUSES] = {
    [KAB_ORDER_DRAFT] = {"draft", N_("Draft")},
    [KAB_ORDER_NEW] = {"new", NC_("order", "New")},
    [KAB_ORDER_AWAITING_MANAGER] = {"awaiting-manager", N_("Awaiting the manager's confirmation")},
    [KAB_ORDER_AWAITING_PARTNER] = {"awaiting-partner", N_("Awaiting your confirmation")},
    [KAB_ORDER_IN_PROGRESS] = {"in-progress", N_("In progress")},
    [KAB_ORDER_REFUSED] = {"refused", NC_("order", "Refused")},
    [KAB_ORDER_COMPLETED] = {"completed", N_("Completed")},
};

static const Names client_names[KAB_CLIENT_N_STATUSES] = {
    [KAB_CLIENT_ON_APPROVAL] = {"on-approval", N_("On approval")},
    [KAB_CLIENT_TO_FULFIL] = {"to-fulfil", N_("To be fulfilled")},
    [KAB_CLIENT_CLOSED] = {"closed", N_("Closed")},
    [KAB_CLIENT_CANCELLED] = {"cancelled", N_("Cancelled")},
    [KAB_CLIENT_OTHER] = {"other", N_("Not known here")},
};

gboolean
kab_order_status_after(KabOrderStatus from, KabOrderEvent event, KabOrderActor by,
                       KabOrderStatus *to)
{
    for (gsize i = 0; i < G_N_ELEMENTS(transitions); i++) {
        const Transition *t = &transitions[i];

        if (t->from == from && t->event == event && t->by == by) {
            if (to != NULL)
                *to = t->to;
            return TRUE;
        }
    }
    return FALSE;
}

static int
find_nick(const Names *names, int n, const char *nick, GError **error)
{
    for (int i = 0; nick != NULL && i < n; i++)
        if (strcmp(names[i].nick, nick) == 0)
            return i;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not a status"),
                kab_error_clip(nick, 40), nick != NULL ? nick : "");
    return -1;
}

const char *
kab_order_status_to_nick(KabOrderStatus status)
{
    g_return_val_if_fail(status < KAB_ORDER_N_STATUSES, NULL);
    return order_names[status].nick;
}

gboolean
kab_order_status_from_nick(const char *nick, KabOrderStatus *out, GError **error)
{
    int found = find_nick(order_names, KAB_ORDER_N_STATUSES, nick, error);

    if (found < 0)
        return FALSE;
    *out = (KabOrderStatus)found;
    return TRUE;
}

const char *
kab_order_status_to_title(KabOrderStatus status)
{
    g_return_val_if_fail(status < KAB_ORDER_N_STATUSES, NULL);
    if (status == KAB_ORDER_NEW || status == KAB_ORDER_REFUSED)
        return g_dpgettext2(GETTEXT_PACKAGE, "order", order_names[status].title);
    return g_dgettext(GETTEXT_PACKAGE, order_names[status].title);
}

gboolean
kab_client_status_may_become(KabClientStatus from, KabClientStatus to)
{
    if (from == to)
        return TRUE;
    return to != KAB_CLIENT_OTHER && from != KAB_CLIENT_CLOSED && from != KAB_CLIENT_CANCELLED;
}

KabOrderEvent
kab_client_status_to_event(KabClientStatus status, gboolean confirmed)
{
    switch (status) {
    case KAB_CLIENT_ON_APPROVAL:
        return KAB_ORDER_TAKE;
    case KAB_CLIENT_TO_FULFIL:
        return confirmed ? KAB_ORDER_PROCEED : KAB_ORDER_OFFER;
    case KAB_CLIENT_CLOSED:
        return KAB_ORDER_COMPLETE;
    case KAB_CLIENT_CANCELLED:
        return KAB_ORDER_DECLINE;
    case KAB_CLIENT_OTHER:
        return KAB_ORDER_NOTE;
    default:
        g_return_val_if_reached(KAB_ORDER_NOTE);
    }
}

const char *
kab_client_status_to_nick(KabClientStatus status)
{
    g_return_val_if_fail(status < KAB_CLIENT_N_STATUSES, NULL);
    return client_names[status].nick;
}

gboolean
kab_client_status_from_nick(const char *nick, KabClientStatus *out, GError **error)
{
    int found = find_nick(client_names, KAB_CLIENT_N_STATUSES, nick, error);

    if (found < 0)
        return FALSE;
    *out = (KabClientStatus)found;
    return TRUE;
}

const char *
kab_client_status_to_title(KabClientStatus status)
{
    g_return_val_if_fail(status < KAB_CLIENT_N_STATUSES, NULL);
    return g_dgettext(GETTEXT_PACKAGE, client_names[status].title);
}
