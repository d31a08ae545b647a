/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-letter.h"

#include <glib/gi18n-lib.h>

typedef struct {
    const char *nick;
    const char *title;
} Word;

static const Word kinds[KAB_N_LETTER_KINDS] = {
    [KAB_LETTER_INVITATION] = {"invitation", N_("Invitation")},
    [KAB_LETTER_RESET] = {"reset", N_("Password reset")},
    [KAB_LETTER_PASSWORD_CHANGED] = {"password-changed", N_("Password changed")},
    [KAB_LETTER_ORDER] = {"order", N_("An order waits")},
    [KAB_LETTER_TASK] = {"task", N_("A task waits")},
};

static const Word states[KAB_N_LETTER_STATES] = {
    [KAB_LETTER_WAITING] = {"waiting", NC_("letter", "Waiting")},
    [KAB_LETTER_SENDING] = {"sending", NC_("letter", "Being sent")},
    [KAB_LETTER_SENT] = {"sent", NC_("letter", "Sent")},
    [KAB_LETTER_FAILED] = {"failed", NC_("letter", "Failed")},
    [KAB_LETTER_DROPPED] = {"dropped", NC_("letter", "Not needed any more")},
};

void
kab_letter_free(KabLetter *letter)
{
    if (letter == NULL)
        return;
    g_free(letter->user_name);
    g_free(letter->email);
    g_free(letter->object_id);
    g_free(letter->error);
    g_free(letter);
}

static int
find(const Word *words, int n, const char *nick)
{
    for (int i = 0; i < n; i++)
        if (g_strcmp0(words[i].nick, nick) == 0)
            return i;
    return -1;
}

const char *
kab_letter_kind_to_nick(KabLetterKind kind)
{
    return kinds[kind].nick;
}

gboolean
kab_letter_kind_from_nick(const char *nick, KabLetterKind *out, GError **error)
{
    int i = find(kinds, KAB_N_LETTER_KINDS, nick);

    if (i < 0)
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("There is no kind of letter “%.*s”"),
                    kab_error_clip(nick, 40), nick != NULL ? nick : "");
    else
        *out = (KabLetterKind)i;
    return i >= 0;
}

const char *
kab_letter_kind_to_title(KabLetterKind kind)
{
    return _(kinds[kind].title);
}

const char *
kab_letter_state_to_nick(KabLetterState state)
{
    return states[state].nick;
}

gboolean
kab_letter_state_from_nick(const char *nick, KabLetterState *out, GError **error)
{
    int i = find(states, KAB_N_LETTER_STATES, nick);

    if (i < 0)
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("There is no state “%.*s” of letters: it is waiting, sending, sent, failed "
                      "or dropped"),
                    kab_error_clip(nick, 40), nick != NULL ? nick : "");
    else
        *out = (KabLetterState)i;
    return i >= 0;
}

const char *
kab_letter_state_to_title(KabLetterState state)
{
    return g_dpgettext2(GETTEXT_PACKAGE, "letter", states[state].title);
}
