// city list, city show
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/commands.h"
#include "cli/counterpart_view.h"
#include "neshast/v1/directory_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using v1::DirectoryService;

void List(Connection& connection) {
  const auto cities =
      connection.ListAll(&DirectoryService::Stub::ListCities, v1::ListCitiesRequest());
  if (!cities || PrintDocument(connection.format, *cities)) return;
  std::vector<Row> rows{{"CITY", "NAME", "COUNTRY", "ZONE", "LANGUAGES", "PARTNERSHIP", "SINCE"}};
  for (const v1::City& city : cities->cities()) {
    const v1::Partnership& partnership = city.partnership();
    rows.push_back({IdOf(city.name()), TextOf(city.display_name()), city.country(),
                    city.time_zone(), absl::StrJoin(city.languages(), " "),
                    partnership.stage() == 0 ? "-" : WordOf(partnership.stage()),
                    partnership.signed_date()});
  }
  PrintTable(rows);
}

std::string ClockOf(int minute) {
  return absl::StrFormat("%02d:%02d", minute / 60, minute % 60);
}

Row RowOf(const v1::WorkWeek& week) {
  static const char* kDays[] = {"?", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  std::vector<std::string> days;
  for (const v1::WorkDay& day : week.days()) {
    days.push_back(absl::StrCat(kDays[day.weekday() % 8], " ", ClockOf(day.opens_minute()), "-",
                                ClockOf(day.closes_minute())));
  }
  return {week.valid_from_date().empty() ? "always" : week.valid_from_date(),
          week.valid_until_date().empty() ? "open" : week.valid_until_date(),
          absl::StrCat(week.ramadan() ? "Ramadan: " : "", absl::StrJoin(days, ", "))};
}

void AddCounterpart(const v1::City& city, std::vector<Row>& rows) {
  const v1::Counterpart& counterpart = city.counterpart();
  if (!counterpart.person().empty()) {
    rows.push_back(
        {"Counterpart", absl::StrCat(counterpart.person(), " ", counterpart.mail_address())});
  }
  const Cell verified = VerifiedInWords(city);
  if (!verified.text.empty()) rows.push_back({"Verified", verified});
  const std::string vouchers = VouchersInWords(counterpart);
  if (!vouchers.empty()) rows.push_back({"Vouched for by", vouchers});
}

void Show(Connection& connection, const std::string& id) {
  const auto city =
      connection.Call(&DirectoryService::Stub::GetCity, Named<v1::GetCityRequest>("cities", id));
  if (!city || PrintDocument(connection.format, *city)) return;
  std::vector<std::string> names;
  for (const auto& [language, name] : city->display_name().texts()) {
    names.push_back(absl::StrCat(name, " (", language, ")"));
  }
  std::sort(names.begin(), names.end());
  std::vector<Row> rows{{TextOf(city->display_name()), city->name()},
                        {"Names", absl::StrJoin(names, ", ")},
                        {"Country", city->country()},
                        {"Zone", city->time_zone()},
                        {"Languages", absl::StrJoin(city->languages(), ", ")},
                        {"Partnership", absl::StrCat(WordOf(city->partnership().stage()), " ",
                                                     city->partnership().signed_date())}};
  AddCounterpart(*city, rows);
  PrintTable(rows);
  std::vector<Row> weeks{{"FROM", "UNTIL", "OFFICE HOURS"}};
  for (const v1::WorkWeek& week : city->work_calendar().weeks()) weeks.push_back(RowOf(week));
  if (weeks.size() == 1) weeks.push_back({"always", "open", "Mon to Fri 09:00-17:00"});
  PrintTable(weeks);
  std::vector<Row> days{{"DATE", "HOLIDAY", "KIND", "DATE IS"}};
  for (const v1::Holiday& day : city->work_calendar().holidays()) {
    days.push_back(
        {day.date(), TextOf(day.display_name()), WordOf(day.kind()), WordOf(day.status())});
  }
  if (days.size() > 1) PrintTable(days);
}

}  // namespace

void AddCityCommands(CLI::App& app, Connection& connection) {
  CLI::App* city = AddNoun(app, "city", "Cities: the host, its sister cities, members of networks");
  AddVerb(*city, "list", "All cities", [&connection] { List(connection); });
  auto id = std::make_shared<std::string>();
  AddVerb(
      *city, "show", "One city with its counterpart, office hours and holidays",
      [&connection, id] { Show(connection, *id); }, "  neshast city show xian\n")
      ->add_option("city", *id, "Its id, such as xian")
      ->required();
  AddVouchCommand(*city, connection);
}

}  // namespace neshast::cli
