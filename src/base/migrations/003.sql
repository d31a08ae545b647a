-- What a partner owes and how much it may owe. The debt is what was shipped less what was paid; the
-- base's own books add to it and take from it, and it may be set from outside.
ALTER TABLE partner ADD COLUMN currency TEXT;
ALTER TABLE partner ADD COLUMN credit_limit INTEGER;
ALTER TABLE partner ADD COLUMN debt INTEGER NOT NULL DEFAULT 0;
ALTER TABLE partner ADD COLUMN overdue INTEGER NOT NULL DEFAULT 0;

-- What was shipped and paid, as it came about: the act of reconciliation is made of it.
CREATE TABLE settlement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    partner_id TEXT NOT NULL,
    order_id TEXT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('shipment', 'payment', 'correction')),
    minor INTEGER NOT NULL,
    currency TEXT NOT NULL
) STRICT;
-- What older orders were shipped and paid is known of as a whole, and when they were placed.
INSERT INTO settlement (partner_id, order_id, at, kind, minor, currency)
SELECT partner_id, id, placed_at, 'shipment', shipped, currency FROM orders WHERE shipped <> 0
UNION ALL
SELECT partner_id, id, placed_at, 'payment', paid, currency FROM orders WHERE paid <> 0;
UPDATE partner SET currency = (SELECT min(s.currency) FROM settlement s
    WHERE s.partner_id = partner.id);
UPDATE partner SET debt = (SELECT coalesce(sum(CASE s.kind WHEN 'payment' THEN -s.minor
    ELSE s.minor END), 0) FROM settlement s
    WHERE s.partner_id = partner.id AND s.currency = partner.currency)
WHERE currency IS NOT NULL;
-- The portal holds new orders against it.
INSERT INTO queue (kind, rank, object_id, version, state, created_at, next_attempt_at)
SELECT 'partner', 3, id, CAST(strftime('%s', 'now') AS INTEGER) * 1000, 'waiting',
    CAST(strftime('%s', 'now') AS INTEGER) * 1000, CAST(strftime('%s', 'now') AS INTEGER) * 1000
FROM partner WHERE currency IS NOT NULL AND deleted = 0
ON CONFLICT (kind, object_id) DO NOTHING;
CREATE INDEX settlement_partner ON settlement (partner_id, currency, at);

-- The approval process: the steps in order, and what can be decided.
CREATE TABLE approval_rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    position INTEGER NOT NULL,
    condition TEXT NOT NULL,
    threshold INTEGER NOT NULL,
    role TEXT NOT NULL
) STRICT;
CREATE TABLE approval_variant (
    id TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    outcome TEXT NOT NULL,
    needs_comment INTEGER NOT NULL CHECK (needs_comment IN (0, 1))
) STRICT, WITHOUT ROWID;
INSERT INTO approval_variant (id, position, title, outcome, needs_comment) VALUES
    ('approve', 1, 'Согласовано', 'approve', 0),
    ('remark', 2, 'Согласовано с замечаниями', 'remark', 1),
    ('refuse', 3, 'Не согласовано', 'refuse', 1);

INSERT INTO document (id, kind, partner_id, order_id, revision, state, asked_at, issued_at,
    file_name, media_type)
SELECT id, 'invoice', partner_id, id, revision, 'ready', 0, placed_at,
    'invoice-' || coalesce(number, id) || '.pdf', 'application/pdf'
FROM orders WHERE client_status IN ('to-fulfil', 'closed');
