/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gmodule.h>

G_BEGIN_DECLS

/* The pair of services that the desktop runs by itself is a module of its own: they need libraries
 * that a window never needs, and whoever works at a company's portal does not wait for them. The
 * module takes model, wire and http from the program that loads it. */

/** KAB_EMBEDDED_MODULE: the module's file name, beside the program or in the private folder. */
#define KAB_EMBEDDED_MODULE "kabinet-embedded.so"

/** KAB_EMBEDDED_ENTRY: the name of kab_embedded_start(), the only function that is looked up. */
#define KAB_EMBEDDED_ENTRY "kab_embedded_start"

/** KabEmbedded: a portal and a base at work. */
typedef struct {
    gpointer pair;              /* (owned) (nullable): goes to @stop */
    const char *portal_address; /* valid until then, as is the next */
    const char *base_address;
    void (*stop)(gpointer pair); /* ends what is under way, then stops */
} KabEmbedded;

/**
 * KabEmbeddedStart:
 * @folder: the folder of their data; made if it is not there
 * @demo_folder: (nullable): where the demo's files lie, if they are to be filled with the demo
 * @embedded: (out caller-allocates): the services
 * @error: return location: those of kab_pair_start()
 *
 * Services that have nobody yet get the demo's people, or an administrator whose password is
 * printed once.
 *
 * Returns: whether they answer now
 */
typedef gboolean (*KabEmbeddedStart)(const char *folder, const char *demo_folder,
                                     KabEmbedded *embedded, GError **error);

G_MODULE_EXPORT gboolean kab_embedded_start(const char *folder, const char *demo_folder,
                                            KabEmbedded *embedded, GError **error);

G_END_DECLS
