/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** KAB_CODE_LENGTH: the characters of a code without what stands between its groups. */
#define KAB_CODE_LENGTH 26

/**
 * KabInvitation:
 * @address: (owned): the portal's address: http or https, without user, query and fragment
 * @code: (owned): the code, in the form of kab_invitation_normalise()
 *
 * What a link in a letter of the portal says.
 */
typedef struct {
    char *address;
    char *code;
} KabInvitation;

void kab_invitation_clear(KabInvitation *invitation);

/**
 * kab_invitation_to_link:
 * @address: the portal's address for its users, "https://portal.example"
 * @code: a code, as people type it
 *
 * Returns: (transfer full): the link, "kabinet:?portal=...&code=..."
 */
char *kab_invitation_to_link(const char *address, const char *code);

/**
 * kab_invitation_parse:
 * @link: (nullable): what kab_invitation_to_link() made, perhaps from a stranger
 * @invitation: (out): what it says; to be cleared
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether it is such a link
 */
gboolean kab_invitation_parse(const char *link, KabInvitation *invitation, GError **error);

/**
 * kab_invitation_normalise:
 * @typed: (nullable): a code as somebody typed it: in any case, with or without hyphens and spaces,
 *   with O for 0 and I or L for 1
 *
 * Returns: (transfer full) (nullable): its %KAB_CODE_LENGTH characters; %NULL if it cannot be one
 */
char *kab_invitation_normalise(const char *typed);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(KabInvitation, kab_invitation_clear)

G_END_DECLS
