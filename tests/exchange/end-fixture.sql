-- What an end of its own for tests keeps: a text for every object, and how often it was changed.
CREATE TABLE thing (
    id TEXT PRIMARY KEY NOT NULL,
    text TEXT NOT NULL,
    changes INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;
