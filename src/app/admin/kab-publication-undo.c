/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-publication.h"
#include "kab-publication-undo.h"
#include "kab-undo-toast.h"
#include "kab-weak.h"

/* One of the two things that can follow. */
typedef struct {
    gboolean wanted;
    KabPublicationAction action;
    char **ids; /* (owned) (nullable) */
} Step;

typedef struct {
    KabClient *client; /* (owned) */
    Step undo;
    Step keep;
    GWeakRef page;
} Data;

static Step
make_step(const KabPublicationAction *action, const char *const *ids)
{
    Step step = {action != NULL && ids != NULL && ids[0] != NULL, KAB_PUBLICATION_ACTIVATE, NULL};

    if (step.wanted) {
        step.action = *action;
        step.ids = g_strdupv((char **)ids);
    }
    return step;
}

static void
data_free(gpointer gone)
{
    Data *data = gone;

    g_strfreev(data->undo.ids);
    g_strfreev(data->keep.ids);
    g_object_unref(data->client);
    g_weak_ref_clear(&data->page);
    g_free(data);
}

static void
on_done(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(KabDataPage) page = kab_weak_take(data);
    g_autoptr(GError) error = NULL;

    kab_client_act_on_publication_finish(KAB_CLIENT(source), result, &error);
    if (page != NULL)
        kab_data_page_reload_after(page, error);
}

static void
take(Data *data, const Step *step)
{
    g_autoptr(KabDataPage) page = g_weak_ref_get(&data->page);

    if (step->wanted)
        kab_client_act_on_publication_async(data->client, step->action,
                                            (const char *const *)step->ids, NULL, on_done,
                                            kab_weak_new(page));
}

static void
on_undo(gpointer data)
{
    take(data, &((Data *)data)->undo);
}

static void
on_keep(gpointer data)
{
    take(data, &((Data *)data)->keep);
}

AdwToast *
kab_publication_undo_make_toast(KabDataPage *page, const KabPublicationUndo *undo)
{
    Data *data = g_new0(Data, 1);

    data->client = g_object_ref(kab_data_page_get_client(page));
    data->undo = make_step(undo->undo, undo->undo_ids);
    data->keep = make_step(undo->keep, undo->keep_ids);
    g_weak_ref_init(&data->page, page);
    return kab_undo_toast_new(undo->text, on_undo, on_keep, data, data_free);
}
