// The papers of an agenda's items. An item holds what is to be known of each, without the content;
// every version with its content is a document of its own, "sessions/x/papers/y".
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "neshast/v1/agenda.pb.h"
#include "rpc/method.h"
#include "store/store.h"

namespace neshast {

// Deletes every version of every paper of `item`, an item about to go.
absl::Status DestroyPapers(const v1::AgendaItem& item, Transaction& tx);

// The methods of the AgendaService about papers.
std::vector<Method> PaperMethods();

}  // namespace neshast
