#!/usr/bin/env python3
"""Clearances and delegations by command line: who comes, who replaces whom, who decides.

command_line_delegations_test.py PATH_OF_NESHASTD PATH_OF_NESHAST
"""
import unittest

from command_line import NEXT_YEAR, CommandLine


class Delegations(CommandLine):
    day = 0

    def setUp(self):
        """A draft on a day of its own."""
        type(self).day += 1
        session = self.json("session", "book", "--city", "isfahan=expert-foreign-isfahan",
                            "--city", "st-petersburg=expert-epidemiology-petersburg",
                            "--at", f"{NEXT_YEAR}-11-{self.day:02}T11:30", "--kind",
                            "expert-session", "--title", "en=Medicine in a crisis", "--draft")
        self.session = session["name"].split("/")[1]
        self.ours = ("--city", "st-petersburg")

    def named(self):
        self.told("session", "confirm", self.session)
        self.told("delegation", "name", self.session, *self.ours,
                  "--seat", "head=mayor-of-st-petersburg",
                  "--seat", "member=expert-epidemiology-petersburg")

    def test_a_session_waits_for_a_letter_or_says_why_not(self):
        ministry = ("session", "clear", self.session, "foreign-ministry-isfahan")
        self.assertIn("Clearance of foreign-ministry-isfahan: awaited", self.told(*ministry, "awaited"))
        refused = self.told("session", "confirm", self.session, code=5)
        self.assertIn("bodies organizations/foreign-ministry-isfahan", refused)
        self.assertIn("--force-reason", refused)
        self.assertIn("clearance.letter_number", self.told(*ministry, "granted", code=3))
        text = self.told("session", "confirm", self.session, "--force-reason", "By telephone")
        self.assertRegex(text, r"Confirmed without the clearance of foreign-ministry-isfahan at .* "
                               r"by principals/officer: By telephone")

    def test_people_are_named_replaced_and_corrected_after_the_list_is_closed(self):
        self.named()
        shown = self.told("delegation", "show", self.session)
        self.assertRegex(shown, r"head +mayor-of-st-petersburg")
        self.assertIn("Isfahan: the list is open\nNobody is named.", shown)
        text = self.told("delegation", "substitute", self.session, "mayor-of-st-petersburg",
                         "expert-hospitals-petersburg", *self.ours, "--reason", "Illness",
                         "--title", "en=Vice-governor")
        self.assertRegex(text, "head +expert-hospitals-petersburg .*Vice-governor")
        self.assertRegex(text, "Replaced at .*: mayor-of-st-petersburg by expert-hospitals-petersburg: Illness")
        self.assertIn("closed since", self.told("delegation", "close", self.session))
        refused = self.told("delegation", "name", self.session, *self.ours,
                            "--seat", "head=mayor-of-st-petersburg", code=5)
        self.assertIn("neshast delegation substitute", refused)

    def test_two_heads_and_a_role_that_is_none_are_refused(self):
        refused = self.told("delegation", "name", self.session, *self.ours, "--seat",
                            "head=mayor-of-st-petersburg", "--seat",
                            "head=expert-epidemiology-petersburg", code=3)
        self.assertIn("seats[1].role", refused)
        self.assertIn("note-taker", self.told("delegation", "name", self.session, *self.ours, "--seat",
                                              "chief=mayor-of-st-petersburg", code=2))

    def test_a_city_asks_and_the_host_accepts(self):
        self.named()
        self.told("delegation", "close", self.session, *self.ours)
        self.told("principal", "create", "secretary", "--role", "delegation-secretary", "--city",
                  "st-petersburg", "--display-name", "Secretary", **self.administrator())
        made = self.json("token", "create", "--principal", "secretary", **self.administrator())
        asked = self.json("delegation", "substitute", self.session, "mayor-of-st-petersburg",
                          "expert-hospitals-petersburg", NESHAST_TOKEN=made["secret"],
                          NESHAST_TOKEN_FILE=None)["delegations"][1]
        self.assertEqual(asked["seats"][0]["person"], "people/mayor-of-st-petersburg")
        text = self.told("delegation", "decide", self.session, asked["changes"][0]["id"], *self.ours)
        self.assertRegex(text, "head +expert-hospitals-petersburg")
        self.assertRegex(self.told("delegation", "credentials", self.session, "expert-hospitals-petersburg",
                                   "accepted", "--letter", "77-A", *self.ours), "accepted 77-A")

    def administrator(self):
        return {"NESHAST_TOKEN_FILE": str(self.data / "administrator.token")}


if __name__ == "__main__":
    unittest.main()
