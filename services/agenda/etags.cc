#include "agenda/etags.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "agenda/tree.h"
#include "errors.h"
#include "store/chain.h"

namespace neshast {
namespace {

constexpr const char* kCounted[] = {"kind", "title", "length", "speakers", "openness"};
constexpr size_t kPart = 8;  // characters of 6 bits

// The same bytes for the same values: maps come in any order otherwise.
std::string Bytes(const google::protobuf::Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream output(&stream);
    output.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&output);
  }
  return bytes;
}

std::string Digest(const std::string& bytes) {
  return absl::WebSafeBase64Escape(Sha256(bytes));
}

std::string PartOf(const v1::AgendaItem& item, const std::string& field) {
  v1::AgendaItem alone = item;
  const auto& reflection = *alone.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> present;
  reflection.ListFields(alone, &present);
  for (const auto* each : present) {
    if (each->name() != field) reflection.ClearField(&alone, each);
  }
  return Digest(Bytes(alone)).substr(0, kPart);
}

// An etag that is none of ours differs in everything.
std::vector<std::string> FieldsThatDiffer(const std::string& one, const std::string& other) {
  std::vector<std::string> fields;
  for (size_t i = 0; i < std::size(kCounted); ++i) {
    const bool same =
        one.size() == other.size() && one.compare(i * kPart, kPart, other, i * kPart, kPart) == 0;
    if (!same) fields.emplace_back(kCounted[i]);
  }
  return fields;
}

}  // namespace

std::string ItemEtag(const v1::AgendaItem& item) {
  std::string etag;
  for (const char* field : kCounted) absl::StrAppend(&etag, PartOf(item, field));
  return etag;
}

absl::Status CheckItemEtag(const v1::AgendaItem& item, const std::string& etag) {
  const std::string current = ItemEtag(item);
  if (etag.empty() || etag == current) return absl::OkStatus();
  const std::string fields = absl::StrJoin(FieldsThatDiffer(etag, current), ",");
  return Error(absl::StatusCode::kAborted,
               absl::StrCat("The item was changed meanwhile (", fields, "); read it again."),
               {.reason = "ETAG_MISMATCH",
                .metadata = {{"etag", current}, {"fields", fields}},
                .violations = {}});
}

std::string AgendaEtag(const v1::Agenda& agenda) {
  std::string text;
  for (const v1::AgendaItem& item : agenda.items()) {
    if (!StandsOnAgenda(item)) continue;
    absl::StrAppend(&text, item.name(), "\n", item.parent_item(), "\n", ItemEtag(item), "\n");
  }
  return Digest(text).substr(0, 22);  // 128 bits
}

absl::Status CheckAgendaEtag(const v1::Agenda& agenda, const std::string& etag) {
  if (etag.empty() || etag == agenda.etag()) return absl::OkStatus();
  return Error(
      absl::StatusCode::kAborted, "The agenda was changed meanwhile; read it again.",
      {.reason = "ETAG_MISMATCH", .metadata = {{"etag", agenda.etag()}}, .violations = {}});
}

void Settle(v1::Agenda& agenda) {
  for (v1::AgendaItem& item : *agenda.mutable_items()) item.set_etag(ItemEtag(item));
  agenda.set_etag(AgendaEtag(agenda));
  auto& agreements = *agenda.mutable_agreements();
  agreements.erase(std::remove_if(agreements.begin(), agreements.end(),
                                  [&](const v1::AgendaAgreement& each) {
                                    return each.agenda_etag() != agenda.etag();
                                  }),
                   agreements.end());
}

}  // namespace neshast
