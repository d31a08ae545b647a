/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-pair.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * DiskPromise:
 * @DISK_WRITTEN: the partner's comment
 * @DISK_APPROVED: the head's decision on the task
 * @DISK_CHANGED: the manager's change
 * @DISK_CONFIRMED: the partner's decision on the order
 * @DISK_ASKED: the wish for an act of reconciliation
 * @DISK_SHIPPED: what the manager noted as shipped and paid
 *
 * What a service has acknowledged, and so has to keep.
 */
typedef enum {
    DISK_WRITTEN,
    DISK_APPROVED,
    DISK_CHANGED,
    DISK_CONFIRMED,
    DISK_ASKED,
    DISK_SHIPPED,
} DiskPromise;

/** DISK_N_PROMISES: how many values #DiskPromise has. */
#define DISK_N_PROMISES (DISK_SHIPPED + 1)

/**
 * DiskTrial:
 * @folder: the folder of a pair
 * @pair: (owned) (nullable): %NULL until it has started
 * @partner: (owned): session of the partner's buyer
 * @head: (owned): session of the partner's head
 * @manager: (owned): session of the base's manager
 * @placed: (owned) (nullable): the id of the order that was acknowledged as placed
 * @promises: by #DiskPromise, what else was acknowledged
 *
 * An exchange under way.
 */
typedef struct {
    const char *folder;
    KabPair *pair;
    char *partner;
    char *head;
    char *manager;
    char *placed;
    gboolean promises[DISK_N_PROMISES];
} DiskTrial;

/**
 * DiskStep:
 * @name: its name, for people
 * @take: (nullable): takes it; a step that is done already is done again at no cost. On failure
 *   `why` is what the person was told
 *
 * A step of the exchange.
 */
typedef struct {
    const char *name;
    gboolean (*take)(DiskTrial *trial, char **why);
} DiskStep;

/** disk_steps: the whole exchange; the last one has no name. */
extern const DiskStep disk_steps[];

/** disk_trial_open: what is kept in @folder, so that another process can go on. */
void disk_trial_open(DiskTrial *trial, const char *folder);

/** disk_trial_close: frees what the trial holds. */
void disk_trial_close(DiskTrial *trial);

/** disk_write_text: keeps @text in the folder, under @name. */
void disk_write_text(const char *folder, const char *name, const char *text);

G_END_DECLS
