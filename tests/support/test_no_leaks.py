"""No secret shows up where it has no business.

Secrets stand wherever one can stand (`leak_places` has the tables, `leak_inputs` makes the files of them): in each kind
of file, well formed and broken, in the site's folder, in the environment, on standard input, and where people put one
by mistake. Every command runs over them, in every form of report. What betrays a secret (`marks`) may then be in no
stream and no file but those that are made to hold it: what `immich` prints, the secret file of `init`, and what
`hash --generate` prints.

Needs OIDCGEN (the program), RUN_MANY (the one that runs its commands in one process) and DESCRIBE_PARSER (the one that
prints the parser's description) in the environment. LEAKS_SHOWN says how many leaks are told, LEAKS_FILE takes all;
with LEAKS_SHARE=16 only one run of sixteen is made, spread over all of them.
"""

import array
import base64
import collections
import concurrent.futures
import fcntl
import itertools
import json
import os
import resource
import signal
import subprocess
import tempfile
import termios
import time
import unittest
from dataclasses import dataclass
from pathlib import Path

import program
from leak_inputs import FEW, FULL, all_inputs, to_bytes
from leak_places import (
    ADDRESSES, ADDRESS_OPTIONS, DIGEST_FILES, DIGEST_HEAD, ENV_FILES, FILLED_SETTINGS, HASH_ARGUMENTS, KINDS,
    PLAIN_ADDRESSES, PLAIN_ARGUMENTS, SECRET_ARGUMENTS, SECRET_FILES, SECRET_OPTIONS, SHOWN_OPTIONS, VALUES_FILES,
    VARIABLES, filled,
)
from marks import HYPHENED, MARKS, PHRASE, RANDOM, SEARCHES, SHORT, betrayed

BATCH = 25  # files of one run of lint
FEWEST = 3000  # inputs
SHARE = int(os.environ.get("LEAKS_SHARE", "1"))
CHEAP_DIGEST = "$pbkdf2-sha512$1$c2FsdA$a2V5"
PROVIDER = """\
identity_providers:
  oidc:
    clients:
      - client_id: immich
        client_secret: '$plaintext$insecure_secret_for_tests'
        redirect_uris: [https://photos.example.com/auth/login]
        token_endpoint_auth_method: client_secret_post
session:
  cookies: [{domain: example.com, authelia_url: https://auth.example.com}]
"""
APPLICATION = """\
oauth:
  enabled: true
  issuerUrl: https://auth.example.com
  clientId: immich
  clientSecret: insecure_secret_for_tests
server: {externalDomain: https://photos.example.com}
"""
SITE = "domain: example.com\nsubdomain: photos\nclient_id: immich\n"


def described_parser():
    text = subprocess.run([os.environ["DESCRIBE_PARSER"]], capture_output=True, check=True, text=True).stdout
    return {command["name"]: command for command in json.loads(text) if command["name"]}


PARSER = described_parser()
LINT = {option["name"]: option["values"] for option in PARSER["lint"]["options"]}


@dataclass(frozen=True)
class Run:
    """One run of a command, and what may not be in its streams."""

    what: str
    arguments: tuple
    mark: object
    stdin: bytes = b""
    folder: Path | None = None
    variables: tuple = ()
    out_may_show: bool = False  # standard output, when the run succeeds


# Reports that differ in more than the marks around the same words; of the others each run takes one.
OWN_WORDS = ("text", "concise", "json")
SAME_WORDS = [form for form in LINT["--format"] if form not in OWN_WORDS]


def forms_of(number):
    """The formats of one run."""
    return [*OWN_WORDS, SAME_WORDS[number % len(SAME_WORDS)]]


def lint_extras():
    """What else `lint` can be asked for, one after the other: all values of its options, and its flags."""
    extras = [["--kind", "authelia"], ["partner"], ["--literal", "partner", "--address", "https://photos.example.com"]]
    for name, values in LINT.items():
        if name not in ("--format", "--help", "--show"):
            extras += [[name, value] for value in values if [name, value] not in extras]
    extras += [[option["name"], "partner"] for option in PARSER["lint"]["options"]
               if not option["takes_value"] and option["name"] != "--help"]
    extras += [["--authelia-version", "4.38", "--immich-version", "1.110"], ["--site", "site.yaml", "partner"]]
    return extras


class Leaks(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="oidcgen-test-")
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def invoke(self, *arguments, stdin=b"", environment=None, folder=None):
        more = {"SOURCE_DATE_EPOCH": "1767225600"} | (environment or {})
        done = program.run_bytes(folder or self.folder, *arguments, stdin=stdin, more=more, seconds=120)
        if done.returncode not in (0, 1, 2):
            self.fail(f"{arguments} crashes: {done.returncode}, {done.stderr.decode(errors='replace')[-2000:]}")
        return done

    def shown(self, run):
        """What stands around the mark where a stream of the run shows it, or nothing."""
        done = self.invoke(*run.arguments, stdin=run.stdin, environment=dict(run.variables), folder=run.folder)
        for name, stream in (("standard output", done.stdout), ("standard error", done.stderr)):
            if run.out_may_show and name == "standard output" and done.returncode == 0:
                continue
            around = betrayed(stream.decode(errors="backslashreplace"), run.mark)
            if around is not None:
                return f"{name}: {around}"
        return None

    def no_leaks(self, runs, alone=lambda run: [run]):
        """Runs everything; what leaks is run again alone, so that it can be said what it is."""
        def one(run):
            try:
                around = self.shown(run)
                if around is None:
                    return []
                found = [(part.what, self.shown(part)) for part in alone(run)]
                return [(what, there) for what, there in found if there] or [(run.what, around)]
            except AssertionError as fault:
                return [(run.what, str(fault))]

        # A prime in between, so that no form of report and no option is always left out.
        some = [run for number, run in enumerate(runs) if number * 7919 % 104729 % SHARE == 0]
        self.assertTrue(some)
        with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
            faults = list(itertools.chain.from_iterable(pool.map(one, some)))
        if faults and "LEAKS_FILE" in os.environ:
            with open(os.environ["LEAKS_FILE"], "a") as file:
                file.writelines(json.dumps([self.id(), what, around]) + "\n" for what, around in faults)
        if faults:
            some = faults[:int(os.environ.get("LEAKS_SHOWN", "5"))]
            self.fail(f"{len(faults)} leaks or crashes\n\n" + "\n\n".join(f"{what}\n{around}" for what, around in some))

    def check_files(self, folder, known):
        """No mark in files that a command left behind, but in those that are known to hold one."""
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name not in known:
                self.assertIsNone(betrayed(path.read_bytes().decode(errors="replace")), path.name)
            self.assertIsNone(betrayed(path.name))

    # What is generated.

    def lint_batches(self, kind, inputs):
        """Files of one kind and one mark, many in a run: in each form of report, and what else there is in turn."""
        (self.folder / "site.yaml").write_text(SITE)
        (self.folder / "provider.yml").write_text(PROVIDER)
        (self.folder / "application.yml").write_text(APPLICATION)
        partner = "application.yml" if kind.name == "provider" else "provider.yml"
        names = {}
        groups = collections.defaultdict(list)
        for number, made in enumerate(inputs):
            name = f"{number}{kind.suffix}"
            names[name] = made
            groups[made.mark].append(name)
            (self.folder / name).write_bytes(made.content)
        extras = itertools.cycle([partner if word == "partner" else word for word in extra] for extra in lint_extras())
        of_kind = ["--kind", kind.lint_kind] if kind.lint_kind else []
        shows = itertools.cycle(LINT["--show"])
        turn = itertools.count()
        runs = []

        def add(some, flags):
            runs.append(Run(f"lint {' '.join(flags)}", ("lint", *some, *flags), names[some[0]].mark))

        for group in groups.values():
            for start in range(0, len(group), BATCH):
                some = group[start:start + BATCH]
                for form in forms_of(start // BATCH):
                    add(some, [*of_kind, "--format", form])
                extra = next(extras)
                add(some, [*(of_kind if "--kind" not in extra else []), *extra, "--format",
                           LINT["--format"][start // BATCH % 2]])
                # Takes one configuration.
                for name in (name for name in some if not names[name].shows_it):
                    if next(turn) % (2 if "address" in names[name].table else 8) == 0:
                        add([name], ["--show", next(shows), *of_kind])

        def alone(run):
            given = [word for word in run.arguments if word in names]
            flags = [word for word in run.arguments[1:] if word not in names]
            return [Run(f"{names[name]}; {run.what}", ("lint", name, *flags), run.mark) for name in given]

        self.no_leaks(runs, alone)

    def test_lint_of_files(self):
        total = 0
        inputs = collections.defaultdict(list)
        for made in all_inputs():
            inputs[made.kind].append(made)
            total += 1
        self.assertGreaterEqual(total, FEWEST)
        for name, kind in KINDS.items():
            with self.subTest(kind=name):
                self.lint_batches(kind, inputs[name])

    def test_site_files(self):
        (self.folder / "provider.yml").write_text(PROVIDER)
        (self.folder / "immich.secret").write_text("another_secret_that_stands_here_for_nothing\n")
        runs = []
        commands = itertools.cycle((
            ("authelia", "<file>"), ("immich", "<file>"), ("lint", "--site", "<file>", "provider.yml"),
            ("authelia", "-"),
            ("immich", "<file>", "--format", "yaml"), ("lint", "--site", "<file>", "provider.yml", "--format", "json"),
            ("authelia", "<file>", "--style", "full"),
        ))
        for number, made in enumerate(it for it in all_inputs() if it.kind == "site"):
            name = f"{number}.yaml"
            (self.folder / name).write_bytes(made.content)
            for command in itertools.islice(commands, 2):
                arguments = tuple(name if word == "<file>" else word for word in command)
                runs.append(Run(f"{made}; {' '.join(command)}", arguments, made.mark, stdin=made.content,
                                out_may_show=command[0] != "lint"))
            if number % 8 == 0:
                folder = self.folder / str(number)
                folder.mkdir()
                (folder / "site.yaml").write_bytes(made.content)
                runs.append(Run(f"{made}; init", ("init",), made.mark, folder=folder))
        self.no_leaks(runs)

    def test_files_of_secrets(self):
        runs = []
        number = 0
        for file, forms in (("immich.secret", SECRET_FILES), ("immich.digest", DIGEST_FILES)):
            for form in forms:
                for mark in FEW:
                    folder = self.folder / str(number)
                    number += 1
                    folder.mkdir()
                    (folder / "site.yaml").write_text(SITE)
                    (folder / "immich.secret").write_text("another_secret_that_stands_here_for_nothing\n")
                    (folder / "provider.yml").write_text(PROVIDER)
                    if mark is not RANDOM or form != "<m>":  # to make a digest takes time; this is of another secret
                        (folder / "immich.digest").write_text(CHEAP_DIGEST)
                    content = to_bytes(filled(form.replace("<long>", mark.text * 4000), mark))
                    (folder / file).write_bytes(content)
                    for command in (("authelia",), ("immich",), ("immich", "--secret-placeholder", "x"), ("init",),
                                    ("hash", file, "--verify", CHEAP_DIGEST),
                                    ("hash", "-", "--json", "--verify", "$y$x"),
                                    ("hash", "--each", file, "--iterations", "100000"), ("lint", file),
                                    ("diagnose", file), ("diagnose", file, "provider.yml", "--format", "json"),
                                    ("lint", "--kind", "authelia", file, "--format", "json"),
                                    ("authelia", "--digest-file", file),
                                    ("authelia", file), ("lint", "--site", file, "provider.yml")):
                        if mark is RANDOM or command[0] != "hash":
                            runs.append(Run(f"{file} {form!r}, {mark.name}; {' '.join(command)}", command, mark,
                                            stdin=content,
                                            folder=folder, out_may_show=command == ("immich",)))
        self.no_leaks(runs)

    def test_options(self):
        """A secret as the value of an option, or as an option."""
        (self.folder / "site.yaml").write_text(SITE)
        (self.folder / "provider.yml").write_text(PROVIDER)
        (self.folder / "good").write_text("another_secret_that_stands_here_for_nothing\n")
        number = itertools.count()
        runs = []

        def add(command, words, mark):
            folder = self.folder
            if command == "init":  # it makes files
                folder = self.folder / str(next(number))
                folder.mkdir()
            files = {"lint": ["provider.yml"],
                     "init": ["--domain=example.com", "--subdomain=photos", "--client-id=immich"]}
            words = [filled(word, mark) for word in words]
            arguments = (command, *files.get(command, ()), *words)
            runs.append(Run(f"{command} {' '.join(words)}, {mark.name}", arguments, mark, folder=folder,
                            out_may_show=command not in ("lint", "diagnose", "explain", "hash", "help", "")))

        for command, described in PARSER.items():
            for option in described["options"]:
                name = option["name"]
                if not option["takes_value"] or name in SHOWN_OPTIONS:
                    continue
                is_secret = name in SECRET_OPTIONS and command != "init"  # which tells what files it made
                for mark in MARKS if is_secret else (mark for mark in MARKS if mark.is_random):
                    if name.startswith("--"):
                        add(command, [f"{name}=<m>"], mark)
                        if command != "init":  # each of its runs makes a digest
                            add(command, [name, "<m>"], mark)
                    elif command != "hash":
                        add(command, ["<m>"], mark)
                if name in ADDRESS_OPTIONS:
                    for address in ADDRESSES:
                        for mark in (RANDOM, SHORT):
                            add(command, [name, address.replace("<host>", "photos.example.com")], mark)
                    for address in PLAIN_ADDRESSES:
                        add(command, [name, address.replace("<host>", "photos.example.com")], RANDOM)
            for words in SECRET_ARGUMENTS:
                for mark in MARKS:
                    add(command, words, mark)
            for words in PLAIN_ARGUMENTS:
                add(command, words, RANDOM)
        for words in HASH_ARGUMENTS:
            for mark in MARKS:
                add("hash", words, mark)
        for words in (["<m>"], ["<m>", "lint"], ["--<m>"], ["--secret=<m>", "lint"]):
            runs.append(Run(f"{words}", tuple(filled(word, RANDOM) for word in words), RANDOM))
        self.no_leaks(runs)
        for folder in self.folder.iterdir():
            for path in folder.iterdir() if folder.is_dir() else ():
                self.assertIsNone(betrayed(path.name), f"init makes {path.name}")

    def test_environment(self):
        (self.folder / "site.yaml").write_text(SITE)
        (self.folder / "provider.yml").write_text(PROVIDER)
        (self.folder / "immich.secret").write_text(program.SAMPLE_SECRET)
        (self.folder / "immich.digest").write_text(CHEAP_DIGEST)
        runs = []
        commands = [("explain", "secret-mismatch"), ("init",), ("authelia",), ("immich",), ("hash", "--env", "S"),
                    ("hash",),
                    *(("lint", "--format", form, "provider.yml") for form in LINT["--format"]), ("lint", "-")]
        for variable in VARIABLES:
            for mark in FEW:
                variables = ((variable, mark.text),)
                runs += [Run(f"{variable}, {mark.name}; {command}", command, mark, variables=variables)
                         for command in commands]
        self.no_leaks(runs)
        self.check_files(self.folder, ())

    def test_files_of_values(self):
        """A secret in a file that fills placeholders: of secrets, and, named like one, of anything else."""
        (self.folder / "provider.yml").write_text(PROVIDER)
        (self.folder / "application.yml").write_text(APPLICATION)
        runs = []
        tables = (("--env-file", ENV_FILES, "${X}"), ("--env-file", ENV_FILES, '{{ env "X" }}'),
                  ("--values", VALUES_FILES, "{{ .Values.x }}"))
        number = itertools.count()

        def add(option, content, mark, settings, partner, shows):
            name = f"{next(number)}"
            (self.folder / f"{name}.values").write_bytes(to_bytes(content))
            (self.folder / f"{name}.yml").write_text(settings)
            for flags in (*(("--format", form, partner) for form in forms_of(int(name))),
                          ("--format", "text", "--trace", partner), ("--show", shows)):
                runs.append(Run(f"{option} {content!r}, {settings!r}; {flags}",
                                ("lint", f"{name}.yml", option, f"{name}.values", *flags), mark))

        for option, forms, hole in tables:
            for form in forms:
                for mark in FEW:
                    for side, settings in FILLED_SETTINGS.items():
                        whole, partner, shows = {
                            "provider": (PROVIDER, "application.yml", "discovery"),
                            "application": (APPLICATION, "provider.yml", "effective"),
                        }[side]
                        key = settings[0].partition(":")[0]
                        before = next(line for line in whole.splitlines() if line.strip().startswith(key))
                        setting = settings[next(number) % len(settings)].replace("<x>", hole)
                        if hole.startswith("{{ env"):
                            setting = setting.replace(f" {hole}", f" '{hole}'")
                        add(option, filled(form, mark), mark, whole.replace(before.strip(), setting), partner, shows)
        for mark in FEW:
            for name in ("CLIENT_SECRET", "secretDomain", "PASSWORD"):
                for old, new in (("immich", f"${{{name}}}"), ("photos.example.com", f"photos.${{{name}}}"),
                                 ("auth.example.com", f"${{{name}}}"), ("client_secret_post", f"${{{name}}}")):
                    add("--env-file", f"{name}='{mark.text}'\n", mark, PROVIDER.replace(old, new), "application.yml",
                        "discovery")
                    add("--env-file", f"{name}='{mark.text}'\n", mark, APPLICATION.replace(old, new), "provider.yml",
                        "effective")
        self.no_leaks(runs)

    # What is not.

    def check(self, *arguments, allowed=False, stdin=b"", environment=None):
        run = Run(f"{arguments}", arguments, None, stdin, out_may_show=allowed)
        done = self.invoke(*arguments, stdin=stdin, environment=environment)
        for name, stream in (("standard output", done.stdout), ("standard error", done.stderr)):
            if not (allowed and name == "standard output"):
                self.assertIsNone(betrayed(stream.decode(errors="backslashreplace")), f"{run.what}, {name}")
        return done

    def test_marks_are_found(self):
        for mark in SEARCHES:
            text = mark.text[:64]
            for shown in (text, text[3:3 + mark.piece], text[-mark.piece:], text.upper(), text[::-1],
                          text.encode().hex(), f"x{text[:mark.piece]}x",
                          filled("<b>", mark), filled("<x>", mark), filled("<u>", mark), filled("<%>", mark),
                          base64.b64encode(f"$plaintext${text}".encode()).decode(),
                          str(text.encode("utf-16-le"))[2:].replace("\\x00", "\0")):
                self.assertIsNotNone(betrayed(f"client_secret: {shown}\n", mark), shown)
        for path in (Path(os.environ["SOURCE"]) / "README.md", Path(os.environ["SOURCE"]) / "man/oidcgen.1"):
            self.assertIsNone(betrayed(path.read_text()))
        for text in ("", RANDOM.text[:5], "client_secret: ********", PROVIDER, APPLICATION, SITE,
                     program.SAMPLE_DIGEST):
            self.assertIsNone(betrayed(text))

    def test_init_and_what_it_made(self):
        """The secret is the program's own here, so it is its parts that must not show."""
        size = 6
        flags = ["--domain", "example.com", "--subdomain", "photos", "--client-id", "immich"]
        made = self.invoke("init", *flags)
        secret = (self.folder / "immich.secret").read_text()
        own = {secret[i:i + size] for i in range(len(secret) - size + 1)}
        runs = [made, self.invoke("init"), self.invoke("authelia"), self.invoke("authelia", "--style", "full"),
                self.invoke("immich", "--output", "immich.json"),
                self.invoke("immich", "--secret-placeholder", "later")]
        (self.folder / "authelia.yml").write_bytes(runs[2].stdout)
        for form in LINT["--format"]:
            runs.append(self.invoke("lint", "--format", form, "authelia.yml", "immich.json"))
        for done in runs:
            for stream in (done.stdout, done.stderr):
                self.assertFalse(any(part in stream.decode() for part in own))
        printed = self.invoke("immich")
        self.assertIn(secret, printed.stdout.decode())
        self.assertFalse(any(part in printed.stderr.decode() for part in own))
        for path in self.folder.iterdir():
            if path.name not in ("immich.secret", "immich.json"):
                self.assertFalse(any(part in path.read_text() for part in own), path.name)
            else:
                self.assertEqual(path.stat().st_mode & 0o777, 0o600)

    def test_site_folder(self):
        for mark in (RANDOM, HYPHENED):
            with self.subTest(mark=mark.name):
                for path in self.folder.iterdir():
                    path.unlink()
                (self.folder / "immich.secret").write_text(mark.text + "\n")
                (self.folder / "site.yaml").write_text(SITE)
                self.check("init")
                self.check("authelia")
                self.check("authelia", "--output", "authelia.yml")
                for form in ("json", "yaml"):
                    self.check("immich", "--format", form, allowed=True)
                self.check("immich", "--output", "immich.json")
                self.check("immich", "--output", "immich.json")  # it exists
                self.check("immich", "--output", "no/such/folder")
                self.check("immich", "--output", "/dev/full")
                self.check_files(self.folder, {"immich.secret", "immich.json"})

    def test_hash(self):
        for mark in FEW:
            text = mark.text
            for name, content in {"good": text, "line": text + "\n", "nul": text + "\0" + text, "long": text * 4000,
                                  "lines": f"{text}\n{text}\n",
                                  "gap": f"{text}\n\n{text}\n", "latin": text + "\xe4"}.items():
                raw = content.encode("latin-1")
                (self.folder / name).write_bytes(raw)
                for flags in (["--iterations", "100000"], ["--iterations", "100000", "--json"],
                              ["--verify", CHEAP_DIGEST],
                              ["--json", "--verify", CHEAP_DIGEST], ["--verify", "$y$broken"]):
                    if mark is not RANDOM and "--iterations" in flags:
                        continue  # takes time
                    self.check("hash", name, *flags)
                    self.check("hash", "-", *flags, stdin=raw)
                    if "\0" not in content and len(content) < 100_000:
                        self.check("hash", "--env", "S", *flags, environment={"S": content, "OIDCGEN_SECRET": text})
                self.check("hash", "--iterations", "100000", "--each", name)
            for digest in (text, f"$plaintext${text}", f"{DIGEST_HEAD}{text}", f"$2b${text}", f"$6$rounds={text}$x$y",
                           f"${text}$a$b"):
                self.check("hash", "good", "--verify", digest)
                self.check("hash", "good", "--json", "--verify", digest)

    def test_unreadable_files(self):
        """A folder, a file without permission, one that is gone: the name is told, nothing else."""
        (self.folder / "authelia.yml").write_text(filled(FULL["provider"], RANDOM))
        (self.folder / "immich.json").write_text(filled(FULL["application JSON"], RANDOM))
        for run in (["lint", "authelia.yml", "missing"], ["lint", ".", "authelia.yml"],
                    ["lint", "--format", "json", "authelia.yml", "missing"],
                    ["lint", "authelia.yml", "--authelia-version", "9"], ["lint", "authelia.yml", "--kind", "x"],
                    ["lint", "authelia.yml", "--address", "nonsense"], ["lint", "authelia.yml", "--site", "missing"],
                    ["lint", "authelia.yml", "--site", "authelia.yml"], ["authelia", "authelia.yml"],
                    ["immich", "immich.json"],
                    ["lint", "--kind", "immich", "authelia.yml"], ["lint", "--kind", "authelia", "immich.json"]):
            self.check(*run)

    def test_link_to_the_environment(self):
        """A symbolic link among the files may lead anywhere."""
        (self.folder / "provider.yml").write_text(PROVIDER)
        (self.folder / "link.yml").symlink_to("/proc/self/environ")
        # Nothing else, so that no other variable is a reason to hide the line.
        options = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
        variables = {"A": "1", "ANY": PHRASE.text, "OTHER": SHORT.text} | options
        for command in (["lint", "provider.yml", "link.yml"], ["lint", "--kind", "authelia", "link.yml"],
                        ["authelia", "link.yml"],
                        ["lint", "--site", "link.yml", "provider.yml"], ["hash", "link.yml", "--verify", CHEAP_DIGEST]):
            # In a process of its own: the environment that it began with is what the link leads to.
            done = subprocess.run([program.OIDCGEN, *command], cwd=self.folder, env=variables, capture_output=True,
                                  check=False)
            with self.subTest(command=command):
                self.assertIsNone(betrayed((done.stdout + done.stderr).decode(errors="backslashreplace")))

    def test_crash(self):
        """A program that is killed says nothing and leaves nothing."""
        for number in (signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGQUIT, signal.SIGTERM):
            with self.subTest(signal=number):
                def allow_core_dumps():
                    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
                    resource.setrlimit(resource.RLIMIT_CORE, (most, most))

                process = subprocess.Popen([program.OIDCGEN, "hash", "-"], cwd=self.folder,
                                           env=program.environment(self.folder),
                                           stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                           preexec_fn=allow_core_dumps)
                process.stdin.write(HYPHENED.text.encode())
                process.stdin.flush()
                while self.unread(process) > 0:
                    time.sleep(0.01)
                process.send_signal(number)
                stdout, stderr = process.communicate(timeout=60)
                self.assertIsNone(betrayed((stdout + stderr).decode(errors="replace")))
                self.check_files(self.folder, ())

    @staticmethod
    def unread(process):
        """How many bytes the program has not read yet; when there are none, the secret is in its memory."""
        count = array.array("i", [0])
        fcntl.ioctl(process.stdin, termios.FIONREAD, count)
        return count[0]


if __name__ == "__main__":
    unittest.main()
