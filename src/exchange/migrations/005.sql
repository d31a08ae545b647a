-- When an object was last taken by the other end.
ALTER TABLE exchange_state ADD COLUMN through_at INTEGER NOT NULL DEFAULT 0;

-- Kinds that take no part in the exchange: their objects stay in the queue, and nothing is lost
-- when they take part again. The queue knows it of each entry: much may wait that is not due.
CREATE TABLE kind_off (
    kind TEXT PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;
ALTER TABLE queue ADD COLUMN off INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER queue_kind_off AFTER INSERT ON queue
WHEN EXISTS (SELECT 1 FROM kind_off WHERE kind = new.kind)
BEGIN
    UPDATE queue SET off = 1 WHERE id = new.id;
END;
DROP INDEX queue_due;
DROP INDEX queue_waiting;
CREATE INDEX queue_due ON queue (state, off, rank, id, next_attempt_at);
CREATE INDEX queue_waiting ON queue (next_attempt_at)
WHERE state = 'waiting' AND waits_kind IS NULL AND off = 0;
