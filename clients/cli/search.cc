// search
#include <iostream>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/commands.h"
#include "neshast/v1/search_service.grpc.pb.h"

namespace neshast::cli {
namespace {

struct Arguments {
  std::string query;
  std::vector<std::string> kinds;
  std::vector<std::string> cities;
  std::vector<std::string> topics;
  std::string language;
  std::string from;
  std::string until;
  int limit = 20;
};

v1::SearchRequest RequestOf(const Arguments& arguments) {
  v1::SearchRequest request;
  request.set_query(arguments.query);
  for (const std::string& kind : arguments.kinds) {
    request.add_kinds(ValueOf<v1::SearchKind>(kind));
  }
  for (const std::string& city : arguments.cities) {
    request.add_cities(ResourceName("cities", city));
  }
  for (const std::string& topic : arguments.topics) {
    request.add_topics(ResourceName("topics", topic));
  }
  request.set_language(arguments.language);
  request.set_from_date(arguments.from);
  request.set_until_date(arguments.until);
  request.set_page_size(arguments.limit);
  return request;
}

// The snippet with what was found painted; elsewhere than on a terminal in [brackets].
std::string Marked(const v1::Snippet& snippet) {
  std::string marked;
  int character = 0;
  auto range = snippet.highlights().begin();
  std::string found;
  const bool painted = Painted("x", Tone::kGood) != "x";
  for (const char byte : snippet.text()) {
    const bool starts = (byte & 0xc0) != 0x80;  // a character of UTF-8
    if (starts && range != snippet.highlights().end() && character == range->end()) {
      absl::StrAppend(&marked, painted ? Painted(found, Tone::kGood) : "[" + found + "]");
      found.clear();
      ++range;
    }
    const bool inside =
        range != snippet.highlights().end() && character - (starts ? 0 : 1) >= range->begin();
    (inside ? found : marked) += byte;
    if (starts) ++character;
  }
  if (!found.empty()) {
    absl::StrAppend(&marked, painted ? Painted(found, Tone::kGood) : "[" + found + "]");
  }
  return marked;
}

// "Cities: xian 3, florence 1"
void PrintFacets(const v1::SearchResponse& response) {
  static const std::map<v1::SearchFacet::Dimension, const char*> kHeadings{
      {v1::SearchFacet::DIMENSION_KIND, "Kinds"},
      {v1::SearchFacet::DIMENSION_CITY, "Cities"},
      {v1::SearchFacet::DIMENSION_TOPIC, "Topics"},
      {v1::SearchFacet::DIMENSION_LANGUAGE, "Languages"}};
  for (const auto& [dimension, heading] : kHeadings) {
    std::vector<std::string> counts;
    for (const v1::SearchFacet& facet : response.facets()) {
      if (facet.dimension() != dimension) continue;
      v1::SearchKind kind = v1::SEARCH_KIND_UNSPECIFIED;
      const bool is_kind = v1::SearchKind_Parse(facet.value(), &kind);
      counts.push_back(
          absl::StrCat(is_kind ? WordOf(kind) : IdOf(facet.value()), " ", facet.count()));
    }
    if (!counts.empty()) std::cout << heading << ": " << absl::StrJoin(counts, ", ") << "\n";
  }
}

void Search(Connection& connection, const Arguments& arguments) {
  const auto response = connection.Call(&v1::SearchService::Stub::Search, RequestOf(arguments));
  if (!response || PrintDocument(connection.format, *response)) return;
  std::cout << Counted(response->total_size(), "result") << "\n";
  for (const v1::SearchResult& result : response->results()) {
    std::cout << Painted(TextOf(result.title()), Tone::kHeading) << "  "
              << Painted(result.name(), Tone::kQuiet) << "\n";
    if (!result.snippet().text().empty()) std::cout << "  " << Marked(result.snippet()) << "\n";
  }
  PrintFacets(*response);
}

}  // namespace

void AddSearchCommand(CLI::App& app, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* search = AddVerb(
      app, "search", "Find sessions, people, practices and more by their words",
      [&connection, arguments] { Search(connection, *arguments); },
      "  neshast search \"epidemias Xi'an\" --kind practice\n"
      "  neshast search '\"field hospital\" epidem*' --language es --from 2020-01-01\n");
  search
      ->add_option("query", arguments->query,
                   "Words, \"words one after another\" in quotes, beginnings*")
      ->required();
  AddRepeated(*search, "--kind", arguments->kinds, "Only this kind")
      ->check(CLI::IsMember(WordsOf<v1::SearchKind>()));
  AddRepeated(*search, "--city", arguments->cities, "Only what is of this city or with it");
  AddRepeated(*search, "--topic", arguments->topics, "Only what is on this topic");
  search->add_option("--language", arguments->language, "Only what has a text in it, such as es");
  AddDate(*search, "--from", arguments->from, "Only what lies on or after this date");
  AddDate(*search, "--until", arguments->until, "Only what lies before this date");
  search->add_option("--limit", arguments->limit, "How many are shown")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
}

}  // namespace neshast::cli
