-- The compiled catalogue. Days are proleptic Gregorian ordinals (0001-01-01 is 1), in UTC.
-- Text that is searched is folded: no case, accents or punctuation.

-- What the index was built by, and of: the layers as they were then, lowest first. A layer that
-- did not exist has NULLs. Paths are as the file system has them, which need not be text.
CREATE TABLE built (version TEXT NOT NULL);
CREATE TABLE layer (
    key INTEGER PRIMARY KEY,
    path BLOB NOT NULL,
    size INTEGER,
    modified INTEGER,           -- ns
    inode TEXT,
    content TEXT                -- a hash
);

CREATE TABLE release (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    stage TEXT,                 -- NULL: nobody says
    dated INTEGER NOT NULL,     -- 1 where some date counts and the production is not shelved
    sequel_to TEXT,
    record TEXT NOT NULL        -- the whole release, as index/record.py packs it
);

-- Which date counts, for each region and type that makes a difference: '' is every other one.
CREATE TABLE counting (
    region TEXT NOT NULL,
    type TEXT NOT NULL,
    settles INTEGER NOT NULL,   -- 1: one day, out once it is past; 2: said to be out; 0: neither
    latest INTEGER NOT NULL,
    width INTEGER NOT NULL,     -- days from the earliest to the latest
    exact INTEGER NOT NULL,     -- 1: one day, announced without reserve
    instant INTEGER,            -- POSIX time in s, where the very moment is known
    place TEXT NOT NULL,        -- the region that the date was announced for; '' is everywhere
    release INTEGER NOT NULL
);

CREATE TABLE title (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    release INTEGER NOT NULL
);
CREATE TABLE person (key INTEGER PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL);
CREATE TABLE credit (person INTEGER NOT NULL, job TEXT NOT NULL, release INTEGER NOT NULL);

-- Names of franchises and platforms, and the releases that carry them.
CREATE TABLE label (
    key INTEGER PRIMARY KEY,
    sort TEXT NOT NULL,
    folded TEXT NOT NULL,
    name TEXT NOT NULL          -- as it was written first
);
CREATE TABLE labelled (label INTEGER NOT NULL, release INTEGER NOT NULL);

-- Folded text is letters, digits and spaces. To this tokenizer everything beyond ASCII is a letter;
-- that of Unicode has an opinion, older than Python's, and would break words apart.
CREATE VIRTUAL TABLE title_words USING fts5(
    folded, content='title', content_rowid='key', detail=none, columnsize=0, tokenize='ascii'
);
CREATE VIRTUAL TABLE person_words USING fts5(
    folded, content='person', content_rowid='key', detail=none, columnsize=0, tokenize='ascii'
);
-- With less than full detail, bm25 would give every match the same rank.
CREATE VIRTUAL TABLE words USING fts5(
    titles, people, franchises, synopsis, content='', tokenize='ascii'
);
