CREATE TABLE hosting.secret (
    name text PRIMARY KEY,
    value bytea NOT NULL
);

-- The scheduler makes its own tables here when it starts.
CREATE SCHEMA IF NOT EXISTS schedules;
