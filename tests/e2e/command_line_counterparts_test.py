#!/usr/bin/env python3
"""Counterparts by `neshast`: vouched for, shown, missed, and gone without.

command_line_counterparts_test.py PATH_OF_NESHASTD PATH_OF_NESHAST
"""
import json
import unittest

from command_line import NEXT_YEAR, CommandLine


class CounterpartsOnTheCommandLine(CommandLine):
    def entered(self, city, name):
        """A city and its mayor, whom nobody has verified; what was said on the way."""
        file = self.data / f"{city}.json"
        file.write_text(json.dumps({
            "cities": [{"name": f"cities/{city}", "display_name": {"texts": {"en": name}},
                        "country": "IT", "time_zone": "Europe/Rome", "languages": ["it"]}],
            "people": [{"name": f"people/mayor-of-{city}", "own_name": f"Sindaco {city}",
                        "latin_name": f"Mayor of {city}", "city": f"cities/{city}",
                        "mail_address": f"sindaco@{city}.example"}]}))
        loaded = self.neshast("directory", "load", str(file))
        self.assertEqual(loaded.returncode, 0, loaded.stderr)
        return loaded.stderr

    def vouched(self, who, *cities, code=0):
        return self.told("city", "vouch", ",".join(cities), "--person", "mayor-of-{city}",
                         "--method", "in-person", "--remark", "At the fair of Bari", code=code,
                         NESHAST_TOKEN_FILE=str(self.data / f"{who}.token"))

    def booking(self, city, day):
        return ("session", "book", "--kind", "working-meeting", "--title", "en=Officers",
                "--city", "isfahan", "--city", f"{city}=mayor-of-{city}",
                "--at", f"{NEXT_YEAR}-10-{day:02}T11:00")

    def test_a_city_is_vouched_for_by_two_and_shown_with_until_when(self):
        self.entered("siena", "Siena")
        self.entered("pisa", "Pisa")
        self.assertIn("no: nobody has vouched: neshast city vouch siena --help",
                      self.told("city", "show", "siena"))
        self.assertRegex(self.vouched("officer", "siena", "pisa"),
                         r"pisa +mayor-of-pisa +not yet: it takes a second officer")
        self.assertIn("Another officer", self.vouched("officer", "siena", code=6))
        self.assertRegex(self.vouched("administrator", "siena", "pisa"), r"siena .* until 20\d\d-")
        shown = self.told("city", "show", "siena")
        self.assertIn("people/mayor-of-siena sindaco@siena.example", shown)
        self.assertRegex(shown, r"Verified +until 20\d\d-")
        self.assertRegex(shown, r"principals/officer by in-person on .*: At the fair of Bari; "
                                r"principals/administrator by")
        self.told(*self.booking("siena", 5))

    def test_a_session_with_a_city_that_nobody_verified_is_refused_with_what_to_do(self):
        self.entered("bari", "Bari")
        text = self.told(*self.booking("bari", 6), code=5)
        self.assertIn("cities/bari, where nobody has vouched", text)
        self.assertIn("neshast city vouch --help", text)
        self.assertIn("The draft stays", text)
        forced = self.told(*self.booking("bari", 7), "--force-reason", "They met at the fair")
        self.assertRegex(forced, r"Confirmed without a verified counterpart in bari at .* "
                                 r"by principals/officer: They met at the fair")

    def test_a_name_that_looks_like_anothers_is_loaded_with_a_word_on_it(self):
        said = self.entered("florence-too", "Flor\u0435nce")
        self.assertIn("Mind that cities/florence-too looks like cities/florence by its name", said)


if __name__ == "__main__":
    unittest.main()
