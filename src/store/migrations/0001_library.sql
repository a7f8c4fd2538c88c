-- The owner's library. Times are seconds since 1970 UTC; paths are bytes as the file system has them.
-- Ids are AUTOINCREMENT: never used twice, because the fingerprint index and the play log refer to
-- them. A track is a sound (known by the hash of its encoded audio); a file is one copy of it.

CREATE TABLE track (
    id         INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN 1 AND 4294967295),
    audio      BLOB    NOT NULL UNIQUE CHECK (length(audio) = 16),
    duration_s REAL    NOT NULL,
    codec      TEXT    NOT NULL,
    indexed    INTEGER NOT NULL DEFAULT 0 CHECK (indexed IN (0, 1)), -- its landmarks are in the index
    added_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE record (
    id     INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN 1 AND 4294967295),
    artist TEXT NOT NULL,
    album  TEXT NOT NULL,
    folder TEXT NOT NULL
) STRICT;

CREATE TABLE record_side (
    record_id INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
    side      TEXT    NOT NULL CHECK (side BETWEEN 'A' AND 'Z'),
    track_id  INTEGER NOT NULL REFERENCES track ON DELETE CASCADE, -- the side begins with it
    PRIMARY KEY (record_id, side)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_side_track ON record_side (track_id);

CREATE TABLE file (
    id            INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN 1 AND 4294967295),
    track_id      INTEGER NOT NULL REFERENCES track ON DELETE CASCADE,
    record_id     INTEGER REFERENCES record ON DELETE SET NULL,
    path          TEXT    NOT NULL UNIQUE,
    size          INTEGER NOT NULL,
    mtime_ns      INTEGER NOT NULL,
    missing_since INTEGER,
    title         TEXT    NOT NULL,
    artist        TEXT    NOT NULL,
    album_artist  TEXT    NOT NULL,
    album         TEXT    NOT NULL,
    position      TEXT    NOT NULL,
    mb_recording  TEXT    NOT NULL,
    mb_release    TEXT    NOT NULL,
    mb_track      TEXT    NOT NULL,
    track_number  INTEGER NOT NULL,
    disc_number   INTEGER NOT NULL,
    compilation   INTEGER NOT NULL CHECK (compilation IN (0, 1))
) STRICT;
CREATE INDEX file_track ON file (track_id);
CREATE INDEX file_record ON file (record_id);

CREATE TABLE problem (
    path     TEXT    PRIMARY KEY,
    size     INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    code     TEXT    NOT NULL,
    message  TEXT    NOT NULL,
    seen_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE root (
    path TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
