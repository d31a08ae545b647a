/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queues letters beside a running portal: queue-letter FOLDER KIND LOGIN... */
#include "kab-portal-letters.h"
#include "kab-portal.h"
#include "kab-users.h"

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabEnd) end = kab_portal_open(argc > 2 ? argv[1] : "", &error);
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, &error);
    KabLetterKind kind;

    g_assert_no_error(error);
    kab_letter_kind_from_nick(argv[2], &kind, &error);
    g_assert_no_error(error);
    for (int i = 3; i < argc; i++) {
        g_autoptr(KabUser) user = kab_users_load(db.db, argv[i], &error);

        g_assert_no_error(error);
        kab_portal_letters_queue(db.db, kind, user->id, NULL, &error);
        g_assert_no_error(error);
    }
    return 0;
}
