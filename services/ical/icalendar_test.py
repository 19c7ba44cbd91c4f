#!/usr/bin/env python3
"""Reads our invitations with Python's icalendar and looks for what went into them: one event, one
attendee, the same texts, the same instants by the VTIMEZONE that we wrote and by the system's."""
import datetime
import json
import subprocess
import sys
import zoneinfo

import icalendar


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def wrongs(sample):
    calendar = icalendar.Calendar.from_ical(sample["calendar"])
    events = list(calendar.walk("VEVENT"))
    if len(events) != 1 or len(list(calendar.walk())) > 12:
        yield "components appeared from a text"
    event = events[0]
    if isinstance(event["ATTENDEE"], list) or calendar["METHOD"] != "REQUEST":
        yield "properties appeared from a text"
    # icalendar 4 does not decode RFC 6868, which keeps what it reads plain to compare.
    name = event["ATTENDEE"].params["CN"]
    name = name.replace("^^", "\0").replace("^n", "\n").replace("^'", '"').replace("\0", "^")
    for field, found in (("summary", event["SUMMARY"]), ("description", event["DESCRIPTION"]),
                         ("attendee", name)):
        # It also unescapes twice: texts with a backslash are libical's to judge.
        if "\\" not in sample[field] and str(found) != sample[field]:
            yield f"{field} is {str(found)!r} and should be {sample[field]!r}"
    for field, key in (("starts", "DTSTART"), ("ends", "DTEND")):
        read = event[key].dt
        ours = [zone.to_tz() for zone in calendar.walk("VTIMEZONE")]
        readings = [read.replace(tzinfo=zoneinfo.ZoneInfo(sample["zone"]))] if ours else [read]
        readings += [zone.localize(read.replace(tzinfo=None)) for zone in ours]
        for reading in readings:
            if reading != instant(sample[field]):
                yield f"{field} is {reading} and should be {sample[field]}"


written = subprocess.run([sys.argv[1]], check=True, capture_output=True, text=True).stdout
samples = [json.loads(line) for line in written.splitlines()]
found = [f"{sample['zone']} {sample['starts']} {sample['summary'][:40]!r}: {wrong}"
         for sample in samples for wrong in wrongs(sample)]
print("\n".join(found) or f"{len(samples)} invitations are read as they were written.")
sys.exit(1 if found or len(samples) < 60 else 0)
