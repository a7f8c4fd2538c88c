-- What the owner has and looks for, as on Discogs and as noted here. A copy or want that Discogs does
-- not know yet is pending: it is sent at the next sync.

CREATE TABLE copy (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    release_id INTEGER NOT NULL CHECK (release_id BETWEEN 1 AND 4294967295),
    instance   INTEGER UNIQUE,   -- Discogs' number of this copy; NULL: Discogs does not have it yet
    attempted  INTEGER NOT NULL DEFAULT 0 CHECK (attempted IN (0, 1)), -- sent, not all of it known to be there
    folder     TEXT    NOT NULL,
    artist     TEXT    NOT NULL,
    title      TEXT    NOT NULL,
    label      TEXT    NOT NULL,
    number     TEXT    NOT NULL,
    format     TEXT    NOT NULL,
    year       INTEGER NOT NULL,
    rating     INTEGER NOT NULL,
    added      TEXT    NOT NULL, -- "2026-11-21 15:00:00"
    media      TEXT    NOT NULL, -- a grade in Discogs' words, or ''
    sleeve     TEXT    NOT NULL,
    notes      TEXT    NOT NULL
) STRICT;
CREATE INDEX copy_release ON copy (release_id);

CREATE TABLE want (
    release_id INTEGER PRIMARY KEY CHECK (release_id BETWEEN 1 AND 4294967295),
    state      TEXT    NOT NULL CHECK (state IN ('synced', 'to_add', 'to_remove')),
    artist     TEXT    NOT NULL,
    title      TEXT    NOT NULL,
    format     TEXT    NOT NULL,
    year       INTEGER NOT NULL,
    rating     INTEGER NOT NULL,
    notes      TEXT    NOT NULL
) STRICT;
