#!/usr/bin/env python3
"""Minutes by command line: from closing the session to the file that proves itself.

command_line_minutes_test.py PATH_OF_NESHASTD PATH_OF_NESHAST
"""
import datetime
import time
import unittest
import zoneinfo

from command_line import CommandLine


class Minutes(CommandLine):
    """As the protocol office of Isfahan, and as the secretary of St Petersburg."""

    def minutes(self, *arguments, **expected):
        return self.told("minutes", *arguments, **expected)

    def held(self):
        """Books a session some seconds ahead: nothing is booked in the past."""
        for lead in (3, 10, 40):
            begins = (datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Tehran")).replace(microsecond=0)
                      + datetime.timedelta(seconds=lead))
            booked = self.neshast("session", "book", "--city", "isfahan=expert-crisis-isfahan",
                                  "--city", "st-petersburg=expert-epidemiology-petersburg", "--at",
                                  begins.strftime("%Y-%m-%dT%H:%M:%S"), "--duration", "1h",
                                  "--kind", "expert-session", "--title", "en=Crisis medicine")
            if booked.returncode == 0:
                break
        time.sleep(max(0, begins.timestamp() + 0.1 - time.time()))
        listed = self.json("session", "list", "--city", "st-petersburg")
        return listed["sessions"][0]["name"].split("/")[1]

    def secretary(self):
        token = self.data / "secretary.token"
        administrator = {"NESHAST_TOKEN_FILE": str(self.data / "administrator.token")}
        self.told("principal", "create", "secretary", "--role", "delegation-secretary", "--city",
                  "st-petersburg", "--display-name", "Secretary", **administrator)
        made = self.json("token", "create", "--principal", "secretary", **administrator)
        token.write_text(made["secret"])
        return {"NESHAST_TOKEN_FILE": str(token)}

    def test_a_session_is_closed_and_its_minutes_are_adopted_sealed_and_amended(self):
        session, secretary = self.held(), self.secretary()
        self.assertIn("draft, 0 entries", self.minutes("start", session))
        self.minutes("set", session, "--language", "fa", "--language", "ru", "--language",
                     "en=courtesy")
        self.minutes("entry", "add", session, "practice", "ru", "Обмен опытом", "--id", "first",
                     "--city", "st-petersburg", "--translation", "en=Exchange of experience")
        self.minutes("entry", "add", session, "decision", "fa", "بیهوده", "--id", "second")
        self.minutes("entry", "remove", session, "second")
        self.minutes("entry", "translate", session, "first", "fa", "تبادل تجربه", "--authoritative")
        updated = self.minutes("entry", "update", session, "first", "--text", "Обмен опытом и идеями")
        self.assertIn("(courtesy, outdated)", updated)
        self.minutes("attendance", session, "expert-crisis-isfahan", "present")
        self.assertIn("There are no minutes", self.minutes("show", session, code=4, **secretary))
        self.minutes("circulate", session, "--days", "3", "--silence")
        self.assertIn("silence", self.minutes("show", session, **secretary))
        filed = self.json("minutes", "correct", session, "first", "en", "Sharing experience",
                          "--remark", "Better English", **secretary)
        self.assertIn("neshast minutes accept", self.minutes("seal", session, code=5))
        self.minutes("accept", session, "first", filed["corrections"][0]["id"])
        self.assertIn("version 2", self.minutes("reissue", session))
        filed = self.json("minutes", "correct", session, "first", "ru", "Нет", **secretary)
        rejected = self.minutes("reject", session, "first", filed["corrections"][1]["id"], "Not said.")
        self.assertIn("rejected: ru  Нет  Answer: Not said.", rejected)
        self.minutes("annex", session, "ru", "Заявление", **secretary)
        self.minutes("decline", session, "The council has not sat.", **secretary)
        self.assertIn("--list-unadopted", self.minutes("seal", session, code=5))
        self.minutes("adopt", session)
        self.assertIn("adopted, version 2", self.minutes(
            "adopt", session, "--reservation", "Not point 3", "--language", "en", **secretary))
        self.assertIn("Sealed at", self.minutes("seal", session))
        self.verified(session)
        self.assertIn("They amend sessions/", self.minutes("amend", session, "A figure was wrong."))
        self.assertIn("sealed", self.minutes("show", session, "--number", "1", **secretary))

    def verified(self, session):
        file = self.data / "minutes.txt"
        self.minutes("export", session, "--file", str(file))
        key = self.minutes("key").strip()
        self.assertIn("by the key given", self.minutes("verify", str(file), "--key", key,
                                                       NESHAST_SERVER="127.0.0.1:1"))
        text = file.read_text()
        file.write_text(text.replace("Sharing", "Stealing", 1))
        self.assertRegex(self.minutes("verify", str(file), code=3), 'part "entry 1 .*" was changed')
        self.assertIn("Cannot read", self.minutes("verify", "/none", code=4))


if __name__ == "__main__":
    unittest.main()
