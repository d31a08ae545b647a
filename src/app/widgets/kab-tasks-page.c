/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-tasks.h"
#include "kab-format.h"
#include "kab-task-row.h"
#include "kab-tasks-page.h"

#include <glib/gi18n-lib.h>

struct _KabTasksPage {
    KabListPage parent_instance;
};

G_DEFINE_FINAL_TYPE(KabTasksPage, kab_tasks_page, KAB_TYPE_LIST_PAGE)

static void
kab_tasks_page_list(KabListPage *page, const char *after, guint limit, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer data)
{
    kab_client_list_tasks_async(kab_data_page_get_client(KAB_DATA_PAGE(page)),
                                kab_list_page_get_filter(page) == 1, after, limit, cancellable,
                                callback, data);
}

static KabItem *
kab_tasks_page_make_item(gpointer value)
{
    KabTask *task = value;

    return kab_item_new(task->id.text, task, (GDestroyNotify)kab_task_free);
}

static GtkWidget *
kab_tasks_page_make_row(KabListPage *page)
{
    return kab_task_row_new(kab_data_page_get_client(KAB_DATA_PAGE(page)),
                            kab_list_page_is_for_base(page));
}

static void
kab_tasks_page_set_row(GtkWidget *row, KabItem *item)
{
    kab_task_row_set_item(KAB_TASK_ROW(row), item);
}

static char *
kab_tasks_page_dup_name(KabItem *item)
{
    return kab_format_task_name(kab_item_get_value(item));
}

static void
kab_tasks_page_open(KabListPage *page, KabItem *item)
{
    gtk_widget_activate_action(
        GTK_WIDGET(page), kab_list_page_is_for_base(page) ? "win.open-base-task" : "win.open-task",
        "s", kab_item_get_key(item));
}

static void
kab_tasks_page_constructed(GObject *object)
{
    const KabListPageTexts texts = {
        .icon_name = "kab-tasks-symbolic",
        .list_name = _("Tasks"),
        .empty_title = _("No tasks yet"),
        .empty_text = _("An order that you have to approve appears here."),
        .nothing_text = _("No task waits for a decision."),
    };
    const char *filters[] = {_("All tasks"), _("Waiting for a decision"), NULL};

    G_OBJECT_CLASS(kab_tasks_page_parent_class)->constructed(object);
    kab_data_page_set_title(KAB_DATA_PAGE(object), _("Tasks"));
    kab_list_page_set_up(KAB_LIST_PAGE(object), &texts, _("Which tasks"), filters);
}

static void
kab_tasks_page_class_init(KabTasksPageClass *klass)
{
    static const char *const kinds[] = {"task", NULL};
    KabListPageClass *list_class = KAB_LIST_PAGE_CLASS(klass);

    KAB_DATA_PAGE_CLASS(klass)->kinds = kinds;
    G_OBJECT_CLASS(klass)->constructed = kab_tasks_page_constructed;
    list_class->list = kab_tasks_page_list;
    list_class->list_finish = kab_client_list_tasks_finish;
    list_class->make_item = kab_tasks_page_make_item;
    list_class->make_row = kab_tasks_page_make_row;
    list_class->set_row = kab_tasks_page_set_row;
    list_class->dup_name = kab_tasks_page_dup_name;
    list_class->open = kab_tasks_page_open;
}

static void
kab_tasks_page_init(KabTasksPage *self G_GNUC_UNUSED)
{
}

KabDataPage *
kab_tasks_page_new(KabClient *client)
{
    return g_object_new(KAB_TYPE_TASKS_PAGE, "client", client, NULL);
}

KabDataPage *
kab_tasks_page_new_for_base(KabClient *client)
{
    return g_object_new(KAB_TYPE_TASKS_PAGE, "client", client, "for-base", TRUE, NULL);
}
