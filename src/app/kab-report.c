/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-build.h"
#include "kab-report-end.h"
#include "kab-report.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MAX_STEPS 40

struct _KabReport {
    GQueue *steps; /* (owned) (element-type utf8): the oldest first */
};

KabReport *
kab_report_new(void)
{
    KabReport *report = g_new0(KabReport, 1);

    report->steps = g_queue_new();
    return report;
}

void
kab_report_free(KabReport *report)
{
    if (report == NULL)
        return;
    g_queue_free_full(report->steps, g_free);
    g_free(report);
}

void
kab_report_note(KabReport *report, const char *what)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autofree char *time = g_date_time_format(now, "%H:%M:%S");
    g_autofree char *line = g_strdelimit(g_strdup(what), "\r\n", ' ');

    g_queue_push_tail(report->steps, g_strdup_printf("%s %s", time, line));
    if (g_queue_get_length(report->steps) > MAX_STEPS)
        g_free(g_queue_pop_head(report->steps));
}

static void
write_session(GString *text, KabSession *session)
{
    static const char *const states[] = {
        [KAB_LIVE_CONNECTING] = N_("being made"),
        [KAB_LIVE_LISTENING] = N_("at once"),
        [KAB_LIVE_POLLING] = N_("every few seconds"),
        [KAB_LIVE_OFFLINE] = N_("none"),
    };
    const KabUser *user = kab_session_get_user(session);
    KabClientLive *live = kab_session_get_live(session);
    KabClient *clients[] = {kab_session_get_portal(session), kab_session_get_base(session)};
    const char *const titles[] = {N_("Portal"), N_("Base")};

    if (user != NULL && user->partner_name != NULL)
        g_string_append_printf(text, _("Company: %s\n"), user->partner_name);
    if (user != NULL)
        g_string_append_printf(text, _("Who: %s, %s\n"), user->login,
                               kab_role_to_title(user->role));
    for (gsize i = 0; i < G_N_ELEMENTS(clients); i++) {
        g_autofree char *address =
            clients[i] != NULL ? kab_report_clean_address(kab_client_get_address(clients[i]))
                               : NULL;

        if (address != NULL)
            g_string_append_printf(text, "%s: %s\n", g_dgettext(GETTEXT_PACKAGE, titles[i]),
                                   address);
    }
    if (live != NULL)
        g_string_append_printf(
            text, _("Changes are told: %s\n"),
            g_dgettext(GETTEXT_PACKAGE, states[kab_client_live_get_state(live)]));
}

static void
write_system(GString *text)
{
    g_autofree char *system = g_get_os_info(G_OS_INFO_KEY_PRETTY_NAME);
    const char *const *languages = g_get_language_names();

    g_string_append_printf(text, _("Program: Kabinet %s, build %s\n"), PACKAGE_VERSION, KAB_BUILD);
    g_string_append_printf(text, "GTK %u.%u.%u, libadwaita %u.%u.%u\n", gtk_get_major_version(),
                           gtk_get_minor_version(), gtk_get_micro_version(),
                           adw_get_major_version(), adw_get_minor_version(),
                           adw_get_micro_version());
    g_string_append_printf(text, _("System: %s\n"), system != NULL ? system : _("not known"));
    g_string_append_printf(text, _("Language: %s\n"), languages[0]);
}

char *
kab_report_write(const KabReport *report, KabSession *session)
{
    GString *text = g_string_new(NULL);

    if (session != NULL)
        write_session(text, session);
    write_system(text);
    g_string_append_printf(text, "\n%s\n", _("What happened before:"));
    for (GList *l = report->steps->head; l != NULL; l = l->next)
        g_string_append_printf(text, "%s\n", (const char *)l->data);
    return g_string_free(text, FALSE);
}
