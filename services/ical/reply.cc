#include "ical/reply.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ical/address.h"
#include "ical/calendar.h"
#include "ical/refusal.h"
#include "ical/text.h"
#include "status_macros.h"

namespace neshast::ical {
namespace {

// The property of that name; null if there is none, refused if there are several.
absl::StatusOr<const Property*> AtMostOne(const Component& component, const char* name) {
  const Property* found = nullptr;
  for (const Property& property : component.properties) {
    if (property.name != name) continue;
    if (found != nullptr) {
      return InvalidField(name, absl::StrCat("The reply has more than one ", name, "."));
    }
    found = &property;
  }
  return found;
}

absl::StatusOr<const Property*> ExactlyOne(const Component& component, const char* name) {
  ASSIGN_OR_RETURN(const Property* property, AtMostOne(component, name));
  if (property == nullptr) return InvalidField(name, absl::StrCat("The reply has no ", name, "."));
  return property;
}

absl::StatusOr<Reply::Method> MethodOf(const Component& calendar) {
  ASSIGN_OR_RETURN(const Property* property, ExactlyOne(calendar, "METHOD"));
  const std::string name = absl::AsciiStrToUpper(absl::StripAsciiWhitespace(property->value));
  if (name == "REPLY") return Reply::Method::kReply;
  if (name == "COUNTER") return Reply::Method::kCounter;
  if (name == "REFRESH") return Reply::Method::kRefresh;
  return InvalidField(
      "METHOD", absl::StrCat("The method \"", Excerpt(name), "\" is no answer to an invitation."));
}

absl::StatusOr<const Component*> EventOf(const Component& calendar) {
  const auto is_event = [](const Component& one) { return one.name == "VEVENT"; };
  const auto& all = calendar.components;
  if (std::count_if(all.begin(), all.end(), is_event) != 1) {
    return InvalidField("VEVENT", "The reply must be about exactly one event.");
  }
  return &*std::find_if(all.begin(), all.end(), is_event);
}

absl::StatusOr<std::string> UidOf(const Component& event) {
  ASSIGN_OR_RETURN(const Property* property, ExactlyOne(event, "UID"));
  std::string uid = UnescapeText(absl::StripAsciiWhitespace(property->value));
  if (uid.empty() || uid.size() > 255 || absl::StrContains(uid, '\n')) {
    return InvalidField("UID", "The reply's UID must be 1 to 255 bytes on one line.");
  }
  return uid;
}

absl::StatusOr<int> SequenceOf(const Component& event) {
  ASSIGN_OR_RETURN(const Property* property, AtMostOne(event, "SEQUENCE"));
  int sequence = 0;
  if (property != nullptr && (!absl::SimpleAtoi(property->value, &sequence) || sequence < 0)) {
    return InvalidField("SEQUENCE", absl::StrCat("The reply's SEQUENCE is no count: \"",
                                                 Excerpt(property->value), "\"."));
  }
  return sequence;
}

// The address of the value, or of the EMAIL that stands beside a value of another kind.
absl::StatusOr<std::string> AddressOf(const Property& attendee) {
  auto address = FromMailto(attendee.value);
  if (!address) address = FromMailto(attendee.ParameterValue("EMAIL"));
  if (address) return *std::move(address);
  return InvalidField("ATTENDEE", absl::StrCat("The reply's attendee has no mail address: \"",
                                               Excerpt(attendee.value), "\"."));
}

std::string CommentOf(const Component& event) {
  std::string comment;
  for (const Property& property : event.properties) {
    if (property.name != "COMMENT") continue;
    const std::string text = UnescapeText(property.value);
    if (!comment.empty() && !text.empty()) comment += '\n';
    comment += text;
  }
  return std::string(absl::StripAsciiWhitespace(comment));
}

absl::StatusOr<std::optional<Instant>> StampOf(const Component& event, const ZoneDatabase& zones) {
  ASSIGN_OR_RETURN(const Property* property, AtMostOne(event, "DTSTAMP"));
  std::optional<Instant> stamped;
  if (property == nullptr) return stamped;
  const auto moment = ReadMoment(*property, zones);
  if (moment.ok() && moment->time_zone == "UTC") stamped = moment->instant;
  return stamped;
}

absl::StatusOr<std::optional<Moment>> EndOf(const Component& event, const Moment& starts,
                                            const ZoneDatabase& zones) {
  ASSIGN_OR_RETURN(const Property* end, AtMostOne(event, "DTEND"));
  ASSIGN_OR_RETURN(const Property* length, AtMostOne(event, "DURATION"));
  std::optional<Moment> ends;
  if (end != nullptr) {
    ASSIGN_OR_RETURN(ends, ReadMoment(*end, zones));
    if (ends->instant <= starts.instant) {
      return InvalidField("DTEND", "The proposed time ends before it starts.");
    }
  } else if (length != nullptr) {
    ASSIGN_OR_RETURN(const std::chrono::seconds lasts, ReadLength(*length));
    ASSIGN_OR_RETURN(const Zone* zone, zones.Find(starts.time_zone));
    const Instant instant = starts.instant + lasts;
    ends = Moment{instant, zone->ToWall(instant), starts.time_zone};
  }
  return ends;
}

absl::StatusOr<Proposal> ProposalOf(const Component& event, const ZoneDatabase& zones) {
  ASSIGN_OR_RETURN(const Property* start, ExactlyOne(event, "DTSTART"));
  Proposal proposal;
  ASSIGN_OR_RETURN(proposal.starts, ReadMoment(*start, zones));
  ASSIGN_OR_RETURN(proposal.ends, EndOf(event, proposal.starts, zones));
  return proposal;
}

}  // namespace

absl::StatusOr<Reply> ParseReply(absl::string_view text, const ZoneDatabase& zones) {
  ASSIGN_OR_RETURN(const Component calendar, ReadCalendar(text));
  Reply reply;
  ASSIGN_OR_RETURN(reply.method, MethodOf(calendar));
  ASSIGN_OR_RETURN(const Component* event, EventOf(calendar));
  ASSIGN_OR_RETURN(reply.uid, UidOf(*event));
  ASSIGN_OR_RETURN(reply.sequence, SequenceOf(*event));
  ASSIGN_OR_RETURN(const Property* attendee, ExactlyOne(*event, "ATTENDEE"));
  ASSIGN_OR_RETURN(reply.attendee, AddressOf(*attendee));
  reply.answer = AnswerOf(attendee->ParameterValue("PARTSTAT"));
  reply.comment = CommentOf(*event);
  ASSIGN_OR_RETURN(reply.stamped, StampOf(*event, zones));
  if (reply.method == Reply::Method::kCounter) {
    ASSIGN_OR_RETURN(reply.proposal, ProposalOf(*event, zones));
  }
  return reply;
}

}  // namespace neshast::ical
