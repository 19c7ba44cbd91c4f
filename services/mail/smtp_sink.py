#!/usr/bin/python3
"""An SMTP server on loopback that keeps what it is given and fails as the recipient's name says.

    smtp_sink.py LOG [--certificate PEM] [--tls] [--password PASSWORD]

Prints its port once it listens. LOG gets one JSON object a line: {"command": "RCPT", "argument": "..."}
for each command, {"mail": {...}} for each mail that it took. With a certificate it offers STARTTLS, or,
with --tls, speaks TLS from the first octet. With a password the user "neshast" must log in.
"""
import argparse
import asyncio
import email
import email.policy
import json
import socket
import ssl

from aiosmtpd.smtp import SMTP, AuthResult

AT_RECIPIENT = {
    "unknown": "550 5.1.1 No such user",
    "full": "452 4.2.2 Mailbox full",
    "greylisted": "451 4.7.1 Come back later",
}
AT_END = {"spam": "554 5.7.1 Refused as spam", "busy": "451 4.3.0 Try again"}


class Sink(SMTP):
    """Writes each command down before it is carried out."""

    log = None

    async def smtp_MAIL(self, argument):
        self.log({"command": "MAIL", "argument": argument})
        if "banned" in argument:
            return await self.push("550 5.7.1 Sender refused")
        await super().smtp_MAIL(argument)

    async def smtp_RCPT(self, argument):
        self.log({"command": "RCPT", "argument": argument})
        await super().smtp_RCPT(argument)

    async def smtp_DATA(self, argument):
        self.log({"command": "DATA", "argument": argument or ""})
        await super().smtp_DATA(argument)


class Handler:
    def __init__(self, log):
        self.log = log

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name in AT_RECIPIENT:
            return AT_RECIPIENT[name]
        if name == "dies-early":
            server.transport.abort()
        if name == "stalls-early":
            await asyncio.sleep(3600)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0]
        if name in AT_END:
            return AT_END[name]
        if name == "dies-before-keeping":
            server.transport.abort()
            return "250 never arrives"
        self.keep(envelope)
        if name == "dies-after-keeping":
            server.transport.abort()
        if name == "stalls-at-the-end":
            await asyncio.sleep(3600)
        return "250 2.0.0 Kept"

    def keep(self, envelope):
        mail = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        to = mail["to"].addresses
        parts = [{"type": part.get_content_type(), "method": part.get_param("method", ""),
                  "name": part.get_filename() or "", "text": part.get_payload(decode=True).decode("utf-8", "replace")}
                 for part in mail.walk() if not part.is_multipart()]
        self.log({"mail": {
            "sender": envelope.mail_from, "recipients": envelope.rcpt_tos, "headers": sorted(mail.keys()),
            "to": [each.addr_spec for each in to], "name": to[0].display_name, "subject": mail["subject"],
            "id": mail["message-id"], "parts": parts}})


def listen():
    """Below the ephemeral range, where no client's port is in the way."""
    for port in range(22000, 32000):
        held = socket.socket()
        try:
            held.bind(("127.0.0.1", port))
            held.listen()
            return held
        except OSError:
            held.close()
    raise RuntimeError("no free port")


async def main():
    options = argparse.ArgumentParser()
    options.add_argument("log")
    options.add_argument("--certificate")
    options.add_argument("--tls", action="store_true")
    options.add_argument("--password")
    given = options.parse_args()
    with open(given.log, "a", encoding="utf-8") as file:
        def log(entry):
            print(json.dumps(entry, ensure_ascii=False), file=file, flush=True)

        Sink.log = staticmethod(log)
        context = None
        if given.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(given.certificate)

        def authenticate(server, session, envelope, mechanism, data):
            known = (data.login, data.password) == (b"neshast", given.password.encode())
            return AuthResult(success=known, handled=False)

        def connection():
            return Sink(Handler(log), hostname="sink.example", ident="Sink",
                        tls_context=None if given.tls else context,
                        auth_required=bool(given.password), auth_require_tls=not given.tls,
                        authenticator=authenticate if given.password else None)

        held = listen()
        server = await asyncio.get_running_loop().create_server(
            connection, sock=held, ssl=context if given.tls else None)
        print(held.getsockname()[1], flush=True)
        await server.serve_forever()


asyncio.run(main())
