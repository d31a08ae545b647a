/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-intake-private.h"
#include "kab-kind.h"

#include <string.h>

#define PUT_PARTNER                                                                               \
    "INSERT INTO partner (id, source_id, name, full_name, inn, kpp, address, email, phone,"       \
    " deleted) VALUES ($1, $2, COALESCE($3, $2), NULLIF($4, ''), NULLIF($5, ''), NULLIF($6, '')," \
    " NULLIF($7, ''), NULLIF($8, ''), NULLIF($9, ''), $10)"                                       \
    " ON CONFLICT (id) DO UPDATE SET name = COALESCE($3, partner.name),"                          \
    " full_name = NULLIF(COALESCE($4, partner.full_name), ''),"                                   \
    " inn = NULLIF(COALESCE($5, partner.inn), ''), kpp = NULLIF(COALESCE($6, partner.kpp), ''),"  \
    " address = NULLIF(COALESCE($7, partner.address), ''),"                                       \
    " email = NULLIF(COALESCE($8, partner.email), ''),"                                           \
    " phone = NULLIF(COALESCE($9, partner.phone), ''), deleted = excluded.deleted"                \
    " WHERE partner.name IS NOT COALESCE($3, partner.name)"                                       \
    " OR partner.full_name IS NOT NULLIF(COALESCE($4, partner.full_name), '')"                    \
    " OR partner.inn IS NOT NULLIF(COALESCE($5, partner.inn), '')"                                \
    " OR partner.kpp IS NOT NULLIF(COALESCE($6, partner.kpp), '')"                                \
    " OR partner.address IS NOT NULLIF(COALESCE($7, partner.address), '')"                        \
    " OR partner.email IS NOT NULLIF(COALESCE($8, partner.email), '')"                            \
    " OR partner.phone IS NOT NULLIF(COALESCE($9, partner.phone), '')"                            \
    " OR partner.deleted IS NOT excluded.deleted"
#define PUT_CONTACT                                                                             \
    "INSERT INTO contact (id, partner_id, name, relation, email, phone, deleted)"               \
    " VALUES ($1, $2, $3, NULLIF($4, ''), NULLIF($5, ''), NULLIF($6, ''), $7)"                  \
    " ON CONFLICT (id) DO UPDATE SET partner_id = excluded.partner_id, name = excluded.name,"   \
    " relation = NULLIF(COALESCE($4, contact.relation), ''),"                                   \
    " email = NULLIF(COALESCE($5, contact.email), ''),"                                         \
    " phone = NULLIF(COALESCE($6, contact.phone), ''), deleted = excluded.deleted"              \
    " WHERE contact.partner_id IS NOT excluded.partner_id OR contact.name IS NOT excluded.name" \
    " OR contact.relation IS NOT NULLIF(COALESCE($4, contact.relation), '')"                    \
    " OR contact.email IS NOT NULLIF(COALESCE($5, contact.email), '')"                          \
    " OR contact.phone IS NOT NULLIF(COALESCE($6, contact.phone), '')"                          \
    " OR contact.deleted IS NOT excluded.deleted"
#define TOUCH_DROPPED                                                                            \
    "INSERT INTO temp.touched (kind, id, existed, was_deleted)"                                  \
    " SELECT 'contact', id, 1, 0 FROM contact WHERE partner_id = $1 AND deleted = 0"             \
    " AND NOT EXISTS (SELECT 1 FROM temp.seen s WHERE s.kind = 'contact' AND s.id = contact.id)" \
    " ON CONFLICT DO NOTHING"
#define DROP_CONTACTS                                                      \
    "UPDATE contact SET deleted = 1 WHERE partner_id = $1 AND deleted = 0" \
    " AND NOT EXISTS (SELECT 1 FROM temp.seen s WHERE s.kind = 'contact' AND s.id = contact.id)"

gboolean
kab_intake_put_partner(KabIntake *intake, const KabIntakePartner *partner, GError **error)
{
    char id[KAB_ID_SIZE];
    gboolean first;

    kab_id_fill_from_source(KAB_KIND_PARTNER, partner->source_id, id);
    if (partner->deleted && !kab_intake_mark(intake, KAB_KIND_PARTNER, id, error))
        return FALSE;
    if (!kab_intake_see(intake, KAB_KIND_PARTNER, id, &first, error))
        return FALSE;
    if (!first)
        return TRUE;
    if (!kab_db_run(intake->db, PUT_PARTNER,
                    KAB_BIND(kab_text(id), kab_text(partner->source_id),
                             kab_text_or_null(partner->name), kab_text(partner->full_name),
                             kab_text(partner->inn), kab_text(partner->kpp),
                             kab_text(partner->address), kab_text(partner->email),
                             kab_text(partner->phone), kab_int(partner->deleted)),
                    error))
        return FALSE;
    return kab_db_get_changes(intake->db) == 0 ||
           kab_intake_touch(intake, KAB_KIND_PARTNER, id, TRUE, FALSE, error);
}

/* A person without an id of his own is told by his name among the partner's. */
static gboolean
put_contact(KabIntake *intake, const char *partner, const char *partner_id,
            const KabIntakeContact *contact, GError **error)
{
    g_autofree char *source_id = *contact->source_id != '\0'
                                     ? g_strdup(contact->source_id)
                                     : g_strconcat(partner, "#", contact->name, NULL);
    char id[KAB_ID_SIZE];
    gboolean first;

    kab_id_fill_from_source("contact", source_id, id);
    if (!kab_intake_see(intake, "contact", id, &first, error))
        return FALSE;
    if (!first)
        return TRUE;
    return kab_db_run(intake->db, PUT_CONTACT,
                      KAB_BIND(kab_text(id), kab_text(partner_id), kab_text(contact->name),
                               kab_text(contact->relation), kab_text(contact->email),
                               kab_text(contact->phone), kab_int(contact->deleted)),
                      error) &&
           (kab_db_get_changes(intake->db) == 0 ||
            kab_intake_touch(intake, "contact", id, TRUE, FALSE, error));
}

gboolean
kab_intake_put_contacts(KabIntake *intake, const char *partner, const GPtrArray *contacts,
                        GError **error)
{
    char id[KAB_ID_SIZE];

    kab_id_fill_from_source(KAB_KIND_PARTNER, partner, id);
    for (guint i = 0; i < contacts->len; i++)
        if (!put_contact(intake, partner, id, contacts->pdata[i], error))
            return FALSE;
    return kab_db_run(intake->db, TOUCH_DROPPED, KAB_BIND(kab_text(id)), error) &&
           kab_db_run(intake->db, DROP_CONTACTS, KAB_BIND(kab_text(id)), error);
}
