#!/usr/bin/env python3
"""Orders of precedence by command line: arranged, locked, kept for a substitute, and told in words.

command_line_orders_test.py PATH_OF_NESHASTD PATH_OF_NESHAST
"""
import unittest

from command_line import ECO, NEXT_YEAR, CommandLine

IN_ENGLISH = ["Ankara", "Ashgabat", "Astana", "Baku", "Bishkek", "Dushanbe", "Isfahan", "Islamabad",
              "Kabul", "Tashkent"]


class Orders(CommandLine):
    day = 0

    def setUp(self):
        """A draft of the ten on a day of its own."""
        type(self).day += 1
        session = self.json("session", "book", *ECO, "--at", f"{NEXT_YEAR}-10-{self.day:02}T11:30",
                            "--kind", "summit", "--title", "en=Summit of the ECO", "--draft")
        self.session = session["name"].split("/")[1]

    def order(self, verb, kind, *more, **expected):
        return self.told("order", verb, self.session, kind, *more, **expected)

    def cities(self, text):
        """In the order of the places."""
        rows = [line.split() for line in text.splitlines()]
        return [row[1] for row in rows if row and row[0].isdigit()]

    def test_the_ten_stand_by_an_alphabet_and_the_reasons_are_told(self):
        text = self.order("arrange", "speaking", "--by", "alphabet=en")
        self.assertEqual(self.cities(text), IN_ENGLISH)
        self.assertIn("By alphabet=en; not locked.", text)
        self.assertIn("Ankara before Ashgabat in the alphabet", text)
        hosted = self.order("arrange", "speaking", "--by", "host-first", "--by", "alphabet=en")
        self.assertEqual(self.cities(hosted)[0], "Isfahan")
        self.assertIn("the host is first", hosted)
        self.assertEqual(self.cities(self.order("show", "speaking")), self.cities(hosted))

    def test_a_locked_order_is_kept_until_it_is_unlocked(self):
        self.order("arrange", "screen", "--by", "alphabet=en")
        self.assertIn("By alphabet=en; locked.", self.order("lock", "screen"))
        refused = self.order("arrange", "screen", "--by", "lots=1 December", code=5)
        self.assertIn("neshast order unlock", refused)
        self.order("unlock", "screen")
        drawn = self.order("arrange", "screen", "--by", "lots=1 December")
        self.assertIn("the lesser lot: ", drawn)
        self.assertRegex(drawn, "On the screen, from the viewer's left: .*Isfahan")

    def test_a_head_who_is_named_and_replaced_has_the_locked_place(self):
        self.order("arrange", "speaking", "--by", "alphabet=en")
        self.order("lock", "speaking")
        self.told("delegation", "name", self.session, "--city", "isfahan", "--seat",
                  "head=mayor-of-isfahan")
        named = self.order("show", "speaking")
        self.assertEqual(self.cities(named), IN_ENGLISH)
        self.assertRegex(named, "now has place 7 for Isfahan")
        self.order("lock", "speaking")
        self.told("delegation", "substitute", self.session, "mayor-of-isfahan",
                  "expert-foreign-isfahan", "--city", "isfahan")
        self.assertRegex(self.order("show", "speaking"), "has taken the place of .* for Isfahan")

    def test_what_is_no_rule_and_what_a_rule_lacks_are_told(self):
        self.assertIn("alphabet=LANGUAGE", self.order("arrange", "screen", "--by", "age", code=2))
        self.assertIn("rotation=NUMBER",
                      self.order("arrange", "screen", "--by", "rotation=x", code=2))
        lacking = self.order("arrange", "screen", "--by", "alphabet", "--by", "lots", code=3)
        self.assertIn("criteria[0].language", lacking)
        self.assertIn("criteria[1].seed", lacking)
        self.assertIn("neshast order arrange", self.order("show", "screen", code=4))

    def test_two_are_each_first_in_their_own_copy(self):
        session = self.json("session", "book", "--city", "isfahan", "--city", "xian", "--at",
                            f"{NEXT_YEAR}-09-01T11:30", "--kind", "mayors-dialogue", "--title",
                            "en=Dialogue", "--draft")
        text = self.told("order", "arrange", session["name"].split("/")[1], "signature")
        self.assertIn("In the copy of Isfahan: Isfahan and Xi'an", text)
        self.assertIn("In the copy of Xi'an: Xi'an and Isfahan", text)


if __name__ == "__main__":
    unittest.main()
