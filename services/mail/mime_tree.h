// A mail as GMime reads it, owned and read through values of ours. Internal to parsing.
#pragma once

#include <gmime/gmime.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace neshast::mail {

struct Unreference {
  void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unreference>;

// The mail that `bytes` are; null where GMime can make nothing of them.
Owned<GMimeMessage> ReadTree(absl::string_view bytes);

// The values of all headers of that name, topmost first, as they came: folded and encoded.
std::vector<std::string> RawHeaders(GMimeObject* object, absl::string_view name);

// The subject, decoded; it may still hold anything that can be encoded.
std::string SubjectOf(GMimeObject* object);

// The addresses in address headers of that name, without the names; at most 100.
std::vector<std::string> AddressesIn(GMimeObject* object, absl::string_view name);

// The message ids in headers of that name, without angle brackets; those not fit for a header of
// ours (see IsMessageId) are left out.
std::vector<std::string> IdsIn(GMimeObject* object, absl::string_view name);

// The decoded content of a leaf; its first `most` octets and one more where it is longer.
std::string ContentOf(GMimePart* part, size_t most);

// A parameter of the Content-Type, such as "charset"; empty where it is absent.
std::string ParameterOf(GMimeObject* object, const char* name);

}  // namespace neshast::mail
