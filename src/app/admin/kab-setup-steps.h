/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-settings.h"

G_BEGIN_DECLS

/* How many settings a step asks for at most. */
#define KAB_SETUP_MAX_SETTINGS 9

/**
 * KabSetupStep:
 * @title: what it is about; a msgid
 * @text: what to enter, and why; a msgid
 * @at_portal: whether the settings are the portal's; or the base's
 * @or_base: whether the base takes them where nobody is signed in at the portal
 * @settings: (array zero-terminated=1): the names of the settings, in this order
 * @address: (nullable): the setting that begins with the address where this program finds an end
 * @names_portal: whether that is the portal; or the base
 * @login: (nullable): the setting for what the other end makes: Client ID, or login
 * @secret: (nullable): the setting for its secret
 * @make: (nullable): what the button says that makes both; a msgid
 * @check: (nullable): asks the end, before the next step, whether what is entered works
 * @checked: (nullable): what is said if it does; a msgid
 * @share: whether it says when the exchange runs by itself: the portal is told too
 * @skip: (nullable): what the button says that leaves the step out; a msgid
 * @skip_setting: (nullable): the setting of the base that is switched on instead
 *
 * A step of the exchange set-up assistant.
 */
typedef struct {
    const char *title;
    const char *text;
    gboolean at_portal;
    gboolean or_base;
    const char *settings[KAB_SETUP_MAX_SETTINGS];
    const char *address;
    gboolean names_portal;
    const char *login;
    const char *secret;
    const char *make;
    void (*check)(KabClient *client, GCancellable *cancellable, GAsyncReadyCallback callback,
                  gpointer data);
    const char *checked;
    gboolean share;
    const char *skip;
    const char *skip_setting;
} KabSetupStep;

extern const KabSetupStep kab_setup_steps[];
extern const guint kab_n_setup_steps;

/**
 * kab_setup_find_step:
 * @step: a step
 * @setting: a setting
 * @found: (out): the step before it that asks for the setting of the same end
 *
 * Returns: whether there is one
 */
gboolean kab_setup_find_step(guint step, const char *setting, guint *found);

G_END_DECLS
