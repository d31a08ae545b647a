-- What a partner owes and how much it may owe, as the base tells; without a currency, nothing is
-- known. A limit that is NULL is none.
ALTER TABLE partner ADD COLUMN currency TEXT;
ALTER TABLE partner ADD COLUMN credit_limit INTEGER;
ALTER TABLE partner ADD COLUMN debt INTEGER NOT NULL DEFAULT 0;
ALTER TABLE partner ADD COLUMN overdue INTEGER NOT NULL DEFAULT 0;

INSERT INTO document (id, kind, partner_id, order_id, revision, state, asked_at, issued_at,
    file_name, media_type, size, file)
SELECT o.id, 'invoice', o.partner_id, o.id, i.revision, 'ready', 0, 0,
    'invoice-' || coalesce(o.number, o.id) || '.pdf', 'application/pdf', length(i.pdf), i.pdf
FROM invoice i JOIN orders o ON o.id = i.order_id;
DROP TABLE invoice;

-- Who placed an order lately is known by the key that was used for it.
UPDATE orders SET user_id = i.user_id FROM idempotency i WHERE i.order_id = orders.id;
