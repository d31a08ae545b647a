-- Predefined values: what words of the sources mean that are not known by themselves. Each row keeps
-- the word that it was told, so that what the word means can be said, and taken back, later; NULL if
-- what it was told is known.
CREATE TABLE word (
    kind TEXT NOT NULL CHECK (kind IN ('unit', 'vat', 'currency')),
    text TEXT NOT NULL,
    meaning TEXT NOT NULL,
    PRIMARY KEY (kind, text)
) STRICT, WITHOUT ROWID;
ALTER TABLE product ADD COLUMN unit_word TEXT;
ALTER TABLE product ADD COLUMN vat_word TEXT;
ALTER TABLE offer ADD COLUMN unit_word TEXT;
ALTER TABLE price_type ADD COLUMN currency_word TEXT;
-- The currency of a price whose currency is not known is ''; its minor units are hundredths.
ALTER TABLE price ADD COLUMN currency_word TEXT;
CREATE INDEX product_unit_word ON product (unit_word) WHERE unit_word IS NOT NULL;
CREATE INDEX product_vat_word ON product (vat_word) WHERE vat_word IS NOT NULL;
CREATE INDEX offer_unit_word ON offer (unit_word) WHERE unit_word IS NOT NULL;
CREATE INDEX price_currency_word ON price (currency_word) WHERE currency_word IS NOT NULL;

UPDATE product SET unit_word = unit_code WHERE unit IS NULL AND unit_code IS NOT NULL
    AND length(unit_code) <= 200;
UPDATE product SET vat_word = vat
WHERE vat NOT IN ('none', '0', '5', '7', '10', '18', '20', '22') AND length(vat) <= 200;

-- Which role at the portal people get who are published: by the relation of a contact person to its
-- partner, '' for none, and by the role of an own user.
CREATE TABLE role_map (
    own INTEGER NOT NULL CHECK (own IN (0, 1)),
    base_role TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (own, base_role)
) STRICT, WITHOUT ROWID;
