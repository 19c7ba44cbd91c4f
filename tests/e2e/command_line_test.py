#!/usr/bin/env python3
"""The office's bookings by command line: ranked hours, told in words, booked in one command.

command_line_test.py PATH_OF_NESHASTD PATH_OF_NESHAST
"""
import re
import unittest

from command_line import ECO, NEXT_YEAR, CommandLine, window

SISTERS = ("--network", "sister-cities", "--people", "mayor-of-{city}")
ECO_CITIES = ("Isfahan", "Kabul", "Baku", "Astana", "Bishkek", "Islamabad", "Dushanbe", "Ankara",
              "Ashgabat", "Tashkent")
CLOCK = r"\d\d:\d\d"
SOLAR_HIJRI = r"1[45]\d\d/\d\d/\d\d"


class Tables(CommandLine):
    def looks_at_every_city(self, text, cities):
        for city in cities:
            self.assertRegex(text, rf"(?m)^ *{re.escape(city)} .*{CLOCK} .*(office hours|edge|early|"
                                   "late|hard|night)")


class Bookings(Tables):
    def test_the_mayors_dialogue_is_booked_from_the_best_suggestion(self):
        text = self.told("session", "suggest", "--city", "isfahan=mayor-of-isfahan",
                         "--city", "xian=mayor-of-xian", "--duration", "90m", "--interpret", "fa-zh",
                         *window(2), "--kind", "mayors-dialogue", "--title", "en=Mayors' dialogue",
                         "--title", "fa=گفت‌وگوی شهرداران", "--book", "1")
        ranked, _, booked = text.partition("\nMayors' dialogue\n")
        self.assertRegex(ranked, rf"(?m)^1\. \w+day \d+ \w+ {NEXT_YEAR} \({SOLAR_HIJRI}\), {CLOCK} "
                                 "in Isfahan, 90 minutes$")
        self.assertRegex(ranked, r"(?m)^2\. ")
        self.assertIn("Better than the next: ", ranked)
        self.looks_at_every_city(ranked, ("Isfahan", "Xi'an"))
        self.looks_at_every_city(booked, ("Isfahan", "Xi'an"))
        self.assertRegex(booked, rf"Isfahan .*{CLOCK}  {SOLAR_HIJRI}")
        self.assertIn("mayors-dialogue, confirmed", booked)
        self.assertRegex(booked, r"Interpreters: .*Chinese.*Chinese")

    def test_the_expert_session_with_st_petersburg_is_booked(self):
        text = self.told("session", "suggest", "--city",
                         "isfahan=expert-epidemiology-isfahan,expert-foreign-isfahan",
                         "--city", "st-petersburg=expert-epidemiology-petersburg", "--duration", "2h",
                         "--interpret", "fa-ru:2", "--quorum", "crisis-medicine:4", *window(2),
                         "--kind", "expert-session", "--title", "en=Medicine in a crisis",
                         "--book", "1")
        self.assertRegex(text, r"Quorum of crisis-medicine: \d of 6 can come, 4 are needed\.")
        booked = text.partition("\nMedicine in a crisis\n")[2]
        self.looks_at_every_city(booked, ("Isfahan", "St Petersburg"))
        self.assertRegex(booked, rf"(?m)^Isfahan .*{SOLAR_HIJRI}")
        self.assertRegex(booked, r"Interpreters: .*Russian.*Russian")

    def test_the_summit_of_the_ten_eco_cities_is_booked(self):
        self.told("series", "create", "eco-mayors", "--title", "en=Mayors of the ECO")
        text = self.told("session", "suggest", *ECO, "--duration", "2h", "--series", "eco-mayors",
                         *window(5), "--kind", "summit", "--title", "en=Summit of the ECO",
                         "--book", "1")
        ranked, _, booked = text.partition("\nSummit of the ECO\n")
        self.looks_at_every_city(ranked, ECO_CITIES)
        self.looks_at_every_city(booked, ECO_CITIES)
        self.assertRegex(booked, rf"(?m)^Isfahan .*{SOLAR_HIJRI}")
        # Whose time is not known is told as unknown, never as free.
        self.assertRegex(ranked, "Unknown: .*Mayor of Kabul.* if they turn out to be free")

    def test_a_booked_session_is_shown_on_the_clock_of_the_city_that_asks(self):
        session = self.json("session", "suggest", "--city", "isfahan=mayor-of-isfahan",
                            "--city", "xian=mayor-of-xian", *window(8), "--kind", "working-meeting",
                            "--title", "en=Officers", "--book", "1")
        there = next(each for each in session["burdens"] if each["city"] == "cities/xian")
        clock = there["start_time"]["local_time"][11:16]
        text = self.told("session", "list", "--city", "xian", *window(8))
        self.assertRegex(text, r"LOCAL TIME \(Xi'an\)")
        self.assertRegex(text, rf"{session['name'].split('/')[1]} .*{NEXT_YEAR} {clock} .*Officers")

    def test_suggestions_are_held_and_a_hold_becomes_a_session(self):
        people = ("--city", "isfahan=mayor-of-isfahan", "--city", "florence=mayor-of-florence")
        holds = self.json("session", "suggest", *people, *window(9), "--hold", "1,2",
                          "--expires", "24h")["holds"]
        self.assertEqual(len(holds), 2)
        listed = self.told("hold", "list")
        first, second = (hold["name"].split("/")[1] for hold in holds)
        self.assertIn(second, listed)
        text = self.told("session", "book", "--hold", first, *people, "--kind", "working-meeting",
                         "--title", "en=Held and booked")
        self.looks_at_every_city(text, ("Isfahan", "Florence"))
        self.told("hold", "release", second)
        self.assertNotIn(second, self.told("hold", "list"))
        self.told("session", "book", "--hold", second, *people, "--kind", "working-meeting",
                  "--title", "en=Too late", code=4)

    def test_a_session_is_moved_to_a_suggestion_and_leaves_a_tombstone(self):
        session = self.json("session", "book", "--city", "isfahan=mayor-of-isfahan", "--city",
                            "barcelona=mayor-of-barcelona", "--at", f"{NEXT_YEAR}-10-05T22:30",
                            "--kind", "working-meeting", "--title", "en=Too late an hour")
        text = self.told("session", "suggest", "--move", session["name"], *window(10), "--book", "1",
                         "--reason", "A better hour")
        self.assertRegex(text, r"Moved at .* from \w+ 5 Oct \d+ 22:30 Asia/Tehran, 1 hour: A better")


class WhereNothingSuitsAll(Tables):
    def test_the_fourteen_sister_cities_are_told_that_no_hour_suits_all_and_which_it_fails(self):
        text = self.told("session", "suggest", *SISTERS, *window(2))
        self.assertRegex(text, r"No hour is inside office hours in all 14 cities\. At best 1\d of 14 "
                               rf"are, at {CLOCK}[^;.]* UTC, outside then: .*Havana.*\.")
        self.looks_at_every_city(text, ("Havana", "Kuala Lumpur", "Xi'an"))

    def test_what_blocks_office_hours_everywhere_is_named_with_what_would_help(self):
        text = self.told("session", "suggest", *SISTERS, *window(2), "--max-level", "0", code=8)
        self.assertIn("No hour fits.", text)
        self.assertIn("harder than a city may bear", text)
        self.assertRegex(text, r"would fit but for this: .*too hard for Havana")
        self.assertRegex(text, rf"What would help:\n- .* {CLOCK} in Isfahan fits .*--limit havana=\d")
        self.assertNotIn("unavailable", text.lower())

    def test_what_would_help_does_help(self):
        asked = ("session", "suggest", *SISTERS, *window(2), "--max-level", "0")
        text = self.told(*asked, code=8)
        line = next(each for each in text.split("What would help:\n")[1].splitlines()
                    if "--limit" in each)
        limits = re.findall(r"\((--limit) (\S+)\)", line)
        self.told(*asked, *(word for limit in limits for word in limit))

    def test_nothing_is_booked_where_nothing_fits(self):
        self.told("session", "suggest", *SISTERS, *window(2), "--max-level", "0", "--kind", "summit",
                  "--title", "en=Never", "--book", "1", code=8)
        self.assertNotIn("Never", self.told("session", "list", *window(2)))


if __name__ == "__main__":
    unittest.main()
