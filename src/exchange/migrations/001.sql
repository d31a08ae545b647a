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

-- Orders: at the portal those of its partners, at the base the client orders made from them. The
-- id is made at the portal and is the same at both ends.
CREATE TABLE orders (
    id TEXT PRIMARY KEY NOT NULL,
    partner_id TEXT NOT NULL,
    partner_name TEXT,
    user_name TEXT,
    number TEXT UNIQUE,
    version INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    decision TEXT NOT NULL,
    decided_revision INTEGER NOT NULL,
    reason TEXT,
    status TEXT NOT NULL,
    client_status TEXT NOT NULL,
    state TEXT,
    manager TEXT,
    comment TEXT,
    phone TEXT,
    email TEXT,
    address TEXT,
    created_at INTEGER NOT NULL,
    placed_at INTEGER NOT NULL,
    paid_percent INTEGER NOT NULL,
    shipped_percent INTEGER NOT NULL,
    currency TEXT NOT NULL,
    total INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX orders_created ON orders (created_at, id);
CREATE INDEX orders_partner ON orders (partner_id, created_at, id);

CREATE TABLE order_line (
    order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    product_id TEXT NOT NULL,
    article TEXT,
    name TEXT NOT NULL,
    unit TEXT,
    vat TEXT,
    ordered INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    price INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;

-- What happened to an order, for those who look at it.
CREATE TABLE order_history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL
) STRICT;
CREATE INDEX order_history_order ON order_history (order_id, id);
