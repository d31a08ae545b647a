/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KAB_ERROR:
 *
 * The error domain of the product's rules. Layers below (database, HTTP) have domains of their own.
 */
#define KAB_ERROR (kab_error_quark())

/**
 * KabError:
 * @KAB_ERROR_INVALID: a value cannot be accepted; the message names it and says why
 * @KAB_ERROR_RANGE: a number or a size is beyond what can be kept
 * @KAB_ERROR_STATE: the object is in a status that does not allow this
 * @KAB_ERROR_NOT_FOUND: there is no such object, or it is somebody else's
 * @KAB_ERROR_UNAUTHORIZED: sign in first
 * @KAB_ERROR_DENIED: signed in, but without the right to do this
 * @KAB_ERROR_CONFLICT: the object was changed by somebody else meanwhile
 * @KAB_ERROR_BUSY: something else is at it; try again later
 * @KAB_ERROR_CORRUPT: stored data cannot be used by this version of the program
 * @KAB_ERROR_FAILED: everything else
 */
typedef enum {
    KAB_ERROR_INVALID,
    KAB_ERROR_RANGE,
    KAB_ERROR_STATE,
    KAB_ERROR_NOT_FOUND,
    KAB_ERROR_UNAUTHORIZED,
    KAB_ERROR_DENIED,
    KAB_ERROR_CONFLICT,
    KAB_ERROR_BUSY,
    KAB_ERROR_CORRUPT,
    KAB_ERROR_FAILED,
} KabError;

GQuark kab_error_quark(void);

/**
 * kab_error_pass:
 * @error: (nullable): return location of the caller
 * @local: (inout): an error, or %NULL in it; nothing is left in it
 *
 * Hands an error on to the caller.
 *
 * Returns: whether there was none
 */
gboolean kab_error_pass(GError **error, GError **local);

/**
 * kab_error_clip:
 * @text: (nullable): a text from outside that a message quotes
 * @max: bytes at most
 *
 * For "%.*s": plain "%.40s" counts bytes and would cut a character in two.
 *
 * Returns: how many bytes of @text a message may show; what is not UTF-8 ends it
 */
int kab_error_clip(const char *text, int max);

G_END_DECLS
