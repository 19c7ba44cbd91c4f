#!/usr/bin/env python3
"""A full or read-only disk: nothing acknowledged is lost, reading goes on, freed space heals.

full_disk_test.py PATH_OF_NESHASTD     CYCLES=20 SEED=…; only root can mount the disk it needs
"""
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

from diary import Diary
from served import Served

CYCLES = int(os.environ.get("CYCLES", "20"))
SEED = int(os.environ.get("SEED", str(random.randrange(10**6))))
MOST_ACTS = 20000  # that find room in what the store has already taken of the disk
NESHASTD = None


class SmallDisk(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", self.folder],
                          check=False).returncode != 0:
            print("*** NOT TESTED: a full disk needs the right to mount a tmpfs ***")
            self.skipTest("cannot mount a tmpfs here")
        self.addCleanup(subprocess.run, ["umount", "--lazy", self.folder], check=True)
        print(f"SEED={SEED}")
        self.server = Served(self.addCleanup, NESHASTD, data=self.folder)
        self.server.start()
        self.server.fill(cities=["isfahan"], people=["mayor-of-isfahan"])
        self.diary = Diary(self, self.server, SEED)

    def fill(self):
        """Leaves no byte free."""
        with (self.folder / "ballast").open("wb", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(bytes(65536))
            except OSError:
                pass

    def empty(self):
        (self.folder / "ballast").unlink()

    def act_until_refused(self):
        officer = self.diary.officers[0]
        for _ in range(MOST_ACTS):
            if not officer.act():
                return
        self.fail("nothing was refused on a full disk")

    def read_everything(self):
        self.server.pages("SessionService/ListSessions", "sessions", city="cities/isfahan")
        self.server.changes("")

    def test_full_refuses_writes_answers_reads_and_heals_by_itself(self):
        for _ in range(CYCLES):
            for officer in self.diary.officers * 3:
                self.assertTrue(officer.act())
            self.fill()
            self.act_until_refused()
            self.read_everything()
            self.empty()
            self.assertTrue(self.diary.officers[0].act(), "freed space did not heal")
            self.assertEqual(self.diary.check(), 0)
        self.server.kill()
        self.server.start()
        self.assertEqual(self.diary.check(all_of_it=True), 0)
        print(f"{CYCLES} times full: {self.diary.acknowledged} acts acknowledged, 0 lost, "
              f"{self.diary.refused} refused, 0 of them done")

    def test_a_server_killed_and_started_while_full_answers_reads(self):
        self.fill()
        self.act_until_refused()
        self.server.kill()
        self.server.start()
        self.read_everything()
        self.empty()
        self.assertTrue(self.diary.officers[0].act(), "freed space did not heal")
        self.assertEqual(self.diary.check(all_of_it=True), 0)

    def remount(self, how):
        subprocess.run(["mount", "-o", f"remount,{how},size=24m", self.folder], check=True)

    def test_a_read_only_disk_is_refused_with_a_sentence(self):
        self.assertTrue(self.diary.officers[0].act())
        self.server.kill()
        self.remount("ro")
        self.server.launch()
        self.assertEqual(self.server.process.wait(timeout=60), 1)
        words = self.server.said()
        self.assertIn("Read-only file system", words.splitlines()[-1])
        self.remount("rw")
        self.server.start()
        self.assertEqual(self.diary.check(all_of_it=True), 0)


if __name__ == "__main__":
    NESHASTD = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
