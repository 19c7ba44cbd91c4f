#include "store/contract.h"

#include <utility>

namespace neshast {
namespace {

Index IndexSession(const v1::Session& session) {
  const bool confirmed = session.state() == v1::Session::STATE_CONFIRMED;
  const int64_t begins = session.start_time().instant().seconds();
  Index index{.occupancy = {}, .lists = {}, .audience = {session.host()}};
  for (const v1::Delegation& delegation : session.delegations()) {
    index.audience.push_back(delegation.city());
    for (const std::string& person : delegation.required_people()) {
      index.occupancy.push_back(
          {.party = person,
           .begins = begins,
           .ends = begins + session.duration().seconds(),
           .strength = confirmed ? Occupancy::Strength::kBusy : Occupancy::Strength::kTentative});
    }
  }
  for (const std::string& city : index.audience) index.lists.push_back("sessions@" + city);
  return index;
}

Index IndexHold(const v1::Hold& hold) {
  const int64_t begins = hold.start_time().instant().seconds();
  Index index{.occupancy = {}, .lists = {}, .audience = {hold.host()}};
  for (const std::string& person : hold.people()) {
    index.occupancy.push_back({.party = person,
                               .begins = begins,
                               .ends = begins + hold.duration().seconds(),
                               .strength = Occupancy::Strength::kHeld,
                               .expires = hold.expire_time().seconds()});
  }
  return index;
}

}  // namespace

Index IndexSessionsAndHolds(const google::protobuf::Message& message) {
  if (const auto* session = dynamic_cast<const v1::Session*>(&message))
    return IndexSession(*session);
  if (const auto* hold = dynamic_cast<const v1::Hold*>(&message)) return IndexHold(*hold);
  return {};
}

v1::Session MakeSession(const SessionPlan& plan) {
  v1::Session session;
  session.set_name(plan.name);
  session.set_kind(v1::Session::KIND_MAYORS_DIALOGUE);
  auto& texts = *session.mutable_title()->mutable_texts();
  texts["fa"] = "گفت‌وگوی شهرداران";
  texts["zh"] = "市长对话";
  texts["en"] = "Mayors' dialogue";
  session.set_host("cities/isfahan");
  session.mutable_start_time()->mutable_instant()->set_seconds(kHourZero + plan.hour * kHour);
  session.mutable_duration()->set_seconds(plan.hours * kHour);
  session.set_state(plan.state);
  v1::Delegation& delegation = *session.add_delegations();
  delegation.set_city(plan.city);
  for (const std::string& person : plan.people) delegation.add_required_people(person);
  return session;
}

absl::Status Book(Transaction& tx, const SessionPlan& plan) {
  const v1::Session session = MakeSession(plan);
  for (const Occupancy& wanted : IndexSessionsAndHolds(session).occupancy) {
    ASSIGN_OR_RETURN(const std::vector<Occupancy> occupied,
                     tx.Occupied({.party = wanted.party,
                                  .begins = wanted.begins,
                                  .ends = wanted.ends,
                                  .least = Occupancy::Strength::kHeld}));
    if (!occupied.empty()) return absl::FailedPreconditionError(occupied[0].holder);
  }
  return tx.PutMessage(session).status();
}

StoreContract::StoreContract() : place_(GetParam().make_place()) {
  now_ = kHourZero * 1'000'000;
  settings_ = {.indexer = IndexSessionsAndHolds, .clock = [this] { return now(); }};
  Reopen();
}

void StoreContract::Reopen() {
  store_ = nullptr;
  absl::StatusOr<std::unique_ptr<Store>> opened = place_->Open(settings_);
  if (!opened.ok()) {
    ADD_FAILURE() << opened.status();
    std::abort();  // nothing below can say anything
  }
  store_ = *std::move(opened);
}

absl::Status StoreContract::Do(std::function<absl::Status(Transaction&)> fn) {
  return WriteAndWait(*store_, {.actor = "people/shirin", .action = "BookSession"}, std::move(fn));
}

absl::Status StoreContract::Put(const google::protobuf::Message& message) {
  return Do([&](Transaction& tx) { return tx.PutMessage(message).status(); });
}

absl::Status StoreContract::Remove(const std::string& name) {
  return Do([&](Transaction& tx) { return tx.Delete(name); });
}

std::vector<Change> StoreContract::Log(const ChangeQuery& query) {
  std::vector<Change> changes;
  EXPECT_EQ(absl::OkStatus(), store_->Read([&](Transaction& tx) {
    ASSIGN_OR_RETURN(changes, tx.Changes(query));
    return absl::OkStatus();
  }));
  return changes;
}

std::vector<std::string> StoreContract::ListNames(const ListQuery& query) {
  std::vector<std::string> names;
  EXPECT_EQ(absl::OkStatus(), store_->Read([&](Transaction& tx) {
    ASSIGN_OR_RETURN(const std::vector<Document> documents, tx.ListDocuments(query));
    for (const Document& document : documents) names.push_back(document.name);
    return absl::OkStatus();
  }));
  return names;
}

std::vector<std::string> StoreContract::HoldersOf(const OccupancyQuery& query) {
  std::vector<std::string> holders;
  EXPECT_EQ(absl::OkStatus(), store_->Read([&](Transaction& tx) {
    ASSIGN_OR_RETURN(const std::vector<Occupancy> occupied, tx.Occupied(query));
    for (const Occupancy& one : occupied) holders.push_back(one.holder);
    return absl::OkStatus();
  }));
  return holders;
}

bool StoreContract::Exists(const std::string& name) {
  return store_->Read([&](Transaction& tx) { return tx.GetDocument(name).status(); }).ok();
}

int64_t StoreContract::Revision() {
  int64_t revision = -1;
  EXPECT_EQ(absl::OkStatus(), store_->Read([&](Transaction& tx) {
    ASSIGN_OR_RETURN(revision, tx.Revision());
    return absl::OkStatus();
  }));
  return revision;
}

}  // namespace neshast
