"""What other programs read to run oidcgen, or to read what it prints: the hook of pre-commit, the action, the template
for GitLab, the problem matchers, and the recipes for editors.

Needs OIDCGEN (the program) and SOURCE (the source folder) in the environment.
"""

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import tarfile
import tempfile
import unittest
from pathlib import Path

import yaml

import program
from test_formats import APPLICATION, PROVIDER

SOURCE = Path(os.environ["SOURCE"])
FAULT = "redirect-uri-unregistered"
CONCISE = ("lint", "--quiet", "--format", "concise", ".")
FINDINGS = [("error", FAULT), ("note", "consent-asked-each-time"), ("warning", "secret-plaintext")]


class Integration(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="oidcgen-test-")
        self.addCleanup(holder.cleanup)
        self.top = Path(holder.name)
        self.folder = self.top / "repository"
        self.write(PROVIDER)

    def write(self, provider):
        (self.folder / "my files").mkdir(parents=True, exist_ok=True)
        (self.folder / "my files/provider.yml").write_text(provider)
        (self.folder / "application.yml").write_text(APPLICATION)

    def run_here(self, *command, **more):
        return subprocess.run(command, cwd=self.folder, env=program.environment(self.top) | more, capture_output=True,
                              text=True, check=False)

    def lines(self):
        """A line of each severity, with a blank in the path."""
        lines = self.run_here("oidcgen", *CONCISE).stdout.splitlines()
        self.assertEqual(len(lines), len(FINDINGS))
        self.assertTrue(all(line.startswith("./my files/provider.yml:") for line in lines), lines)
        return lines


class PreCommit(Integration):
    def setUp(self):
        super().setUp()
        [self.hook] = yaml.safe_load((SOURCE / ".pre-commit-hooks.yaml").read_text())

    def test_entry_fails_with_a_fault_and_passes_without(self):
        self.assertEqual((self.hook["language"], self.hook["pass_filenames"]), ("system", False))
        entry = shlex.split(self.hook["entry"])
        done = self.run_here(*entry)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(FAULT, done.stdout)
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        for command in ("init --domain example.com --subdomain photos --client-id immich", "authelia --output a.yml", "immich --output b.json"):
            self.assertEqual(self.run_here("oidcgen", *command.split()).returncode, 0, command)
        done = self.run_here(*entry)
        self.assertIn("works", done.stdout)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)

    def test_runs_for_the_files_that_are_read(self):
        for name, runs in (("a.yml", True), ("b/a.yaml", True), ("a.json", True), ("a.md", False), ("yml", False)):
            with self.subTest(name=name):
                self.assertEqual(re.search(self.hook["files"], name) is not None, runs)

    @unittest.skipUnless(shutil.which("pre-commit"), "pre-commit is not installed")
    def test_real_program(self):
        path = os.pathsep.join([str(program.OIDCGEN.parent), os.environ["PATH"]])
        configuration = {"repos": [{"repo": "local", "hooks": [self.hook]}]}
        (self.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(configuration))
        self.run_here("git", "init", "-q")
        self.run_here("git", "add", ".")
        done = self.run_here("pre-commit", "run", "--all-files", PATH=path)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(FAULT, done.stdout)


class Action(Integration):
    """The shell of the action's steps, run as a runner does it."""

    def setUp(self):
        super().setUp()
        self.action = yaml.safe_load((SOURCE / "action.yml").read_text())
        self.steps = self.action["runs"]["steps"]
        self.archive = self.top / "made up.tar.gz"
        self.made = self.top / "made/oidcgen-1.0/bin/oidcgen"
        self.made.parent.mkdir(parents=True)
        self.made.write_text(f'#!/bin/sh\nexec {shlex.quote(str(program.OIDCGEN))} "$@"\n')
        self.made.chmod(0o755)
        completion = self.top / "made/oidcgen-1.0/share/completions/oidcgen"  # has the name of the program
        completion.parent.mkdir(parents=True)
        completion.touch()
        self.pack()

    def pack(self):
        with tarfile.open(self.archive, "w:gz") as archive:
            archive.add(self.top / "made/oidcgen-1.0", "oidcgen-1.0")

    def inputs(self, **given):
        checksum = hashlib.sha256(self.archive.read_bytes()).hexdigest()
        known = {name: it.get("default", "") for name, it in self.action["inputs"].items()}
        self.assertLessEqual(given.keys(), known.keys())
        return known | {"archive": self.archive.as_uri(), "checksum": checksum} | given

    def run_step(self, step, inputs, path):
        values = {name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda match: inputs[match[1]], text)
                  for name, text in step["env"].items()}
        script = self.top / "step.sh"
        script.write_text(step["run"])
        temporary = self.top / "runner temp"
        temporary.mkdir(exist_ok=True)
        values |= {"RUNNER_TEMP": str(temporary), "GITHUB_PATH": str(self.top / "path"), "PATH": path,
                   "GITHUB_OUTPUT": str(self.top / "output"), "GITHUB_ACTIONS": "true"}
        return self.run_here("bash", "--noprofile", "--norc", "-eo", "pipefail", str(script), **values)

    def run_all(self, **given):
        inputs = self.inputs(**given)
        installed = self.run_step(self.steps[0], inputs, "/usr/bin:/bin")
        self.assertEqual(installed.returncode, 0, installed.stdout + installed.stderr)
        found = (self.top / "path").read_text().splitlines()[-1]
        return self.run_step(self.steps[1], inputs, f"{found}:/usr/bin:/bin")

    def test_no_input_is_part_of_a_script(self):
        for step in self.steps:
            self.assertNotIn("${{", step.get("run", ""))

    def test_annotates_and_fails(self):
        done = self.run_all()
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("::error file=my files/provider.yml", done.stdout.replace("file=./", "file="))
        self.assertFalse((self.top / "output").exists())

    def test_arguments_with_blanks_and_signs_of_the_shell(self):
        done = self.run_all(arguments="--fail-on never 'my files/provider.yml'\n\"application.yml\"")
        self.assertEqual(done.returncode, 0, done.stderr)
        done = self.run_all(arguments="'$(touch made-by-shell)' ;touch made-by-shell")
        self.assertEqual(done.returncode, 2)
        self.assertFalse((self.folder / "made-by-shell").exists())

    def test_writes_a_report_and_offers_it(self):
        done = self.run_all(sarif="a report.sarif")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(json.loads((self.folder / "a report.sarif").read_text())["version"], "2.1.0")
        self.assertEqual((self.top / "output").read_text(), "sarif=a report.sarif\n")
        upload = self.steps[2]
        self.assertIn("steps.lint.outputs.sarif != ''", upload["if"])
        self.assertEqual(upload["with"]["sarif_file"], "${{ steps.lint.outputs.sarif }}")

    def test_refuses_another_checksum_and_none(self):
        for checksum in ("0" * 64, "", "0" * 63):
            with self.subTest(checksum=checksum):
                done = self.run_step(self.steps[0], self.inputs(checksum=checksum), "/usr/bin:/bin")
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn("::error::oidcgen:", done.stdout)
                self.assertIn("checksum", done.stdout)
                self.assertFalse((self.top / "path").exists())

    def test_refuses_an_archive_without_the_program(self):
        self.made.unlink()
        self.pack()
        done = self.run_step(self.steps[0], self.inputs(), "/usr/bin:/bin")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("does not contain the program", done.stdout)


class GitLab(Integration):
    def test_script_writes_the_report_that_is_uploaded(self):
        [job] = yaml.safe_load((SOURCE / "templates/ci/gitlab.yml").read_text()).values()
        [line] = job["script"]
        done = self.run_here("sh", "-ec", line)
        self.assertEqual(done.returncode, 1, done.stderr)
        report = json.loads((self.folder / job["artifacts"]["reports"]["codequality"]).read_text())
        self.assertIn(FAULT, [entry["check_name"] for entry in report])
        self.assertEqual(job["artifacts"]["when"], "always")
        done = self.run_here("sh", "-ec", line, OIDCGEN_ARGUMENTS="--fail-on never .")
        self.assertEqual(done.returncode, 0, done.stderr)
        for line in job["before_script"]:
            self.assertEqual(self.run_here("sh", "-nc", line).returncode, 0, line)


class Patterns(Integration):
    """Regular expressions of JavaScript and of Emacs, in what they share with Python's."""

    def told(self, pattern, fixed=None):
        found = []
        for line in self.lines():
            match = re.search(pattern["regexp"], line)
            if match:
                self.assertEqual(match[pattern["file"]], "./my files/provider.yml")
                self.assertIn(f":{match[pattern['line']]}:{match[pattern['column']]}: ", line)
                self.assertIn(f": {match[pattern['message']]} [", line)
                found.append((fixed or match[pattern["severity"]], match[pattern["code"]]))
        return sorted(found)


class Matchers(Patterns):
    def test_problem_matchers(self):
        first, notes = json.loads((SOURCE / "templates/ci/problem-matcher.json").read_text())["problemMatcher"]
        self.assertEqual(self.told(first["pattern"][0]), [it for it in FINDINGS if it[0] != "note"])
        self.assertEqual(notes["severity"], "notice")
        self.assertEqual(self.told(notes["pattern"][0], "note"), [it for it in FINDINGS if it[0] == "note"])

    def test_other_lines_do_not_match(self):
        first, notes = json.loads((SOURCE / "templates/ci/problem-matcher.json").read_text())["problemMatcher"]
        for line in self.run_here("oidcgen", "lint", "--format", "json", ".").stdout.splitlines():
            for matcher in (first, notes):
                self.assertIsNone(re.search(matcher["pattern"][0]["regexp"], line))


def recipe(language):
    return re.search(rf"^```{language}\n(.*?)^```$", (SOURCE / "EDITORS.md").read_text(), re.M | re.S)[1]


class Editors(Patterns):
    def test_vs_code(self):
        [task] = json.loads(recipe("json"))["tasks"]
        self.assertEqual(self.told(task["problemMatcher"]["pattern"]), FINDINGS)
        plain = self.run_here("oidcgen", *CONCISE).stdout
        done = self.run_here("sh", "-c", task["command"])
        self.assertEqual((done.stdout, done.returncode), (plain, 1))

    def errorformat(self):
        return re.search(r"^set errorformat=(.*)$", recipe("vim"), re.M)[1].replace("\\ ", " ")

    def test_vim_errorformat_as_regular_expressions(self):
        items = {"%f": "(?P<file>.+?)", "%l": r"(?P<line>\d+)", "%c": r"(?P<column>\d+)", "%m": "(?P<message>.+)",
                 "%t": "(?P<type>.)"}
        patterns = [re.sub("%[a-z]", lambda match: items[match[0]], form) for form in self.errorformat().split(",")]
        types = []
        for line in self.lines():
            matches = [match for match in (re.fullmatch(pattern, line) for pattern in patterns) if match]
            self.assertEqual(len(matches), 1, line)
            self.assertEqual(matches[0]["file"], "./my files/provider.yml")
            types.append(matches[0]["type"])
        self.assertEqual(sorted(types), ["e", "n", "w"])

    def test_real_vim(self):
        features = subprocess.run(["vim", "--version"], capture_output=True, text=True, check=False).stdout \
            if shutil.which("vim") else ""
        if "+quickfix" not in features or "+eval" not in features:
            self.skipTest("vim with quickfix is not installed")
        (self.folder / "recipe.vim").write_text(
            recipe("vim") + "silent make!\n"
            "call writefile(map(filter(getqflist(), 'v:val.valid'), "
            "'v:val.type . \" \" . v:val.lnum . \" \" . bufname(v:val.bufnr)'), 'found')\nqall!\n")
        self.run_here("vim", "-Nes", "-u", "NONE", "-i", "NONE", "-S", "recipe.vim", TERM="dumb")
        expected = sorted(f"{line.split(': ')[1][0]} {line.split(':')[1]} my files/provider.yml" for line in self.lines())
        found = (self.folder / "found").read_text().splitlines()
        self.assertEqual(sorted(line.lower().replace("./", "") for line in found), expected)

    def test_neovim_reads_as_vim_does(self):
        self.assertIn(f'"{self.errorformat()}"', recipe("lua"))
        self.assertIn("args = { " + ", ".join(f'"{word}"' for word in CONCISE) + " }", recipe("lua"))

    def test_emacs(self):
        text = recipe("elisp")
        self.assertIn("'(" + " ".join(f'"{word}"' for word in ("oidcgen", *CONCISE)) + ")", text)
        pattern = re.search(r'\(defvar oidcgen-line\n  "(.*)"\)', text)[1].replace("\\\\", "\\")
        # In Emacs, signs that group have a backslash.
        pattern = re.sub(r"\\([(|)])", r"\1", pattern)
        severities = sorted(re.search(pattern, line)[4] for line in self.lines())
        self.assertEqual(severities, ["error", "note", "warning"])
        self.assertEqual({re.search(pattern, line)[1] for line in self.lines()}, {"./my files/provider.yml"})


if __name__ == "__main__":
    unittest.main()
