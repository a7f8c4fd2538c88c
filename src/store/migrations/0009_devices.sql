-- Phones and other machines that may use the server. Tokens are kept as SHA-256 only. Times are
-- milliseconds since 1970-01-01 UTC.

CREATE TABLE device (
    id            TEXT    NOT NULL PRIMARY KEY, -- 32 hexadecimal digits
    name          TEXT    NOT NULL,
    token_hash    TEXT    NOT NULL UNIQUE,
    created_ms    INTEGER NOT NULL,
    last_seen_ms  INTEGER NOT NULL,
    revoked_ms    INTEGER                       -- NULL: it may ask
) STRICT;

-- Tokens that pair one device once.
CREATE TABLE pairing (
    token_hash    TEXT    NOT NULL PRIMARY KEY,
    expires_ms    INTEGER NOT NULL
) STRICT;
