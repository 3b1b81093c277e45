"""The completions are what tools/completions makes of the parser, and the real shells offer what they should.

Needs OIDCGEN (the program), RUN_MANY (the one that runs its commands in one process), DESCRIBE_PARSER (the program that
prints the parser's description) and SOURCE (the source folder) in the environment.
"""

import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import program

SOURCE = Path(os.environ["SOURCE"])
FOLDER = SOURCE / "completions"
NAMES = ("oidcgen.bash", "_oidcgen", "oidcgen.fish")

CLIENTS = """\
identity_providers:
  oidc:
    clients:
      - {client_id: %s, public: true, consent_mode: maybe}
      - {client_id: %s, public: true, consent_mode: maybe}
"""
HOSTILE = """\
      - {client_id: '$(touch made-by-shell)', public: true, consent_mode: maybe}
      - {client_id: 'a `touch made-by-shell`', public: true, consent_mode: maybe}
"""

# Takes what a completion adds, in place of the list that a person would see.
ZSH = """\
fpath=(%s $fpath)
autoload -Uz compinit && compinit -u -D
zstyle ':completion:*' insert-unambiguous false
unsetopt auto_menu auto_list list_beep
bindkey -e
PS1=
compadd() {
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then
        builtin compadd "$@"
        return
    fi
    local -a found
    builtin compadd -A found "$@"
    print -rl -- $found >>offered
    builtin compadd "$@"
}
ended() { print -r -- >done }
try() { comppostfuncs=(ended); zle complete-word }
zle -N try
bindkey '^I' try
print -r -- READY
"""


class Zsh:
    """A shell on a terminal of its own."""

    def __init__(self, folder):
        self.folder, self.shown = folder, b""
        self.terminal, side = pty.openpty()
        environment = program.environment(folder) | {"TERM": "xterm", "ZDOTDIR": str(folder)}
        self.shell = subprocess.Popen(["zsh", "-i"], cwd=folder, env=environment, stdin=side, stdout=side, stderr=side,
                                      start_new_session=True)
        os.close(side)
        self.wait_until(lambda: b"READY" in self.shown)

    def wait_until(self, holds):
        ends = time.monotonic() + 60
        while not holds():
            assert time.monotonic() < ends, self.shown.decode(errors="replace")
            if select.select([self.terminal], [], [], 0.01)[0]:
                self.shown += os.read(self.terminal, 65536)

    def offered(self, line):
        """What is offered when the key Tab is pressed behind that line."""
        for name in ("offered", "done"):
            (self.folder / name).unlink(missing_ok=True)
        os.write(self.terminal, b"\x15" + line.encode() + b"\t")  # Ctrl-U empties the line before
        self.wait_until((self.folder / "done").exists)
        offered = self.folder / "offered"
        return sorted(set(offered.read_text().split()) if offered.exists() else [])

    def close(self):
        self.shell.kill()
        self.shell.wait()
        os.close(self.terminal)


def from_fish(folder, lines):
    """What fish offers for each of the lines; for `--format=js`, what may follow the sign."""
    script = f"source {FOLDER}/oidcgen.fish; for line in $argv; complete -C $line; echo ENDED; end"
    done = subprocess.run(["fish", "--no-config", "-c", script, *lines], cwd=folder, capture_output=True, text=True,
                          env=program.environment(folder) | {"XDG_CONFIG_HOME": str(folder), "TERM": "dumb"}, check=True)
    assert done.stderr == "", done.stderr
    answers = [[]]
    for row in done.stdout.splitlines():
        if row == "ENDED":
            answers.append([])
        else:
            word = row.split("\t")[0]
            answers[-1].append(word.partition("=")[2] if word.startswith("--") and "=" in word else word)
    return {line: sorted(answer) for line, answer in zip(lines, answers)}


class Completions(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        text = subprocess.run([os.environ["DESCRIBE_PARSER"]], capture_output=True, check=True, text=True).stdout
        cls.commands = {command["name"]: command for command in json.loads(text)}
        cls.names = sorted(name for name in cls.commands if name)
        holder = tempfile.TemporaryDirectory(prefix="oidcgen-test-")
        cls.addClassCleanup(holder.cleanup)
        cls.folder = Path(holder.name)
        (cls.folder / "a-file.yml").touch()
        (cls.folder / "two.yml").write_text(CLIENTS % ("photos", "plain") + HOSTILE)
        (cls.folder / "a folder").mkdir()
        (cls.folder / "a folder" / "one.yml").write_text(CLIENTS % ("in-folder", "in-folder"))
        (cls.folder / ".zshrc").write_text(ZSH % FOLDER)
        lines = program.run(cls.folder, "explain", "all").stdout.splitlines()
        cls.rules = sorted(line.split()[2].removesuffix(":") for line in lines)

    def releases(self, command, flag):
        return next(it["releases"] for it in self.commands[command]["options"] if it["name"] == flag)

    def flags(self, command):
        options = [*self.commands[""]["options"], *self.commands[command]["options"]]
        return sorted({it["name"] for it in options if it["name"].startswith("-")})

    def test_files_are_what_the_script_makes(self):
        with tempfile.TemporaryDirectory(prefix="oidcgen-test-") as folder:
            command = [sys.executable, "-B", SOURCE / "tools/completions", os.environ["DESCRIBE_PARSER"], folder]
            subprocess.run(command, check=True)
            for name in NAMES:
                with self.subTest(name=name):
                    self.assertEqual((FOLDER / name).read_text(), (Path(folder) / name).read_text(),
                                     "run tools/completions BUILD/tests/support/describe_parser")

    def expectations(self):
        """Lines as a person types them, and what must be offered at their end."""
        of_provider = self.releases("lint", "--authelia-version")
        newest = of_provider[-1].rpartition(".")[0] + "."
        yield "oidcgen ", self.names
        yield "oidcgen li", ["lint"]
        yield "oidcgen help ", self.names
        yield "oidcgen --color ne", ["never"]
        yield "oidcgen explain --format ", ["json", "markdown", "text"]
        yield "oidcgen explain redirect-uri-unr", ["redirect-uri-unregistered"]
        yield "oidcgen explain ", sorted(["all", *self.rules])
        yield "oidcgen lint --select redirect-uri-unr", ["redirect-uri-unregistered"]
        yield "oidcgen lint --ignore ", self.rules
        yield "oidcgen lint --severity redirect-uri-unr", ["redirect-uri-unregistered="]
        yield "oidcgen lint --fail-on=", ["error", "never", "note", "warning"]
        yield "oidcgen lint a-f", ["a-file.yml"]
        yield "oidcgen lint --site a-f", ["a-file.yml"]
        yield "oidcgen lint --authelia-version ", sorted({"auto", *(it.rpartition(".")[0] for it in of_provider)})
        yield f"oidcgen lint --authelia-version={newest}", sorted(it for it in of_provider if it.startswith(newest))
        yield "oidcgen authelia --style ", ["client", "full", "snippet"]
        yield "oidcgen immich a-file.yml --format ", ["json", "yaml"]
        yield "oidcgen lint --client ", []
        yield "oidcgen lint a-file.yml --client ", []
        for files in ("two.yml", "--config two.yml", "--config=two.yml", "two.yml --site a-file.yml", "--color never two.yml"):
            yield f"oidcgen lint {files} --client ", ["photos", "plain"]
        yield "oidcgen lint two.yml --client=ph", ["photos"]
        yield "oidcgen lint a\\ folder --client ", ["in-folder"]
        # The file is no source of clients when it is the value of another option.
        yield "oidcgen lint --site two.yml --client ", []
        yield "oidcgen authelia two.yml --client-id ", []

    def expected(self):
        expected = dict(self.expectations())
        return expected | {f"oidcgen {command} --": self.flags(command) for command in self.names}

    def setUp(self):
        self.addCleanup(lambda: self.assertFalse((self.folder / "made-by-shell").exists(), "text of a file was run"))

    def compare(self, offered, sign="="):
        """`sign` is what a shell shows behind a rule that needs a level; zsh adds its sign later."""
        for line, expected in self.expected().items():
            with self.subTest(line=line):
                self.assertEqual(offered(line), [word.removesuffix("=") + sign if word[-1:] == "=" else word for word in expected])

    def from_bash(self, line):
        """As bash calls the completion: a sign of equality is a word of its own, and what was quoted stays so."""
        words = [piece for word in re.split(r"(?<!\\) ", line) for piece in re.split(r"(=)", word) if piece or not word]
        script = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _oidcgen; printf "%s\\n" "${COMPREPLY[@]}"'
        done = subprocess.run(["bash", "--norc", "-u", "-c", script, "bash", FOLDER / "oidcgen.bash", *words],
                              cwd=self.folder, env=program.environment(self.folder), capture_output=True, text=True, check=True)
        self.assertEqual(done.stderr, "")
        return sorted(done.stdout.split())

    def test_bash(self):
        for line, expected in self.expectations():
            if "--client" in line:
                with self.subTest(line=line):
                    self.assertEqual(self.from_bash(line), expected)

    @unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
    def test_zsh(self):
        shell = Zsh(self.folder)
        self.addCleanup(shell.close)
        self.compare(shell.offered, sign="")
        self.assertEqual(shell.offered("oidcgen lint --severity a="), ["error", "note", "warning"])
        self.assertEqual(shell.offered("oidcgen lint --report sarif=a-"), ["a-file.yml"])
        self.assertIn("json", shell.offered("oidcgen lint --report "))

    @unittest.skipUnless(shutil.which("fish"), "fish is not installed")
    def test_fish(self):
        more = {"oidcgen lint --severity a=": ["a=error", "a=note", "a=warning"],
                "oidcgen lint --report sarif=a-": ["sarif=a-file.yml"]}
        offered = from_fish(self.folder, [*self.expected(), *more])
        self.compare(offered.get)
        for line, expected in more.items():
            self.assertEqual(offered[line], expected)


if __name__ == "__main__":
    unittest.main()
