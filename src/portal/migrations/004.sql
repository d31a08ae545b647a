-- Users whom the base published, and how often it has asked for an invitation or another password.
CREATE TABLE published_user (
    user_id TEXT PRIMARY KEY NOT NULL,
    invitations INTEGER NOT NULL,
    resets INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO published_user (user_id, invitations, resets)
SELECT id, 0, 0 FROM user WHERE role IN ('head', 'buyer', 'viewer');

-- The warehouses whose stock a partner sees; a partner that is not here sees all.
CREATE TABLE partner_warehouse (
    partner_id TEXT NOT NULL,
    warehouse_id TEXT NOT NULL,
    PRIMARY KEY (partner_id, warehouse_id)
) STRICT, WITHOUT ROWID;

-- Who acts for several partners has a basket for each.
CREATE TABLE basket_line_now (
    user_id TEXT NOT NULL,
    partner_id TEXT NOT NULL,
    product_id TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, partner_id, product_id)
) STRICT, WITHOUT ROWID;
INSERT INTO basket_line_now (user_id, partner_id, product_id, quantity, added_at)
SELECT b.user_id, u.partner_id, b.product_id, b.quantity, b.added_at
FROM basket_line b JOIN user u ON u.id = b.user_id WHERE u.partner_id IS NOT NULL;
DROP TABLE basket_line;
ALTER TABLE basket_line_now RENAME TO basket_line;
