#include "mail/mime_tree.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "mail/header_text.h"

namespace neshast::mail {
namespace {

constexpr int kMostAddresses = 100;

struct FreeReferences {
  void operator()(GMimeReferences* references) const { g_mime_references_free(references); }
};

void StartGmime() {
  [[maybe_unused]] static const bool started = (g_mime_init(), true);
}

// How much of `text` can be decoded at once: GMime 3.2.13 loses what follows an encoded word with
// padding (https://github.com/jstedfast/gmime/issues/133).
size_t SafelyDecoded(absl::string_view text) {
  constexpr absl::string_view kPadded = "=?=";
  for (size_t at = text.find(kPadded); at != absl::string_view::npos;
       at = text.find(kPadded, at + 1)) {
    const size_t end = at + kPadded.size();
    const size_t next = text.find_first_not_of(" \t", end);
    if (next != absl::string_view::npos && absl::StartsWith(text.substr(next), "=?")) return end;
  }
  return text.size();
}

}  // namespace

Owned<GMimeMessage> ReadTree(absl::string_view bytes) {
  StartGmime();
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  return Owned<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

std::vector<std::string> RawHeaders(GMimeObject* object, absl::string_view name) {
  std::vector<std::string> values;
  GMimeHeaderList* const headers = g_mime_object_get_header_list(object);
  for (int at = 0; at < g_mime_header_list_get_count(headers); ++at) {
    GMimeHeader* const header = g_mime_header_list_get_header_at(headers, at);
    if (!absl::EqualsIgnoreCase(g_mime_header_get_name(header), name)) continue;
    const char* const raw = g_mime_header_get_raw_value(header);
    values.emplace_back(raw == nullptr ? "" : raw);
  }
  return values;
}

std::string SubjectOf(GMimeObject* object) {
  const std::vector<std::string> values = RawHeaders(object, "Subject");
  if (values.empty()) return "";
  const std::string line = absl::StrReplaceAll(values.front(), {{"\r", ""}, {"\n", ""}});
  std::string subject;
  for (absl::string_view left = absl::StripAsciiWhitespace(line); !left.empty();) {
    const size_t size = SafelyDecoded(left);
    const std::string piece(left.substr(0, size));
    const std::unique_ptr<char, decltype(&g_free)> decoded(
        g_mime_utils_header_decode_text(nullptr, piece.c_str()), &g_free);
    subject += decoded.get();
    left.remove_prefix(size);
    left = absl::StripLeadingAsciiWhitespace(left);  // Stands between two encoded words.
  }
  return subject;
}

std::vector<std::string> AddressesIn(GMimeObject* object, absl::string_view name) {
  std::vector<std::string> addresses;
  for (const std::string& raw : RawHeaders(object, name)) {
    const Owned<InternetAddressList> list(internet_address_list_parse(nullptr, raw.c_str()));
    const int length = list ? internet_address_list_length(list.get()) : 0;
    for (int at = 0; at < length && addresses.size() < kMostAddresses; ++at) {
      InternetAddress* const each = internet_address_list_get_address(list.get(), at);
      if (!INTERNET_ADDRESS_IS_MAILBOX(each)) continue;
      addresses.emplace_back(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(each)));
    }
  }
  return addresses;
}

std::vector<std::string> IdsIn(GMimeObject* object, absl::string_view name) {
  std::vector<std::string> ids;
  for (const std::string& raw : RawHeaders(object, name)) {
    const std::unique_ptr<GMimeReferences, FreeReferences> found(
        g_mime_references_parse(nullptr, raw.c_str()));
    for (int at = 0; at < g_mime_references_length(found.get()); ++at) {
      const std::string id = g_mime_references_get_message_id(found.get(), at);
      if (IsMessageId(id)) ids.push_back(id);
    }
  }
  return ids;
}

std::string ContentOf(GMimePart* part, size_t most) {
  GMimeDataWrapper* const wrapper = g_mime_part_get_content(part);
  if (wrapper == nullptr) return "";
  const Owned<GMimeStream> out(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(wrapper, out.get());
  const GByteArray* const bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out.get()));
  if (bytes->len == 0) return "";
  return {reinterpret_cast<const char*>(bytes->data), std::min<size_t>(bytes->len, most + 1)};
}

std::string ParameterOf(GMimeObject* object, const char* name) {
  const char* const value = g_mime_object_get_content_type_parameter(object, name);
  return value == nullptr ? "" : value;
}

}  // namespace neshast::mail
