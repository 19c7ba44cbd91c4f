#!/usr/bin/env python3
"""How `neshast` behaves: exit codes, documents, colours, settings, completion.

command_line_shape_test.py PATH_OF_NESHASTD PATH_OF_NESHAST
"""
import os
import pathlib
import pty
import subprocess
import tempfile
import unittest

import yaml

from command_line import CLI, ECO, NEXT_YEAR, CommandLine, window


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
             ("group", "list"), ("session", "list"), ("hold", "list"), ("mail", "list"), ("reply", "list"),
             ("document", "list"), ("letter", "list"), ("commitment", "list"),
             ("sync",), ("whoami",), ("city", "show", "xian"),
             ("person", "show", "mayor-of-xian"), ("network", "show", "eco-mayors"), ("group", "show", "crisis-medicine"))

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
        for noun in ("session", "hold", "mail", "invitation", "reply", "series", "city", "person", "token", "profile"):
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
        self.assertEqual(self.complete("neshast document create --kind mem"), ["memorandum"])
        self.assertEqual(self.complete("neshast --output y"), ["yaml"])

    def test_every_shell_gets_a_script(self):
        for shell, mark in (("bash", "complete -o default -F"), ("zsh", "#compdef neshast"),
                            ("fish", "complete -c neshast")):
            run = subprocess.run([CLI, "completion", shell], capture_output=True, text=True, check=True)
            self.assertIn(mark, run.stdout)


if __name__ == "__main__":
    unittest.main()
