-- Times are Unix microseconds, the hours of an occupancy Unix seconds.

CREATE TABLE meta (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch TEXT NOT NULL,
  format INTEGER NOT NULL,
  refused_commits INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE document (
  name TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  parent TEXT NOT NULL,
  revision INTEGER NOT NULL,
  audience TEXT NOT NULL, -- one member a line
  lists TEXT NOT NULL, -- its rows in listing, one a line: they are removed without another index
  occupied TEXT NOT NULL, -- its rows in occupancy, one a line: begins ends strength expires party
  body BLOB NOT NULL
) STRICT;
CREATE INDEX document_by_parent ON document (kind, parent, name);

CREATE TABLE change (
  revision INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  at INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  audience TEXT NOT NULL, -- one member a line
  digest BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;

CREATE TABLE change_audience (
  audience TEXT NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (audience, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE occupancy (
  party TEXT NOT NULL,
  begins INTEGER NOT NULL,
  holder TEXT NOT NULL,
  ends INTEGER NOT NULL,
  strength INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  PRIMARY KEY (party, begins, holder)
) STRICT, WITHOUT ROWID;

CREATE TABLE listing (
  list TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (list, kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE request (
  actor TEXT NOT NULL,
  id TEXT NOT NULL,
  digest BLOB NOT NULL,
  response BLOB NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (actor, id)
) STRICT;
CREATE INDEX request_by_age ON request (at);
