-- The newest change of each object that a partner's desktop shows, numbered anew with every change:
-- whoever knows a number asks for what came after it. Of a partner, or of all where that is ''.
CREATE TABLE change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    partner_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (kind, object_id)
) STRICT;
CREATE INDEX change_partner ON change (partner_id, seq);

-- What the company tells its partners.
CREATE TABLE news (
    id TEXT PRIMARY KEY NOT NULL,
    published_at INTEGER NOT NULL,
    author TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX news_published ON news (published_at, id);

-- How far each user has seen what changed.
CREATE TABLE user_seen (
    user_id TEXT NOT NULL,
    partner_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (user_id, partner_id)
) STRICT, WITHOUT ROWID;

-- Goods in full: what a product card shows.

-- Baskets: what a product cost when it was added.
-- What the user saw last: NULL for what was put in before this was kept.
ALTER TABLE basket_line ADD COLUMN seen_price INTEGER;
ALTER TABLE basket_line ADD COLUMN seen_currency TEXT;
-- What a key was answered that made no order.
ALTER TABLE idempotency ADD COLUMN answer TEXT;
