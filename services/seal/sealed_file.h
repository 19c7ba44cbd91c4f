// The file of sealed minutes: its form, how it is sealed, and how it is checked without the server.
//
// The file is UTF-8; every line, the last too, ends with "\n"; numbers that stand for bytes are
// lower-case hexadecimal. It begins with the manifest:
//
//   neshast sealed minutes 1
//   minutes sessions/…/minutes/1
//   sealed 2026-12-08T10:00:00Z
//   chain 123 <SHA-256: the hash of entry 123 of the server's log, its newest before the seal>
//   part <SHA-256 of a part> <its title>           one line for each part, in their order
//   digest <SHA-256 of all lines above>
//
// goes on with the seal:
//
//   key <Ed25519 public key>
//   signature <Ed25519 signature of the manifest, that is of every line up to that of the digest>
//
// and ends with the parts: of each a line "= <its title>", then its lines, none of which begins
// with "= ". The SHA-256 of a part is over all these lines. Nothing else stands in the file, so
// that no byte of it can be changed unseen. The seal attests what the server held, and when; it is
// no person's signature. Without us:
//   sed '/^key /,$d' FILE | openssl pkeyutl -verify -rawin -pubin -inkey KEY -sigfile SIGNATURE
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace neshast::seal {

// A part of a text: `title` is one line, `text` whole lines.
struct Part {
  std::string title;
  std::string text;
};

// What is sealed.
struct Sealing {
  std::string minutes;         // resource name
  std::string seal_time;       // "2026-12-08T10:00:00Z"
  int64_t chain_revision = 0;  // the newest revision of the log
  std::string chain_hash;      // its hash, in hexadecimal
  std::vector<Part> parts;
};

struct Sealed {
  std::string digest;  // these three in hexadecimal
  std::string signature;
  std::string public_key;
  std::string file;
};

// The file of `sealing`, sealed by a private key of 32 bytes.
Sealed Seal(const Sealing& sealing, const std::string& private_key);

// What is wrong with a file, in sentences that name the broken part; empty where it is whole and
// its seal holds. `expected_key`, where not empty, is the key that the seal must be by, in
// hexadecimal: without it the file shows only that it is unchanged since whoever holds the key in
// it has sealed it.
std::vector<std::string> FaultsOf(const std::string& file, const std::string& expected_key);

}  // namespace neshast::seal
