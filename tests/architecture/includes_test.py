#!/usr/bin/env python3
"""Holds the arrows of the architecture: reads every #include and refuses those that point the wrong way."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PURE = ("time", "scheduling", "precedence", "ical", "seal", "words")
# Folder -> what its files may never include.
FORBIDDEN = {folder: re.compile(r"grpc|sqlite3|libpq|store/|rpc/|neshast/v1/") for folder in PURE}
SERVICES = ("access", "directory", "search", "library", "sessions", "invitations", "proposals", "links", "agenda",
            "minutes", "documents", "letters", "commitments", "orders", "suggestions", "clockwatch", "changes",
            "mailer", "replies")
ABOVE = "|".join(f"{folder}/" for folder in (*SERVICES, "mail"))
FORBIDDEN |= {"store": re.compile(rf"grpc|rpc/|{ABOVE}"), "rpc": re.compile(rf"sqlite|{ABOVE}")}
for service in SERVICES:
    FORBIDDEN[service] = re.compile(r"grpc|sqlite|libpq")
# Minutes begin when a session is closed, which tells whoever the server says, and knows nothing of them.
FORBIDDEN["sessions"] = re.compile(r"grpc|sqlite|libpq|\bminutes/")
# The forms and ways of mails know nothing of sessions.
FORBIDDEN["mail"] = re.compile(r"grpc|sqlite|libpq|store/|rpc/|neshast/v1/")
# now() in a pure folder: there the time is an argument.
NOW = re.compile(r"absl::Now\(|system_clock::now|\btime\(nullptr\)")
INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]', re.M)


def wrongs():
    for path in sorted((ROOT / "services").rglob("*")):
        if path.suffix not in (".cc", ".h") or path.stem.endswith("_test"):
            continue
        folder = path.relative_to(ROOT / "services").parts[0]
        text = path.read_text()
        if path.parts[-2] == "sqlite":
            pass
        elif "sqlite3" in INCLUDE.findall(text):
            yield f"{path.relative_to(ROOT)}: SQL stands in store/<engine>/ only"
        for included in INCLUDE.findall(text):
            if folder in FORBIDDEN and FORBIDDEN[folder].search(included):
                yield f"{path.relative_to(ROOT)} includes {included}: the arrow points the wrong way"
        if folder in PURE and NOW.search(text):
            yield f"{path.relative_to(ROOT)} asks what time it is: now is an argument"
        if "grpc::Status" in text and folder != "rpc":
            yield f"{path.relative_to(ROOT)} makes a grpc::Status: only rpc/ does"


found = list(wrongs())
print("\n".join(found) or "Every include points the way the architecture says.")
sys.exit(1 if found else 0)
