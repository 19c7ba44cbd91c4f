// What of a resource can be found, and by whom. A new kind that is to be found gets a branch in
// SubjectOf, a value of SearchKind and, where its texts have rules of their own, readers.
#pragma once

#include <google/protobuf/message.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "neshast/v1/text.pb.h"
#include "store/store.h"

namespace neshast {

// Raised whenever other words or readers follow from the same resource: the postings of a store
// that were made by another number are made anew when it is opened.
inline constexpr int kIndexing = 1;

// Readers: what a document is shown to, and what a caller is (ReadersOf in readers.h).
inline constexpr char kDirectoryReader[] = "directory";  // who may read the directory
inline constexpr char kOfficeReader[] = "office";        // who may see every session
inline constexpr char kPartnerReader[] = "partners";     // who may see what partners share
inline constexpr char kPublicReader[] = "public";        // who may see the library at all
std::string PartyReader(const std::string& city);        // who may see sessions of this city
std::string NamedReader(const std::string& person);      // sessions that name this person
std::string LibraryReader(const std::string& city);      // what this city's library holds

// Labels, by which results are filtered and counted.
inline constexpr char kKindLabel[] = "kind:";
inline constexpr char kCityLabel[] = "city:";
inline constexpr char kTopicLabel[] = "topic:";
inline constexpr char kLanguageLabel[] = "language:";

// A text in which words are found; `weight` is how many times a word counts there.
struct SubjectText {
  std::string language;  // BCP 47
  std::string text;
  int weight = 1;
};

// What a resource is about.
struct Subject {
  v1::LocalizedText title;
  std::vector<SubjectText> texts;  // the title's in the order of their languages, then the others
  std::vector<std::string> cities;
  std::vector<std::string> topics;
  std::vector<std::string> readers;
  std::string begins;  // dates as in Searchable
  std::string ends;
};

// Nothing for what is not searched.
std::optional<Subject> SubjectOf(const google::protobuf::Message& resource);

// What the store keeps for searches of `resource`.
std::optional<Searchable> SearchableOf(const google::protobuf::Message& resource);

// The word that stands in whatever is under the topic or about the city `name`, or, in the library,
// is of the kind `name`. No text has it.
std::string WordOfLabel(absl::string_view name);
// The word that stands in the topics and cities that have `word` in a name of theirs.
std::string WordOfName(absl::string_view word);

}  // namespace neshast
