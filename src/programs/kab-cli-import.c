/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-cli-base.h"
#include "kab-commerceml.h"
#include "kab-end-people.h"
#include "kab-error.h"
#include "kab-json.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <inttypes.h>
#include <unistd.h>

typedef struct {
    const char *name;
    const char *title;
    gint64 count;
} Count;

/* The counts in the order of the JSON answer. */
static guint
fill_counts(const KabImportResult *result, Count counts[10])
{
    const Count all[] = {
        {"groups", N_("Groups"), result->groups},
        {"products", N_("Products"), result->products},
        {"offers", N_("Offers"), result->offers},
        {"price_types", N_("Price types"), result->price_types},
        {"prices", N_("Prices"), result->prices},
        {"warehouses", N_("Warehouses"), result->warehouses},
        {"stock", N_("Stock"), result->stock},
        {"properties", N_("Properties"), result->properties},
        {"partners", N_("Partners"), result->partners},
        {"deleted", N_("Deleted"), result->deleted},
    };

    for (guint i = 0; i < G_N_ELEMENTS(all); i++)
        counts[i] = all[i];
    return G_N_ELEMENTS(all);
}

static const char *
get_warning(const KabImportResult *result, guint i)
{
    return g_ptr_array_index(result->warnings, i);
}

static void
print_json(const KabImportResult *result)
{
    JsonObject *object = json_object_new();
    JsonArray *warnings = json_array_new();
    Count counts[10];
    guint n = fill_counts(result, counts);
    guint n_warnings = result->warnings != NULL ? result->warnings->len : 0;

    for (guint i = 0; i < n; i++)
        json_object_set_int_member(object, counts[i].name, counts[i].count);
    for (guint i = 0; i < n_warnings; i++)
        json_array_add_string_element(warnings, get_warning(result, i));
    json_object_set_array_member(object, "warnings", warnings);
    json_object_set_int_member(object, "n_warnings", result->n_warnings);
    kab_cli_print_json(kab_json_node_take(object));
}

static void
print_text(const KabImportResult *result)
{
    Count counts[10];
    guint n = fill_counts(result, counts);
    guint n_warnings = result->warnings != NULL ? result->warnings->len : 0;

    for (guint i = 0; i < n_warnings; i++)
        g_printerr(_("Warning: %s\n"), get_warning(result, i));
    if (result->n_warnings > n_warnings)
        g_printerr(_("%" PRId64 " more warnings are not shown\n"), result->n_warnings - n_warnings);
    for (guint i = 0; i < n; i++)
        if (counts[i].count > 0)
            g_print("%s: %" PRId64 "\n", _(counts[i].title), counts[i].count);
}

static void
on_progress(const char *file, gint64 done, gint64 total, gpointer data G_GNUC_UNUSED)
{
    g_printerr("\r\033[K%3d %% %s", total > 0 ? (int)(done * 100 / total) : 100, file);
}

static gboolean
on_interrupt(gpointer data)
{
    g_cancellable_cancel(data);
    return G_SOURCE_CONTINUE;
}

static gpointer
run_signals(gpointer data)
{
    g_main_loop_run(data);
    return NULL;
}

static gboolean
quit(gpointer data)
{
    g_main_loop_quit(data);
    return G_SOURCE_REMOVE;
}

static gboolean
audit_prices(KabCli *cli, KabDb *db, const char *const *paths, const KabImportResult *result,
             GError **error)
{
    g_autofree char *detail = g_strdup_printf("%" G_GINT64_FORMAT " prices", result->prices);

    return result->prices == 0 ||
           kab_end_audit(cli->end, db, &cli->actor, KAB_AUDIT_PRICE, paths[0], detail, error);
}

static gboolean
import_paths(KabCli *cli, const char *const *paths, GCancellable *cancellable,
             KabImportResult *result, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);
    gboolean terminal = isatty(STDERR_FILENO) && !cli->json;
    gboolean done =
        db.db != NULL && kab_commerceml_import(db.db, paths, terminal ? on_progress : NULL, NULL,
                                               cancellable, result, error);

    if (terminal)
        g_printerr("\r\033[K");
    return done && audit_prices(cli, db.db, paths, result, error);
}

gboolean
kab_cli_import(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    g_autoptr(GMainContext) context = g_main_context_new();
    g_autoptr(GMainLoop) loop = g_main_loop_new(context, FALSE);
    g_autoptr(GSource) interrupt = g_unix_signal_source_new(SIGINT);
    g_autoptr(GSource) end = g_idle_source_new();
    KabImportResult result = {0};
    GThread *signals;
    gboolean done;

    if (!kab_cli_parse(NULL, &argc, &argv, 1, G_MAXINT, error) || !kab_cli_open(cli, error))
        return FALSE;
    /* Ctrl+C takes back everything instead of leaving the database to find out. */
    g_source_set_callback(interrupt, on_interrupt, cancellable, NULL);
    g_source_attach(interrupt, context);
    signals = g_thread_new("signals", run_signals, loop);
    done = import_paths(cli, (const char *const *)argv + 1, cancellable, &result, error);
    /* From within the loop: it may not have begun yet. */
    g_source_set_callback(end, quit, loop, NULL);
    g_source_attach(end, context);
    g_thread_join(signals);
    g_source_destroy(interrupt);
    if (!done)
        return FALSE;
    if (cli->json)
        print_json(&result);
    else
        print_text(&result);
    kab_import_result_clear(&result);
    return TRUE;
}
