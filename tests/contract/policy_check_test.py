#!/usr/bin/env python3
"""The build's check of policies names every method that has a fault, and no other.

policy_check_test.py PATH_OF_POLICY_CHECK PATH_OF_PROTOC
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CHECK = PROTOC = None


def check(folder, *protos):
    with tempfile.NamedTemporaryFile(suffix=".desc") as descriptors:
        subprocess.run([PROTOC, "-I", folder, "-I", ROOT / "proto", "--include_imports",
                        f"--descriptor_set_out={descriptors.name}", *protos], check=True)
        return subprocess.run([CHECK, descriptors.name], capture_output=True, text=True)


class PolicyCheck(unittest.TestCase):
    def test_names_every_method_with_a_fault(self):
        ended = check(HERE, HERE / "faulty_service.proto")
        self.assertEqual(ended.returncode, 1)
        self.assertEqual(re.findall(r"^neshast\.faulty\.FaultyService\.(\w+): ", ended.stderr, re.M),
                         ["WithoutPolicy", "WithoutAction", "WithoutExecution", "OfNoObject",
                          "OfNoText", "OfSeveralTexts", "StreamThatReads"], ended.stderr)

    def test_finds_no_fault_in_the_contract(self):
        ended = check(ROOT / "proto", *sorted((ROOT / "proto/neshast/v1").glob("*.proto")))
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))

    def test_takes_what_is_no_contract_for_a_fault(self):
        self.assertEqual(subprocess.run([CHECK, "/dev/null"], capture_output=True).returncode, 2)


if __name__ == "__main__":
    PROTOC = sys.argv.pop()
    CHECK = sys.argv.pop()
    unittest.main()
