-- What an entry waits for: an object that the other end has to have before.
ALTER TABLE queue ADD COLUMN waits_kind TEXT;
ALTER TABLE queue ADD COLUMN waits_id TEXT;
CREATE INDEX queue_waiting ON queue (next_attempt_at) WHERE state = 'waiting' AND waits_kind IS NULL;
CREATE INDEX queue_waits ON queue (waits_kind, waits_id) WHERE waits_kind IS NOT NULL;

-- How far a run is, and who does not want it to go on.
ALTER TABLE run ADD COLUMN done INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN total INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN cancelled_by TEXT;
CREATE INDEX run_open ON run (started_at) WHERE ended_at IS NULL;

-- One row: whether this end's queue is paused, and since when the other end does not answer.
CREATE TABLE exchange_state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    paused_at INTEGER NOT NULL DEFAULT 0,
    paused_by TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    failing_since INTEGER NOT NULL DEFAULT 0,
    held_until INTEGER NOT NULL DEFAULT 0,
    failure TEXT
) STRICT;
INSERT INTO exchange_state (one) VALUES (1);
