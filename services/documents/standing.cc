#include "documents/standing.h"

#include <algorithm>

#include "sessions/city_dates.h"

namespace neshast {
namespace {

using v1::DocumentStep;
using v1::Partnership;

// When a document is in force; `ends` is empty where no end is set.
struct Span {
  std::string begins;
  std::string ends;

  bool Holds(const std::string& day) const { return begins <= day && (ends.empty() || day < ends); }
};

bool IsDoneBy(const DocumentStep& step, const std::string& today) {
  return step.state() == DocumentStep::STATE_WAIVED ||
         (step.state() == DocumentStep::STATE_DONE && step.done_date() <= today);
}

// Nothing is in force on `day` any more.
void Lapse(const std::string& day, std::vector<Span>& spans) {
  spans.erase(std::remove_if(spans.begin(), spans.end(),
                             [&](const Span& each) { return each.begins >= day; }),
              spans.end());
  for (Span& each : spans) {
    if (each.ends.empty() || each.ends > day) each.ends = day;
  }
}

// From the signature, then as it was renewed and lapsed, in the order of the steps.
std::vector<Span> SpansOf(const v1::Document& document) {
  const std::string begins = SignedDateOf(document);
  if (begins.empty()) return {};
  const int months = document.term_months();
  std::vector<Span> spans{{begins, months == 0 ? "" : MonthsAfter(begins, months)}};
  int renewed = 0;
  for (const DocumentStep& step : document.steps()) {
    if (step.kind() == DocumentStep::KIND_LAPSED) Lapse(step.done_date(), spans);
    if (step.kind() != DocumentStep::KIND_RENEWED) continue;
    const v1::DocumentRenewal& renewal = document.renewals(renewed++);
    spans.push_back({renewal.from_date(), renewal.until_date()});
  }
  return spans;
}

const Span* SpanOn(const std::vector<Span>& spans, const std::string& day) {
  const auto found =
      std::find_if(spans.begin(), spans.end(), [&](const Span& each) { return each.Holds(day); });
  return found == spans.end() ? nullptr : &*found;
}

// Until when it is in force without a gap, having been so on `day`; empty: no end is set.
std::string EndFrom(const std::vector<Span>& spans, std::string day) {
  for (const Span* span = SpanOn(spans, day); span != nullptr; span = SpanOn(spans, day)) {
    if (span->ends.empty()) return "";
    day = span->ends;
  }
  return day;
}

std::string LastEnd(const std::vector<Span>& spans) {
  std::string last;
  for (const Span& each : spans) {
    if (each.ends.empty()) return "";
    last = std::max(last, each.ends);
  }
  return last;
}

v1::Document::State StateBeforeItsSignature(const v1::Document& document,
                                            const std::string& today) {
  v1::Document::State state = v1::Document::STATE_DRAFT;
  for (const DocumentStep& step : document.steps()) {
    if (!IsDoneBy(step, today) || step.kind() == DocumentStep::KIND_DRAFTED) continue;
    if (step.kind() == DocumentStep::KIND_LAPSED) return v1::Document::STATE_LAPSED;
    state = v1::Document::STATE_UNDER_WAY;
  }
  return state;
}

// The stage that one document makes.
Partnership::Stage StageBy(const v1::Document& document, const std::string& today) {
  const v1::Document::State state = StateOn(document, today);
  const bool in_force =
      state == v1::Document::STATE_IN_FORCE || state == v1::Document::STATE_ENDING_SOON;
  if (document.kind() == v1::Document::KIND_LETTER_OF_INTENT) {
    return in_force ? Partnership::STAGE_FINALISING : Partnership::STAGE_CONSIDERED;
  }
  if (in_force) return Partnership::STAGE_SIGNED;
  if (state == v1::Document::STATE_UNDER_WAY) return Partnership::STAGE_FINALISING;
  const std::string signed_date = SignedDateOf(document);
  return signed_date.empty() || signed_date > today ? Partnership::STAGE_CONSIDERED
                                                    : Partnership::STAGE_DORMANT;
}

int RankOf(Partnership::Stage stage) {
  switch (stage) {
    case Partnership::STAGE_CONSIDERED:
      return 1;
    case Partnership::STAGE_FINALISING:
      return 2;
    case Partnership::STAGE_DORMANT:
      return 3;
    case Partnership::STAGE_SIGNED:
      return 4;
    default:
      return 0;
  }
}

}  // namespace

std::string SignedDateOf(const v1::Document& document) {
  std::string last;
  for (const DocumentStep& step : document.steps()) {
    if (step.kind() != DocumentStep::KIND_SIGNED) continue;
    if (step.state() != DocumentStep::STATE_DONE) return "";
    last = std::max(last, step.done_date());
  }
  return last;
}

v1::Document::State StateOn(const v1::Document& document, const std::string& today) {
  const std::vector<Span> spans = SpansOf(document);
  const std::string signed_date = SignedDateOf(document);
  if (signed_date.empty() || signed_date > today) return StateBeforeItsSignature(document, today);
  if (SpanOn(spans, today) == nullptr) return v1::Document::STATE_LAPSED;
  const std::string end = EndFrom(spans, today);
  return end.empty() || end >= DaysAfter(today, kEndingSoonDays) ? v1::Document::STATE_IN_FORCE
                                                                 : v1::Document::STATE_ENDING_SOON;
}

void Settle(const std::string& today, v1::Document& document) {
  const std::vector<Span> spans = SpansOf(document);
  document.set_state(StateOn(document, today));
  document.set_signed_date(SignedDateOf(document));
  document.set_end_date(SpanOn(spans, today) != nullptr ? EndFrom(spans, today) : LastEnd(spans));
  document.clear_owed_step();
  document.clear_owed_by();
  document.clear_owed_due_date();
  for (const DocumentStep& step : document.steps()) {
    if (step.state() != DocumentStep::STATE_OWED) continue;
    document.set_owed_step(step.id());
    document.set_owed_by(step.body());
    document.set_owed_due_date(step.due_date());
    return;
  }
}

Partnership::Stage StageOf(const std::vector<v1::Document>& documents, const std::string& today) {
  Partnership::Stage furthest = Partnership::STAGE_UNSPECIFIED;
  for (const v1::Document& document : documents) {
    const Partnership::Stage stage = StageBy(document, today);
    if (RankOf(stage) > RankOf(furthest)) furthest = stage;
  }
  return furthest;
}

Partnership::Stage StageAfter(Partnership::Stage reached, Partnership::Stage follows,
                              bool may_fall) {
  if (reached == Partnership::STAGE_HOST) return reached;
  const bool falls =
      may_fall && reached == Partnership::STAGE_SIGNED && follows == Partnership::STAGE_DORMANT;
  return falls || RankOf(follows) > RankOf(reached) ? follows : reached;
}

}  // namespace neshast
