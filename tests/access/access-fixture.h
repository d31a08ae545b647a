/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-access.h"

G_BEGIN_DECLS

/**
 * AccessFixture:
 * @folder: a temporary folder
 * @db: a database in it with the room's schema
 * @seal: (owned): its seal
 *
 * What a test of users, sessions and keys needs.
 */
typedef struct {
    char *folder;
    KabDb *db;
    KabSeal *seal;
} AccessFixture;

/** access_fixture_set_up: for g_test_add(). */
void access_fixture_set_up(AccessFixture *fixture, gconstpointer data);

/** access_fixture_tear_down: for g_test_add(). */
void access_fixture_tear_down(AccessFixture *fixture, gconstpointer data);

/** access_fixture_user: (transfer full): a new active user, not stored. */
KabUser *access_fixture_user(const char *login, KabRole role);

/** access_fixture_put: stores a user, which has to succeed. */
void access_fixture_put(AccessFixture *fixture, const KabUser *user);

/** access_fixture_add: a stored user with a password, if one is given. */
KabUserId access_fixture_add(AccessFixture *fixture, const char *login, KabRole role,
                             const char *password);

#define ACCESS_TEST(path, function) \
    g_test_add(path, AccessFixture, NULL, access_fixture_set_up, function, access_fixture_tear_down)

G_END_DECLS
