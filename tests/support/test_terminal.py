"""What `oidcgen hash` does at a terminal: asks twice without showing the secret, and tells how far long work is.

Needs OIDCGEN (the program) in the environment.
"""

import os
import pty
import select
import signal
import subprocess
import tempfile
import termios
import time
import unittest
from pathlib import Path

import program

SECRET = b"q7-Rk2_vXp9.LmT4wZs8bd"
PATIENCE = 60  # seconds, for a broken program only


class AtTerminal:
    """The program with a terminal of its own; standard output goes to a pipe."""

    def __init__(self, folder, *arguments):
        self.terminal, side = pty.openpty()

        def prepare():
            os.setsid()
            os.close(os.open(os.ttyname(side), os.O_RDWR))  # becomes the controlling terminal

        self.process = subprocess.Popen([program.OIDCGEN, *arguments], cwd=folder, env=program.environment(folder), stdin=side,
                                        stdout=subprocess.PIPE, stderr=side, preexec_fn=prepare)
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
        output = self.process.stdout.read()
        self.process.stdout.close()
        status = self.process.wait(PATIENCE)
        while select.select([self.terminal], [], [], 0.1)[0]:
            self.shown += os.read(self.terminal, 4096)
        echoes = self.echoes()
        os.close(self.terminal)
        os.close(self.side)
        return status, output, echoes


class Terminal(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="oidcgen-test-")
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

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


if __name__ == "__main__":
    unittest.main()
