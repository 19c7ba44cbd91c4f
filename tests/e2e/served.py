"""A neshastd of a test's own: filled, killed, started again on the same data."""
import datetime
import json
import pathlib
import re
import socket
import subprocess
import tempfile
import time

import grpc

from front_test import free_port
from reflected import Client, reason

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIRST_DAY = datetime.datetime(datetime.date.today().year + 1, 1, 4)
NOUNS = {"cities": "city", "people": "person"}


def slot(number):
    """A wall time of its own for every number, half an hour each."""
    return {"local_time": (FIRST_DAY + datetime.timedelta(minutes=30 * number)).isoformat(),
            "time_zone": "Asia/Tehran"}


def meeting(number, people=("people/mayor-of-isfahan",), interpreters=()):
    """A working meeting of people of Isfahan in a slot."""
    return {"kind": "KIND_WORKING_MEETING", "host": "cities/isfahan", "duration": "1800s",
            "title": {"texts": {"en": "Officers of the cities"}}, "start_time": slot(number),
            "delegations": [{"city": "cities/isfahan", "required_people": list(people)}],
            "interpreters": list(interpreters)}


def vouch(clients, city, person):
    """Each client vouches for the counterpart; returns what the last was answered."""
    for client in clients:
        answer = client.call("DirectoryService/VouchForCounterpart", name=city, person=person,
                             method="METHOD_CALL_BACK", remark="Invented for a test.")
    return answer


class Served:
    """A server of `binary` in a folder of its own; `add_cleanup` is told how to be rid of it."""

    def __init__(self, add_cleanup, binary, *flags, data=None):
        if data is None:
            holder = tempfile.TemporaryDirectory()
            add_cleanup(holder.cleanup)
            data = pathlib.Path(holder.name)
        self.add_cleanup, self.binary, self.flags, self.data = add_cleanup, binary, flags, data
        self.port = free_port()
        self.address = f"127.0.0.1:{self.port}"
        self.words = tempfile.NamedTemporaryFile("w+")
        add_cleanup(self.words.close)
        self.process = None
        self.clients = {}
        add_cleanup(self.kill)

    def start(self, environment=None):
        """Returns the seconds until the server answered."""
        began = time.monotonic()
        self.launch(environment)
        if not self.answers():
            raise RuntimeError(self.said())
        self.ready()
        return time.monotonic() - began

    def ready(self):
        """Waits until the clients have found the server again, or it has ended."""
        for client in self.clients.values():
            client.patient = True
            while self.process.poll() is None:
                try:
                    client.call("AccessService/GetCaller")
                    break
                except grpc.RpcError as failure:
                    if reason(failure):  # refused, but by this server
                        break
            client.patient = False

    def answers(self):
        """Waits for the server's first answer; False when it has ended before."""
        until = time.monotonic() + 60
        while self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return True
            except OSError:
                if time.monotonic() > until:
                    raise RuntimeError("It does not begin to answer. " + self.said())
                time.sleep(0.01)
        return False

    def said(self):
        return pathlib.Path(self.words.name).read_text()

    def launch(self, environment=None):
        self.process = subprocess.Popen(
            [self.binary, "--data", self.data, "--listen", self.address, "--reflection",
             "--log", "error", "--mail", "none", *self.flags],
            env=environment, stdout=self.words, stderr=subprocess.STDOUT)

    def kill(self):
        """As the out-of-memory killer would. What a sanitizer found before fails the test."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
            if re.search("(Address|Thread|Leak)Sanitizer|runtime error:", self.said()):
                raise RuntimeError(self.said())

    def stop(self):
        """As an operator would; leaks are looked for then."""
        self.process.terminate()
        ended, self.process = self.process.wait(timeout=60), None
        if ended != 0:
            raise RuntimeError(f"neshastd ended with {ended}. {self.said()}")

    def client(self, who="officer"):
        if who not in self.clients:
            token = (self.data / f"{who}.token").read_text().strip()
            client = self.clients[who] = Client(self.address, token)
            self.add_cleanup(client.close)
            for service in ("Session", "Change", "Directory", "Access"):
                client.learn(f"neshast.v1.{service}Service")  # before threads share it
        return self.clients[who]

    def call(self, path, **request):
        return self.client().call(path, **request)

    def fill(self, **keys):
        """Enters those of the seed directory: fill(cities=["xian"], people=["mayor-of-xian"]).

        The first of each partner city is vouched for, so that sessions with it can be confirmed.
        """
        directory = json.loads((ROOT / "deploy/seed/directory.json").read_text())
        counterparts = {}
        for kind, noun in NOUNS.items():
            for item in directory[kind]:
                key = item["name"].split("/")[1]
                if key in keys.get(kind, ()):
                    item.pop("organization", None)
                    self.call(f"DirectoryService/Create{noun.title()}",
                              **{noun: item, f"{noun}_id": key})
                    if kind == "people" and item["city"] != "cities/isfahan":
                        counterparts.setdefault(item["city"], item["name"])
        for city, person in counterparts.items():
            vouch((self.client("officer"), self.client("administrator")), city, person)

    def pages(self, path, items, **request):
        """All items of a list."""
        token, found = "", []
        while True:
            page = self.call(path, page_size=1000, page_token=token, **request)
            found += page.get(items, [])
            token = page.get("next_page_token", "")
            if not token:
                return found

    def changes(self, token):
        """What changed since, and where to go on."""
        found = []
        while True:
            page = self.call("ChangeService/SyncChanges", sync_token=token, page_size=1000)
            found += page.get("changes", [])
            token = page["next_sync_token"]
            if not page.get("more"):
                return found, token
