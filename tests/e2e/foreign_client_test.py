#!/usr/bin/env python3
"""A client not written by us books, is refused, retries, syncs and watches.

foreign_client_test.py PATH_OF_NESHASTD
"""
import datetime
import pathlib
import sys
import unittest
import uuid

import grpc

from reflected import Client
from served import Served

SERVER = None
NEXT_YEAR = datetime.date.today().year + 1


def dialogue(day, hour="09:00"):
    """The mayors' dialogue Isfahan - Xi'an on a day of next December."""
    return {
        "kind": "KIND_MAYORS_DIALOGUE", "host": "cities/isfahan", "duration": "5400s",
        "title": {"texts": {"en": "Mayors' dialogue", "fa": "گفت‌وگوی شهرداران"}},
        "start_time": {"local_time": f"{NEXT_YEAR}-12-{day:02}T{hour}:00", "time_zone": "Asia/Tehran"},
        "delegations": [
            {"city": "cities/isfahan", "required_people": ["people/mayor-of-isfahan"]},
            {"city": "cities/xian", "required_people": ["people/mayor-of-xian"]}]}


class ForeignClient(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        server = Served(cls.addClassCleanup, SERVER)
        server.start()
        cls.addClassCleanup(server.stop)
        server.fill(cities=["isfahan", "xian"], people=["mayor-of-isfahan", "mayor-of-xian"])
        cls.client = server.client()

    def book(self, day, **more):
        draft = self.client.call("SessionService/CreateSession", session=dialogue(day), **more)
        return self.client.call("SessionService/ConfirmSession", name=draft["name"])

    def refused(self, code, path, **request):
        with self.assertRaises(grpc.RpcError) as caught:
            self.client.call(path, **request)
        self.assertEqual(caught.exception.code(), code, caught.exception)
        return caught.exception

    def test_books_in_the_promised_wall_time(self):
        session = self.book(1)
        self.assertEqual(session["state"], "STATE_CONFIRMED")
        self.assertEqual(session["start_time"]["instant"], f"{NEXT_YEAR}-12-01T05:30:00Z")
        self.assertEqual(self.client.call("SessionService/GetSession", name=session["name"]), session)

    def test_is_refused_a_mayor_who_is_promised_already(self):
        self.book(2)
        draft = self.client.call("SessionService/CreateSession", session=dialogue(3))
        self.refused(grpc.StatusCode.FAILED_PRECONDITION, "SessionService/RescheduleSession",
                     name=self.book(4)["name"], start_time=dialogue(2)["start_time"])
        self.assertEqual(draft["state"], "STATE_DRAFT")

    def test_is_refused_a_time_that_has_passed_and_a_session_without_anybody(self):
        past = dialogue(1)
        past["start_time"]["local_time"] = "2020-09-01T10:00:00"
        self.refused(grpc.StatusCode.INVALID_ARGUMENT, "SessionService/CreateSession", session=past)
        self.refused(grpc.StatusCode.INVALID_ARGUMENT, "SessionService/CreateSession",
                     session=dict(dialogue(1), delegations=[]))

    def test_is_refused_with_a_token_that_is_none(self):
        stranger = Client("", "neshast_none")
        stranger.channel, stranger.pool, stranger.factory = (
            self.client.channel, self.client.pool, self.client.factory)
        with self.assertRaises(grpc.RpcError) as caught:
            stranger.call("DirectoryService/GetCity", name="cities/xian")
        self.assertEqual(caught.exception.code(), grpc.StatusCode.UNAUTHENTICATED)

    def test_gets_the_same_session_for_the_same_request(self):
        request = str(uuid.uuid4())
        first, second = (self.client.call("SessionService/CreateSession", session=dialogue(5),
                                          request_id=request) for _ in range(2))
        self.assertEqual(first, second)
        self.assertNotEqual(first["name"], self.client.call(
            "SessionService/CreateSession", session=dialogue(5), request_id=str(uuid.uuid4()))["name"])

    def sync(self, token=""):
        names = []
        while True:
            page = self.client.call("ChangeService/SyncChanges", sync_token=token, page_size=3)
            names += [change["name"] for change in page.get("changes", [])]
            token = page["next_sync_token"]
            if not page.get("more"):
                return names, token

    def test_syncs_what_changed_since(self):
        names, token = self.sync()
        self.assertIn("cities/xian", names)
        session = self.book(6)
        changed, token = self.sync(token)
        self.assertEqual(set(changed), {session["name"]})
        self.assertEqual(self.sync(token)[0], [])

    def test_watches_from_where_the_sync_ended(self):
        _, token = self.sync()
        session = self.book(7)
        for item in self.client.stream("ChangeService/WatchChanges", sync_token=token):
            if item.get("change", {}).get("name") == session["name"]:
                break
        self.assertEqual(item["change"]["session"]["title"], session["title"])
        later = self.book(8)
        for after in self.client.stream("ChangeService/WatchChanges", sync_token=item["sync_token"]):
            if "change" in after and after["change"]["name"] != session["name"]:
                self.assertEqual(after["change"]["name"], later["name"])
                break


if __name__ == "__main__":
    SERVER = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
