CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
INSERT INTO thing (id, name) VALUES (1, 'of the first version');
