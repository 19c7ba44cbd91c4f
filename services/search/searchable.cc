#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "search/subject.h"
#include "words/words.h"

namespace neshast {
namespace {

// BM25's usual constants, with a fixed average length: what it really is would tell of what is
// hidden.
constexpr double kSaturation = 1.2;
constexpr double kLengthMatters = 0.75;
constexpr double kAverageLength = 100;  // words of one language
constexpr int kLabelWeight = 1000;      // of a topic or city, in thousandths: one word of the text
constexpr int kBetweenTexts = 100;      // places: no phrase reaches into the next text

// The words of one language of a resource.
struct Counted {
  std::map<std::string, int> times;
  int length = 0;
};

int WeightOf(int times, int length) {
  const double norm = 1 - kLengthMatters + kLengthMatters * length / kAverageLength;
  return static_cast<int>(
      std::lround(1000 * times * (kSaturation + 1) / (times + kSaturation * norm)));
}

// Each language is a document of its own to BM25: a translation does not water a text down.
std::map<std::string, Posting> PostingsOf(const Subject& subject) {
  std::map<std::string, Posting> postings;
  std::map<std::string, Counted> languages;
  int place = 0;
  for (const SubjectText& text : subject.texts) {
    Counted& counted = languages[text.language];
    int last = 0;
    for (const words::Word& word : words::WordsOf(text.text)) {
      Posting& posting = postings[word.text];
      posting.positions.push_back(place + word.place);
      counted.times[word.text] += text.weight;
      counted.length += word.form == words::Form::kPart ? 0 : 1;
      last = word.place;
    }
    place += last + kBetweenTexts;
  }
  for (const auto& [language, counted] : languages) {
    for (const auto& [word, times] : counted.times) {
      Posting& posting = postings[word];
      posting.word = word;
      posting.weight = std::max(posting.weight, WeightOf(times, counted.length));
    }
  }
  return postings;
}

void AddNames(const std::map<std::string, Posting>& words, std::vector<Posting>& postings) {
  for (const auto& [text, posting] : words) {
    postings.push_back({WordOfName(text), posting.weight, posting.positions});
  }
}

}  // namespace

std::string WordOfLabel(absl::string_view name) {
  return absl::StrCat("=", name);
}

std::string WordOfName(absl::string_view word) {
  return absl::StrCat("@", word);
}

std::optional<Searchable> SearchableOf(const google::protobuf::Message& resource) {
  const std::optional<Subject> subject = SubjectOf(resource);
  if (!subject.has_value()) return std::nullopt;
  const std::string& kind = resource.GetDescriptor()->name();
  Searchable searchable{.readers = subject->readers,
                        .labels = {absl::StrCat(kKindLabel, kind)},
                        .begins = subject->begins,
                        .ends = subject->ends};
  std::map<std::string, Posting> words = PostingsOf(*subject);
  if (kind == "City" || kind == "Topic") AddNames(words, searchable.postings);
  // The library lists what a caller may see of it by a search for this.
  if (kind == "Practice" || kind == "Initiative") {
    searchable.postings.push_back({WordOfLabel(kind), kLabelWeight});
  }
  for (auto& [word, posting] : words) searchable.postings.push_back(std::move(posting));
  for (const std::string& city : subject->cities) {
    searchable.labels.push_back(absl::StrCat(kCityLabel, city));
    searchable.postings.push_back({WordOfLabel(city), kLabelWeight});
  }
  for (const std::string& topic : subject->topics) {
    searchable.labels.push_back(absl::StrCat(kTopicLabel, topic));
    searchable.postings.push_back({WordOfLabel(topic), kLabelWeight});
  }
  std::set<std::string> languages;
  for (const SubjectText& text : subject->texts) {
    if (text.language.rfind("und", 0) != 0) languages.insert(text.language);
  }
  for (const std::string& language : languages) {
    searchable.labels.push_back(absl::StrCat(kLanguageLabel, language));
  }
  return searchable;
}

}  // namespace neshast
