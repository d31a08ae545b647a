/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabAnswerMemory:
 *
 * The latest answers of a service by the paths that were asked for, as far as there is room for
 * them: what a person has looked at can be looked at again without a connection. It is never
 * written to a disk.
 */
typedef struct _KabAnswerMemory KabAnswerMemory;

KabAnswerMemory *kab_answer_memory_new(void);
void kab_answer_memory_free(KabAnswerMemory *self);

/** kab_answer_memory_put: remembers @body as the answer for @path; the oldest ones are forgotten.
 */
void kab_answer_memory_put(KabAnswerMemory *self, const char *path, GBytes *body);

/** kab_answer_memory_find: (transfer none) (nullable): the answer for @path */
GBytes *kab_answer_memory_find(KabAnswerMemory *self, const char *path);

/** kab_answer_memory_forget: what is said about @path is not so any more; %NULL: everything */
void kab_answer_memory_forget(KabAnswerMemory *self, const char *path);

G_END_DECLS
