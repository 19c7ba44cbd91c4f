// The canonical text of minutes: the one sequence of bytes that they are, by which they are
// digested and sealed. The same minutes give the same bytes, whatever wrote them.
//
// Text is UTF-8 in Unicode Normalization Form C. A part has a title and lines; a line is a key, a
// space and a value, and ends with "\n"; what is empty, 0 or false has no line. Values hold no line
// break: the contract admits none. Enums are written as the contract names their values, times as
// RFC 3339 in UTC to the second. Lists stand in their stored order, except that translations and
// titles are ordered by the bytes of their language tags, and entries as they are to be read, by
// place and then by name. The parts, in this order:
//
//   minutes      name, session, title LANGUAGE TEXT …, begins WALL ZONE INSTANT, seconds, language
//                TAG STANDING …, version, circulated, closed, silence, amends, why, text DIGEST
//   attendance   for each row: person NAME, city, printed, seat, role, presence, source, entered,
//   for entry N NAME       for each entry that is no statement, numbered from 1: type, city,
//   speaker,
//                item, amends, original TAG TEXT, translation TAG STANDING [OUTDATED] TEXT …
//   statement N NAME   for each annexed statement: city, speaker, late, original TAG TEXT
//   corrections  for each: correction ENTRY, city, by, version, filed, late, state, proposed TAG
//   TEXT,
//                remark, answer
//   adoptions    for each party: party NAME STATE, reason, and of its adoption: mode, version, text
//                DIGEST, by, person, adopted, reservation [TAG] TEXT; then lapsed adoptions alike
//
// The digest of the text, which adoptions name, is the SHA-256 over the entry parts alone, each as
// "= TITLE" and its lines: what is annexed, filed or declared beside them does not change what was
// adopted.
#pragma once

#include <string>
#include <vector>

#include "neshast/v1/minutes.pb.h"
#include "seal/sealed_file.h"

namespace neshast {

// The parts of `minutes` with these entries, in reading order.
std::vector<seal::Part> PartsOf(const v1::Minutes& minutes,
                                const std::vector<v1::MinutesEntry>& entries);

// The digest of the text of these entries, in hexadecimal.
std::string TextDigestOf(const std::vector<v1::MinutesEntry>& entries);

// "2026-12-08T10:00:00Z".
std::string InstantText(const google::protobuf::Timestamp& time);

}  // namespace neshast
