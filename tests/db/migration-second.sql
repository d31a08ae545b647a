ALTER TABLE thing ADD COLUMN note TEXT;
UPDATE thing SET note = 'added';
