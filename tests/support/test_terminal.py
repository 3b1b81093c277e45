"""What a terminal gets: questions without an echo, how far long work is, lines of its width, and colours.

Needs OIDCGEN (the program), DESCRIBE_PARSER (the program that prints the parser's description) and SOURCE (the source
folder) in the environment.
"""

import errno
import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import tempfile
import termios
import time
import unicodedata
import unittest
from pathlib import Path

import program

SECRET = b"q7-Rk2_vXp9.LmT4wZs8bd"
PATIENCE = 60  # seconds, for a broken program only


class AtTerminal:
    """The program with a terminal of its own; standard output goes to a pipe, or to the terminal too."""

    def __init__(self, folder, *arguments, shows_output=False, columns=0):
        self.terminal, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

        def prepare():
            os.setsid()
            os.close(os.open(os.ttyname(side), os.O_RDWR))  # becomes the controlling terminal

        self.process = subprocess.Popen([program.OIDCGEN, *arguments], cwd=folder, env=program.environment(folder), stdin=side,
                                        stdout=side if shows_output else subprocess.PIPE, stderr=side, preexec_fn=prepare)
        self.side = side
        self.shown = b""

    def read(self, seconds):
        if select.select([self.terminal], [], [], seconds)[0]:
            self.shown += os.read(self.terminal, 4096)

    def wait_for(self, text):
        end = time.monotonic() + PATIENCE
        while text not in self.shown:
            if time.monotonic() > end:
                raise AssertionError(f"{text!r} did not come, only {self.shown!r}")
            self.read(1)

    def type(self, text):
        os.write(self.terminal, text)

    def echoes(self):
        return bool(termios.tcgetattr(self.side)[3] & termios.ECHO)

    def end(self):
        """The exit status and what went to standard output; what is left on the terminal is read too."""
        output, _ = self.process.communicate(timeout=5 * PATIENCE)
        output = output or b""
        status = self.process.returncode
        while select.select([self.terminal], [], [], 0.1)[0]:
            self.shown += os.read(self.terminal, 4096)
        echoes = self.echoes()
        os.close(self.terminal)
        os.close(self.side)
        return status, output, echoes


class InFolder(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="oidcgen-test-")
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)


class Hash(InFolder):
    def test_asks_twice_without_showing_the_secret(self):
        run = AtTerminal(self.folder, "hash")
        run.wait_for(b"client secret: ")
        self.assertFalse(run.echoes())
        run.type(SECRET + b"\n")
        run.wait_for(b"once more: ")
        self.assertFalse(run.echoes())
        run.type(SECRET + b"\n")
        status, output, echoes = run.end()
        self.assertEqual(status, 0)
        self.assertTrue(echoes)
        self.assertNotIn(SECRET[:6], run.shown)
        verified = program.run(self.folder, "hash", "--verify", output.decode().strip(), "-", stdin=SECRET.decode())
        self.assertEqual(verified.stdout, "match\n")

    def test_two_different_secrets_are_an_error(self):
        run = AtTerminal(self.folder, "hash")
        run.wait_for(b"client secret: ")
        run.type(SECRET + b"\n")
        run.wait_for(b"once more: ")
        run.type(SECRET + b"x\n")
        status, output, echoes = run.end()
        self.assertEqual((status, output, echoes), (2, b"", True))
        self.assertIn(b"differ", run.shown)
        self.assertNotIn(SECRET[:6], run.shown)

    def test_verify_asks_once(self):
        run = AtTerminal(self.folder, "hash", "--verify", program.SAMPLE_DIGEST)
        run.wait_for(b"client secret: ")
        run.type(program.SAMPLE_SECRET.encode() + b"\n")
        self.assertEqual(run.end(), (0, b"match\n", True))

    def test_interrupted_while_it_asks(self):
        for what in (b"\x03", signal.SIGTERM, signal.SIGHUP):
            with self.subTest(what=what):
                run = AtTerminal(self.folder, "hash")
                run.wait_for(b"client secret: ")
                run.type(SECRET[:8])
                if isinstance(what, bytes):
                    run.type(what)
                else:
                    run.process.send_signal(what)
                status, output, echoes = run.end()
                self.assertLess(status, 0)
                self.assertEqual((output, echoes), (b"", True))
                self.assertNotIn(SECRET[:6], run.shown)

    def test_progress_of_long_work_only(self):
        (self.folder / "secret").write_bytes(SECRET)
        (self.folder / "list").write_bytes((SECRET + b"\n") * 40)
        short = AtTerminal(self.folder, "hash", "secret", "--iterations", "100000")
        self.assertEqual(short.end()[0], 0)
        self.assertEqual(short.shown, b"")

        # More iterations until it takes long enough: nobody knows how fast the machine is.
        iterations = 4_000_000
        while True:
            started = time.monotonic()
            long = AtTerminal(self.folder, "hash", "secret", "--iterations", str(iterations))
            status, output, _ = long.end()
            if time.monotonic() - started > 2:
                break
            iterations *= 2
        self.assertEqual(status, 0)
        self.assertRegex(output, rb"^\$pbkdf2-sha512\$\d+\$[^\s]+\n$")
        self.assertRegex(long.shown, rb"^\rmaking the digest, 1 s")
        self.assertRegex(long.shown, rb"\r *\r$")  # and it is gone in the end

        many = AtTerminal(self.folder, "hash", "--each", "list", "--iterations", str(max(iterations // 20, 100_000)))
        status, output, _ = many.end()
        self.assertEqual((status, len(output.splitlines())), (0, 40))
        self.assertRegex(many.shown, rb"\rmaking digests, \d+ of 40, ")
        self.assertNotIn(SECRET[:6], many.shown)

        # Nobody watches: nothing is said.
        unwatched = program.run(self.folder, "hash", "secret", "--iterations", str(iterations))
        self.assertEqual((unwatched.status, unwatched.stderr), (0, ""))

    def test_generated_lines_are_named_for_a_person_alone(self):
        run = AtTerminal(self.folder, "hash", "--generate", "--iterations", "100000", shows_output=True)
        self.assertEqual(run.end()[0], 0)
        # On a slow machine there was a line of progress before, which is gone.
        lines = run.shown.decode().replace("\r\n", "\n").removesuffix("\n").split("\n")
        label, secret, digest = (line.rpartition("\r")[2] for line in lines)
        self.assertIn("the first line is the secret", label)
        self.assertRegex(secret, r"^[A-Za-z0-9._~-]{72}$")
        self.assertRegex(digest, r"^\$pbkdf2-sha512\$\S+$")

        piped = AtTerminal(self.folder, "hash", "--generate", "--iterations", "100000")
        status, output, _ = piped.end()
        self.assertEqual((status, len(output.splitlines())), (0, 2))
        self.assertNotIn(b"line", piped.shown)


class Init(InFolder):
    DOMAIN, SUBDOMAIN, CLIENT, CONFIRM = b"domain of your site", b"subdomain of Immich", b"client id, the name", b"[Y/n] "
    MADE = ["immich.digest", "immich.secret", "site.yaml"]

    def answer(self, run, question, answer):
        """Types behind the question, which has to come anew."""
        run.wait_for(question)
        run.shown = run.shown.partition(question)[2]
        run.type(answer + b"\n")

    def files(self):
        return sorted(path.name for path in self.folder.iterdir())

    def test_asks_again_until_an_answer_can_be_used(self):
        run = AtTerminal(self.folder, "init")
        for wrong, why in ((b"", b"please type an answer"), (b"https://example.com", b'domain "https://example.com"'),
                           (b"192.168.1.2", b'domain "192.168.1.2"')):
            self.answer(run, self.DOMAIN, wrong)
            run.wait_for(why)
        self.answer(run, self.DOMAIN, b"example.com")
        for wrong, why in ((b"auth", b'subdomain "auth" is the address of the login provider'),
                           (b"photos.example.com", b"already has the domain in it")):
            self.answer(run, self.SUBDOMAIN, wrong)
            run.wait_for(why)
        self.answer(run, self.SUBDOMAIN, b"pictures")
        self.answer(run, self.CLIENT, b"a b")
        run.wait_for(b'client_id "a b" has characters')
        self.assertNotIn(b"--", run.shown)
        self.answer(run, self.CLIENT, b"")
        run.wait_for(self.CONFIRM)
        for said in (b"domain     example.com\r\nsubdomain  pictures\r\nclient_id  immich\r\n", b"Immich     https://pictures.example.com\r\n",
                     b"Authelia   https://auth.example.com\r\n", b"immich.secret (a new client secret",
                     b"immich.digest (the digest", b"site.yaml (the description"):
            self.assertIn(said, run.shown)
        self.assertEqual(self.files(), [])
        self.answer(run, self.CONFIRM, b"perhaps")
        run.wait_for(b"please answer y or n")
        self.answer(run, self.CONFIRM, b"")
        status, output, _ = run.end()
        self.assertEqual(status, 0)
        self.assertEqual(self.files(), self.MADE)
        self.assertRegex(output, rb"(?s)^made .*\nnext:\n  oidcgen authelia .*\n  oidcgen immich .*\n  oidcgen lint .*\n$")
        site = (self.folder / "site.yaml").read_text()
        self.assertTrue(site.startswith("domain: example.com\nsubdomain: pictures\nclient_id: immich\n"))
        self.assertEqual(program.run(self.folder, "authelia").status, 0)

    def test_fits_the_terminal(self):
        run = AtTerminal(self.folder, "init", "--domain", "a-rather-long-name-of-a-domain.example.com", shows_output=True,
                         columns=50)
        run.wait_for(b"]: ")
        asked = run.shown.decode()
        self.assertIn("\r\n", asked)
        self.answer(run, self.SUBDOMAIN, b"")
        run.wait_for(self.CLIENT)
        run.type(b"\n")
        self.answer(run, self.CONFIRM, b"")
        self.assertEqual(run.end()[0], 0)
        shown = run.shown.decode().replace("\r\n", "\n")
        self.assertIn("itself) [photos]: ", asked)
        self.assertIn("\n  oidcgen lint ", shown)
        self.assertEqual([line for line in shown.splitlines() if len(line) > 50], [])

    def test_takes_the_domain_itself_and_what_is_proposed(self):
        run = AtTerminal(self.folder, "init", "--domain", "example.com")
        self.answer(run, self.SUBDOMAIN, b"''")
        self.answer(run, self.CLIENT, b"")
        self.answer(run, self.CONFIRM, b"y")
        self.assertEqual(run.end()[0], 0)
        self.assertIn("subdomain: ''\n", (self.folder / "site.yaml").read_text())

    def test_asks_for_another_client_when_its_files_cannot_be_used(self):
        (self.folder / "immich.digest").write_text(program.SAMPLE_DIGEST)
        run = AtTerminal(self.folder, "init", "--domain", "example.com", "--subdomain", "photos")
        self.answer(run, self.CLIENT, b"")
        run.wait_for(b"immich.digest exists without immich.secret")
        self.answer(run, self.CLIENT, b"photos")
        self.answer(run, self.CONFIRM, b"")
        self.assertEqual(run.end()[0], 0)
        self.assertEqual(self.files(), ["immich.digest", "photos.digest", "photos.secret", "site.yaml"])

    def test_a_wrong_option_ends_it_before_it_asks(self):
        for option, value in (("--subdomain", "a b"), ("--client-id", "a b"), ("--mobile", "perhaps"),
                              ("--immich-version", "1.2")):
            with self.subTest(option=option):
                run = AtTerminal(self.folder, "init", option, value)
                run.wait_for(b"oidcgen: " + option.encode())
                status, output, _ = run.end()
                self.assertEqual((status, output, self.files()), (2, b"", []))
                self.assertNotIn(self.DOMAIN, run.shown)
                self.assertNotIn(b"missing", run.shown)

    def test_no_question_where_options_say_everything(self):
        run = AtTerminal(self.folder, "init", "--domain", "example.com", "--subdomain", "photos", "--client-id", "immich")
        self.assertEqual(run.end()[0], 0)
        self.assertIn(b"https://photos.example.com", run.shown)
        self.assertNotIn(self.CONFIRM, run.shown)
        self.assertEqual(self.files(), self.MADE)

    def test_nothing_is_made_when_the_person_stops(self):
        stops = ((b"\x04", 2, b"nothing was made"), (b"\x03", -signal.SIGINT, b""))
        for question in (self.DOMAIN, self.CONFIRM):
            for typed, status, said in (*stops, (b"n\n", 2, b"nothing was made")) if question == self.CONFIRM else stops:
                with self.subTest(question=question, typed=typed):
                    flags = () if question == self.DOMAIN else ("--domain", "example.com", "--subdomain", "photos")
                    run = AtTerminal(self.folder, "init", *flags)
                    if question == self.CONFIRM:
                        self.answer(run, self.CLIENT, b"")
                    run.wait_for(question)
                    run.type(typed)
                    self.assertEqual(run.end()[:2], (status, b""))
                    self.assertIn(said, run.shown)
                    self.assertEqual(self.files(), [])


SOURCE = Path(os.environ["SOURCE"])
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
SOURCE_LINE = re.compile(r" *\d* \| ?")
LONG_LINE = json.dumps({"oauth": {
    "enabled": True, "issuerUrl": "https://auth.example.com", "clientId": "immich", "buttonText": "日本語 " * 20,
    "scope": "openid email profile", "autoLaunch": "maybe", "autoRegister": True, "mobileOverrideEnabled": False}})


def width(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def words_and_lines(text):
    """The words of a text, but for lines of a file and carets below them, which are given by themselves."""
    lines = text.splitlines()
    own = [line for line in lines if not SOURCE_LINE.match(line)]
    return " ".join(own).replace(" \\ ", " ").split(), [line for line in lines if SOURCE_LINE.match(line)]


def examples(helped):
    """The command lines below the title Examples, without their explanations."""
    return re.findall(r"^  (oidcgen .*)$", helped.partition("Examples:\n")[2], re.MULTILINE)


class WidthAndColour(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="oidcgen-test-")
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        for name in ("authelia.yml", "immich.yml"):
            shutil.copy(SOURCE / "tests" / "cases" / "cli" / "lint-trace" / name, self.folder)
        (self.folder / "long.json").write_text(LONG_LINE)
        (self.folder / "wrong.yaml").write_text("domain: example.com\nsubdomain: photos\nclient_id: x\nmobile: perhaps\n")
        described = subprocess.run([os.environ["DESCRIBE_PARSER"]], capture_output=True, check=True, text=True).stdout
        self.commands = [command["name"] for command in json.loads(described) if command["name"]]
        self.runs = [
            ["lint", "authelia.yml", "immich.yml"], ["lint", "--trace", "authelia.yml", "immich.yml"],
            ["lint", "long.json"], ["lint", "--foo"], ["lint", "missing.yml"], ["lint", "--site", "wrong.yaml", "long.json"],
            ["explain", "all"], ["explain", "redirect-uri-unregistered"], ["explain", "secret-mismatch"],
            ["authelia", "wrong.yaml"], ["authelia", "--domain", "a_b"], ["hash", "x"], [], ["--help"], ["version"],
            *(["help", command] for command in self.commands),
        ]

    def test_lines_end_between_words(self):
        for columns in (40, 80):
            for run in self.runs:
                with self.subTest(columns=columns, run=run):
                    plain = program.run(self.folder, *run)
                    status, shown = program.shown_at(columns, self.folder, *run, NO_COLOR="1")
                    self.assertEqual(status, plain.status)
                    words, lines = words_and_lines(shown)
                    all_words, whole_lines = words_and_lines(plain.stdout + plain.stderr)
                    self.assertEqual(words, all_words)
                    self.assertEqual(len(lines), len(whole_lines))
                    for line, whole in zip(lines, whole_lines):
                        self.assertLessEqual(width(line), columns)
                        if not set(line) <= set(" |^"):
                            self.assertIn(SOURCE_LINE.sub("", line).strip("…"), whole)
                    if run[:1] == ["explain"]:  # an example is not broken
                        shown = re.sub(r"^    .*\n", "", shown, flags=re.MULTILINE)
                    for line in shown.splitlines():
                        if " " in line.strip():
                            self.assertLessEqual(width(line), columns, line)

    def test_carets_are_below_the_place(self):
        for columns in (40, 80, 120):
            lines = program.shown_at(columns, self.folder, "lint", "long.json", NO_COLOR="1")[1].splitlines()
            at = next(number for number, line in enumerate(lines) if "wrong-type" in line or "OG2103" in line)
            line, carets = next((lines[n], lines[n + 1]) for n in range(at, len(lines)) if lines[n].startswith("1 | "))
            self.assertEqual(width(line[: line.index('"maybe"')]), carets.index("^"))
            self.assertEqual(carets.count("^"), len('"maybe"'))

    def test_text_begins_where_it_began(self):
        shown = program.shown_at(80, self.folder, "lint", "authelia.yml", "immich.yml", NO_COLOR="1")[1]
        lines = shown.splitlines()
        at = next(number for number, line in enumerate(lines) if "linking" in line)
        first, second = lines[at:at + 2]
        start = first.index("linking")
        self.assertEqual((second[:start].strip(), second[start] != " "), ("", True))

    def test_colours_change_no_text(self):
        for columns in (40, 80):
            for run in self.runs:
                with self.subTest(columns=columns, run=run):
                    plain = program.shown_at(columns, self.folder, *run, NO_COLOR="1")[1]
                    coloured = program.shown_at(columns, self.folder, *run)[1]
                    self.assertNotIn("\x1b", plain)
                    self.assertIn("\x1b[", coloured)
                    self.assertEqual(ESCAPE.sub("", coloured), plain)
                    for line in coloured.splitlines():  # a pager may show any of them first
                        escapes = ESCAPE.findall(line)
                        self.assertTrue(not escapes or escapes[-1] == "\x1b[0m", line)

    def test_who_decides_about_colours(self):
        lint = ("lint", "authelia.yml", "immich.yml")
        for expected, flags, variables in (
                (True, [], {}), (False, [], {"TERM": "dumb"}), (False, [], {"TERM": ""}), (False, [], {"NO_COLOR": "1"}),
                (True, [], {"TERM": "dumb", "FORCE_COLOR": "1"}), (False, [], {"FORCE_COLOR": "1", "NO_COLOR": "1"}),
                (False, ["--color", "never"], {"FORCE_COLOR": "1"}), (True, ["--color=always"], {"NO_COLOR": "1"}),
                (True, ["--color", "auto"], {})):
            with self.subTest(flags=flags, variables=variables):
                for arguments in ([*flags, *lint], [*lint, *flags], ["lint", *flags, "--foo"]):
                    self.assertEqual("\x1b[" in program.shown_at(80, self.folder, *arguments, **variables)[1], expected)

    def test_what_is_no_terminal_gets_neither(self):
        for run in self.runs:
            for variables in ({"TERM": "xterm"}, {"COLUMNS": "40", "TERM": "xterm"}):
                done = program.run_bytes(self.folder, *run, more=variables)
                alone = program.run_bytes(self.folder, *run)
                self.assertEqual((done.stdout, done.stderr), (alone.stdout, alone.stderr))
                self.assertNotIn(b"\x1b", done.stdout + done.stderr)

    def test_json_and_concise_lines_are_never_broken(self):
        for form in ("json", "concise"):
            run = ("lint", "--format", form, "authelia.yml", "immich.yml")
            self.assertEqual(program.shown_at(40, self.folder, *run, NO_COLOR="1")[1], program.run(self.folder, *run).stdout)
        self.assertNotIn("\x1b", program.shown_at(40, self.folder, "lint", "--format", "json", "authelia.yml", "--color", "always")[1])

    def test_width_that_the_terminal_does_not_know(self):
        run = ("explain", "secret-mismatch")
        for variables, columns in (({"COLUMNS": "40"}, 40), ({"COLUMNS": "7"}, 40)):
            self.assertEqual(program.shown_at(0, self.folder, *run, **variables), program.shown_at(columns, self.folder, *run))
        whole = program.run(self.folder, *run).stdout
        for variables in ({}, {"COLUMNS": "x"}, {"COLUMNS": ""}, {"COLUMNS": "-1"}):
            self.assertEqual(program.shown_at(0, self.folder, *run, NO_COLOR="1", **variables)[1], whole)

    def test_examples_of_help_are_command_lines(self):
        """Each names files that need not be there, and nothing that the parser does not know."""
        for command in self.commands:
            with self.subTest(command=command):
                found = examples(program.run(self.folder, "help", command).stdout)
                self.assertEqual(len(found), 2)
                for line in found:
                    words = line.split()[1:]
                    self.assertEqual(words[0], command)
                    done = program.run(self.folder, *words)
                    self.assertNotRegex(done.stderr, "unknown|does not take|is missing\n|needs a value|used together")
        self.assertEqual(len(examples(program.run(self.folder, "--help").stdout)), 2)


if __name__ == "__main__":
    unittest.main()
