// What tells whether an item, or the whole agenda, is still what somebody saw.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "neshast/v1/agenda.pb.h"

namespace neshast {

// One part of 48 bits for each of kind, title, length, speakers and openness, so that two etags of
// an item tell which of them differ.
std::string ItemEtag(const v1::AgendaItem& item);

// ABORTED / ETAG_MISMATCH (metadata: etag, the current one; fields, those that changed) unless
// `etag` is empty or that of `item`.
absl::Status CheckItemEtag(const v1::AgendaItem& item, const std::string& etag);

// A digest of the items that stand on the agenda, their places and their etags.
std::string AgendaEtag(const v1::Agenda& agenda);

// ABORTED / ETAG_MISMATCH (metadata: etag) unless `etag` is empty or that of `agenda`.
absl::Status CheckAgendaEtag(const v1::Agenda& agenda, const std::string& etag);

// Sets the etags of `agenda` and of its items, and takes back the agreements to anything else.
void Settle(v1::Agenda& agenda);

}  // namespace neshast
