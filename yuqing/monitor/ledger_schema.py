"""The tables of the run ledger's file; alerts and the job log keep theirs in the same file."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS runs (
    id TEXT PRIMARY KEY, command TEXT NOT NULL, started TEXT NOT NULL, ended TEXT, state TEXT NOT NULL,
    versions TEXT NOT NULL, note TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS pages (
    run TEXT NOT NULL REFERENCES runs (id), url TEXT NOT NULL, source_id TEXT NOT NULL,
    outcome TEXT NOT NULL, detail TEXT NOT NULL, status INTEGER NOT NULL, links INTEGER NOT NULL,
    item_id TEXT NOT NULL, at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS machine (name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS told (
    run TEXT PRIMARY KEY, pieces INTEGER NOT NULL, full INTEGER NOT NULL, upto INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS watched (run TEXT PRIMARY KEY, version TEXT NOT NULL, since TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS rules_off (
    run TEXT NOT NULL, rule TEXT NOT NULL, url TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (run, rule)
);
CREATE INDEX IF NOT EXISTS pages_run ON pages (run, outcome);
CREATE INDEX IF NOT EXISTS pages_source ON pages (source_id, at);
"""
