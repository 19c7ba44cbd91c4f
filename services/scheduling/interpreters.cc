#include "scheduling/interpreters.h"

#include <algorithm>
#include <numeric>

#include "scheduling/bit_counter.h"

namespace neshast::scheduling {
namespace {

uint32_t PairsOf(const RequestInterpreter& interpreter) {
  uint32_t pairs = 0;
  for (const int pair : interpreter.pairs) pairs |= 1U << pair;
  return pairs;
}

// Starts at which fewer interpreters of any of `pairs` are free than these need together.
Bitmap TooFewForAll(const Problem& problem, uint32_t pairs, const std::vector<Bitmap>& absences) {
  const SuggestRequest& request = problem.request();
  int needed = 0;
  for (size_t pair = 0; pair < request.language_pairs.size(); ++pair) {
    if ((pairs >> pair & 1) != 0) needed += request.language_pairs[pair].needed;
  }
  BitCounter absent(problem.range());
  int candidates = 0;
  for (size_t i = 0; i < request.interpreters.size(); ++i) {
    if ((PairsOf(request.interpreters[i]) & pairs) == 0) continue;
    absent.Add(absences[i]);
    ++candidates;
  }
  return absent.AtLeast(candidates - needed + 1);
}

std::vector<Bitmap> AbsencesOf(const Problem& problem, bool rely_on_known) {
  std::vector<Bitmap> absences;
  for (const RequestInterpreter& interpreter : problem.request().interpreters) {
    absences.push_back(problem.BusyAt(interpreter.availability.get()));
    if (rely_on_known) absences.back().OrWith(problem.UnknownAt(interpreter.availability.get()));
  }
  return absences;
}

// Whether some interpreters know pairs of both halves, however `pairs` is halved: only then can the
// pairs together fail where each part of them is served.
bool IsConnected(const SuggestRequest& request, uint32_t pairs) {
  uint32_t reached = pairs & (~pairs + 1);
  for (bool grows = true; grows;) {
    grows = false;
    for (const RequestInterpreter& interpreter : request.interpreters) {
      const uint32_t known = PairsOf(interpreter) & pairs;
      if ((known & reached) != 0 && (known & ~reached) != 0) {
        reached |= known;
        grows = true;
      }
    }
  }
  return reached == pairs;
}

// One interpreter more, by an augmenting path through those who are assigned already.
class Assignment {
 public:
  explicit Assignment(const SuggestRequest& request)
      : request_(request), served_(request.language_pairs.size()) {}

  void Add(int interpreter) {
    std::vector<bool> tried(served_.size());
    Place(interpreter, tried);
  }
  std::vector<std::vector<int>> Take() && { return std::move(served_); }

 private:
  bool Place(int interpreter, std::vector<bool>& tried) {
    for (const int pair : request_.interpreters[interpreter].pairs) {
      if (tried[pair] || request_.language_pairs[pair].needed == 0) continue;
      tried[pair] = true;
      std::vector<int>& serving = served_[pair];
      if (static_cast<int>(serving.size()) < request_.language_pairs[pair].needed) {
        serving.push_back(interpreter);
        return true;
      }
      for (size_t seat = 0; seat < served_[pair].size(); ++seat) {
        if (Place(served_[pair][seat], tried)) {
          served_[pair][seat] = interpreter;
          return true;
        }
      }
    }
    return false;
  }

  const SuggestRequest& request_;
  std::vector<std::vector<int>> served_;
};

int PreferenceOf(PersonStatus status) {
  return status == PersonStatus::kFree ? 0 : status == PersonStatus::kTentative ? 1 : 2;
}

}  // namespace

Bitmap TooFewFor(const Problem& problem, int pair) {
  return TooFewForAll(problem, 1U << pair, AbsencesOf(problem, false));
}

Bitmap CannotServe(const Problem& problem, bool rely_on_known) {
  const SuggestRequest& request = problem.request();
  const std::vector<Bitmap> absences = AbsencesOf(problem, rely_on_known);
  Bitmap unserved(problem.range());
  for (uint32_t pairs = 1; pairs >> request.language_pairs.size() == 0; ++pairs) {
    if (IsConnected(request, pairs)) unserved.OrWith(TooFewForAll(problem, pairs, absences));
  }
  return unserved;
}

Bitmap CannotServeTogether(const Problem& problem) {
  const SuggestRequest& request = problem.request();
  const std::vector<Bitmap> absences = AbsencesOf(problem, false);
  std::vector<Bitmap> alone;
  for (size_t pair = 0; pair < request.language_pairs.size(); ++pair) {
    alone.push_back(TooFewForAll(problem, 1U << pair, absences));
  }
  Bitmap unserved(problem.range());
  for (uint32_t pairs = 1; pairs >> request.language_pairs.size() == 0; ++pairs) {
    const bool is_one = (pairs & (pairs - 1)) == 0;
    if (is_one || !IsConnected(request, pairs)) continue;
    Bitmap together = TooFewForAll(problem, pairs, absences);
    for (size_t pair = 0; pair < alone.size(); ++pair) {
      if ((pairs >> pair & 1) != 0) together.AndNot(alone[pair]);
    }
    unserved.OrWith(together);
  }
  return unserved;
}

std::vector<std::vector<int>> AssignInterpreters(const Problem& problem, Quarter start) {
  const SuggestRequest& request = problem.request();
  std::vector<std::pair<int, int>> free;  // Preference, interpreter.
  for (size_t i = 0; i < request.interpreters.size(); ++i) {
    const PersonStatus status = problem.StatusOf(request.interpreters[i].availability.get(), start);
    if (status != PersonStatus::kBusy) {
      free.emplace_back(PreferenceOf(status), static_cast<int>(i));
    }
  }
  std::stable_sort(free.begin(), free.end());
  Assignment assignment(request);
  for (const auto& [preference, interpreter] : free) assignment.Add(interpreter);
  return std::move(assignment).Take();
}

}  // namespace neshast::scheduling
