#!/usr/bin/env python3
"""A government changes its clocks while sessions stand: nothing moves silently.

clock_laws_test.py PATH_OF_NESHASTD

The server runs by one release of the zone rules, then by another, both compiled by zic of the
system's rules. Tehran: the release before has summer time for ever, as 2022a had (the law of 2022
ended it). Almaty: the one before keeps UTC+6 after March 2024. Havana: the one after stays on
summer time in the next year's November, as 2026f says of 2026.
"""
import collections
import datetime
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from mail_test import Arrived, WAIT
from served import Served, vouch

SERVER = None
YEAR = datetime.date.today().year + 1
ADDRESSES = {"mayor-of-isfahan": "mayor-office@isfahan.example",
             "mayor-of-xian": "mayor-office@xian.example",
             "mayor-of-astana": "mayor-office@astana.example",
             "mayor-of-havana": "mayor-office@havana.example"}


def edited(rules, pattern, replacement):
    """The text with every line that matches replaced, and at least one there was."""
    text, count = re.subn(f"^{pattern}$", replacement, rules, flags=re.MULTILINE)
    if not count:
        raise RuntimeError(f"The system's zone rules have no line like {pattern}.")
    return text


def releases():
    """The rules before and after the laws, as zic reads them."""
    rules = pathlib.Path("/usr/share/zoneinfo/tzdata.zi").read_text()
    rules = "".join(line for line in rules.splitlines(keepends=True)
                    if not re.match(r"R Q 20(2[5-9]|[3-9]\d) ", line))
    cuba = r"R Q {} \S+ - {} (.*)"
    before = edited(rules, cuba.format(2012, "N"), r"R Q 2012 ma - N \1")
    before = edited(before, cuba.format(2013, "Mar"), r"R Q 2013 ma - Mar \1")
    before = edited(before, r"R i 2021 2022 (.*)", r"R i 2021 ma \1")
    before = edited(before, r"6 - %z 2024 Mar\n5 - %z", "6 - %z")
    after = edited(rules, cuba.format(2012, "N"), rf"R Q 2012 {YEAR - 1} - N \1\nR Q {YEAR + 1} ma - N \1")
    after = edited(after, cuba.format(2013, "Mar"),
                   rf"R Q 2013 {YEAR} - Mar \1\nR Q {YEAR + 2} ma - Mar \1")
    return (edited(before, "# version .*", "# version 2022a"),
            edited(after, "# version .*", "# version 2026f"))


def session(city, at):
    mayors = [f"people/mayor-of-{each}" for each in ("isfahan", city)]
    return {"kind": "KIND_MAYORS_DIALOGUE", "host": "cities/isfahan", "duration": "3600s",
            "title": {"texts": {"en": f"Mayors' dialogue Isfahan - {city}"}},
            "start_time": {"local_time": f"{YEAR}-{at}:00", "time_zone": "Asia/Tehran"},
            "delegations": [{"city": f"cities/{each}", "required_people": [mayor]}
                            for each, mayor in zip(("isfahan", city), mayors)]}


class ClockLaws(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.zones = pathlib.Path(holder.name) / "zoneinfo"
        self.before, self.after = releases()
        self.install(self.before)
        self.server = Served(self.addCleanup, SERVER)
        self.server.flags = ("--tzdata", self.zones, "--mail-from", "protocol@isfahan.example",
                             "--mail", f"maildir:{self.server.data / 'outbox'}")
        self.server.start()
        self.server.fill(cities=["isfahan", "xian", "astana", "havana"], people=list(ADDRESSES))
        for person, address in ADDRESSES.items():
            self.server.call("DirectoryService/UpdatePerson", update_mask="mailAddress",
                             person={"name": f"people/{person}", "mail_address": address})
        officers = self.server.client("officer"), self.server.client("administrator")
        for city in ("xian", "astana", "havana"):
            vouch(officers, f"cities/{city}", f"people/mayor-of-{city}")

    def install(self, rules):
        """The name of the release is what is read first and written last."""
        source = self.zones.with_suffix(".zi")
        source.write_text(rules)
        subprocess.run(["zic", "-b", "fat", "-d", self.zones, source], check=True,
                       env={"PATH": "/usr/sbin:/sbin:/usr/bin:/bin"})
        source.rename(self.zones / "tzdata.zi")

    def book(self, city, at):
        name = self.server.call("SessionService/CreateSession", session=session(city, at))["name"]
        self.server.call("SessionService/ConfirmSession", name=name)
        return name

    def alerts(self):
        return {alert["session"]: alert
                for alert in self.server.pages("ClockService/ListZoneAlerts", "alerts")}

    def await_that(self, what):
        until = time.monotonic() + WAIT
        while not (found := what()):
            self.assertLess(time.monotonic(), until)
            time.sleep(0.05)
        return found

    def mails(self):
        """How many mails of each calendar sequence each address has of each session."""
        folder = self.server.data / "outbox/new"
        arrived = [Arrived(path.read_bytes()) for path in folder.iterdir()] if folder.exists() else []
        return collections.Counter(
            (mail.lines("UID")[0][4:30], mail.to.split("@")[1].split(".")[0],
             int(mail.lines("SEQUENCE")[0][9:])) for mail in arrived)

    def change_the_laws(self):
        self.install(self.after)
        os.kill(self.server.process.pid, signal.SIGHUP)
        return self.await_that(lambda: len(self.alerts()) == 3 and self.alerts())

    def hours(self, alert):
        """What each city whose hour moves had and would have: {"xian": ("17:30", "18:30")}"""
        local = lambda burden: burden["start_time"]["local_time"][11:16]
        return {move["before"]["city"].split("/")[1]: (local(move["before"]), local(move["after"]))
                for move in alert["cities"]}

    def test_tehran_almaty_and_havana_are_told_before_anybody_hears_of_it_and_once_it_is_decided(self):
        tehran = self.book("xian", "07-05T14:00")
        almaty = self.book("astana", "02-02T11:00")
        havana = self.book("havana", "12-07T17:00")
        ids = {name: name.split("/")[1] for name in (tehran, almaty, havana)}
        guests = {tehran: "xian", almaty: "astana", havana: "havana"}
        invited = {(ids[name], city, 0): 1 for name in ids for city in ("isfahan", guests[name])}
        self.await_that(lambda: self.mails() == invited)

        alerts = self.change_the_laws()
        self.assertEqual({name: self.hours(alert) for name, alert in alerts.items()},
                         {tehran: {"xian": ("17:30", "18:30")},
                          almaty: {"astana": ("13:30", "12:30")},
                          havana: {"havana": ("08:30", "09:30")}})
        for name in ids:
            promised = self.server.call("SessionService/GetSession", name=name)["start_time"]
            self.assertEqual(promised["tzdata_release"], "2026f")
        self.assertEqual(self.server.call("SessionService/GetSession", name=tehran)
                         ["start_time"]["local_time"], f"{YEAR}-07-05T14:00:00")

        # Havana keeps its hour, so the session moves; the other two promises are kept.
        moved = self.server.call("ClockService/DecideZoneAlert", name=alerts[havana]["name"],
                                 kept_city="cities/havana")
        self.assertEqual(moved["state"], "STATE_MOVED")
        decided = invited | {(ids[havana], city, 1): 1 for city in ("isfahan", "havana")}
        self.await_that(lambda: self.mails() == decided)
        for name in (tehran, almaty):
            kept = self.server.call("ClockService/DecideZoneAlert", name=alerts[name]["name"])
            self.assertEqual(kept["state"], "STATE_PROMISE_KEPT")
        decided |= {(ids[tehran], "isfahan", 1): 1, (ids[tehran], "xian", 1): 1,
                    (ids[almaty], "astana", 1): 1}
        self.await_that(lambda: self.mails() == decided)
        self.assertEqual(self.server.call("SessionService/GetSession", name=havana)
                         ["start_time"]["local_time"], f"{YEAR}-12-07T16:00:00")


if __name__ == "__main__":
    SERVER = sys.argv.pop(1)
    unittest.main()
