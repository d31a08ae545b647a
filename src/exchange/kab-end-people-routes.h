/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end-people.h"

G_BEGIN_DECLS

/**
 * kab_end_people_routes_add:
 * @router: the router of an end; its service is the #KabEnd
 *
 * Adds sign-in and what people do with their own access, and what an administrator sees of users.
 */
void kab_end_people_routes_add(KabHttpRouter *router);

/** kab_end_users_routes_add: adds what an administrator does with users and their keys. */
void kab_end_users_routes_add(KabHttpRouter *router);

/** kab_end_origin: where @request comes from, for a session of the user's own partner. */
KabSessionOrigin kab_end_origin(const KabHttpRequest *request);

/**
 * kab_end_answer_session:
 * @response: the answer
 * @user: who is signed in now
 * @token: the session's token
 */
void kab_end_answer_session(KabHttpResponse *response, const KabUser *user, const char *token);

/**
 * kab_end_answer_wait:
 * @response: the answer
 * @wait: seconds to wait; 0 if something else is the matter
 * @error: (inout): why it is refused; cleared if @wait is told
 *
 * Returns: whether it is answered: too many attempts, with the time to wait
 */
gboolean kab_end_answer_wait(KabHttpResponse *response, guint wait, GError **error);

G_END_DECLS
