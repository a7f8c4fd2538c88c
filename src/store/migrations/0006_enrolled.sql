-- What no file can give again. Tracks that exist on vinyl only have a row in `file` whose path begins
-- with "vinyl:", and their landmarks here, from which the index can be built anew. Of music that
-- nobody recognised what was heard is kept for a while, so that it can be named.

CREATE TABLE track_landmarks (
    track_id  INTEGER PRIMARY KEY REFERENCES track ON DELETE CASCADE,
    landmarks BLOB    NOT NULL -- fingerprint/landmark_bytes.h
) STRICT;

CREATE TABLE unknown_sound (
    unknown_id INTEGER PRIMARY KEY REFERENCES unknown_music ON DELETE CASCADE,
    sound      BLOB    NOT NULL -- turntable/heard_side.h; the oldest are dropped
) STRICT;
