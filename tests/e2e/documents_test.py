#!/usr/bin/env python3
"""A memorandum comes to its signature, thirteen cities are written to, a promise is carried over.

documents_test.py PATH_OF_NESHASTD
"""
import datetime
import json
import sys
import unittest

import grpc

from reflected import Client, reason
from served import FIRST_DAY, Served

SERVER = None
SISTERS = ("xian", "kuala-lumpur", "florence", "iasi", "barcelona", "yerevan", "kuwait-city", "freiburg",
           "havana", "lahore", "st-petersburg", "dakar", "baalbek")
CANARY = "Canary of Isfahan and Saint Petersburg"
TODAY = datetime.date.today()
LAST_WEEK = (TODAY - datetime.timedelta(days=7)).isoformat()


def text(en):
    return {"texts": {"en": en}}


class Documents(unittest.TestCase):
    """The officer of Isfahan and the secretaries of Hyderabad, St Petersburg and Havana."""

    def setUp(self):
        self.server = Served(self.addCleanup, SERVER)
        self.server.start()
        self.officer, self.administrator, self.auditor = (
            self.server.client(who) for who in ("officer", "administrator", "auditor"))
        self.server.fill(cities=["isfahan", "hyderabad", *SISTERS],
                         people=["mayor-of-isfahan", "mayor-of-st-petersburg"])
        for key, city in (("foreign-ministry", "isfahan"), ("council-of-hyderabad", "hyderabad")):
            self.officer.call("DirectoryService/CreateOrganization", organization_id=key,
                              organization={"display_name": text(key), "city": f"cities/{city}"})
        self.hyderabad, self.petersburg, self.havana = (
            self.secretary(city) for city in ("hyderabad", "st-petersburg", "havana"))

    def secretary(self, city):
        key = f"secretary-{city}"
        self.administrator.call("AccessService/CreatePrincipal", principal_id=key, principal={
            "display_name": key, "role": "ROLE_DELEGATION_SECRETARY", "city": f"cities/{city}"})
        token = self.administrator.call("AccessService/CreateToken",
                                        token={"principal": f"principals/{key}"})
        client = Client(self.server.address, token["secret"])
        self.addCleanup(client.close)
        return client

    def refused(self, why, client, path, **request):
        with self.assertRaises(grpc.RpcError) as caught:
            client.call(path, **request)
        self.assertEqual(reason(caught.exception), why, caught.exception)
        return caught.exception.details()

    def memorandum(self):
        step = lambda kind, **more: dict(more, kind=f"KIND_{kind}")
        return self.officer.call(
            "DocumentService/CreateDocument", document_id="memorandum-hyderabad", document={
                "kind": "KIND_MEMORANDUM", "title": text("Memorandum of sister cities"),
                "host": "cities/isfahan", "cities": ["cities/isfahan", "cities/hyderabad"],
                "term_months": 60, "steps": [
                    step("TEXT_AGREED"),
                    step("CLEARED", city="cities/isfahan", body="organizations/foreign-ministry"),
                    step("COUNCIL_APPROVED", city="cities/hyderabad",
                         body="organizations/council-of-hyderabad"),
                    step("SIGNED", city="cities/isfahan"), step("SIGNED", city="cities/hyderabad")]})

    def record(self, document, number, **more):
        step = dict(document["steps"][number - 1], state="STATE_DONE", **more)
        return self.officer.call("DocumentService/RecordStep", name=document["name"], step=step)

    def stage(self, city):
        return self.officer.call("DirectoryService/GetCity", name=f"cities/{city}")["partnership"]["stage"]

    def owed(self, body):
        listed = self.officer.call("DocumentService/ListDocuments", owed_by=f"organizations/{body}")
        return [each["name"] for each in listed.get("documents", [])]

    def test_the_memorandum_with_hyderabad_goes_through_its_steps_until_the_stage_is_signed(self):
        document = self.memorandum()
        name = document["name"]
        self.assertEqual(self.stage("hyderabad"), "STAGE_FINALISING")
        self.record(document, 1)
        self.assertEqual(self.owed("foreign-ministry"), [name])
        last = dict(document["steps"][4], state="STATE_DONE")
        self.assertIn("organizations/council-of-hyderabad", self.refused(
            "STEP_OWED", self.officer, "DocumentService/RecordStep", name=name, step=last))
        self.record(document, 2, letter_number="1405/771", remark="After two months")
        self.assertEqual((self.owed("foreign-ministry"), self.owed("council-of-hyderabad")), ([], [name]))
        seen = self.hyderabad.call("DocumentService/GetDocument", name=name)
        self.assertNotIn("letter_number", seen["steps"][1])
        self.record(document, 3)
        half = self.record(document, 4, done_date=LAST_WEEK)
        self.assertEqual((half["state"], self.stage("hyderabad")),
                         ("STATE_UNDER_WAY", "STAGE_FINALISING"))
        signed = self.record(document, 5)
        self.assertEqual((signed["state"], self.stage("hyderabad")), ("STATE_IN_FORCE", "STAGE_SIGNED"))
        position = self.officer.call("ChangeService/SyncChanges", page_size=1000)
        changed = [each["name"] for each in position["changes"]]
        self.assertEqual(changed[-2:], [name, "cities/hyderabad"])

    def test_a_round_to_the_thirteen_sister_cities_is_one_call_with_thirteen_states(self):
        request = dict(host="cities/isfahan", reference="1399/771", letter_date=LAST_WEEK,
                       kind="KIND_ENQUIRY", subject=text("How is your city?"),
                       cities=[f"cities/{city}" for city in SISTERS],
                       due_date=(TODAY + datetime.timedelta(days=30)).isoformat(),
                       request_id="3a3b54e6-3f0b-4d8c-9c5e-8f62a2f5d001")
        sent = self.officer.call("LetterService/SendRound", **request)
        self.assertEqual((len(sent["letters"]), sent["awaited"]), (13, 13))
        self.assertEqual(sent, self.officer.call("LetterService/SendRound", **request))
        for letter, state in ((sent["letters"][2], "ANSWERED"), (sent["letters"][4], "DECLINED")):
            self.officer.call("LetterService/RecordReply", name=letter["name"],
                              state=f"STATE_{state}", reference_number="Prot. 12")
        found = self.officer.call("LetterService/GetRound", host="cities/isfahan", reference="1399/771")
        self.assertEqual((found["awaited"], found["answered"], found["declined"]), (11, 1, 1))
        states = {each["recipient"]: each["state"] for each in found["letters"]}
        self.assertEqual((states["cities/florence"], states["cities/barcelona"]),
                         ("STATE_ANSWERED", "STATE_DECLINED"))
        own = self.havana.call("LetterService/GetRound", host="cities/isfahan", reference="1399/771")
        self.assertEqual([each["recipient"] for each in own["letters"]], ["cities/havana"])
        self.assertNotIn("answered", own)
        self.refused("RESOURCE_NOT_FOUND", self.hyderabad, "LetterService/GetRound",
                     host="cities/isfahan", reference="1399/771")

    def expert_session(self, month):
        name = self.officer.call("SessionService/CreateSession", session={
            "kind": "KIND_EXPERT_SESSION", "title": text("Crisis medicine"), "host": "cities/isfahan",
            "start_time": {"local_time": f"{FIRST_DAY.year}-{month:02}-01T11:30:00",
                           "time_zone": "Asia/Tehran"},
            "duration": "7200s", "delegations": [
                {"city": f"cities/{city}", "required_people": [f"people/mayor-of-{city}"]}
                for city in ("isfahan", "st-petersburg")]})["name"]
        return self.officer.call("SessionService/ConfirmSession", name=name)["name"]

    def carried(self, client, session):
        listed = client.call("CommitmentService/ListCarriedOver", session=session)
        return [each["name"] for each in listed.get("commitments", [])]

    def test_a_commitment_of_the_session_with_st_petersburg_is_carried_over_and_done(self):
        first, second = self.expert_session(2), self.expert_session(4)
        promise = self.officer.call("CommitmentService/CreateCommitment", commitment={
            "host": "cities/isfahan", "kind": "KIND_ACTION", "text": text(CANARY), "session": first,
            "from_city": "cities/st-petersburg", "to_city": "cities/isfahan",
            "due_date": f"{FIRST_DAY.year}-03-01", "owner": "people/mayor-of-st-petersburg"})
        name = promise["name"]
        for client in (self.officer, self.petersburg):
            self.assertEqual(self.carried(client, second), [name])
            self.assertEqual(self.carried(client, first), [])
        self.refused("ACTION_FORBIDDEN", self.petersburg, "CommitmentService/RecordProgress",
                     name=name, state="STATE_DONE")
        for state, remark in (("UNDER_WAY", "The paper is being translated."), ("DONE", "Received.")):
            promise = self.officer.call("CommitmentService/RecordProgress", name=name,
                                        state=f"STATE_{state}", remark=remark)
        self.assertEqual([each["state"] for each in promise["progress"]],
                         ["STATE_OPEN", "STATE_UNDER_WAY", "STATE_DONE"])
        self.assertEqual(self.carried(self.officer, second), [])
        self.nothing_is_seen_of(name, second)

    def nothing_is_seen_of(self, name, session):
        """By the secretary of Havana; by the auditor, that there is one."""
        for path, request in (("GetCommitment", dict(name=name)),
                              ("RecordProgress", dict(name=name, state="STATE_OPEN", remark="Again")),
                              ("ListCarriedOver", dict(session=session))):
            why = "ACTION_FORBIDDEN" if path == "RecordProgress" else "RESOURCE_NOT_FOUND"
            self.refused(why, self.havana, f"CommitmentService/{path}", **request)
        told = json.dumps([
            self.havana.call("CommitmentService/ListCommitments", city="cities/st-petersburg"),
            self.havana.call("CommitmentService/ListCommitments"),
            self.havana.call("ChangeService/SyncChanges", page_size=1000)])
        self.assertNotIn(CANARY, told)
        self.assertNotIn(name, told)
        audited = json.dumps(self.auditor.call("CommitmentService/ListCommitments"))
        self.assertIn(name, audited)
        self.assertNotIn(CANARY, audited)


if __name__ == "__main__":
    SERVER = sys.argv.pop(1)
    unittest.main()
