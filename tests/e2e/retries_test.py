#!/usr/bin/env python3
"""Asking again is harmless: one effect for each request_id, and the same answer every time.

retries_test.py PATH_OF_NESHASTD     WRITES=5000 KILLS=20 SEED=… for a long run
"""
import concurrent.futures
import itertools
import os
import pathlib
import random
import sys
import time
import unittest
import uuid

import grpc

from dropping_proxy import DroppingProxy
from front_test import free_port
from reflected import reason
from served import Served, meeting, slot

WRITES = int(os.environ.get("WRITES", "3000"))
KILLS = int(os.environ.get("KILLS", "10"))
SEED = int(os.environ.get("SEED", str(random.randrange(10**6))))
CLIENTS = 8
DROP_CHANCE = 0.08  # of each piece of an answer
MOST_SENDS = 10000
NESHASTD = None


class Insistent:
    """A client that asks until it is answered, and then again."""

    def __init__(self, test, server, proxy, number, slots):
        self.test, self.slots = test, slots
        self.client = server.client().again(f"127.0.0.1:{proxy.port}")
        test.addCleanup(self.client.close)
        self.random = random.Random(SEED * 100 + number)
        self.sent = self.effects = 0

    def ask(self, method, **request):
        """The answer to one request, sent until two to five were answered alike."""
        request["request_id"] = str(uuid.UUID(int=self.random.getrandbits(128)))
        answers = []
        wanted = self.random.randint(2, 5)
        for _ in range(MOST_SENDS):
            self.sent += 1
            try:
                answers.append(self.client.call(f"SessionService/{method}", **request))
            except grpc.RpcError as failure:
                self.test.assertEqual(failure.code(), grpc.StatusCode.UNAVAILABLE, failure)
                self.test.assertEqual(reason(failure), "")
            if len(answers) == wanted:
                break
        self.test.assertEqual(answers, [answers[0]] * wanted)
        self.effects += 1
        return answers[0]

    def visit(self):
        """A session is drafted, promised, moved and withdrawn; a slot is held and released."""
        session = self.ask("CreateSession", session=meeting(next(self.slots)))
        session = self.ask("ConfirmSession", name=session["name"], etag=session["etag"])
        session = self.ask("RescheduleSession", name=session["name"], etag=session["etag"],
                           start_time=slot(next(self.slots)))
        self.test.assertEqual(len(session["moves"]), 1)
        self.ask("CancelSession", name=session["name"], etag=session["etag"],
                 reason="The visit is off.")
        hold = self.ask("HoldSlot", hold={"host": "cities/isfahan", "duration": "1800s",
                                          "start_time": slot(next(self.slots)),
                                          "people": ["people/mayor-of-isfahan"]})
        self.ask("ReleaseHold", name=hold["name"])
        return session["name"]


class Retries(unittest.TestCase):
    def setUp(self):
        print(f"SEED={SEED}")
        self.server = Served(self.addCleanup, NESHASTD)
        self.server.start()
        self.server.fill(cities=["isfahan"], people=["mayor-of-isfahan"])

    def entries(self):
        return int(self.server.client("auditor").call("ChangeService/VerifyLog")["entries"])

    def test_each_request_has_one_effect_whatever_is_lost_on_the_way(self):
        proxy = DroppingProxy(free_port(), self.server.port, DROP_CHANCE, SEED)
        self.addCleanup(proxy.stop)
        before = self.entries()
        slots = itertools.count()
        clients = [Insistent(self, self.server, proxy, number, slots) for number in range(CLIENTS)]
        visits = max(1, WRITES // CLIENTS // 6)
        with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
            working = [pool.submit(lambda c=client: [c.visit() for _ in range(visits)])
                       for client in clients]
            for kill in range(1, KILLS + 1):
                while sum(c.effects for c in clients) < kill * visits * CLIENTS * 6 // (KILLS + 1):
                    if all(work.done() for work in working):
                        break
                    time.sleep(0.02)
                self.server.kill()
                self.server.start()
            names = {name for work in working for name in work.result()}
        effects = sum(client.effects for client in clients)
        self.assertEqual(effects, visits * CLIENTS * 6)
        # The log has one entry for each effect: it tells also what a later effect would hide.
        self.assertEqual(self.entries() - before, effects)
        listed = self.server.pages("SessionService/ListSessions", "sessions", city="cities/isfahan",
                                   end_time="2199-01-01T00:00:00Z")
        self.assertEqual({session["name"] for session in listed}, names)
        self.assertEqual(self.server.pages("SessionService/ListHolds", "holds"), [])
        sent = sum(client.sent for client in clients)
        print(f"{effects} requests sent {sent} times, {proxy.dropped} connections cut before the "
              f"answer, {KILLS} kills: {effects} effects, all answers alike")

    def test_the_same_id_for_another_request_is_refused(self):
        one = {"session": meeting(0), "request_id": str(uuid.uuid4())}
        first = self.server.call("SessionService/CreateSession", **one)
        before = self.entries()
        for path, other in (
                ("CreateSession", {**one, "session": meeting(1)}),
                ("CreateSession", {**one, "session_id": "another-dialogue"}),
                ("ConfirmSession", {"name": first["name"], "request_id": one["request_id"]})):
            with self.subTest(path=path), self.assertRaises(grpc.RpcError) as caught:
                self.server.call(f"SessionService/{path}", **other)
            self.assertEqual(caught.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)
            self.assertEqual(reason(caught.exception), "REQUEST_ID_REUSED")
        self.assertEqual(self.entries(), before)
        self.assertEqual(self.server.call("SessionService/CreateSession", **one), first)


if __name__ == "__main__":
    NESHASTD = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
