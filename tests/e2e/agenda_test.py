#!/usr/bin/env python3
"""The agenda of an expert session: two officers edit it at once, the other side proposes and agrees,
it runs from item to item; whoever follows the session sees every change, and nobody a paper that is
not for them.

agenda_test.py PATH_OF_NESHASTD
"""
import concurrent.futures
import datetime
import json
import sys
import threading
import unittest
import uuid
import zoneinfo

import grpc
from google.protobuf import json_format

from reflected import Client, reason
from served import Served

SERVER = None
CANARY = "canary-of-st-petersburg"
CONTENT = (CANARY + "!").encode().hex()  # Base64 of other bytes; it is shown as it is sent.
CRISIS, FOREIGN = "people/expert-crisis-isfahan", "people/expert-foreign-isfahan"
EPIDEMIOLOGY = "people/expert-epidemiology-petersburg"
HOSPITALS = "people/expert-hospitals-petersburg"
INTERPRETER = "people/interpreter-fa-ru-1"


def text(en):
    return {"texts": {"en": en}}


def item(title, minutes, *speakers, openness="OPEN", kind="PRESENTATION"):
    return {"title": text(title), "length": f"{60 * minutes}s", "kind": f"KIND_{kind}",
            "openness": f"OPENNESS_{openness}", "speakers": [{"person": each} for each in speakers]}


SIX = (("welcome", item("Welcome", 10, CRISIS, kind="OPENING")),
       ("hospitals", item("Hospitals in a crisis", 25, HOSPITALS)),
       ("universities", item("What the universities can do", 25, CRISIS)),
       ("supplies", item("Supplies and their prices", 20, FOREIGN, openness="CLOSED")),
       ("questions", item("Questions", 30, kind="QUESTIONS")),
       ("farewell", item("Farewell", 10, EPIDEMIOLOGY, kind="CLOSING")))


class Follower:
    """Follows the log on a thread; keeps every change of the session that it is told."""

    def __init__(self, client, session):
        self.client, self.session = client, session
        self.told, self.raw = [], []
        self.news = threading.Condition()
        self.call = client.open("ChangeService/WatchChanges", timeout=120)
        self.thread = threading.Thread(target=self.read)
        self.thread.start()

    def read(self):
        try:
            for message in self.call:
                each = json_format.MessageToDict(message, preserving_proto_field_name=True)
                with self.news:
                    self.raw.append(json.dumps(each, ensure_ascii=False))
                    if each.get("change", {}).get("name") == self.session:
                        self.told.append(each["change"])
                    self.news.notify_all()
        except grpc.RpcError:
            pass  # It was closed.

    def agenda(self):
        return self.told[-1].get("session", {}).get("agenda", {}) if self.told else {}

    def await_agenda(self, check):
        """Waits until the newest agenda that was told is as it should be."""
        with self.news:
            if not self.news.wait_for(lambda: check(self.agenda()), timeout=30):
                raise AssertionError(f"It was not told: {self.agenda()}")
            return self.agenda()

    def close(self):
        self.call.cancel()
        self.thread.join()


class Agendas(unittest.TestCase):
    """Isfahan and St Petersburg, two hours, fa-ru, with six items; it begins in ten minutes."""

    def setUp(self):
        self.server = Served(self.addCleanup, SERVER)
        self.server.start()
        self.officer = self.server.client()
        self.server.fill(cities=["isfahan", "st-petersburg", "xian"], people=[each.split("/")[1] for each in (
            CRISIS, FOREIGN, EPIDEMIOLOGY, HOSPITALS, INTERPRETER)])
        self.second = self.enroll("second-officer", "PROTOCOL_OFFICER", "isfahan")
        self.secretary = self.enroll("secretary", "DELEGATION_SECRETARY", "st-petersburg")
        self.delegate = self.enroll("delegate", "DELEGATE", "st-petersburg", EPIDEMIOLOGY)
        self.interpreter = self.enroll("interpreter", "INTERPRETER", "isfahan", INTERPRETER)
        self.expert = self.enroll("expert", "EXPERT", "st-petersburg", HOSPITALS)
        self.observer = self.enroll("observer", "OBSERVER", "st-petersburg", HOSPITALS)
        self.stranger = self.enroll("stranger", "DELEGATION_SECRETARY", "xian")
        self.session = self.booked()
        for key, each in SIX:
            self.do("CreateAgendaItem", item_id=key, item=each)

    def enroll(self, key, role, city, person=""):
        administrator = self.server.client("administrator")
        administrator.call("AccessService/CreatePrincipal", principal_id=key, principal={
            "display_name": key, "role": f"ROLE_{role}", "city": f"cities/{city}", "person": person})
        token = administrator.call("AccessService/CreateToken",
                                   token={"principal": f"principals/{key}"})
        client = Client(self.server.address, token["secret"])
        self.addCleanup(client.close)
        for service in ("Change", "Agenda"):
            client.learn(f"neshast.v1.{service}Service")  # before threads share it
        return client

    def booked(self):
        begins = datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Tehran")) + datetime.timedelta(minutes=10)
        draft = self.officer.call("SessionService/CreateSession", session={
            "kind": "KIND_EXPERT_SESSION", "title": text("Crisis medicine"), "host": "cities/isfahan",
            "start_time": {"local_time": begins.strftime("%Y-%m-%dT%H:%M:%S"),
                           "time_zone": "Asia/Tehran"},
            "duration": "7200s", "languages": ["fa", "ru"], "interpreters": [INTERPRETER],
            "delegations": [
                {"city": "cities/isfahan", "required_people": [CRISIS, FOREIGN]},
                {"city": "cities/st-petersburg", "required_people": [EPIDEMIOLOGY, HOSPITALS]}]})
        return self.officer.call("SessionService/ConfirmSession", name=draft["name"])["name"]

    def do(self, method, client=None, **request):
        return (client or self.officer).call(f"AgendaService/{method}", name=self.session, **request)

    def refused(self, why, method, client=None, **request):
        with self.assertRaises(grpc.RpcError) as caught:
            self.do(method, client, **request)
        self.assertEqual(reason(caught.exception), why, caught.exception)

    def items(self, client=None):
        items = self.do("GetAgenda", client).get("agenda", {}).get("items", [])
        return {each["name"].split("/")[-1]: each for each in items}

    def follow(self, client):
        follower = Follower(client, self.session)
        self.addCleanup(follower.close)
        return follower

    def test_two_officers_edit_it_at_once_and_a_follower_sees_every_change_in_order(self):
        follower = self.follow(self.secretary)
        follower.await_agenda(lambda agenda: len(agenda.get("items", [])) == 6)
        begins = len(follower.told)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for step in range(10):
                read = self.items()
                edits = [(self.officer, "hospitals", 25 - step), (self.second, "questions", 30 - step)]
                list(pool.map(lambda edit: self.do(
                    "UpdateAgendaItem", edit[0], update_mask="length",
                    item={"name": read[edit[1]]["name"], "etag": read[edit[1]]["etag"],
                          "length": f"{60 * edit[2]}s"}), edits))
                follower.await_agenda(lambda agenda: all(
                    any(each["name"].endswith(key) and each["length"] == f"{60 * minutes}s"
                        for each in agenda["items"]) for _, key, minutes in edits))
        revisions = [int(change["revision"]) for change in follower.told]
        self.assertEqual(revisions, sorted(set(revisions)))
        # Two changes that it is told together come as one, the newest.
        self.assertGreaterEqual(len(follower.told) - begins, 10)
        lengths = [sum(int(each["length"][:-1]) for each in change["session"]["agenda"]["items"])
                   for change in follower.told[begins:]]
        self.assertEqual(lengths, sorted(lengths, reverse=True))

    def test_of_two_officers_who_edit_one_item_the_second_is_told_what_the_first_changed(self):
        read = self.items()["hospitals"]
        edit = lambda client, **change: self.do(
            "UpdateAgendaItem", client, item={"name": read["name"], "etag": read["etag"], **change})
        edit(self.officer, length="600s")
        with self.assertRaises(grpc.RpcError) as caught:
            edit(self.second, title=text("Hospitals"))
        self.assertEqual((caught.exception.code(), reason(caught.exception)),
                         (grpc.StatusCode.ABORTED, "ETAG_MISMATCH"))
        self.assertIn("(length)", caught.exception.details())

    def test_it_fits_the_session_and_its_speakers_are_of_the_delegations(self):
        self.refused("AGENDA_TOO_LONG", "CreateAgendaItem", item=item("Dinner", 1))
        name = self.items()["questions"]["name"]
        self.refused("INVALID_FIELD", "UpdateAgendaItem",
                     item={"name": name, "speakers": [{"person": INTERPRETER}]})

    def test_the_other_side_proposes_the_host_accepts_and_both_agree_until_it_changes(self):
        self.do("DeleteAgendaItem", item_id="farewell")
        proposed = self.do("ProposeAgendaItem", self.secretary, city="cities/st-petersburg",
                           item=item("Oxygen", 10, HOSPITALS))
        self.assertEqual(len(self.items(self.delegate)), 5)
        key = proposed["name"].split("/")[-1]
        self.refused("ACTION_FORBIDDEN", "DecideAgendaItem", self.secretary, item_id=key, accept=True)
        self.do("DecideAgendaItem", item_id=key, accept=True)
        order = ["welcome", key, "hospitals", "universities", "supplies", "questions"]
        etag = self.do("ArrangeAgenda", places=[{"item_id": each} for each in order])["agenda"]["etag"]
        self.assertEqual(list(self.items(self.delegate)), order)
        self.do("AgreeAgenda", city="cities/isfahan", agenda_etag=etag)
        agreed = self.do("AgreeAgenda", self.secretary, city="cities/st-petersburg", agenda_etag=etag)
        self.assertNotIn("awaited_cities", agreed)
        self.do("UpdateAgendaItem", item={"name": proposed["name"], "length": "300s"})
        self.assertEqual(len(self.do("GetAgenda")["awaited_cities"]), 2)
        self.refused("ETAG_MISMATCH", "AgreeAgenda", self.secretary, city="cities/st-petersburg",
                     agenda_etag=etag)

    def test_it_runs_from_start_to_end_and_a_follower_sees_whose_turn_it_is(self):
        follower = self.follow(self.delegate)
        at = lambda key: (lambda agenda: agenda.get("run", {}).get("current_item", "").endswith(key))
        self.do("SetSpeakingBudgets", budgets=[{"city": "cities/st-petersburg", "length": "1200s"}])
        self.do("StartAgenda")
        follower.await_agenda(at("welcome"))
        self.do("RequestFloor", self.delegate, person=EPIDEMIOLOGY)
        self.do("RequestFloor", self.secretary, person=HOSPITALS)
        self.do("RequestFloor", person=CRISIS)
        self.refused("ACTION_FORBIDDEN", "RequestFloor", self.delegate, person=HOSPITALS)
        self.refused("ACTION_FORBIDDEN", "RequestFloor", self.interpreter, person=INTERPRETER)
        asked = self.do("MoveSpeaker", person=CRISIS, position=1)["agenda"]["run"]["requests"]
        self.assertEqual([each["person"] for each in asked], [CRISIS, EPIDEMIOLOGY, HOSPITALS])
        for person in (CRISIS, EPIDEMIOLOGY):
            self.do("GiveFloor", person=person)
            follower.await_agenda(lambda agenda: agenda["run"].get("turn", {}).get("person") == person)
        self.do("PauseAgenda")
        follower.await_agenda(lambda agenda: agenda["run"]["state"] == "STATE_PAUSED")
        self.do("ResumeAgenda")
        self.do("EndTurn")
        for key, _ in SIX[1:]:
            self.do("NextItem")
            follower.await_agenda(at(key))
        self.refused("WRONG_STATE", "NextItem")
        ended = self.do("EndAgenda")
        run = follower.await_agenda(lambda agenda: agenda["run"]["state"] == "STATE_ENDED")["run"]
        self.assertEqual(run, ended["agenda"]["run"])
        self.assertEqual({each["city"]: each["turns"] for each in run["speaking"]},
                         {"cities/isfahan": 1, "cities/st-petersburg": 1})
        clock = {each["of"]: each for each in ended["clock"]["delegations"]}["cities/st-petersburg"]
        seconds = lambda length: int(length.rstrip("s"))
        self.assertEqual(seconds(clock["elapsed"]) + seconds(clock["remaining"]), 1200)
        self.assertEqual(len(ended["clock"]["items"]), 6)
        self.refused("WRONG_STATE", "CreateAgendaItem", item=item("Dinner", 1))

    def test_a_run_goes_on_where_it_stood_when_the_server_was_killed(self):
        self.do("StartAgenda")
        before = self.do("NextItem")["agenda"]["run"]
        self.server.kill()
        self.server.start()
        self.assertEqual(self.do("GetAgenda")["agenda"]["run"], before)

    def test_the_same_step_sent_twice_is_taken_once(self):
        self.do("StartAgenda")
        request = str(uuid.uuid4())
        first = self.do("NextItem", request_id=request)
        self.assertEqual(self.do("NextItem", request_id=request), first)
        self.assertTrue(self.do("GetAgenda")["agenda"]["run"]["current_item"].endswith("hospitals"))

    def test_observers_see_the_titles_of_open_items_and_experts_what_they_lead(self):
        self.assertEqual(set(self.items(self.observer)), {key for key, _ in SIX} - {"supplies"})
        for each in self.items(self.observer).values():
            self.assertEqual(set(each), {"name", "title", "openness", "state"})
        self.assertEqual(set(self.items(self.expert)), {"hospitals"})
        self.assertEqual(len(self.items(self.interpreter)), 6)
        self.refused("RESOURCE_NOT_FOUND", "GetAgenda", self.stranger)

    def test_a_paper_that_a_city_keeps_to_itself_reaches_nobody_else(self):
        others = [self.officer, self.second, self.interpreter, self.expert, self.observer,
                  self.stranger, self.server.client("auditor"), self.server.client("administrator")]
        followers = [self.follow(each) for each in (self.second, self.interpreter, self.secretary)]
        paper = self.do("CreatePaper", self.secretary, item_id="hospitals", paper={
            "title": text(CANARY), "language": "ru", "visibility": "VISIBILITY_OWN_CITY",
            "media_type": "text/plain", "content": CONTENT})
        key = paper["name"].split("/")[-1]
        self.do("RevisePaper", self.secretary, paper_id=key, paper={
            "title": text(CANARY), "language": "ru", "visibility": "VISIBILITY_OWN_CITY",
            "uri": f"https://example.org/{CANARY}"})
        self.do("UpdateAgendaItem", item={"name": self.items()["welcome"]["name"], "length": "60s"})
        for follower in followers:
            follower.await_agenda(lambda agenda: agenda and agenda["items"][0]["length"] == "60s")
        leaks = lambda words: CANARY in words or CONTENT in words
        told = [any(leaks(each) for each in follower.raw) for follower in followers]
        self.assertEqual(told, [False, False, True])
        for client in others:
            for method, request in (("GetPaper", {"paper_id": key}), ("GetAgenda", {})):
                try:
                    self.assertFalse(leaks(json.dumps(self.do(method, client, **request))))
                except grpc.RpcError as refused:
                    self.assertFalse(leaks(str(refused.details())))
            try:
                self.assertFalse(leaks(json.dumps(client.call("SessionService/GetSession",
                                                              name=self.session))))
                self.assertFalse(leaks(json.dumps(client.call("ChangeService/SyncChanges"))))
            except grpc.RpcError as refused:
                self.assertIn(reason(refused), ("RESOURCE_NOT_FOUND", "ACTION_FORBIDDEN"))
        self.assertEqual(self.do("GetPaper", self.delegate, paper_id=key)["content"], CONTENT)
        self.assertEqual(self.items(self.delegate)["hospitals"]["papers"][0]["version"], 2)


if __name__ == "__main__":
    SERVER = sys.argv.pop(1)
    unittest.main()
