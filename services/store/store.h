// The store: documents, their indexes and the one log.
//
// Every change to a document appends one entry to the log, with the next revision, in the same
// transaction. Whatever must react to a change reads the log; there is no other way to learn of
// one. Two engines implement this header (SQLite, PostgreSQL); one contract suite holds both
// (store/contract.h). Times are taken from the transaction, never from the clock of the caller.
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "errors.h"
#include "status_macros.h"

namespace neshast {

// A claim or a trace of one party in a half-open interval of instants. Unix seconds.
// No interval is longer than kLongestOccupancy: that bound is what makes look-ups by time flat.
struct Occupancy {
  enum class Strength {
    kListed = 0,  // stands in the party's list, keeps nobody busy (cities, cancelled, moved away)
    kTentative = 1,  // a draft: shown, refuses nothing
    kHeld = 2,       // a hold: refuses others until it expires
    kBusy = 3,       // a confirmed session: refuses others
  };
  std::string party;  // resource name: a person, a city
  int64_t begins = 0;
  int64_t ends = 0;
  std::string holder = {};  // resource name of the session or hold; set by the store
  Strength strength = Strength::kListed;
  int64_t expires = std::numeric_limits<int64_t>::max();  // Unix seconds; later it is not there

  bool operator==(const Occupancy&) const = default;
};

inline constexpr int64_t kLongestOccupancy = int64_t{24} * 60 * 60;  // seconds

// A word of a document. `weight` says how much the document is about it, in thousandths: the term
// frequency of BM25 with the document's length already in it. Positions, ascending, are those of
// the words that follow each other; none where the word stands in no text.
struct Posting {
  std::string word;
  int weight = 0;
  std::vector<int> positions = {};

  bool operator==(const Posting&) const = default;
};

// What a document is searched by.
struct Searchable {
  // Whoever has one of these finds it: "public", "party:cities/xian". The others do not count it.
  std::vector<std::string> readers = {};
  // What results are filtered and counted by: "city:cities/xian", "language:fa".
  std::vector<std::string> labels = {};
  // The dates it lasts from and to, ISO, both inclusive; empty: from or for ever.
  std::string begins = {};
  std::string ends = {};
  std::vector<Posting> postings = {};

  bool operator==(const Searchable&) const = default;
};

// What the store keeps beside a document so that it is found; a pure function of the document.
struct Index {
  std::vector<Occupancy> occupancy = {};
  // Lists it stands in besides its parent's: "people@cities/xian".
  std::vector<std::string> lists = {};
  // Whose log shows its changes: "cities/xian", "directory".
  std::vector<std::string> audience = {};
  // Absent: no search finds it.
  std::optional<Searchable> searchable = std::nullopt;
};
using Indexer = std::function<Index(const google::protobuf::Message&)>;

// A document as it lies in the store: `body` is the serialised message without its etag.
struct Document {
  std::string name;
  std::string kind;  // the message's name: "Session"
  int64_t revision = 0;
  std::string body;
};

// One entry of the log. `hash` covers the entry before and everything here but itself, and of the
// document only its digest, so that a person's data can be erased without breaking the chain.
struct Change {
  int64_t revision = 0;  // 1, 2, 3 … without gaps
  std::string name;
  std::string kind;
  std::string actor;   // resource name of the principal, or "system"
  std::string action;  // full method name, or what the system did
  absl::Time at;
  bool deleted = false;
  std::vector<std::string> audience;  // of the document before and after; sorted, unique
  std::string digest;                 // SHA-256 of the body; empty when deleted
  std::string hash;                   // SHA-256
};

// An answer kept so that the same request, sent again, gets it again.
struct RecordedAnswer {
  std::string request_digest;  // SHA-256 over method and request
  std::string response;
};

// Which documents List returns: those of `kind` under `parent` (its resource name, "" for the top
// level) or, if set, in the list `list`; ordered by name, after `after`, at most `limit`.
struct ListQuery {
  std::string kind;
  std::string parent = {};
  std::optional<std::string> list = std::nullopt;
  std::string after = {};
  int limit = 50;
};

// Which occupancies Occupied returns: those of `party` that overlap [begins, ends) and have not
// expired, of at least `least` strength, ordered by (begins, holder), after the given pair.
struct OccupancyQuery {
  std::string party;
  int64_t begins = 0;
  int64_t ends = 0;
  Occupancy::Strength least = Occupancy::Strength::kListed;
  int64_t after_begins = std::numeric_limits<int64_t>::min();
  std::string after_holder = {};
  int limit = 1000;
};

// Which log entries Changes returns: after revision `after`, in order, at most `limit`; with
// `audiences`, only those whose audience holds one of them.
struct ChangeQuery {
  int64_t after = 0;
  int limit = 100;
  std::optional<std::vector<std::string>> audiences = std::nullopt;
};

// A word that is looked for, or the beginning of one, so many places after the first of its phrase.
struct SoughtWord {
  std::string text;
  bool beginning = false;
  int place = 0;
};
using SoughtPhrase = std::vector<SoughtWord>;

// What Search finds: documents that hold, of every term, one of its phrases, and that have a reader
// and, of every group of labels, a label; that last, in part, on or after `from` and before `until`
// (ISO dates; empty: no bound).
struct SearchQuery {
  std::vector<std::vector<SoughtPhrase>> terms;
  std::vector<std::string> readers;
  std::vector<std::vector<std::string>> labels = {};
  std::string from = {};
  std::string until = {};
  int offset = 0;
  int limit = 50;
};

// What was found: names from `offset` on, best first; how many there are, and of them by label.
// What has none of the readers plays no part in any of it.
struct SearchAnswer {
  std::vector<std::string> names;
  int64_t total = 0;
  std::map<std::string, int64_t> counts;
};

// One transaction. Reads see one state of the store and what this transaction itself wrote.
class Transaction {
 public:
  virtual ~Transaction() = default;

  // When the transaction began, to the microsecond: the only "now" there is for a handler.
  virtual absl::Time now() const = 0;

  // NOT_FOUND / RESOURCE_NOT_FOUND when no document has this name.
  virtual absl::StatusOr<Document> GetDocument(absl::string_view name) = 0;
  virtual absl::StatusOr<std::vector<Document>> ListDocuments(const ListQuery& query) = 0;
  // Every document of every kind, ordered by name, after `after`; to verify or to export.
  virtual absl::StatusOr<std::vector<Document>> AllDocuments(absl::string_view after,
                                                             int limit) = 0;

  // Creates or replaces the document of this name with its index rows and a log entry, and returns
  // its revision. The message needs a string field `name`; a field `etag` is not stored.
  virtual absl::StatusOr<int64_t> PutMessage(const google::protobuf::Message& message) = 0;
  // Removes it and leaves a tombstone in the log. NOT_FOUND as above.
  virtual absl::Status Delete(absl::string_view name) = 0;

  virtual absl::StatusOr<std::vector<Occupancy>> Occupied(const OccupancyQuery& query) = 0;
  virtual absl::StatusOr<SearchAnswer> Search(const SearchQuery& query) = 0;

  virtual absl::StatusOr<std::vector<Change>> Changes(const ChangeQuery& query) = 0;
  // The newest revision, 0 in an empty store.
  virtual absl::StatusOr<int64_t> Revision() = 0;

  // The answer given to this actor's request of this id in the last 24 hours.
  virtual absl::StatusOr<std::optional<RecordedAnswer>> FindAnswer(
      absl::string_view actor, absl::string_view request_id) = 0;
  virtual absl::Status RecordAnswer(absl::string_view actor, absl::string_view request_id,
                                    const RecordedAnswer& answer) = 0;

  // The typed faces of the above. A resource read has its etag set.
  template <class Resource>
  absl::StatusOr<Resource> Get(absl::string_view name);
  // As Get, and ABORTED / ETAG_MISMATCH (metadata: etag, the current one) when `etag` is not empty
  // and not the current one.
  template <class Resource>
  absl::StatusOr<Resource> Get(absl::string_view name, absl::string_view etag);
  template <class Resource>
  absl::StatusOr<std::vector<Resource>> List(const ListQuery& query);
  // Returns the resource as stored, with its new etag.
  template <class Resource>
  absl::StatusOr<Resource> Put(Resource resource);
};

// Who writes, for the log.
struct Writer {
  std::string actor;
  std::string action;
};

class Store {
 public:
  virtual ~Store() = default;

  // Runs `fn` in a read transaction on the calling thread. Any number may run at once.
  // UNAVAILABLE / STORE_UNAVAILABLE when the engine cannot be read.
  virtual absl::Status Read(const std::function<absl::Status(Transaction&)>& fn) = 0;

  // Queues `fn` as one write. It runs on a thread of the store, possibly again after a lost race,
  // so its only effect must be through the transaction. An error of `fn` leaves no trace and goes
  // to `done`; OK goes to `done` only when the change is durable. Errors of the engine: UNAVAILABLE
  // / STORE_UNAVAILABLE (disk full, read-only, unreachable), RESOURCE_EXHAUSTED / WRITE_QUEUE_FULL.
  // `done` runs on a thread of the store, or, when the queue is full, at once on the calling
  // thread; it must not wait.
  virtual void Write(Writer writer, std::function<absl::Status(Transaction&)> fn,
                     std::function<void(absl::Status)> done) = 0;

  // Calls `listener` with the newest revision after every commit that changed the log, before the
  // `done` of its writes. It must not wait. Returns a handle; when Unsubscribe returns, it is not
  // running and will not be called again.
  virtual int64_t Subscribe(std::function<void(int64_t revision)> listener) = 0;
  virtual void Unsubscribe(int64_t handle) = 0;

  // Names this history of revisions. A restored backup gets a new one, so that positions handed out
  // by the history that was lost are recognised.
  virtual const std::string& epoch() const = 0;
};

// Write, and wait for it. For start-up and tests, never on a thread that serves calls.
absl::Status WriteAndWait(Store& store, Writer writer,
                          std::function<absl::Status(Transaction&)> fn);

// The etag of a revision, and back; nullopt for a text that is no etag of ours.
std::string EtagOf(int64_t revision);
std::optional<int64_t> RevisionOf(absl::string_view etag);

// The name of the resource that `name` stands under: "sessions/x" for "sessions/x/minutes", "" for
// "sessions/x".
std::string ParentOf(absl::string_view name);

// Parses a document into `message` and sets its etag. INTERNAL / CORRUPT_DOCUMENT if it does not
// parse.
absl::Status ParseDocument(const Document& document, google::protobuf::Message& message);

// The message that a document is, with its etag set; INTERNAL for a kind that this program has not.
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> MessageOf(const Document& document);

// ABORTED / ETAG_MISMATCH unless `etag` is empty or that of `revision`.
absl::Status CheckEtag(int64_t revision, absl::string_view etag);

template <class Resource>
absl::StatusOr<Resource> Transaction::Get(absl::string_view name) {
  return Get<Resource>(name, "");
}

template <class Resource>
absl::StatusOr<Resource> Transaction::Get(absl::string_view name, absl::string_view etag) {
  ASSIGN_OR_RETURN(const Document document, GetDocument(name));
  RETURN_IF_ERROR(CheckEtag(document.revision, etag));
  Resource resource;
  RETURN_IF_ERROR(ParseDocument(document, resource));
  return resource;
}

template <class Resource>
absl::StatusOr<std::vector<Resource>> Transaction::List(const ListQuery& query) {
  ASSIGN_OR_RETURN(const std::vector<Document> documents, ListDocuments(query));
  std::vector<Resource> resources(documents.size());
  for (size_t i = 0; i < documents.size(); ++i) {
    RETURN_IF_ERROR(ParseDocument(documents[i], resources[i]));
  }
  return resources;
}

template <class Resource>
absl::StatusOr<Resource> Transaction::Put(Resource resource) {
  ASSIGN_OR_RETURN(const int64_t revision, PutMessage(resource));
  resource.set_etag(EtagOf(revision));
  return resource;
}

}  // namespace neshast
