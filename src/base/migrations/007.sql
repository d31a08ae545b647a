-- Goods are found by what people call them, in whatever case where it is Latin.
CREATE INDEX product_article ON product (article COLLATE NOCASE) WHERE article IS NOT NULL;
CREATE INDEX product_code ON product (code COLLATE NOCASE) WHERE code IS NOT NULL;
CREATE INDEX product_name ON product (name COLLATE NOCASE);
CREATE INDEX offer_article ON offer (article COLLATE NOCASE) WHERE article IS NOT NULL;
CREATE INDEX offer_name ON offer (name COLLATE NOCASE) WHERE name IS NOT NULL;
