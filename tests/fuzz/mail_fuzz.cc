// Whatever comes in by mail is read or refused, within bounds; what is taken from it is fit to be
// written into a mail of ours.
#include <cstdint>
#include <cstdlib>

#include "mail/header_text.h"
#include "mail/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace neshast::mail;
  const absl::StatusOr<InboundMail> mail =
      ParseMail({reinterpret_cast<const char*>(data), size}, "mx.isfahan.example");
  if (!mail.ok()) return 0;
  if (!CheckHeaderText("subject", mail->subject).ok()) std::abort();
  if (mail->calendar && !CheckHeaderText("method", mail->calendar->method).ok()) std::abort();
  if (mail->dmarc != Dmarc::kUnknown && !mail->from) std::abort();
  for (const auto* ids : {&mail->in_reply_to, &mail->references}) {
    for (const std::string& id : *ids) {
      if (!IsMessageId(id)) std::abort();
    }
  }
  for (const Address& each : mail->to) {
    const absl::StatusOr<Address> again = Address::Read(each.text());
    if (!again.ok() || *again != each) std::abort();
  }
  return 0;
}
