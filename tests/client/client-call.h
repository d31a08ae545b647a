/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"

G_BEGIN_DECLS

/* Calls of a KabClient, one after another. */

/* A #GAsyncReadyCallback: keeps the result; @data: where. */
void client_call_answered(GObject *source, GAsyncResult *result, gpointer data);

/* (transfer full): the result, as soon as it is there. */
GAsyncResult *client_call_wait(GAsyncResult **result);

/* (transfer full): a connection that goes on with the session of @token. */
KabClient *client_call_resume(const char *address, const char *token);

G_END_DECLS
