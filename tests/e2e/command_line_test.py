#!/usr/bin/env python3
"""The office's bookings by command line: ranked hours, told in words, booked in one command.

command_line_test.py PATH_OF_NESHASTD PATH_OF_NESHAST
"""
import datetime
import json
import os
import pathlib
import pty
import re
import subprocess
import sys
import tempfile
import time
import unittest

import yaml

from front_test import free_port

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVER = None
CLI = None
NEXT_YEAR = datetime.date.today().year + 1
SISTERS = ("--network", "sister-cities", "--people", "mayor-of-{city}")
ECO = ("--network", "eco-mayors", "--people", "mayor-of-{city}")
ECO_CITIES = ("Isfahan", "Kabul", "Baku", "Astana", "Bishkek", "Islamabad", "Dushanbe", "Ankara",
              "Ashgabat", "Tashkent")
CLOCK = r"\d\d:\d\d"
SOLAR_HIJRI = r"1[45]\d\d/\d\d/\d\d"


def window(month):
    """A window of three weeks, for each test its own: no test takes another's hours."""
    return ("--from", f"{NEXT_YEAR}-{month:02}-02", "--until", f"{NEXT_YEAR}-{month:02}-22")


def start_server(case, data):
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
        loaded = cls.neshast("directory", "load", str(directory))
        if loaded.returncode != 0:
            raise RuntimeError(loaded.stderr)

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

    def looks_at_every_city(self, text, cities):
        for city in cities:
            self.assertRegex(text, rf"(?m)^ *{re.escape(city)} .*{CLOCK} .*(office hours|edge|early|"
                                   "late|hard|night)")


class Bookings(CommandLine):
    def test_the_mayors_dialogue_is_booked_from_the_best_suggestion(self):
        text = self.told("session", "suggest", "--city", "isfahan=mayor-of-isfahan",
                         "--city", "xian=mayor-of-xian", "--duration", "90m", "--interpret", "fa-zh",
                         *window(2), "--kind", "mayors-dialogue", "--title", "en=Mayors' dialogue",
                         "--title", "fa=گفت‌وگوی شهرداران", "--book", "1")
        ranked, _, booked = text.partition("\nMayors' dialogue\n")
        self.assertRegex(ranked, rf"(?m)^1\. \w+day \d+ \w+ {NEXT_YEAR} \({SOLAR_HIJRI}\), {CLOCK} "
                                 "in Isfahan, 90 minutes$")
        self.assertRegex(ranked, r"(?m)^2\. ")
        self.assertIn("Better than the next: ", ranked)
        self.looks_at_every_city(ranked, ("Isfahan", "Xi'an"))
        self.looks_at_every_city(booked, ("Isfahan", "Xi'an"))
        self.assertRegex(booked, rf"Isfahan .*{CLOCK}  {SOLAR_HIJRI}")
        self.assertIn("mayors-dialogue, confirmed", booked)
        self.assertRegex(booked, r"Interpreters: .*Chinese.*Chinese")

    def test_the_expert_session_with_st_petersburg_is_booked(self):
        text = self.told("session", "suggest", "--city",
                         "isfahan=expert-epidemiology-isfahan,expert-foreign-isfahan",
                         "--city", "st-petersburg=expert-epidemiology-petersburg", "--duration", "2h",
                         "--interpret", "fa-ru:2", "--quorum", "crisis-medicine:4", *window(2),
                         "--kind", "expert-session", "--title", "en=Medicine in a crisis",
                         "--book", "1")
        self.assertRegex(text, r"Quorum of crisis-medicine: \d of 6 can come, 4 are needed\.")
        booked = text.partition("\nMedicine in a crisis\n")[2]
        self.looks_at_every_city(booked, ("Isfahan", "St Petersburg"))
        self.assertRegex(booked, rf"(?m)^Isfahan .*{SOLAR_HIJRI}")
        self.assertRegex(booked, r"Interpreters: .*Russian.*Russian")

    def test_the_summit_of_the_ten_eco_cities_is_booked(self):
        self.told("series", "create", "eco-mayors", "--title", "en=Mayors of the ECO")
        text = self.told("session", "suggest", *ECO, "--duration", "2h", "--series", "eco-mayors",
                         *window(5), "--kind", "summit", "--title", "en=Summit of the ECO",
                         "--book", "1")
        ranked, _, booked = text.partition("\nSummit of the ECO\n")
        self.looks_at_every_city(ranked, ECO_CITIES)
        self.looks_at_every_city(booked, ECO_CITIES)
        self.assertRegex(booked, rf"(?m)^Isfahan .*{SOLAR_HIJRI}")
        # Whose time is not known is told as unknown, never as free.
        self.assertRegex(ranked, "Unknown: .*Mayor of Kabul.* if they turn out to be free")

    def test_a_booked_session_is_shown_on_the_clock_of_the_city_that_asks(self):
        session = self.json("session", "suggest", "--city", "isfahan=mayor-of-isfahan",
                            "--city", "xian=mayor-of-xian", *window(8), "--kind", "working-meeting",
                            "--title", "en=Officers", "--book", "1")
        there = next(each for each in session["burdens"] if each["city"] == "cities/xian")
        clock = there["start_time"]["local_time"][11:16]
        text = self.told("session", "list", "--city", "xian", *window(8))
        self.assertRegex(text, r"LOCAL TIME \(Xi'an\)")
        self.assertRegex(text, rf"{session['name'].split('/')[1]} .*{NEXT_YEAR} {clock} .*Officers")

    def test_suggestions_are_held_and_a_hold_becomes_a_session(self):
        people = ("--city", "isfahan=mayor-of-isfahan", "--city", "florence=mayor-of-florence")
        holds = self.json("session", "suggest", *people, *window(9), "--hold", "1,2",
                          "--expires", "24h")["holds"]
        self.assertEqual(len(holds), 2)
        listed = self.told("hold", "list")
        first, second = (hold["name"].split("/")[1] for hold in holds)
        self.assertIn(second, listed)
        text = self.told("session", "book", "--hold", first, *people, "--kind", "working-meeting",
                         "--title", "en=Held and booked")
        self.looks_at_every_city(text, ("Isfahan", "Florence"))
        self.told("hold", "release", second)
        self.assertNotIn(second, self.told("hold", "list"))
        self.told("session", "book", "--hold", second, *people, "--kind", "working-meeting",
                  "--title", "en=Too late", code=4)

    def test_a_session_is_moved_to_a_suggestion_and_leaves_a_tombstone(self):
        session = self.json("session", "book", "--city", "isfahan=mayor-of-isfahan", "--city",
                            "barcelona=mayor-of-barcelona", "--at", f"{NEXT_YEAR}-10-05T22:30",
                            "--kind", "working-meeting", "--title", "en=Too late an hour")
        text = self.told("session", "suggest", "--move", session["name"], *window(10), "--book", "1",
                         "--reason", "A better hour")
        self.assertRegex(text, r"Moved at .* from \w+ 5 Oct \d+ 22:30 Asia/Tehran, 1 hour: A better")


class WhereNothingSuitsAll(CommandLine):
    def test_the_fourteen_sister_cities_are_told_that_no_hour_suits_all_and_which_it_fails(self):
        text = self.told("session", "suggest", *SISTERS, *window(2))
        self.assertRegex(text, r"No hour is inside office hours in all 14 cities\. At best 1\d of 14 "
                               rf"are, at {CLOCK}[^;.]* UTC, outside then: .*Havana.*\.")
        self.looks_at_every_city(text, ("Havana", "Kuala Lumpur", "Xi'an"))

    def test_what_blocks_office_hours_everywhere_is_named_with_what_would_help(self):
        text = self.told("session", "suggest", *SISTERS, *window(2), "--max-level", "0", code=8)
        self.assertIn("No hour fits.", text)
        self.assertIn("harder than a city may bear", text)
        self.assertRegex(text, r"would fit but for this: .*too hard for Havana")
        self.assertRegex(text, rf"What would help:\n- .* {CLOCK} in Isfahan fits .*--limit havana=\d")
        self.assertNotIn("unavailable", text.lower())

    def test_what_would_help_does_help(self):
        asked = ("session", "suggest", *SISTERS, *window(2), "--max-level", "0")
        text = self.told(*asked, code=8)
        line = next(each for each in text.split("What would help:\n")[1].splitlines()
                    if "--limit" in each)
        limits = re.findall(r"\((--limit) (\S+)\)", line)
        self.told(*asked, *(word for limit in limits for word in limit))

    def test_nothing_is_booked_where_nothing_fits(self):
        self.told("session", "suggest", *SISTERS, *window(2), "--max-level", "0", "--kind", "summit",
                  "--title", "en=Never", "--book", "1", code=8)
        self.assertNotIn("Never", self.told("session", "list", *window(2)))


class HowItEnds(CommandLine):
    def test_wrong_usage_ends_with_2_before_anything_is_called(self):
        text = self.told("session", "sugest", code=2, NESHAST_SERVER="127.0.0.1:1")
        self.assertIn("There is no `neshast session sugest`, but: suggest, book", text)
        self.told("session", "suggest", code=2)
        self.told("session", "suggest", *ECO, "--book", "1", code=2)

    def test_invalid_input_ends_with_3_and_names_every_field(self):
        text = self.told("session", "book", "--kind", "summit", "--title", "en=Past", "--city",
                         "isfahan", "--at", "yesterday", "--duration", "5m", code=3)
        self.assertIn("session.start_time.local_time", text)
        self.assertIn("session.duration", text)

    def test_what_is_not_there_ends_with_4_and_where_to_look(self):
        self.assertIn("neshast session list", self.told("session", "show", "never-booked", code=4))
        self.assertIn("neshast city list", self.told("city", "show", "atlantis", code=4))
        self.told("session", "suggest", "--network", "hanseatic-league", code=4)

    def test_a_conflict_ends_with_5_and_says_who_is_booked_and_what_to_do(self):
        booking = ("session", "book", "--kind", "working-meeting", "--title", "en=Officers",
                   "--city", "isfahan=mayor-of-isfahan", "--at", f"{NEXT_YEAR}-11-03T11:00")
        self.told(*booking)
        text = self.told(*booking, code=5)
        self.assertIn("mayor-of-isfahan", text)
        self.assertIn("neshast session suggest", text)

    def test_without_permission_it_ends_with_6_and_says_whom_to_ask(self):
        text = self.told("series", "create", "mine", "--title", "en=Mine", code=6,
                         NESHAST_TOKEN_FILE=str(self.data / "auditor.token"))
        self.assertIn("neshast whoami", text)
        self.assertIn("--token-file", self.told("city", "list", code=6, NESHAST_TOKEN="nst_pat_no"))

    def test_without_a_server_it_ends_with_7_and_says_how_to_start_one(self):
        text = self.told("city", "list", code=7, NESHAST_SERVER="127.0.0.1:1")
        self.assertIn("No server answers at 127.0.0.1:1", text)
        self.assertIn("deploy/up", text)


class HowItLooks(CommandLine):
    LISTS = (("city", "list"), ("person", "list"), ("organization", "list"), ("network", "list"),
             ("group", "list"), ("session", "list"), ("hold", "list"), ("sync",), ("whoami",),
             ("city", "show", "xian"), ("person", "show", "mayor-of-xian"),
             ("network", "show", "eco-mayors"), ("group", "show", "crisis-medicine"))

    def test_every_answer_is_one_document_in_json_and_the_same_in_yaml(self):
        for command in self.LISTS + (("session", "suggest", *ECO, *window(3)),):
            with self.subTest(command):
                as_json = self.json(*command)
                as_yaml = yaml.safe_load(self.told(*command, "--output", "yaml"))
                self.assertEqual(as_json, as_yaml)

    def test_every_answer_is_a_table_by_default(self):
        for command in self.LISTS:
            with self.subTest(command):
                self.assertNotIn("{", self.told(*command))

    def test_an_auditor_verifies_the_log(self):
        auditor = str(self.data / "auditor.token")
        self.assertIn("The log holds", self.told("log", "verify", "--token-file", auditor))

    def test_an_administrator_makes_and_ends_a_token_that_works(self):
        os.environ.pop("NESHAST_TOKEN", None)
        admin = {"NESHAST_TOKEN_FILE": str(self.data / "administrator.token")}
        self.told("principal", "create", "xian-secretary", "--role", "delegation-secretary", "--city",
                  "xian", "--display-name", "Secretary of Xi'an", **admin)
        made = self.json("token", "create", "--principal", "xian-secretary", "--lasts", "1d", **admin)
        self.assertIn("delegation-secretary", self.told("whoami", NESHAST_TOKEN=made["secret"]))
        self.told("token", "revoke", made["token"]["name"], **admin)
        self.told("whoami", NESHAST_TOKEN=made["secret"], code=6)
        self.assertIn("disabled", self.told("principal", "disable", "xian-secretary", **admin))

    def on_a_terminal(self, **environment):
        """What `session suggest` prints where standard output is a terminal."""
        main, other = pty.openpty()
        run = subprocess.Popen([CLI, "session", "suggest", *ECO, "--top", "1"], stdout=other,
                               env={**self.environment, "TERM": "xterm", **environment})
        os.close(other)
        text = b""
        try:
            while part := os.read(main, 4096):
                text += part
        except OSError:  # The other end is closed.
            pass
        os.close(main)
        self.assertEqual(run.wait(), 0)
        return text.decode()

    def test_colours_stand_on_a_terminal_only_and_never_with_no_color(self):
        self.assertIn("\033[", self.on_a_terminal())
        self.assertNotIn("\033[", self.on_a_terminal(NO_COLOR="1"))
        self.assertNotIn("\033[", self.on_a_terminal(TERM="dumb"))
        self.assertNotIn("\033[", self.told("session", "suggest", *ECO))

    def test_every_command_has_help_and_the_exit_codes_stand_in_it(self):
        self.assertRegex(self.told("--help"), r"Exit codes: 0 done.*\n.*8 no hour fits")
        for noun in ("session", "hold", "series", "city", "person", "token", "profile"):
            self.assertIn("Subcommands:", self.told(noun, "--help"))
        self.assertIn("Examples:", self.told("session", "suggest", "--help"))


class Settings(CommandLine):
    def configure(self, text):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        folder = pathlib.Path(holder.name) / "neshast"
        folder.mkdir()
        (folder / "config.ini").write_text(text)
        return {"XDG_CONFIG_HOME": holder.name, "NESHAST_SERVER": None, "NESHAST_TOKEN_FILE": None}

    def test_a_flag_counts_before_the_environment_before_the_profile(self):
        officer, auditor = self.data / "officer.token", self.data / "auditor.token"
        home = self.configure(f"[isfahan]\nserver = {self.address}\ntoken-file = {officer}\n"
                              f"[nowhere]\nserver = 127.0.0.1:1\ntoken-file = {auditor}\n")
        self.assertIn("officer", self.told("whoami", "--profile", "isfahan", **home))
        self.assertIn("officer", self.told("whoami", **{**home, "NESHAST_PROFILE": "isfahan"}))
        self.told("whoami", "--profile", "nowhere", **home, code=7)
        environment = {**home, "NESHAST_SERVER": self.address}
        self.assertIn("auditor", self.told("whoami", "--profile", "nowhere", **environment))
        self.assertIn("officer", self.told("whoami", "--profile", "nowhere", **{
            **environment, "NESHAST_TOKEN": officer.read_text().strip()}))
        self.assertIn("auditor", self.told("whoami", "--token-file", str(auditor), **{
            **environment, "NESHAST_TOKEN": officer.read_text().strip()}))
        self.told("whoami", "--server", "127.0.0.1:1", **environment, code=7)

    def test_the_default_profile_needs_no_choosing_and_an_unknown_one_is_refused(self):
        home = self.configure(f"[default]\nserver = {self.address}\n"
                              f"token-file = {self.data / 'officer.token'}\n")
        self.assertIn("officer", self.told("whoami", **home))
        self.assertIn(self.address, self.told("profile", "list", **home))
        self.assertIn("no profile moon", self.told("whoami", "--profile", "moon", **home, code=2))

    def test_a_token_file_that_others_can_read_is_warned_of(self):
        open_file = self.data / "open.token"
        open_file.write_text((self.data / "officer.token").read_text())
        open_file.chmod(0o644)
        self.assertIn("chmod 600", self.neshast("whoami", "--token-file", str(open_file)).stderr)
        open_file.chmod(0o600)
        self.assertEqual(self.neshast("whoami", "--token-file", str(open_file)).stderr, "")


class Completion(unittest.TestCase):
    def complete(self, line):
        words = line.split(" ")
        script = ('source <("$1" completion bash); shift; COMP_WORDS=("$@"); '
                  'COMP_CWORD=$(($# - 1)); _neshast; printf "%s\\n" "${COMPREPLY[@]}"')
        run = subprocess.run(["bash", "-c", script, "bash", CLI, *words], capture_output=True,
                             text=True, check=True)
        self.assertEqual(run.stderr, "")
        return run.stdout.split()

    def test_bash_completes_nouns_verbs_options_and_their_values(self):
        self.assertEqual(self.complete("neshast session su"), ["suggest"])
        self.assertEqual(self.complete("neshast sess"), ["session"])
        self.assertIn("--interpret", self.complete("neshast session suggest --"))
        self.assertEqual(self.complete("neshast session suggest --kind su"), ["summit"])
        self.assertEqual(self.complete("neshast --output y"), ["yaml"])

    def test_every_shell_gets_a_script(self):
        for shell, mark in (("bash", "complete -o default -F"), ("zsh", "#compdef neshast"),
                            ("fish", "complete -c neshast")):
            run = subprocess.run([CLI, "completion", shell], capture_output=True, text=True, check=True)
            self.assertIn(mark, run.stdout)


if __name__ == "__main__":
    SERVER, CLI = (str(pathlib.Path(sys.argv.pop(1)).resolve()) for _ in range(2))
    unittest.main()
