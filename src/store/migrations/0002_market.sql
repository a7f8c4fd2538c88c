-- What releases cost. A figure once seen is never changed or removed: the quotes are the owner's own
-- history of prices. Releases are Discogs' numbers and need not be in the library.

CREATE TABLE quote (
    release_id INTEGER NOT NULL CHECK (release_id BETWEEN 1 AND 4294967295),
    figure     TEXT    NOT NULL, -- "lowest", "have", ...: market::name_of
    source     TEXT    NOT NULL, -- "discogs", "page"
    currency   TEXT    NOT NULL, -- ISO 4217; '' for what is not money
    seen_at    INTEGER NOT NULL,
    value      REAL,             -- NULL: was asked for, and there is none
    PRIMARY KEY (release_id, figure, source, currency, seen_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE quoted_release ( -- what it was called when it was last asked for
    release_id INTEGER PRIMARY KEY CHECK (release_id BETWEEN 1 AND 4294967295),
    master_id  INTEGER NOT NULL,
    artist     TEXT    NOT NULL,
    title      TEXT    NOT NULL,
    country    TEXT    NOT NULL,
    format     TEXT    NOT NULL,
    year       INTEGER NOT NULL
) STRICT;

CREATE TABLE quote_queue ( -- to be asked for again: the line was cut, or the owner stopped
    release_id INTEGER PRIMARY KEY CHECK (release_id BETWEEN 1 AND 4294967295),
    queued_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX quote_queue_order ON quote_queue (queued_at, release_id);
