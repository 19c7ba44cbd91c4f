#!/usr/bin/env python3
"""Confirmed, moved, cancelled: what arrives in the mailboxes, through kills and refusals.

mail_test.py PATH_OF_NESHASTD
"""
import collections
import email
import email.policy
import sys
import time
import unittest

import grpc

from reflected import bad_fields
from served import Served, slot, vouch
from sink import start_sink

SERVER = None
PEOPLE = {"people/mayor-of-isfahan": "mayor-office@isfahan.example",
          "people/mayor-of-xian": "mayor-office@xian.example",
          "people/interpreter-fa-zh-1": "interpreter-fa-zh-1@isfahan.example"}
WAIT = 60  # seconds at most; a test goes on as soon as what it waits for is there


def dialogue(number, title="Mayors' dialogue"):
    """11:30 in Isfahan (16:00 in Xi'an) on a day of its own."""
    return {"kind": "KIND_MAYORS_DIALOGUE", "host": "cities/isfahan", "duration": "1800s",
            "title": {"texts": {"en": title}}, "start_time": slot(48 * number + 23),
            "delegations": [{"city": "cities/isfahan", "required_people": ["people/mayor-of-isfahan"]},
                            {"city": "cities/xian", "required_people": ["people/mayor-of-xian"]}],
            "interpreters": ["people/interpreter-fa-zh-1"]}


class Arrived:
    """A mail as its reader has it."""

    def __init__(self, octets):
        mail = email.message_from_bytes(octets, policy=email.policy.default)
        self.to, = (each.addr_spec for each in mail["to"].addresses)
        self.id, self.subject, self.headers = mail["message-id"], str(mail["subject"]), mail.keys()
        parts = {part.get_content_type(): part for part in mail.walk()}
        self.text = parts["text/plain"].get_content()
        self.html = parts["text/html"].get_content()
        self.reply_to = [each.addr_spec for each in mail["reply-to"].addresses] if mail["reply-to"] else []
        self.sender, = (each.addr_spec for each in mail["from"].addresses)
        entry = parts.get("text/calendar")
        calendar = entry.get_payload(decode=True).decode() if entry else ""
        # In a Maildir the lines of what is readable end as those of any file.
        self.calendar = calendar.replace("\r\n", "\n").replace("\n ", "")
        self.method = entry.get_param("method") if entry else ""

    def lines(self, name):
        return [line for line in self.calendar.split("\n")
                if line.startswith((f"{name}:", f"{name};"))]


class Mails(unittest.TestCase):
    def serve(self, *flags):
        server = Served(self.addCleanup, SERVER)
        server.flags = ("--mail-from", "protocol@isfahan.example",
                        "--mail-links", "https://neshast.isfahan.example",
                        *(flags or ("--mail", f"maildir:{server.data / 'outbox'}")))
        server.start()
        server.fill(cities=["isfahan", "xian"],
                    people=[person.split("/")[1] for person in PEOPLE])
        return server

    def confirmed(self, server, session):
        name = server.call("SessionService/CreateSession", session=session)["name"]
        server.call("SessionService/ConfirmSession", name=name)
        return name

    def await_states(self, server, expected, **request):
        """Waits until the server's mails are in these states: {"STATE_ACCEPTED": 3}."""
        until = time.monotonic() + WAIT
        while True:
            mails = server.pages("MailService/ListMails", "mails", **request)
            states = dict(collections.Counter(mail["state"] for mail in mails))
            if states == expected:
                return mails
            self.assertLess(time.monotonic(), until, states)
            time.sleep(0.05)

    def arrived(self, server):
        return [Arrived(path.read_bytes()) for path in sorted((server.data / "outbox/new").iterdir())]


    def test_each_is_invited_told_of_the_move_and_of_the_end_in_the_time_of_the_own_city(self):
        server = self.serve()
        name = self.confirmed(server, dialogue(1))
        self.await_states(server, {"STATE_ACCEPTED": 3}, session=name)
        invited = self.arrived(server)
        self.assertEqual(sorted(mail.to for mail in invited), sorted(PEOPLE.values()))
        by_address = {mail.to: mail for mail in invited}
        self.assertIn("16:00（UTC+08:00）", by_address["mayor-office@xian.example"].text)
        self.assertIn("۱۱:۳۰ (UTC+03:30)", by_address["mayor-office@isfahan.example"].text)
        self.assertIn('dir="rtl"', by_address["mayor-office@isfahan.example"].html)
        for mail in invited:
            self.assertEqual(mail.method, "REQUEST")
            self.assertEqual(len(mail.lines("ATTENDEE")), 1)
            for other in set(PEOPLE.values()) - {mail.to}:
                self.assertNotIn(other, mail.text + mail.html + mail.calendar)
            self.assertEqual(mail.lines("UID"), [f"UID:{name.split('/')[1]}@isfahan.example"])
            self.assertEqual(len(mail.lines("CONFERENCE")), 1)
            self.assertEqual(mail.sender, "protocol@isfahan.example")
            self.assertRegex(mail.reply_to[0], r"^protocol\+[a-z2-7]{26}@isfahan\.example$")
            self.assertTrue(mail.lines("ORGANIZER")[0].endswith(f":mailto:{mail.reply_to[0]}"))
        answered_to = {mail.to: mail.reply_to for mail in invited}
        self.assertEqual(len({to for to, in answered_to.values()}), 3, "each has an address of the own")
        server.call("SessionService/RescheduleSession", name=name, start_time=slot(50))
        self.await_states(server, {"STATE_ACCEPTED": 6}, session=name)
        server.call("SessionService/CancelSession", name=name, reason="Illness")
        self.await_states(server, {"STATE_ACCEPTED": 9}, session=name)
        kinds = collections.Counter((mail.to, mail.method, *mail.lines("SEQUENCE"), *mail.lines("UID"))
                                    for mail in self.arrived(server))
        self.assertEqual({(mail.to, *mail.reply_to) for mail in self.arrived(server)},
                         {(to, *reply_to) for to, reply_to in answered_to.items()},
                         "a calendar entry keeps its organizer")
        uid = f"UID:{name.split('/')[1]}@isfahan.example"
        self.assertEqual(kinds, {(to, method, f"SEQUENCE:{sequence}", uid): 1
                                 for to in PEOPLE.values()
                                 for method, sequence in (("REQUEST", 0), ("REQUEST", 1),
                                                          ("CANCEL", 2))})

    def test_twenty_kills_amid_200_invitations_lose_none_and_double_none_but_under_its_message_id(self):
        port, taken = start_sink(self.addCleanup)
        server = self.serve("--mail", f"smtp://127.0.0.1:{port}")
        guests = [f"guest-{number}" for number in range(200)]
        for guest in guests:
            server.call("DirectoryService/CreatePerson", person_id=guest, person={
                "own_name": guest, "latin_name": guest, "city": "cities/xian",
                "mail_address": f"{guest}@xian.example"})
        summit = dialogue(1)
        summit["delegations"][1]["optional_people"] = [f"people/{guest}" for guest in guests]
        self.confirmed(server, summit)
        for number in range(20):
            # Killed at once, or when so many more mails than at the last kill have left.
            until, left = time.monotonic() + WAIT, len(taken()) + number % 10
            while len(taken()) < left:
                self.assertLess(time.monotonic(), until)
                time.sleep(0.001)
            server.kill()
            self.assertLess(len({mail["id"] for mail in taken()}), 203, "It was all over before.")
            server.start()
        mails = self.await_states(server, {"STATE_ACCEPTED": 203})
        ids = {f"<{mail['message_id']}>" for mail in mails}
        self.assertEqual(len(ids), 203)
        sent = {(mail["id"], mail["to"][0]) for mail in taken()}
        self.assertEqual({id for id, _ in sent}, ids)
        self.assertEqual(collections.Counter(to for _, to in sent), {
            to: 1 for to in [*PEOPLE.values(), *(f"{guest}@xian.example" for guest in guests)]})

    def test_a_refused_address_is_told_corrected_and_written_to_again(self):
        port, taken = start_sink(self.addCleanup)
        server = self.serve("--mail", f"smtp://127.0.0.1:{port}")
        mayor = server.call("DirectoryService/GetPerson", name="people/mayor-of-xian")
        server.call("DirectoryService/UpdatePerson", update_mask="mailAddress",
                    person={"name": mayor["name"], "mail_address": "unknown@xian.example"})
        vouch((server.client("officer"), server.client("administrator")), "cities/xian", mayor["name"])
        name = self.confirmed(server, dialogue(1))
        mails = self.await_states(server, {"STATE_ACCEPTED": 2, "STATE_REFUSED": 1}, session=name)
        refused, = (mail for mail in mails if mail["state"] == "STATE_REFUSED")
        self.assertEqual(refused["person"], mayor["name"])
        self.assertIn("550 5.1.1", refused["last_answer"])
        server.call("DirectoryService/UpdatePerson", update_mask="mailAddress",
                    person={"name": mayor["name"], "mail_address": mayor["mail_address"]})
        server.call("MailService/ResendMail", name=refused["name"])
        self.await_states(server, {"STATE_ACCEPTED": 3}, session=name)
        self.assertIn(PEOPLE[mayor["name"]], [mail["to"][0] for mail in taken()])

    def test_the_old_address_hears_of_a_new_one_and_not_which(self):
        server = self.serve()
        self.confirmed(server, dialogue(1))
        self.await_states(server, {"STATE_ACCEPTED": 3})
        server.call("DirectoryService/UpdatePerson", update_mask="mailAddress",
                    person={"name": "people/mayor-of-xian", "mail_address": "mayor@elsewhere.example"})
        mails = self.await_states(server, {"STATE_ACCEPTED": 4})
        told, = (mail for mail in mails if mail["kind"] == "KIND_ADDRESS_CHANGED")
        self.assertEqual(told["address"], PEOPLE["people/mayor-of-xian"])
        mail, = (mail for mail in self.arrived(server) if not mail.calendar)
        self.assertEqual(mail.to, PEOPLE["people/mayor-of-xian"])
        self.assertNotIn("elsewhere", mail.text + mail.html + mail.subject)
        self.assertEqual(mail.reply_to, [])
        server.kill()
        server.start()
        vouch((server.client("officer"), server.client("administrator")), "cities/xian",
              "people/mayor-of-xian")
        later = self.confirmed(server, dialogue(2))
        self.await_states(server, {"STATE_ACCEPTED": 3}, session=later)
        self.await_states(server, {"STATE_ACCEPTED": 7})

    def test_no_title_becomes_markup_or_a_header(self):
        server = self.serve()
        with self.assertRaises(grpc.RpcError) as refused:
            server.call("SessionService/CreateSession",
                        session=dialogue(1, "Dialogue\r\nBcc: all@press.example"))
        self.assertEqual(bad_fields(refused.exception), ["session.title.texts[en]"])
        name = self.confirmed(server, dialogue(2, "<img src=x onerror=alert(1)> =?utf-8?q?=0A?= {name}"))
        self.await_states(server, {"STATE_ACCEPTED": 3}, session=name)
        for mail in self.arrived(server):
            self.assertNotIn("<img", mail.html)
            self.assertIn("<img src=x onerror=alert(1)> =?utf-8?q?=0A?= {name}", mail.subject)
            self.assertNotIn("Bcc", mail.headers)

    def test_who_has_no_address_costs_no_mail(self):
        server = self.serve()
        server.fill(cities=["kabul"], people=["mayor-of-kabul"])
        mute = dialogue(1)
        mute["delegations"] = [{"city": "cities/isfahan"}, {
            "city": "cities/kabul", "required_people": ["people/mayor-of-kabul"]}]
        mute["interpreters"] = []
        self.confirmed(server, mute)
        later = self.confirmed(server, dialogue(2))
        mails = self.await_states(server, {"STATE_ACCEPTED": 3})
        self.assertEqual({mail["session"] for mail in mails}, {later})


if __name__ == "__main__":
    SERVER = sys.argv.pop(1)
    unittest.main()
