#!/usr/bin/env python3
"""Many officers book the same people at the same hours: nobody is ever in two sessions at once.

races_test.py PATH_OF_NESHASTD     ATTEMPTS=100000 SEED=… for a long run
"""
import collections
import concurrent.futures
import datetime
import itertools
import os
import pathlib
import random
import sys
import threading
import unittest

import grpc

from reflected import reason
from served import FIRST_DAY, Served, meeting

CLIENTS = 64
ATTEMPTS = int(os.environ.get("ATTEMPTS", "20000"))
SEED = int(os.environ.get("SEED", str(random.randrange(10**6))))
CITIES = ["isfahan", "xian", "kuala-lumpur", "florence", "iasi", "barcelona", "yerevan",
          "kuwait-city", "freiburg", "havana", "lahore", "st-petersburg", "dakar", "baalbek"]
MAYORS = [f"mayor-of-{city}" for city in CITIES]
INTERPRETERS = [f"interpreter-fa-{language}-{number}"
                for language in ("ru", "zh", "en") for number in (1, 2)]
QUARTERS = 60 * 24 * 4  # of an hour, within which all is booked
NESHASTD = None

# From a revision on, `holder` takes [begins, ends) of `people`; of nobody when it gives them back.
Claim = collections.namedtuple("Claim", "revision holder begins ends people")


def overlaps(claims):
    """Pairs of holders that ever had one person at one time, claims taken in the log's order."""
    found, live = [], {}
    for claim in sorted(claims):
        live.pop(claim.holder, None)
        for other in live.values():
            if (claim.begins < other.ends and other.begins < claim.ends
                    and set(claim.people) & set(other.people)):
                found.append((other, claim))
        if claim.people:
            live[claim.holder] = claim
    return found


def revision_of(document):
    return int(document["etag"][1:])


def claim_of(document):
    """What a session or hold of an answer takes; a draft and a cancelled session take nothing."""
    instant = document["start_time"]["instant"].replace("Z", "+00:00")
    begins = int(datetime.datetime.fromisoformat(instant).timestamp())
    people = list(document.get("people", ()))
    if document.get("state", "STATE_CONFIRMED") == "STATE_CONFIRMED":
        for delegation in document.get("delegations", ()):
            people += delegation.get("required_people", ())
        people += document.get("interpreters", ())
    return Claim(revision_of(document), document["name"], begins,
                 begins + int(document["duration"][:-1]), tuple(people))


class Rival:
    """An officer that wants what the others want, and notes what it was given."""

    def __init__(self, server, number):
        self.client = server.client().again(server.address)
        self.random = random.Random(SEED * 100 + number)
        self.documents = {}  # by name, as last acknowledged
        self.claims = []
        self.seen = 0        # the newest revision that an answer named
        self.outcomes = collections.Counter()

    def when(self):
        # Most want the same few days.
        quarter = int(QUARTERS * self.random.random() ** 8)
        at = FIRST_DAY + datetime.timedelta(minutes=15 * quarter)
        return {"start_time": {"local_time": at.isoformat(), "time_zone": "Asia/Tehran"},
                "duration": self.random.choice(("1800s", "2700s", "3600s"))}

    def who(self):
        return [f"people/{key}" for key in self.random.sample(MAYORS, self.random.randint(1, 3))]

    def interpreter(self):
        return [f"people/{self.random.choice(INTERPRETERS)}"] * self.random.randint(0, 1)

    def one(self, *states):
        fit = [name for name, document in self.documents.items()
               if document.get("state", "HELD") in states]
        return self.random.choice(fit) if fit else None

    def attempt(self):
        act = self.random.choice((self.book, self.book, self.hold, self.turn_hold_into_session,
                                  self.confirm, self.move, self.add_interpreter, self.cancel,
                                  self.release))
        try:
            act()
            self.outcomes["done"] += 1
        except grpc.RpcError as failure:
            if reason(failure) != "PERSON_BOOKED":
                raise
            self.outcomes["booked already"] += 1

    def note(self, document):
        self.documents[document["name"]] = document
        self.claims.append(claim_of(document))
        self.seen = max(self.seen, revision_of(document))
        return document

    def session(self, method, **request):
        return self.note(self.client.call(f"SessionService/{method}", **request))

    def book(self):
        draft = self.session("CreateSession", session={**meeting(0, self.who(), self.interpreter()),
                                                       **self.when()})
        self.session("ConfirmSession", name=draft["name"])

    def hold(self):
        people = self.who() + self.interpreter()
        self.session("HoldSlot", hold={"host": "cities/isfahan", "people": people, **self.when()})

    def turn_hold_into_session(self):
        name = self.one("HELD")
        if name:
            hold = self.documents[name]
            interpreters = [each for each in hold["people"] if "interpreter" in each]
            people = [each for each in hold["people"] if each not in interpreters]
            draft = self.session("CreateSession", hold=name, session={
                **meeting(0, people, interpreters), "start_time": hold["start_time"],
                "duration": hold["duration"]})
            self.gave_back(name, revision_of(draft) - 1)
            self.session("ConfirmSession", name=draft["name"])

    def confirm(self):
        if name := self.one("STATE_DRAFT"):
            self.session("ConfirmSession", name=name)

    def move(self):
        if name := self.one("STATE_DRAFT", "STATE_CONFIRMED"):
            self.session("RescheduleSession", name=name, **self.when())

    def add_interpreter(self):
        if name := self.one("STATE_DRAFT", "STATE_CONFIRMED"):
            self.session("UpdateSession", update_mask="interpreters",
                         session={"name": name, "interpreters": self.interpreter()})

    def cancel(self):
        if name := self.one("STATE_DRAFT", "STATE_CONFIRMED"):
            self.session("CancelSession", name=name)

    def release(self):
        if name := self.one("HELD"):
            # The answer names no revision: that the hold stood until now is all that is known.
            self.gave_back(name, self.seen + 1)
            self.client.call("SessionService/ReleaseHold", name=name)

    def gave_back(self, name, revision):
        del self.documents[name]
        self.claims.append(Claim(revision, name, 0, 0, ()))


class Races(unittest.TestCase):
    def setUp(self):
        print(f"SEED={SEED}")
        self.server = Served(self.addCleanup, NESHASTD)
        self.server.start()
        self.server.fill(cities=CITIES, people=MAYORS + INTERPRETERS)

    def listed(self):
        """Every session and hold there is, by name."""
        window = {"start_time": f"{FIRST_DAY.year}-01-01T00:00:00Z",
                  "end_time": f"{FIRST_DAY.year}-12-31T00:00:00Z"}
        sessions = itertools.chain(*(
            self.server.pages("SessionService/ListSessions", "sessions", city=f"cities/{city}",
                              **window)
            for city in CITIES))
        holds = self.server.pages("SessionService/ListHolds", "holds")
        return {document["name"]: document for document in itertools.chain(sessions, holds)}

    def test_NobodyIsEverInTwoSessionsAtOnce(self):
        rivals = [Rival(self.server, number) for number in range(CLIENTS)]
        together = threading.Barrier(CLIENTS)

        def compete(rival):
            together.wait()
            for _ in range(ATTEMPTS // CLIENTS):
                rival.attempt()

        with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(compete, rivals))
        claims = [claim for rival in rivals for claim in rival.claims]
        self.assertEqual(overlaps(claims), [])
        listed = self.listed()
        self.assertEqual(overlaps(claim_of(document) for document in listed.values()), [])
        acknowledged = {}
        for rival in rivals:
            acknowledged.update(rival.documents)
        self.assertEqual(listed, acknowledged)
        outcomes = sum((rival.outcomes for rival in rivals), collections.Counter())
        self.assertGreater(outcomes["booked already"], ATTEMPTS // 10, "too few wanted the same")
        print(f"{CLIENTS} clients, 20 people, {dict(outcomes)}: 0 of {len(claims)} claims overlap")

    def test_the_check_sees_who_is_in_two_sessions_at_once(self):
        first = Claim(1, "sessions/a", 0, 3600, ("people/mayor-of-xian",))
        both = ("people/mayor-of-xian", "people/mayor-of-isfahan")
        second = Claim(2, "sessions/b", 1800, 5400, both)
        self.assertEqual(overlaps([second, first]), [(first, second)])
        moved = Claim(2, "sessions/a", 7200, 9000, first.people)
        self.assertEqual(overlaps([first, moved, second._replace(revision=3)]), [])

    def test_of_two_hundred_who_race_for_one_mayor_one_wins(self):
        drafts = [self.server.call("SessionService/CreateSession", session=meeting(0))["name"]
                  for _ in range(200)]

        def confirm(name):
            try:
                self.server.call("SessionService/ConfirmSession", name=name)
                return "won"
            except grpc.RpcError as refused:
                return refused.code()

        with concurrent.futures.ThreadPoolExecutor(50) as pool:
            outcomes = list(pool.map(confirm, drafts))
        self.assertEqual(outcomes.count("won"), 1)
        self.assertEqual(outcomes.count(grpc.StatusCode.FAILED_PRECONDITION), 199)


if __name__ == "__main__":
    NESHASTD = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
