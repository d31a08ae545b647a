/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** KAB_PICTURE_MAX_BYTES: the largest file of a picture. */
#define KAB_PICTURE_MAX_BYTES (1024 * 1024)

/** KAB_PICTURE_MAX_PER_PRODUCT: how many pictures a product has at most. */
#define KAB_PICTURE_MAX_PER_PRODUCT 5

/** KAB_PICTURE_HASH_SIZE: bytes of a SHA-256 in hexadecimal digits, with its end. */
#define KAB_PICTURE_HASH_SIZE 65

/**
 * kab_picture_find_type:
 * @file: a file from outside
 *
 * Returns: (nullable): its media type, told by how it begins and never by its name: JPEG, PNG, WebP
 *   or GIF; %NULL if it is none of them
 */
const char *kab_picture_find_type(GBytes *file);

/**
 * kab_picture_check:
 * @file: a file from outside
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_RANGE
 *
 * Returns: (nullable): its media type; %NULL if it is no picture or too large
 */
const char *kab_picture_check(GBytes *file, GError **error);

/** kab_picture_hash: (transfer full): the SHA-256 of @file, which is its name. */
char *kab_picture_hash(GBytes *file);

/** kab_picture_is_hash: whether @text looks like what kab_picture_hash() gives. */
gboolean kab_picture_is_hash(const char *text);

G_END_DECLS
