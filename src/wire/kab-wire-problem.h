/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** KAB_PROBLEM_TYPE: the media type of error answers (RFC 9457). */
#define KAB_PROBLEM_TYPE "application/problem+json"

/**
 * kab_wire_problem_new:
 * @error: why a request was not carried out
 * @status: (out): the HTTP status that goes with it
 *
 * An error that is not of %KAB_ERROR is told as an internal one, without its text, which may speak
 * of files and statements.
 *
 * Returns: (transfer full): the problem's JSON
 */
JsonNode *kab_wire_problem_new(const GError *error, guint *status);

/** kab_wire_problem_status: the HTTP status that goes with @error. */
guint kab_wire_problem_status(const GError *error);

/**
 * kab_wire_problem_to_error:
 * @status: the HTTP status of an answer
 * @body: (nullable): the answer's text
 *
 * Returns: (transfer full): the error of %KAB_ERROR that the answer tells of
 */
GError *kab_wire_problem_to_error(guint status, GBytes *body);

G_END_DECLS
