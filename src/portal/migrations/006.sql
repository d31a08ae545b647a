-- What words of the base mean that this program does not know by itself: predefined values.
CREATE TABLE word (
    kind TEXT NOT NULL CHECK (kind IN ('status', 'state')),
    text TEXT NOT NULL,
    meaning TEXT NOT NULL,
    PRIMARY KEY (kind, text)
) STRICT, WITHOUT ROWID;
