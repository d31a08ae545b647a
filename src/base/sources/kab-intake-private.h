/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-intake.h"

G_BEGIN_DECLS

/* What the files named kab-intake-*.c share. Kinds in the temporary tables are those of the
 * exchange and, for what is not exchanged by itself, these. */
#define KAB_INTAKE_OFFER "offer"
#define KAB_INTAKE_PROPERTY "property"

struct _KabIntake {
    KabDb *db;               /* (unowned) */
    KabImportResult *result; /* (unowned) */
    GHashTable *references;  /* (owned): kind and source id -> Reference, of those met lately */
    GHashTable *units; /* (owned): id or code -> what the unit is called, of those met lately */
    GHashTable *words; /* (owned): kind and word -> what an administrator says that it means */
    gint64 n_offers;   /* how many offers the exchange has named */
    KabTime now;       /* when the exchange is stored */
};

/*< private >
 * kab_intake_see: notes that the exchange describes an object; @first tells whether for the first
 * time.
 */
gboolean kab_intake_see(KabIntake *intake, const char *kind, const char *id, gboolean *first,
                        GError **error);

/*< private >
 * kab_intake_touch: notes that the row of an object really changed, and what it was before: whether
 * there was one (@existed) and whether it was marked deleted. The first note stays.
 */
gboolean kab_intake_touch(KabIntake *intake, const char *kind, const char *id, gboolean existed,
                          gboolean was_deleted, GError **error);

/*< private >
 * kab_intake_mark: counts a deletion mark.
 */
gboolean kab_intake_mark(KabIntake *intake, const char *kind, const char *id, GError **error);

/* A price type or warehouse that something refers to. Together with the number of an offer its
 * number makes the key of a price or a figure of stock, which is much quicker than a pair of texts
 * where there are millions of them. */
typedef struct {
    char id[KAB_ID_SIZE];
    gint64 no;
} KabIntakeReference;

/* A figure of stock that an exchange repeats is news only after this time: exchanges may be
 * frequent, and what people want to know is whether it is of today. One hour. */
#define KAB_INTAKE_STOCK_AGE "3600000"

/** How many numbers of references there can be: a million. */
#define KAB_INTAKE_REFERENCES "1048576"
#define KAB_INTAKE_REFERENCES_MAX 1048576

/*< private >
 * kab_intake_refer: notes that something refers to a price type or warehouse; @out stays good until
 * the next call.
 */
gboolean kab_intake_refer(KabIntake *intake, const char *kind, const char *source_id,
                          const KabIntakeReference **out, GError **error);

/*< private >
 * kab_intake_put_values: replaces the properties of a product or an offer, of which there are none
 * if it did not exist before; @changed is set to %TRUE if that made a difference.
 */
gboolean kab_intake_put_values(KabIntake *intake, gboolean of_offer, const char *id,
                               gboolean existed, const GPtrArray *values, gboolean *changed,
                               GError **error);

/*< private >
 * kab_intake_queue: queues what was touched for the other end.
 */
gboolean kab_intake_queue(KabIntake *intake, GError **error);

G_END_DECLS
