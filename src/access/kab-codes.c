/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-codes.h"
#include "kab-error.h"
#include "kab-invitation.h"
#include "kab-seal.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#define HOUR_MS G_GINT64_CONSTANT(3600000)
/* How long an expired code is remembered, so that it can be renewed. */
#define KEEP_MS (30 * 24 * HOUR_MS)
#define GROUP 5
#define DIGITS "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

#define INSERT_CODE "INSERT INTO code (hash, user_id, purpose, expires_at) VALUES ($1, $2, $3, $4)"
#define DELETE_OLD "DELETE FROM code WHERE expires_at < $1"
#define DELETE_OF_USER "DELETE FROM code WHERE user_id = $1"
#define SELECT_CODE                                                                         \
    "SELECT c.user_id, c.purpose, c.expires_at FROM code c JOIN user u ON u.id = c.user_id" \
    " WHERE c.hash = $1 AND u.active = 1"

static const struct {
    const char *nick;
    guint hours;
} purposes[] = {
    [KAB_CODE_INVITATION] = {"invitation", 72},
    [KAB_CODE_RESET] = {"reset", 1},
};

const char *
kab_code_purpose_to_nick(KabCodePurpose purpose)
{
    return purposes[purpose].nick;
}

guint
kab_code_purpose_get_hours(KabCodePurpose purpose)
{
    return purposes[purpose].hours;
}

/* 128 bits in 26 characters of five bits each, the last two bits being 0, in groups. */
static char *
make_code(void)
{
    guint8 bytes[16];
    GString *code = g_string_new(NULL);
    guint bits = 0;
    guint n_bits = 0;
    gsize next = 0;

    randombytes_buf(bytes, sizeof bytes);
    for (gsize i = 0; i < KAB_CODE_LENGTH; i++) {
        while (n_bits < 5) {
            bits = bits << 8 | (next < sizeof bytes ? bytes[next] : 0);
            next++;
            n_bits += 8;
        }
        n_bits -= 5;
        if (i > 0 && i % GROUP == 0)
            g_string_append_c(code, '-');
        g_string_append_c(code, DIGITS[bits >> n_bits & 31]);
    }
    sodium_memzero(bytes, sizeof bytes);
    return g_string_free(code, FALSE);
}

/* NULL for what cannot be a code. */
static char *
hash_code(const char *typed)
{
    g_autofree char *code = kab_invitation_normalise(typed);
    char *hash = code != NULL ? kab_hash_token(code) : NULL;

    if (code != NULL)
        sodium_memzero(code, strlen(code));
    return hash;
}

char *
kab_codes_create(KabDb *db, KabUserId id, KabCodePurpose purpose, KabTime now, GError **error)
{
    g_autofree char *code = make_code();
    g_autofree char *hash = hash_code(code);

    if (!kab_db_run(db, DELETE_OLD, KAB_BIND(kab_int(now - KEEP_MS)), error) ||
        !kab_db_run(db, INSERT_CODE,
                    KAB_BIND(kab_text(hash), kab_text(id.text), kab_text(purposes[purpose].nick),
                             kab_int(now + purposes[purpose].hours * HOUR_MS)),
                    error))
        return NULL;
    return g_steal_pointer(&code);
}

gboolean
kab_codes_find(KabDb *db, const char *typed, KabTime now, KabCode *code, GError **error)
{
    g_autofree char *hash = hash_code(typed);
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_CODE, KAB_BIND(kab_text(hash)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    if (!kab_rows_next(rows, &local)) {
        if (local == NULL)
            local = g_error_new_literal(KAB_ERROR, KAB_ERROR_NOT_FOUND,
                                        _("The code is not valid: it was used already or taken "
                                          "back, or there is a mistake in it"));
        return kab_error_pass(error, &local);
    }
    code->user_id = kab_user_id_of(kab_rows_get_text(rows, 0));
    code->purpose = strcmp(kab_rows_get_text(rows, 1), purposes[KAB_CODE_RESET].nick) == 0
                        ? KAB_CODE_RESET
                        : KAB_CODE_INVITATION;
    code->expires_at = kab_rows_get_int(rows, 2);
    code->expired = code->expires_at <= now;
    return TRUE;
}

gboolean
kab_codes_use(KabDb *db, const char *typed, KabTime now, KabCode *code, GError **error)
{
    if (!kab_codes_find(db, typed, now, code, error))
        return FALSE;
    if (code->expired) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_STATE,
                            _("The code has expired; ask for another one"));
        return FALSE;
    }
    return kab_codes_end_all(db, code->user_id, error);
}

gboolean
kab_codes_end_all(KabDb *db, KabUserId id, GError **error)
{
    return kab_db_run(db, DELETE_OF_USER, KAB_BIND(kab_text(id.text)), error);
}
