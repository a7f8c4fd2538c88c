-- What was heard and is told to services. Text and time of a listen are frozen when it is queued:
-- services know it by exactly these, so the same listen sent twice is one there. Only the owner
-- changes them, and only for what was not taken.

CREATE TABLE scrobble_listen (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    started_at      INTEGER NOT NULL UNIQUE, -- no two in one second: services would take them for one
    requested_at    INTEGER NOT NULL,        -- as it was reported, before it was moved to a free second
    queued_at       INTEGER NOT NULL,
    artist          TEXT    NOT NULL,
    title           TEXT    NOT NULL,
    album           TEXT    NOT NULL,
    album_artist    TEXT    NOT NULL,
    track_number    TEXT    NOT NULL,
    duration_s      REAL    NOT NULL,
    played_s        REAL    NOT NULL,
    side            TEXT    NOT NULL,
    rpm             REAL    NOT NULL,
    recording_mbid  TEXT    NOT NULL,
    release_mbid    TEXT    NOT NULL,
    discogs_release INTEGER NOT NULL,
    -- A machine without a clock that runs counts seconds since it was started. Until its clock is
    -- set nothing is sent; then the time is worked out. '' and NULL: the clock was right.
    boot            TEXT    NOT NULL DEFAULT '',
    boot_s          REAL
) STRICT;
CREATE INDEX scrobble_listen_requested ON scrobble_listen (requested_at);
CREATE INDEX scrobble_listen_boot ON scrobble_listen (boot) WHERE boot <> '';

CREATE TABLE scrobble_delivery ( -- one for each listen and service that is, or was, owed it
    listen_id    INTEGER NOT NULL REFERENCES scrobble_listen (id) ON DELETE CASCADE,
    service      TEXT    NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('owed', 'attempted', 'done', 'dead', 'expired')),
    attempts     INTEGER NOT NULL DEFAULT 0,
    attempted_at INTEGER NOT NULL DEFAULT 0,
    settled_at   INTEGER NOT NULL DEFAULT 0,
    reason       TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (listen_id, service)
) STRICT, WITHOUT ROWID;
CREATE INDEX scrobble_delivery_open ON scrobble_delivery (service, state, listen_id) WHERE state <> 'done';

CREATE TABLE scrobble_service (
    name         TEXT PRIMARY KEY,
    halt         TEXT    NOT NULL CHECK (halt IN ('', 'login', 'stopped')),
    reason       TEXT    NOT NULL,
    paused_until INTEGER NOT NULL,
    failures     INTEGER NOT NULL,
    day          INTEGER NOT NULL, -- since 1970-01-01 UTC, of sent_today
    sent_today   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
