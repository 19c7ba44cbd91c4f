// Any bytes are a reply whose fields keep their promises or are refused with a reason; and as the
// text of an invitation of ours they come back cleaned, in the same properties as any other text.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "errors.h"
#include "ical/address.h"
#include "ical/calendar.h"
#include "ical/invitation.h"
#include "ical/libical_reader.h"
#include "ical/reply.h"
#include "ical/text.h"

namespace {

using namespace neshast;

constexpr int kProperties = 12;  // of the event that Written() writes

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

std::string Written(const std::string& bytes) {
  ical::Invitation invitation;
  invitation.uid = "isfahan-xian-2026";
  invitation.length = std::chrono::hours(2);
  invitation.zone = *Zones().Find("Asia/Tehran");
  invitation.summary = invitation.attendee.name = "x" + bytes;
  invitation.organizer.address = "protocol@isfahan.example";
  invitation.attendee.address = "li.wei@xian.example";
  return *ical::WriteInvitation(invitation);
}

void Write(const std::string& bytes) {
  const std::string text = Written(bytes);
  const auto calendar = ical::ReadCalendar(text);
  Require(calendar.ok() && calendar->components.size() == 2);
  const ical::Component& event = calendar->components[1];
  Require(event.components.empty() && event.properties.size() == kProperties);
  const std::string clean = ical::Clean("x" + bytes);
  Require(ical::UnescapeText(event.properties[9].value) == clean);
  Require(event.properties[11].ParameterValue("CN") ==
          clean.substr(0, clean.find_last_not_of('\\') + 1));
  Require(event.properties[11].value == "mailto:li.wei@xian.example");

  const auto read = ical::ReadByLibical(text);
  icalcomponent* by_libical = ical::FirstOf(read, ICAL_VEVENT_COMPONENT);
  Require(icalcomponent_count_components(read.get(), ICAL_ANY_COMPONENT) == 2);
  Require(icalcomponent_count_properties(by_libical, ICAL_ANY_PROPERTY) == kProperties);
  icalproperty* attendee = icalcomponent_get_first_property(by_libical, ICAL_ATTENDEE_PROPERTY);
  Require(icalproperty_count_parameters(attendee) == 5);
  Require(std::string(icalproperty_get_attendee(attendee)) == "mailto:li.wei@xian.example");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  Read(bytes);
  if (size < 2'000) Write(bytes);  // longer ones may write a line beyond what we read
  return 0;
}
