/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-answer-memory.h"

#include <string.h>

#define MAX_BYTES ((gsize)16 * 1024 * 1024)
#define MAX_ANSWERS 500

typedef struct {
    char *path;
    GBytes *body;
} Answer;

struct _KabAnswerMemory {
    GHashTable *links; /* path: its link in @answers, which has the path */
    GQueue answers;    /* Answer, the newest first */
    gsize size;
};

static void
answer_free(gpointer data)
{
    Answer *answer = data;

    g_free(answer->path);
    g_bytes_unref(answer->body);
    g_free(answer);
}

KabAnswerMemory *
kab_answer_memory_new(void)
{
    KabAnswerMemory *self = g_new0(KabAnswerMemory, 1);

    self->links = g_hash_table_new(g_str_hash, g_str_equal);
    g_queue_init(&self->answers);
    return self;
}

void
kab_answer_memory_free(KabAnswerMemory *self)
{
    g_hash_table_unref(self->links);
    g_queue_clear_full(&self->answers, answer_free);
    g_free(self);
}

static void
drop(KabAnswerMemory *self, GList *link)
{
    Answer *answer = link->data;

    g_hash_table_remove(self->links, answer->path);
    self->size -= g_bytes_get_size(answer->body);
    answer_free(answer);
    g_queue_delete_link(&self->answers, link);
}

void
kab_answer_memory_put(KabAnswerMemory *self, const char *path, GBytes *body)
{
    Answer *answer;

    kab_answer_memory_forget(self, path);
    if (g_bytes_get_size(body) > MAX_BYTES)
        return;
    answer = g_new0(Answer, 1);
    answer->path = g_strdup(path);
    answer->body = g_bytes_ref(body);
    g_queue_push_head(&self->answers, answer);
    g_hash_table_insert(self->links, answer->path, self->answers.head);
    self->size += g_bytes_get_size(body);
    while (self->size > MAX_BYTES || self->answers.length > MAX_ANSWERS)
        drop(self, self->answers.tail);
}

GBytes *
kab_answer_memory_find(KabAnswerMemory *self, const char *path)
{
    GList *link = g_hash_table_lookup(self->links, path);

    return link != NULL ? ((Answer *)link->data)->body : NULL;
}

void
kab_answer_memory_forget(KabAnswerMemory *self, const char *path)
{
    GList *link = path != NULL ? g_hash_table_lookup(self->links, path) : NULL;

    if (link != NULL)
        drop(self, link);
    while (path == NULL && self->answers.tail != NULL)
        drop(self, self->answers.tail);
}
