/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "test-pair.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* What a client may send to a service that is at work, byte by byte. An input begins with "p" for
 * the portal or "b" for the base; "@alfa-head" and so on stand for sessions. The services keep what
 * they are told: an input that fails only after others is repeated with those before it. */

/* After so many inputs the services begin anew, so that their data stay small. */
#define INPUTS 2000
#define PATIENCE_MS 20000

static TestPair pair;
static guint n_inputs;

static void
tear_down(void)
{
    test_pair_tear_down(&pair, NULL);
}

static void
begin_anew(void)
{
    if (n_inputs > 0)
        tear_down();
    test_pair_set_up(&pair, NULL);
}

int
LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
    fuzz_init();
    begin_anew();
    atexit(tear_down);
    return 0;
}

static void
put_sessions(GString *request)
{
    const struct {
        const char *place;
        const char *token;
    } rows[] = {
        {"@alfa-head", pair.a},           {"@alfa-buyer", pair.a2},
        {"@alfa-viewer", pair.viewer},    {"@beta-head", pair.b},
        {"@portal-admin", pair.admin},    {"@manager", pair.manager},
        {"@base-admin", pair.base_admin},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const char *at = memmem(request->str, request->len, rows[i].place, strlen(rows[i].place));

        if (at != NULL) {
            gssize position = at - request->str;

            g_string_erase(request, position, (gssize)strlen(rows[i].place));
            g_string_insert(request, position, rows[i].token);
        }
    }
}

static int
connect_to(const char *address)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    g_strlcpy(name.sun_path, address + strlen("unix:"), sizeof name.sun_path);
    FUZZ_ASSERT(fd >= 0);
    FUZZ_ASSERT(connect(fd, (const struct sockaddr *)&name, sizeof name) == 0);
    return fd;
}

/* The service may end the connection before it has read everything. */
static GString *
ask(int fd, const GString *request)
{
    GString *answer = g_string_new(NULL);
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    gsize sent = 0;
    ssize_t n = 1;
    char buffer[16384];

    while (n > 0 && sent < request->len) {
        n = send(fd, request->str + sent, request->len - sent, MSG_NOSIGNAL);
        if (n > 0)
            sent += (gsize)n;
    }
    shutdown(fd, SHUT_WR);
    for (;;) {
        int n_ready;

        do /* the fuzzer's own clock interrupts it */
            n_ready = poll(&ready, 1, PATIENCE_MS);
        while (n_ready < 0 && errno == EINTR);
        FUZZ_ASSERT(n_ready == 1);
        n = recv(fd, buffer, sizeof buffer, 0);
        if (n <= 0)
            return answer;
        g_string_append_len(answer, buffer, n);
    }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GString) request = NULL;
    g_autoptr(GString) answer = NULL;
    const char *address;
    int fd;

    if (size == 0 || (data[0] != 'p' && data[0] != 'b'))
        return 0;
    if (++n_inputs % INPUTS == 0)
        begin_anew();
    address = data[0] == 'p' ? kab_pair_get_portal_address(pair.pair)
                             : kab_pair_get_base_address(pair.pair);
    request = g_string_new_len((const char *)data + 1, (gssize)size - 1);
    put_sessions(request);
    fd = connect_to(address);
    answer = ask(fd, request);
    close(fd);
    FUZZ_ASSERT(answer->len == 0 || g_str_has_prefix(answer->str, "HTTP/1."));
    /* Whatever comes from outside is no reason for an internal error. Those of further requests are
     * seen in the log; the text of an answer may be the client's. */
    FUZZ_ASSERT(answer->len < 12 || memcmp(answer->str + 8, " 500", 4) != 0);
    return 0;
}
