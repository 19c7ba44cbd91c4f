#!/usr/bin/env python3
"""What was acknowledged survives a killed server, a power cut and a disk that errs.

bad_days_test.py PATH_OF_NESHASTD PATH_OF_POWER_CUT_SHIM     KILLS=500 POWER_CUTS=300 for a long run
"""
import os
import pathlib
import random
import shutil
import sqlite3
import sys
import tempfile
import threading
import unittest

from diary import Diary
from served import Served

KILLS = int(os.environ.get("KILLS", "50"))
POWER_CUTS = int(os.environ.get("POWER_CUTS", "30"))
SEED = int(os.environ.get("SEED", str(random.randrange(10**6))))
NESHASTD = SHIM = None


class FailingDisk:
    """A data directory, and what of it is on the disk when the power fails (see power_cut.c)."""

    def __init__(self, test):
        holder = tempfile.TemporaryDirectory()
        test.addCleanup(holder.cleanup)
        self.live = pathlib.Path(holder.name) / "live"
        self.disk = pathlib.Path(holder.name) / "disk"
        self.live.mkdir()
        self.disk.mkdir()

    def environment(self, **settings):
        return {**os.environ, "LD_PRELOAD": SHIM, "POWER_CUT_DIR": str(self.live),
                "POWER_CUT_DISK": str(self.disk),
                "ASAN_OPTIONS": "verify_asan_link_order=0:detect_leaks=0",
                **{f"POWER_CUT_{name.upper()}": str(value) for name, value in settings.items()}}

    def power_returns(self):
        """The database is what the disk has of it."""
        for file in self.live.glob("neshast.db*"):
            file.unlink()
        for file in self.disk.iterdir():
            shutil.copy(file, self.live)


class BadDays(unittest.TestCase):
    def setUp(self):
        random.seed(SEED)
        print(f"SEED={SEED}")

    def begin(self, **how):
        """A server with its directory, and a diary that nothing is in yet."""
        server = Served(self.addCleanup, NESHASTD, **how)
        server.start()
        server.fill(cities=["isfahan"], people=["mayor-of-isfahan"])
        return server, Diary(self, server, SEED)

    def sound(self, server):
        with sqlite3.connect(server.data / "neshast.db") as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        database.close()

    def test_what_was_acknowledged_survives_every_kill(self):
        server, diary = self.begin()
        slowest = 0
        for _ in range(KILLS):
            diary.work_until_killed(random.uniform(0.02, 0.4))
            server.kill()
            slowest = max(slowest, server.start())
            self.assertEqual(diary.check(), 0)
        self.assertEqual(diary.check(all_of_it=True), 0)
        self.sound(server)
        self.assertGreater(diary.acknowledged, KILLS)
        print(f"{KILLS} kills, {diary.acknowledged} acts acknowledged, 0 lost; "
              f"ready again after {slowest:.2f} s at most")

    def cut_power(self, cycles, **settings):
        """The acts acknowledged and those lost until the first cut that lost any."""
        disk = FailingDisk(self)
        server = Served(self.addCleanup, NESHASTD, data=disk.live)
        server.start(disk.environment())
        server.fill(cities=["isfahan"], people=["mayor-of-isfahan"])
        diary = Diary(self, server, SEED)
        for cycle in range(cycles):
            server.kill()
            disk.power_returns()
            server.launch(disk.environment(after=random.randint(40, 1500), seed=cycle,
                                           early=random.choice((0, 50)), **settings))
            if server.answers():
                server.ready()
                diary.work(threading.Event())
            server.process.wait()
            server.kill()
            disk.power_returns()
            server.start(disk.environment())
            lost = diary.check()
            if lost > 0:
                return diary.acknowledged, lost
        self.assertEqual(diary.check(all_of_it=True), 0)
        self.sound(server)
        return diary.acknowledged, 0

    def test_what_was_acknowledged_survives_every_power_cut(self):
        acknowledged, lost = self.cut_power(POWER_CUTS)
        print(f"{POWER_CUTS} power cuts, {acknowledged} acts acknowledged, {lost} lost")
        self.assertEqual(lost, 0)
        self.assertGreater(acknowledged, POWER_CUTS)

    # The test above proves something only if it fails without the safeguard: here a write-ahead log
    # that is not synced, as with PRAGMA synchronous = NORMAL.
    def test_a_disk_that_lies_loses_what_was_acknowledged(self):
        acknowledged, lost = self.cut_power(10, fault=f"lie-fsync-wal:1:{10**9}")
        print(f"with a disk that lies: {lost} of {acknowledged} acts lost")
        self.assertGreater(lost, 0)

    def test_what_was_acknowledged_survives_a_disk_that_errs_and_the_server_heals(self):
        disk = FailingDisk(self)
        server = Served(self.addCleanup, NESHASTD, data=disk.live)
        server.start(disk.environment())
        server.fill(cities=["isfahan"], people=["mayor-of-isfahan"])
        diary = Diary(self, server, SEED)
        runs = 0
        for kind, last in (("eio-fsync", 60), ("enospc-write", 600), ("short-write", 600),
                           ("erofs-write", 600)):
            for first in [1, 2, 5] + [random.randint(6, last) for _ in range(3)]:
                runs += 1
                server.kill()
                with self.subTest(kind=kind, first=first):
                    self.err(server, disk, diary, f"{kind}:{first}:{random.choice((1, 7))}")
        self.assertEqual(diary.check(all_of_it=True), 0)
        self.assertGreater(diary.refused, 0)
        print(f"{runs} disks that err, {diary.acknowledged} acts acknowledged, 0 lost, "
              f"{diary.refused} refused, 0 of them done")

    def err(self, server, disk, diary, fault):
        server.launch(disk.environment(fault=fault))
        if server.answers():
            server.ready()
            diary.work(threading.Event(), most=20)
            self.assertTrue(any(officer.act() for officer in diary.officers * 5), "it did not heal")
        else:
            self.assertEqual(server.process.wait(), 1)
        server.kill()
        if random.choice((True, False)):
            disk.power_returns()
        server.start(disk.environment())
        self.assertEqual(diary.check(), 0)

    def test_a_server_whose_first_start_is_cut_off_gives_its_first_credentials_all_the_same(self):
        for operation in range(1, 100, 7):
            disk = FailingDisk(self)
            server = Served(self.addCleanup, NESHASTD, data=disk.live)
            server.launch(disk.environment(after=operation))
            server.answers()
            server.kill()
            if operation % 2 == 0:
                disk.power_returns()
            server.start(disk.environment())
            for who in ("administrator", "officer", "auditor"):
                server.client(who).call("AccessService/GetCaller")
            server.kill()


if __name__ == "__main__":
    SHIM = str(pathlib.Path(sys.argv.pop(2)).resolve())
    NESHASTD = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
