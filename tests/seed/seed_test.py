#!/usr/bin/env python3
"""Holds what deploy/seed/merge prints to the rules that the contract cannot say."""
import datetime
import json
import pathlib
import re
import subprocess
import unittest

SEED = pathlib.Path(__file__).resolve().parents[2] / "deploy/seed"
DIRECTORY = json.loads(subprocess.run([SEED / "merge"], capture_output=True, check=True).stdout)
COLLECTIONS = {"cities": "cities", "organizations": "organizations", "people": "people",
               "expert_groups": "expertGroups", "networks": "networks", "topics": "topics"}
KINDS = {"KIND_FULL", "KIND_HALF_AFTERNOON", "KIND_OBSERVANCE", "KIND_MAKEUP_WORKDAY"}
CALENDARS = {city["name"]: city["work_calendar"] for city in DIRECTORY["cities"]}
HOLIDAYS = [(city, day) for city, calendar in CALENDARS.items() for day in calendar["holidays"]]
YEARS = range(2026, 2031)


def date(text):
    """The date; only the one ISO form of it is taken."""
    parsed = datetime.date.fromisoformat(text)
    assert parsed.isoformat() == text, text
    return parsed


def instant(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")


def minutes(week):
    """How long offices are open in a week."""
    return sum(day["closes_minute"] - day["opens_minute"] for day in week["days"])


def references(value):
    """The names of resources anywhere in a message, its own among them."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [name for each in value for name in references(each)]
    names = "|".join(COLLECTIONS.values())
    return [value] if isinstance(value, str) and re.match(f"({names})/", value) else []


class Seed(unittest.TestCase):
    def test_every_reference_resolves_and_every_name_is_given_once(self):
        names = [message["name"] for key in COLLECTIONS for message in DIRECTORY[key]]
        self.assertEqual(len(names), len(set(names)))
        self.assertEqual(set(references(DIRECTORY)), set(names))
        for key, collection in COLLECTIONS.items():
            for message in DIRECTORY[key]:
                self.assertRegex(message["name"], f"^{collection}/[a-z0-9-]+$")

    def test_a_city_has_holidays_of_each_year_in_order_and_one_a_date(self):
        for city, calendar in CALENDARS.items():
            dates = [date(holiday["date"]) for holiday in calendar["holidays"]]
            self.assertEqual(dates, sorted(set(dates)), city)
            self.assertLessEqual(len(dates), 1000, city)
            self.assertEqual({day.year for day in dates}, set(YEARS), city)

    def test_a_holiday_says_what_it_is_how_sure_and_where_that_comes_from(self):
        for city, holiday in HOLIDAYS:
            self.assertIn(holiday["kind"], KINDS, city)
            self.assertIn(holiday["status"], {"STATUS_FIXED", "STATUS_COMPUTED"}, city)
            self.assertTrue(0 < len(holiday["source"]) <= 200, (city, holiday))
            self.assertIn("en", holiday["display_name"]["texts"], city)

    def test_a_make_up_workday_is_a_weekend_day(self):
        for city, holiday in HOLIDAYS:
            if holiday["kind"] == "KIND_MAKEUP_WORKDAY":
                self.assertGreaterEqual(date(holiday["date"]).isoweekday(), 6, (city, holiday))

    def test_weeks_are_sorted_and_ramadan_is_above_them(self):
        for city, calendar in CALENDARS.items():
            order = [(week.get("ramadan", False), week.get("valid_from_date", ""))
                     for week in calendar["weeks"]]
            self.assertEqual(order, sorted(set(order)), city)
            self.assertLessEqual(len(order), 50, city)

    def test_hours_lie_within_the_day(self):
        for city, calendar in CALENDARS.items():
            for week in calendar["weeks"]:
                weekdays = [day["weekday"] for day in week["days"]]
                self.assertEqual(len(weekdays), len(set(weekdays)), city)
                self.assertLessEqual(set(weekdays), set(range(1, 8)), city)
                for day in week["days"]:
                    opens, closes = day["opens_minute"], day["closes_minute"]
                    self.assertTrue(0 <= opens < closes <= 1440, (city, day))

    def test_protected_windows_lie_on_a_working_day(self):
        for city, calendar in CALENDARS.items():
            for week in calendar["weeks"]:
                working = {0} | {day["weekday"] for day in week["days"]}
                for window in week.get("protected_windows", []):
                    self.assertIn(window["weekday"], working, city)
                    begins, ends = window["begins_minute"], window["ends_minute"]
                    self.assertTrue(0 <= begins < ends <= 1440, (city, window))

    def test_a_week_ends_after_it_begins(self):
        for city, calendar in CALENDARS.items():
            for week in calendar["weeks"]:
                begins = date(week.get("valid_from_date", "0001-01-01"))
                self.assertLess(begins, date(week.get("valid_until_date", "9999-12-31")), city)

    def test_ramadan_lasts_29_or_30_days_each_year_and_shortens_the_hours(self):
        for city, calendar in CALENDARS.items():
            months = [week for week in calendar["weeks"] if week.get("ramadan")]
            ordinary = max(minutes(week) for week in calendar["weeks"] if week not in months)
            for week in months:
                first, end = date(week["valid_from_date"]), date(week["valid_until_date"])
                self.assertIn((end - first).days, (29, 30), city)
                self.assertLess(minutes(week), ordinary, city)
            begins = [date(week["valid_from_date"]) for week in months]
            for before, after in zip(begins, begins[1:]):
                self.assertIn((after - before).days, (354, 355), city)
            if months:
                self.assertEqual({first.year for first in begins}, set(YEARS), city)

    def test_busy_intervals_are_sorted_apart_and_inside_what_is_known(self):
        for person in DIRECTORY["people"]:
            known = person.get("availability")
            if not known:
                continue
            at = instant(known["known_from_time"])
            for busy in known.get("busy", []):
                self.assertLessEqual(at, instant(busy["start_time"]), busy)
                self.assertLess(instant(busy["start_time"]), instant(busy["end_time"]), busy)
                at = instant(busy["end_time"])
            self.assertLessEqual(at, instant(known["known_until_time"]))

    def test_of_the_summit_some_mayors_are_known_and_two_are_not(self):
        summit = next(network for network in DIRECTORY["networks"]
                      if network["name"] == "networks/eco-mayors")
        unknown = [person["name"] for person in DIRECTORY["people"]
                   if person["city"] in summit["cities"] and "availability" not in person]
        self.assertEqual(len(unknown), 2, unknown)


if __name__ == "__main__":
    unittest.main()
