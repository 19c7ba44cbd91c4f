#!/usr/bin/env python3
"""What is not sound is refused, every bad field in one answer, and nothing of it is written.

refusals_test.py PATH_OF_NESHASTD
"""
import pathlib
import sys
import unittest

import grpc

from reflected import bad_fields, reason
from served import Served, meeting

NESHASTD = None
MANY = [f"people/delegate-{number}" for number in range(10000)]
START = "session.start_time"
TITLE = "session.title.texts[en]"


def titled(text):
    return {"title": {"texts": {"en": text}}}


def at(local_time, zone="Asia/Tehran"):
    return {"start_time": {"local_time": local_time, "time_zone": zone}}


# name, what is changed in a sound session, the field that is bad
CASES = [
    ("AZoneThatIsNone", at("2090-12-01T10:00", "Asia/Isfahan"), f"{START}.time_zone"),
    ("AnOffsetForAZone", at("2090-12-01T10:00", "+03:30"), f"{START}.time_zone"),
    ("APathForAZone", at("2090-12-01T10:00", "../../etc/passwd"), f"{START}.time_zone"),
    ("ADayThatIsNone", at("2090-02-30T10:00"), f"{START}.local_time"),
    ("AnHourThatIsNone", at("2090-12-01T25:00"), f"{START}.local_time"),
    ("APastDate", at("2020-09-01T10:00"), f"{START}.local_time"),
    ("NoTime", {"duration": "0s"}, "session.duration"),
    ("NegativeTime", {"duration": "-3600s"}, "session.duration"),
    ("HalfAMinute", {"duration": "1830s"}, "session.duration"),
    ("AYear", {"duration": "31536000s"}, "session.duration"),
    ("Nobody", {"delegations": []}, "session.delegations"),
    ("TenThousandPeople", {"delegations": [{"city": "cities/isfahan", "required_people": MANY}]},
     "session.delegations[0].required_people"),
    ("TenThousandCities", {"delegations": [{"city": "cities/isfahan"}] * 10000},
     "session.delegations"),
    ("APathForAPerson", {"interpreters": ["people/../../etc/passwd"]}, "session.interpreters[0]"),
    ("AKindThatIsNone", {"kind": 77}, "session.kind"),
    ("NoTitle", {"title": {}}, "session.title.texts"),
    ("ATitleOfAPage", titled("x" * 5000), TITLE),
    ("ALineBreak", titled("Dialogue\nBcc: everybody"), TITLE),
    ("ABell", titled("Dialogue\a"), TITLE),
    ("ANul", titled("Dialogue\0"), TITLE),
    ("AControlOfTheUpperHalf", titled("Dialogue\u0085"), TITLE),
    ("ABidiOverride", titled("Dialogue \u202efdp.exe"), TITLE),
    ("ABidiIsolate", titled("Dialogue \u2066"), TITLE),
    ("ALineSeparator", titled("Dialogue\u2028"), TITLE),
]
# Those that can be wrong in one session together; what has passed is seen once all else is sound.
TOGETHER = ["AZoneThatIsNone", "AnHourThatIsNone", "NegativeTime", "TenThousandPeople",
            "APathForAPerson", "AKindThatIsNone", "ABidiOverride"]


class Refusals(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Served(cls.addClassCleanup, NESHASTD)
        cls.server.start()
        cls.server.fill(cities=["isfahan"], people=["mayor-of-isfahan"])

    def setUp(self):
        self.log = self.whole_log()

    def tearDown(self):
        self.assertEqual(self.whole_log(), self.log, "something was written")

    def whole_log(self):
        return self.server.client("auditor").call("ChangeService/VerifyLog")

    def refused(self, path, code=grpc.StatusCode.INVALID_ARGUMENT, **request):
        with self.assertRaises(grpc.RpcError) as caught:
            self.server.call(path, **request)
        self.assertEqual(caught.exception.code(), code, caught.exception)
        return caught.exception

    def raw(self, path, message):
        """Calls with bytes as they are."""
        channel, metadata = self.server.client().channel, self.server.client().metadata
        call = channel.unary_stream if "Watch" in path else channel.unary_unary
        answer = call(f"/neshast.v1.{path}")(message, metadata=metadata, timeout=20)
        return next(answer) if "Watch" in path else answer

    def test_each_bad_field_is_named(self):
        for name, bad, field in CASES:
            with self.subTest(name):
                session = {**meeting(0), **bad}
                failure = self.refused("SessionService/CreateSession", session=session)
                self.assertEqual(bad_fields(failure), [field])

    def test_all_bad_fields_are_named_in_one_answer(self):
        session, fields = meeting(0), set()
        for name, bad, field in CASES:
            if name in TOGETHER:
                for key, value in bad.items():
                    old = session[key]
                    session[key] = {**old, **value} if isinstance(old, dict) else value
                fields.add(field)
        session["start_time"] = {"local_time": "2090-12-01T25:00", "time_zone": "Asia/Isfahan"}
        failure = self.refused("SessionService/CreateSession", session=session)
        self.assertEqual(set(bad_fields(failure)), fields)

    def test_names_of_people_hold_no_characters_that_deceive(self):
        for text in ("Mayor\u202e", "Mayor\x07", "Mayor\u2029"):
            person = {"city": "cities/isfahan", "own_name": text, "latin_name": text,
                      "honorific": text}
            failure = self.refused("DirectoryService/CreatePerson", person=person,
                                   person_id="mayor-2")
            self.assertEqual(set(bad_fields(failure)),
                             {"person.own_name", "person.latin_name", "person.honorific"})

    def test_a_hold_of_ten_thousand_people_in_the_past_is_refused(self):
        hold = {"host": "cities/isfahan", "duration": "0s", "people": MANY,
                **at("2020-09-01T10:00")}
        failure = self.refused("SessionService/HoldSlot", hold=hold)
        self.assertEqual(set(bad_fields(failure)), {"hold.duration", "hold.people"})

    def test_a_title_of_five_megabytes_is_refused_before_it_is_read(self):
        self.refused("SessionService/CreateSession", grpc.StatusCode.RESOURCE_EXHAUSTED,
                     session={**meeting(0), **titled("x" * 5_000_000)})

    def test_what_is_no_utf8_or_no_message_is_refused(self):
        _, message, _ = self.server.client().prepared(
            "SessionService/CreateSession", {"session": {**meeting(0), **titled("XXXXXXXX")}})
        broken = message.SerializeToString().replace(b"XXXXXXXX", b"Dialog\xff\xfe")
        for path in ("SessionService/CreateSession", "SessionService/GetSession",
                     "ChangeService/WatchChanges"):
            for words in (broken if "Create" in path else b"\x0a\x02\xff\xfe", b"\xff\xff\xff"):
                with self.subTest(path=path, words=words[-8:]):
                    with self.assertRaises(grpc.RpcError) as caught:
                        self.raw(path, words)
                    self.assertEqual(caught.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)
                    self.assertEqual(reason(caught.exception), "INVALID_FIELD")


if __name__ == "__main__":
    NESHASTD = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
