-- The exchange engine: the same at both ends.

-- One row; its value is the version of the last change that was queued.
CREATE TABLE exchange_version (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    value INTEGER NOT NULL
) STRICT;
INSERT INTO exchange_version (one, value) VALUES (1, 0);

-- Objects that the other end has to be told of: a reference and a version, not a copy.
CREATE TABLE queue (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    rank INTEGER NOT NULL,
    object_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'processing', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    claimed_version INTEGER,
    error TEXT,
    UNIQUE (kind, object_id)
) STRICT;
CREATE INDEX queue_due ON queue (state, rank, id, next_attempt_at);

-- The newest version of each object that came from the other end and was applied.
CREATE TABLE inbox (
    kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    applied_at INTEGER NOT NULL,
    PRIMARY KEY (kind, object_id)
) STRICT, WITHOUT ROWID;

-- Who runs the exchange of this end now, if anybody.
CREATE TABLE run_lease (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    run_id TEXT,
    expires_at INTEGER NOT NULL
) STRICT;
INSERT INTO run_lease (one, run_id, expires_at) VALUES (1, NULL, 0);

CREATE TABLE run (
    id TEXT PRIMARY KEY NOT NULL,
    cause TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    sent INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    received INTEGER NOT NULL DEFAULT 0,
    error TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX run_started ON run (started_at);

-- Every request between the ends, as this end saw it.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
    peer TEXT NOT NULL,
    what TEXT NOT NULL,
    run_id TEXT,
    http_status INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    error TEXT,
    request TEXT,
    answer TEXT
) STRICT;
CREATE INDEX journal_at ON journal (at);

-- What happened to each object in a request.
CREATE TABLE journal_object (
    journal_id INTEGER NOT NULL REFERENCES journal (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    error TEXT
) STRICT;
CREATE INDEX journal_object_journal ON journal_object (journal_id);
CREATE INDEX journal_object_object ON journal_object (object_id, journal_id);

CREATE TABLE setting (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
