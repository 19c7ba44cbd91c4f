#!/usr/bin/env python3
"""The life of a token against a real server, and that no secret lies where it must not.

credentials_test.py PATH_OF_NESHASTD
"""
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import unittest
import uuid

import grpc

from front_test import await_port, free_port
from reflected import Client

SERVER = None
SECRET = re.compile(rb"nst_pat_[0-9a-z]{10}_[0-9A-Za-z]{20}")
SCRIPT = "principals/calendar-of-xian"


class Credentials(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.data = pathlib.Path(holder.name)
        self.clients = []
        self.addCleanup(self.stop)
        self.start()
        script = {"display_name": "Calendar", "role": "ROLE_SCRIPT", "city": "cities/xian"}
        self.administrator.call("AccessService/CreatePrincipal", principal=script,
                                principal_id=SCRIPT.removeprefix("principals/"))

    def start(self):
        port = free_port()
        self.address = f"127.0.0.1:{port}"
        with (self.data / "log").open("a") as log:
            # The most that a server says.
            self.server = subprocess.Popen([SERVER, "--data", self.data, "--listen", self.address,
                                            "--reflection", "--log", "debug"],
                                           stdout=log, stderr=subprocess.STDOUT)
        await_port(port, self.server)
        self.administrator = self.client((self.data / "administrator.token").read_text().strip())

    def stop(self, how=signal.SIGTERM):
        for client in self.clients:
            client.close()
        self.clients.clear()
        self.server.send_signal(how)
        self.server.wait()

    def client(self, secret):
        self.clients.append(Client(self.address, secret))
        return self.clients[-1]

    def create(self, **limits):
        """The token's name and its secret."""
        made = self.administrator.call("AccessService/CreateToken",
                                       token=dict(limits, principal=SCRIPT))
        return made["token"]["name"], made["secret"]

    def enters(self, secret):
        try:
            return self.client(secret).call("AccessService/GetCaller")["name"] == SCRIPT
        except grpc.RpcError as refused:
            self.assertEqual(refused.code(), grpc.StatusCode.UNAUTHENTICATED)
            return False

    def listed(self):
        answer = self.administrator.call("AccessService/ListTokens", principal=SCRIPT)
        return {token["name"]: token for token in answer["tokens"]}

    def test_a_script_rotates_its_own_token_and_both_live_for_the_grace(self):
        name, secret = self.create()
        rotated = self.client(secret).call("AccessService/RotateToken", name=name)
        self.assertTrue(self.enters(secret))
        self.assertTrue(self.enters(rotated["secret"]))
        self.assertIn("retire_time", rotated["predecessor"])

    def test_without_a_grace_the_old_token_ends_at_once(self):
        name, secret = self.create()
        rotated = self.administrator.call("AccessService/RotateToken", name=name, grace="0s")
        self.assertFalse(self.enters(secret))
        self.assertTrue(self.enters(rotated["secret"]))

    def test_a_grace_beyond_seven_days_is_refused(self):
        name, _ = self.create()
        for grace in ("604801s", "-1s"):
            with self.assertRaises(grpc.RpcError) as caught:
                self.administrator.call("AccessService/RotateToken", name=name, grace=grace)
            self.assertEqual(caught.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)

    def test_a_repeat_makes_nothing_new_and_shows_no_secret(self):
        request, name = str(uuid.uuid4()), self.create()[0]
        for method, how in (("RotateToken", {"name": name}),
                            ("CreateToken", {"token": {"principal": SCRIPT}})):
            ask = lambda: self.administrator.call(f"AccessService/{method}", request_id=request, **how)
            first, second = ask(), ask()
            request = str(uuid.uuid4())
            self.assertTrue(self.enters(first.pop("secret")))
            self.assertEqual(first, second)
        self.assertEqual(len(self.listed()), 3)

    def test_the_last_use_is_known_after_a_stop(self):
        used, secret = self.create()
        unused, _ = self.create()
        self.enters(secret)
        self.stop()
        self.start()
        listed = self.listed()
        self.assertRegex(listed[used]["last_use_time"], r":\d0:00Z$")
        self.assertNotIn("last_use_time", listed[unused])

    def test_no_secret_lies_in_the_log_the_database_or_what_was_not_yet_copied_into_it(self):
        name, secret = self.create()
        request = str(uuid.uuid4())
        rotated = self.client(secret).call("AccessService/RotateToken", name=name, request_id=request)
        self.enters(rotated["secret"])
        self.enters(secret[:-1] + ("a" if secret[-1] != "a" else "b"))  # a typing error
        self.administrator.call("AccessService/RevokeToken", name=rotated["token"]["name"])
        self.enters(rotated["secret"])
        for bad in (secret, rotated["secret"]):  # where no token belongs
            with self.assertRaises(grpc.RpcError):
                self.administrator.call("AccessService/RevokeToken", name=bad)
        self.stop(signal.SIGKILL)  # which leaves the write-ahead log as it was
        kept = {path.name: path.read_bytes() for path in self.data.iterdir()
                if path.is_file() and not path.name.endswith(".token")}
        self.assertLessEqual({"log", "neshast.db", "neshast.db-wal"}, kept.keys())
        self.assertIn(name.split("/")[1].encode(), kept["neshast.db-wal"])  # it is what was searched
        self.assertEqual([name for name, content in kept.items() if SECRET.search(content)], [])
        self.assertTrue(SECRET.search(secret.encode()))

    def test_what_the_server_keeps_is_its_owners_to_read_and_no_core_is_left(self):
        for path in self.data.iterdir():
            if path.is_file() and path.name != "log":
                self.assertEqual(path.stat().st_mode & 0o777, 0o600, path)
        self.assertLessEqual({"administrator.token", "officer.token", "auditor.token", "neshast.db"},
                             {path.name for path in self.data.iterdir()})
        limits = pathlib.Path(f"/proc/{self.server.pid}/limits").read_text()
        self.assertRegex(limits, r"Max core file size +0 +0 ")


if __name__ == "__main__":
    SERVER = sys.argv.pop(1)
    unittest.main()
