#include "suggestions/question.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "neshast/v1/group.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/session.pb.h"
#include "sessions/calendars.h"
#include "sessions/series.h"
#include "suggestions/diary.h"

namespace neshast {
namespace {

using scheduling::Interval;
using std::chrono::seconds;

// Beyond the window: the buffers before it, and the widest window that a search tries of itself.
constexpr date::days kBefore{1};
constexpr date::days kAfter{29};
// Above this one interpreter is not enough (facts of the trade: 30 to 40 minutes in the booth).
constexpr seconds kAlone = std::chrono::minutes(40);
constexpr int kPage = 1000;

// Fills a Question, part by part.
class Asking {
 public:
  Asking(const ZoneDatabase& zones, const v1::SuggestTimesRequest& request, Transaction& tx)
      : zones_(zones), request_(request), tx_(tx) {}

  absl::StatusOr<Question> Ask() && {
    SetTimes();
    RETURN_IF_ERROR(AddCities());
    RETURN_IF_ERROR(AddSeries());
    RETURN_IF_ERROR(SetOwn());
    SetLimits();
    RETURN_IF_ERROR(AddPeople());
    RETURN_IF_ERROR(AddQuorums());
    RETURN_IF_ERROR(AddInterpreters());
    return std::move(question_);
  }

 private:
  void SetTimes() {
    const auto instant = [](const auto& time) { return Instant(seconds(time.seconds())); };
    auto& search = question_.request;
    search.duration = seconds(request_.duration().seconds());
    search.window = {instant(request_.window_start_time()), instant(request_.window_end_time())};
    search.now = Instant(seconds(absl::ToUnixSeconds(tx_.now())));
    search.minimum_notice = seconds(request_.minimum_notice().seconds());
    search.buffer_before = seconds(request_.buffer_before().seconds());
    search.buffer_after = seconds(request_.buffer_after().seconds());
    if (request_.step_minutes() != 0) search.step = std::chrono::minutes(request_.step_minutes());
    if (request_.max_suggestions() != 0) search.max_suggestions = request_.max_suggestions();
    if (request_.has_max_level()) {
      search.max_level = static_cast<scheduling::Level>(request_.max_level());
    }
    range_ = {search.window.begins - kBefore, search.window.ends + kAfter};
  }

  absl::Status AddCities() {
    for (const v1::Delegation& delegation : request_.delegations()) {
      ASSIGN_OR_RETURN(v1::City city, tx_.Get<v1::City>(delegation.city()));
      scheduling::RequestCity& added = question_.request.cities.emplace_back();
      ASSIGN_OR_RETURN(added.calendar, CalendarOf(city, zones_, range_));
      index_[city.name()] = static_cast<int>(question_.cities.size());
      question_.cities.push_back(std::move(city));
    }
    question_.request.host = index_[request_.host()];
    return absl::OkStatus();
  }

  absl::Status AddSeries() {
    if (request_.series().empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const SeriesHistory history,
                     HistoryOf(request_.series(), request_.moved_session(), tx_));
    for (size_t i = 0; i < question_.cities.size(); ++i) {
      question_.request.cities[i].ledger = history.ledger.BalanceOf(question_.cities[i].name());
    }
    ASSIGN_OR_RETURN(const Zone* zone,
                     zones_.Find(question_.cities[question_.request.host].time_zone()));
    std::set<std::chrono::minutes> times;
    for (const Instant begins : history.promised) {
      const WallTime wall = zone->ToWall(begins);
      times.insert(
          date::floor<std::chrono::minutes>(wall - WallTime(date::floor<date::days>(wall))));
    }
    question_.request.series_times.assign(times.begin(), times.end());
    return absl::OkStatus();
  }

  void SetLimits() {
    for (const v1::CityLimit& limit : request_.city_limits()) {
      scheduling::RequestCity& city = question_.request.cities[index_[limit.city()]];
      if (limit.has_max_level()) city.max_level = static_cast<scheduling::Level>(limit.max_level());
      for (const std::string& date : limit.forbidden_dates()) {
        if (const auto day = ParseDate(date); day.ok()) {
          city.forbidden_dates.push_back(date::local_days(*day));
        }
      }
    }
  }

  absl::Status AddPeople() {
    for (int i = 0; i < request_.delegations_size(); ++i) {
      const v1::Delegation& delegation = request_.delegations(i);
      for (const std::string& person : delegation.required_people()) {
        RETURN_IF_ERROR(AddPerson(person, i, true));
      }
      for (const std::string& person : delegation.optional_people()) {
        RETURN_IF_ERROR(AddPerson(person, i, false));
      }
    }
    return absl::OkStatus();
  }

  absl::Status AddPerson(const std::string& name, int city, bool required) {
    ASSIGN_OR_RETURN(const v1::Person person, tx_.Get<v1::Person>(name));
    scheduling::RequestPerson& added = question_.request.persons.emplace_back();
    added.city = city;
    added.required = required;
    ASSIGN_OR_RETURN(added.availability, Compiled(person));
    if (request_.has_daily_limit()) {
      added.daily_limit =
          date::floor<std::chrono::minutes>(seconds(request_.daily_limit().seconds()));
    }
    index_[name] = static_cast<int>(question_.persons.size());
    question_.persons.push_back(name);
    return absl::OkStatus();
  }

  // Where a session is to be moved: itself, and the hold that keeps its slot.
  absl::Status SetOwn() {
    if (request_.moved_session().empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const v1::Session session, tx_.Get<v1::Session>(request_.moved_session()));
    own_ = {session.name(), session.hold()};
    return absl::OkStatus();
  }

  absl::StatusOr<std::shared_ptr<const scheduling::CompiledAvailability>> Compiled(
      const v1::Person& person) {
    ASSIGN_OR_RETURN(const scheduling::Availability diary, DiaryOf(person, range_, own_, tx_));
    return std::make_shared<const scheduling::CompiledAvailability>(diary, range_);
  }

  absl::Status AddQuorums() {
    std::vector<FieldViolation> faults;
    for (int i = 0; i < request_.quorums_size(); ++i) {
      const v1::Quorum& quorum = request_.quorums(i);
      std::set<std::string> members(quorum.people().begin(), quorum.people().end());
      RETURN_IF_ERROR(AddGroup(quorum.expert_group(), members));
      scheduling::QuorumGroup& group = question_.request.groups.emplace_back();
      group.needed = quorum.needed();
      for (const std::string& member : members) group.members.push_back(index_[member]);
      if (static_cast<size_t>(group.needed) > members.size()) {
        faults.push_back({absl::StrCat("quorums[", i, "].needed"),
                          absl::StrCat("Only ", members.size(), " member(s) take part.")});
      }
    }
    if (faults.empty()) return absl::OkStatus();
    const std::string sentence = absl::StrCat("A quorum is too large: ", faults[0].description);
    return Error(absl::StatusCode::kInvalidArgument, sentence,
                 {.reason = "INVALID_FIELD", .metadata = {}, .violations = std::move(faults)});
  }

  // Adds to `members` those of the expert group whose city takes part.
  absl::Status AddGroup(const std::string& name, std::set<std::string>& members) {
    if (name.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const v1::ExpertGroup group, tx_.Get<v1::ExpertGroup>(name));
    for (const std::string& member : group.people()) {
      if (index_.count(member) == 0) {
        ASSIGN_OR_RETURN(const v1::Person person, tx_.Get<v1::Person>(member));
        const auto city = index_.find(person.city());
        if (city == index_.end()) continue;
        RETURN_IF_ERROR(AddPerson(member, city->second, false));
      }
      members.insert(member);
    }
    return absl::OkStatus();
  }

  absl::Status AddInterpreters() {
    if (request_.interpretation().empty()) return absl::OkStatus();
    const int by_length = question_.request.duration > kAlone ? 2 : 1;
    for (const v1::InterpretationNeed& need : request_.interpretation()) {
      const int needed = need.interpreters() == 0 ? by_length : need.interpreters();
      question_.request.language_pairs.push_back({needed});
    }
    ListQuery query{
        .kind = "Person", .parent = "", .list = "interpreters", .after = "", .limit = kPage};
    while (true) {
      ASSIGN_OR_RETURN(const std::vector<v1::Person> page, tx_.List<v1::Person>(query));
      for (const v1::Person& person : page) RETURN_IF_ERROR(AddInterpreter(person));
      if (page.size() < static_cast<size_t>(kPage)) return absl::OkStatus();
      query.after = page.back().name();
    }
  }

  // A delegate does not interpret.
  absl::Status AddInterpreter(const v1::Person& person) {
    std::vector<int> pairs;
    for (int i = 0; i < request_.interpretation_size(); ++i) {
      if (Interprets(person, request_.interpretation(i))) pairs.push_back(i);
    }
    if (pairs.empty() || index_.count(person.name()) != 0) return absl::OkStatus();
    ASSIGN_OR_RETURN(auto availability, Compiled(person));
    question_.request.interpreters.push_back({std::move(availability), std::move(pairs)});
    question_.interpreters.push_back(person.name());
    return absl::OkStatus();
  }

  static bool Interprets(const v1::Person& person, const v1::InterpretationNeed& need) {
    return std::any_of(
        person.interprets().begin(), person.interprets().end(), [&](const v1::LanguagePair& pair) {
          return (pair.first() == need.first_language() &&
                  pair.second() == need.second_language()) ||
                 (pair.second() == need.first_language() && pair.first() == need.second_language());
        });
  }

  const ZoneDatabase& zones_;
  const v1::SuggestTimesRequest& request_;
  Transaction& tx_;
  Interval range_;
  std::set<std::string> own_;         // what may claim the people's time
  std::map<std::string, int> index_;  // of cities and of people: their names never meet
  Question question_;
};

}  // namespace

absl::StatusOr<Question> QuestionOf(const ZoneDatabase& zones,
                                    const v1::SuggestTimesRequest& request, Transaction& tx) {
  return Asking(zones, request, tx).Ask();
}

}  // namespace neshast
