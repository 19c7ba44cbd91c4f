"""Officers who book, confirm, move, cancel, hold and release, and note what they were told.

Every officer has sessions and slots of its own, so that nothing is refused but by a failing server.
Afterwards `Diary.check` holds the notes against the server: all that was acknowledged is there, all
that was refused is not, and what got no answer is there whole or not at all: the document, the time
it takes of its people, and the log agree.
"""
import concurrent.futures
import dataclasses
import itertools
import random
import threading

import grpc

from reflected import reason
from served import meeting, slot

MAYOR = "people/mayor-of-isfahan"


@dataclasses.dataclass
class Thing:
    """A session or a hold as its officer knows it. A state is (state, slot), None: not there."""
    key: str
    kind: str
    state: tuple = None
    answer: dict = None       # the document that was acknowledged last
    checked: dict = None      # as it was found at the last check
    unanswered: tuple = ()    # the states that a call without an answer may have led to
    slots: set = dataclasses.field(default_factory=set)


class Officer:
    def __init__(self, number, seed, served, slots):
        self.number, self.served, self.slots = number, served, slots
        self.random = random.Random(seed * 100 + number)
        self.ids = itertools.count()
        self.things = []
        self.touched = []     # since the last check
        self.acknowledged = self.refused = 0
        self.wrong = []       # answers that must never come

    def of(self, *states):
        fit = [thing for thing in self.things if not thing.unanswered and thing.state
               and thing.state[0] in states]
        return self.random.choice(fit) if fit else None

    def act(self):
        """One act. False when it was not acknowledged."""
        act = self.random.choice([self.create, self.create, self.confirm, self.confirm, self.move,
                                  self.cancel, self.hold, self.release])
        return act() or self.create()

    def create(self):
        number = next(self.slots)
        thing = Thing(f"officer-{self.number}-{next(self.ids)}", "session")
        self.things.append(thing)
        return self.tell(thing, ("STATE_DRAFT", number), "CreateSession",
                         session=meeting(number), session_id=thing.key)

    def confirm(self):
        thing = self.of("STATE_DRAFT")
        return thing and self.tell(thing, ("STATE_CONFIRMED", thing.state[1]), "ConfirmSession",
                                   name=thing.answer["name"])

    def move(self):
        thing = self.of("STATE_DRAFT", "STATE_CONFIRMED")
        if thing is None:
            return None
        number = next(self.slots)
        return self.tell(thing, (thing.state[0], number), "RescheduleSession",
                         name=thing.answer["name"], start_time=slot(number),
                         reason="The flight is late.")

    def cancel(self):
        thing = self.of("STATE_DRAFT", "STATE_CONFIRMED")
        return thing and self.tell(thing, ("STATE_CANCELLED", thing.state[1]), "CancelSession",
                                   name=thing.answer["name"], reason="The visit is off.")

    def hold(self):
        number = next(self.slots)
        thing = Thing(f"hold-{number}", "hold")
        self.things.append(thing)
        return self.tell(thing, ("HELD", number), "HoldSlot",
                         hold={"host": "cities/isfahan", "start_time": slot(number),
                               "duration": "1800s", "people": [MAYOR]})

    def release(self):
        thing = self.of("HELD")
        return thing and self.tell(thing, None, "ReleaseHold", name=thing.answer["name"])

    def tell(self, thing, state, method, **request):
        self.touched.append(thing)
        thing.slots.update(each[1] for each in (thing.state, state) if each)
        try:
            thing.answer = self.served.call(f"SessionService/{method}", **request)
        except grpc.RpcError as failure:
            self.not_acknowledged(thing, state, failure)
            return False
        thing.state = state
        self.acknowledged += 1
        return True

    def not_acknowledged(self, thing, state, failure):
        if reason(failure):
            self.refused += 1
            why = (failure.code(), reason(failure))
            if why != (grpc.StatusCode.UNAVAILABLE, "STORE_UNAVAILABLE"):
                self.wrong.append(str(failure))
            self.served.call("DirectoryService/GetCity", name="cities/isfahan")  # reads go on
        else:
            thing.unanswered = (thing.state, state)


class Diary:
    def __init__(self, test, served, seed, officers=4):
        self.test, self.served = test, served
        slots = itertools.count()
        self.officers = [Officer(number, seed, served, slots) for number in range(officers)]
        _, self.token = served.changes("")

    @property
    def acknowledged(self):
        return sum(officer.acknowledged for officer in self.officers)

    @property
    def refused(self):
        return sum(officer.refused for officer in self.officers)

    def work(self, stop, most=10**9):
        """All at once, until `stop`, `most` acts each, or no answer comes any more."""
        def day(officer):
            for _ in range(most):
                before = officer.refused
                if stop.is_set() or (not officer.act() and officer.refused == before):
                    return
        with concurrent.futures.ThreadPoolExecutor(len(self.officers)) as pool:
            list(pool.map(day, self.officers))

    def work_until_killed(self, seconds):
        stop = threading.Event()
        timer = threading.Timer(seconds, lambda: (stop.set(), self.served.process.kill()))
        timer.start()
        self.work(stop)
        timer.join()

    def check(self, all_of_it=False):
        """Returns how many acknowledged effects are lost, having failed on everything else."""
        test = self.test
        wrong = [line for officer in self.officers for line in officer.wrong]
        test.assertEqual(wrong, [])
        things = {thing.key: thing for officer in self.officers
                  for thing in (officer.things if all_of_it else officer.touched)}
        holds = {hold["start_time"]["local_time"]: hold
                 for hold in self.served.pages("SessionService/ListHolds", "holds")}
        try:
            changed, self.token = self.served.changes(self.token)
        except grpc.RpcError as failure:
            test.assertEqual(reason(failure), "SYNC_TOKEN_EXPIRED", failure)
            return len(things)  # the end of the log is gone, and what it told of
        changed = {change["name"]: change for change in changed}
        lost = 0
        for thing in things.values():
            found = self.find(thing, holds)
            lost += not self.agrees(thing, found, changed)
        if lost == 0:
            self.check_time_taken(things.values())
            self.check_nothing_else(changed, holds)
            self.served.client("auditor").call("ChangeService/VerifyLog")
        for officer in self.officers:
            officer.touched = []
        return lost

    def find(self, thing, holds):
        """The document of a thing, or None."""
        if thing.kind == "hold":
            number = int(thing.key.split("-")[1])
            return holds.get(slot(number)["local_time"])
        try:
            return self.served.call("SessionService/GetSession", name=f"sessions/{thing.key}")
        except grpc.RpcError as failure:
            self.test.assertEqual(failure.code(), grpc.StatusCode.NOT_FOUND)
            return None

    def agrees(self, thing, found, changed):
        """Whether a thing is as it may be; its officer now knows which."""
        may = thing.unanswered or (thing.state,)
        states = [state for state in may if self.is_in(thing, found, state)]
        if not states:
            return False
        if states[0] == thing.state and thing.state is not None:
            self.test.assertEqual(found, thing.answer, "not as it was acknowledged")
        if thing.kind == "session" and found != thing.checked:
            self.test.assertEqual(changed[found["name"]]["session"], found, "the log tells another")
        thing.state, thing.answer, thing.checked, thing.unanswered = states[0], found, found, ()
        return True

    @staticmethod
    def is_in(thing, found, state):
        if state is None or found is None:
            return state is None and found is None
        at = found["start_time"]["local_time"] == slot(state[1])["local_time"]
        return at and (thing.kind == "hold" or found["state"] == state[0])

    def check_time_taken(self, things):
        """The mayor is busy where a confirmed session or a hold stands, and nowhere else."""
        taken = {thing.state[1] for officer in self.officers for thing in officer.things
                 if thing.state and thing.state[0] in ("STATE_CONFIRMED", "HELD")}
        for number in {number for thing in things for number in thing.slots}:
            try:
                self.served.call("SessionService/HoldSlot", validate_only=True, hold={
                    "host": "cities/isfahan", "start_time": slot(number), "duration": "1800s",
                    "people": [MAYOR]})
                busy = False
            except grpc.RpcError as failure:
                busy = reason(failure) == "PERSON_BOOKED"
                self.test.assertTrue(busy, failure)
            self.test.assertEqual(busy, number in taken, f"slot {number}")

    def check_nothing_else(self, changed, holds):
        """Nothing came to be that nobody asked for; the log tells nothing of what is not there."""
        known = {f"sessions/{thing.key}" for officer in self.officers for thing in officer.things
                 if thing.kind == "session" and thing.state}
        self.test.assertLessEqual(set(changed), known)
        held = {thing.answer["name"] for officer in self.officers for thing in officer.things
                if thing.kind == "hold" and thing.state}
        self.test.assertEqual({hold["name"] for hold in holds.values()}, held)
