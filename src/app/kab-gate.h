/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-app-config.h"
#include "kab-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_GATE (kab_gate_get_type())

/**
 * KabGate:
 *
 * What stands before the pages: the sign-in, the code from a letter, waiting for an answer; and the
 * session that comes of it.
 */
G_DECLARE_FINAL_TYPE(KabGate, kab_gate, KAB, GATE, AdwBin)

/**
 * kab_gate_new:
 * @config: what to connect to; copied
 * @preferences: (nullable): what is remembered
 */
KabGate *kab_gate_new(const KabAppConfig *config, GSettings *preferences);

/** kab_gate_start: goes on with the session of an earlier start, or asks to sign in. */
void kab_gate_start(KabGate *self);

/** kab_gate_sign_in_as: signs the person number @i of the demo in. */
void kab_gate_sign_in_as(KabGate *self, guint i);

/** kab_gate_sign_out: ends the session and asks to sign in; @message: (nullable): why */
void kab_gate_sign_out(KabGate *self, const char *message);

/** kab_gate_is_waiting: whether it shows only that an answer is waited for */
gboolean kab_gate_is_waiting(KabGate *self);

/** kab_gate_get_session: (transfer none) (nullable): the session */
KabSession *kab_gate_get_session(KabGate *self);

/** kab_gate_get_identity: whom of the demo it signed in; -1: nobody. */
int kab_gate_get_identity(KabGate *self);

G_END_DECLS
