#include "mail/parse.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "errors.h"
#include "mail/charset.h"
#include "mail/mime_tree.h"
#include "mail/report.h"
#include "status_macros.h"

namespace neshast::mail {
namespace {

constexpr int kMostParts = 100;
constexpr int kMostDepth = 8;
// Each line that begins so may cost GMime a part, before the parts can be counted: 1 MiB of them
// took 274 MiB of memory.
constexpr absl::string_view kPartMark = "\n--";
constexpr int kMostPartMarks = 10'000;

absl::Status TooMuch(absl::string_view what) {
  return Error(absl::StatusCode::kInvalidArgument, what, {.reason = "OUT_OF_BOUNDS"});
}

bool HasManyPartMarks(absl::string_view bytes) {
  int marks = 0;
  for (size_t at = bytes.find(kPartMark); at != absl::string_view::npos && marks <= kMostPartMarks;
       at = bytes.find(kPartMark, at + kPartMark.size())) {
    ++marks;
  }
  return marks > kMostPartMarks;
}

bool IsAttachment(GMimeObject* part) {
  GMimeContentDisposition* const disposition = g_mime_object_get_content_disposition(part);
  return disposition != nullptr && g_mime_content_disposition_is_attachment(disposition);
}

bool IsWinmail(GMimePart* part) {
  const char* const name = g_mime_part_get_filename(part);
  return g_mime_content_type_is_type(g_mime_object_get_content_type(GMIME_OBJECT(part)),
                                     "application", "ms-tnef") ||
         (name != nullptr && absl::EqualsIgnoreCase(name, "winmail.dat"));
}

// Takes out of one leaf what nobody has given yet.
void ReadLeaf(GMimePart* part, InboundMail& mail) {
  GMimeObject* const object = GMIME_OBJECT(part);
  GMimeContentType* const type = g_mime_object_get_content_type(object);
  if (IsWinmail(part)) mail.winmail = true;
  if (g_mime_content_type_is_type(type, "text", "plain") && mail.text.empty() &&
      !IsAttachment(object)) {
    mail.text = Utf8From(ContentOf(part, kMostMailOctets), ParameterOf(object, "charset"));
  }
  if (g_mime_content_type_is_type(type, "text", "calendar") && !mail.calendar &&
      !mail.calendar_too_large) {
    const std::string bytes = ContentOf(part, kMostCalendarOctets);
    mail.calendar_too_large = bytes.size() > kMostCalendarOctets;
    if (mail.calendar_too_large) return;
    mail.calendar = {absl::AsciiStrToUpper(OneLine(ParameterOf(object, "method"))),
                     Utf8From(bytes, ParameterOf(object, "charset"))};
  }
}

// Reads the leaves below `object` in order; a mail inside the mail is somebody else's and is passed
// over. `left` counts down the parts.
absl::Status ReadParts(GMimeObject* object, int depth, int& left, InboundMail& mail) {
  if (--left < 0) return TooMuch("The mail has more than 100 parts.");
  if (depth > kMostDepth) return TooMuch("The parts of the mail are nested more than 8 deep.");
  if (GMIME_IS_PART(object)) ReadLeaf(GMIME_PART(object), mail);
  if (!GMIME_IS_MULTIPART(object)) return absl::OkStatus();
  GMimeMultipart* const parts = GMIME_MULTIPART(object);
  for (int at = 0; at < g_mime_multipart_get_count(parts); ++at) {
    RETURN_IF_ERROR(ReadParts(g_mime_multipart_get_part(parts, at), depth + 1, left, mail));
  }
  return absl::OkStatus();
}

std::vector<Address> FitAddresses(GMimeObject* root, absl::string_view header) {
  std::vector<Address> fit;
  for (const std::string& text : AddressesIn(root, header)) {
    if (absl::StatusOr<Address> address = Address::Read(text); address.ok()) {
      fit.push_back(*std::move(address));
    }
  }
  return fit;
}

std::optional<Address> OnlySender(GMimeObject* root) {
  const std::vector<Address> fit = FitAddresses(root, "From");
  const bool only = RawHeaders(root, "From").size() == 1 && AddressesIn(root, "From").size() == 1;
  return only && fit.size() == 1 ? std::optional(fit.front()) : std::nullopt;
}

// Whether Auto-Submitted says anything but "no" (RFC 3834).
bool IsAutoSubmitted(GMimeObject* root) {
  for (const std::string& value : RawHeaders(root, "Auto-Submitted")) {
    const std::vector<absl::string_view> words =
        absl::StrSplit(value, absl::ByAnyChar("; \t\r\n"), absl::SkipEmpty());
    if (!words.empty() && !absl::EqualsIgnoreCase(words[0], "no")) return true;
  }
  return false;
}

void ReadHeaders(GMimeMessage* message, absl::string_view trusted, InboundMail& mail) {
  GMimeObject* const root = GMIME_OBJECT(message);
  mail.from = OnlySender(root);
  for (const char* header : {"To", "Cc", "Delivered-To", "X-Original-To"}) {
    for (Address& each : FitAddresses(root, header)) mail.to.push_back(std::move(each));
  }
  mail.subject = OneLine(SubjectOf(root));
  if (const auto ids = IdsIn(root, "Message-ID"); !ids.empty()) mail.message_id = ids.front();
  mail.in_reply_to = IdsIn(root, "In-Reply-To");
  mail.references = IdsIn(root, "References");
  mail.auto_submitted = IsAutoSubmitted(root);
  const std::vector<std::string> results = RawHeaders(root, "Authentication-Results");
  if (mail.from && !results.empty()) {
    mail.dmarc = DmarcVerdict(results.front(), trusted, mail.from->domain());
  }
}

}  // namespace

absl::StatusOr<InboundMail> ParseMail(absl::string_view bytes, absl::string_view trusted) {
  if (bytes.size() > kMostMailOctets) return TooMuch("The mail is larger than 1 MiB.");
  if (HasManyPartMarks(bytes))
    return TooMuch("The mail has more than 10,000 lines that begin with --.");
  InboundMail mail;
  const Owned<GMimeMessage> message = ReadTree(bytes);
  if (!message) return mail;
  ReadHeaders(message.get(), trusted, mail);
  GMimeObject* const root = g_mime_message_get_mime_part(message.get());
  if (root == nullptr) return mail;
  int left = kMostParts;
  RETURN_IF_ERROR(ReadParts(root, 1, left, mail));
  mail.report = ReportIn(root);
  return mail;
}

}  // namespace neshast::mail
