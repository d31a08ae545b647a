/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-audit-page.h"
#include "kab-basket-page.h"
#include "kab-catalogue-page.h"
#include "kab-client-order-page.h"
#include "kab-connections-page.h"
#include "kab-home-page.h"
#include "kab-journal-entry-page.h"
#include "kab-journal-page.h"
#include "kab-news-page.h"
#include "kab-order-page.h"
#include "kab-orders-page.h"
#include "kab-overview-page.h"
#include "kab-pages.h"
#include "kab-product-page.h"
#include "kab-publication-page.h"
#include "kab-queue-page.h"
#include "kab-segments-page.h"
#include "kab-settings-page.h"
#include "kab-settlements-page.h"
#include "kab-story-page.h"
#include "kab-task-page.h"
#include "kab-tasks-page.h"
#include "kab-user-page.h"
#include "kab-users-page.h"

#include <glib/gi18n-lib.h>

/* Who may. */

static gboolean
browses(KabSession *session)
{
    return kab_session_portal_may(session, KAB_RIGHT_BROWSE);
}

static gboolean
orders(KabSession *session)
{
    return browses(session) && kab_session_portal_may(session, KAB_RIGHT_ORDER);
}

static gboolean
has_tasks(KabSession *session)
{
    return browses(session) && kab_session_portal_may(session, KAB_RIGHT_TASKS);
}

static gboolean
sees_client_orders(KabSession *session)
{
    return kab_session_base_may(session, KAB_RIGHT_CLIENT_ORDERS);
}

static gboolean
has_base_tasks(KabSession *session)
{
    return kab_session_base_may(session, KAB_RIGHT_TASKS);
}

static gboolean
runs_portal(KabSession *session)
{
    return kab_session_portal_may(session, KAB_RIGHT_EXCHANGE_ADMIN);
}

static gboolean
runs_base(KabSession *session)
{
    return kab_session_base_may(session, KAB_RIGHT_EXCHANGE_ADMIN);
}

static gboolean
runs_any(KabSession *session)
{
    return runs_portal(session) || runs_base(session);
}

static gboolean
manages_portal_users(KabSession *session)
{
    return kab_session_portal_may(session, KAB_RIGHT_USERS);
}

static gboolean
manages_base_users(KabSession *session)
{
    return kab_session_base_may(session, KAB_RIGHT_USERS);
}

static gboolean
publishes_news(KabSession *session)
{
    return kab_session_portal_may(session, KAB_RIGHT_NEWS);
}

/* Whoever has something to do at a base, also before it is connected. */
static gboolean
has_connections(KabSession *session)
{
    return runs_any(session) || sees_client_orders(session) ||
           kab_session_portal_may(session, KAB_RIGHT_CLIENT_ORDERS);
}

/* Pages. */

static KabDataPage *
make_home(KabSession *session)
{
    return kab_home_page_new(kab_session_get_portal(session));
}

static KabDataPage *
make_catalogue(KabSession *session)
{
    return kab_catalogue_page_new(kab_session_get_portal(session));
}

static KabDataPage *
make_basket(KabSession *session)
{
    return kab_basket_page_new(kab_session_get_portal(session));
}

static KabDataPage *
make_orders(KabSession *session)
{
    return kab_orders_page_new(kab_session_get_portal(session));
}

static KabDataPage *
make_tasks(KabSession *session)
{
    return kab_tasks_page_new(kab_session_get_portal(session));
}

static KabDataPage *
make_settlements(KabSession *session)
{
    return kab_settlements_page_new(kab_session_get_portal(session));
}

static KabDataPage *
make_client_orders(KabSession *session)
{
    return kab_orders_page_new_for_base(kab_session_get_base(session));
}

static KabDataPage *
make_base_tasks(KabSession *session)
{
    return kab_tasks_page_new_for_base(kab_session_get_base(session));
}

static KabDataPage *
make_overview(KabSession *session)
{
    return kab_overview_page_new(runs_portal(session) ? kab_session_get_portal(session) : NULL,
                                 runs_base(session) ? kab_session_get_base(session) : NULL);
}

static KabDataPage *
make_portal_queue(KabSession *session)
{
    return kab_queue_page_new(kab_session_get_portal(session));
}

static KabDataPage *
make_base_queue(KabSession *session)
{
    return kab_queue_page_new_for_base(kab_session_get_base(session));
}

static KabDataPage *
make_portal_journal(KabSession *session)
{
    return kab_journal_page_new(kab_session_get_portal(session));
}

static KabDataPage *
make_base_journal(KabSession *session)
{
    return kab_journal_page_new_for_base(kab_session_get_base(session));
}

static KabDataPage *
make_portal_settings(KabSession *session)
{
    return kab_settings_page_new(kab_session_get_portal(session), FALSE);
}

static KabDataPage *
make_base_settings(KabSession *session)
{
    return kab_settings_page_new(kab_session_get_base(session), TRUE);
}

static KabDataPage *
make_segments(KabSession *session)
{
    return kab_segments_page_new(kab_session_get_base(session));
}

static KabDataPage *
make_users(KabSession *session)
{
    return kab_users_page_new(kab_session_get_portal(session), FALSE);
}

static KabDataPage *
make_base_users(KabSession *session)
{
    return kab_users_page_new(kab_session_get_base(session), TRUE);
}

static KabDataPage *
make_publication(KabSession *session)
{
    return kab_publication_page_new(kab_session_get_base(session));
}

static KabDataPage *
make_publish_news(KabSession *session)
{
    return kab_news_page_new(kab_session_get_portal(session));
}

static KabDataPage *
make_connections(KabSession *session)
{
    return kab_connections_page_new(session);
}

const KabPageKind kab_page_kinds[] = {
    {"home", N_("Home"), "go-home-symbolic", browses, make_home},
    {"catalogue", N_("Catalogue"), "view-grid-symbolic", browses, make_catalogue},
    {"basket", N_("Basket"), "kab-basket-symbolic", orders, make_basket},
    {"orders", N_("Orders"), "kab-orders-symbolic", browses, make_orders},
    {"tasks", N_("Tasks"), "kab-tasks-symbolic", has_tasks, make_tasks},
    {"settlements", N_("Settlements"), "kab-settlements-symbolic", browses, make_settlements},
    {"overview", N_("Overview"), "view-dual-symbolic", runs_any, make_overview},
    {"client-orders", N_("Client orders"), "kab-orders-symbolic", sees_client_orders,
     make_client_orders},
    {"base-tasks", N_("Tasks"), "kab-tasks-symbolic", has_base_tasks, make_base_tasks},
    {"portal-queue", N_("Portal queue"), "network-transmit-receive-symbolic", runs_portal,
     make_portal_queue},
    {"base-queue", N_("Base queue"), "network-server-symbolic", runs_base, make_base_queue},
    {"publication", N_("Publication"), "emblem-shared-symbolic", runs_base, make_publication},
    {"publish-news", N_("News"), "document-edit-symbolic", publishes_news, make_publish_news},
    {"users", N_("Users of the portal"), "system-users-symbolic", manages_portal_users, make_users},
    {"base-users", N_("Users of the base"), "system-users-symbolic", manages_base_users,
     make_base_users},
    {"portal-journal", N_("Portal journal"), "view-list-symbolic", runs_portal,
     make_portal_journal},
    {"base-journal", N_("Base journal"), "view-list-symbolic", runs_base, make_base_journal},
    {"segments", N_("Segments"), "view-grid-symbolic", runs_base, make_segments},
    {"portal-settings", N_("Portal settings"), "emblem-system-symbolic", runs_portal,
     make_portal_settings},
    {"base-settings", N_("Base settings"), "emblem-system-symbolic", runs_base, make_base_settings},
    {"connections", N_("Connections"), "network-wired-symbolic", has_connections, make_connections},
};
const guint kab_n_page_kinds = G_N_ELEMENTS(kab_page_kinds);

/* Cards. */

static KabDataPage *
make_order(KabSession *session, const char *id)
{
    KabDataPage *page = kab_order_page_new(kab_session_get_portal(session), kab_order_id_of(id));

    kab_order_page_show_exchange(KAB_ORDER_PAGE(page), runs_any(session));
    return page;
}

static KabDataPage *
make_product(KabSession *session, const char *id)
{
    return kab_product_page_new(kab_session_get_portal(session), kab_product_id_of(id));
}

static KabDataPage *
make_task(KabSession *session, const char *id)
{
    return kab_task_page_new(kab_session_get_portal(session), kab_task_id_of(id), FALSE);
}

static KabDataPage *
make_client_order(KabSession *session, const char *id)
{
    KabDataPage *page =
        kab_client_order_page_new(kab_session_get_base(session), kab_order_id_of(id));

    kab_client_order_page_show_exchange(KAB_CLIENT_ORDER_PAGE(page), runs_any(session));
    return page;
}

static KabDataPage *
make_base_task(KabSession *session, const char *id)
{
    return kab_task_page_new(kab_session_get_base(session), kab_task_id_of(id), TRUE);
}

static KabDataPage *
make_portal_journal_entry(KabSession *session, const char *id)
{
    return kab_journal_entry_page_new(kab_session_get_portal(session), id);
}

static KabDataPage *
make_base_journal_entry(KabSession *session, const char *id)
{
    return kab_journal_entry_page_new(kab_session_get_base(session), id);
}

static KabDataPage *
make_story(KabSession *session, const char *id)
{
    return kab_story_page_new(runs_portal(session) ? kab_session_get_portal(session) : NULL,
                              runs_base(session) ? kab_session_get_base(session) : NULL, id);
}

static KabDataPage *
make_user(KabSession *session, const char *id)
{
    return kab_user_page_new(kab_session_get_portal(session), id, FALSE);
}

static KabDataPage *
make_base_user(KabSession *session, const char *id)
{
    return kab_user_page_new(kab_session_get_base(session), id, TRUE);
}

static KabDataPage *
make_audit(KabSession *session, const char *who)
{
    return kab_audit_page_new(kab_session_get_portal(session), who);
}

static KabDataPage *
make_base_audit(KabSession *session, const char *who)
{
    return kab_audit_page_new(kab_session_get_base(session), who);
}

const KabCardKind kab_card_kinds[] = {
    {"order", "orders", browses, make_order},
    {"product", "catalogue", browses, make_product},
    {"task", "tasks", has_tasks, make_task},
    {"client-order", "client-orders", sees_client_orders, make_client_order},
    {"base-task", "base-tasks", has_base_tasks, make_base_task},
    {"portal-journal-entry", "portal-journal", runs_portal, make_portal_journal_entry},
    {"base-journal-entry", "base-journal", runs_base, make_base_journal_entry},
    {"story", NULL, runs_any, make_story},
    {"user", "users", manages_portal_users, make_user},
    {"base-user", "base-users", manages_base_users, make_base_user},
    {"audit", "users", manages_portal_users, make_audit},
    {"base-audit", "base-users", manages_base_users, make_base_audit},
};
const guint kab_n_card_kinds = G_N_ELEMENTS(kab_card_kinds);

const KabCardKind *
kab_card_kind_find(const char *name)
{
    for (guint i = 0; i < kab_n_card_kinds; i++)
        if (g_str_equal(kab_card_kinds[i].name, name))
            return &kab_card_kinds[i];
    return NULL;
}
