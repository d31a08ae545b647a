-- Orders: what was ordered at which price, what is shipped and paid line by line, what the base
-- answered to a decision, dates, warehouse. What is shipped and paid was known in percent before.
ALTER TABLE orders ADD COLUMN user_id TEXT;
ALTER TABLE orders ADD COLUMN decision_result TEXT NOT NULL DEFAULT 'unheard';
ALTER TABLE orders ADD COLUMN decision_attempt INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN client_status_text TEXT;
ALTER TABLE orders ADD COLUMN warehouse_id TEXT;
ALTER TABLE orders ADD COLUMN warehouse_name TEXT;
ALTER TABLE orders ADD COLUMN wished_date TEXT;
ALTER TABLE orders ADD COLUMN ship_date TEXT;
ALTER TABLE orders ADD COLUMN over_limit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN paid INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN shipped INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN vat_on_top INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN vat INTEGER NOT NULL DEFAULT 0;
ALTER TABLE order_line ADD COLUMN ordered_price INTEGER NOT NULL DEFAULT 0;
ALTER TABLE order_line ADD COLUMN shipped INTEGER NOT NULL DEFAULT 0;
ALTER TABLE order_line ADD COLUMN paid INTEGER NOT NULL DEFAULT 0;
-- Rounded as everything is: half away from zero; nothing here is negative.
UPDATE order_line SET ordered_price = price,
    shipped = (quantity * (SELECT shipped_percent FROM orders WHERE id = order_id) + 50) / 100,
    paid = (sum * (SELECT paid_percent FROM orders WHERE id = order_id) + 50) / 100;
UPDATE orders SET
    decision_attempt = CASE decision WHEN 'none' THEN 0 ELSE 1 END,
    paid = (SELECT coalesce(sum(l.paid), 0) FROM order_line l WHERE l.order_id = orders.id),
    shipped = (SELECT coalesce(sum((l.price * l.shipped + 500) / 1000), 0) FROM order_line l
        WHERE l.order_id = orders.id);
ALTER TABLE orders DROP COLUMN paid_percent;
ALTER TABLE orders DROP COLUMN shipped_percent;
-- What was decided and is not in the queue any more, the base has answered.
UPDATE orders SET decision_result = CASE
        WHEN decision = 'confirm' OR client_status = 'cancelled' THEN 'taken'
        WHEN status <> 'refused' THEN 'shipped'
        ELSE 'unheard'
    END
WHERE decision <> 'none'
    AND NOT EXISTS (SELECT 1 FROM queue WHERE kind = 'order' AND object_id = orders.id);
-- What a partner has ordered and not received.
CREATE INDEX orders_open ON orders (partner_id, currency)
    WHERE status IN ('new', 'awaiting-manager', 'awaiting-partner', 'in-progress');

-- What partner and manager write to each other beside an order.
CREATE TABLE order_comment (
    id TEXT PRIMARY KEY NOT NULL,
    order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    by_base INTEGER NOT NULL CHECK (by_base IN (0, 1)),
    author TEXT NOT NULL,
    at INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX order_comment_order ON order_comment (order_id, at, id);

-- Papers of the company: at the base those that were asked for or issued, at the portal what
-- became of them. The file stands last: a list does not read it. One that the base draws anew
-- whenever it is sent has none there.
CREATE TABLE document (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    partner_id TEXT NOT NULL,
    order_id TEXT REFERENCES orders (id) ON DELETE CASCADE,
    part INTEGER NOT NULL DEFAULT 1,
    from_date TEXT,
    to_date TEXT,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('preparing', 'ready', 'failed')),
    error TEXT,
    asked_by TEXT,
    asked_at INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    file_name TEXT,
    media_type TEXT,
    size INTEGER NOT NULL DEFAULT 0,
    file BLOB
) STRICT;
CREATE INDEX document_order ON document (order_id, kind);
CREATE INDEX document_partner ON document (partner_id, kind, asked_at, id);
CREATE INDEX document_failed ON document (kind, issued_at) WHERE state = 'failed';
CREATE INDEX document_preparing ON document (asked_at, id) WHERE state = 'preparing';

-- What somebody has to decide about an order.
CREATE TABLE task (
    id TEXT PRIMARY KEY NOT NULL,
    order_id TEXT NOT NULL,
    order_number TEXT,
    currency TEXT NOT NULL,
    order_total INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    partner_id TEXT NOT NULL,
    partner_name TEXT,
    author_id TEXT,
    author_name TEXT,
    rule_id INTEGER NOT NULL,
    condition TEXT NOT NULL,
    measure INTEGER NOT NULL,
    threshold INTEGER NOT NULL,
    role TEXT NOT NULL,
    own_allowed INTEGER NOT NULL CHECK (own_allowed IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('new', 'decided', 'finished', 'withdrawn')),
    created_at INTEGER NOT NULL,
    variants TEXT NOT NULL,
    variant TEXT,
    comment TEXT,
    decided_by TEXT,
    decided_name TEXT,
    decided_at INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    note TEXT
) STRICT;
CREATE INDEX task_order ON task (order_id);
CREATE INDEX task_role ON task (role, partner_id, created_at, id);
CREATE INDEX task_company ON task (role, created_at, id);
CREATE INDEX task_open ON task (created_at, id) WHERE state = 'new';

-- Words of the other end that this end does not know, and the orders that have them.
CREATE TABLE unmapped (
    object_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('status', 'state')),
    text TEXT NOT NULL,
    PRIMARY KEY (object_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX unmapped_text ON unmapped (kind, text);

-- Invoices go the way of all documents now.
UPDATE queue SET kind = 'document', rank = 12 WHERE kind = 'invoice';
UPDATE queue SET waits_kind = 'document' WHERE waits_kind = 'invoice';
UPDATE inbox SET kind = 'document' WHERE kind = 'invoice';
