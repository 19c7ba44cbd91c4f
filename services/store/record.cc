#include "store/record.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <memory>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "store/chain.h"

namespace neshast {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const FieldDescriptor* StringField(const Message& message, const char* field) {
  const FieldDescriptor* found = message.GetDescriptor()->FindFieldByName(field);
  const bool is_string = found != nullptr && !found->is_repeated() &&
                         found->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  return is_string ? found : nullptr;
}

std::string Serialise(const Message& message) {
  std::string body;
  google::protobuf::io::StringOutputStream stream(&body);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);  // maps in one order, so that digests can be compared
  message.SerializePartialToCodedStream(&coded);
  coded.Trim();
  return body;
}

std::string BodyOf(const Message& message) {
  const FieldDescriptor* etag = StringField(message, "etag");
  if (etag == nullptr || message.GetReflection()->GetString(message, etag).empty()) {
    return Serialise(message);
  }
  const std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  copy->GetReflection()->ClearField(copy.get(), etag);
  return Serialise(*copy);
}

absl::Status CheckLabels(const std::vector<std::string>& labels) {
  for (const std::string& label : labels) {
    if (label.empty() || absl::StrContains(label, '\n')) {
      return absl::InternalError(absl::StrCat("\"", label, "\" cannot be indexed."));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckOccupancy(const std::vector<Occupancy>& occupancy) {
  for (const Occupancy& one : occupancy) {
    RETURN_IF_ERROR(CheckLabels({one.party}));
    // The difference is taken unsigned: nonsense far in the past or future must not overflow.
    if (one.ends <= one.begins ||
        static_cast<uint64_t>(one.ends) - static_cast<uint64_t>(one.begins) >
            static_cast<uint64_t>(kLongestOccupancy)) {
      return absl::InternalError(
          absl::StrCat(one.party, " cannot be occupied from ", one.begins, " to ", one.ends, "."));
    }
  }
  return absl::OkStatus();
}

void SortAndUnite(std::vector<Occupancy>& occupancy) {
  const auto place = [](const Occupancy& one) { return std::tie(one.begins, one.party); };
  std::sort(occupancy.begin(), occupancy.end(),
            [&](const Occupancy& a, const Occupancy& b) { return place(a) < place(b); });
  std::vector<Occupancy> united;
  for (Occupancy& one : occupancy) {
    if (united.empty() || place(united.back()) != place(one)) {
      united.push_back(std::move(one));
      continue;
    }
    Occupancy& last = united.back();
    last.ends = std::max(last.ends, one.ends);
    last.strength = std::max(last.strength, one.strength);
    last.expires = std::max(last.expires, one.expires);
  }
  occupancy = std::move(united);
}

void SortUnique(std::vector<std::string>& labels) {
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
}

absl::Status SetInOrder(std::optional<Searchable>& searchable) {
  if (!searchable.has_value()) return absl::OkStatus();
  RETURN_IF_ERROR(CheckLabels(searchable->readers));
  RETURN_IF_ERROR(CheckLabels(searchable->labels));
  SortUnique(searchable->readers);
  SortUnique(searchable->labels);
  auto& postings = searchable->postings;
  std::sort(postings.begin(), postings.end(),
            [](const Posting& a, const Posting& b) { return a.word < b.word; });
  for (size_t i = 0; i < postings.size(); ++i) {
    RETURN_IF_ERROR(CheckLabels({postings[i].word}));
    if (i > 0 && postings[i - 1].word == postings[i].word) {
      return absl::InternalError(absl::StrCat("\"", postings[i].word, "\" is posted twice."));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Record> MakeRecord(const Message& message, const Indexer& indexer) {
  const FieldDescriptor* name = StringField(message, "name");
  Record record{.name = name == nullptr ? "" : message.GetReflection()->GetString(message, name),
                .kind = message.GetDescriptor()->name(),
                .parent = "",
                .body = BodyOf(message),
                .digest = "",
                .index = indexer(message)};
  if (record.name.empty()) {
    return absl::InternalError(absl::StrCat("A ", record.kind, " without a name was put."));
  }
  RETURN_IF_ERROR(CheckLabels(record.index.lists));
  RETURN_IF_ERROR(CheckLabels(record.index.audience));
  RETURN_IF_ERROR(CheckOccupancy(record.index.occupancy));
  RETURN_IF_ERROR(SetInOrder(record.index.searchable));
  SortUnique(record.index.lists);
  SortUnique(record.index.audience);
  SortAndUnite(record.index.occupancy);
  record.parent = ParentOf(record.name);
  record.digest = Sha256(record.body);
  return record;
}

std::string JoinLines(const std::vector<std::string>& labels) {
  return absl::StrJoin(labels, "\n");
}

std::vector<std::string> SplitLines(absl::string_view text) {
  return absl::StrSplit(text, '\n', absl::SkipEmpty());
}

}  // namespace neshast
