// Reports of mail servers about mails of ours that did not arrive (RFC 3462, 3464).
#pragma once

#include <gmime/gmime.h>

#include <optional>

#include "mail/parse.h"

namespace neshast::mail {

// What `root` reports, if it is a multipart/report about a delivery.
std::optional<DeliveryReport> ReportIn(GMimeObject* root);

}  // namespace neshast::mail
