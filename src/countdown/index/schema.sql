-- The compiled catalogue. Days are proleptic Gregorian ordinals (0001-01-01 is 1), in UTC.
-- Text that is searched is folded: no case, accents or punctuation.

-- The program that built the index, and the layers as they were then, lowest first. A layer that was
-- missing has NULLs. Paths are those of the file system, which need not be text.
-- The index agrees with them from *first_day* to *last_day*, while what a source's licence limits
-- stays as it was; NULL is no limit.
CREATE TABLE build (version TEXT NOT NULL, first_day INTEGER, last_day INTEGER);
CREATE TABLE layer (
    key INTEGER PRIMARY KEY,
    path BLOB NOT NULL,
    size INTEGER,
    modified_ns INTEGER,
    inode TEXT,
    content_hash TEXT
);

-- The folder of the layers of sources, then these. What *is_blocked* couldn't be opened, or isn't the
-- user's alone, and can become usable without getting another stamp.
CREATE TABLE source_file (
    key INTEGER PRIMARY KEY,
    path BLOB NOT NULL,
    size INTEGER,
    modified_ns INTEGER,
    inode TEXT,
    content_hash TEXT,
    is_blocked INTEGER NOT NULL
);

CREATE TABLE release (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    stage TEXT,                 -- NULL: unknown
    has_date INTEGER NOT NULL,  -- 1: it has an effective date and is not shelved
    shelved_from INTEGER,       -- the first day on which it is known to be shelved; NULL: it isn't
    sequel_to TEXT,
    has_season_end INTEGER NOT NULL,  -- 1: the day on which all of it is out may be known
    checked INTEGER,            -- NULL: unknown
    record TEXT NOT NULL        -- all of it: see index/record.py
);

CREATE TABLE former_id (id TEXT NOT NULL, release INTEGER NOT NULL);

-- The date that counts, for each region and type that makes a difference; '' is all others.
CREATE TABLE effective_date (
    region TEXT NOT NULL,
    type TEXT NOT NULL,
    outcome INTEGER NOT NULL,   -- if it is past: 0 overdue, 1 released; 2: the stage is released
    latest INTEGER NOT NULL,    -- beyond the calendar if it has none: see ReleaseDate.order_days
    width INTEGER NOT NULL,     -- days from the earliest to the latest
    exact INTEGER NOT NULL,     -- 1: one day, announced as certain
    instant INTEGER,            -- POSIX time in s; NULL: only the day is known
    place TEXT NOT NULL,        -- the region of this date, or `unstated`; '' is worldwide
    release INTEGER NOT NULL
);

-- The moves that releases record, with the first and last day on which they may have been announced.
CREATE TABLE move (first INTEGER NOT NULL, last INTEGER NOT NULL, release INTEGER NOT NULL);

-- Each title once for every spelling under which it is looked up; the name is as it is written.
CREATE TABLE title (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    release INTEGER NOT NULL
);
CREATE TABLE person (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    spellings TEXT NOT NULL     -- folded, and the words that people write otherwise
);
CREATE TABLE credit (person INTEGER NOT NULL, job TEXT NOT NULL, release INTEGER NOT NULL);

-- Names of franchises and platforms, and the releases that carry them.
CREATE TABLE label (
    key INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,         -- franchise or platform
    folded TEXT NOT NULL,
    name TEXT NOT NULL          -- as it is written first
);
CREATE TABLE release_label (label INTEGER NOT NULL, release INTEGER NOT NULL);

-- The releases that entries of the user's own catalogue are about. A row of left_out says what of
-- that can't be used: see core/left_out.py.
CREATE TABLE own_release (id TEXT NOT NULL, is_left_out INTEGER NOT NULL);
CREATE TABLE left_out (
    reason TEXT NOT NULL,
    entries INTEGER NOT NULL,
    keys INTEGER NOT NULL,
    has_unknown_ids INTEGER NOT NULL
);

-- The sources whose layers could be read, and what each gave of the facts that the journal compares:
-- `name`, `stage`, `complete`, `cadence`, or the market of its dates after `dates `. An empty fact says
-- that it knows the release.
CREATE TABLE source (origin TEXT NOT NULL);
CREATE TABLE source_fact (origin TEXT NOT NULL, id TEXT NOT NULL, fact TEXT NOT NULL);

-- Folded text is letters, digits and spaces. This tokenizer takes everything beyond ASCII for a
-- letter; that of Unicode knows an older version of it than Python and would break words apart.
CREATE VIRTUAL TABLE title_words USING fts5(
    folded, content='title', content_rowid='key', detail=none, columnsize=0, tokenize='ascii'
);
CREATE VIRTUAL TABLE person_words USING fts5(
    spellings, content='person', content_rowid='key', detail=none, columnsize=0, tokenize='ascii'
);
-- Full detail: a word of a script without spaces is looked up as a phrase of its letters.
CREATE VIRTUAL TABLE words USING fts5(
    titles, people, labels, synopsis, content='', columnsize=0, tokenize='ascii'
);
