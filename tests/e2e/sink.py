"""A mail server of a test: it keeps what it took."""
import json
import pathlib
import subprocess
import tempfile

from served import ROOT


def start_sink(add_cleanup):
    """The port of a new one, and how to read the mails that it took."""
    folder = tempfile.TemporaryDirectory()
    add_cleanup(folder.cleanup)
    log = pathlib.Path(folder.name) / "log"
    program = subprocess.Popen(["/usr/bin/python3", ROOT / "services/mail/smtp_sink.py", log],
                               stdout=subprocess.PIPE, text=True)
    add_cleanup(program.stdout.close)
    add_cleanup(program.wait)
    add_cleanup(program.kill)
    port = int(program.stdout.readline())
    # The last line may be in the writing.
    entries = lambda: [json.loads(line) for line in log.read_text().split("\n")[:-1]]
    return port, lambda: [entry["mail"] for entry in entries() if "mail" in entry]
