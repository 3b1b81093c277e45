#!/usr/bin/env python3
"""Every rule is listed, has its texts, an example, a source, a bad and a good case of its own, and a row in the manual.

Needs OIDCGEN (the program), RUN_MANY (the one that runs its commands in one process) and SOURCE (the source folder) in
the environment.
"""

import functools
import json
import os
import re
import unittest
from pathlib import Path

import program

SOURCE = Path(os.environ["SOURCE"])

# A descriptor, wherever it stands: `const rule::Rule k_name{ .code = "…", .name = "…", …`.
DESCRIPTOR = re.compile(r'\bRule k_\w+\s*(?:=\s*)?\{\s*\.code = "(OG\d{4})",\s*\.name = "([a-z0-9-]+)"')


@functools.cache
def explain(*arguments):
    done = program.run(SOURCE, "explain", *arguments)
    assert done.status == 0, done.stderr
    return done.stdout


def report(what):
    return json.loads(explain(what, "--format", "json"))


class Rules(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rules = report("all")["rules"]
        cls.names = [rule["name"] for rule in cls.rules]

    def test_codes_and_names_are_unique_and_sorted(self):
        codes = [rule["code"] for rule in self.rules]
        self.assertEqual(codes, sorted(set(codes)))
        self.assertEqual(len(set(self.names)), len(self.names))

    def test_every_descriptor_in_the_sources_is_listed(self):
        written = []
        for file in sorted((SOURCE / "src").rglob("*.cpp")):
            text = file.read_text(encoding="utf-8")
            found = DESCRIPTOR.findall(text)
            self.assertEqual(len(found), len(re.findall(r'\.code = "OG', text)), f"a descriptor of another form in {file}")
            written += found
        self.assertEqual(sorted(written), [(rule["code"], rule["name"]) for rule in self.rules])

    def test_every_rule_is_explained_with_example_and_source(self):
        for rule in self.rules:
            with self.subTest(rule=rule["name"]):
                self.assertRegex(rule["summary"], r"^\S.*[^.]$")
                self.assertGreater(len(rule["why"]), 40)
                examples = [part for part in (rule, *rule["notes"]) if part["bad"] or part["good"]]
                self.assertTrue(examples, "no example")
                for part in examples:
                    self.assertTrue(part["bad"] and part["good"], "one example without the other")
                    self.assertNotEqual(part["bad"].strip(), part["good"].strip())
                sources = [source for part in (rule, *rule["notes"]) for source in part["sources"]]
                self.assertTrue(sources, "no source")
                self.assertTrue(all(source.startswith("https://") for source in sources))

    def test_text_and_json_tell_the_same(self):
        for rule in self.rules:
            with self.subTest(rule=rule["name"]):
                text = explain(rule["code"])
                self.assertEqual(report(rule["name"]), {"format": "oidcgen-rules/1", "rules": [rule]})
                self.assertTrue(text.startswith(f"{rule['code']} {rule['name']} ("))
                for row in rule["consequences"]:
                    self.assertRegex(text.splitlines()[0], rf"\b{row['severity']}: [a-z, -]*\b{row['consequence']}\b")
                for part in (rule, *rule["notes"]):
                    shown = [part[key] for key in ("summary", "why", "text", "ignore") if part.get(key)]
                    shown += [f"See {source}" for source in part["sources"]]
                    shown += [f"    {line}" for key in ("bad", "good") for line in (part[key] or "").split("\n") if line]
                    for piece in shown:
                        self.assertIn(piece, text)

    def test_table_has_every_rule(self):
        rows = [line.split(None, 2) for line in explain("all").splitlines()]
        shown = [[rule["code"], rule["consequences"][0]["severity"], f"{rule['name']}: {rule['summary']}"] for rule in self.rules]
        self.assertEqual(rows, shown)

    def test_the_manual_has_a_row_for_every_rule(self):
        manual = (SOURCE / "man" / "oidcgen-rules.7").read_text(encoding="utf-8").replace("\\-", "-")
        for rule in self.rules:
            with self.subTest(rule=rule["name"]):
                head = explain(rule["code"]).splitlines()[0].split(" ", 2)[2]
                self.assertIn(f"{rule['code']} {rule['name']}\n{head}\n", manual)


if __name__ == "__main__":
    unittest.main()
