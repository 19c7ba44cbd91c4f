// What a person writes back to a mail that proposes slots: a line for each, "1 yes". The words of
// the answers stand in the catalogue (answer_yes, answer_if_need_be, answer_no), and nowhere else.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "mailer/catalogue.h"
#include "neshast/v1/proposal.pb.h"

namespace neshast {

// An answer to the slot that stands under `number`, from 1, in the mail.
struct NumberedAnswer {
  int number = 0;
  v1::SlotAnswer::Answer answer = v1::SlotAnswer::ANSWER_UNSPECIFIED;

  bool operator==(const NumberedAnswer&) const = default;
};

// A line that is not taken for what it may have meant.
struct UnreadLine {
  enum class Why {
    kUnknownAnswer,  // "2 perhaps", "2": a slot, and no answer that we know
    kNoSlot,         // "yes": to which?
    kContradiction,  // the slot has another answer already; neither counts
  };
  Why why = Why::kUnknownAnswer;
  std::string line;  // as it was written

  bool operator==(const UnreadLine&) const = default;
};

struct SlotAnswers {
  std::vector<NumberedAnswer> answers;  // by number, each slot once
  std::string remark;                   // what else was written, in lines
  std::vector<UnreadLine> problems;
};

// The word that a mail gives for an answer: the first of its list. "if need be", "در صورت لزوم".
std::string WordOf(v1::SlotAnswer::Answer answer, const Catalogue& catalogue);

// What `text`, the plain text of a mail, answers in the words of `language` (BCP 47) or in English.
// A line may stand as "1 yes", "1: yes", "1) Yes, the mayor is free" or "1 yes, 2 no", in any case
// and in the digits of any script; accents may be missing. Quoted lines (">"), what stands below
// the line that introduces an unmarked quotation, and the signature below "--" are not read.
// Numbers are read from 1 to 12, the most slots that a proposal has. Nothing is guessed: a slot's
// line whose answer is not one of the words is a problem and answers nothing.
SlotAnswers ReadSlotAnswers(absl::string_view text, absl::string_view language);

}  // namespace neshast
