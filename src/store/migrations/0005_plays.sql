-- What was really played. Texts are kept as they were then: a file may be renamed or removed, what
-- was played stays. Times are milliseconds since 1970-01-01 UTC.

CREATE TABLE play (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    started_ms  INTEGER NOT NULL,
    ended_ms    INTEGER NOT NULL CHECK (ended_ms >= started_ms),
    track_id    INTEGER NOT NULL,
    record_id   INTEGER NOT NULL DEFAULT 0, -- 0: on none
    side        TEXT    NOT NULL DEFAULT '',
    position    INTEGER NOT NULL DEFAULT 0, -- on the side, from 1; 0: not known
    artist      TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    album       TEXT    NOT NULL,
    played_s    REAL    NOT NULL, -- seconds of its music that sounded
    from_s      REAL    NOT NULL, -- in the file
    to_s        REAL    NOT NULL,
    duration_s  REAL    NOT NULL, -- of the file; 0: not known
    speed       REAL    NOT NULL, -- 1.008 = 0.8 % fast
    speed_error REAL    NOT NULL,
    wow_peak    REAL,             -- NULL: too little was heard
    wow_weighted REAL,
    turns_per_minute REAL,
    confidence  REAL    NOT NULL,
    inferred    INTEGER NOT NULL, -- not recognised: between its neighbours
    skips       INTEGER NOT NULL,
    matched     INTEGER NOT NULL, -- landmarks found again
    expected    INTEGER NOT NULL, -- of those it has where it was heard
    UNIQUE (started_ms, track_id)
) STRICT;
CREATE INDEX play_track ON play (track_id);
CREATE INDEX play_record ON play (record_id);

CREATE TABLE side_play ( -- the needle in a groove, from down to up: what wears a stylus
    ended_ms  INTEGER PRIMARY KEY,
    record_id INTEGER NOT NULL DEFAULT 0,
    side      TEXT    NOT NULL DEFAULT '',
    music_s   REAL    NOT NULL
) STRICT;

CREATE TABLE stylus ( -- which needle, since when
    fitted_ms INTEGER PRIMARY KEY,
    name      TEXT    NOT NULL
) STRICT;

CREATE TABLE unknown_music ( -- heard, and not in the library
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    started_ms INTEGER NOT NULL UNIQUE,
    ended_ms   INTEGER NOT NULL CHECK (ended_ms >= started_ms),
    name       TEXT    NOT NULL DEFAULT '' -- what the owner says it was
) STRICT;
