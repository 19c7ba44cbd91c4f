#include "search/search.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "neshast/v1/search_service.pb.h"
#include "rpc/page.h"
#include "rpc/policy.h"
#include "search/readers.h"
#include "search/snippet.h"
#include "search/subject.h"
#include "words/query.h"

namespace neshast {
namespace {

constexpr int kLongestPage = 100;   // each result's texts are read for its snippet
constexpr int kDeepest = 10000;     // results that can be paged through
constexpr int kMostNamed = 20;      // topics and cities that a word may name
constexpr int kMostOfAFacet = 100;  // values of one dimension that are told

struct FoundKind {
  v1::SearchKind kind;
  const char* name;     // of the message
  v1::Action shown_by;  // the action that shows it
};
constexpr std::array<FoundKind, 9> kKinds = {{
    {v1::SEARCH_KIND_SESSION, "Session", v1::ACTION_SESSION_READ},
    {v1::SEARCH_KIND_CITY, "City", v1::ACTION_DIRECTORY_READ},
    {v1::SEARCH_KIND_PERSON, "Person", v1::ACTION_DIRECTORY_READ},
    {v1::SEARCH_KIND_ORGANIZATION, "Organization", v1::ACTION_DIRECTORY_READ},
    {v1::SEARCH_KIND_EXPERT_GROUP, "ExpertGroup", v1::ACTION_DIRECTORY_READ},
    {v1::SEARCH_KIND_NETWORK, "Network", v1::ACTION_DIRECTORY_READ},
    {v1::SEARCH_KIND_TOPIC, "Topic", v1::ACTION_LIBRARY_READ},
    {v1::SEARCH_KIND_PRACTICE, "Practice", v1::ACTION_LIBRARY_READ},
    {v1::SEARCH_KIND_INITIATIVE, "Initiative", v1::ACTION_LIBRARY_READ},
}};

const FoundKind* KindNamed(absl::string_view name) {
  const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                  [&](const FoundKind& each) { return name == each.name; });
  return found == kKinds.end() ? nullptr : &*found;
}

SoughtPhrase PhraseOf(const words::Term& term) {
  SoughtPhrase phrase;
  for (const words::Sought& word : term.words) {
    phrase.push_back({word.text, word.beginning, word.place});
  }
  return phrase;
}

// Each term, and besides it the topics and cities that it names in any language: so a practice that
// Xi'an wrote down in Chinese is found in Spanish, by its topic.
absl::Status AddTerms(const words::Query& words, Transaction& tx, SearchQuery& query) {
  for (const words::Term& term : words.terms) {
    auto& alternatives = query.terms.emplace_back();
    alternatives.push_back(PhraseOf(term));
    SoughtPhrase names = alternatives[0];
    for (SoughtWord& word : names) word.text = WordOfName(word.text);
    ASSIGN_OR_RETURN(
        const SearchAnswer named,
        tx.Search({.terms = {{std::move(names)}}, .readers = query.readers, .limit = kMostNamed}));
    for (const std::string& name : named.names) alternatives.push_back({{WordOfLabel(name)}});
  }
  return absl::OkStatus();
}

template <class Values>
void AddGroup(const char* label, const Values& values, SearchQuery& query) {
  if (values.empty()) return;
  auto& group = query.labels.emplace_back();
  for (const auto& value : values) group.push_back(absl::StrCat(label, value));
}

void AddFilters(const v1::SearchRequest& request, SearchQuery& query) {
  std::vector<std::string> kinds;
  for (const FoundKind& each : kKinds) {
    const auto& asked = request.kinds();
    if (std::find(asked.begin(), asked.end(), each.kind) != asked.end()) {
      kinds.emplace_back(each.name);
    }
  }
  AddGroup(kKindLabel, kinds, query);
  AddGroup(kCityLabel, request.cities(), query);
  AddGroup(kTopicLabel, request.topics(), query);
  if (!request.language().empty()) {
    AddGroup(kLanguageLabel, std::vector<std::string>{request.language()}, query);
  }
  query.from = request.from_date();
  query.until = request.until_date();
}

void AddFacets(v1::SearchFacet::Dimension dimension, const char* label,
               const std::map<std::string, int64_t>& counts, v1::SearchResponse& response) {
  std::vector<v1::SearchFacet> facets;
  for (auto each = counts.lower_bound(label); each != counts.end(); ++each) {
    absl::string_view value = each->first;
    if (!absl::ConsumePrefix(&value, label)) break;
    v1::SearchFacet& facet = facets.emplace_back();
    facet.set_dimension(dimension);
    const FoundKind* kind = KindNamed(value);
    facet.set_value(dimension == v1::SearchFacet::DIMENSION_KIND && kind != nullptr
                        ? v1::SearchKind_Name(kind->kind)
                        : std::string(value));
    facet.set_count(static_cast<int32_t>(each->second));
  }
  std::stable_sort(facets.begin(), facets.end(),
                   [](const auto& a, const auto& b) { return a.count() > b.count(); });
  if (facets.size() > kMostOfAFacet) facets.resize(kMostOfAFacet);
  for (v1::SearchFacet& facet : facets) *response.add_facets() = std::move(facet);
}

// The result `name`. The postings say who may see it; what the policy says of the thing itself has
// the last word.
absl::Status AddResult(const Caller& caller, const v1::SearchRequest& request,
                       const words::Query& words, const std::string& name, Transaction& tx,
                       v1::SearchResponse& response) {
  ASSIGN_OR_RETURN(const Document document, tx.GetDocument(name));
  ASSIGN_OR_RETURN(const MessagePtr resource, MessageOf(document));
  const FoundKind* kind = KindNamed(document.kind);
  const auto subject = SubjectOf(*resource);
  if (kind == nullptr || !subject.has_value() ||
      Authorize(caller, kind->shown_by, ObjectOf(*resource)) != Verdict::kAllow) {
    return absl::InternalError(absl::StrCat("A search found ", name, " for whom it is not."));
  }
  v1::SearchResult& result = *response.add_results();
  result.set_name(name);
  result.set_kind(kind->kind);
  *result.mutable_title() = subject->title;
  *result.mutable_snippet() = SnippetOf(*subject, words, request.language());
  return absl::OkStatus();
}

// What a page token is bound to.
std::string BindingOf(v1::SearchRequest request) {
  request.clear_page_size();
  request.clear_page_token();
  return absl::StrCat("search|", request.SerializeAsString());
}

absl::StatusOr<v1::SearchResponse> Search(const Caller& caller, const v1::SearchRequest& request,
                                          Transaction& tx) {
  ASSIGN_OR_RETURN(const words::Query words, words::ReadQuery(request.query()));
  const std::string binding = BindingOf(request);
  ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token(), binding));
  SearchQuery query{
      .terms = {}, .readers = ReadersOf(caller), .limit = std::min(page.size, kLongestPage)};
  if (!page.after.empty() && !absl::SimpleAtoi(page.after, &query.offset)) query.offset = kDeepest;
  RETURN_IF_ERROR(AddTerms(words, tx, query));
  AddFilters(request, query);
  ASSIGN_OR_RETURN(const SearchAnswer answer, tx.Search(query));
  v1::SearchResponse response;
  for (const std::string& name : answer.names) {
    RETURN_IF_ERROR(AddResult(caller, request, words, name, tx, response));
  }
  response.set_total_size(static_cast<int32_t>(answer.total));
  const int next = query.offset + query.limit;
  if (next < answer.total && next <= kDeepest) {
    response.set_next_page_token(PageToken(absl::StrCat(next), binding));
  }
  AddFacets(v1::SearchFacet::DIMENSION_KIND, kKindLabel, answer.counts, response);
  AddFacets(v1::SearchFacet::DIMENSION_CITY, kCityLabel, answer.counts, response);
  AddFacets(v1::SearchFacet::DIMENSION_TOPIC, kTopicLabel, answer.counts, response);
  AddFacets(v1::SearchFacet::DIMENSION_LANGUAGE, kLanguageLabel, answer.counts, response);
  return response;
}

}  // namespace

std::vector<Method> SearchMethods() {
  return {Bind("neshast.v1.SearchService.Search", &Search)};
}

}  // namespace neshast
