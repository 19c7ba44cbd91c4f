#!/usr/bin/env python3
"""An agenda by command line: drafted, put in order, agreed to, with papers.

command_line_agenda_test.py PATH_OF_NESHASTD PATH_OF_NESHAST
"""
import unittest

from command_line import NEXT_YEAR, CommandLine


class Agendas(CommandLine):
    def agenda(self, *words, **expected):
        verb = words[:2] if words[0] in ("paper", "floor") else words[:1]
        return self.told("agenda", *verb, self.session, *words[len(verb):], **expected)

    def setUp(self):
        session = self.json("session", "book", "--city", "isfahan=expert-crisis-isfahan", "--city",
                            "st-petersburg=expert-epidemiology-petersburg", "--at",
                            f"{NEXT_YEAR}-09-0{1 + len(self._testMethodName) % 9}T11:30", "--duration",
                            "2h", "--kind", "expert-session", "--title", "en=Crisis medicine", "--draft")
        self.session = session["name"].split("/")[1]
        for key, length in (("welcome", "20m"), ("papers", "1h")):
            self.agenda("add", "--id", key, "--title", f"en={key.title()}", "--length", length,
                        "--kind", "presentation", "--openness", "open")

    def test_items_are_shown_in_the_order_that_they_are_put_in(self):
        text = self.agenda("arrange", "papers", "papers/welcome")
        self.assertLess(text.index("papers"), text.index("welcome"))
        self.assertIn("60 minutes", self.agenda("show").replace("1 hour", "60 minutes"))
        self.assertIn("places: ", self.agenda("arrange", "papers", code=3))

    def test_what_does_not_fit_and_who_does_not_speak_are_told(self):
        self.assertIn("neshast agenda update", self.agenda("update", "papers", "--length", "2h", code=5))
        self.assertIn("item.speakers[0].person", self.agenda(
            "update", "papers", "--speaker", "interpreter-fa-ru-1", code=3))
        self.assertIn("--length", self.agenda("update", "papers", code=2))

    def test_the_host_agrees_to_what_it_saw(self):
        etag = self.json("agenda", "show", self.session)["agenda"]["etag"]
        text = self.agenda("agree", etag)
        self.assertIn("Agreed to by Isfahan.", text)
        self.assertIn("Not yet agreed to by St Petersburg.", text)
        self.agenda("remove", "welcome")
        self.agenda("agree", etag, code=5)

    def test_a_paper_is_handed_in_and_read(self):
        file = self.data / "paper.txt"
        file.write_text("Knowledge and experience.")
        paper = self.json("agenda", "paper", "add", self.session, "papers", "--title", "en=Programme",
                          "--language", "fa", "--for", "parties", "--file", str(file), "--media-type",
                          "text/plain")["name"].split("/")[-1]
        self.assertIn("text/plain, 25 bytes", self.agenda("show"))
        copy = self.data / "copy.txt"
        self.assertIn("version 1", self.agenda("paper", "show", paper, "--into", str(copy)))
        self.assertEqual(copy.read_text(), file.read_text())

    def test_it_is_not_started_before_it_is_confirmed(self):
        self.agenda("start", code=5)
        self.agenda("floor", "request", "expert-crisis-isfahan", code=5)
        self.agenda("floor", "list")


if __name__ == "__main__":
    unittest.main()
