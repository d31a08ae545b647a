/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

G_BEGIN_DECLS

/**
 * KabHost:
 *
 * A portal or a base at work: its data, its HTTP server and its scheduler, each on threads of their
 * own.
 */
typedef struct _KabHost KabHost;

/**
 * kab_host_start:
 * @side: which end
 * @folder: the folder of its data, which has to be there
 * @listen: "127.0.0.1:8080", "[::1]:8080" or "unix:PATH"
 * @behind_proxy: whether a proxy of this machine tells the client's address in X-Real-IP
 * @error: return location: those of kab_end_open() and kab_http_server_start()
 *
 * Returns: (transfer full) (nullable): the end, which answers now
 */
KabHost *kab_host_start(KabSide side, const char *folder, const char *listen, gboolean behind_proxy,
                        GError **error);

/** kab_host_get_end: (transfer none): its end of the exchange. */
KabEnd *kab_host_get_end(KabHost *host);

/** kab_host_stop: (transfer full): ends what is under way, then stops. */
void kab_host_stop(KabHost *host);

/**
 * kab_host_open_end:
 * @side: which end
 * @folder: the folder of its data
 * @error: return location: those of kab_end_open()
 *
 * Opens an end without serving it, for commands that work beside a running service.
 *
 * Returns: (transfer full) (nullable): the end
 */
KabEnd *kab_host_open_end(KabSide side, const char *folder, GError **error);

G_END_DECLS
