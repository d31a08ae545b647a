/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-json.h"
#include "kab-news.h"

G_BEGIN_DECLS

/** kab_wire_news_to_json: (transfer full): a piece of news. */
JsonNode *kab_wire_news_to_json(const KabNews *news);

/** kab_wire_news_from_json: (transfer full) (nullable): %KAB_ERROR_INVALID */
KabNews *kab_wire_news_from_json(JsonObject *object, GError **error);

G_END_DECLS
