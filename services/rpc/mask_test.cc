#include "rpc/mask.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "errors.h"
#include "neshast/v1/session.pb.h"

namespace neshast {
namespace {

using google::protobuf::FieldMask;

v1::Session Parse(const std::string& text) {
  v1::Session session;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &session));
  return session;
}

FieldMask Paths(const std::vector<std::string>& paths) {
  FieldMask mask;
  for (const std::string& path : paths) mask.add_paths(path);
  return mask;
}

const char kStored[] = R"(
  name: "sessions/isfahan-xian" etag: "r7" kind: KIND_MAYORS_DIALOGUE state: STATE_CONFIRMED
  host: "cities/isfahan" title { texts { key: "fa" value: "گفت‌وگو" } original: "fa" }
  start_time { local_time: "2026-12-01T10:00" time_zone: "Asia/Tehran" tzdata_release: "2026f" }
  languages: "fa" languages: "zh-Hans" interpreters: "people/li-wei")";

const char kChanged[] = R"(
  name: "sessions/other" etag: "r9" state: STATE_CANCELLED cancel_reason: "none"
  title { texts { key: "zh-Hans" value: "对话" } }
  start_time { local_time: "2026-12-02T09:00" tzdata_release: "1970a" }
  languages: "en")";

struct Row {
  const char* rule;
  std::vector<std::string> mask;
  std::string becomes;  // merged over the stored one, whose fields in `cleared` go first
  std::vector<std::string> cleared;
};

TEST(ApplyMask, TakesWhatTheMaskNamesAndNothingOfTheServers) {
  const std::string title = R"(title { texts { key: "zh-Hans" value: "对话" } })";
  const std::string start = R"(start_time { local_time: "2026-12-02T09:00" })";
  const Row rows[] = {
      {"absent: what is populated",
       {},
       title + start + R"(languages: "en")",
       {"title", "start_time", "languages"}},
      {"repeated fields are replaced", {"languages"}, R"(languages: "en")", {"languages"}},
      {"an empty value clears", {"host", "interpreters"}, "", {"host", "interpreters"}},
      {"a path inside leaves its neighbours", {"start_time.local_time"}, start, {}},
      {"covered and repeated paths count once",
       {"title.texts", "title", "title"},
       title,
       {"title"}},
      {"the server's fields stay", {"name", "etag", "state", "start_time.tzdata_release"}, "", {}},
      {"star: all",
       {"*"},
       title + start + R"(languages: "en")",
       {"kind", "host", "title", "start_time", "languages", "interpreters"}},
  };
  for (const Row& row : rows) {
    v1::Session expected = Parse(kStored);
    for (const std::string& field : row.cleared) {
      expected.GetReflection()->ClearField(&expected,
                                           expected.GetDescriptor()->FindFieldByName(field));
    }
    expected.MergeFrom(Parse(row.becomes));
    v1::Session session = Parse(kStored);
    ASSERT_TRUE(ApplyMask(Paths(row.mask), Parse(kChanged), session).ok()) << row.rule;
    EXPECT_EQ(expected.ShortDebugString(), session.ShortDebugString()) << row.rule;
  }
}

TEST(ApplyMask, RefusesEveryUnknownPathAndChangesNothing) {
  for (const char* path : {"titel", "title.text", "languages.en", "delegations.city", ""}) {
    v1::Session session = Parse(kStored);
    const absl::Status status = ApplyMask(Paths({"languages", path}), Parse(kChanged), session);
    EXPECT_EQ(absl::StatusCode::kInvalidArgument, status.code()) << path;
    const ErrorDetail detail = DetailOf(status);
    EXPECT_EQ("INVALID_FIELD", detail.reason);
    ASSERT_EQ(1u, detail.violations.size()) << path;
    EXPECT_EQ("update_mask", detail.violations[0].field);
    EXPECT_EQ(Parse(kStored).ShortDebugString(), session.ShortDebugString());
  }
}

}  // namespace
}  // namespace neshast
