"""Runs the commands of the built oidcgen for the Python tests.

They find the program in the environment variable OIDCGEN, and in RUN_MANY the one that runs its commands one after the
other in one process.
"""

import atexit
import errno
import fcntl
import os
import pty
import struct
import subprocess
import tempfile
import termios
import threading
from dataclasses import dataclass
from pathlib import Path

OIDCGEN = Path(os.environ["OIDCGEN"]).resolve(strict=True)

# The secret and the digest of Authelia's own documentation: a pair that fits, made by another program.
SAMPLE_SECRET = "insecure_secret"
SAMPLE_DIGEST = (
    "$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q"
    "$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOsKaPK0hjf.9yHxzQGZziziccp6Yng"
)


@dataclass(frozen=True)
class Result:
    stdout: str
    stderr: str
    status: int


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
    return kept | {"PATH": f"{OIDCGEN.parent}:/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


class Runner:
    """A process that runs commands until it is closed."""

    def __init__(self):
        self.process = subprocess.Popen(
            [os.environ["RUN_MANY"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
        )

    def run(self, texts: list[bytes], seconds: float) -> list[bytes]:
        """The answer; what is missing in it when the process ended before."""
        limit = threading.Timer(seconds, self.process.kill)
        limit.start()
        try:
            self.process.stdin.write(b"%d\n" % len(texts) + b"".join(b"%d\n%s" % (len(text), text) for text in texts))
            self.process.stdin.flush()
            answer = []
            while len(answer) < 3 and (size := self.process.stdout.readline()):
                answer.append(self.process.stdout.read(int(size)))
            return answer
        except BrokenPipeError:
            return []
        finally:
            limit.cancel()

    def close(self) -> int:
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(60)


class Runners:
    """One for each thread; all end with the tests, which fail when one of them does (its memory is leaked, say)."""

    def __init__(self):
        self.own = threading.local()
        self.all: list[Runner] = []
        atexit.register(self.close)

    def run(self, texts: list[bytes], seconds: float) -> list[bytes]:
        if getattr(self.own, "runner", None) is None:
            self.own.runner = Runner()
            self.all.append(self.own.runner)
        answer = self.own.runner.run(texts, seconds)
        if len(answer) < 3:
            self.all.remove(self.own.runner)
            status, self.own.runner = self.own.runner.close(), None
            return [b"%d" % status, b"", b"the process ended"]
        return answer

    def close(self):
        statuses = [runner.close() for runner in self.all]
        if any(statuses):
            print(f"a process that ran commands ended with {statuses}", flush=True)
            os._exit(1)


RUNNERS = Runners()


def run_bytes(folder: Path, *arguments: str, stdin: bytes = b"", more: dict[str, str] | None = None,
              seconds: float = 60) -> subprocess.CompletedProcess:
    """Runs a command in a folder, without a terminal; `more` is added to its environment."""
    variables = [f"{name}={value}" for name, value in (environment(folder) | (more or {})).items()]
    texts = [str(folder), stdin, str(len(arguments)), *map(str, arguments), *variables]
    raw = [text if isinstance(text, bytes) else os.fsencode(text) for text in texts]
    status, stdout, stderr = RUNNERS.run(raw, seconds)
    return subprocess.CompletedProcess(arguments, int(status), stdout, stderr)


def run(folder: Path, *arguments: str, stdin: str = "") -> Result:
    """The same with texts."""
    done = run_bytes(folder, *arguments, stdin=stdin.encode())
    return Result(done.stdout.decode(), done.stderr.decode(), done.returncode)


def folder_with_secret() -> tempfile.TemporaryDirectory:
    """A temporary folder that holds `sample.secret` and `sample.digest`."""
    folder = tempfile.TemporaryDirectory(prefix="oidcgen-test-")
    secret = Path(folder.name) / "sample.secret"
    secret.touch(mode=0o600)
    secret.write_text(SAMPLE_SECRET + "\n")
    (Path(folder.name) / "sample.digest").write_text(SAMPLE_DIGEST + "\n")
    return folder


def shown_at(columns, folder, *arguments, **variables):
    """The exit status, and what a terminal of so many columns gets on standard output and standard error."""
    terminal, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    wanted = environment(folder) | {"TERM": "xterm"} | variables
    process = subprocess.Popen([OIDCGEN, *arguments], cwd=folder, env=wanted, stdin=subprocess.DEVNULL,
                               stdout=side, stderr=side, start_new_session=True)
    os.close(side)
    shown = b""
    while True:
        try:
            more = os.read(terminal, 65536)
        except OSError as error:  # nobody has the other side any more
            if error.errno != errno.EIO:
                raise
            break
        if not more:
            break
        shown += more
    os.close(terminal)
    return process.wait(300), shown.decode().replace("\r\n", "\n")
