#include <algorithm>

#include "absl/strings/str_cat.h"
#include "links/link_key.h"
#include "mailer/proposal_plan.h"
#include "mailer/sheets.h"
#include "mailer/slot_answers.h"
#include "status_macros.h"

namespace neshast {
namespace {

using v1::Mail;
using v1::Proposal;

Instant InstantAt(int64_t seconds) {
  return Instant(std::chrono::seconds(seconds));
}

// "Xi'an: public holiday, Spring Festival"; empty where `slot` lies on none of the person's city.
std::string HolidayLine(const v1::ProposedSlot& slot, const v1::City& city, const Pen& pen) {
  const auto burden =
      std::find_if(slot.burdens().begin(), slot.burdens().end(),
                   [&](const v1::CityBurden& each) { return each.city() == city.name(); });
  if (burden == slot.burdens().end() || !burden->has_holiday()) return "";
  const v1::Holiday& holiday = burden->holiday();
  if (holiday.kind() == v1::Holiday::KIND_OBSERVANCE ||
      holiday.kind() == v1::Holiday::KIND_MAKEUP_WORKDAY) {
    return "";
  }
  const bool is_sure = holiday.status() != v1::Holiday::STATUS_COMPUTED;
  return pen.Say("slot_holiday", {{"city", pen.NameOf(city)},
                                  {"holiday", pen.Pick(holiday.display_name()).text},
                                  {"sure", std::string(is_sure ? "yes" : "no")}});
}

// Each slot under its number: the own hour, a holiday there, the host's hour.
absl::Status AddSlots(const Occasion& occasion, const Pen& pen, Sheet& sheet) {
  int number = 0;
  for (const v1::ProposedSlot& slot : occasion.proposal.slots()) {
    SheetRow row{pen.Say("label_slot", {{"number", ++number}}), {}};
    const Instant starts = InstantAt(slot.start_time().instant().seconds());
    ASSIGN_OR_RETURN(row.lines.emplace_back(), pen.OwnWhen(starts));
    std::string holiday = HolidayLine(slot, occasion.city, pen);
    if (!holiday.empty()) row.lines.push_back(std::move(holiday));
    if (pen.IsGuest()) {
      ASSIGN_OR_RETURN(const std::string when, pen.When(starts, occasion.host));
      const std::string label = pen.Say("label_host_time", {{"city", pen.NameOf(occasion.host)}});
      row.lines.push_back(absl::StrCat(label, ": ", when));
    }
    sheet.rows.push_back(std::move(row));
  }
  return absl::OkStatus();
}

void AddLink(const Occasion& occasion, const Pen& pen, const Letterhead& letterhead, Sheet& sheet) {
  const std::string& person = occasion.person.name();
  const v1::ProposalRecipient* recipient = RecipientOf(occasion.proposal, person);
  if (letterhead.link_base.empty() || recipient == nullptr) return;
  const std::string secret =
      LinkText(letterhead.key, occasion.proposal.name(), person, recipient->link_generation());
  sheet.rows.push_back({pen.Say("label_answer_link"),
                        {absl::StrCat(letterhead.link_base, "/p#", secret)},
                        /*is_link=*/true});
}

// The slots and how to answer them.
absl::StatusOr<Sheet> AskingSheet(const Mail& mail, const Occasion& occasion, const Pen& pen,
                                  const Letterhead& letterhead) {
  const Proposal& proposal = occasion.proposal;
  const v1::ProposalRecipient* recipient = RecipientOf(proposal, occasion.person.name());
  const bool is_nudge = mail.kind() == Mail::KIND_NUDGE;
  const bool is_renewed = !is_nudge && recipient != nullptr && recipient->link_generation() > 1;
  const Chosen title = pen.Pick(proposal.title());
  Sheet sheet =
      pen.Begin(pen.Say(is_nudge ? "subject_nudge" : "subject_proposal", {{"title", title.text}}),
                is_nudge ? "nudge" : (is_renewed ? "proposal_renewed" : "proposal"));
  sheet.rows.push_back({pen.Say("label_title"), {title.text}});
  RETURN_IF_ERROR(AddSlots(occasion, pen, sheet));
  sheet.rows.push_back({pen.Say("label_duration"), {pen.Length(proposal.duration().seconds())}});
  ASSIGN_OR_RETURN(const std::string until,
                   pen.OwnWhen(InstantAt(proposal.reply_by_time().seconds())));
  sheet.rows.push_back({pen.Say("label_reply_by"), {until}});
  AddLink(occasion, pen, letterhead, sheet);
  const auto word = [&](v1::SlotAnswer::Answer answer) { return WordOf(answer, pen.catalogue()); };
  sheet.notes.push_back(
      pen.Say("answer_slots", {{"yes", word(v1::SlotAnswer::ANSWER_YES)},
                               {"if_need_be", word(v1::SlotAnswer::ANSWER_IF_NEED_BE)},
                               {"no", word(v1::SlotAnswer::ANSWER_NO)}}));
  pen.AddLanguageNotes(title, sheet);
  return sheet;
}

absl::StatusOr<Sheet> DecidedSheet(const Occasion& occasion, const Pen& pen) {
  const v1::Session& session = occasion.session;
  const Instant starts = InstantAt(session.start_time().instant().seconds());
  const Chosen title = pen.Pick(session.title());
  ASSIGN_OR_RETURN(const std::string when, pen.OwnWhen(starts));
  Sheet sheet =
      pen.Begin(pen.Say("subject_proposal_decided", {{"title", title.text}, {"when", when}}),
                "proposal_decided");
  sheet.rows.push_back({pen.Say("label_title"), {title.text}});
  RETURN_IF_ERROR(pen.AddTimes(starts, sheet));
  sheet.rows.push_back({pen.Say("label_duration"), {pen.Length(session.duration().seconds())}});
  pen.AddLanguageNotes(title, sheet);
  return sheet;
}

Sheet WithdrawnSheet(const Occasion& occasion, const Pen& pen) {
  const Chosen title = pen.Pick(occasion.proposal.title());
  Sheet sheet = pen.Begin(pen.Say("subject_proposal_withdrawn", {{"title", title.text}}),
                          "proposal_withdrawn");
  sheet.rows.push_back({pen.Say("label_title"), {title.text}});
  const std::string& reason = occasion.proposal.withdraw_reason();
  if (!reason.empty()) sheet.rows.push_back({pen.Say("label_reason"), {reason}});
  pen.AddLanguageNotes(title, sheet);
  return sheet;
}

}  // namespace

absl::StatusOr<Sheet> ProposalSheet(const Mail& mail, const Occasion& occasion, const Pen& pen,
                                    const Letterhead& letterhead) {
  if (mail.kind() != Mail::KIND_PROPOSAL_CLOSED) {
    return AskingSheet(mail, occasion, pen, letterhead);
  }
  if (occasion.proposal.state() == Proposal::STATE_DECIDED) return DecidedSheet(occasion, pen);
  return WithdrawnSheet(occasion, pen);
}

}  // namespace neshast
