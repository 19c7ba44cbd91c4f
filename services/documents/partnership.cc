#include "documents/partnership.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "documents/standing.h"

namespace neshast {
namespace {

using v1::Partnership;

constexpr int kBatch = 500;

// All documents between the host and `city` alone.
absl::StatusOr<std::vector<v1::Document>> Between(const std::string& host, const std::string& city,
                                                  Transaction& tx) {
  std::vector<v1::Document> found;
  ListQuery query{.kind = "Document",
                  .parent = "",
                  .list = absl::StrCat("documents@", city),
                  .after = "",
                  .limit = kBatch};
  for (bool more = true; more;) {
    ASSIGN_OR_RETURN(std::vector<v1::Document> batch, tx.List<v1::Document>(query));
    more = batch.size() == kBatch;
    if (more) query.after = batch.back().name();
    for (v1::Document& each : batch) {
      if (each.host() == host && each.cities_size() == 2) found.push_back(std::move(each));
    }
  }
  return found;
}

// The first signature that made the cities partners.
std::string FirstSignature(const std::vector<v1::Document>& documents) {
  std::string first;
  for (const v1::Document& each : documents) {
    const std::string signed_date = SignedDateOf(each);
    if (each.kind() == v1::Document::KIND_LETTER_OF_INTENT || signed_date.empty()) continue;
    if (first.empty() || signed_date < first) first = signed_date;
  }
  return first;
}

absl::Status FollowStage(const std::string& host, const std::string& partner,
                         const std::string& today, bool may_fall, Transaction& tx) {
  ASSIGN_OR_RETURN(v1::City city, tx.Get<v1::City>(partner));
  ASSIGN_OR_RETURN(const auto documents, Between(host, partner, tx));
  const Partnership::Stage reached = city.partnership().stage();
  const Partnership::Stage stage = StageAfter(reached, StageOf(documents, today), may_fall);
  if (stage == reached) return absl::OkStatus();
  city.mutable_partnership()->set_stage(stage);
  if (stage == Partnership::STAGE_SIGNED && city.partnership().signed_date().empty()) {
    city.mutable_partnership()->set_signed_date(FirstSignature(documents));
  }
  return tx.Put(std::move(city)).status();
}

}  // namespace

absl::StatusOr<v1::Document> Keep(v1::Document document, const std::string& today, bool may_fall,
                                  Transaction& tx) {
  Settle(today, document);
  ASSIGN_OR_RETURN(document, tx.Put(std::move(document)));
  if (document.cities_size() != 2) return document;
  const bool host_is_first = document.cities(0) == document.host();
  RETURN_IF_ERROR(
      FollowStage(document.host(), document.cities(host_is_first ? 1 : 0), today, may_fall, tx));
  return document;
}

}  // namespace neshast
