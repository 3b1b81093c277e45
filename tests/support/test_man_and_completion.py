"""The man page and the bash completion say what the parser accepts: all of it, and nothing else.

Needs OIDCGEN (the program), DESCRIBE_PARSER (the program that prints the parser's description) and SOURCE (the source
folder) in the environment.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from dataclasses import dataclass, field
from pathlib import Path

import program

SOURCE = Path(os.environ["SOURCE"])
MAN = SOURCE / "man" / "oidcgen.1"
PAGES = sorted((SOURCE / "man").glob("oidcgen*.[1-8]"))
COMPLETION = SOURCE / "completions" / "oidcgen.bash"


@dataclass(frozen=True)
class Option:
    takes_value: bool
    values: tuple[str, ...]
    letter: str = ""  # of the short form
    releases: tuple[str, ...] = field(default=(), compare=False)


def described() -> dict[str, dict[str, Option]]:
    """What the parser accepts: for each command (empty name: the program itself) its options and positionals."""
    text = subprocess.run([os.environ["DESCRIBE_PARSER"]], capture_output=True, check=True, text=True).stdout
    return {
        command["name"]: {
            option["name"]: Option(option["takes_value"], tuple(option["values"]), option["letter"],
                                   tuple(option["releases"]))
            for option in command["options"]
        }
        for command in json.loads(text)
    }


def is_flag(name: str) -> bool:
    return name.startswith("-")


class ManPage:
    """What the page says, read from its macros: sections, list items, and the options that its text mentions."""

    def __init__(self, text: str):
        self.options: dict[str, dict[str, Option]] = {"": {}}
        self.mentioned: set[str] = set()
        self.synopsis: list[str] = []
        section, into = "", [""]
        for line in text.splitlines():
            words = line.split()
            if not words or not line.startswith("."):
                continue
            macro, rest = words[0], words[1:]
            if macro == ".Sh":
                section, into = " ".join(rest), []
                if section == "DESCRIPTION":
                    into = [""]
            elif macro == ".Ss" and section == "COMMANDS":
                into = [rest[0]]
                self.options[rest[0]] = {}
            elif macro == ".Cm" and section == "SYNOPSIS":
                self.synopsis.append(rest[0])
            elif macro == ".Cm" and section == "SITE OPTIONS":
                into = into + [rest[0]]
            elif macro == ".It" and rest[0] in ("Fl", "Ar") and into:
                self.item(rest, into)
            self.mentioned |= {f"-{name}" for name in re.findall(r"\bFl (-[a-z-]+)", line)}

    def item(self, rest: list[str], commands: list[str]) -> None:
        letter = ""
        if rest[2:4] == [",", "Fl"]:
            letter, rest = rest[1], rest[3:]
        name = f"-{rest[1]}" if rest[0] == "Fl" else rest[1]
        values = tuple(word for word in rest[3:] if word != "|") if rest[2:3] == ["Cm"] else ()
        takes_value = rest[0] == "Ar" or rest[2:3] in (["Cm"], ["Ar"])
        for command in commands:
            if name in self.options[command]:
                raise AssertionError(f"the man page has {name} twice in {command or 'DESCRIPTION'}")
            self.options[command][name] = Option(takes_value, values, letter)


class ManPageAndParser(unittest.TestCase):
    maxDiff = None

    def test_same_commands_options_and_values(self):
        self.assertEqual(ManPage(MAN.read_text()).options, without_program_options(described()))

    def test_synopsis_has_every_command(self):
        page = ManPage(MAN.read_text())
        self.assertEqual(page.synopsis, [name for name in described() if name])

    def test_text_mentions_only_options_that_exist(self):
        known = {name for options in described().values() for name in options}
        self.assertLessEqual(ManPage(MAN.read_text()).mentioned, known)

    def test_renders_without_a_warning(self):
        for page in PAGES:
            with self.subTest(page=page.name):
                done = subprocess.run(["groff", "-mandoc", "-Tutf8", "-ww", "-z", str(page)], capture_output=True, text=True, check=False)
                self.assertEqual((done.returncode, done.stderr), (0, ""))

    @unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed")
    def test_mandoc_has_nothing_to_warn_of(self):
        for page in PAGES:
            with self.subTest(page=page.name):
                done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", str(page)], capture_output=True, text=True, check=False)
                self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    def test_every_page_is_installed_and_referred_to(self):
        settings = (SOURCE / "CMakeLists.txt").read_text()
        for page in PAGES:
            with self.subTest(page=page.name):
                self.assertIn(f"man/{page.name}", settings)
                if page != MAN:
                    self.assertIn(f".Xr {page.stem} {page.suffix[1:]}", MAN.read_text().partition(".Sh SEE ALSO")[2])


def without_program_options(commands: dict[str, dict[str, Option]]) -> dict[str, dict[str, Option]]:
    """The options of the program itself are accepted after every command, and described once."""
    general = commands[""]
    return {
        name: options if name == "" else {key: option for key, option in options.items() if key not in general}
        for name, options in commands.items()
    }


def completed(folder: Path, *words: str) -> list[str]:
    """What the completion offers for the last of the words."""
    script = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _oidcgen; printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(
        ["bash", "--norc", "-u", "-c", script, "bash", str(COMPLETION), "oidcgen", *words],
        cwd=folder, env=program.environment(folder), capture_output=True, text=True, check=True,
    )
    assert done.stderr == "", done.stderr
    return sorted(done.stdout.split())


class CompletionAndParser(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="oidcgen-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "a-file").touch()
        self.commands = described()

    def offered(self, *words: str) -> list[str]:
        return completed(self.folder, *words)

    def options(self, command: str) -> list[str]:
        return sorted(name for name in {**self.commands[""], **self.commands[command]} if is_flag(name))

    def rules(self) -> list[str]:
        lines = program.run(self.folder, "explain", "all").stdout.splitlines()
        return sorted(line.split()[2].removesuffix(":") for line in lines)

    def test_commands(self):
        self.assertEqual(self.offered(""), sorted(name for name in self.commands if name))
        self.assertEqual(self.offered("au"), ["authelia", "authentik"])
        self.assertEqual(self.offered("authel"), ["authelia"])
        self.assertEqual(self.offered("nothing"), [])

    def test_options(self):
        for command in self.commands:
            with self.subTest(command=command):
                self.assertEqual(self.offered(*filter(None, [command]), "-"), self.options(command))

    def test_values(self):
        for command, options in self.commands.items():
            before = [command] if command else []
            for name, option in options.items():
                if not is_flag(name):
                    continue
                with self.subTest(command=command, option=name):
                    offered = self.offered(*before, name, "")
                    if option.values:
                        self.assertEqual(offered, sorted(option.values))
                        self.assertEqual(self.offered(*before, name, "="), sorted(option.values))
                        first = option.values[0]
                        matching = sorted(word for word in option.values if word.startswith(first[:-1]))
                        self.assertEqual(self.offered(*before, name, "=", first[:-1]), matching)
                    elif option.releases:
                        lines = {release.rpartition(".")[0] for release in option.releases}
                        auto = {"auto"} if command in ("lint", "diagnose") else set()
                        self.assertEqual(set(offered), lines | auto)
                        newest = option.releases[-1].rpartition(".")[0] + "."
                        of_line = {release for release in option.releases if release.startswith(newest)}
                        self.assertEqual(set(self.offered(*before, name, newest)), of_line)
                        self.assertEqual(set(self.offered(*before, name, "=", newest)), of_line)
                    elif name in ("--select", "--ignore"):
                        self.assertEqual(offered, self.rules())
                    elif name == "--severity":
                        self.assertEqual(offered, [f"{rule}=" for rule in self.rules()])
                        for words in ((name, "a", "=", ""), (name, "=", "a", "=", "")):
                            self.assertEqual(self.offered(*before, *words), ["error", "note", "warning"])
                        self.assertEqual(self.offered(*before, name, "a", "=", "no"), ["note"])
                    elif name == "--report":
                        self.assertEqual(offered, sorted(f"{form}=" for form in options["--format"].values))
                        for words in ((name, "sarif", "="), (name, "=", "sarif", "=", "a-")):
                            self.assertEqual(self.offered(*before, *words), ["a-file"])
                    elif option.takes_value:
                        self.assertIn(offered, ([], ["a-file"]))
                        self.assertEqual(offered == ["a-file"], name.endswith("-file") or name in ("--config", "--each", "--metadata", "--only", "--output", "--site", "--values"))
                    else:
                        self.assertEqual(offered, self.offered(*before, ""))

    def test_positionals(self):
        commands = sorted(name for name in self.commands if name)
        expected = {"COMMAND": commands, "FILE": ["a-file"], "LOG": ["a-file"], "SITE": ["a-file"], "RULE": sorted(["all", *self.rules()])}
        for command, options in self.commands.items():
            if command:
                with self.subTest(command=command):
                    positionals = [name for name in options if not is_flag(name)]
                    self.assertEqual(self.offered(command, ""), expected[positionals[0]] if positionals else [])

    def test_options_after_a_positional_and_before_the_command(self):
        self.assertEqual(self.offered("authelia", "site.yaml", "--st"), ["--storage-label-claim", "--style"])
        self.assertEqual(self.offered("--help", "im"), ["immich"])

    def test_registered_for_oidcgen(self):
        done = subprocess.run(
            ["bash", "--norc", "-c", 'source "$1"; complete -p oidcgen', "bash", str(COMPLETION)],
            capture_output=True, text=True, check=True,
        )
        self.assertEqual(done.stdout, "complete -F _oidcgen oidcgen\n")


if __name__ == "__main__":
    unittest.main()
