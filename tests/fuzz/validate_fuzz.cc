// Any bytes that parse as a request are judged, and what is refused says which fields are bad.
#include <google/protobuf/stubs/logging.h>

#include <cstdint>
#include <cstdlib>

#include "errors.h"
#include "neshast/v1/session_service.pb.h"
#include "rpc/mask.h"
#include "rpc/validate.h"

namespace {

template <class Request>
bool Judge(const uint8_t* data, size_t size, Request& request) {
  if (!request.ParseFromArray(data, static_cast<int>(size))) return false;
  const absl::Status status = neshast::Validate(request);
  if (!status.ok() && neshast::DetailOf(status).violations.empty()) std::abort();
  return status.ok();
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  google::protobuf::SetLogHandler(nullptr);  // a line for every text that is not UTF-8
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  neshast::v1::CreateSessionRequest creation;
  Judge(data, size, creation);
  neshast::v1::UpdateSessionRequest update;
  Judge(data, size, update);
  neshast::v1::Session session;
  session.set_name("sessions/isfahan-xian");
  session.set_state(neshast::v1::Session::STATE_CONFIRMED);
  const absl::Status status = neshast::ApplyMask(update.update_mask(), update.session(), session);
  const bool kept = session.name() == "sessions/isfahan-xian" &&
                    session.state() == neshast::v1::Session::STATE_CONFIRMED;
  if (status.ok() && !kept) std::abort();
  return 0;
}
