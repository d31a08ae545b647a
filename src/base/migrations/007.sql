-- Goods are found by their articles, in whatever case where it is Latin. Names have no index: they
-- are long, and looked for by hand.
CREATE INDEX product_article ON product (article COLLATE NOCASE) WHERE article IS NOT NULL;
CREATE INDEX offer_article ON offer (article COLLATE NOCASE) WHERE article IS NOT NULL;
