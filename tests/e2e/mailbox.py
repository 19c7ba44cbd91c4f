"""A mailbox of a test: Dovecot on loopback, into which mails are laid as a mail server would."""
import grp
import os
import pathlib
import pwd
import socket
import subprocess
import tempfile
import threading
import time

from front_test import free_port

ROOTLESS = """
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
"""
CONFIGURATION = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
mail_location = maildir:{folder}/mail
first_valid_uid = 1
service imap-login {{
  {chroot}
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  {chroot}
}}
passdb {{
  driver = static
  args = password=rose
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}
}}
"""


class Mailbox:
    def __init__(self, add_cleanup):
        holder = tempfile.TemporaryDirectory()
        add_cleanup(holder.cleanup)
        self.folder, self.port, self.count = pathlib.Path(holder.name), free_port(), 0
        self.process = None
        is_root = os.getuid() == 0
        self.user = pwd.getpwnam("nobody") if is_root else pwd.getpwuid(os.getuid())
        os.chmod(self.folder, 0o755)
        (self.folder / "run").mkdir()
        for each in ("mail", "mail/new", "mail/cur", "mail/tmp"):
            (self.folder / each).mkdir()
            self.give_away(self.folder / each)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                        "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
                        "subjectAltName=IP:127.0.0.1", "-keyout", self.folder / "server.key",
                        "-out", self.folder / "server.pem"], check=True, capture_output=True)
        (self.folder / "password").write_text("rose\n")
        names = dict(folder=self.folder, port=self.port, user=self.user.pw_name,
                     group=grp.getgrgid(self.user.pw_gid).gr_name, chroot="" if is_root else "chroot =")
        (self.folder / "dovecot.conf").write_text(
            (CONFIGURATION + ("" if is_root else ROOTLESS)).format(**names))
        add_cleanup(self.stop)

    def flags(self, port=None):
        """Of a neshastd that reads it."""
        return ("--mail-intake", f"imap://127.0.0.1:{port or self.port}/INBOX",
                "--mail-intake-user", "reply", "--mail-intake-password-file", self.folder / "password",
                "--mail-intake-ca-file", self.folder / "server.pem", "--mail-intake-interval", "1")

    def start(self):
        self.process = subprocess.Popen(["/usr/sbin/dovecot", "-F", "-c", self.folder / "dovecot.conf"])
        until = time.monotonic() + 30
        while True:
            try:
                return socket.create_connection(("127.0.0.1", self.port)).close()
            except OSError:
                if time.monotonic() > until:
                    raise RuntimeError((self.folder / "log").read_text())
                time.sleep(0.05)

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None

    # Dovecot serves no mailbox of root.
    def give_away(self, path):
        os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def put(self, mail):
        """A mail that arrives, with the line ends of mail."""
        self.count += 1
        draft = self.folder / f"mail/tmp/{self.count:06}.x.mail"
        draft.write_bytes(mail.replace("\n", "\r\n").encode() if isinstance(mail, str) else mail)
        self.give_away(draft)
        draft.rename(self.folder / "mail/new" / draft.name)

    def unseen(self):
        """How many mails nobody has taken."""
        seen = sum("S" in path.name.partition(":2,")[2] for path in (self.folder / "mail/cur").iterdir())
        return self.count - seen


class SlowRoad:
    """A way to a port on which what the client says travels for a while."""

    def __init__(self, add_cleanup, to, seconds):
        self.to, self.seconds = to, seconds
        self.listener = socket.create_server(("127.0.0.1", free_port()))
        self.port = self.listener.getsockname()[1]
        add_cleanup(self.listener.close)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client = self.listener.accept()[0]
                server = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                return
            for here, there, pause in ((client, server, self.seconds), (server, client, 0)):
                threading.Thread(target=self.carry, args=(here, there, pause), daemon=True).start()

    def carry(self, here, there, pause):
        try:
            while octets := here.recv(65536):
                time.sleep(pause)
                there.sendall(octets)
        except OSError:
            pass
        for each in (here, there):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        here.close()
