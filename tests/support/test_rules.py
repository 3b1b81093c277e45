#!/usr/bin/env python3
"""Every rule has its texts, a source, and a row in the manual and in the README."""

import os
import subprocess
import unittest
from pathlib import Path

OIDCGEN = os.environ["OIDCGEN"]
SOURCE = Path(os.environ["SOURCE"])


def explain(what):
    return subprocess.run([OIDCGEN, "explain", what], capture_output=True, check=True, text=True, timeout=60).stdout


class Rules(unittest.TestCase):
    def setUp(self):
        self.rows = [line.split(None, 2) for line in explain("all").splitlines()]
        self.names = [row[2].split(":", 1)[0] for row in self.rows]

    def test_codes_and_names_are_unique_and_sorted(self):
        codes = [row[0] for row in self.rows]
        self.assertEqual(codes, sorted(set(codes)))
        self.assertEqual(len(set(self.names)), len(self.names))

    def test_every_rule_is_explained_with_a_source(self):
        for name in self.names:
            with self.subTest(rule=name):
                text = explain(name)
                head, bad = text.split("\nBad:\n", 1)
                bad, good = bad.split("\nGood:\n", 1)
                good = good.split("\nWhen to ignore:", 1)[0]
                self.assertGreater(len(head.split("\n\n", 1)[1].strip()), 40)
                self.assertTrue(bad.strip())
                self.assertTrue(good.strip())
                self.assertNotEqual(bad.strip(), good.strip())
                self.assertIn("See https://", text)

    def test_the_manual_has_a_row_for_every_rule(self):
        manual = (SOURCE / "man" / "oidcgen-rules.7").read_text(encoding="utf-8").replace("\\-", "-")
        for row, name in zip(self.rows, self.names):
            with self.subTest(rule=name):
                self.assertIn(f"{row[0]} {name}\n", manual)

    def test_the_readme_has_a_row_for_every_rule(self):
        readme = (SOURCE / "README.md").read_text(encoding="utf-8")
        for row, name in zip(self.rows, self.names):
            with self.subTest(rule=name):
                summary = row[2].split(": ", 1)[1].replace("|", "\\|")
                self.assertIn(f"| {row[0]} | `{name}` | {summary} | {row[1]} |\n", readme)


if __name__ == "__main__":
    unittest.main()
