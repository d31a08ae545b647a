-- When an object was last taken by the other end.
ALTER TABLE exchange_state ADD COLUMN through_at INTEGER NOT NULL DEFAULT 0;
