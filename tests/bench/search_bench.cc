// Searches of a library of many practices, as its clients see them.
#include <cmath>
#include <cstdio>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "access/access.h"
#include "figures.h"
#include "filled_store.h"
#include "modes.h"
#include "neshast/v1/practice.pb.h"
#include "neshast/v1/search_service.grpc.pb.h"
#include "search/subject.h"
#include "served.h"
#include "sessions/index.h"
#include "store/sqlite/sqlite_store.h"

namespace neshast::bench {
namespace {

constexpr int kWords = 20000;      // of the language the practices are written in
constexpr int kCharacters = 1000;  // of the one without spaces
constexpr int kTopics = 12;
constexpr int kPracticesAWrite = 2000;

// Word number 0 is as common as "the" would be, the others by Zipf's law.
class Language {
 public:
  std::string Word(int number) const {
    static const char* const kSyllables[] = {"ba", "ce", "di", "fo", "gu", "ha", "je", "ki",
                                             "lo", "mu", "na", "pe", "ri", "so", "tu", "va"};
    std::string word;
    for (unsigned rest = static_cast<unsigned>(number) + 16; rest > 0; rest /= 16) {
      word += kSyllables[rest % 16];
    }
    return word;
  }
  std::string Text(int words) {
    std::string text;
    for (int i = 0; i < words; ++i) absl::StrAppend(&text, i > 0 ? " " : "", Word(Rank(kWords)));
    return text;
  }
  std::string Spaceless(int characters) {
    std::string text;
    for (int i = 0; i < characters; ++i) {
      const int code = 0x4e00 + 13 * Rank(kCharacters);
      text += {static_cast<char>(0xe0 | (code >> 12)), static_cast<char>(0x80 | (code >> 6 & 0x3f)),
               static_cast<char>(0x80 | (code & 0x3f))};
    }
    return text;
  }
  // By Zipf's law among `most`.
  int Rank(int most) {
    const double share = std::uniform_real_distribution<>(0, 1)(random_);
    return static_cast<int>(std::pow(most, share)) - 1;
  }
  int Any(int most) { return std::uniform_int_distribution<>(0, most - 1)(random_); }

 private:
  std::mt19937 random_{20261124};
};

v1::Practice PracticeOf(int number, Language& language) {
  v1::Practice practice;
  practice.set_name(absl::StrCat("practices/practice-", number));
  (*practice.mutable_title()->mutable_texts())["en"] = language.Text(5);
  (*practice.mutable_title()->mutable_texts())["zh"] = language.Spaceless(8);
  (*practice.mutable_summary()->mutable_texts())["en"] = language.Text(40);
  practice.set_city(CityName(language.Any(kCities)));
  practice.add_topics(absl::StrCat("topics/topic-", language.Any(kTopics)));
  practice.set_visibility(static_cast<v1::Visibility>(1 + number % 3));
  practice.set_begin_date(absl::StrCat(2000 + language.Any(26), "-01-01"));
  return practice;
}

void AddPractices(const std::string& directory, int64_t practices, Language& language) {
  const auto store = OpenSqliteStore({.path = directory + "/neshast.db",
                                      .indexer = IndexOf,
                                      .indexing = kIndexing,
                                      .synchronous = "OFF"});
  Require(store.status());
  for (int64_t from = 0; from < practices; from += kPracticesAWrite) {
    Require(WriteAndWait(**store, {"system", "bench.Fill"}, [&](Transaction& tx) -> absl::Status {
      for (int64_t i = from; i < std::min(practices, from + kPracticesAWrite); ++i) {
        RETURN_IF_ERROR(tx.PutMessage(PracticeOf(static_cast<int>(i), language)).status());
      }
      return absl::OkStatus();
    }));
  }
}

struct Asking {
  const char* what;
  std::function<v1::SearchRequest()> ask;
};

std::vector<Asking> Askings(Language& language) {
  const auto words = [&language](int count) {
    v1::SearchRequest request;
    for (int i = 0; i < count; ++i) {
      absl::StrAppend(request.mutable_query(), i > 0 ? " " : "",
                      language.Word(language.Rank(kWords)));
    }
    return request;
  };
  const auto quoted = [](const std::string& query) {
    v1::SearchRequest request;
    request.set_query(query);
    return request;
  };
  return {{"one word", [words] { return words(1); }},
          {"two words", [words] { return words(2); }},
          {"three words", [words] { return words(3); }},
          {"one of the 16 commonest",
           [&language, quoted] { return quoted(language.Word(language.Any(16))); }},
          {"a phrase of two",
           [words, quoted] { return quoted(absl::StrCat("\"", words(2).query(), "\"")); }},
          {"a beginning of 4 letters",
           [words, quoted] { return quoted(words(1).query().substr(0, 4) + "*"); }},
          {"two characters", [&language, quoted] { return quoted(language.Spaceless(2)); }},
          {"one word, a city, a topic, dates", [words, &language] {
             v1::SearchRequest request = words(1);
             request.add_cities(CityName(language.Any(kCities)));
             request.add_topics(absl::StrCat("topics/topic-", language.Any(kTopics)));
             request.set_from_date("2010-01-01");
             return request;
           }}};
}

}  // namespace

void MeasureSearch(int64_t practices, int calls) {
  const Directory directory;
  Language language;
  const Filled filled = Fill(directory.path(), 100, 1, 1);
  const Clock::time_point began = Clock::now();
  AddPractices(directory.path(), practices, language);
  std::printf("search: %lld practices written in %.0f s\n", static_cast<long long>(practices),
              SecondsSince(began));
  const Served served(directory.path());
  const auto stub = v1::SearchService::NewStub(served.Connect());
  std::vector<double> all;
  const auto measure = [&](const Asking& asking, bool counts) {
    std::vector<double> times;
    double found = 0;
    for (int i = 0; i < calls; ++i) {
      v1::SearchRequest request = asking.ask();
      request.set_page_size(20);
      grpc::ClientContext context;
      const std::string& token = i % 2 == 0 ? filled.officers[0] : filled.secretaries[0];
      context.AddMetadata("authorization", absl::StrCat("Bearer ", token));
      v1::SearchResponse response;
      const Clock::time_point asked = Clock::now();
      Require(stub->Search(&context, request, &response));
      times.push_back(SecondsSince(asked) * 1e3);
      found += response.total_size();
    }
    if (!counts) return;
    all.insert(all.end(), times.begin(), times.end());
    std::printf("  %-34s median %6.1f ms, 95 of 100 below %6.1f ms, %6.0f found\n", asking.what,
                Median(times), Quantile(times, 0.95), found / calls);
  };
  const std::vector<Asking> askings = Askings(language);
  for (const Asking& asking : askings) measure(asking, false);
  for (const Asking& asking : askings) measure(asking, true);
  std::printf("  %-34s median %6.1f ms, 95 of 100 below %6.1f ms\n", "all", Median(all),
              Quantile(all, 0.95));
}

}  // namespace neshast::bench
