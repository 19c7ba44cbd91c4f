#!/usr/bin/env python3
"""A session waits for its clearance, a city names whom it sends, the vice-mayor replaces the mayor.

delegations_test.py PATH_OF_NESHASTD
"""
import sys
import unittest

import grpc

from foreign_client_test import dialogue
from reflected import Client, reason
from served import Served

SERVER = None


def seat(person, role, **more):
    return dict(more, person=f"people/{person}", role=f"ROLE_{role}", printed_name="市长",
                printed_latin_name="Mayor", printed_title={"texts": {"en": "Mayor of Xi'an"}})


class Delegations(unittest.TestCase):
    """The officer of Isfahan, the secretaries of Xi'an and Havana, and the mayor of Xi'an."""

    def setUp(self):
        self.server = Served(self.addCleanup, SERVER)
        self.server.start()
        self.officer, self.administrator = (self.server.client(who)
                                            for who in ("officer", "administrator"))
        self.fill()
        self.secretary = self.enroll("secretary-xian", "DELEGATION_SECRETARY", "xian")
        self.stranger = self.enroll("secretary-havana", "DELEGATION_SECRETARY", "havana")
        self.mayor = self.enroll("mayor-of-xian", "DELEGATE", "xian", person="people/mayor-of-xian")

    def fill(self):
        self.server.fill(cities=["isfahan", "xian", "havana"],
                         people=["mayor-of-isfahan", "mayor-of-xian"])
        for key, name in (("vice-mayor-of-xian", "Vice-mayor of Xi'an"), ("li-wei", "Li Wei")):
            self.officer.call("DirectoryService/CreatePerson", person_id=key, person={
                "own_name": name, "latin_name": name, "city": "cities/xian"})
        self.officer.call("DirectoryService/CreateOrganization", organization_id="foreign-ministry",
                          organization={"display_name": {"texts": {"en": "Foreign Ministry"}},
                                        "city": "cities/isfahan"})

    def enroll(self, key, role, city, **more):
        self.administrator.call("AccessService/CreatePrincipal", principal_id=key, principal=dict(
            more, display_name=key, role=f"ROLE_{role}", city=f"cities/{city}"))
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

    def booked(self):
        name = self.officer.call("SessionService/CreateSession", session=dialogue(1))["name"]
        return self.officer.call("SessionService/ConfirmSession", name=name)["name"]

    def named(self, session):
        answer = self.secretary.call(
            "InvitationService/NameDelegation", name=session, city="cities/xian",
            seats=[seat("mayor-of-xian", "HEAD"), seat("li-wei", "INTERPRETER")])
        return answer["delegations"][1]["seats"]

    def test_a_session_waits_for_the_letter_of_the_ministry(self):
        name = self.officer.call("SessionService/CreateSession", session=dialogue(1))["name"]
        awaited = {"body": "organizations/foreign-ministry", "state": "STATE_AWAITED"}
        self.officer.call("SessionService/RecordClearance", name=name, clearance=awaited)
        self.assertIn("organizations/foreign-ministry", self.refused(
            "CLEARANCE_MISSING", self.officer, "SessionService/ConfirmSession", name=name))
        granted = dict(awaited, state="STATE_GRANTED", letter_number="1405/771", letter_date="2026-11-20")
        self.officer.call("SessionService/RecordClearance", name=name, clearance=granted)
        self.officer.call("SessionService/ConfirmSession", name=name)
        self.assertNotIn("clearances", self.secretary.call("SessionService/GetSession", name=name))

    def test_the_vice_mayor_replaces_the_mayor_who_loses_the_session_at_once(self):
        session = self.booked()
        head = self.named(session)[0]["id"]
        self.assertEqual(self.mayor.call("SessionService/GetSession", name=session)["name"], session)
        position = self.mayor.call("ChangeService/SyncChanges")["next_sync_token"]
        follows = self.mayor.stream("ChangeService/WatchChanges", sync_token=position)
        answer = self.secretary.call(
            "InvitationService/SubstituteDelegate", name=session, city="cities/xian",
            seat=seat("vice-mayor-of-xian", "HEAD", id=head), reason="The mayor is abroad.")
        taken = answer["delegations"][1]["seats"][0]
        self.assertEqual((taken["id"], taken["role"], taken["person"], taken["replaced"][0]["person"]),
                         (head, "ROLE_HEAD", "people/vice-mayor-of-xian", "people/mayor-of-xian"))
        change = next(each["change"] for each in follows if "change" in each)
        self.assertEqual((change["name"], "session" in change), (session, False))
        self.refused("RESOURCE_NOT_FOUND", self.mayor, "SessionService/GetSession", name=session)

    def test_once_the_list_is_closed_a_city_asks_and_the_host_decides(self):
        session = self.booked()
        head = self.named(session)[0]["id"]
        self.officer.call("InvitationService/CloseDelegations", name=session)
        self.refused("LIST_CLOSED", self.secretary, "InvitationService/NameDelegation", name=session,
                     city="cities/xian", seats=[seat("vice-mayor-of-xian", "HEAD")])
        asked = self.secretary.call(
            "InvitationService/SubstituteDelegate", name=session, city="cities/xian",
            seat=seat("vice-mayor-of-xian", "HEAD", id=head))["delegations"][1]
        self.assertEqual(asked["seats"][0]["person"], "people/mayor-of-xian")
        decided = self.officer.call(
            "InvitationService/DecideSeatChange", name=session, city="cities/xian", accept=True,
            change_id=asked["changes"][0]["id"])["delegations"][1]
        self.assertEqual(decided["seats"][0]["person"], "people/vice-mayor-of-xian")
        self.assertEqual(decided["changes"][0]["state"], "STATE_ACCEPTED")

    def test_only_the_own_citys_list_can_be_edited_and_a_stranger_knows_of_nothing(self):
        session = self.booked()
        mayor = [seat("mayor-of-xian", "HEAD")]
        self.refused("ACTION_FORBIDDEN", self.secretary, "InvitationService/NameDelegation",
                     name=session, city="cities/isfahan", seats=mayor)
        for name, city in ((session, "xian"), (session, "havana"), ("sessions/none", "havana")):
            self.assertEqual(f"There is no {name}.", self.refused(
                "RESOURCE_NOT_FOUND", self.stranger, "InvitationService/NameDelegation",
                name=name, city=f"cities/{city}", seats=mayor))


if __name__ == "__main__":
    SERVER = sys.argv.pop(1)
    unittest.main()
