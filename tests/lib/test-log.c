/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-log.h"

#include <string.h>

static GMutex lock;
static const char *expected;
static guint said;

static gboolean
is_expected(GLogLevelFlags level, const GLogField *fields, gsize n_fields)
{
    gboolean found = FALSE;

    g_mutex_lock(&lock);
    for (gsize i = 0; i < n_fields && expected != NULL; i++)
        if ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL)) &&
            strcmp(fields[i].key, "MESSAGE") == 0 && strstr(fields[i].value, expected) != NULL)
            found = TRUE;
    if (found)
        said++;
    g_mutex_unlock(&lock);
    return found;
}

static GLogWriterOutput
write_log(GLogLevelFlags level, const GLogField *fields, gsize n_fields,
          gpointer data G_GNUC_UNUSED)
{
    if (is_expected(level, fields, n_fields))
        return G_LOG_WRITER_HANDLED;
    return g_log_writer_default(level, fields, n_fields, NULL);
}

void
test_log_init(void)
{
    g_log_set_writer_func(write_log, NULL, NULL);
}

void
test_log_expect(const char *part)
{
    g_mutex_lock(&lock);
    expected = part;
    said = 0;
    g_mutex_unlock(&lock);
}

void
test_log_assert_said(void)
{
    g_mutex_lock(&lock);
    g_assert_cmpuint(said, >, 0);
    expected = NULL;
    g_mutex_unlock(&lock);
}
