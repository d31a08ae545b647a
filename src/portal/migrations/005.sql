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
ALTER TABLE product ADD COLUMN manufacturer TEXT;
ALTER TABLE product ADD COLUMN barcode TEXT;
-- It is ordered in multiples of so many thousandths; 0: in any quantity.
ALTER TABLE product ADD COLUMN step INTEGER NOT NULL DEFAULT 0;
-- When a figure was so; 0 if that is not known.
ALTER TABLE stock ADD COLUMN as_of INTEGER NOT NULL DEFAULT 0;

-- A price type may have several prices of a product, by the least quantity that each is for.
CREATE TABLE price_now (
    product_id TEXT NOT NULL,
    price_type_id TEXT NOT NULL,
    min_quantity INTEGER NOT NULL,
    minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    PRIMARY KEY (product_id, price_type_id, min_quantity)
) STRICT, WITHOUT ROWID;
INSERT INTO price_now (product_id, price_type_id, min_quantity, minor, currency)
SELECT product_id, price_type_id, 0, minor, currency FROM price;
DROP TABLE price;
ALTER TABLE price_now RENAME TO price;

CREATE TABLE product_property (
    product_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (product_id, position)
) STRICT, WITHOUT ROWID;

-- A picture is named by its SHA-256, so that several products have one; it may come after them.
CREATE TABLE product_picture (
    product_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (product_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE picture (
    id TEXT PRIMARY KEY NOT NULL,
    hash TEXT NOT NULL,
    media_type TEXT NOT NULL,
    file BLOB NOT NULL
) STRICT;
CREATE INDEX picture_hash ON picture (hash);

-- Baskets: what a product cost when it was added.
