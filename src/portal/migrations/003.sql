-- Letters.
SELECT 1;
