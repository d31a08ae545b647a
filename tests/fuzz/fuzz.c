/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MEMORY "/dev/shm"

void
fuzz_fail(const char *line, const char *function, const char *what, const char *more)
{
    fprintf(stderr, "%s:%s: %s%s%s\n", function, line, what, more != NULL ? ": " : "",
            more != NULL ? more : "");
    abort();
}

void
fuzz_assert_same(const char *line, const char *function, const char *a, const char *b)
{
    g_autofree char *both = NULL;

    if (g_strcmp0(a, b) == 0)
        return;
    both = g_strdup_printf("\n  %s\n  %s", a != NULL ? a : "(none)", b != NULL ? b : "(none)");
    fuzz_fail(line, function, "not the same", both);
}

/* What libsoup 3.2 says: it takes the address of a Unix socket for one with a host when a request
 * has no "Host", and finds none; and a body of less than nothing goes on until the end. */
static const char *const known[] = {
    "invalid cast from 'GUnixSocketAddress' to 'GInetSocketAddress'",
    "g_inet_socket_address_get_address: assertion 'G_IS_INET_SOCKET_ADDRESS (address)' failed",
    "g_inet_socket_address_get_port: assertion 'G_IS_INET_SOCKET_ADDRESS (address)' failed",
    "g_inet_address_to_string: assertion 'G_IS_INET_ADDRESS (address)' failed",
    "invalid or out of range for property 'content-length' of type 'gint64'",
};

static gboolean
is_known(const GLogField *fields, gsize n_fields)
{
    for (gsize i = 0; i < n_fields; i++)
        for (gsize k = 0; k < G_N_ELEMENTS(known); k++)
            if (strcmp(fields[i].key, "MESSAGE") == 0 && strstr(fields[i].value, known[k]) != NULL)
                return TRUE;
    return FALSE;
}

static GLogWriterOutput
write_log(GLogLevelFlags level, const GLogField *fields, gsize n_fields,
          gpointer data G_GNUC_UNUSED)
{
    if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)) == 0 ||
        is_known(fields, n_fields))
        return G_LOG_WRITER_HANDLED;
    g_log_writer_standard_streams(level, fields, n_fields, NULL);
    abort();
}

void
fuzz_init(void)
{
    g_log_set_writer_func(write_log, NULL, NULL);
    if (access(MEMORY, W_OK) == 0)
        g_setenv("TMPDIR", MEMORY, TRUE);
}

char *
fuzz_dup_text(const guint8 *data, gsize size)
{
    return size > 0 ? g_strndup((const char *)data, size) : g_strdup("");
}

void
fuzz_check_error(gboolean done, const GError *error)
{
    FUZZ_ASSERT(done == (error == NULL));
    FUZZ_ASSERT(error == NULL || g_utf8_validate(error->message, -1, NULL));
}
