"""A program that is killed while it writes leaves the old file or the new one, whole.

strace kills the writer on entering each of its system calls in turn. Needs strace and the right to trace; where it is
missing, the test fails and says so. Needs WRITE_PLAINLY (the writer, built without sanitizers) in the environment, and
OIDCGEN_PLAIN (the program itself) when that is built without sanitizers too.
"""

import os
import re
import shutil
import stat
import subprocess
import tempfile
import unittest
from collections import Counter
from pathlib import Path

WRITER = os.environ["WRITE_PLAINLY"]
OIDCGEN_PLAIN = os.environ.get("OIDCGEN_PLAIN", "")
OLD = "old content " * 1000
NEW = "new content " * 1500
KILLED = -9
STRACE = ("strace", "-qq", "-f")


def strace(folder, options, command):
    return subprocess.run([*STRACE, *options, *command], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, errors="replace", check=False, timeout=120,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})


def why_not_traceable():
    """Empty when tracing works here."""
    if shutil.which("strace") is None:
        return "strace is not installed (tools/packages lists it)"
    done = subprocess.run([*STRACE, "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    return f"processes cannot be traced here: {done.stderr.strip()}" if done.returncode != 0 else ""


def system_calls(folder, command, first):
    """What a run of the command calls, as (name, how many of that name so far), from the first call of `first` on."""
    trace = folder / "trace"
    done = strace(folder, ["-o", str(trace)], command)
    if done.returncode != 0:
        raise AssertionError(f"{command[0]} fails: {done.stderr}")
    calls, seen, started = [], Counter(), False
    for line in trace.read_text(errors="replace").splitlines():
        match = re.match(r"\d+ +(\w+)\(", line)
        if match is None:
            continue
        name = match[1]
        seen[name] += 1
        started = started or first in line
        if started and name not in ("execve", "exit_group"):
            calls.append((name, seen[name]))
    trace.unlink()
    return calls


class Kill(unittest.TestCase):
    def setUp(self):
        problem = why_not_traceable()
        if problem:
            self.fail(problem)
        holder = tempfile.TemporaryDirectory(prefix="oidcgen-kill-")
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def empty(self):
        for path in self.folder.iterdir():
            path.unlink()

    def each_kill(self, command, prepare, first):
        """Yields after a kill on entering each system call; the folder holds what is left."""
        self.empty()
        prepare()
        calls = system_calls(self.folder, command, first)
        self.assertGreater(len(calls), 5)
        for name, count in calls:
            self.empty()
            prepare()
            done = strace(self.folder, ["-o", "/dev/null", f"--inject={name}:signal=KILL:when={count}"], command)
            with self.subTest(command=command[0], call=name, count=count):
                self.assertEqual(done.returncode, KILLED, done.stderr)
                yield name

    def check_leftovers(self, targets, readable_by, whole):
        """Temporary files may be left over, but hold nothing else, and show it to nobody."""
        for path in self.folder.iterdir():
            if path.name in targets:
                continue
            self.assertRegex(path.name, r"^\..*\.tmp$")
            if readable_by == "owner":
                self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
            if whole is not None:
                self.assertTrue(whole.startswith(path.read_text()))

    def check_next_run_tidies(self, command, targets):
        """The same again does its job and leaves nothing beside it."""
        again = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual((again.returncode, again.stderr), (0, ""))
        self.assertEqual({path.name for path in self.folder.iterdir()}, targets)

    def test_replacing_a_file(self):
        target = self.folder / "target"
        for readable_by in ("owner", "umask"):
            left = Counter()
            command = [WRITER, "target", "yes", readable_by, NEW]
            for _ in self.each_kill(command, lambda: target.write_text(OLD), first="execve"):
                content = target.read_text()
                self.assertIn(content, (OLD, NEW))
                left[content == NEW] += 1
                if content == NEW and readable_by == "owner":
                    self.assertEqual(stat.S_IMODE(target.stat().st_mode), 0o600)
                self.check_leftovers({"target"}, readable_by, NEW)
                self.check_next_run_tidies(command, {"target"})
            self.assertGreater(left[False], 0)
            self.assertGreater(left[True], 0)

    def test_making_a_file(self):
        target = self.folder / "target"
        for readable_by in ("owner", "umask"):
            left = Counter()
            command = [WRITER, "target", "no", readable_by, NEW]
            for _ in self.each_kill(command, lambda: None, first="execve"):
                left[target.exists()] += 1
                if target.exists():
                    self.assertEqual(target.read_text(), NEW)
                    if readable_by == "owner":
                        self.assertEqual(stat.S_IMODE(target.stat().st_mode), 0o600)
                self.check_leftovers({"target"}, readable_by, NEW)
                if not target.exists():
                    self.check_next_run_tidies(command, {"target"})
            self.assertGreater(left[False], 0)
            self.assertGreater(left[True], 0)

    @unittest.skipUnless(OIDCGEN_PLAIN, "the program is built with sanitizers; write_plainly stands for it")
    def test_init_goes_on_where_it_was_killed(self):
        command = [OIDCGEN_PLAIN, "init", "--domain", "example.com", "--subdomain", "photos", "--client-id", "immich"]
        made = {"immich.secret", "immich.digest", "site.yaml"}
        secret = self.folder / "immich.secret"
        gone_on_from = set()
        for _ in self.each_kill(command, lambda: None, first="PR_SET_DUMPABLE"):
            self.check_leftovers(made, "umask", None)
            if secret.exists():
                self.assertEqual(stat.S_IMODE(secret.stat().st_mode), 0o600)
                self.assertEqual(len(secret.read_text()), 72)
            left = frozenset((path.name if path.name in made else "temporary", path.stat().st_size, path.stat().st_mode)
                             for path in self.folder.iterdir())
            if left in gone_on_from:
                continue  # the next run would find what another one has found
            gone_on_from.add(left)
            before = {path.name: path.read_text() for path in self.folder.iterdir() if path.name in made}
            again = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
            self.assertEqual((again.returncode, again.stderr), (0, ""))
            self.assertEqual({path.name for path in self.folder.iterdir()}, made)
            for name, content in before.items():
                self.assertEqual((self.folder / name).read_text(), content)
            digest = (self.folder / "immich.digest").read_text().strip()
            verified = subprocess.run([OIDCGEN_PLAIN, "hash", "--verify", digest, "immich.secret"], cwd=self.folder,
                                      capture_output=True, text=True, check=False)
            self.assertEqual(verified.stdout, "match\n")
        self.assertGreater(len(gone_on_from), len(made))

    @unittest.skipUnless(OIDCGEN_PLAIN, "the program is built with sanitizers; write_plainly stands for it")
    def test_output_is_the_old_or_the_new_file(self):
        site = ["--domain", "example.com", "--subdomain", "photos", "--client-id", "immich", "--secret-file", "secret"]
        target = self.folder / "immich.json"

        def prepare():
            secret = self.folder / "secret"
            secret.write_text("q7-Rk2_vXp9.LmT4wZs8bd.Hn6Jc3Ye")
            secret.chmod(0o600)
            target.write_text(OLD)

        prepare()
        command = [OIDCGEN_PLAIN, "immich", *site, "--output", "immich.json", "--force"]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
        new = target.read_text()
        for _ in self.each_kill(command, prepare, first="PR_SET_DUMPABLE"):
            self.assertIn(target.read_text(), (OLD, new))
            self.check_leftovers({"immich.json", "secret"}, "owner", new)
            if len(list(self.folder.iterdir())) > 2:
                self.check_next_run_tidies(command, {"immich.json", "secret"})


if __name__ == "__main__":
    unittest.main()
