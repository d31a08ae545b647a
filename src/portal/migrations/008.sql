-- Goods are found by their articles, in whatever case where it is Latin.
CREATE INDEX product_article ON product (article COLLATE NOCASE) WHERE article IS NOT NULL;
