-- Goods and partners as the base's sources describe them.
--
-- id is the UUID that the exchange knows an object by; source_id is what its source calls it. Nothing
-- is ever deleted, only marked: the other end has to be told. Texts that are not known are NULL.

CREATE TABLE product_group (
    id TEXT PRIMARY KEY NOT NULL,
    source_id TEXT NOT NULL UNIQUE,
    parent_id TEXT,
    name TEXT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;
CREATE INDEX product_group_parent ON product_group (parent_id);

CREATE TABLE product (
    id TEXT PRIMARY KEY NOT NULL,
    source_id TEXT NOT NULL UNIQUE,
    catalogue_id TEXT NOT NULL,
    group_id TEXT,
    code TEXT,
    article TEXT,
    barcode TEXT,
    name TEXT NOT NULL,
    full_name TEXT,
    description TEXT,
    manufacturer TEXT,
    category TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('Товар', 'Услуга')),
    unit TEXT,
    unit_code TEXT,
    -- A rate in percent, 'none' for "without VAT", or what the source says where that is unknown.
    vat TEXT,
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;
CREATE INDEX product_catalogue ON product (catalogue_id);
CREATE INDEX product_group_id ON product (group_id);

-- What is sold: a product, or one characteristic of it. Its product may come later, so it is named
-- by what the source calls it. The id of an offer without a characteristic is the product's.
CREATE TABLE offer (
    id TEXT PRIMARY KEY NOT NULL,
    product_source_id TEXT NOT NULL,
    characteristic TEXT NOT NULL DEFAULT '',
    name TEXT,
    article TEXT,
    barcode TEXT,
    unit TEXT,
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
    UNIQUE (product_source_id, characteristic)
) STRICT;

CREATE TABLE property (
    id TEXT PRIMARY KEY NOT NULL,
    source_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    value_type TEXT,
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;

-- The variants of a property that is chosen from a list.
CREATE TABLE property_value (
    property_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (property_id, source_id)
) STRICT, WITHOUT ROWID;

-- raw is what the source wrote, perhaps the id of a variant; value is the text it stands for.
CREATE TABLE product_property (
    product_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    property_id TEXT NOT NULL,
    raw TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (product_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_property_property ON product_property (property_id);

-- A characteristic's own properties have a name, those of the classifier have a property_id.
CREATE TABLE offer_property (
    offer_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    property_id TEXT,
    name TEXT,
    raw TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (offer_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX offer_property_property ON offer_property (property_id) WHERE property_id IS NOT NULL;

CREATE TABLE product_image (
    product_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (product_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE measure_unit (
    source_id TEXT PRIMARY KEY NOT NULL,
    code TEXT,
    name TEXT,
    full_name TEXT,
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE price_type (
    id TEXT PRIMARY KEY NOT NULL,
    source_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    currency TEXT,
    vat_included INTEGER,
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;

-- The price of one unit in minor units of the currency; the unit is the one the source wrote.
CREATE TABLE price (
    offer_id TEXT NOT NULL,
    price_type_id TEXT NOT NULL,
    minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    unit TEXT,
    PRIMARY KEY (offer_id, price_type_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE warehouse (
    id TEXT PRIMARY KEY NOT NULL,
    source_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    address TEXT,
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;

-- In thousandths of the unit. An offer has either figures by warehouse or one total, whose
-- warehouse_id is empty.
CREATE TABLE stock (
    offer_id TEXT NOT NULL,
    warehouse_id TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    PRIMARY KEY (offer_id, warehouse_id)
) STRICT, WITHOUT ROWID;

-- price_type_id and manager are the base's own settings: no source writes them.
CREATE TABLE partner (
    id TEXT PRIMARY KEY NOT NULL,
    source_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    full_name TEXT,
    inn TEXT,
    kpp TEXT,
    address TEXT,
    email TEXT,
    phone TEXT,
    price_type_id TEXT,
    manager TEXT,
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;

CREATE TABLE contact (
    id TEXT PRIMARY KEY NOT NULL,
    partner_id TEXT NOT NULL REFERENCES partner (id),
    name TEXT NOT NULL,
    relation TEXT,
    email TEXT,
    phone TEXT,
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;
CREATE INDEX contact_partner ON contact (partner_id);

-- What can be sold: the offers of a product, or a product that has none.
CREATE VIEW sellable AS
SELECT o.id AS id, p.id AS product_id, p.source_id AS product_source_id,
    o.characteristic AS characteristic, p.group_id AS group_id, p.code AS code,
    COALESCE(o.article, p.article) AS article, COALESCE(o.barcode, p.barcode) AS barcode,
    CASE
        WHEN o.name IS NOT NULL AND (o.characteristic = '' OR o.name <> p.name) THEN o.name
        WHEN o.characteristic = '' THEN p.name
        ELSE p.name || COALESCE((SELECT ' (' || group_concat(q.value, ', ') || ')'
            FROM offer_property q WHERE q.offer_id = o.id), '')
    END AS name,
    p.full_name AS full_name, p.description AS description, p.manufacturer AS manufacturer,
    p.category AS category, p.kind AS kind, COALESCE(o.unit, p.unit) AS unit,
    p.unit_code AS unit_code, p.vat AS vat
FROM offer o JOIN product p ON p.source_id = o.product_source_id
WHERE o.deleted = 0 AND p.deleted = 0
UNION ALL
SELECT p.id, p.id, p.source_id, '', p.group_id, p.code, p.article, p.barcode, p.name, p.full_name,
    p.description, p.manufacturer, p.category, p.kind, p.unit, p.unit_code, p.vat
FROM product p
WHERE p.deleted = 0
    AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.product_source_id = p.source_id);
