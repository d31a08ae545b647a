/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-samples.h"

#include "kab-error.h"
#include "kab-json.h"

#define MINUTE_MS 60000
#define KEPT_MS (G_GINT64_CONSTANT(2) * 24 * 3600 * 1000)

/* What has failed waits for a person, not for the exchange: it is counted by itself, and how long
 * it has been there is no measure of the exchange. The number of the newest object of the journal
 * tells how many there were in between. */
#define PRESENT                                                                 \
    " (SELECT count(*) FROM queue WHERE state <> 'failed') AS waiting,"         \
    " (SELECT count(*) FROM queue WHERE state = 'failed') AS failed,"           \
    " coalesce((SELECT min(created_at) FROM queue WHERE state <> 'failed'), 0)" \
    " AS oldest_at, coalesce((SELECT max(rowid) FROM journal_object), 0) AS objects"
#define INSERT                                                                        \
    "INSERT INTO sample (at, waiting, failed, oldest_at, objects) SELECT $1," PRESENT \
    " WHERE NOT EXISTS (SELECT 1 FROM sample WHERE at = $1)"
#define DELETE_OLD "DELETE FROM sample WHERE at < $1"
/* What is noted when a minute begins tells of the one before; of the present one there is what is
 * so now. */
#define SELECT                                                                                   \
    "SELECT minute, waiting, failed, CASE oldest_at WHEN 0 THEN 0 ELSE max(seen - oldest_at, 0)" \
    " / 1000 END, max(objects - lag(objects, 1, objects) OVER (ORDER BY seen), 0) FROM"          \
    " (SELECT at AS seen, at - 60000 AS minute, waiting, failed, oldest_at, objects FROM sample" \
    " WHERE at >= $1 UNION ALL SELECT $2, $2 - $2 % 60000," PRESENT ") ORDER BY seen"

gboolean
kab_samples_take(KabDb *db, KabTime now, GError **error)
{
    KabTime minute = now - now % MINUTE_MS;

    return kab_db_run(db, INSERT, KAB_BIND(kab_int(minute)), error) &&
           kab_db_run(db, DELETE_OLD, KAB_BIND(kab_int(now - KEPT_MS)), error);
}

JsonArray *
kab_samples_list(KabDb *db, KabTime since, KabTime now, GError **error)
{
    static const char *const names[] = {"waiting", "failed", "age_s", "messages"};
    g_autoptr(JsonArray) samples = json_array_new();
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT, KAB_BIND(kab_int(since), kab_int(now)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        JsonObject *object = json_object_new();

        kab_json_set_time(object, "at", kab_rows_get_int(rows, 0));
        for (int i = 0; i < (int)G_N_ELEMENTS(names); i++)
            json_object_set_int_member(object, names[i], kab_rows_get_int(rows, i + 1));
        json_array_add_object_element(samples, object);
    }
    return kab_error_pass(error, &local) ? g_steal_pointer(&samples) : NULL;
}
