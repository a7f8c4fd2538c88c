-- Long work that is done one after the other in the background of a server, and what was told on
-- the way, so that who comes back sees all of it. Times are milliseconds since 1970-01-01 UTC.

CREATE TABLE job (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order of arrival
    id            TEXT    NOT NULL UNIQUE,     -- 32 hexadecimal digits, drawn by lot
    kind          TEXT    NOT NULL,            -- 'scan', 'grading'
    name          TEXT    NOT NULL,            -- for people
    state         TEXT    NOT NULL,            -- 'queued', 'running', 'done', 'failed', 'cancelled'
    created_ms    INTEGER NOT NULL,
    started_ms    INTEGER NOT NULL DEFAULT 0,  -- 0: not yet
    ended_ms      INTEGER NOT NULL DEFAULT 0,  -- 0: not yet
    options       TEXT    NOT NULL,            -- JSON; what the work needs to know
    summary       TEXT    NOT NULL DEFAULT '{}', -- JSON object: what came out, in short
    error_code    TEXT    NOT NULL DEFAULT '', -- 'bad_input', ...; '' where nothing went wrong
    error_message TEXT    NOT NULL DEFAULT '',
    begun         INTEGER NOT NULL DEFAULT 0,  -- times it was begun and not seen to end
    events        INTEGER NOT NULL DEFAULT 0,  -- the number of its latest event
    bytes         INTEGER NOT NULL DEFAULT 0   -- its folder takes on disk, once it has ended
) STRICT;
CREATE INDEX job_state ON job (state, number);

CREATE TABLE job_event (
    job           INTEGER NOT NULL REFERENCES job (number) ON DELETE CASCADE,
    event         INTEGER NOT NULL,            -- 1, 2, 3, ... of its job
    name          TEXT    NOT NULL,
    data          TEXT    NOT NULL,            -- JSON
    subject       TEXT    NOT NULL,            -- 'disc 12': a later one of it says all; '': of none
    PRIMARY KEY (job, event)
) STRICT, WITHOUT ROWID;
