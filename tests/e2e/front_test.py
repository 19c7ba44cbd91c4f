#!/usr/bin/env python3
"""Drives deploy/proxy/nginx.conf: TLS, partner cities' certificates, what passes and what does not."""
import concurrent.futures
import pathlib
import random
import socket
import subprocess
import tempfile
import time
import unittest

import grpc

ROOT = pathlib.Path(__file__).resolve().parents[2]
METHOD = "/neshast.v1.DirectoryService/GetCity"


def free_port():
    """A port below the ephemeral range that nobody listens on, hardly one that others just found too."""
    for port in random.sample(range(21000, 32000), 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise RuntimeError("no free port")


class Echo(grpc.GenericRpcHandler):
    """Stands for neshastd: answers the request with what it was told of the caller."""

    def service(self, details):
        told = dict(details.invocation_metadata)
        answer = f"{told.get('x-client-verified')} {told.get('x-client-subject')}".encode()
        return grpc.unary_unary_rpc_method_handler(lambda request, context: answer)


def certificate(folder, name, subject, issuer=None):
    key, pem = folder / f"{name}.key", folder / f"{name}.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", subject,
               "-keyout", key, "-out", pem]
    command += ["-CA", folder / f"{issuer}.pem", "-CAkey", folder / f"{issuer}.key"] if issuer else []
    command += ["-addext", "subjectAltName=DNS:localhost"] if name == "server" else []
    subprocess.run(command, check=True, capture_output=True)


class Front(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(holder.cleanup)
        cls.folder = pathlib.Path(holder.name)
        cls.folder.chmod(0o755)
        certificate(cls.folder, "server", "/CN=localhost")
        certificate(cls.folder, "cities", "/CN=Authority of Isfahan")
        certificate(cls.folder, "xian", "/CN=xian", "cities")
        certificate(cls.folder, "stranger", "/CN=xian")
        backend = free_port()
        cls.server = grpc.server(concurrent.futures.ThreadPoolExecutor(2),
                                 options=[("grpc.so_reuseport", 0)])
        cls.server.add_generic_rpc_handlers((Echo(),))
        cls.server.add_insecure_port(f"127.0.0.1:{backend}")
        cls.server.start()
        cls.addClassCleanup(lambda: cls.server.stop(None).wait())
        cls.port = free_port()
        text = (ROOT / "deploy/proxy/nginx.conf").read_text()
        for mark, value in (("PORT", f"127.0.0.1:{cls.port}"), ("BACKEND", f"127.0.0.1:{backend}"),
                            ("CERTIFICATES", cls.folder), ("VERIFY", "on"), ("RUN", cls.folder)):
            text = text.replace(f"@{mark}@", str(value))
        (cls.folder / "nginx.conf").write_text(text)
        nginx = subprocess.Popen(["/usr/sbin/nginx", "-e", "stderr", "-c", cls.folder / "nginx.conf",
                                  "-g", "daemon off;"])
        cls.addClassCleanup(nginx.wait)
        cls.addClassCleanup(nginx.terminate)
        cls.await_port()

    @classmethod
    def await_port(cls):
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", cls.port)).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("nginx did not start")

    def call(self, client=None, method=METHOD, request=b"", metadata=()):
        read = lambda name: (self.folder / name).read_bytes()
        pair = (read(f"{client}.key"), read(f"{client}.pem")) if client else (None, None)
        credentials = grpc.ssl_channel_credentials(read("server.pem"), *pair)
        with grpc.secure_channel(f"localhost:{self.port}", credentials) as channel:
            return channel.unary_unary(method)(request, timeout=10, metadata=metadata)

    def refused(self, code, **how):
        with self.assertRaises(grpc.RpcError) as caught:
            self.call(**how)
        self.assertEqual(caught.exception.code(), code, caught.exception)

    def test_passes_a_partner_city_with_its_certificate(self):
        self.assertEqual(self.call("xian"), b"SUCCESS CN=xian")

    def test_overwrites_what_a_client_claims_to_be(self):
        claimed = (("x-client-subject", "CN=isfahan"),)
        self.assertEqual(self.call("xian", metadata=claimed), b"SUCCESS CN=xian")

    def test_refuses_who_has_no_certificate(self):
        self.refused(grpc.StatusCode.UNAUTHENTICATED)

    def test_refuses_a_certificate_signed_by_a_stranger(self):
        self.refused(grpc.StatusCode.UNAUTHENTICATED, client="stranger")

    def test_hides_reflection(self):
        self.refused(grpc.StatusCode.UNIMPLEMENTED, client="xian",
                     method="/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")

    def test_refuses_a_body_beyond_the_limit(self):
        with self.assertRaises(grpc.RpcError):
            self.call("xian", request=b"x" * 300_000)


if __name__ == "__main__":
    unittest.main()
