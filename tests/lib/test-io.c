/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both names of each function are wanted below. */
#undef _FILE_OFFSET_BITS

#include "test-io.h"

#include <gmodule.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

/* Nothing here may take memory or a lock: it runs in the middle of whatever is watched. */

static struct {
    pthread_t thread;
    gboolean on;
    gboolean idle;
    guint n;
    char first[256];
    gint64 display_ns;
} io;

static gboolean
is_watched(void)
{
    return io.on && !io.idle && pthread_equal(pthread_self(), io.thread);
}

static void
note(const char *call, const char *what)
{
    if (io.n++ == 0)
        g_snprintf(io.first, sizeof io.first, "%s %s", call, what);
}

static gboolean
is_toolkit(const char *path)
{
    static const char *const folders[] = {
        "/proc/",      "/dev/",          "/usr/share/", "/usr/local/share/",
        "/usr/lib/",   "/lib/",          "/etc/fonts/", "/var/cache/fontconfig/",
        "/etc/ld.so.", "/etc/localtime", "/usr/lib64/", "/lib64/",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++)
        if (g_str_has_prefix(path, folders[i]))
            return TRUE;
    return strstr(path, "/fontconfig") != NULL || strstr(path, "/icons") != NULL;
}

static void
note_path(const char *call, const char *path)
{
    if (is_watched() && path != NULL && !is_toolkit(path))
        note(call, path);
}

static gboolean
is_display(int fd)
{
    struct sockaddr_un address;
    socklen_t size = sizeof address;

    memset(&address, 0, sizeof address);
    return getpeername(fd, (struct sockaddr *)&address, &size) == 0 &&
           address.sun_family == AF_UNIX &&
           strstr(address.sun_path[0] != '\0' ? address.sun_path : address.sun_path + 1,
                  ".X11-unix") != NULL;
}

static void
note_socket(const char *call, int fd, int flags)
{
    char text[32];

    if (!is_watched() || (flags & MSG_DONTWAIT) != 0 || (fcntl(fd, F_GETFL) & O_NONBLOCK) != 0 ||
        is_display(fd))
        return;
    g_snprintf(text, sizeof text, "socket %d", fd);
    note(call, text);
}

static gint64
get_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (gint64)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* The function of the C library that has the same name. */
#define NEXT(name)                 \
    static __typeof__(&name) next; \
    if (next == NULL)              \
    *(void **)&next = dlsym(RTLD_NEXT, #name)

#define PATH_CALL(type, name, parameters, path, ...) \
    G_MODULE_EXPORT type name parameters             \
    {                                                \
        NEXT(name);                                  \
        note_path(#name, path);                      \
        return next(__VA_ARGS__);                    \
    }

#define SOCKET_CALL(type, name, parameters, flags, ...) \
    G_MODULE_EXPORT type name parameters                \
    {                                                   \
        NEXT(name);                                     \
        note_socket(#name, fd, flags);                  \
        return next(__VA_ARGS__);                       \
    }

#define OPEN_CALL(name)                                        \
    G_MODULE_EXPORT int name(const char *path, int flags, ...) \
    {                                                          \
        NEXT(name);                                            \
        mode_t mode = 0;                                       \
        va_list rest;                                          \
                                                               \
        if ((flags & (O_CREAT | O_TMPFILE)) != 0) {            \
            va_start(rest, flags);                             \
            mode = va_arg(rest, mode_t);                       \
            va_end(rest);                                      \
        }                                                      \
        note_path(#name, path);                                \
        return next(path, flags, mode);                        \
    }

#define OPENAT_CALL(name)                                                  \
    G_MODULE_EXPORT int name(int folder, const char *path, int flags, ...) \
    {                                                                      \
        NEXT(name);                                                        \
        mode_t mode = 0;                                                   \
        va_list rest;                                                      \
                                                                           \
        if ((flags & (O_CREAT | O_TMPFILE)) != 0) {                        \
            va_start(rest, flags);                                         \
            mode = va_arg(rest, mode_t);                                   \
            va_end(rest);                                                  \
        }                                                                  \
        note_path(#name, path);                                            \
        return next(folder, path, flags, mode);                            \
    }

OPEN_CALL(open)
OPEN_CALL(open64)
OPENAT_CALL(openat)
OPENAT_CALL(openat64)
PATH_CALL(FILE *, fopen, (const char *path, const char *mode), path, path, mode)
PATH_CALL(FILE *, fopen64, (const char *path, const char *mode), path, path, mode)
PATH_CALL(int, mkdir, (const char *path, mode_t mode), path, path, mode)
PATH_CALL(int, unlink, (const char *path), path, path)
PATH_CALL(int, rename, (const char *path, const char *to), path, path, to)
SOCKET_CALL(int, connect, (int fd, __CONST_SOCKADDR_ARG address, socklen_t size), 0, fd, address,
            size)
SOCKET_CALL(ssize_t, send, (int fd, const void *data, size_t size, int flags), flags, fd, data,
            size, flags)
SOCKET_CALL(ssize_t, sendto,
            (int fd, const void *data, size_t size, int flags, __CONST_SOCKADDR_ARG to,
             socklen_t to_size),
            flags, fd, data, size, flags, to, to_size)
SOCKET_CALL(ssize_t, sendmsg, (int fd, const struct msghdr *message, int flags), flags, fd, message,
            flags)
SOCKET_CALL(ssize_t, recv, (int fd, void *data, size_t size, int flags), flags, fd, data, size,
            flags)
SOCKET_CALL(ssize_t, recvmsg, (int fd, struct msghdr *message, int flags), flags, fd, message,
            flags)

G_MODULE_EXPORT int
fsync(int fd)
{
    NEXT(fsync);
    if (is_watched())
        note("fsync", "a file");
    return next(fd);
}

G_MODULE_EXPORT int
poll(struct pollfd *fds, nfds_t n, int timeout)
{
    NEXT(poll);
    gint64 began;
    int answer, saved;

    if (!is_watched() || n != 1 || timeout == 0)
        return next(fds, n, timeout);
    began = get_clock();
    answer = next(fds, n, timeout);
    saved = errno;
    if (is_display(fds->fd))
        io.display_ns += get_clock() - began;
    else
        note("poll", "one descriptor");
    errno = saved;
    return answer;
}

void
test_io_start(void)
{
    io.thread = pthread_self();
    io.on = TRUE;
    test_io_reset();
}

void
test_io_set_idle(gboolean idle)
{
    io.idle = idle;
}

void
test_io_reset(void)
{
    io.n = 0;
    io.first[0] = '\0';
}

const char *
test_io_get_first(void)
{
    return io.first;
}

guint
test_io_count(void)
{
    return io.n;
}

gint64
test_io_get_display_ns(void)
{
    return io.display_ns;
}
