-- What the base keeps of its own: the numbers of client orders and who is published at the portal.

CREATE TABLE counter (
    name TEXT PRIMARY KEY NOT NULL,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A contact person that may sign in at the portal.
CREATE TABLE publication (
    contact_id TEXT PRIMARY KEY NOT NULL REFERENCES contact (id),
    login TEXT NOT NULL,
    role TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT, WITHOUT ROWID;
