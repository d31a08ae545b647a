/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-time.h"
#include "kab-user.h"

G_BEGIN_DECLS

/**
 * KabCodePurpose:
 * @KAB_CODE_INVITATION: the first sign-in; 72 hours
 * @KAB_CODE_RESET: a password that was forgotten; an hour
 */
typedef enum {
    KAB_CODE_INVITATION,
    KAB_CODE_RESET,
} KabCodePurpose;

/** kab_code_purpose_to_nick: its name in storage and on the wire. */
const char *kab_code_purpose_to_nick(KabCodePurpose purpose);

/** kab_code_purpose_get_hours: how long such a code is valid. */
guint kab_code_purpose_get_hours(KabCodePurpose purpose);

/**
 * kab_codes_create:
 * @db: a connection
 * @id: who shall set a password with it
 * @purpose: what for
 * @now: the present moment
 * @error: return location
 *
 * 128 random bits, of which only a hash is kept. Codes that the user was sent before stay valid:
 * nobody can tell which of the letters will be read.
 *
 * Returns: (transfer full) (nullable): the code, in groups as people type it
 */
char *kab_codes_create(KabDb *db, KabUserId id, KabCodePurpose purpose, KabTime now,
                       GError **error);

/**
 * KabCode:
 * @user_id: whose it is
 * @purpose: what it is for
 * @expires_at: until when it is valid
 * @expired: whether that is over
 */
typedef struct {
    KabUserId user_id;
    KabCodePurpose purpose;
    KabTime expires_at;
    gboolean expired;
} KabCode;

/**
 * kab_codes_find:
 * @db: a connection
 * @typed: a code, as somebody typed it
 * @now: the present moment
 * @code: (out): what is known of it
 * @error: return location: %KAB_ERROR_NOT_FOUND if there is no such code, or it was used; the same
 *   words whatever is wrong
 *
 * Looking at a code does not use it up. Codes of users who are not active are not found.
 *
 * Returns: whether there is such a code, expired or not
 */
gboolean kab_codes_find(KabDb *db, const char *typed, KabTime now, KabCode *code, GError **error);

/**
 * kab_codes_use:
 * @db: a connection, inside the transaction that does what the code allows
 * @typed: a code, as somebody typed it
 * @now: the present moment
 * @code: (out): what is known of it
 * @error: return location: as kab_codes_find(), %KAB_ERROR_STATE if it has expired
 *
 * Ends it and all other codes of its user.
 *
 * Returns: whether it was valid
 */
gboolean kab_codes_use(KabDb *db, const char *typed, KabTime now, KabCode *code, GError **error);

/** kab_codes_end_all: ends all codes of a user. */
gboolean kab_codes_end_all(KabDb *db, KabUserId id, GError **error);

G_END_DECLS
