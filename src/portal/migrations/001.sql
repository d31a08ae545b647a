-- The portal: what the base published, and the baskets of its partners' users.

CREATE TABLE partner (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    inn TEXT,
    kpp TEXT,
    manager TEXT,
    price_type_id TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE price_type (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    vat_included INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE warehouse (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE product_group (
    id TEXT PRIMARY KEY NOT NULL,
    parent_id TEXT,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX product_group_parent ON product_group (parent_id);

-- num is for the full-text index, which knows rows by number only.
CREATE TABLE product (
    num INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    group_id TEXT,
    article TEXT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    unit TEXT,
    vat TEXT,
    description TEXT
) STRICT;
CREATE INDEX product_name ON product (name_key, id);
CREATE INDEX product_group_name ON product (group_id, name_key, id);

CREATE VIRTUAL TABLE product_text USING fts5 (
    name, article, content='product', content_rowid='num',
    tokenize="unicode61 remove_diacritics 2", prefix='2 3'
);
CREATE TRIGGER product_insert AFTER INSERT ON product BEGIN
    INSERT INTO product_text (rowid, name, article) VALUES (new.num, new.name, new.article);
END;
CREATE TRIGGER product_delete AFTER DELETE ON product BEGIN
    INSERT INTO product_text (product_text, rowid, name, article)
    VALUES ('delete', old.num, old.name, old.article);
END;
CREATE TRIGGER product_update AFTER UPDATE OF name, article ON product BEGIN
    INSERT INTO product_text (product_text, rowid, name, article)
    VALUES ('delete', old.num, old.name, old.article);
    INSERT INTO product_text (rowid, name, article) VALUES (new.num, new.name, new.article);
END;

CREATE TABLE price (
    product_id TEXT NOT NULL,
    price_type_id TEXT NOT NULL,
    minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    PRIMARY KEY (product_id, price_type_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE stock (
    product_id TEXT NOT NULL,
    warehouse_id TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    PRIMARY KEY (product_id, warehouse_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE basket_line (
    user_id TEXT NOT NULL,
    product_id TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, product_id)
) STRICT, WITHOUT ROWID;

-- What a desktop's Idempotency-Key has made, so that a repeated press makes it once.
CREATE TABLE idempotency (
    user_id TEXT NOT NULL,
    key TEXT NOT NULL,
    order_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE invoice (
    order_id TEXT PRIMARY KEY NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    pdf BLOB NOT NULL
) STRICT;
