#!/usr/bin/env python3
"""Watching: nothing is missed or doubled over cuts and kills; who lost the right or does not read
is ended, and hurts nobody.

watch_test.py PATH_OF_NESHASTD     WATCHERS=200 EVENTS=20000 SEED=… for a long run
"""
import concurrent.futures
import os
import pathlib
import random
import sys
import threading
import time
import unittest
import urllib.request
import uuid

import grpc

from front_test import free_port
from reflected import reason
from served import Served, meeting

WATCHERS = int(os.environ.get("WATCHERS", "50"))
EVENTS = int(os.environ.get("EVENTS", "2000"))
SEED = int(os.environ.get("SEED", str(random.randrange(10**6))))
STALLED = LIVE = 20
KILLS = 3
LAST = "sessions/the-last-one"
MOST_GROWTH = 64 * 1024  # KiB
NESHASTD = None
# A reader that has not read takes no more than this from the connection.
SMALL_WINDOW = (("grpc.http2.bdp_probe", 0), ("grpc.http2.lookahead_bytes", 65536))


class Watcher:
    """Reads on a connection of its own until it has seen the last session, whatever happens."""

    def __init__(self, server, *options):
        self.token = ""
        self.call = None
        self.told = []       # (revision, name), as they came
        self.endings = []    # why a stream ended
        self.client = server.client().again(server.address, *options)
        server.add_cleanup(self.client.close)

    def open(self):
        self.call = self.client.open("ChangeService/WatchChanges", timeout=120,
                                     sync_token=self.token)

    def read(self):
        while True:
            try:
                if self.call is None:
                    self.open()
                for item in self.call:
                    self.token = item.sync_token
                    if item.HasField("change"):
                        self.told.append((item.change.revision, item.change.name))
                    if item.change.name == LAST:
                        self.call.cancel()
                        return self
            except grpc.RpcError as ended:
                self.call = None
                self.endings.append((ended.code(), reason(ended)))
                if (ended.code() not in (grpc.StatusCode.CANCELLED, grpc.StatusCode.UNAVAILABLE)
                        and reason(ended) != "WATCH_TOO_SLOW"):
                    return self

    def joined(self):
        """What was told, without what was told again after a cut: a position makes that exact."""
        newest, joined = 0, []
        for revision, name in self.told:
            if revision > newest:
                newest = revision
                joined.append((revision, name))
        return joined


class Watch(unittest.TestCase):
    def setUp(self):
        random.seed(SEED)
        print(f"SEED={SEED}")
        self.metrics = f"127.0.0.1:{free_port()}"
        self.server = Served(self.addCleanup, NESHASTD, "--metrics", self.metrics)
        # Where the server is built with AddressSanitizer: it must not keep what was freed.
        self.server.start({**os.environ, "ASAN_OPTIONS": "quarantine_size_mb=1"})
        self.server.fill(cities=["isfahan"], people=["mayor-of-isfahan"])
        self.officer = self.server.client().again(self.server.address)
        self.addCleanup(self.officer.close)

    def book(self, session_id, number, title="Officers of the cities"):
        """Drafts a session, asking again until there is an answer."""
        request = str(uuid.uuid4())
        session = {**meeting(number), "title": {"texts": {"en": title}}}
        while True:
            try:
                return self.officer.call("SessionService/CreateSession", session=session,
                                         session_id=session_id, request_id=request)
            except grpc.RpcError as failure:
                self.assertEqual(failure.code(), grpc.StatusCode.UNAVAILABLE, failure)

    def history(self):
        """What there is to be told: every resource, at its newest change."""
        changes, _ = self.server.changes("")
        return [(int(change["revision"]), change["name"]) for change in changes]

    def test_joined_over_cuts_and_kills_what_is_told_is_the_history(self):
        watchers = [Watcher(self.server) for _ in range(WATCHERS)]
        done = threading.Event()

        def cut():
            while not done.wait(0.005):
                call = random.choice(watchers).call
                if call is not None:
                    call.cancel()

        with concurrent.futures.ThreadPoolExecutor(WATCHERS + 1) as pool:
            reading = [pool.submit(watcher.read) for watcher in watchers]
            cutting = pool.submit(cut)
            with concurrent.futures.ThreadPoolExecutor(8) as writers:
                writing = [writers.submit(self.book, f"dialogue-{n}", n) for n in range(EVENTS)]
                for kill in range(1, KILLS + 1):
                    writing[EVENTS * kill // (KILLS + 1)].result()
                    self.server.kill()
                    self.server.start()
            self.book("the-last-one", EVENTS)
            concurrent.futures.wait(reading, timeout=100)
            done.set()
            for future in (*writing, *reading, cutting):
                future.result(timeout=1)
        history = self.history()
        self.assertGreaterEqual(len(history), EVENTS)
        for watcher in watchers:
            self.assertEqual(watcher.joined(), history)
        cuts = sum(len(watcher.endings) for watcher in watchers)
        again = sum(len(watcher.told) for watcher in watchers) - WATCHERS * len(history)
        print(f"{WATCHERS} watchers, {len(history)} events, {cuts} cuts, {KILLS} kills: "
              f"0 missed, {again} told again, 0 left after joining")

    def test_a_token_of_another_history_is_refused(self):
        other = Served(self.addCleanup, NESHASTD)
        other.start()
        other.fill(cities=["isfahan"])
        _, token = other.changes("")
        for path in ("SyncChanges", "WatchChanges"):
            with self.subTest(path), self.assertRaises(grpc.RpcError) as caught:
                if path == "WatchChanges":
                    next(self.server.client().open(f"ChangeService/{path}", sync_token=token))
                self.server.call(f"ChangeService/{path}", sync_token=token)
            self.assertEqual(caught.exception.code(), grpc.StatusCode.OUT_OF_RANGE)
            self.assertEqual(reason(caught.exception), "SYNC_TOKEN_EXPIRED")

    def second_officer(self):
        """A watcher with a token of its own, and the token's name."""
        administrator = self.server.client("administrator")
        administrator.call("AccessService/CreatePrincipal", principal_id="officer-2", principal={
            "display_name": "Officer", "role": "ROLE_PROTOCOL_OFFICER", "city": "cities/isfahan"})
        made = administrator.call("AccessService/CreateToken",
                                  token={"principal": "principals/officer-2"})
        watcher = Watcher(self.server, *SMALL_WINDOW)
        watcher.client.metadata = (("authorization", f"Bearer {made['secret']}"),)
        return watcher, made["token"]["name"]

    def test_a_revoked_token_ends_its_streams_at_once_and_cannot_resume(self):
        watcher, token = self.second_officer()
        watcher.open()
        item = next(watcher.call)
        self.assertEqual(item.change.name, "cities/isfahan")
        self.server.client("administrator").call("AccessService/RevokeToken", name=token)
        for resumed in (False, True):
            with self.subTest(resumed=resumed), self.assertRaises(grpc.RpcError) as caught:
                if resumed:
                    watcher.token = item.sync_token
                    watcher.open()
                for item in watcher.call:
                    pass  # what was on its way
            self.assertEqual(caught.exception.code(), grpc.StatusCode.UNAUTHENTICATED)

    def test_a_revoked_token_ends_its_streams_even_where_they_are_not_read(self):
        watcher, token = self.second_officer()
        watcher.open()
        for number in range(300):
            self.book(f"dialogue-{number}", number, "T" * 200)
        self.server.client("administrator").call("AccessService/RevokeToken", name=token)
        self.await_ended(1, "UNAUTHENTICATED")
        watcher.read()
        self.assertEqual(watcher.endings, [(grpc.StatusCode.UNAUTHENTICATED, "UNAUTHENTICATED")])
        self.assertLess(len(watcher.told), 300)

    def resident(self):
        status = pathlib.Path(f"/proc/{self.server.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])

    def await_ended(self, streams, code):
        """Waits until so many streams have ended in that way, by the server's own count."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with urllib.request.urlopen(f"http://{self.metrics}/metrics") as page:
                lines = page.read().decode().splitlines()
            if any(line.startswith("neshast_calls_total") and "WatchChanges" in line
                   and code in line and float(line.split()[-1]) == streams for line in lines):
                return
            time.sleep(0.1)
        self.fail(f"{streams} streams have not ended with {code}")

    def test_who_does_not_read_hurts_nobody_and_goes_on_where_it_stood(self):
        live = [Watcher(self.server) for _ in range(LIVE)]
        stalled = [Watcher(self.server, *SMALL_WINDOW) for _ in range(STALLED)]
        before = self.resident()
        with concurrent.futures.ThreadPoolExecutor(LIVE + STALLED + 8) as pool:
            reading = [pool.submit(watcher.read) for watcher in live]
            for watcher in stalled:
                watcher.open()
            list(pool.map(lambda n: self.book(f"dialogue-{n}", n, "T" * 200), range(EVENTS)))
            self.book("the-last-one", EVENTS)
            concurrent.futures.wait(reading, timeout=60)
            growth = self.resident() - before
            self.await_ended(STALLED, "RESOURCE_EXHAUSTED")
            list(pool.map(Watcher.read, stalled))
        history = self.history()
        for watcher in live:
            self.assertEqual(watcher.endings, [])
            self.assertEqual(watcher.told, history)
        for watcher in stalled:
            self.assertEqual(watcher.endings[:1],
                             [(grpc.StatusCode.RESOURCE_EXHAUSTED, "WATCH_TOO_SLOW")])
            self.assertEqual(watcher.joined(), history)
        # ThreadSanitizer keeps several bytes of its own for each of the server's.
        if b"__tsan_init" not in pathlib.Path(NESHASTD).read_bytes():
            self.assertLess(growth, MOST_GROWTH)
        print(f"{STALLED} stalled and {LIVE} live readers, {len(history)} events: 0 missed; "
              f"the server grew by {growth} KiB")


if __name__ == "__main__":
    NESHASTD = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
