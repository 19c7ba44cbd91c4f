#!/usr/bin/env python3
"""Documents, letters and commitments by command line.

command_line_documents_test.py PATH_OF_NESHASTD PATH_OF_NESHAST
"""
import unittest

from command_line import NEXT_YEAR, CommandLine

SISTERS = ("xian,kuala-lumpur,florence,iasi,barcelona,yerevan,kuwait-city,freiburg,havana,lahore,"
           "st-petersburg,dakar,baalbek")


class Documents(CommandLine):
    def test_the_memorandum_with_hyderabad_is_signed_step_by_step(self):
        told = self.told("document", "create", "memorandum-hyderabad", "--kind", "memorandum",
                         "--with", "hyderabad", "--title", "en=Memorandum", "--step", "text-agreed",
                         "--step", "cleared@isfahan=foreign-ministry-isfahan", "--step", "signed")
        self.assertIn("memorandum of Isfahan and Hyderabad: draft", told)
        step = ("document", "step", "memorandum-hyderabad")
        self.assertIn("neshast document step", self.told(*step, "signed", "--done", code=5))
        told = self.told(*step, "text-agreed", "--done")
        self.assertIn("Next: step-2, owed by foreign-ministry-isfahan.", told)
        self.assertIn("memorandum-hyderabad",
                      self.told("document", "list", "--owed-by", "foreign-ministry-isfahan"))
        self.told(*step, "council-approved", "--before", "step-3", "--waive", "The mayor may sign.")
        self.told(*step, "cleared", "--done", "--letter", "1405/771")
        self.assertIn("in-force", self.told(*step, "signed", "--done"))
        city = self.json("city", "show", "hyderabad")
        self.assertEqual(city["partnership"]["stage"], "STAGE_SIGNED")
        renewed = self.json("document", "renew", "memorandum-hyderabad", "--letter", "1405/900",
                            "--from", f"{NEXT_YEAR}-01-01", "--until", f"{NEXT_YEAR + 4}-01-01")
        self.assertEqual(renewed["renewals"][0]["letter_number"], "1405/900")
        self.assertEqual(self.json("document", "show", "memorandum-hyderabad"), renewed)

    def test_a_step_that_is_none_and_a_document_that_is_not_there_are_told(self):
        self.assertIn("text-agreed", self.told(
            "document", "create", "nothing", "--kind", "agreement", "--with", "xian", "--title",
            "en=X", "--step", "shaken-on", code=2))
        self.assertIn("neshast document list", self.told("document", "show", "nothing", code=4))

    def test_a_round_to_the_thirteen_and_two_replies(self):
        round = ("--kind", "enquiry", "--subject", "en=How is your city?")
        told = self.told("letter", "round", "1399/771", "--to", SISTERS, *round)
        self.assertIn("1399/771: 13 awaited, 0 answered", told)
        self.assertIn("neshast letter list",
                      self.told("letter", "round", "1399/771", "--to", "xian", *round, code=5))
        letters = self.json("letter", "states", "1399/771")["letters"]
        for letter, state in ((letters[0], "answered"), (letters[3], "declined")):
            self.told("letter", "reply", letter["name"].split("/")[1], state, "--number", "P-12")
        self.assertIn("11 awaited, 1 answered, 1 declined",
                      self.told("letter", "states", "1399/771"))
        awaited = self.json("letter", "list", "--round", "1399/771", "--state", "awaited")
        self.assertEqual(len(awaited["letters"]), 11)

    def test_a_letter_to_the_ministry_belongs_to_its_document(self):
        self.told("document", "create", "four-years", "--kind", "four-year-document", "--with",
                  "st-petersburg", "--title", "en=Infrastructure", "--term", "48")
        self.told("letter", "register", "1405/9", "--kind", "clearance", "--to",
                  "organizations/foreign-ministry-isfahan", "--subject", "en=May we sign?",
                  "--document", "four-years")
        told = self.told("letter", "list", "--document", "four-years")
        self.assertIn("foreign-ministry-isfahan", told)
        self.assertIn("awaited", told)

    def test_a_promise_is_carried_over_until_it_is_done(self):
        first, second = (self.json(
            "session", "book", "--city", "isfahan", "--city", "st-petersburg", "--at",
            f"{NEXT_YEAR}-{month}-01T11:30", "--kind", "expert-session", "--title",
            "en=Crisis medicine")["name"].split("/")[1] for month in ("05", "06"))
        name = self.json("commitment", "add", "--kind", "action", "--from", "st-petersburg", "--to",
                         "isfahan", "--text", "en=Translate the paper", "--session", first, "--due",
                         f"{NEXT_YEAR}-05-20")["name"].split("/")[1]
        self.assertIn("Translate the paper", self.told("commitment", "carried", second))
        told = self.told("commitment", "progress", name, "done", "--remark", "Received")
        self.assertIn("done, by officer: Received", told)
        self.assertNotIn("Translate", self.told("commitment", "carried", second))
        self.assertNotIn(name, self.told("commitment", "list", "--city", "st-petersburg", "--open"))
        self.assertIn(name, self.told("commitment", "list", "--due-until", f"{NEXT_YEAR}-05-20"))


if __name__ == "__main__":
    unittest.main()
