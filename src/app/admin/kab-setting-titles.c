/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-setting-titles.h"

#include <glib/gi18n-lib.h>

typedef struct {
    const char *name;
    const char *title; /* a msgid */
} Title;

/* As both ends call them: the log of actions knows settings by their names alone. */
static const Title settings[] = {
    {"exchange.address", N_("Address of the other end")},
    {"exchange.attempts", N_("Number of attempts")},
    {"exchange.schedule", N_("Schedule: seconds or mm:ss; 0 is off")},
    {"exchange.push", N_("Run as soon as something is queued")},
    {"exchange.timeout", N_("Seconds to wait for the other end")},
    {"exchange.ca-file",
     N_("Authority's file of the other end (PEM)")},
    {"exchange.alarm",
     N_("Minutes until somebody is called; 0 is off")},
    {"journal.days", N_("Days to keep the journal")},
    {"exchange.path", N_("Path of the base's HTTP service")},
    {"exchange.login", N_("Login at the base")},
    {"exchange.password", N_("Password at the base")},
    {"exchange.pull", N_("Check the queue on the portal, which cannot reach the base")},
    {"exchange.client-id", N_("Client ID at the portal")},
    {"exchange.client-secret", N_("Client Secret at the portal")},
    {"portal.address", N_("Address of the portal in letters")},
    {"mail.host", N_("Mail server for letters to users")},
    {"mail.port", N_("Port of the mail server")},
    {"mail.security",
     N_("How the connection to the mail server is secured: starttls, tls or none")},
    {"mail.login", N_("Login at the mail server")},
    {"mail.password", N_("Password at the mail server")},
    {"mail.from", N_("Address that letters come from")},
    {"mail.from-name", N_("Name that letters come from")},
    {"orders.limits", N_("Orders that exceed a partner's limits: refuse, warn or off")},
    {"mail.ca-file",
     N_("Authority's file of the mail server (PEM)")},
    {"service.path", N_("Path of this base's HTTP service")},
    {"orders.prefix", N_("Prefix of client orders' numbers")},
    {"approval.own", N_("Whoever placed an order may approve it")},
    {"approval.fulfil", N_("An order that everybody has approved is to be fulfilled at once")},
    {"organisation.name", N_("Organisation: short name")},
    {"organisation.full-name", N_("Organisation: official name")},
    {"organisation.inn", N_("Organisation: INN")},
    {"organisation.kpp", N_("Organisation: KPP")},
    {"organisation.address", N_("Organisation: address")},
    {"organisation.phone", N_("Organisation: telephone")},
    {"organisation.email", N_("Organisation: e-mail")},
    {"organisation.bank-name", N_("Organisation: bank")},
    {"organisation.bic", N_("Organisation: BIC of the bank")},
    {"organisation.account", N_("Organisation: account")},
    {"organisation.corr-account", N_("Organisation: correspondent account")},
    {"organisation.director", N_("Organisation: director")},
    {"organisation.accountant", N_("Organisation: accountant")},
};

static const Title switches[] = {{"true", NC_("setting", "on")}, {"false", NC_("setting", "off")}};
static const Title modes[] = {
    {"refuse", N_("Refuse")}, {"warn", N_("Warn")}, {"off", N_("Do nothing")}};
static const Title securities[] = {{"starttls", N_("TLS after STARTTLS")},
                                   {"tls", N_("TLS from the beginning")},
                                   {"none", N_("Not secured")}};

static const char *
find(const Title *titles, gsize n, const char *name)
{
    for (gsize i = 0; i < n; i++)
        if (g_str_equal(titles[i].name, name))
            return titles[i].title;
    return NULL;
}

const char *
kab_setting_title(const char *name)
{
    const char *title = find(settings, G_N_ELEMENTS(settings), name);

    return title != NULL ? g_dgettext(GETTEXT_PACKAGE, title) : name;
}

const char *
kab_setting_value_title(const char *name, const char *value)
{
    const char *title = NULL;

    if (g_str_equal(name, "orders.limits"))
        title = find(modes, G_N_ELEMENTS(modes), value);
    else if (g_str_equal(name, "mail.security"))
        title = find(securities, G_N_ELEMENTS(securities), value);
    if (title != NULL)
        return g_dgettext(GETTEXT_PACKAGE, title);
    title = find(switches, G_N_ELEMENTS(switches), value);
    return title != NULL ? g_dpgettext2(GETTEXT_PACKAGE, "setting", title) : value;
}
