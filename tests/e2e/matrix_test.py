#!/usr/bin/env python3
"""Every unary method that reflection finds x every role: what the table says, and nothing else.

matrix_test.py PATH_OF_NESHASTD
"""
import base64
import datetime
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import grpc

from front_test import await_port, free_port
from held import held
from proposals_test import derived
from reflected import Client
from served import vouch

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVER = None
ROLES = {"HO": "PROTOCOL_OFFICER", "HA": "ADMINISTRATOR", "PS": "DELEGATION_SECRETARY", "D": "DELEGATE",
         "IN": "INTERPRETER", "EX": "EXPERT", "OB": "OBSERVER", "SY": "SCRIPT", "AU": "AUDITOR"}
NEXT_YEAR = datetime.date.today().year + 1
# An etag that nothing has: who gets ABORTED was let through, and nothing was changed.
STALE = "r0"
CODES = {grpc.StatusCode.PERMISSION_DENIED: "F", grpc.StatusCode.NOT_FOUND: ".",
         grpc.StatusCode.UNAUTHENTICATED: "U", grpc.StatusCode.ABORTED: "A",
         # Let through, but it is not the time for it.
         grpc.StatusCode.FAILED_PRECONDITION: "P"}


ITEM = {"title": {"texts": {"en": "Welcome"}}, "length": "60s", "kind": "KIND_OPENING",
        "openness": "OPENNESS_OPEN"}
PAPER = {"title": {"texts": {"en": "Programme"}}, "language": "fa", "uri": "https://example.org/",
         "visibility": "VISIBILITY_PARTIES"}


def text(en):
    return {"texts": {"en": en}}


class Matrix(unittest.TestCase):
    """Each caller is of Xi'an and is its mayor; what it calls upon is Xi'an's (own) or Havana's."""

    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(holder.cleanup)
        data = pathlib.Path(holder.name)
        port = free_port()
        log = (data / "log").open("w")
        cls.addClassCleanup(log.close)
        server = subprocess.Popen(
            [SERVER, "--data", data, "--listen", f"127.0.0.1:{port}", "--reflection"],
            stdout=log, stderr=subprocess.STDOUT)
        cls.addClassCleanup(server.wait)
        cls.addClassCleanup(server.terminate)
        await_port(port, server)
        cls.clients = []
        cls.addClassCleanup(lambda: [client.close() for client in cls.clients])
        cls.address = f"127.0.0.1:{port}"
        connect = lambda token: cls.clients.append(Client(cls.address, token)) or cls.clients[-1]
        cls.administrator, cls.officer = (connect((data / f"{name}.token").read_text().strip())
                                          for name in ("administrator", "officer"))
        cls.slots = itertools.count()
        cls.fill()
        cls.callers = {role: connect(cls.new_token(f"principals/caller-{role.lower()}")["secret"])
                       for role in ROLES}
        cls.callers["nobody"] = connect("none")
        key = bytes.fromhex((data / "link.key").read_text())
        cls.callers["IV"] = connect(derived(key, cls.proposed, "people/mayor-of-xian", 1))

    @classmethod
    def fill(cls):
        directory = json.loads((ROOT / "deploy/seed/directory.json").read_text())
        make = lambda path, **request: cls.officer.call(path, **request)["name"]
        for kind, noun in (("cities", "city"), ("people", "person")):
            for item in directory[kind]:
                key = item["name"].split("/")[1]
                if key.removeprefix("mayor-of-") in ("isfahan", "xian", "havana"):
                    item.pop("organization", None)
                    make(f"DirectoryService/Create{noun.title()}", **{noun: item, f"{noun}_id": key})
        for city in ("xian", "havana"):
            vouch((cls.officer, cls.administrator), f"cities/{city}", f"people/mayor-of-{city}")
            make("DirectoryService/CreateOrganization", organization_id=f"university-of-{city}",
                 organization={"display_name": text("University"), "city": f"cities/{city}"})
        make("DirectoryService/CreateExpertGroup", expert_group_id="crisis-medicine",
             expert_group={"display_name": text("Crisis medicine")})
        make("DirectoryService/CreateNetwork", network_id="eco-mayors",
             network={"display_name": text("Mayors of the ECO")})
        cls.series = make("SessionService/CreateSeries", series_id="dialogues",
                          series={"title": text("Dialogues"), "host": "cities/isfahan"})
        cls.draft, cls.own, cls.foreign = (
            make("SessionService/CreateSession", session=cls.session(city))
            for city in ("xian", "xian", "havana"))
        for name in (cls.own, cls.foreign):
            make("SessionService/ConfirmSession", name=name)
        for name in (cls.draft, cls.own, cls.foreign):
            cls.officer.call("PrecedenceService/ArrangeOrder", name=name, kind="KIND_SCREEN")
            make("AgendaService/CreateAgendaItem", name=name, item_id="welcome", item=ITEM)
        cls.papers = {name: make("AgendaService/CreatePaper", name=name, item_id="welcome",
                                 paper=PAPER).split("/")[-1]
                      for name in (cls.draft, cls.own, cls.foreign)}
        cls.proposed, cls.offered, cls.unsent = (
            make("ProposalService/CreateProposal", proposal=cls.proposal(city))
            for city in ("xian", "havana", "xian"))
        for name in (cls.proposed, cls.offered):
            make("ProposalService/SendProposal", name=name)
        cls.fill_library()
        cls.register = {city: cls.registered(city) for city in ("xian", "havana")}
        for role, name in ROLES.items():
            cls.administrator.call(
                "AccessService/CreatePrincipal", principal_id=f"caller-{role.lower()}",
                principal={"display_name": role, "role": f"ROLE_{name}", "city": "cities/xian",
                           "person": "people/mayor-of-xian"})
        cls.other = "principals/officer"
        cls.fill_minutes()

    @classmethod
    def fill_minutes(cls):
        """Those of a session of Xi'an and one of Havana, circulated; the draft of another of Xi'an."""
        seat = lambda city: {"role": "ROLE_HEAD", "person": f"people/mayor-of-{city}",
                             "printed_name": "M", "printed_latin_name": "M"}
        name = lambda city: lambda session: cls.officer.call(
            "InvitationService/NameDelegation", name=session, city=f"cities/{city}",
            seats=[seat(city)])
        begun = lambda city: dict(cls.session(city), delegations=[
            {"city": "cities/isfahan"}, {"city": f"cities/{city}"}])
        sessions = (held(cls.officer, begun("xian"), name("xian")),
                    held(cls.officer, begun("havana"), name("havana")),
                    held(cls.officer, begun("xian")))
        cls.own_minutes, cls.foreign_minutes, cls.draft_minutes = (
            f"{session}/minutes/1" for session in sessions)
        enter = lambda minutes, **more: cls.officer.call(
            "MinutesService/CreateEntry", parent=minutes,
            entry=dict(more, type="TYPE_DECISION", language="fa", text="T"))["name"]
        cls.own_entry, cls.foreign_entry, cls.draft_entry = (
            enter(each) for each in (cls.own_minutes, cls.foreign_minutes, cls.draft_minutes))
        cls.spoken_entry = enter(cls.own_minutes, speaker="people/mayor-of-xian")
        for each in (cls.own_minutes, cls.foreign_minutes):
            cls.officer.call("MinutesService/CirculateMinutes", name=each)

    @classmethod
    def fill_library(cls):
        call = cls.officer.call
        call("LibraryService/CreateTopic", topic_id="epidemics", topic={"display_name": text("E")})
        secretaries = {}
        for city in ("xian", "havana"):
            name = f"principals/secretary-{city}"
            cls.administrator.call("AccessService/CreatePrincipal", principal_id=f"secretary-{city}",
                                   principal={"display_name": city, "city": f"cities/{city}",
                                              "role": "ROLE_DELEGATION_SECRETARY"})
            secretaries[city] = Client(cls.address, cls.new_token(name)["secret"])
            cls.clients.append(secretaries[city])
        for key, parties in (("public-xian", []), ("public-havana", []), ("partners-havana", []),
                             ("parties-xian", ["cities/isfahan"]), ("parties-havana", [])):
            visibility, city = key.split("-")
            secretaries[city].call("LibraryService/CreatePractice", practice_id=key, practice={
                "title": text("P"), "city": f"cities/{city}", "topics": ["topics/epidemics"],
                "visibility": f"VISIBILITY_{visibility.upper()}", "parties": parties})
        for key in ("published", "submitted"):
            call("LibraryService/SubmitInitiative", initiative_id=key, initiative={
                "title": text("I"), "proposal": text("I"), "city": "cities/isfahan", "submitter": "S",
                "sector": "SECTOR_CIVIC", "topics": ["topics/epidemics"]})
        call("LibraryService/ModerateInitiative", name="initiatives/published", state="STATE_PUBLISHED")

    @staticmethod
    def document(city):
        return {"kind": "KIND_MEMORANDUM", "title": text("Memorandum"), "host": "cities/isfahan",
                "cities": ["cities/isfahan", f"cities/{city}"]}

    @staticmethod
    def letter(city, number):
        return {"host": "cities/isfahan", "reference_number": number, "letter_date": "2026-11-20",
                "kind": "KIND_ENQUIRY", "subject": text("Loans"), "sender": "cities/isfahan",
                "recipient": f"cities/{city}"}

    @staticmethod
    def commitment(city):
        return {"host": "cities/isfahan", "kind": "KIND_AID", "text": text("Masks"),
                "from_city": "cities/isfahan", "to_city": f"cities/{city}"}

    @classmethod
    def registered(cls, city):
        """A document, a round of one letter and a commitment between Isfahan and `city`."""
        call = cls.officer.call
        letters = call("LetterService/SendRound", host="cities/isfahan", reference=f"1405/{city}",
                       letter_date="2026-11-20", kind="KIND_ENQUIRY", subject=text("Loans"),
                       cities=[f"cities/{city}"])["letters"]
        return {
            "document": call("DocumentService/CreateDocument", document=cls.document(city),
                             document_id=f"memorandum-{city}")["name"],
            "letter": letters[0]["name"],
            "commitment": call("CommitmentService/CreateCommitment",
                               commitment=cls.commitment(city))["name"]}

    @classmethod
    def slot(cls):
        """A time of its own for everything that is booked."""
        begins = datetime.datetime(NEXT_YEAR, 1, 4) + datetime.timedelta(hours=next(cls.slots))
        return {"local_time": begins.isoformat(), "time_zone": "Asia/Tehran"}

    @classmethod
    def session(cls, city):
        return {"kind": "KIND_MAYORS_DIALOGUE", "title": text("Dialogue"), "host": "cities/isfahan",
                "start_time": cls.slot(), "duration": "3600s",
                "delegations": [{"city": "cities/isfahan"},
                                {"city": f"cities/{city}",
                                 "required_people": [f"people/mayor-of-{city}"]}]}

    @classmethod
    def proposal(cls, city):
        reply_by = datetime.datetime.utcnow() + datetime.timedelta(days=5)
        session = cls.session(city)
        return {**{key: session[key] for key in ("kind", "title", "host", "duration", "delegations")},
                "slots": [{"start_time": session["start_time"]}],
                "reply_by_time": reply_by.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "recipients": [{"person": f"people/mayor-of-{city}"}]}

    @classmethod
    def hold(cls):
        return {"host": "cities/isfahan", "start_time": cls.slot(), "duration": "3600s",
                "people": ["people/mayor-of-xian"]}

    @classmethod
    def new_hold(cls):
        return cls.officer.call("SessionService/HoldSlot", hold=cls.hold())["name"]

    @classmethod
    def new_token(cls, principal):
        return cls.administrator.call("AccessService/CreateToken", token={"principal": principal})

    def spare_token(self, principal):
        return self.new_token(principal)["token"]["name"]

    def access(self, me, id):
        """(method, verdicts of HO HA PS D IN EX OB SY AU nobody [IV], request) for the caller `me`."""
        principal = lambda name: {"name": name, "etag": STALE, "display_name": "Another"}
        for whose, reads, writes in ((me, "AAAAAAAAAU", "AAAAAAAAFU"),
                                     (self.other, ".A......AU", ".A......FU")):
            yield "GetPrincipal", reads, dict(name=whose)
            yield "ListTokens", reads, dict(principal=whose)
            yield "CreateToken", writes, dict(token={"principal": whose})
            yield "RotateToken", writes, dict(name=self.spare_token(whose))
            yield "RevokeToken", writes, dict(name=self.spare_token(whose))
        for whose, writes in ((me, "FAFFFFFFFU"), (self.other, ".A......FU")):
            yield "UpdatePrincipal", writes, dict(principal=principal(whose), update_mask="displayName")
            yield "DeletePrincipal", writes, dict(name=whose, etag=STALE)
        yield "GetCaller", "AAAAAAAAAU", {}
        yield "ListPrincipals", "AAAAAAAAAU", {}
        yield "CreatePrincipal", ".A......FU", dict(principal_id=f"new-{id}", principal={
            "display_name": "New", "role": "ROLE_OBSERVER", "city": "cities/xian"})

    def changes(self, me, id):
        yield "SyncChanges", "AAAAAFFAAU", {}
        yield "VerifyLog", "FFFFFFFFAU", {}

    def directory(self, me, id):
        listed, own, any_city = "AAAAFFFAAU", "AFAFFFFFFU", "AFFFFFFFFU"
        city = lambda zone: {"display_name": text("C"), "country": "CN", "time_zone": zone,
                             "languages": ["zh"]}
        person = lambda city: {"own_name": "M", "latin_name": "M", "city": f"cities/{city}"}
        office = lambda city: {"display_name": text("U"), "city": f"cities/{city}"}
        kinds = (  # noun, plural, a resource, the least of one, who may write it
            ("City", "Cities", "cities/xian", city("Asia/Shanghai"), own),
            ("City", "Cities", "cities/havana", city("America/Havana"), any_city),
            ("Person", "People", "people/mayor-of-xian", person("xian"), own),
            ("Person", "People", "people/mayor-of-havana", person("havana"), any_city),
            ("Organization", "Organizations", "organizations/university-of-xian",
             office("xian"), own),
            ("Organization", "Organizations", "organizations/university-of-havana",
             office("havana"), any_city),
            ("ExpertGroup", "ExpertGroups", "expertGroups/crisis-medicine",
             {"display_name": text("G")}, any_city),
            ("Network", "Networks", "networks/eco-mayors", {"display_name": text("N")}, any_city))
        for number, (noun, plural, name, least, writes) in enumerate(kinds):
            field = "".join("_" + c.lower() if c.isupper() else c for c in noun).removeprefix("_")
            # A new city is nobody's own yet.
            creates = any_city if noun == "City" else writes
            yield f"Get{noun}", listed, dict(name=name)
            yield f"List{plural}", listed, {}
            yield f"Create{noun}", creates, {field: least, f"{field}_id": f"new-{id}-{number}"}
            yield f"Update{noun}", writes, {field: dict(least, name=name, etag=STALE)}
            yield f"Delete{noun}", writes, dict(name=name, etag=STALE)
        for city in ("xian", "havana"):
            yield "VouchForCounterpart", "AAFFFFFFFU", dict(
                name=f"cities/{city}", person=f"people/mayor-of-{city}",
                method="METHOD_EMBASSY", etag=STALE)

    def sessions(self, me, id):
        yield "ListSessions", "AAAAAAAAAU", dict(city="cities/xian")
        yield "CreateSession", "AFFFFFFFFU", dict(session=self.session("xian"), validate_only=True)
        yield "HoldSlot", "AFFFFFFFFU", dict(hold=self.hold(), validate_only=True)
        yield "ListHolds", "AFFFFFFFFU", {}
        yield "ReleaseHold", "AFFFFFFFFU", dict(name=self.new_hold())
        yield "CreateSeries", "AFFFFFFFFU", dict(series_id=f"new-{id}", series={
            "title": text("Series"), "host": "cities/isfahan"})
        yield "GetLedger", "A.......AU", dict(name=self.series)
        for name, reads in ((self.own, "AAAAAAAAAU"), (self.foreign, "AA......AU"),
                            (self.draft, "A.......AU")):
            stale = dict(name=name, etag=STALE)
            yield "GetSession", reads, dict(name=name)
            yield "UpdateSession", "AFFFFFFFFU", dict(session=dict(stale, languages=["fa"]),
                                                      update_mask="languages")
            yield "RescheduleSession", "AFFFFFFFFU", dict(stale, start_time=self.slot())
            for verb in ("Confirm", "Cancel", "Close"):
                yield f"{verb}Session", "AFFFFFFFFU", stale
            yield "RecordClearance", "AFFFFFFFFU", dict(stale, clearance={
                "body": "organizations/university-of-xian", "state": "STATE_AWAITED"})

    def invitations(self, me, id):
        seat = {"id": "seat", "role": "ROLE_HEAD", "person": "people/mayor-of-xian",
                "printed_name": "M", "printed_latin_name": "M"}
        for name, city, writes in ((self.own, "xian", "AFAFFFFFFU"),
                                   (self.own, "isfahan", "AFFFFFFFFU"),
                                   (self.foreign, "xian", "AF.FFFFFFU"),
                                   (self.foreign, "havana", "AF.FFFFFFU"),
                                   (self.draft, "xian", "AF.FFFFFFU")):
            stale = dict(name=name, city=f"cities/{city}", etag=STALE)
            yield "NameDelegation", writes, dict(stale, seats=[seat])
            yield "SubstituteDelegate", writes, dict(stale, seat=seat)
            yield "CloseDelegations", "AFFFFFFFFU", stale
            yield "DecideSeatChange", "AFFFFFFFFU", dict(stale, change_id="change")
            yield "RecordCredentials", "AFFFFFFFFU", dict(
                stale, seat_id="seat", credentials={"state": "STATE_RECEIVED"})
        # Each caller here is the mayor of Xi'an. That of Havana is not called to the own session.
        for name, person, answers in ((self.own, "xian", "AFAAAAFFFUF"),
                                      (self.own, "isfahan", "PFFFFFFFFUF"),
                                      (self.foreign, "xian", "PF....FFFUF"),
                                      (self.draft, "xian", "PF....FFFUF")):
            yield "RespondToInvitation", answers, dict(
                name=name, person=f"people/mayor-of-{person}", answer="ANSWER_ACCEPTED")
            yield "ListInvitationResponses", answers.replace("P", "A") if person == "xian" else \
                "AFAAAAFFFUF", dict(parent=name)

    def proposals(self, me, id):
        # The last column is who holds a link to `proposed`.
        host, answers = "AFFFFFFFFUF", [{"slot_id": "s1", "answer": "ANSWER_YES"}]
        yield "ListProposals", "AFAFFFFFAUA", dict(city="cities/xian")
        yield "CreateProposal", host, dict(proposal=self.proposal("xian"), validate_only=True)
        for name, reads, writes in ((self.proposed, "AFAFFFFFAUA", "AFAFFFFFFUA"),
                                    (self.offered, "AF.FFFFFAU.", "AF.FFFFFFU."),
                                    (self.unsent, "AF.FFFFFAU.", None)):
            stale = dict(name=name, etag=STALE)
            yield "GetProposal", reads, dict(name=name)
            yield "UpdateProposal", host, dict(proposal=dict(stale, languages=["fa"]),
                                               update_mask="languages")
            yield "SendProposal", host, stale
            yield "DecideProposal", host, dict(stale, slot_id="s1")
            yield "WithdrawProposal", host, stale
            if writes is None:
                continue
            whose = dict(name=name, person="people/mayor-of-" + (
                "xian" if name == self.proposed else "havana"))
            yield "AnswerProposal", writes, dict(whose, answers=answers)
            yield "CounterPropose", writes, dict(whose, start_time=self.slot())
            yield "NudgeProposal", host, dict(name=name)
            if name == self.offered:  # of the other the invitee has need
                yield "RenewLink", host, whose
                yield "RevokeLink", host, whose

    def precedence(self, me, id):
        # Who is shown a session masked is shown no order of it.
        for name, reads in ((self.own, "A.AAAA...U"), (self.foreign, "A........U"),
                            (self.draft, "A........U")):
            order = dict(name=name, kind="KIND_SCREEN")
            yield "GetOrder", reads, order
            yield "ArrangeOrder", "AFFFFFFFFU", dict(order, etag=STALE)
            yield "LockOrder", "AFFFFFFFFU", dict(order, etag=STALE, locked=True)

    def agenda(self, me, id):
        person = {"person": "people/mayor-of-xian"}
        for name, reads, papers, proposes, asks in (
                (self.own, "AAAAAAAAAU", "A.AAA....U", "AFAFFFFFFU", "PFPPFPFFFU"),
                (self.foreign, "AA......AU", "A........U", "AF.FFFFFFU", "PF..F.FFFU"),
                (self.draft, "A.......AU", "A........U", "AF.FFFFFFU", "PF..F.FFFU")):
            on = dict(name=name)
            item = dict(on, item_id="welcome")
            paper = dict(on, paper_id=self.papers[name])
            takes_part = "xian" if name != self.foreign else "havana"
            yield "GetAgenda", reads, on
            yield "GetPaper", papers, paper
            yield "CreateAgendaItem", "AFFFFFFFFU", dict(on, item=ITEM)
            yield "UpdateAgendaItem", "AFFFFFFFFU", dict(on, item={
                "name": f"{name}/agendaItems/welcome", "etag": STALE, "length": "120s"})
            yield "DeleteAgendaItem", "AFFFFFFFFU", dict(item, etag=STALE)
            yield "ArrangeAgenda", "AFFFFFFFFU", dict(on, agenda_etag=STALE,
                                                      places=[{"item_id": "welcome"}])
            yield "ProposeAgendaItem", proposes, dict(on, city=f"cities/{takes_part}", item=ITEM)
            yield "DecideAgendaItem", "PFFFFFFFFU", dict(item, accept=True)
            # Nobody agrees for another city, not even the protocol office.
            yield "AgreeAgenda", "F" + proposes[1:], dict(on, city=f"cities/{takes_part}",
                                                          agenda_etag=STALE)
            yield "AgreeAgenda", proposes.replace("AFA", "AFF"), dict(on, city="cities/isfahan",
                                                                      agenda_etag=STALE)
            yield "SetSpeakingBudgets", "AFFFFFFFFU", on
            for method, request in (("StartAgenda", on), ("StartItem", item), ("NextItem", on),
                                    ("PauseAgenda", on), ("ResumeAgenda", on), ("EndAgenda", on),
                                    ("GiveFloor", dict(on, **person)), ("EndTurn", on),
                                    ("MoveSpeaker", dict(on, **person, position=1))):
                yield method, "PFFFFFFFFU", request
            yield "RequestFloor", asks, dict(on, **person)
            yield "WithdrawFloor", asks, dict(on, **person)
            yield "CreatePaper", proposes, dict(item, paper=PAPER)
            # A city's papers are its own.
            yield "RevisePaper", proposes.replace("AFA", "AFF"), dict(paper, paper=PAPER)
            yield "RemovePaper", proposes.replace("AFA", "AFF"), paper

    def scheduling(self, me, id):
        yield "SuggestTimes", "AFFFFFFFFU", dict(
            host="cities/isfahan", duration="3600s", delegations=[{"city": "cities/isfahan"}],
            window_start_time=f"{NEXT_YEAR}-02-01T00:00:00Z",
            window_end_time=f"{NEXT_YEAR}-02-02T00:00:00Z")

    def clock(self, me, id):
        yield "ListZoneAlerts", "AFFFFFFFFU", {}
        yield "DecideZoneAlert", ".FFFFFFFFU", dict(name="zoneAlerts/there-is-none")

    def mail(self, me, id):
        yield "ListMails", "AFFFFFFFFU", {}
        yield "ResendMail", ".FFFFFFFFU", dict(name="mails/there-is-none")

    def replies(self, me, id):
        there_is_none = dict(name="replies/there-is-none")
        yield "ReceiveReply", "AFFFFFFFFUF", dict(mail=base64.b64encode(b"Subject: x\r\n").decode())
        yield "ListReplies", "AFFFFFFFFUF", {}
        for method in ("GetReply", "ApplyReply", "DismissReply"):
            yield method, ".FFFFFFFFUF", there_is_none

    def library(self, me, id):
        share, topics = "AFAFFFFFFU", ["topics/epidemics"]
        practice = dict(title=text("P"), topics=topics, visibility="VISIBILITY_PUBLIC")
        initiative = dict(title=text("I"), proposal=text("I"), submitter="S", sector="SECTOR_CIVIC",
                          topics=topics)
        yield "GetTopic", "AAAAAAAAAU", dict(name=topics[0])
        yield "ListTopics", "AAAAAAAAAU", {}
        yield "CreateTopic", "AFFFFFFFFU", dict(topic={"display_name": text("T")}, topic_id=f"new-{id}")
        yield "UpdateTopic", "AFFFFFFFFU", dict(topic={"name": topics[0], "etag": STALE,
                                                       "display_name": text("T")})
        yield "DeleteTopic", "AFFFFFFFFU", dict(name=topics[0], etag=STALE)
        yield "ListPractices", "AAAAAAAAAU", {}
        yield "ListInitiatives", "AAAAAAAAAU", {}
        for city, creates in (("xian", share), ("havana", "AFFFFFFFFU")):
            yield "CreatePractice", creates, dict(practice=dict(practice, city=f"cities/{city}"))
        # By visibility and city: what is public, for partners, and each city's own.
        for name, reads, writes in (("public-xian", "AAAAAAAAAU", share),
                                    ("public-havana", "AAAAAAAAAU", "AFFFFFFFFU"),
                                    ("partners-havana", "A.AA.....U", "AFFFFFFFFU"),
                                    ("parties-xian", "A.AA.....U", share),
                                    ("parties-havana", ".........U", ".F.FFFFFFU")):
            stale = dict(name=f"practices/{name}", etag=STALE)
            yield "GetPractice", reads, dict(name=stale["name"])
            yield "UpdatePractice", self.hidden(reads, writes), dict(practice=dict(stale, title=text("P")))
            yield "DeletePractice", self.hidden(reads, writes), stale
            yield "RecordUptake", self.hidden(reads, share), dict(stale, uptake={
                "city": "cities/xian", "extent": "EXTENT_PARTLY", "date": "2026-01-01"})
        for city, creates in (("xian", share), ("isfahan", ".F.FFFFFFU")):
            yield "SubmitInitiative", creates, dict(initiative=dict(initiative, city=f"cities/{city}"))
        for name, reads, writes in (("published", "AAAAAAAAAU", "AFFFFFFFFU"),
                                    ("submitted", ".........U", ".F.FFFFFFU")):
            name = f"initiatives/{name}"
            yield "GetInitiative", reads, dict(name=name)
            yield "ModerateInitiative", self.hidden(reads, writes), dict(name=name, etag=STALE)
        yield "SupportInitiative", share, dict(name="initiatives/published",
                                               organization="organizations/university-of-xian")

    @staticmethod
    def hidden(reads, writes):
        """Who may write by role and is shown nothing is told nothing; the others are refused before."""
        return "".join("." if read == "." and write != "F" else write
                       for read, write in zip(reads, writes))

    def search(self, me, id):
        yield "Search", "AAAAAAAAAU", dict(query="crisis")

    def minutes(self, me, id):
        host, ever = "AFFFFFFFFU", "AFAAAAFFAU"
        session = lambda minutes: minutes.rsplit("/", 2)[0]
        yield "StartMinutes", ".FFFFFFFFU", dict(session="sessions/there-is-none")
        yield "AmendMinutes", ".FFFFFFFFU", dict(name="sessions/none/minutes/1", reason="R")
        yield "ExportSealed", ".F....FF.U", dict(name="sessions/none/minutes/1")
        yield "GetSealKey", ever, {}
        for minutes, reads, declares in (
                (self.own_minutes, ever, "AFAAAAFFFU"),
                (self.foreign_minutes, "AF....FFAU", "FF....FFFU"),
                (self.draft_minutes, "AF....FFAU", "FFF...FFFU")):
            stale = dict(name=minutes, etag=STALE)
            yield "GetMinutes", reads, dict(name=minutes)
            yield "ListMinutes", ever, dict(parent=session(minutes))
            yield "ListEntries", reads, dict(parent=minutes)
            yield "DeclarePresence", declares, dict(session=session(minutes))
            yield "UpdateMinutes", host, dict(minutes=dict(stale, languages=[]))
            yield "SetAttendance", host, dict(stale, attendance=[
                {"city": "cities/xian", "person": "people/mayor-of-xian",
                 "presence": "PRESENCE_PRESENT"}])
            for verb in ("Circulate", "Reissue", "Seal"):
                yield f"{verb}Minutes", host, stale
        yield "DecideCorrection", host, dict(name=self.own_entry, etag=STALE,
                                             correction_id="correction")
        for entry, reads in ((self.own_entry, "AFAAA.FFAU"), (self.spoken_entry, ever),
                             (self.foreign_entry, "AF....FFAU"), (self.draft_entry, "AF....FFAU")):
            yield "GetEntry", reads, dict(name=entry)
        yield "CreateEntry", host, dict(parent=self.draft_minutes, entry={
            "type": "TYPE_DECISION", "language": "fa", "text": "T"})
        yield "UpdateEntry", host, dict(entry={"name": self.draft_entry, "etag": STALE, "text": "U"})
        yield "DeleteEntry", host, dict(name=self.draft_entry, etag=STALE)
        yield "SetTranslation", host, dict(name=self.draft_entry, etag=STALE, translation={
            "language": "ru", "text": "T", "standing": "STANDING_COURTESY"})
        text = dict(language="fa", text="T")
        # An interpreter corrects translations, an expert the own entries.
        for entry, city, writes in ((self.own_entry, "xian", "AFAAF.FFFU"),
                                    (self.spoken_entry, "xian", "AFAAFAFFFU"),
                                    (self.foreign_entry, "havana", "AF....FFFU")):
            yield "FileCorrection", writes, dict(text, name=entry, city=f"cities/{city}")
        yield "AnnexStatement", "AFAAFFFFFU", dict(text, parent=self.own_minutes, city="cities/xian")
        yield "AnnexStatement", "AF....FFFU", dict(text, parent=self.foreign_minutes,
                                                   city="cities/havana")
        # Nobody adopts for another city, the host's office neither.
        for minutes, city, adopts in ((self.own_minutes, "xian", "FFAAFFFFFU"),
                                      (self.own_minutes, "isfahan", "AFFFFFFFFU"),
                                      (self.foreign_minutes, "xian", "FF..FFFFFU"),
                                      (self.draft_minutes, "xian", "FF..FFFFFU")):
            stale = dict(name=minutes, city=f"cities/{city}", etag=STALE)
            yield "AdoptMinutes", adopts, dict(stale, mode="ADOPTION_MODE_ADOPTED")
            yield "DeclineMinutes", adopts, dict(stale, reason="R")

    # Everybody who may see some session may list what stands between cities, and is shown what is the
    # own city's.
    REGISTER = (("xian", "A.A.....AU"), ("havana", "A.......AU"))

    def documents(self, me, id):
        yield "ListDocuments", "AAAAAAAAAU", {}
        yield "CreateDocument", "AFFFFFFFFU", dict(document=self.document("xian"),
                                                   document_id=f"new-{id}")
        for city, reads in self.REGISTER:
            name = self.register[city]["document"]
            yield "GetDocument", reads, dict(name=name)
            yield "UpdateDocument", "AFFFFFFFFU", dict(
                document=dict(name=name, etag=STALE, term_months=48), update_mask="termMonths")
            yield "RecordStep", "AFFFFFFFFU", dict(name=name, etag=STALE,
                                                   step={"kind": "KIND_DRAFTED"})
            yield "RenewDocument", "AFFFFFFFFU", dict(name=name, etag=STALE, letter_number="1")

    def letters(self, me, id):
        yield "ListLetters", "AAAAAAAAAU", {}
        yield "CreateLetter", "AFFFFFFFFU", dict(letter=self.letter("xian", f"1405/new-{id}"))
        yield "SendRound", "AFFFFFFFFU", dict(
            host="cities/isfahan", reference=f"1405/round-{id}", letter_date="2026-11-20",
            kind="KIND_NOTICE", subject=text("Loans"), cities=["cities/xian"])
        for city, reads in self.REGISTER:
            name = self.register[city]["letter"]
            yield "GetLetter", reads, dict(name=name)
            yield "GetRound", reads, dict(host="cities/isfahan", reference=f"1405/{city}")
            yield "RecordReply", "AFFFFFFFFU", dict(name=name, etag=STALE, state="STATE_AWAITED")

    def commitments(self, me, id):
        yield "ListCommitments", "AAAAAAAAAU", {}
        yield "CreateCommitment", "AFFFFFFFFU", dict(commitment=self.commitment("xian"))
        for session, reads in ((self.own, "AAAAAAAAAU"), (self.foreign, "AA......AU"),
                               (self.draft, "A.......AU")):
            yield "ListCarriedOver", reads, dict(session=session)
        for city, reads in self.REGISTER:
            name = self.register[city]["commitment"]
            yield "GetCommitment", reads, dict(name=name)
            yield "UpdateCommitment", "AFFFFFFFFU", dict(
                commitment=dict(name=name, etag=STALE, due_date="2026-12-01"), update_mask="dueDate")
            yield "RecordProgress", "AFFFFFFFFU", dict(name=name, etag=STALE, state="STATE_DONE")

    def cases(self, role):
        me = f"principals/caller-{role.lower()}" if role in ROLES else self.other
        for service, rows in (("AccessService", self.access), ("ChangeService", self.changes),
                              ("DirectoryService", self.directory), ("SessionService", self.sessions),
                              ("InvitationService", self.invitations),
                              ("ProposalService", self.proposals),
                              ("AgendaService", self.agenda),
                              ("PrecedenceService", self.precedence),
                              ("SchedulingService", self.scheduling), ("ClockService", self.clock),
                              ("MailService", self.mail), ("ReplyService", self.replies),
                              ("LibraryService", self.library),
                              ("SearchService", self.search),
                              ("MinutesService", self.minutes),
                              ("DocumentService", self.documents),
                              ("LetterService", self.letters),
                              ("CommitmentService", self.commitments)):
            for method, verdicts, request in rows(me, role.lower()):
                if len(verdicts) == 10:  # a personal link gives nothing but proposals
                    verdicts += "A" if method == "GetCaller" else "F"
                yield f"{service}/{method}", verdicts, request

    def verdict(self, client, method, request):
        try:
            client.call(method, **request)
            return "A"
        except grpc.RpcError as refused:
            return CODES.get(refused.code(), f"{refused.code().name}: {refused.details()}")

    def test_every_role_gets_of_every_method_what_the_table_says(self):
        for column, (role, client) in enumerate(self.callers.items()):
            for method, verdicts, request in self.cases(role):
                with self.subTest(role=role, method=method, request=request):
                    self.assertEqual(self.verdict(client, method, request), verdicts[column])

    def test_the_table_has_every_unary_method(self):
        self.assertEqual(set(self.administrator.unary_methods()),
                         {method for method, _, _ in self.cases("HO")})


if __name__ == "__main__":
    SERVER = sys.argv.pop(1)
    unittest.main()
