#!/usr/bin/env python3
"""Drives deploy/proxy/nginx.conf before neshastd: what passes, what does not, and who is believed.

front_test.py PATH_OF_NESHASTD
"""
import base64
import grp
import hashlib
import os
import pathlib
import pwd
import random
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

import grpc

from reflected import Client

ROOT = pathlib.Path(__file__).resolve().parents[2]
WHO_AM_I = "/neshast.v1.AccessService/GetCaller"
SERVER = None


def free_port():
    """A port below the ephemeral range that nobody listens on; another each time."""
    for port in random.sample(range(21000, 32000), 1000):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise RuntimeError("no free port")


def certificate(folder, name, subject, issuer=None):
    key, pem = folder / f"{name}.key", folder / f"{name}.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", subject,
               "-keyout", key, "-out", pem]
    command += ["-CA", folder / f"{issuer}.pem", "-CAkey", folder / f"{issuer}.key"] if issuer else []
    command += ["-addext", "subjectAltName=DNS:localhost"] if name == "server" else []
    subprocess.run(command, check=True, capture_output=True)


def pin(pem):
    """SHA-256 of a certificate's SubjectPublicKeyInfo, as openssl has it."""
    openssl = lambda *how, **more: subprocess.run(["openssl", *how], check=True, capture_output=True,
                                                  **more).stdout
    key = openssl("x509", "-in", pem, "-noout", "-pubkey")
    return hashlib.sha256(openssl("pkey", "-pubin", "-outform", "DER", input=key)).digest()


def own_user():
    return f"{pwd.getpwuid(os.getuid()).pw_name} {grp.getgrgid(os.getgid()).gr_name}"


def await_port(port, process):
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("it did not start")


class Front(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(holder.cleanup)
        cls.folder = pathlib.Path(holder.name)
        certificate(cls.folder, "server", "/CN=localhost")
        certificate(cls.folder, "cities", "/CN=Authority of Isfahan")
        certificate(cls.folder, "xian", "/CN=xian", "cities")
        certificate(cls.folder, "havana", "/CN=havana", "cities")
        certificate(cls.folder, "stranger", "/CN=xian")
        cls.start_server()
        cls.start_nginx()
        cls.administrator = Client(cls.address, (cls.folder / "administrator.token").read_text().strip())
        cls.addClassCleanup(cls.administrator.close)
        for city in ("xian", "havana"):
            cls.administrator.call(
                "AccessService/CreatePrincipal", principal_id=f"secretary-of-{city}",
                principal={"display_name": "Delegation secretary", "city": f"cities/{city}",
                           "role": "ROLE_DELEGATION_SECRETARY"})

    @classmethod
    def start_server(cls):
        port = free_port()
        cls.address = f"127.0.0.1:{port}"
        log = (cls.folder / "neshastd.log").open("w")
        cls.addClassCleanup(log.close)
        server = subprocess.Popen([SERVER, "--data", cls.folder, "--listen", cls.address, "--reflection",
                                   "--front", f"unix:{cls.folder}/front"],
                                  stdout=log, stderr=subprocess.STDOUT)
        cls.addClassCleanup(server.wait)
        cls.addClassCleanup(server.terminate)
        await_port(port, server)

    @classmethod
    def start_nginx(cls):
        cls.port = free_port()
        text = (ROOT / "deploy/proxy/nginx.conf").read_text()
        for mark, value in (("PORT", f"127.0.0.1:{cls.port}"), ("BACKEND", f"unix:{cls.folder}/front"),
                            ("CERTIFICATES", cls.folder), ("VERIFY", "on"), ("RUN", cls.folder),
                            ("USER", own_user())):
            text = text.replace(f"@{mark}@", str(value))
        (cls.folder / "nginx.conf").write_text(text)
        nginx = subprocess.Popen(["/usr/sbin/nginx", "-e", "stderr", "-c", cls.folder / "nginx.conf",
                                  "-g", "daemon off;"])
        cls.addClassCleanup(nginx.wait)
        cls.addClassCleanup(nginx.terminate)
        await_port(cls.port, nginx)

    def read(self, name):
        return (self.folder / name).read_bytes()

    def channel(self, client):
        pair = (self.read(f"{client}.key"), self.read(f"{client}.pem")) if client else (None, None)
        return grpc.secure_channel(f"localhost:{self.port}",
                                   grpc.ssl_channel_credentials(self.read("server.pem"), *pair))

    def call(self, client=None, method=WHO_AM_I, request=b"", metadata=(), channel=None):
        with channel or self.channel(client) as open_channel:
            return open_channel.unary_unary(method)(request, timeout=10, metadata=metadata)

    def who(self, **how):
        """The name of the principal that a call is taken for."""
        found = self.administrator.method("neshast.v1.AccessService", "GetCaller").output_type
        return self.administrator.factory.GetPrototype(found).FromString(self.call(**how)).name

    def refused(self, code, **how):
        with self.assertRaises(grpc.RpcError) as caught:
            self.call(**how)
        self.assertEqual(caught.exception.code(), code, caught.exception)

    def set_pins(self, city, *pins):
        self.administrator.call("AccessService/UpdatePrincipal", update_mask="certificatePins",
                                principal={"name": f"principals/secretary-of-{city}",
                                           "certificate_pins": list(pins)})

    def token(self, *networks):
        made = self.administrator.call("AccessService/CreateToken", token={
            "principal": "principals/secretary-of-xian", "allowed_networks": list(networks)})
        return (("authorization", f"Bearer {made['secret']}"),)

    def claims(self, client, peer):
        pem = urllib.parse.quote(self.read(f"{client}.pem"))
        return (("x-neshast-client-cert", pem), ("x-neshast-peer", peer))

    def test_takes_a_partner_city_for_whom_its_certificate_is_pinned_to(self):
        self.set_pins("xian", pin(self.folder / "xian.pem").hex())
        self.assertEqual(self.who(client="xian"), "principals/secretary-of-xian")
        certificate_of_the_next_year = base64.b64encode(pin(self.folder / "havana.pem")).decode()
        self.set_pins("xian", pin(self.folder / "xian.pem").hex(), certificate_of_the_next_year)
        self.assertEqual(self.who(client="havana"), "principals/secretary-of-xian")
        self.set_pins("xian")

    def test_refuses_a_certificate_without_a_pin_and_one_whose_pin_was_taken_away(self):
        self.refused(grpc.StatusCode.UNAUTHENTICATED, client="xian")
        self.set_pins("xian", pin(self.folder / "xian.pem").hex())
        with self.channel("xian") as channel:  # on the same connection too
            ask = lambda: channel.unary_unary(WHO_AM_I)(b"", timeout=10)
            ask()
            self.set_pins("xian")
            with self.assertRaises(grpc.RpcError) as caught:
                ask()
        self.assertEqual(caught.exception.code(), grpc.StatusCode.UNAUTHENTICATED)

    def test_a_token_decides_where_there_is_one(self):
        self.set_pins("havana", pin(self.folder / "havana.pem").hex())
        self.assertEqual(self.who(client="havana", metadata=self.token()),
                         "principals/secretary-of-xian")
        self.refused(grpc.StatusCode.UNAUTHENTICATED, client="havana",
                     metadata=(("authorization", "Bearer nst_pat_none"),))
        self.set_pins("havana")

    def test_overwrites_what_a_client_claims_to_be(self):
        self.set_pins("xian", pin(self.folder / "xian.pem").hex())
        claims = self.claims("xian", "10.4.0.7")
        self.refused(grpc.StatusCode.UNAUTHENTICATED, client="havana", metadata=claims)
        self.refused(grpc.StatusCode.UNAUTHENTICATED, client="havana",
                     metadata=claims + self.token("10.4.0.0/16"))
        self.assertEqual(self.who(client="havana", metadata=claims + self.token("127.0.0.1/32")),
                         "principals/secretary-of-xian")
        self.refused(grpc.StatusCode.UNAUTHENTICATED, channel=grpc.insecure_channel(self.address),
                     metadata=claims)
        self.set_pins("xian")

    def test_overwrites_the_claims_in_every_location(self):
        # A header set in a location would make nginx forget those that stand above all locations.
        text = (ROOT / "deploy/proxy/nginx.conf").read_text()
        self.assertNotIn("grpc_set_header", text[text.index("location ="):])

    def test_believes_the_front_and_nobody_else_from_where_a_call_comes(self):
        token = self.token("10.4.0.0/16", "2001:db8:4::/48")
        front, loopback = f"unix:{self.folder}/front", self.address
        for peer, address, allowed in (("10.4.0.7", front, True), ("2001:db8:4::7", front, True),
                                       ("::ffff:10.4.0.7", front, True), ("10.5.0.7", front, False),
                                       ("", front, False), ("10.4.0.7", loopback, False)):
            how = dict(channel=grpc.insecure_channel(address),
                       metadata=token + (("x-neshast-peer", peer),))
            with self.subTest(peer=peer, address=address):
                if allowed:
                    self.assertEqual(self.who(**how), "principals/secretary-of-xian")
                else:
                    self.refused(grpc.StatusCode.UNAUTHENTICATED, **how)

    def test_keeps_the_socket_of_the_front_to_its_owner_and_group(self):
        self.assertEqual((self.folder / "front").stat().st_mode & 0o777, 0o660)

    def test_refuses_who_has_no_certificate(self):
        self.refused(grpc.StatusCode.UNAUTHENTICATED)

    def test_refuses_a_certificate_signed_by_a_stranger(self):
        self.set_pins("xian", pin(self.folder / "stranger.pem").hex())
        self.refused(grpc.StatusCode.UNAUTHENTICATED, client="stranger")
        self.set_pins("xian")

    def test_hides_reflection(self):
        self.refused(grpc.StatusCode.UNIMPLEMENTED, client="xian",
                     method="/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")

    def test_refuses_a_body_beyond_the_limit(self):
        with self.assertRaises(grpc.RpcError):
            self.call("xian", request=b"x" * 300_000)


if __name__ == "__main__":
    SERVER = sys.argv.pop(1)
    unittest.main()
