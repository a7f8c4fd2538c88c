-- What was heard of the condition of a side, and when. Nothing is overwritten: a record that is
-- cleaned or worn has a history. Times are milliseconds since 1970-01-01 UTC.

CREATE TABLE grading (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    graded_ms     INTEGER NOT NULL,
    recording     TEXT    NOT NULL,            -- the file's path; '' when it was heard while playing
    copy_id       INTEGER NOT NULL DEFAULT 0,  -- of the collection; 0: of none
    release_id    INTEGER NOT NULL DEFAULT 0,  -- Discogs'; 0: not known
    record_id     INTEGER NOT NULL DEFAULT 0,  -- of the library; 0: of none
    side          TEXT    NOT NULL DEFAULT '',
    length_s      REAL    NOT NULL,            -- heard of it
    grade         TEXT    NOT NULL,            -- 'VG+'
    severity      REAL    NOT NULL,            -- 1 the middle of NM ... 7 of P
    p_nm          REAL    NOT NULL,            -- probability of each grade
    p_vg_plus     REAL    NOT NULL,
    p_vg          REAL    NOT NULL,
    p_g_plus      REAL    NOT NULL,
    p_g           REAL    NOT NULL,
    p_f           REAL    NOT NULL,
    p_p           REAL    NOT NULL,
    evidence      TEXT    NOT NULL             -- JSON: what it was told from, the reasons, the model
) STRICT;
CREATE INDEX grading_copy ON grading (copy_id);
CREATE INDEX grading_record ON grading (record_id);
