// The mail to one person about one thing, made of what is stored of both.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "mail/message.h"
#include "mailer/catalogue.h"
#include "mailer/letterhead.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/mail.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/proposal.pb.h"
#include "neshast/v1/session.pb.h"
#include "time/zone.h"

namespace neshast {

// All that a mail is about.
struct Occasion {
  v1::Session session;    // also the one that the proposal was decided for; empty where none is
  v1::Proposal proposal;  // empty where the mail is about none
  v1::Person person;
  v1::City city;  // the person's
  v1::City host;
  std::vector<v1::City> cities;  // of the session's delegations, in its order
};

// The catalogue a person is written in: that of the first language of the person, else of the city,
// that has one; English where none has.
const Catalogue& CatalogueFor(const v1::Person& person, const v1::City& city);

// The mail that `mail` stands for, as `occasion` is now, in plain text and in HTML; invitations,
// updates and cancellations also as an iTIP REQUEST or CANCEL with the person as its only attendee,
// in UTC. It comes from the office and is answered to an address that says who answers what. Its
// date is when `mail` was queued, so that each try gives the same bytes.
// Errors: INVALID_ARGUMENT / INVALID_FIELD where the person's address cannot be written to;
// / UNKNOWN_TIME_ZONE.
absl::StatusOr<mail::Message> Compose(const v1::Mail& mail, const Occasion& occasion,
                                      const ZoneDatabase& zones, const Letterhead& letterhead);

}  // namespace neshast
