// A page token that is accepted is, to the letter, the one we make for the key it continues after.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "rpc/page.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr char kBinding[] = "Person|people|cities/isfahan";
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto any = neshast::ReadPage(50, bytes, kBinding);
  if (any.ok() && !bytes.empty() && neshast::PageToken(any->after, kBinding) != bytes) std::abort();
  if (bytes.empty()) return 0;
  const auto own = neshast::ReadPage(50, neshast::PageToken(bytes, kBinding), kBinding);
  if (!own.ok() || own->after != bytes) std::abort();
  return 0;
}
