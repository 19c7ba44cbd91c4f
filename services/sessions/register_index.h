// How documents, letters and commitments between cities are found.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "neshast/v1/commitment.pb.h"
#include "store/store.h"

namespace neshast {

// Adds the rows of `resource` to `index`; false, and nothing added, where it is none of these. They
// stand in the lists "documents@…", "letters@…", "commitments@…" of their cities and of what they
// belong to (a document's next debtor, a letter's document, a commitment's session), and concern
// the host and their cities.
bool IndexRegister(const google::protobuf::Message& resource, Index& index);

// The list of the letters of one round of `host`.
std::string LettersOfRound(const std::string& host, const std::string& reference);

// The list of the letters in the register of `host` that bear this number of `sender`: one or none.
std::string LettersNumbered(const std::string& host, const std::string& sender,
                            const std::string& number);

// The list of what is promised and not yet done between just these cities, which are in order.
std::string CommitmentsBetween(const google::protobuf::RepeatedPtrField<std::string>& circle);

// Whether it is neither done nor dropped.
bool IsOpen(const v1::Commitment& commitment);

}  // namespace neshast
