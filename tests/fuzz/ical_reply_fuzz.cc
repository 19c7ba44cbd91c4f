// Any bytes are a reply whose fields keep their promises or are refused with a reason; and as the
// text of an invitation of ours they come back cleaned, in the same properties as any other text.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "errors.h"
#include "ical/address.h"
#include "ical/calendar.h"
#include "ical/invitation.h"
#include "ical/reply.h"
#include "ical/text.h"

namespace {

using namespace neshast;

const ZoneDatabase& Zones() {
  static const auto zones = *ZoneDatabase::Open();
  return *zones;
}

void Require(bool holds) {
  if (!holds) std::abort();
}

void Read(const std::string& bytes) {
  const auto reply = ical::ParseReply(bytes, Zones());
  if (!reply.ok()) {
    Require(DetailOf(reply.status()).violations.size() == 1);
    return;
  }
  Require(ical::IsAddress(reply->attendee));
  Require(!reply->uid.empty() && ical::Clean(reply->uid) == reply->uid);
  Require(reply->sequence >= 0 && ical::Clean(reply->comment) == reply->comment);
  Require(reply->proposal.has_value() == (reply->method == ical::Reply::Method::kCounter));
}

void Write(const std::string& bytes) {
  ical::Invitation invitation;
  invitation.uid = "isfahan-xian-2026";
  invitation.length = std::chrono::hours(2);
  invitation.zone = *Zones().Find("Asia/Tehran");
  invitation.summary = invitation.attendee.name = bytes;
  invitation.organizer.address = "protocol@isfahan.example";
  invitation.attendee.address = "li.wei@xian.example";
  const auto calendar = ical::ReadCalendar(*ical::WriteInvitation(invitation));
  Require(calendar.ok() && calendar->components.size() == 2);
  const ical::Component& event = calendar->components[1];
  const bool empty = bytes.empty();
  Require(event.components.empty() && event.properties.size() == (empty ? 11 : 12));
  if (empty) return;
  Require(ical::UnescapeText(event.properties[9].value) == ical::Clean(bytes));
  Require(event.properties[11].ParameterValue("CN") == ical::Clean(bytes));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  Read(bytes);
  if (size < 2'000) Write(bytes);  // longer ones may write a line beyond what we read
  return 0;
}
