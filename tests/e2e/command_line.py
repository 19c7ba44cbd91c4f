"""What the tests of the command line share: a server with the seed directory, and `neshast`."""
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

from front_test import free_port

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVER, CLI = (str(pathlib.Path(each).resolve()) for each in (sys.argv.pop(1), sys.argv.pop(1)))
NEXT_YEAR = datetime.date.today().year + 1
ECO = ("--network", "eco-mayors", "--people", "mayor-of-{city}")


def window(month):
    """A window of three weeks, for each test its own: no test takes another's hours."""
    return ("--from", f"{NEXT_YEAR}-{month:02}-02", "--until", f"{NEXT_YEAR}-{month:02}-22")


def start_server(case, data):
    """Starts one on a free port until the class is done; its address."""
    address = f"127.0.0.1:{free_port()}"
    log = (data / "log").open("w")
    case.addClassCleanup(log.close)
    server = subprocess.Popen([SERVER, "--data", data, "--listen", address],
                              stdout=log, stderr=subprocess.STDOUT)
    case.addClassCleanup(server.wait)
    case.addClassCleanup(server.terminate)
    until = time.monotonic() + 60
    while subprocess.run([CLI, "whoami", "--server", address, "--token-file", data / "officer.token"],
                         capture_output=True).returncode != 0:
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError((data / "log").read_text())
        time.sleep(0.05)
    return address


class CommandLine(unittest.TestCase):
    """`neshast` against a server of its own, as the protocol officer of Isfahan."""

    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(holder.cleanup)
        cls.data = pathlib.Path(holder.name)
        cls.address = start_server(cls, cls.data)
        cls.environment = {"PATH": os.environ["PATH"], "HOME": str(cls.data),
                           "NESHAST_SERVER": cls.address,
                           "NESHAST_TOKEN_FILE": str(cls.data / "officer.token")}
        directory = cls.data / "directory.json"
        with directory.open("w") as file:
            subprocess.run([ROOT / "deploy/seed/merge"], stdout=file, check=True)
        cities = [each["name"].split("/")[1] for each in json.loads(directory.read_text())["cities"]]
        partners = ",".join(city for city in cities if city != "isfahan")
        vouching = ("city", "vouch", partners, "--person", "mayor-of-{city}", "--method", "call-back")
        for command, who in ((("directory", "load", str(directory)), "officer"),
                             (vouching, "officer"), (vouching, "administrator")):
            done = cls.neshast(*command, NESHAST_TOKEN_FILE=str(cls.data / f"{who}.token"))
            if done.returncode != 0:
                raise RuntimeError(done.stderr)

    @classmethod
    def neshast(cls, *arguments, **environment):
        """Runs `neshast`; a variable that is None is not set."""
        merged = {**cls.environment, **environment}
        return subprocess.run([CLI, *arguments], capture_output=True, text=True, timeout=60,
                              env={key: each for key, each in merged.items() if each is not None})

    def told(self, *arguments, code=0, **environment):
        """What it prints, having ended with `code`."""
        run = self.neshast(*arguments, **environment)
        self.assertEqual(run.returncode, code, run.stdout + run.stderr)
        return run.stdout if code in (0, 8) else run.stderr

    def json(self, *arguments, **environment):
        return json.loads(self.told(*arguments, "--output", "json", **environment))
