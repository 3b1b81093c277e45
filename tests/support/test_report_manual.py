"""man/oidcgen-report.5 and the program agree: what a report holds is described, and what is described is in a report.

The reports are those of the cases and of a few runs here. Needs OIDCGEN (the program), RUN_MANY (the one that runs its
commands in one process) and SOURCE (the source folder) in the environment.
"""

import functools
import json
import os
import re
import tempfile
import unittest
import xml.etree.ElementTree
from dataclasses import dataclass, field
from pathlib import Path

import program
from test_formats import APPLICATION, PROVIDER, many

SOURCE = Path(os.environ["SOURCE"])
PAGE = SOURCE / "man" / "oidcgen-report.5"
SECTIONS = {"oidcgen-lint/1": "LINT", "oidcgen-diagnose/1": "DIAGNOSE", "oidcgen-rules/1": "EXPLAIN",
            "oidcgen-checklist/1": "CHECKLIST"}
ANY = "*"  # in place of any name
SUPPRESSED = PROVIDER.replace("_tests'", "_tests'  # oidcgen: ignore[secret-plaintext] as agreed")
CUT_OFF = (SOURCE / "tests/cases/lint/template-syntax/bad-same-line.yml").read_text()
DEPLOYMENT = """\
kind: Deployment
spec:
  template:
    spec: {containers: [{image: 'ghcr.io/immich-app/immich-server:v2.1.0'}]}
---
kind: ConfigMap
data:
  immich.yaml: |
"""

# What no case writes: files, and the options with which they are checked.
RUNS = [
    ({"authelia.yml": many(201)}, ("--statistics", "authelia.yml")),
    ({"authelia.yml": many(300).replace("consent_mode: maybe", "client_name: '${NAME}'")}, ("authelia.yml",)),
    ({"authelia.yml": PROVIDER, "immich.yml": APPLICATION}, ("--authelia-version", "4.39.99", "--strict", ".")),
    ({"authelia.yml": SUPPRESSED, "immich.yml": APPLICATION,
      ".oidcgen.yaml": "ignore: [{rules: redirect-uri-unregistered, reason: nobody has the app}]\n"}, (".",)),
    ({"pod.yml": DEPLOYMENT + "".join(f"    {line}\n" for line in APPLICATION.splitlines())}, ("pod.yml",)),
    ({"authelia.yml": CUT_OFF}, ("--authelia-version", "auto", "authelia.yml")),
]


@dataclass
class Member:
    """What the page says of a member: its text, the words that it may be, its own members, and where more is told."""
    text: str = ""
    words: set[str] = field(default_factory=set)
    members: dict[str, "Member"] = field(default_factory=dict)
    section: str = ""
    is_of_place: bool = False  # listed with others that a section has under the same names


def read_page():
    """The members that each section and subsection lists."""
    sections, members, levels, items = {}, {}, [], []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        macro, _, rest = line.partition(" ")
        if macro in (".Sh", ".Ss"):
            members = sections.setdefault(rest, {})
        elif macro == ".Bl":
            levels.append((members, items))
            items = []
        elif macro == ".El":
            members, items = levels.pop()
        elif macro == ".It" and rest.startswith(("Cm ", "Ar ")):
            holder = levels[-1][1]
            into = holder[0].members if holder else levels[-1][0]
            items = []
            names = [ANY] if rest.startswith("Ar ") else re.findall(r"\bCm (\w+)", rest)
            for name in names:
                assert name not in into, f"{name} is described twice"
                into[name] = Member(is_of_place=len(names) > 1)
                items.append(into[name])
        elif macro == ".It" and rest.startswith("Ql "):
            for item in levels[-1][1]:
                item.words.add(rest.split()[1])
        else:
            for item in items:
                item.text += line + "\n"
                if macro == ".Sx":
                    item.section = item.section or re.match(r"\w+", rest)[0]
    return sections


@functools.cache
def own_reports():
    reports = []
    for files, options in RUNS:
        with tempfile.TemporaryDirectory(prefix="oidcgen-test-") as folder:
            for name, text in files.items():
                (Path(folder) / name).write_text(text)
            reports.append(json.loads(program.run(Path(folder), "lint", "--format", "json", *options).stdout))
    return reports


@functools.cache
def all_reports():
    """Those of the cases, wherever one begins in what is printed, and our own."""
    reports, decoder = list(own_reports()), json.JSONDecoder()
    for file in sorted((SOURCE / "tests" / "cases" / "cli").rglob("stdout")):
        text = file.read_text(encoding="utf-8", errors="replace")
        for match in re.finditer(r'^\{\n  "format": "oidcgen-', text, re.M):
            try:
                reports.append(decoder.raw_decode(text, match.start())[0])
            except json.JSONDecodeError:
                pass  # a case may print only its start
    return reports


class Manual(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.sections = read_page()
        self.used = set()  # ids of the members that were met

    def members_of(self, member, name):
        """Described in the item itself, or in the section that it refers to."""
        if member.members or not member.section:
            return member.members
        there = self.sections[member.section]
        if member.is_of_place:
            self.used.add(id(there[name]))
            return there[name].members
        return there

    def compare(self, value, members, at):
        """Everything in an object is described."""
        for name, it in value.items():
            member = members.get(name) or members.get(ANY)
            self.assertIsNotNone(member, f"{at} has {name}, which the manual does not describe there")
            self.used.add(id(member))
            self.compare_value(it, member, name, f"{at}.{name}")

    def compare_value(self, value, member, name, at):
        for it in value if isinstance(value, list) else [value]:
            if it is None:
                self.assertIn("null", member.text.lower(), f"{at} can be null, which the manual does not say")
            elif isinstance(it, dict):
                self.compare(it, self.members_of(member, name), at)
            elif member.words:
                self.assertIn(it, member.words, f"a word of {at} that the manual does not list")

    def described(self, section, seen):
        """Members of a section, and of those that it refers to."""
        for name, member in self.sections[section].items():
            yield from self.described_by(member, f"{section}.{name}", seen)

    def described_by(self, member, at, seen):
        yield at, member
        for name, it in member.members.items():
            yield from self.described_by(it, f"{at}.{name}", seen)
        if member.section and member.section not in seen:
            seen.add(member.section)
            yield from self.described(member.section, seen)

    def test_json(self):
        formats = set()
        for report in all_reports():
            formats.add(report["format"])
            self.compare(report, self.sections[SECTIONS[report["format"]]], report["format"])
        self.assertEqual(formats, SECTIONS.keys())
        unused = [at for section in SECTIONS.values() for at, member in self.described(section, set())
                  if id(member) not in self.used]
        self.assertEqual(unused, [], "described, and in no report")

    def test_every_consequence_and_severity(self):
        rules = json.loads(program.run(SOURCE, "explain", "all", "--format", "json").stdout)["rules"]
        rows = [row for rule in rules for row in rule["consequences"]]
        for name in ("consequence", "severity"):
            self.assertEqual({row[name] for row in rows}, self.sections["Findings"][name].words)

    def found(self, form):
        """A report with a finding that is suppressed, one in no file, and one with another place, in this form."""
        with tempfile.TemporaryDirectory(prefix="oidcgen-test-") as folder:
            (Path(folder) / "authelia.yml").write_text(SUPPRESSED)
            (Path(folder) / "immich.yml").write_text(APPLICATION)
            return program.run(Path(folder), "lint", "--format", form, ".").stdout

    def test_sarif(self):
        [run] = json.loads(self.found("sarif"))["runs"]
        written = {name for result in run["results"] for name in result}
        self.assertEqual(written, self.sections["SARIF"].keys())

    def test_gitlab(self):
        entries = json.loads(self.found("gitlab"))
        self.assertEqual({name for entry in entries for name in entry}, self.sections["GitLab"].keys())
        self.assertLessEqual({entry["severity"] for entry in entries}, self.sections["GitLab"]["severity"].words)

    def test_junit(self):
        cases = list(xml.etree.ElementTree.fromstring(self.found("junit")).iter("testcase"))
        self.assertEqual({name for case in cases for name in case.attrib}, self.sections["JUnit"].keys())
        self.assertEqual({it.tag for case in cases for it in case}, {"failure", "skipped", "system-out"})

    def test_github(self):
        commands = re.findall(r"^::\w+ (.*?)::", self.found("github"), re.M)
        written = {part.split("=")[0] for command in commands for part in command.split(",")}
        self.assertEqual(written, self.sections["GitHub"].keys())


if __name__ == "__main__":
    unittest.main()
