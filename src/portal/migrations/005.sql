-- The newest change of each object that a partner's desktop shows. Each partner has numbers of its
-- own, so that none learns how busy the others are: whoever knows a number asks for what came after
-- it. num is for the portal itself, which looks for what is new of anybody's.
CREATE TABLE change (
    num INTEGER PRIMARY KEY AUTOINCREMENT,
    partner_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX change_seq ON change (partner_id, seq);
CREATE INDEX change_object ON change (partner_id, kind, object_id);

-- What the company tells its partners.
CREATE TABLE news (
    id TEXT PRIMARY KEY NOT NULL,
    published_at INTEGER NOT NULL,
    author TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX news_published ON news (published_at, id);

-- By triggers, so that no way of changing something is forgotten: what is older of the same object goes.
-- (The sign before seq keeps SQLite from going through all changes of a partner for it.)
CREATE TRIGGER change_order_insert AFTER INSERT ON orders BEGIN
    INSERT INTO change (partner_id, seq, kind, object_id, at)
    SELECT new.partner_id, coalesce(max(seq), 0) + 1, 'order', new.id, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    FROM change WHERE partner_id = new.partner_id;
    DELETE FROM change WHERE partner_id = new.partner_id AND kind = 'order' AND object_id = new.id
        AND +seq < (SELECT max(seq) FROM change WHERE partner_id = new.partner_id);
END;
CREATE TRIGGER change_order_update AFTER UPDATE ON orders BEGIN
    INSERT INTO change (partner_id, seq, kind, object_id, at)
    SELECT new.partner_id, coalesce(max(seq), 0) + 1, 'order', new.id, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    FROM change WHERE partner_id = new.partner_id;
    DELETE FROM change WHERE partner_id = new.partner_id AND kind = 'order' AND object_id = new.id
        AND +seq < (SELECT max(seq) FROM change WHERE partner_id = new.partner_id);
END;
CREATE TRIGGER change_order_delete AFTER DELETE ON orders BEGIN
    INSERT INTO change (partner_id, seq, kind, object_id, at)
    SELECT old.partner_id, coalesce(max(seq), 0) + 1, 'order', old.id, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    FROM change WHERE partner_id = old.partner_id;
    DELETE FROM change WHERE partner_id = old.partner_id AND kind = 'order' AND object_id = old.id
        AND +seq < (SELECT max(seq) FROM change WHERE partner_id = old.partner_id);
END;
CREATE TRIGGER change_document_insert AFTER INSERT ON document BEGIN
    INSERT INTO change (partner_id, seq, kind, object_id, at)
    SELECT new.partner_id, coalesce(max(seq), 0) + 1, 'document', new.id, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    FROM change WHERE partner_id = new.partner_id;
    DELETE FROM change WHERE partner_id = new.partner_id AND kind = 'document' AND object_id = new.id
        AND +seq < (SELECT max(seq) FROM change WHERE partner_id = new.partner_id);
END;
CREATE TRIGGER change_document_update AFTER UPDATE ON document BEGIN
    INSERT INTO change (partner_id, seq, kind, object_id, at)
    SELECT new.partner_id, coalesce(max(seq), 0) + 1, 'document', new.id, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    FROM change WHERE partner_id = new.partner_id;
    DELETE FROM change WHERE partner_id = new.partner_id AND kind = 'document' AND object_id = new.id
        AND +seq < (SELECT max(seq) FROM change WHERE partner_id = new.partner_id);
END;
CREATE TRIGGER change_document_delete AFTER DELETE ON document BEGIN
    INSERT INTO change (partner_id, seq, kind, object_id, at)
    SELECT old.partner_id, coalesce(max(seq), 0) + 1, 'document', old.id, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    FROM change WHERE partner_id = old.partner_id;
    DELETE FROM change WHERE partner_id = old.partner_id AND kind = 'document' AND object_id = old.id
        AND +seq < (SELECT max(seq) FROM change WHERE partner_id = old.partner_id);
END;
CREATE TRIGGER change_task_insert AFTER INSERT ON task BEGIN
    INSERT INTO change (partner_id, seq, kind, object_id, at)
    SELECT new.partner_id, coalesce(max(seq), 0) + 1, 'task', new.id, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    FROM change WHERE partner_id = new.partner_id;
    DELETE FROM change WHERE partner_id = new.partner_id AND kind = 'task' AND object_id = new.id
        AND +seq < (SELECT max(seq) FROM change WHERE partner_id = new.partner_id);
END;
CREATE TRIGGER change_task_update AFTER UPDATE ON task BEGIN
    INSERT INTO change (partner_id, seq, kind, object_id, at)
    SELECT new.partner_id, coalesce(max(seq), 0) + 1, 'task', new.id, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    FROM change WHERE partner_id = new.partner_id;
    DELETE FROM change WHERE partner_id = new.partner_id AND kind = 'task' AND object_id = new.id
        AND +seq < (SELECT max(seq) FROM change WHERE partner_id = new.partner_id);
END;
CREATE TRIGGER change_task_delete AFTER DELETE ON task BEGIN
    INSERT INTO change (partner_id, seq, kind, object_id, at)
    SELECT old.partner_id, coalesce(max(seq), 0) + 1, 'task', old.id, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    FROM change WHERE partner_id = old.partner_id;
    DELETE FROM change WHERE partner_id = old.partner_id AND kind = 'task' AND object_id = old.id
        AND +seq < (SELECT max(seq) FROM change WHERE partner_id = old.partner_id);
END;
CREATE TRIGGER change_comment_insert AFTER INSERT ON order_comment BEGIN
    INSERT INTO change (partner_id, seq, kind, object_id, at)
    SELECT (SELECT partner_id FROM orders WHERE id = new.order_id), coalesce(max(seq), 0) + 1, 'comment', new.order_id, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    FROM change WHERE partner_id = (SELECT partner_id FROM orders WHERE id = new.order_id);
    DELETE FROM change WHERE partner_id = (SELECT partner_id FROM orders WHERE id = new.order_id) AND kind = 'comment' AND object_id = new.order_id
        AND +seq < (SELECT max(seq) FROM change WHERE partner_id = (SELECT partner_id FROM orders WHERE id = new.order_id));
END;
CREATE TRIGGER change_partner_update AFTER UPDATE ON partner BEGIN
    INSERT INTO change (partner_id, seq, kind, object_id, at)
    SELECT new.id, coalesce(max(seq), 0) + 1, 'partner', new.id, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    FROM change WHERE partner_id = new.id;
    DELETE FROM change WHERE partner_id = new.id AND kind = 'partner' AND object_id = new.id
        AND +seq < (SELECT max(seq) FROM change WHERE partner_id = new.id);
END;
-- News are for all.
CREATE TRIGGER change_news_insert AFTER INSERT ON news BEGIN
    INSERT INTO change (partner_id, seq, kind, object_id, at)
    SELECT p.id, coalesce((SELECT max(seq) FROM change WHERE partner_id = p.id), 0) + 1, 'news', new.id,
        CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) FROM partner p;
END;
-- News are for all.
CREATE TRIGGER change_news_delete AFTER DELETE ON news BEGIN
    INSERT INTO change (partner_id, seq, kind, object_id, at)
    SELECT p.id, coalesce((SELECT max(seq) FROM change WHERE partner_id = p.id), 0) + 1, 'news', old.id,
        CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) FROM partner p;
END;

-- A basket is of one user: its id is the user's.
CREATE TRIGGER change_basket_insert AFTER INSERT ON basket_line BEGIN
    INSERT INTO change (partner_id, seq, kind, object_id, at)
    SELECT new.partner_id, coalesce(max(seq), 0) + 1, 'basket', new.user_id, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    FROM change WHERE partner_id = new.partner_id;
    DELETE FROM change WHERE partner_id = new.partner_id AND kind = 'basket' AND object_id = new.user_id
        AND +seq < (SELECT max(seq) FROM change WHERE partner_id = new.partner_id);
END;
CREATE TRIGGER change_basket_update AFTER UPDATE OF quantity ON basket_line BEGIN
    INSERT INTO change (partner_id, seq, kind, object_id, at)
    SELECT new.partner_id, coalesce(max(seq), 0) + 1, 'basket', new.user_id, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    FROM change WHERE partner_id = new.partner_id;
    DELETE FROM change WHERE partner_id = new.partner_id AND kind = 'basket' AND object_id = new.user_id
        AND +seq < (SELECT max(seq) FROM change WHERE partner_id = new.partner_id);
END;
CREATE TRIGGER change_basket_delete AFTER DELETE ON basket_line BEGIN
    INSERT INTO change (partner_id, seq, kind, object_id, at)
    SELECT old.partner_id, coalesce(max(seq), 0) + 1, 'basket', old.user_id, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    FROM change WHERE partner_id = old.partner_id;
    DELETE FROM change WHERE partner_id = old.partner_id AND kind = 'basket' AND object_id = old.user_id
        AND +seq < (SELECT max(seq) FROM change WHERE partner_id = old.partner_id);
END;

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
-- What the user saw last: NULL for what was put in before this was kept.
ALTER TABLE basket_line ADD COLUMN seen_price INTEGER;
ALTER TABLE basket_line ADD COLUMN seen_currency TEXT;
-- What a key was answered that made no order.
ALTER TABLE idempotency ADD COLUMN answer TEXT;

-- Groups, goods, prices and stock: one number for all partners, for they change by the thousand. The triggers are
-- on what any change of a product touches.
CREATE TABLE goods_change (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL
) STRICT;
INSERT INTO goods_change (id, seq) VALUES (1, 0);
CREATE TRIGGER goods_product_group_insert AFTER INSERT ON product_group BEGIN
    UPDATE goods_change SET seq = seq + 1 WHERE id = 1;
END;
CREATE TRIGGER goods_product_group_update AFTER UPDATE ON product_group BEGIN
    UPDATE goods_change SET seq = seq + 1 WHERE id = 1;
END;
CREATE TRIGGER goods_product_group_delete AFTER DELETE ON product_group BEGIN
    UPDATE goods_change SET seq = seq + 1 WHERE id = 1;
END;
CREATE TRIGGER goods_product_insert AFTER INSERT ON product BEGIN
    UPDATE goods_change SET seq = seq + 1 WHERE id = 1;
END;
CREATE TRIGGER goods_product_update AFTER UPDATE ON product BEGIN
    UPDATE goods_change SET seq = seq + 1 WHERE id = 1;
END;
CREATE TRIGGER goods_product_delete AFTER DELETE ON product BEGIN
    UPDATE goods_change SET seq = seq + 1 WHERE id = 1;
END;
CREATE TRIGGER goods_price_insert AFTER INSERT ON price BEGIN
    UPDATE goods_change SET seq = seq + 1 WHERE id = 1;
END;
CREATE TRIGGER goods_price_update AFTER UPDATE ON price BEGIN
    UPDATE goods_change SET seq = seq + 1 WHERE id = 1;
END;
CREATE TRIGGER goods_price_delete AFTER DELETE ON price BEGIN
    UPDATE goods_change SET seq = seq + 1 WHERE id = 1;
END;
CREATE TRIGGER goods_stock_insert AFTER INSERT ON stock BEGIN
    UPDATE goods_change SET seq = seq + 1 WHERE id = 1;
END;
CREATE TRIGGER goods_stock_update AFTER UPDATE ON stock BEGIN
    UPDATE goods_change SET seq = seq + 1 WHERE id = 1;
END;
CREATE TRIGGER goods_stock_delete AFTER DELETE ON stock BEGIN
    UPDATE goods_change SET seq = seq + 1 WHERE id = 1;
END;
CREATE TRIGGER goods_picture_insert AFTER INSERT ON picture BEGIN
    UPDATE goods_change SET seq = seq + 1 WHERE id = 1;
END;
CREATE TRIGGER goods_picture_update AFTER UPDATE ON picture BEGIN
    UPDATE goods_change SET seq = seq + 1 WHERE id = 1;
END;
CREATE TRIGGER goods_picture_delete AFTER DELETE ON picture BEGIN
    UPDATE goods_change SET seq = seq + 1 WHERE id = 1;
END;
