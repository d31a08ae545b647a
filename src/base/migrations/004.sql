-- Who is published at the portal: contact persons, and own users of the base; how often an
-- invitation or another password was asked for; what the portal tells of them.
CREATE TABLE publication_now (
    user_id TEXT PRIMARY KEY NOT NULL,
    own INTEGER NOT NULL CHECK (own IN (0, 1)),
    login TEXT NOT NULL,
    login_key TEXT NOT NULL,
    role TEXT NOT NULL,
    language TEXT,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    invitations INTEGER NOT NULL DEFAULT 0,
    resets INTEGER NOT NULL DEFAULT 0,
    state TEXT CHECK (state IN ('registration', 'active', 'deactivated')),
    problem TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO publication_now (user_id, own, login, login_key, role, active)
SELECT contact_id, 0, login, casefold(login), role, active FROM publication;
DROP TABLE publication;
ALTER TABLE publication_now RENAME TO publication;
CREATE INDEX publication_login ON publication (login_key);

CREATE INDEX contact_email ON contact (lower(email)) WHERE email IS NOT NULL;

-- Other partners that a contact person orders for.
CREATE TABLE contact_membership (
    contact_id TEXT NOT NULL REFERENCES contact (id),
    partner_id TEXT NOT NULL REFERENCES partner (id),
    role TEXT NOT NULL,
    PRIMARY KEY (contact_id, partner_id)
) STRICT, WITHOUT ROWID;

-- Who may act for which partner at the portal, and as what.
CREATE VIEW published AS
SELECT b.user_id, c.name, c.partner_id, b.role, b.active
FROM publication b JOIN contact c ON c.id = b.user_id
WHERE b.own = 0 AND c.deleted = 0
UNION ALL
SELECT b.user_id, c.name, m.partner_id, m.role, b.active
FROM publication b JOIN contact c ON c.id = b.user_id JOIN contact_membership m ON m.contact_id = c.id
WHERE b.own = 0 AND c.deleted = 0;

-- The warehouses whose stock a partner sees; a partner that is not here sees all.
CREATE TABLE partner_warehouse (
    partner_id TEXT NOT NULL REFERENCES partner (id),
    warehouse_id TEXT NOT NULL,
    PRIMARY KEY (partner_id, warehouse_id)
) STRICT, WITHOUT ROWID;
