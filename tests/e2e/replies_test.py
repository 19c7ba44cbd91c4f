#!/usr/bin/env python3
"""Invitations go out by SMTP; what comes back by IMAP or a pipe counts where it is proven.

replies_test.py PATH_OF_NESHASTD PATH_OF_NESHAST
"""
import datetime
import sqlite3
import subprocess
import sys
import unittest

from correspondence import APPLE, OUTLOOK, THUNDERBIRD, Correspondence
from mailbox import SlowRoad
from served import slot

CLI = None
PEOPLE = {"people/mayor-of-isfahan": "mayor-office@isfahan.example",
          "people/mayor-of-xian": "mayor-office@xian.example",
          "people/interpreter-fa-zh-1": "interpreter-fa-zh-1@isfahan.example"}
MAYOR = "people/mayor-of-xian"
BOUNCE = """From: MAILER-DAEMON@xian.example
To: {to}
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It was not delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.xian.example

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user

--b
Content-Type: text/rfc822-headers

Message-ID: {id}

--b--
"""
WORDS = """From: {from_}
To: {to}
Message-ID: <{number}.words@xian.example>
Content-Type: text/plain; charset=utf-8

1 yes
2 no
The mayor is abroad until the 14th.

> 1: Sunday
"""


class Replies(Correspondence):
    def start(self):
        self.mailbox.start()
        self.server.start()
        self.server.fill(cities=["isfahan", "xian"], people=[each.split("/")[1] for each in PEOPLE])

    def invited(self, number=1):
        """A confirmed dialogue, and the mails to those who are invited, by their person."""
        name = self.server.call("SessionService/CreateSession", session={
            "kind": "KIND_MAYORS_DIALOGUE", "host": "cities/isfahan", "duration": "1800s",
            "title": {"texts": {"en": "Mayors' dialogue"}}, "start_time": slot(48 * number + 23),
            "delegations": [{"city": f"cities/{city}", "required_people": [f"people/mayor-of-{city}"]}
                            for city in ("isfahan", "xian")],
            "interpreters": ["people/interpreter-fa-zh-1"]})["name"]
        self.server.call("SessionService/ConfirmSession", name=name)
        return name, self.mails_to(len(PEOPLE), session=name)

    def test_outlook_apple_and_thunderbird_are_counted_and_a_counter_proposal_is_shown(self):
        self.start()
        name, mails = self.invited()
        for person, program, answer in zip(PEOPLE, (OUTLOOK, APPLE, THUNDERBIRD),
                                           ("ACCEPTED", "DECLINED", "TENTATIVE")):
            self.mailbox.put(self.written(program, name, mails[person], answer))
        replies = self.replies(3)
        self.assertEqual({each["state"] for each in replies}, {"STATE_APPLIED"}, replies)
        self.assertEqual(self.answers(name),
                         dict(zip(PEOPLE, ("ACCEPTED", "DECLINED", "TENTATIVE"))))
        self.mailbox.put(self.written(OUTLOOK, name, mails[MAYOR], "TENTATIVE", method="COUNTER",
                                      more="DTSTART:20261215T080000Z\n", stamp="20261124T111500Z"))
        shown, = self.replies(1, state="STATE_AWAITS_OFFICER")
        self.assertEqual(shown["doubts"], ["DOUBT_COUNTER_NEEDS_OFFICER"])
        self.assertEqual(shown["asked_start_time"]["instant"], "2026-12-15T08:00:00Z")
        self.assertEqual(self.answers(name)[MAYOR], "DECLINED")

    def test_what_is_forged_or_sent_again_changes_nothing_and_is_shown(self):
        self.start()
        name, mails = self.invited()
        genuine = self.written(APPLE, name, mails[MAYOR], "DECLINED")
        self.mailbox.put(genuine)
        self.mailbox.put(genuine)  # the same mail, delivered twice
        self.replies(1, state="STATE_APPLIED")
        forge = lambda **changes: self.mailbox.put(self.written(
            APPLE, name, mails[MAYOR], "ACCEPTED", stamp="20261124T111500Z", **changes))
        forge(to="protocol@isfahan.example")
        forge(to=mails["people/interpreter-fa-zh-1"]["sender"])
        forge(from_="mayor-office@xian.example.evil.example")
        forge(verdict="mx.evil.example; dmarc=pass")
        forge(attendee="press@evil.example", from_="press@evil.example")
        forge(sequence=7)
        forge(method="CANCEL")
        self.mailbox.put("Received: from evil.example\n" + genuine)
        shown = self.replies(8, state="STATE_AWAITS_OFFICER")
        self.assertTrue(all(each["doubts"] for each in shown))
        self.assertEqual(self.answers(name), {MAYOR: "DECLINED"})
        self.assertEqual(len(self.replies(9)), 9)

    def test_a_bounce_marks_the_mail_and_a_mail_too_large_is_a_notice(self):
        self.start()
        name, mails = self.invited()
        mail = mails[MAYOR]
        self.mailbox.put(BOUNCE.format(to=mail["sender"], recipient=mail["to"][0], id=mail["id"]))
        reply, = self.replies(1)
        self.assertEqual((reply["kind"], reply["state"]), ("KIND_BOUNCE", "STATE_APPLIED"), reply)
        bounced, = (each for each in self.server.pages("MailService/ListMails", "mails", session=name)
                    if each["state"] == "STATE_BOUNCED")
        self.assertEqual(bounced["person"], MAYOR)
        self.assertIn("No such user", bounced["last_answer"])
        large = ("From: li.wei@xian.example\r\nSubject: Photographs\r\n\r\n" +
                 ("x" * 76 + "\r\n") * 400_000).encode()
        self.mailbox.put(large)
        by_pipe = subprocess.run(
            [CLI, "invitation", "receive", "--server", self.server.address, "--token-file",
             self.server.data / "officer.token"], input=large, capture_output=True)
        self.assertEqual(by_pipe.returncode, 0, by_pipe.stderr)
        self.assertIn(b"li.wei@xian.example", by_pipe.stdout)
        notices = self.replies(2, state="STATE_AWAITS_OFFICER")
        self.assertEqual([each["doubts"] for each in notices], [["DOUBT_TOO_LARGE"]] * 2)

    def test_words_of_a_mail_answer_the_slots_that_were_proposed(self):
        self.start()
        until = datetime.datetime.utcnow() + datetime.timedelta(days=5)
        name = self.server.call("ProposalService/CreateProposal", proposal={
            "kind": "KIND_MAYORS_DIALOGUE", "title": {"texts": {"en": "Mayors' dialogue"}},
            "host": "cities/isfahan", "duration": "1800s", "slots": [
                {"start_time": slot(number)} for number in (23, 71)],
            "delegations": [{"city": f"cities/{city}", "required_people": [f"people/mayor-of-{city}"]}
                            for city in ("isfahan", "xian")],
            "reply_by_time": until.strftime("%Y-%m-%dT%H:%M:%SZ"), "recipients": [{"person": MAYOR}]})["name"]
        self.server.call("ProposalService/SendProposal", name=name)
        mail = self.mails_to(1)[MAYOR]
        self.mailbox.put(self.written(WORDS, name, mail, ""))
        reply, = self.replies(1)
        self.assertEqual((reply["kind"], reply["state"]), ("KIND_SLOT_ANSWERS", "STATE_APPLIED"), reply)
        proposal = self.server.call("ProposalService/GetProposal", name=name)
        self.assertEqual([(each["person"], each["answer"]) for each in proposal["answers"]],
                         [(MAYOR, "ANSWER_YES"), (MAYOR, "ANSWER_NO")])

    def test_the_mailbox_may_come_later_and_the_command_line_shows_and_applies(self):
        self.server.start()
        self.server.fill(cities=["isfahan", "xian"], people=[each.split("/")[1] for each in PEOPLE])
        name, mails = self.invited()
        self.mailbox.start()
        self.mailbox.put(self.written(APPLE, name, mails[MAYOR], "ACCEPTED",
                                      from_="secretary@xian.example"))
        reply, = self.replies(1)
        run = lambda *command: subprocess.run(
            [CLI, *command, "--server", self.server.address, "--token-file",
             self.server.data / "officer.token"], capture_output=True, text=True, check=True).stdout
        self.assertIn("other-address", run("reply", "list", "--state", "awaits-officer"))
        id = reply["name"].split("/")[1]
        self.assertIn("another address", run("reply", "show", id))
        self.assertIn("applied-by-officer", run("reply", "apply", id, "--remark", "By telephone"))
        self.assertIn("1 accepted", run("invitation", "responses", name))
        run("invitation", "respond", name, "mayor-of-isfahan", "declined", "--comment", "Abroad")
        self.assertIn("Abroad", run("invitation", "responses", name))

    def test_killed_twenty_times_between_fetching_and_marking_each_answer_is_applied_once(self):
        self.start()
        name, mails = self.invited()
        road = SlowRoad(self.addCleanup, self.mailbox.port, 0.1)
        self.server.stop()
        direct, slow = (self.mailbox.flags(port)[1] for port in (self.mailbox.port, road.port))
        self.server.flags = [slow if each == direct else each for each in self.server.flags]
        self.server.start()
        interrupted = 0
        for number in range(20):
            self.mailbox.put(self.written(OUTLOOK, name, mails[MAYOR],
                                          ("ACCEPTED", "DECLINED")[number % 2],
                                          stamp=f"20261124T10{number:02}00Z"))
            # It is durable, and on the road is that it is to be marked.
            self.replies(number + 1)
            self.server.kill()
            interrupted += self.mailbox.unseen()
            self.server.start()
        self.wait_for(lambda: self.mailbox.unseen() == 0)
        self.assertGreater(interrupted, 0)
        self.assertEqual(len(self.replies(20, state="STATE_APPLIED")), 20)
        self.assertEqual(self.answers(name), {MAYOR: "DECLINED"})
        self.server.stop()
        with sqlite3.connect(self.server.data / "neshast.db") as database:
            changes = dict(database.execute("SELECT kind, count(*) FROM change GROUP BY kind"))
        self.assertEqual((changes["Reply"], changes["InvitationResponse"]), (20, 20))


if __name__ == "__main__":
    Correspondence.BINARY, CLI = sys.argv.pop(1), sys.argv.pop(1)
    unittest.main()
