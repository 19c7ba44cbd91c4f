"""Mails to and fro: what a test needs of mail servers, and answers as mail programs write them."""
import time
import unittest

from mailbox import Mailbox
from served import Served
from sink import start_sink

WAIT = 60  # seconds at most; a test goes on as soon as what it waits for is there
PASSED = "mx.isfahan.example; dmarc=pass"

OUTLOOK = """From: =?gb2312?B?wO7OsA==?= <{from_}>
To: <{to}>
Subject: =?gb2312?B?vdPK3A==?=
Message-ID: <{number}.outlook@xian.example>
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=gb2312
Content-Transfer-Encoding: base64

vdPK3KOh
--b
Content-Type: text/calendar; charset="utf-8"; method=REPLY
Content-Transfer-Encoding: quoted-printable

BEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
VERSION:2.0
METHOD:{method}
BEGIN:VEVENT
ATTENDEE;PARTSTAT=3D{answer}:mailto:{attendee}
COMMENT:=E5=A5=BD
{more}DTSTAMP:{stamp}
SEQUENCE:{sequence}
UID:{uid}
END:VEVENT
END:VCALENDAR
--b--
"""
APPLE = """From: {from_}
To: {to}
Subject: Declined
Message-ID: <{number}.apple@isfahan.example>
Content-Type: text/calendar; method=REPLY; charset=UTF-8
Content-Transfer-Encoding: 7bit

BEGIN:VCALENDAR
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:{method}
PRODID:-//Apple Inc.//macOS 15//EN
BEGIN:VEVENT
UID:{uid}
DTSTAMP:{stamp}
SEQUENCE:{sequence}
ORGANIZER:mailto:{to}
ATTENDEE;CN=Mayor;CUTYPE=INDIVIDUAL;PARTSTAT={answer}:mailto:{attendee}
{more}END:VEVENT
END:VCALENDAR
"""
THUNDERBIRD = APPLE.replace("ORGANIZER:mailto:{to}\n", "").replace("apple", "thunderbird").replace(
    "-//Apple Inc.//macOS 15//EN", "-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN")


class Correspondence(unittest.TestCase):
    """A neshastd that mails through an SMTP server and reads a mailbox by IMAP."""

    BINARY = None

    def setUp(self):
        self.count = 0
        self.mailbox = Mailbox(self.addCleanup)
        port, self.taken = start_sink(self.addCleanup)
        self.server = Served(self.addCleanup, self.BINARY)
        self.server.flags = ("--mail", f"smtp://127.0.0.1:{port}", "--mail-from",
                             "protocol@isfahan.example", "--mail-authserv-id", "mx.isfahan.example",
                             *self.mailbox.flags())


    def wait_for(self, what):
        """The first true answer of `what`."""
        until = time.monotonic() + WAIT
        while not (found := what()):
            self.assertLess(time.monotonic(), until)
            time.sleep(0.02)
        return found

    def mails_to(self, count, **request):
        """What arrived of `count` mails that the server has sent, by their person."""
        def sent():
            mails = [mail for mail in self.server.pages("MailService/ListMails", "mails", **request)
                     if mail["state"] == "STATE_ACCEPTED"]
            return mails if len(mails) == count else None

        accepted = self.wait_for(sent)
        by_id = {mail["id"].strip("<>"): mail for mail in self.taken()}
        return {mail["person"]: by_id[mail["message_id"]] for mail in accepted}

    def written(self, program, name, mail, answer, **changes):
        """An answer as `program` writes it to `mail`, with the verdict of our mail server on top."""
        self.count += 1
        own = mail["to"][0]
        values = {"from_": own, "to": mail["sender"], "attendee": own.upper(), "method": "REPLY",
                  "answer": answer, "sequence": 0, "stamp": "20261124T101500Z", "more": "",
                  "uid": f"{name.split('/')[1]}@isfahan.example", "number": self.count,
                  "verdict": PASSED, **changes}
        return f"Authentication-Results: {values['verdict']}\n" + program.format(**values)

    def replies(self, count, **request):
        """The replies, once there are `count`."""
        return self.wait_for(lambda: found if len(found := self.server.pages(
            "ReplyService/ListReplies", "replies", **request)) == count else None)

    def answers(self, name):
        listed = self.server.call("InvitationService/ListInvitationResponses", parent=name)
        return {each["person"]: each["answer"].removeprefix("ANSWER_")
                for each in listed.get("responses", [])}
