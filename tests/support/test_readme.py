"""Runs the console blocks of README.md and compares what they print, digests and secrets apart.

Needs OIDCGEN (the program) and SOURCE (the source folder) in the environment.
"""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import program

README = Path(os.environ["SOURCE"]) / "README.md"

# These differ on every run, because the secret and the salt do.
RANDOM = (
    (re.compile(r"\$pbkdf2-sha512\$310000\$[A-Za-z0-9./]{22}\$[A-Za-z0-9./]{86}"), "DIGEST"),
    (re.compile(r"[A-Za-z0-9._~-]{72}"), "SECRET"),
)


def steps(text: str) -> list[tuple[str, str]]:
    """Each command of the console blocks, with what the README shows below it."""
    found: list[tuple[str, str]] = []
    for block in re.findall(r"^```console\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        for line in block.splitlines(keepends=True):
            if line.startswith("$ "):
                found.append((line[2:].rstrip("\n"), ""))
            else:
                command, output = found.pop()
                found.append((command, output + line))
    return found


def without_random(text: str) -> str:
    for pattern, name in RANDOM:
        text = pattern.sub(name, text)
    return text


class Readme(unittest.TestCase):
    maxDiff = None

    def test_console_blocks(self):
        commands = steps(README.read_text())
        self.assertGreaterEqual(len(commands), 3)
        with tempfile.TemporaryDirectory(prefix="oidcgen-test-") as folder:
            for command, shown in commands:
                with self.subTest(command=command):
                    done = subprocess.run(
                        ["/bin/sh", "-c", command], cwd=folder, env=program.environment(Path(folder)),
                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                        text=True, timeout=60, start_new_session=True, check=False,
                    )
                    self.assertEqual(without_random(done.stdout), without_random(shown))


if __name__ == "__main__":
    unittest.main()
