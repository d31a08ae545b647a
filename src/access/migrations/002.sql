-- Invitations and resets, sessions that can be told apart, several partners, the audit log.

ALTER TABLE user ADD COLUMN language TEXT;
-- Deactivated here, whatever the other end says.
ALTER TABLE user ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0 CHECK (blocked IN (0, 1));

-- Other partners, beside the user's own, that a user may act for.
CREATE TABLE membership (
    user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    partner_id TEXT NOT NULL,
    partner_name TEXT,
    role TEXT NOT NULL,
    PRIMARY KEY (user_id, partner_id)
) STRICT, WITHOUT ROWID;

-- For whom who may act, and as what.
CREATE VIEW acting AS
SELECT id AS user_id, partner_id, role, active FROM user
UNION ALL
SELECT m.user_id, m.partner_id, m.role, u.active FROM membership m JOIN user u ON u.id = m.user_id;

-- Codes that let somebody set a password; only a hash is kept. A used one is no more; one that has
-- expired is kept for a while, so that whoever has it can ask for another.
CREATE TABLE code (
    hash TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset')),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX code_user ON code (user_id);

-- id is what a person names a session by; its token is known to nobody but the desktop.
ALTER TABLE session ADD COLUMN id TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN address TEXT;
ALTER TABLE session ADD COLUMN client TEXT;
ALTER TABLE session ADD COLUMN partner_id TEXT;
UPDATE session SET id = lower(hex(randomblob(16)));
CREATE UNIQUE INDEX session_id ON session (id);

-- Where somebody has signed in from: whoever tries wrong passwords from elsewhere does not slow
-- them down there.
CREATE TABLE known_address (
    user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, address)
) STRICT, WITHOUT ROWID;

-- Who did what, from where. Each row's hash is made with the service's key from the row and the
-- hash before it; audit_head knows which is the last.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    address TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;
CREATE TABLE audit_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id INTEGER NOT NULL,
    hash TEXT NOT NULL,
    mark TEXT NOT NULL
) STRICT;
