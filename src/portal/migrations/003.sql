-- Letters to users. A letter's text is made when it is sent, and kept nowhere: it may hold a code. A
-- user who is no more leaves what was sent.
CREATE TABLE letter (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    user_id TEXT NOT NULL,
    object_id TEXT,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    sent_at INTEGER NOT NULL DEFAULT 0,
    email TEXT,
    error TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_created ON letter (created_at, id);
CREATE INDEX letter_due ON letter (state, next_attempt_at, id);
CREATE INDEX letter_user ON letter (user_id, kind);
