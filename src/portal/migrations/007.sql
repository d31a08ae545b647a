-- Where a line stood that was taken out of a basket, for who puts it back.
CREATE TABLE basket_gone (
    user_id TEXT NOT NULL,
    partner_id TEXT NOT NULL,
    product_id TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    gone_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, partner_id, product_id)
) STRICT, WITHOUT ROWID;
