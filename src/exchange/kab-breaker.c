/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-breaker.h"

#define FIRST_MS G_GINT64_CONSTANT(1000)
#define MAX_MS G_GINT64_CONSTANT(300000)
#define RETRY_AFTER_MAX_MS G_GINT64_CONSTANT(3600000)

#define SELECT_FAILURES "SELECT failures FROM exchange_state"
#define FAIL                                                                            \
    "UPDATE exchange_state SET failures = failures + 1, held_until = $1, failure = $2," \
    " failing_since = CASE failing_since WHEN 0 THEN $3 ELSE failing_since END"
#define SUCCEED                                                                  \
    "UPDATE exchange_state SET failures = 0, failing_since = 0, held_until = 0," \
    " failure = NULL WHERE failures > 0"
#define SELECT_HELD "SELECT held_until FROM exchange_state"

gboolean
kab_breaker_get_failures(KabDb *db, gint64 *out, GError **error)
{
    return kab_db_get_int(db, SELECT_FAILURES, KAB_BIND_NONE, NULL, out, error);
}

gboolean
kab_breaker_fail(KabDb *db, KabTime since, const char *why, guint retry_after, GError **error)
{
    gint64 failures;
    gint64 hold;

    if (!kab_breaker_get_failures(db, &failures, error))
        return FALSE;
    hold = MIN(FIRST_MS << MIN(failures, 20), MAX_MS);
    hold = MAX(hold, MIN((gint64)retry_after * 1000, RETRY_AFTER_MAX_MS));
    return kab_db_run(
        db, FAIL, KAB_BIND(kab_int(kab_time_now() + hold), kab_text(why), kab_int(since)), error);
}

gboolean
kab_breaker_succeed(KabDb *db, GError **error)
{
    return kab_db_run(db, SUCCEED, KAB_BIND_NONE, error);
}

gboolean
kab_breaker_counts(KabTime held_until, KabTime now)
{
    return held_until > now && held_until <= now + RETRY_AFTER_MAX_MS;
}

gboolean
kab_breaker_is_held(KabDb *db, KabTime now, gboolean *out, GError **error)
{
    KabTime held_until = 0;
    gboolean done = kab_db_get_int(db, SELECT_HELD, KAB_BIND_NONE, NULL, &held_until, error);

    *out = kab_breaker_counts(held_until, now);
    return done;
}
