#!/usr/bin/env python3
"""Proposals by command line: offered by the host, answered by whoever holds a personal link.

command_line_proposals_test.py PATH_OF_NESHASTD PATH_OF_NESHAST
"""
import datetime
import unittest

from command_line import NEXT_YEAR, CommandLine
from proposals_test import derived


class Proposals(CommandLine):
    day = 0

    def setUp(self):
        """A proposal that is sent, of two slots on days of its own."""
        type(self).day += 2
        self.days = [f"{NEXT_YEAR}-10-{self.day + i:02}T11:30" for i in (0, 1)]
        reply_by = datetime.date.today() + datetime.timedelta(days=5)
        draft = self.json("proposal", "create", "--kind", "mayors-dialogue", "--title", "en=Dialogue",
                          "--city", "isfahan=mayor-of-isfahan", "--city", "xian=mayor-of-xian",
                          "--slot", self.days[0], "--slot", self.days[1], "--duration", "90m",
                          "--reply-by", str(reply_by), "--recipient", "mayor-of-xian")
        self.id = draft["name"].split("/")[1]
        self.sent = self.json("proposal", "send", self.id)

    def link(self, generation=1):
        key = bytes.fromhex((self.data / "link.key").read_text())
        return {"NESHAST_TOKEN": derived(key, self.sent["name"], "people/mayor-of-xian", generation),
                "NESHAST_TOKEN_FILE": None}

    def test_a_link_shows_its_proposal_in_its_own_time_first_and_answers_it(self):
        shown = self.told("proposal", "show", **self.link())
        self.assertRegex(shown, r"SLOT +xian +isfahan +HOUR")
        self.assertRegex(shown, rf"s1 .*{NEXT_YEAR} 16:00 .*{NEXT_YEAR} 11:30 ")
        self.assertRegex(shown, r"answers until .* 04:30 in xian")  # midnight in Isfahan
        self.assertNotIn("mayor-of-isfahan", shown)
        text = self.told("proposal", "answer", "--slot", "s1=if-need-be", "--slot", "s2=no",
                         "--remark", "The mayor is abroad", **self.link())
        self.assertRegex(text, r"mayor-of-xian +s1 +if-need-be +The mayor is abroad +links/")
        text = self.told("proposal", "counter", "--at", f"{NEXT_YEAR}-10-29T15:00", **self.link())
        self.assertRegex(text, "Asked for by mayor-of-xian: .* 15:00 Asia/Shanghai")
        self.assertIn("the answers are yes, if-need-be and no", self.told(
            "proposal", "answer", "--slot", "s1=maybe", code=2, **self.link()))
        self.told("session", "list", code=6, **self.link())
        self.assertIn(self.id, self.told("proposal", "list"))

    def test_the_host_reminds_and_decides_and_the_session_is_confirmed(self):
        self.assertIn("Reminded: Mayor of Xi'an", self.told("proposal", "nudge", self.id))
        self.assertIn("Nobody is to be reminded", self.told("proposal", "nudge", self.id))
        text = self.told("proposal", "decide", self.id, "s2", "--session-id", f"dialogue-{self.day}")
        self.assertIn("s2 (decided)", text)
        self.assertIn(f"neshast session confirm dialogue-{self.day}", text)
        session = self.json("session", "confirm", f"dialogue-{self.day}")
        self.assertEqual(session["start_time"]["local_time"], self.days[1] + ":00")
        self.assertIn("PROPOSAL_CLOSED", self.told("proposal", "answer", self.id, "--slot", "s1=yes",
                                                   code=5, **self.link()))

    def test_a_link_that_was_replaced_says_so(self):
        self.assertIn("lasts until", self.told("proposal", "link", "renew", self.id, "mayor-of-xian"))
        self.assertIn("replaced by a newer one", self.told("proposal", "show", code=6, **self.link()))
        self.assertIn("Dialogue", self.told("proposal", "show", **self.link(2)))
        self.assertIn("was revoked", self.told("proposal", "link", "revoke", self.id, "mayor-of-xian"))
        self.assertIn("was revoked", self.told("proposal", "show", code=6, **self.link(2)))

    def test_a_proposal_that_is_withdrawn_says_why(self):
        self.told("proposal", "withdraw", self.id, "--reason", "Illness")
        self.assertIn("Withdrawn: Illness", self.told("proposal", "show", **self.link()))


if __name__ == "__main__":
    unittest.main()
