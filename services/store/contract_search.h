// The contract of searches; an engine instantiates SearchContract as it does StoreContract.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "store/contract.h"

namespace neshast {

// A session is searched by the words of its title, each weighing 1000 times its number there; its
// delegations may find it, and everybody where it is confirmed.
inline Index IndexWords(const google::protobuf::Message& message) {
  Index index = IndexSessionsAndHolds(message);
  const auto* session = dynamic_cast<const v1::Session*>(&message);
  if (session == nullptr || session->state() == v1::Session::STATE_CANCELLED) return index;
  Searchable searchable;
  if (session->state() == v1::Session::STATE_CONFIRMED) searchable.readers = {"public"};
  for (const v1::Delegation& delegation : session->delegations()) {
    searchable.readers.push_back(delegation.city());
    searchable.labels.push_back("city:" + delegation.city());
  }
  searchable.labels.push_back(absl::StrCat("kind:", static_cast<int>(session->kind())));
  searchable.begins = session->cancel_reason();
  searchable.ends = session->cancel_reason();
  std::map<std::string, Posting> postings;
  int position = 0;
  for (const absl::string_view word :
       absl::StrSplit(session->title().texts().at("en"), ' ', absl::SkipEmpty())) {
    Posting& posting = postings[std::string(word)];
    posting.word = std::string(word);
    posting.weight += 1000;
    posting.positions.push_back(position++);
  }
  for (auto& [word, posting] : postings) searchable.postings.push_back(std::move(posting));
  index.searchable = std::move(searchable);
  return index;
}

class SearchContract : public StoreContract {
 protected:
  SearchContract() {
    settings().indexer = IndexWords;
    Reopen();
  }

  struct Plan {
    std::string city = "cities/xian";
    v1::Session::State state = v1::Session::STATE_CONFIRMED;
    std::string date = "2026-12-01";
  };
  v1::Session Titled(const std::string& id, const std::string& title, const Plan& plan) {
    v1::Session session =
        MakeSession({.name = "sessions/" + id, .city = plan.city, .state = plan.state});
    (*session.mutable_title()->mutable_texts())["en"] = title;
    session.set_cancel_reason(plan.date);
    return session;
  }
  void Add(const std::string& id, const std::string& title) { Add(id, title, Plan()); }
  void Add(const std::string& id, const std::string& title, const Plan& plan) {
    ASSERT_EQ(absl::OkStatus(), Put(Titled(id, title, plan)));
  }

  SearchAnswer Find(const SearchQuery& query) {
    SearchAnswer answer;
    EXPECT_EQ(absl::OkStatus(), store().Read([&](Transaction& tx) {
      ASSIGN_OR_RETURN(answer, tx.Search(query));
      return absl::OkStatus();
    }));
    return answer;
  }
  // Words apart by spaces, of which "a_b" is a phrase, "a|b" any and "a*" a beginning.
  static SearchQuery Query(const std::string& text, std::vector<std::string> readers = {"public"}) {
    SearchQuery query{.terms = {}, .readers = std::move(readers)};
    for (const std::string& term : Split(text, ' ')) {
      auto& alternatives = query.terms.emplace_back();
      for (const std::string& phrase : Split(term, '|')) {
        auto& words = alternatives.emplace_back();
        for (const std::string& word : Split(phrase, '_')) {
          const bool beginning = word.back() == '*';
          words.push_back({word.substr(0, word.size() - (beginning ? 1 : 0)), beginning,
                           static_cast<int>(words.size())});
        }
      }
    }
    return query;
  }
  static std::vector<std::string> Split(const std::string& text, char by) {
    return absl::StrSplit(text, by, absl::SkipEmpty());
  }
  std::vector<std::string> Names(const std::string& text) { return Find(Query(text)).names; }
};

}  // namespace neshast
