#!/usr/bin/env python3
"""The three sessions of the main job, by mail from the first question to the last word.

three_sessions_test.py PATH_OF_NESHASTD

Proposed in three slots, answered by personal link and by mail, decided, confirmed, accepted, moved
and cancelled; through a real SMTP server and a real IMAP server. What arrives is read by a library
that is not ours (icalendar), and the hours are worked out by another (zoneinfo).
"""
import datetime
import re
import sys
import unittest
import zoneinfo

import icalendar

from correspondence import APPLE, Correspondence
from reflected import Client
from served import slot, vouch

ZONES = {"isfahan": "Asia/Tehran", "xian": "Asia/Shanghai", "st-petersburg": "Europe/Moscow",
         "kabul": "Asia/Kabul", "baku": "Asia/Baku", "astana": "Asia/Almaty", "bishkek": "Asia/Bishkek",
         "islamabad": "Asia/Karachi", "dushanbe": "Asia/Dushanbe", "ankara": "Europe/Istanbul",
         "ashgabat": "Asia/Ashgabat", "tashkent": "Asia/Tashkent"}
MEMBERS = [city for city in ZONES if city not in ("xian", "st-petersburg")]
# Kind, minutes, the people of each city, and the interpreters.
SESSIONS = {
    "dialogue": ("MAYORS_DIALOGUE", 90, {"isfahan": ["mayor-of-isfahan"], "xian": ["mayor-of-xian"]},
                 ["interpreter-fa-zh-1"]),
    "experts": ("EXPERT_SESSION", 120, {
        "isfahan": ["expert-crisis-isfahan", "expert-foreign-isfahan"],
        "st-petersburg": ["expert-epidemiology-petersburg"]}, ["interpreter-fa-ru-1"]),
    "summit": ("SUMMIT", 120, {city: [f"mayor-of-{city}"] for city in MEMBERS}, [])}
WORDS = """From: {from_}
To: {to}
Message-ID: <{number}.words@partner.example>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

1: yes
2: if need be
3: no
"""
# Digits of Persian and Arabic text.
LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


class ThreeSessions(Correspondence):
    def fill(self):
        people = sorted({person for _, _, cities, interpreters in SESSIONS.values()
                         for group in (*cities.values(), interpreters) for person in group})
        self.server.fill(cities=list(ZONES), people=people)
        for person in self.server.pages("DirectoryService/ListPeople", "people"):
            if "mail_address" not in person:
                address = f"{person['name'].split('/')[1]}@{person['city'].split('/')[1]}.example"
                self.server.call("DirectoryService/UpdatePerson", update_mask="mailAddress",
                                 person={"name": person["name"], "mail_address": address})
        self.city_of = {person["name"]: person["city"].split("/")[1]
                        for person in self.server.pages("DirectoryService/ListPeople", "people")}
        # Now that the addresses stand: for the first person of each partner city.
        officers = self.server.client("officer"), self.server.client("administrator")
        counterparts = {city: people[0] for _, _, cities, _ in SESSIONS.values()
                        for city, people in cities.items() if city != "isfahan"}
        for city, person in counterparts.items():
            vouch(officers, f"cities/{city}", f"people/{person}")

    def arrived(self, mails, about, kind):
        """The mails of a kind about something, by their person, once there are `mails`."""
        def sent():
            listed = [mail for mail in self.server.pages("MailService/ListMails", "mails")
                      if about in (mail.get("session"), mail.get("proposal"))
                      and (mail["kind"], mail["state"]) == (f"KIND_{kind}", "STATE_ACCEPTED")]
            return listed if len(listed) == mails else None

        listed = self.wait_for(sent)
        by_id = {mail["id"].strip("<>"): mail for mail in self.taken()}
        return {mail["person"]: by_id[mail["message_id"]] for mail in listed}

    def part(self, mail, type):
        return next(part["text"] for part in mail["parts"] if part["type"] == type)

    def assert_hour(self, person, mail, start):
        """The text gives the hour on the clock of the person's city."""
        zone = zoneinfo.ZoneInfo(ZONES[self.city_of[person]])
        self.assertIn(f"{start.astimezone(zone):%H:%M}", self.part(mail, "text/plain").translate(LATIN),
                      (person, start))

    def assert_calendar(self, person, mail, start, minutes, method, sequence):
        calendar = icalendar.Calendar.from_ical(self.part(mail, "text/calendar"))
        event, = calendar.walk("VEVENT")
        self.assertEqual((calendar["METHOD"], event["SEQUENCE"]), (method, sequence))
        self.assertEqual(event["DTSTART"].dt, start)
        self.assertEqual(event["DTEND"].dt - event["DTSTART"].dt, datetime.timedelta(minutes=minutes))
        self.assertEqual(str(event["ATTENDEE"]).lower(), f"mailto:{mail['to'][0]}")
        self.assertEqual(str(event["ORGANIZER"]).lower(), f"mailto:{mail['sender']}")
        self.assert_hour(person, mail, start)

    def instant(self, name):
        session = self.server.call("SessionService/GetSession", name=name)
        return datetime.datetime.fromisoformat(session["start_time"]["instant"])

    def propose(self, key, number):
        """Three slots, sent to the first person of each partner city; the proposal's name."""
        kind, minutes, cities, interpreters = SESSIONS[key]
        until = datetime.datetime.utcnow() + datetime.timedelta(days=5)
        name = self.server.call("ProposalService/CreateProposal", proposal={
            "kind": f"KIND_{kind}", "host": "cities/isfahan", "duration": f"{minutes * 60}s",
            "title": {"texts": {"en": key.title(), "fa": "نشست"}},
            "slots": [{"start_time": slot(number + 48 * day)} for day in range(3)],
            "delegations": [{"city": f"cities/{city}",
                             "required_people": [f"people/{person}" for person in people]}
                            for city, people in cities.items()],
            "interpreters": [f"people/{person}" for person in interpreters],
            "reply_by_time": until.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "recipients": [{"person": f"people/{people[0]}"} for city, people in cities.items()
                           if city != "isfahan"]})["name"]
        return self.server.call("ProposalService/SendProposal", name=name)

    def answer(self, proposal):
        """The recipients answer in turn by link and by mail; who is asked sees the own hours."""
        mails = self.arrived(len(proposal["recipients"]), proposal["name"], "PROPOSAL")
        starts = [datetime.datetime.fromisoformat(each["start_time"]["instant"])
                  for each in proposal["slots"]]
        for number, (person, mail) in enumerate(sorted(mails.items())):
            for start in starts:
                self.assert_hour(person, mail, start)
            if number % 2:
                self.mailbox.put(self.written(WORDS, proposal["name"], mail, ""))
            else:
                secret = re.search(r"#(nst_inv_\w+)", self.part(mail, "text/plain")).group(1)
                link = Client(self.server.address, secret)
                self.addCleanup(link.close)
                answers = ("YES", "IF_NEED_BE", "NO")
                link.call("ProposalService/AnswerProposal", name=proposal["name"], answers=[
                    {"slot_id": each["id"], "answer": f"ANSWER_{answer}"}
                    for each, answer in zip(proposal["slots"], answers)])
        count = len(mails)
        counted = lambda: [(each.get("counts", {}).get("yes", 0), each.get("counts", {}).get("no", 0))
                           for each in self.server.call("ProposalService/GetProposal",
                                                        name=proposal["name"])["slots"]]
        self.wait_for(lambda: counted() == [(count, 0), (0, 0), (0, count)])

    def decide(self, key, proposal):
        """For the first slot: the session, confirmed, and everybody's invitation."""
        _, minutes, cities, interpreters = SESSIONS[key]
        name = self.server.call("ProposalService/DecideProposal", name=proposal["name"],
                                slot_id=proposal["slots"][0]["id"])["session"]
        self.arrived(len(proposal["recipients"]), proposal["name"], "PROPOSAL_CLOSED")
        self.server.call("SessionService/ConfirmSession", name=name)
        everybody = sum(map(len, cities.values())) + len(interpreters)
        mails = self.arrived(everybody, name, "INVITATION")
        for person, mail in mails.items():
            self.assert_calendar(person, mail, self.instant(name), minutes, "REQUEST", 0)
        return name, mails

    def test_they_are_proposed_answered_confirmed_accepted_moved_and_cancelled(self):
        self.mailbox.start()
        self.server.flags = (*self.server.flags, "--mail-links", "https://neshast.isfahan.example")
        self.server.start()
        self.fill()
        for number, (key, (_, minutes, _, _)) in enumerate(SESSIONS.items()):
            proposal = self.propose(key, 21 + 2 * number + 48 * 7 * number)
            self.answer(proposal)
            name, invitations = self.decide(key, proposal)
            for person, mail in invitations.items():
                self.mailbox.put(self.written(APPLE, name, mail, "ACCEPTED"))
            self.wait_for(lambda: self.answers(name) == dict.fromkeys(invitations, "ACCEPTED"))
            self.server.call("SessionService/RescheduleSession", name=name,
                             start_time=slot(21 + 48 * 200 + 48 * number))
            for person, mail in self.arrived(len(invitations), name, "UPDATE").items():
                self.assert_calendar(person, mail, self.instant(name), minutes, "REQUEST", 1)
            self.server.call("SessionService/CancelSession", name=name, reason="Illness")
            for person, mail in self.arrived(len(invitations), name, "CANCELLATION").items():
                self.assert_calendar(person, mail, self.instant(name), minutes, "CANCEL", 2)
        waiting = self.server.pages("ReplyService/ListReplies", "replies", state="STATE_AWAITS_OFFICER")
        self.assertEqual(waiting, [])


if __name__ == "__main__":
    Correspondence.BINARY = sys.argv.pop(1)
    unittest.main()
