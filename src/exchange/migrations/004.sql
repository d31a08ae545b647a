-- What a user calls an order; the other end is never told.
ALTER TABLE orders ADD COLUMN name TEXT;

-- Whether the company did it, and what it told then, in JSON. What is kept from before says only
-- what the order came to.
ALTER TABLE order_history ADD COLUMN by_base INTEGER NOT NULL DEFAULT 0;
ALTER TABLE order_history ADD COLUMN note TEXT;
UPDATE order_history SET by_base = 1
WHERE what IN ('awaiting-manager', 'awaiting-partner', 'in-progress', 'completed', 'changed');

-- How the exchange stood, by minutes; objects: the number of the newest object in the journal.
CREATE TABLE sample (
    at INTEGER PRIMARY KEY,
    waiting INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    oldest_at INTEGER NOT NULL,
    objects INTEGER NOT NULL
) STRICT;
