-- Goods in full. A product that is sold in multiples only has a step, in thousandths.
ALTER TABLE product ADD COLUMN step INTEGER;

-- A price type may have several prices of an offer, by the least quantity that each is for, in
-- thousandths of the offer's unit; 0: any.
CREATE TABLE price_now (
    offer_id TEXT NOT NULL,
    price_type_id TEXT NOT NULL,
    min_quantity INTEGER NOT NULL,
    minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    unit TEXT,
    PRIMARY KEY (offer_id, price_type_id, min_quantity)
) STRICT, WITHOUT ROWID;
INSERT INTO price_now (offer_id, price_type_id, min_quantity, minor, currency, unit)
SELECT offer_id, price_type_id, 0, minor, currency, unit FROM price;
DROP TABLE price;
ALTER TABLE price_now RENAME TO price;

-- When a source said so; 0 if that is not known.
ALTER TABLE stock ADD COLUMN as_of INTEGER NOT NULL DEFAULT 0;

-- The files that product_image names, by their SHA-256; id is made of it. hash is NULL for an image
-- whose file never came.
ALTER TABLE product_image ADD COLUMN hash TEXT;
CREATE INDEX product_image_hash ON product_image (hash) WHERE hash IS NOT NULL;
CREATE TABLE picture (
    hash TEXT PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    file BLOB NOT NULL
) STRICT;

-- The portal does not know yet what a card shows.
INSERT INTO queue (kind, rank, object_id, version, state, created_at, next_attempt_at)
SELECT 'product', 5, s.id, CAST(strftime('%s', 'now') AS INTEGER) * 1000, 'waiting',
    CAST(strftime('%s', 'now') AS INTEGER) * 1000, CAST(strftime('%s', 'now') AS INTEGER) * 1000
FROM sellable s JOIN product p ON p.id = s.product_id
WHERE p.manufacturer IS NOT NULL OR s.barcode IS NOT NULL
    OR EXISTS (SELECT 1 FROM product_property q WHERE q.product_id = p.id)
    OR EXISTS (SELECT 1 FROM offer_property q WHERE q.offer_id = s.id)
ON CONFLICT (kind, object_id) DO NOTHING;
