#!/usr/bin/env python3
"""A false mayor gets no session: two officers verify the counterpart before one is confirmed.

counterparts_test.py PATH_OF_NESHASTD
"""
import pathlib
import sys
import unittest

import grpc

from reflected import Client, reason
from served import Served, slot, vouch

SERVER = None
XIAN, MAYOR = "cities/xian", "people/mayor-of-xian"


def dialogue(number):
    return {"kind": "KIND_MAYORS_DIALOGUE", "host": "cities/isfahan", "duration": "1800s",
            "title": {"texts": {"en": "Mayors' dialogue"}}, "start_time": slot(number),
            "delegations": [{"city": "cities/isfahan"}, {"city": XIAN, "required_people": [MAYOR]}]}


class Counterparts(unittest.TestCase):
    """Isfahan's officer and administrator; Xi'an and its mayor, whom nobody has verified."""

    def setUp(self):
        self.server = Served(self.addCleanup, SERVER)
        self.server.start()
        self.addCleanup(self.server.stop)
        self.officer, self.administrator, self.auditor = (
            self.server.client(who) for who in ("officer", "administrator", "auditor"))
        self.server.fill(cities=["isfahan", "xian"], people=["mayor-of-isfahan"])
        self.officer.call("DirectoryService/CreatePerson", person_id="mayor-of-xian", person={
            "own_name": "西安市长", "latin_name": "Mayor of Xi'an", "city": XIAN,
            "mail_address": "mayor@xian.example"})
        self.draft = self.officer.call("SessionService/CreateSession", session=dialogue(1))["name"]

    def refused(self, why, client, path, **request):
        with self.assertRaises(grpc.RpcError) as caught:
            client.call(path, **request)
        self.assertEqual((caught.exception.code(), reason(caught.exception)), why)
        return caught.exception.details()

    def assert_not_confirmed(self, because):
        told = self.refused((grpc.StatusCode.FAILED_PRECONDITION, "COUNTERPART_UNVERIFIED"),
                            self.officer, "SessionService/ConfirmSession", name=self.draft)
        self.assertIn(f"{XIAN}, where {because}", told)

    def change_address(self, address):
        self.officer.call("DirectoryService/UpdatePerson", update_mask="mailAddress",
                          person={"name": MAYOR, "mail_address": address})

    def secretary(self, pin):
        principal = {"display_name": "Xi'an", "role": "ROLE_DELEGATION_SECRETARY", "city": XIAN,
                     "certificate_pins": [pin]}
        return self.administrator.call("AccessService/CreatePrincipal", principal=principal,
                                       principal_id=f"xian-{pin[:2]}")["name"]

    def test_no_session_is_confirmed_before_two_officers_have_vouched(self):
        self.assert_not_confirmed("nobody has vouched")
        vouch([self.officer], XIAN, MAYOR)
        self.assert_not_confirmed("one officer only has vouched")
        self.refused((grpc.StatusCode.PERMISSION_DENIED, "SAME_OFFICER"), self.officer,
                     "DirectoryService/VouchForCounterpart", name=XIAN, person=MAYOR,
                     method="METHOD_EMBASSY")
        city = vouch([self.administrator], XIAN, MAYOR)
        self.assertEqual(city["counterpart"]["state"], "STATE_VERIFIED")
        self.officer.call("SessionService/ConfirmSession", name=self.draft)

    def test_a_contact_that_has_just_changed_is_verified_no_more(self):
        vouch([self.officer, self.administrator], XIAN, MAYOR)
        self.change_address("mayor@xian.test")
        self.assert_not_confirmed("the mail address has changed since")
        vouch([self.administrator], XIAN, MAYOR)
        self.assert_not_confirmed("one officer only has vouched")
        vouch([self.officer], XIAN, MAYOR)
        self.secretary("ab" * 32)
        self.assert_not_confirmed("the keys have changed since")

    def test_forced_it_is_kept_in_the_session_and_stands_in_the_log(self):
        _, token = self.server.changes("")
        session = self.officer.call("SessionService/ConfirmSession", name=self.draft,
                                    force_reason="The mayors met yesterday.")
        forced = session["forced_confirmation"]
        self.assertEqual((forced["unverified_cities"], forced["principal"], forced["reason"]),
                         ([XIAN], "principals/officer", "The mayors met yesterday."))
        logged, _ = self.server.changes(token)
        self.assertEqual([each["session"]["forced_confirmation"] for each in logged], [forced])
        self.auditor.call("ChangeService/VerifyLog")

    def test_who_vouched_is_the_hosts_to_know(self):
        vouch([self.officer, self.administrator], XIAN, MAYOR)
        self.assertEqual(len(self.auditor.call("DirectoryService/GetCity", name=XIAN)
                             ["counterpart"]["vouchings"]), 2)
        principal = self.administrator.call("AccessService/CreatePrincipal", principal_id="xian",
                                            principal={"display_name": "Xi'an", "city": XIAN,
                                                       "role": "ROLE_DELEGATION_SECRETARY"})
        secret = self.administrator.call("AccessService/CreateToken",
                                         token={"principal": principal["name"]})["secret"]
        client = Client(self.server.address, secret)
        self.addCleanup(client.close)
        self.assertEqual(client.call("DirectoryService/GetCity", name=XIAN)["counterpart"],
                         {"person": MAYOR, "mail_address": "mayor@xian.example"})

    def test_a_city_whose_name_looks_like_anothers_is_entered_with_a_warning(self):
        known = self.officer.call("DirectoryService/GetCity", name=XIAN)["display_name"]["texts"]
        self.assertEqual(known["en"], "Xi'an")
        entered = lambda name, key: self.officer.call(
            "DirectoryService/CreateCity", city_id=key, city={
                "display_name": {"texts": {"en": name}}, "country": "CN",
                "time_zone": "Asia/Shanghai", "languages": ["zh"]}).get("confusable_with")
        self.assertEqual(entered("Xi\u2019an", "xian-another-apostrophe"), [XIAN])
        self.assertEqual(entered("X\u0456'an", "xian-cyrillic"), [XIAN, "cities/xian-another-apostrophe"])
        self.assertIsNone(entered("Xianyang", "xianyang"))
        self.assertNotIn("confusable_with", self.officer.call("DirectoryService/GetCity",
                                                              name="cities/xian-cyrillic"))
        renamed = self.officer.call("DirectoryService/UpdateCity", update_mask="displayName", city={
            "name": "cities/xianyang", "display_name": {"texts": {"en": "Xi`an"}}})
        self.assertIn(XIAN, renamed["confusable_with"])


if __name__ == "__main__":
    SERVER = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
