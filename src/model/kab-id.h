/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** KAB_ID_SIZE: bytes of a UUID in its text form, with its end. */
#define KAB_ID_SIZE 37

/**
 * kab_id_fill_random:
 * @out: (out): a new random UUID (version 4) in lower case
 */
void kab_id_fill_random(char out[KAB_ID_SIZE]);

/**
 * kab_id_fill_from_source:
 * @kind: the kind of object, which keeps equal texts of different kinds apart
 * @source: the id that the object has where it comes from; may be any text
 * @out: (out): @source itself if it is a UUID, otherwise the UUID (version 5, RFC 9562) that
 *   always stands for it
 */
void kab_id_fill_from_source(const char *kind, const char *source, char out[KAB_ID_SIZE]);

/**
 * kab_id_fill_parsed:
 * @text: (nullable): a UUID in its text form, in any case
 * @out: (out): the same in lower case
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether @text is a UUID
 */
gboolean kab_id_fill_parsed(const char *text, char out[KAB_ID_SIZE], GError **error);

/**
 * KAB_DEFINE_ID:
 * @Type: the name of the type
 * @prefix: the prefix of its functions
 *
 * Defines a type of its own for the ids of one kind of object, so that the compiler refuses the id
 * of another kind. An id that is not set has an empty text.
 */
#define KAB_DEFINE_ID(Type, prefix)                                                  \
    typedef struct {                                                                 \
        char text[KAB_ID_SIZE];                                                      \
    } Type;                                                                          \
    G_GNUC_UNUSED static inline Type prefix##_new(void)                              \
    {                                                                                \
        Type id;                                                                     \
        kab_id_fill_random(id.text);                                                 \
        return id;                                                                   \
    }                                                                                \
    G_GNUC_UNUSED static inline gboolean prefix##_parse(const char *text, Type *out, \
                                                        GError **error)              \
    {                                                                                \
        return kab_id_fill_parsed(text, out->text, error);                           \
    }                                                                                \
    /* For texts that are known to be ids, such as those of the own database. */     \
    G_GNUC_UNUSED static inline Type prefix##_of(const char *text)                   \
    {                                                                                \
        Type id = {""};                                                              \
        g_strlcpy(id.text, text != NULL ? text : "", sizeof id.text);                \
        return id;                                                                   \
    }

KAB_DEFINE_ID(KabOrderId, kab_order_id)
KAB_DEFINE_ID(KabProductId, kab_product_id)
KAB_DEFINE_ID(KabGroupId, kab_group_id)
KAB_DEFINE_ID(KabPriceTypeId, kab_price_type_id)
KAB_DEFINE_ID(KabWarehouseId, kab_warehouse_id)
KAB_DEFINE_ID(KabPartnerId, kab_partner_id)
KAB_DEFINE_ID(KabUserId, kab_user_id)
KAB_DEFINE_ID(KabTaskId, kab_task_id)
KAB_DEFINE_ID(KabDocumentId, kab_document_id)
KAB_DEFINE_ID(KabCommentId, kab_comment_id)

G_END_DECLS
