#include "mail/report.h"

#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "mail/charset.h"
#include "mail/mime_tree.h"

namespace neshast::mail {
namespace {

constexpr size_t kMostReport = 64 << 10;
constexpr size_t kMostFailures = 100;

using Fields = std::map<std::string, std::string>;

// The value of a field that names its kind first: "rfc822; golnaz@isfahan.example".
std::string AfterKind(absl::string_view value) {
  const size_t semicolon = value.find(';');
  if (semicolon != absl::string_view::npos) value.remove_prefix(semicolon + 1);
  return OneLine(absl::StripAsciiWhitespace(value));
}

// One block of "Name: value" lines, names in lower case.
Fields FieldsOf(absl::string_view block) {
  Fields fields;
  const std::string unfolded = absl::StrReplaceAll(block, {{"\n ", " "}, {"\n\t", " "}});
  for (const absl::string_view line : absl::StrSplit(unfolded, '\n')) {
    const std::pair<absl::string_view, absl::string_view> field =
        absl::StrSplit(line, absl::MaxSplits(':', 1));
    fields.emplace(absl::AsciiStrToLower(absl::StripAsciiWhitespace(field.first)),
                   absl::StripAsciiWhitespace(field.second));
  }
  return fields;
}

std::vector<DeliveryFailure> FailuresIn(absl::string_view status) {
  std::vector<DeliveryFailure> failures;
  const std::string lines = absl::StrReplaceAll(status, {{"\r\n", "\n"}});
  for (const absl::string_view block : absl::StrSplit(lines, "\n\n", absl::SkipEmpty())) {
    Fields fields = FieldsOf(block);
    if (!absl::EqualsIgnoreCase(fields["action"], "failed")) continue;
    const std::string& original = fields["original-recipient"];
    const std::string& recipient = original.empty() ? fields["final-recipient"] : original;
    const std::vector<std::string> code = absl::StrSplit(fields["status"], absl::ByAnyChar(" ("));
    failures.push_back(
        {AfterKind(recipient), OneLine(code[0]), AfterKind(fields["diagnostic-code"])});
    if (failures.size() == kMostFailures) break;
  }
  return failures;
}

std::string FirstId(GMimeObject* message) {
  const std::vector<std::string> ids = IdsIn(message, "Message-ID");
  return ids.empty() ? "" : ids.front();
}

// The id of our mail, from the copy of it or of its headers that the report holds.
std::string ReturnedId(GMimeObject* part) {
  if (GMIME_IS_MESSAGE_PART(part)) {
    GMimeMessage* const returned = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
    return returned == nullptr ? "" : FirstId(GMIME_OBJECT(returned));
  }
  if (!GMIME_IS_PART(part)) return "";
  const Owned<GMimeMessage> headers = ReadTree(ContentOf(GMIME_PART(part), kMostReport));
  return headers ? FirstId(GMIME_OBJECT(headers.get())) : "";
}

}  // namespace

std::optional<DeliveryReport> ReportIn(GMimeObject* root) {
  GMimeContentType* const type = g_mime_object_get_content_type(root);
  if (!GMIME_IS_MULTIPART(root) || !g_mime_content_type_is_type(type, "multipart", "report") ||
      !absl::EqualsIgnoreCase(ParameterOf(root, "report-type"), "delivery-status")) {
    return std::nullopt;
  }
  DeliveryReport report;
  GMimeMultipart* const parts = GMIME_MULTIPART(root);
  for (int at = 0; at < std::min(g_mime_multipart_get_count(parts), 10); ++at) {
    GMimeObject* const part = g_mime_multipart_get_part(parts, at);
    GMimeContentType* const kind = g_mime_object_get_content_type(part);
    const bool is_status = g_mime_content_type_is_type(kind, "message", "delivery-status") ||
                           g_mime_content_type_is_type(kind, "message", "global-delivery-status");
    if (is_status && GMIME_IS_PART(part)) {
      report.failures = FailuresIn(ContentOf(GMIME_PART(part), kMostReport));
    } else if (report.message_id.empty() && at > 0) {
      report.message_id = ReturnedId(part);
    }
  }
  return report;
}

}  // namespace neshast::mail
