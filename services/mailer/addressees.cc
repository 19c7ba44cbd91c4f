#include "mailer/addressees.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "rpc/policy.h"

namespace neshast {
namespace {

constexpr int kPage = 1000;

// The document of this name, nullopt where there is none.
template <class Resource>
absl::StatusOr<std::optional<Resource>> Find(const std::string& name, Transaction& tx) {
  auto found = tx.Get<Resource>(name);
  if (absl::IsNotFound(found.status())) return std::optional<Resource>();
  RETURN_IF_ERROR(found.status());
  return std::optional<Resource>(*std::move(found));
}

// Adds who was told of `session`.
absl::Status AddTold(const v1::Session& session, Transaction& tx, std::set<std::string>& people) {
  ListQuery query{
      .kind = "Told", .parent = session.name(), .list = {}, .after = "", .limit = kPage};
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<v1::Told> page, tx.List<v1::Told>(query));
    for (const v1::Told& told : page) {
      people.insert(absl::StrCat("people/", told.name().substr(told.name().rfind('/') + 1)));
    }
    if (page.size() < static_cast<size_t>(kPage)) return absl::OkStatus();
    query.after = page.back().name();
  }
}

absl::StatusOr<Addressee> Load(const v1::Session& session, const std::string& person, bool named,
                               Transaction& tx) {
  Addressee addressee;
  addressee.named = named;
  ASSIGN_OR_RETURN(auto found, Find<v1::Person>(person, tx));
  if (found) addressee.person = *std::move(found);
  ASSIGN_OR_RETURN(addressee.told, Find<v1::Told>(ToldName(session.name(), person), tx));
  if (addressee.told && !addressee.told->mail().empty()) {
    ASSIGN_OR_RETURN(addressee.last, Find<v1::Mail>(addressee.told->mail(), tx));
  }
  return addressee;
}

}  // namespace

absl::StatusOr<Addressee> AddresseeOf(const v1::Session& session, const std::string& person,
                                      Transaction& tx) {
  const std::vector<std::string> people = ObjectOf(session).people;
  const bool named = std::find(people.begin(), people.end(), person) != people.end();
  return Load(session, person, named, tx);
}

absl::StatusOr<std::vector<std::pair<Addressee, Letter>>> DueOf(const v1::Session& session,
                                                                Transaction& tx) {
  std::vector<std::pair<Addressee, Letter>> due;
  if (session.state() == v1::Session::STATE_DRAFT || IsOver(session, tx.now())) return due;
  const std::vector<std::string> called = ObjectOf(session).people;
  const std::set<std::string> named(called.begin(), called.end());
  std::set<std::string> people = named;
  RETURN_IF_ERROR(AddTold(session, tx, people));
  for (const std::string& person : people) {
    ASSIGN_OR_RETURN(Addressee addressee, Load(session, person, named.count(person) > 0, tx));
    if (auto letter = LetterDue(session, addressee, tx.now())) {
      due.emplace_back(std::move(addressee), *std::move(letter));
    }
  }
  return due;
}

absl::StatusOr<Occasion> OccasionOf(const v1::Session& session, const v1::Person& person,
                                    Transaction& tx) {
  Occasion occasion{.session = session, .person = person, .city = {}, .host = {}, .cities = {}};
  ASSIGN_OR_RETURN(occasion.city, tx.Get<v1::City>(person.city()));
  ASSIGN_OR_RETURN(occasion.host, tx.Get<v1::City>(session.host()));
  for (const v1::Delegation& delegation : session.delegations()) {
    ASSIGN_OR_RETURN(occasion.cities.emplace_back(), tx.Get<v1::City>(delegation.city()));
  }
  return occasion;
}

}  // namespace neshast
