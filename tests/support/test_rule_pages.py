"""tools/rule-pages writes a page for each rule, with what `explain` says of it, and links that lead somewhere.

Needs OIDCGEN (the program), RUN_MANY (the one that runs its commands in one process) and SOURCE (the source folder) in
the environment.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import program

SOURCE = Path(os.environ["SOURCE"])


def written(folder: Path) -> dict[str, str]:
    subprocess.run([sys.executable, "-B", SOURCE / "tools/rule-pages", program.OIDCGEN, folder], check=True)
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}


class RulePages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory(prefix="oidcgen-test-")
        cls.addClassCleanup(holder.cleanup)
        cls.top = Path(holder.name)
        cls.pages = written(cls.top / "made" / "pages")
        cls.rules = json.loads(program.run(SOURCE, "explain", "all", "--format", "json").stdout)["rules"]

    def test_a_page_for_each_rule_and_a_list(self):
        self.assertEqual(self.pages.keys(), {"README.md", *(f"{rule['name']}.md" for rule in self.rules)})

    def test_pages_say_what_explain_says(self):
        for rule in self.rules:
            with self.subTest(rule=rule["name"]):
                page = program.run(SOURCE, "explain", rule["name"], "--format", "markdown").stdout
                self.assertEqual(self.pages[f"{rule['name']}.md"], page + "\n[All rules](README.md)\n")

    def test_list_is_sorted_by_code_and_leads_to_every_page(self):
        rows = re.findall(r"^\| (OG\d{4}) \| \[([a-z0-9-]+)\]\(\2\.md\) \| (.*?) \| (.+) \|$", self.pages["README.md"], re.M)
        self.assertEqual([row[:2] for row in rows], [(rule["code"], rule["name"]) for rule in self.rules])
        self.assertEqual(rows, sorted(rows))
        for (_, _, severities, _), rule in zip(rows, self.rules):
            self.assertEqual(set(severities.split(", ")), {row["severity"] for row in rule["consequences"]})

    def test_rows_have_four_cells(self):
        for row in self.pages["README.md"].splitlines()[2:]:
            self.assertEqual(len(re.findall(r"(?<!\\)\|", row)), 5, row)

    def test_links_lead_to_pages(self):
        for name, page in self.pages.items():
            prose = re.sub(r"^```\n.*?^```$", "", page, flags=re.M | re.S)
            links = re.findall(r"\]\(([^)]*)\)", prose)
            self.assertTrue(links, name)
            for link in links:
                self.assertIn(link, self.pages, name)

    def test_same_bytes_again(self):
        self.assertEqual(written(self.top / "again"), self.pages)


if __name__ == "__main__":
    unittest.main()
