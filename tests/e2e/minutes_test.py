#!/usr/bin/env python3
"""The expert session's minutes: drafted by two at once, circulated, corrected by both sides, adopted,
sealed, verified without the server, amended; and their bad days.

minutes_test.py PATH_OF_NESHASTD PATH_OF_NESHAST
"""
import pathlib
import subprocess
import sys
import threading
import time
import unittest
import uuid
from concurrent import futures

import grpc

from held import held
from reflected import Client, bad_fields, reason
from served import Served

SERVER = CLI = None
PEOPLE = ["expert-crisis-isfahan", "expert-foreign-isfahan", "expert-epidemiology-petersburg"]
SAID = {"fa": "اصفهان تجربهٔ خود را از بیمارستان‌های صحرایی گفت.",
        "ru": "Санкт-Петербург рассказал о выездных бригадах.",
        "en": "Both cities will exchange their protocols."}


def expert_session():
    return {"kind": "KIND_EXPERT_SESSION", "host": "cities/isfahan", "duration": "7200s",
            "title": {"texts": {"en": "Expert session on crisis medicine",
                                "fa": "نشست تخصصی طب بحران", "ru": "Экспертная сессия"}},
            "languages": ["fa", "ru"],
            "delegations": [{"city": "cities/isfahan", "required_people": [f"people/{PEOPLE[0]}"]},
                            {"city": "cities/st-petersburg"}]}


def said(language, text=None, **more):
    return dict({"type": "TYPE_PRACTICE", "language": language, "text": text or SAID[language]}, **more)


class Minutes(unittest.TestCase):
    """The officer and a note-taker of Isfahan, the secretary and an expert of St Petersburg, and the
    secretary of Havana, who has no part in it."""

    @classmethod
    def setUpClass(cls):
        cls.server = Served(cls.addClassCleanup, SERVER)
        cls.server.start()
        cls.officer, cls.administrator = (cls.server.client(who)
                                          for who in ("officer", "administrator"))
        cls.auditor = cls.server.client("auditor")
        cls.server.fill(cities=["isfahan", "st-petersburg", "havana"], people=PEOPLE)
        cls.note_taker = cls.enroll("note-taker", "PROTOCOL_OFFICER", "isfahan")
        cls.petersburg = cls.enroll("petersburg", "DELEGATION_SECRETARY", "st-petersburg")
        cls.havana = cls.enroll("havana", "DELEGATION_SECRETARY", "havana")
        cls.expert = cls.enroll("expert", "DELEGATE", "st-petersburg", person=f"people/{PEOPLE[2]}")

    @classmethod
    def enroll(cls, key, role, city, **more):
        cls.administrator.call("AccessService/CreatePrincipal", principal_id=key, principal=dict(
            more, display_name=key, role=f"ROLE_{role}", city=f"cities/{city}"))
        token = cls.administrator.call("AccessService/CreateToken",
                                       token={"principal": f"principals/{key}"})
        client = Client(cls.server.address, token["secret"])
        cls.addClassCleanup(client.close)
        client.learn("neshast.v1.MinutesService")
        return client

    def refused(self, why, client, path, **request):
        with self.assertRaises(grpc.RpcError) as caught:
            client.call(path, **request)
        self.assertEqual(reason(caught.exception), why, caught.exception)
        return caught.exception

    def delegate(self, session):
        seat = {"role": "ROLE_HEAD", "person": f"people/{PEOPLE[2]}",
                "printed_name": "Эксперт по эпидемиологии", "printed_latin_name": "Expert"}
        self.petersburg.call("InvitationService/NameDelegation", name=session,
                             city="cities/st-petersburg", seats=[seat])

    def minutes(self):
        """Those of a session that has just been held."""
        session = held(self.officer, expert_session(), self.delegate)
        # Whoever was there is free for the next test.
        return self.officer.call("MinutesService/GetMinutes", name=f"{session}/minutes/1")["name"]

    def enter(self, minutes, entry, client=None, **more):
        return (client or self.officer).call("MinutesService/CreateEntry", parent=minutes,
                                             entry=entry, **more)

    def head(self, minutes, client=None):
        return (client or self.officer).call("MinutesService/GetMinutes", name=minutes)

    def adopt(self, client, city, minutes, mode="ADOPTED", **more):
        more.setdefault("etag", self.head(minutes, client)["etag"])
        return client.call("MinutesService/AdoptMinutes", name=minutes, city=f"cities/{city}",
                           mode=f"ADOPTION_MODE_{mode}", **more)

    def neshast(self, *arguments, server=None):
        return subprocess.run(
            [CLI, "minutes", *arguments, "--server", server or self.server.address, "--token-file",
             self.server.data / "officer.token"], capture_output=True, text=True, timeout=60)

    def drafted_by_two(self, minutes):
        """Each enters five things in their language, at once; each follows the other."""
        position = self.note_taker.call("ChangeService/SyncChanges")
        while position.get("more"):
            position = self.note_taker.call("ChangeService/SyncChanges",
                                            sync_token=position["next_sync_token"])
        follows = self.note_taker.stream("ChangeService/WatchChanges",
                                         sync_token=position["next_sync_token"])
        writers = [threading.Thread(target=lambda client=client, language=language: [
            self.enter(minutes, said(language, f"{SAID[language]} {number}"), client)
            for number in range(5)]) for client, language in ((self.officer, "fa"),
                                                              (self.note_taker, "ru"))]
        for writer in writers:
            writer.start()
        seen = set()
        for item in follows:
            entry = item.get("change", {}).get("minutes_entry")
            if entry:
                seen.add(entry["text"])
            if len(seen) == 10:
                break
        for writer in writers:
            writer.join()
        self.assertEqual({text.rsplit(" ", 1)[0] for text in seen}, {SAID["fa"], SAID["ru"]})

    def corrected_by_both(self, minutes, entry):
        for client, text in ((self.officer, "Исправлено Исфаханом."),
                             (self.petersburg, "Исправлено Петербургом.")):
            entry = client.call("MinutesService/FileCorrection", name=entry["name"], language="ru",
                                text=text)
        self.assertEqual([each["city"] for each in entry["corrections"]],
                         ["cities/isfahan", "cities/st-petersburg"])
        decide = dict(name=entry["name"], remark="As it was said.")
        self.officer.call("MinutesService/DecideCorrection", **decide,
                          correction_id=entry["corrections"][0]["id"])
        self.officer.call("MinutesService/DecideCorrection", **decide, accept=True,
                          correction_id=entry["corrections"][1]["id"])
        self.refused("CORRECTIONS_OPEN", self.petersburg, "MinutesService/AdoptMinutes",
                     name=minutes, city="cities/st-petersburg", mode="ADOPTION_MODE_ADOPTED",
                     etag=self.head(minutes)["etag"])
        reissued = self.officer.call("MinutesService/ReissueMinutes", name=minutes)
        self.assertEqual(reissued["version"], 2)
        shown = self.petersburg.call("MinutesService/GetEntry", name=entry["name"])
        self.assertEqual(shown["text"], "Исправлено Петербургом.")
        self.assertEqual([each["state"] for each in shown["corrections"]],
                         ["STATE_REJECTED", "STATE_APPLIED"])

    def test_from_the_draft_to_the_amendment(self):
        minutes = self.minutes()
        self.refused("RESOURCE_NOT_FOUND", self.petersburg, "MinutesService/GetMinutes", name=minutes)
        self.officer.call("MinutesService/UpdateMinutes", minutes={"name": minutes, "languages": [
            {"language": "fa", "standing": "STANDING_AUTHORITATIVE"},
            {"language": "ru", "standing": "STANDING_AUTHORITATIVE"},
            {"language": "en", "standing": "STANDING_COURTESY"}]})
        self.drafted_by_two(minutes)
        entry = self.enter(minutes, said("ru", city="cities/st-petersburg",
                                         speaker=f"people/{PEOPLE[2]}"))
        for language, standing in (("fa", "AUTHORITATIVE"), ("en", "COURTESY")):
            self.officer.call("MinutesService/SetTranslation", name=entry["name"], translation={
                "language": language, "text": SAID[language], "standing": f"STANDING_{standing}"})
        declared = self.expert.call("MinutesService/DeclarePresence",
                                    session=minutes.rsplit("/", 2)[0])["attendee"]
        self.assertEqual((declared["presence"], declared["source"]),
                         ("PRESENCE_PRESENT", "SOURCE_SELF_DECLARED"))
        self.officer.call("MinutesService/CirculateMinutes", name=minutes)
        self.refused("RESOURCE_NOT_FOUND", self.havana, "MinutesService/GetMinutes", name=minutes)
        self.corrected_by_both(minutes, entry)
        self.petersburg.call("MinutesService/AnnexStatement", parent=minutes, language="ru",
                             text="Заявление города.")
        self.adopt(self.officer, "isfahan", minutes)
        adopted = self.adopt(self.petersburg, "st-petersburg", minutes, "WITH_RESERVATION",
                             reservation="Кроме пункта 3.", language="ru")
        self.assertEqual(adopted["state"], "STATE_ADOPTED")
        late = self.petersburg.call("MinutesService/FileCorrection", name=entry["name"],
                                    language="ru", text="Поздно.")["corrections"][-1]
        self.assertTrue(late["late"])
        sealed = self.officer.call("MinutesService/SealMinutes", name=minutes)
        self.assertEqual(sealed["state"], "STATE_SEALED")
        self.assertEqual(set(self.head(minutes, self.auditor)) & {"seal", "attendance", "parties"},
                         {"seal"})
        self.verified_without_the_server(minutes)
        self.amended(minutes)

    def verified_without_the_server(self, minutes):
        session = minutes.split("/")[1]
        path = pathlib.Path(self.server.data) / "sealed.txt"
        done = self.neshast("export", session, "--file", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        key = self.neshast("key").stdout.strip()
        nobody = "127.0.0.1:1"  # no server answers there
        good = self.neshast("verify", path, "--key", key, server=nobody)
        self.assertEqual(good.returncode, 0, good.stderr)
        text = path.read_bytes()
        for expected in (*SAID.values(), "late 1", "Поздно.", "Заявление города.", "Кроме пункта 3.",
                         "SOURCE_SELF_DECLARED", "Исправлено Исфаханом."):
            self.assertIn(expected.encode(), text)
        for old, new, part in (("Исправлено Петербургом", "Исправлено Петербургам", "entry 11"),
                               ("Заявление", "Заявления", "statement 1"),
                               ("SELF_DECLARED", "SELF_DECLARES", "attendance")):
            path.write_bytes(text.replace(old.encode(), new.encode(), 1))
            bad = self.neshast("verify", path, server=nobody)
            self.assertEqual(bad.returncode, 3, bad.stdout)
            self.assertIn(part, bad.stderr)
        path.write_bytes(text)
        other = self.neshast("verify", path, "--key", "0" * 64, server=nobody)
        self.assertEqual(other.returncode, 3)
        self.assertIn("another key", other.stderr)

    def amended(self, minutes):
        self.refused("WRONG_STATE", self.officer, "MinutesService/CreateEntry", parent=minutes,
                     entry=said("fa"))
        amendment = self.officer.call("MinutesService/AmendMinutes", name=minutes,
                                      reason="A figure was wrong.")
        self.assertEqual((amendment["name"], amendment["amends"]), (minutes[:-1] + "2", minutes))
        listed = self.petersburg.call("MinutesService/ListMinutes", parent=minutes.rsplit("/", 2)[0])
        self.assertEqual([each["name"] for each in listed["minutes"]], [minutes])

    def test_what_changed_a_second_ago_is_not_adopted_nor_anything_twice(self):
        minutes = self.minutes()
        entry = self.enter(minutes, said("ru"))
        self.officer.call("MinutesService/CirculateMinutes", name=minutes)
        read = self.head(minutes, self.petersburg)["etag"]
        self.officer.call("MinutesService/FileCorrection", name=entry["name"], language="ru", text="x")
        adoption = dict(name=minutes, city="cities/st-petersburg", mode="ADOPTION_MODE_ADOPTED")
        self.refused("ETAG_MISMATCH", self.petersburg, "MinutesService/AdoptMinutes", etag=read,
                     **adoption)
        once = dict(adoption, etag=self.head(minutes)["etag"], request_id=str(uuid.uuid4()))
        first = self.petersburg.call("MinutesService/AdoptMinutes", **once)
        self.assertEqual(self.petersburg.call("MinutesService/AdoptMinutes", **once), first)
        self.refused("WRONG_STATE", self.petersburg, "MinutesService/AdoptMinutes",
                     etag=first["etag"], **adoption)
        self.refused("ACTION_FORBIDDEN", self.officer, "MinutesService/AdoptMinutes",
                     etag=first["etag"], **adoption)

    def test_a_party_that_withdrew_is_awaited_no_more(self):
        minutes = self.minutes()
        self.officer.call("MinutesService/CirculateMinutes", name=minutes)
        self.expert.call("MinutesService/DeclineMinutes", name=minutes, withdraw=True,
                         city="cities/st-petersburg", reason="The council did not agree.")
        self.refused("NOT_A_PARTY", self.petersburg, "MinutesService/AdoptMinutes", name=minutes,
                     city="cities/st-petersburg", mode="ADOPTION_MODE_ADOPTED",
                     etag=self.head(minutes)["etag"])
        self.refused("ADOPTION_AWAITED", self.officer, "MinutesService/SealMinutes", name=minutes)
        self.assertEqual(self.adopt(self.officer, "isfahan", minutes)["state"], "STATE_ADOPTED")

    def test_what_cannot_be_entered_is_told(self):
        minutes = self.minutes()
        create = dict(path="MinutesService/CreateEntry", client=self.officer, parent=minutes)
        foreign = self.refused("INVALID_FIELD", entry=said(
            "fa", agenda_item="sessions/another/agendaItems/first"), **create)
        self.assertEqual(bad_fields(foreign), ["entry.agenda_item"])
        long = self.refused("INVALID_FIELD", entry=said("fa", "م" * 20001), **create)
        self.assertEqual(bad_fields(long), ["entry.text"])
        with self.assertRaises(grpc.RpcError) as pasted:  # no more than this is read of any call
            self.enter(minutes, said("fa", "x" * 2 * 1024 * 1024))
        self.assertEqual(pasted.exception.code(), grpc.StatusCode.RESOURCE_EXHAUSTED)
        self.enter(minutes, said("fa", "م" * 20000))
        gone = self.enter(minutes, said("fa"))["name"]
        self.officer.call("MinutesService/DeleteEntry", name=gone)
        self.refused("RESOURCE_NOT_FOUND", self.officer, "MinutesService/SetTranslation", name=gone,
                     translation={"language": "ru", "text": "x", "standing": "STANDING_COURTESY"})

    def test_of_two_who_change_the_same_entry_the_second_is_told(self):
        entry = self.enter(self.minutes(), said("fa"))
        first, second = (dict(entry, text=text) for text in ("one", "two"))
        change = lambda client, each: client.call("MinutesService/UpdateEntry", entry=each,
                                                  update_mask="text")
        change(self.officer, first)
        with self.assertRaises(grpc.RpcError) as refused:
            change(self.note_taker, second)
        self.assertEqual(reason(refused.exception), "ETAG_MISMATCH")

    def test_five_thousand_entries_are_entered_laid_before_the_parties_sealed_and_verified(self):
        minutes = self.minutes()
        began = time.monotonic()
        with futures.ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda number: self.enter(minutes, said("ru", f"Сказано: {number}")),
                          range(5000)))
        self.refused("MINUTES_FULL", self.officer, "MinutesService/CreateEntry", parent=minutes,
                     entry=said("fa"))
        took = {"entered": time.monotonic() - began}
        for what, act in (
                ("circulated", lambda: self.officer.call("MinutesService/CirculateMinutes",
                                                         name=minutes)),
                ("adopted by one", lambda: self.adopt(self.officer, "isfahan", minutes)),
                ("adopted by all", lambda: self.adopt(self.petersburg, "st-petersburg", minutes)),
                ("sealed", lambda: self.officer.call("MinutesService/SealMinutes", name=minutes))):
            began = time.monotonic()
            act()
            took[what] = time.monotonic() - began
        print({what: round(seconds, 2) for what, seconds in took.items()}, file=sys.stderr)
        path = pathlib.Path(self.server.data) / "many.txt"
        done = self.neshast("export", minutes.split("/")[1], "--file", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.neshast("verify", path).returncode, 0)


if __name__ == "__main__":
    SERVER, CLI = (str(pathlib.Path(each).resolve()) for each in (sys.argv.pop(1), sys.argv.pop(1)))
    unittest.main()
