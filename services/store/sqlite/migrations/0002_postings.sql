-- What searches find documents by. A document's own rows: searchable (its id stands in document) and
-- a posting for each of its words; a shelf is shared by all that have the same readers and labels.

ALTER TABLE meta ADD COLUMN indexing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN searchable INTEGER NOT NULL DEFAULT 0;

CREATE TABLE shelf (
  id INTEGER PRIMARY KEY,
  traits TEXT NOT NULL UNIQUE, -- its readers one a line, an empty line, its labels one a line
  documents INTEGER NOT NULL -- how many stand on it; with the last it goes
) STRICT;

CREATE TABLE searchable (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  shelf INTEGER NOT NULL,
  begins TEXT NOT NULL,
  ends TEXT NOT NULL,
  digest BLOB NOT NULL, -- of all that it is searched by
  words TEXT NOT NULL -- its rows in posting, one a line: they are removed without another index
) STRICT;

CREATE TABLE posting (
  word TEXT NOT NULL,
  document INTEGER NOT NULL,
  shelf INTEGER NOT NULL,
  weight INTEGER NOT NULL,
  positions BLOB NOT NULL, -- differences, 7 bits a byte
  PRIMARY KEY (word, document)
) STRICT, WITHOUT ROWID;
