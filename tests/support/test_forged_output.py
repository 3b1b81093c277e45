"""What comes from outside cannot steer a terminal or forge a line of a log.

Texts with control characters, with ones that turn the direction of writing, with line separators and with bytes that
are not UTF-8 stand in every kind of file, in names of files, in options and in the environment. Whatever a command then
prints is UTF-8 without such characters, none of its lines begins like a command to a CI service (but those that are
asked for, each about a finding), JSON is JSON and XML is XML.

Needs OIDCGEN (the program), RUN_MANY (the one that runs its commands in one process) and DESCRIBE_PARSER (the one that
prints the parser's description) in the environment; with FORGED_SHARE=8 only one run of eight is made.
"""

import concurrent.futures
import json
import os
import re
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree
from pathlib import Path

import program

SHARE = int(os.environ.get("FORGED_SHARE", "1"))
COMMAND = b"::error::forged"
# Bytes that must not be printed as they are.
HOSTILE = {
    "escape": b"\x1b[31m", "escape to a title": b"\x1b]0;x\x07", "bell": b"\x07", "backspace": b"\x08\x08",
    "delete": b"\x7f", "return": b"\r" + COMMAND, "line break": b"\n" + COMMAND, "line breaks": b"\r\n\r\n" + COMMAND,
    "vertical tab": b"\x0b" + COMMAND, "form feed": b"\x0c" + COMMAND, "C1": "\u009b31m".encode(),
    "next line": "\u0085".encode() + COMMAND, "C1 as a byte": b"\x9b31m", "line separator": "\u2028".encode() + COMMAND,
    "paragraph separator": "\u2029".encode() + COMMAND, "right to left": "\u202egnp.exe\u202c".encode(),
    "isolate": "\u2067x\u2069".encode(), "mark": "\u200fx\u061c".encode(), "no UTF-8": b"\xff\xfe",
    "cut short": b"\xe2\x80", "overlong": b"\xc0\x9b", "surrogate": b"\xed\xa0\x80", "beyond": b"\xf5\x80\x80\x80",
}
# What `--format github` prints of a finding.
ANNOTATION = re.compile(r"::(?:error|warning|notice) (?:file=[^:,]+,line=\d+,endLine=\d+,(?:col=\d+,endColumn=\d+,)?)?"
                        r"title=oidcgen \(OG\d{4} [a-z0-9-]+\)::")
FORBIDDEN = re.compile("[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
PROVIDER = """\
identity_providers:
  oidc:
    clients:
      - client_id: immich
        {line}
        public: maybe
"""
APPLICATION = "oauth:\n  enabled: true\n  {line}\n  autoLaunch: maybe\n"
APPLICATION_JSON = '{{"oauth": {{"enabled": true, {line}, "autoLaunch": 7}}}}'
SITE = "domain: example.com\nsubdomain: photos\nclient_id: immich\n{line}\n"
YAML_LINES = (
    "consent_mode: <x>", "consent_mode: 'a<x>b'", 'consent_mode: "a<x>b"', "consent_mode: x # <x>", "a<x>b: x",
    "'a<x>b': x", '"a<x>b": {y: z}', "consent_mode: &a<x> x", "consent_mode: *a<x>", "consent_mode: !a<x> x",
    "consent_mode: [a<x>, b", "consent_mode: {a<x>: 1, a<x>: 2}", "consent_mode: |\n          a<x>b",
    "consent_mode: '<x>", "<x>", "redirect_uris: ['https://photos.example.com/<x>']",
    "redirect_uris: ['https://a<x>.example.com/']", "authorization_policy: a<x>", "client_name: 'a<x>b'",
    "scopes: [a<x>]",
)
# The same in escapes, which only a reader turns into the character.
ESCAPED = {
    "escape": "\\x1b[31m", "line break": "\\n::error::forged", "return": "\\r::error::forged", "C1": "\\u009b31m",
    "next line": "\\u0085::error::forged", "line separator": "\\u2028::error::forged", "right to left": "\\u202egnp",
    "isolate": "\\u2067x", "bell": "\\x07", "delete": "\\x7f", "NUL": "\\x00x",
}
SITE_LINES = (
    'secret_file: "/no/a<x>b"', 'digest_file: "no/a<x>b"', '"a<x>b": x', 'mobile: "a<x>b"',
    'address: "https://a<x>.example.com"', 'auth_host: "a<x>b"', 'client_name: "a<x>b"', 'other_addresses: ["a<x>b"]',
    'authelia_version: "a<x>b"', 'policy: "a<x>b"', 'button_text: "a<x>b"', 'storage_label_claim: "a<x>b"',
    "provider: \"a<x>b\"",
)


def parser():
    text = subprocess.run([os.environ["DESCRIBE_PARSER"]], capture_output=True, check=True, text=True).stdout
    return {command["name"]: command["options"] for command in json.loads(text) if command["name"]}


class ForgedOutput(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="oidcgen-test-")
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        self.parser = parser()
        self.formats = next(option["values"] for option in self.parser["lint"] if option["name"] == "--format")
        (self.folder / "site.yaml").write_text(SITE.format(line=""))
        (self.folder / "provider.yml").write_text(PROVIDER.format(line="client_name: x"))

    def fault(self, what, arguments, stdin=b"", folder=None, variables=None):
        """What is wrong with the output of a command, or nothing."""
        done = program.run_bytes(folder or self.folder, *map(os.fsdecode, arguments), stdin=stdin, more=variables)
        if done.returncode not in (0, 1, 2):
            return f"{what}: exit {done.returncode}\n{done.stderr[-500:]!r}"
        for stream, raw in (("standard output", done.stdout), ("standard error", done.stderr)):
            try:
                text = raw.decode()
            except UnicodeDecodeError as error:
                return f"{what}: {stream} is not UTF-8: {raw[max(0, error.start - 80):error.start + 20]!r}"
            found = FORBIDDEN.search(text)
            if found:
                return f"{what}: {stream} has {found[0]!r}: {text[max(0, found.start() - 120):found.start() + 40]!r}"
            lines = [line for line in text.split("\n") if line.lstrip().startswith("::")]
            if lines and not ("github" in arguments and all(map(ANNOTATION.match, lines))):
                return f"{what}: {stream} has a command: {text[-400:]!r}"
        if arguments[0] == "lint" and done.stdout:
            try:
                if {"json", "sarif", "gitlab"} & {*arguments}:
                    json.loads(done.stdout)
                elif "junit" in arguments:
                    xml.etree.ElementTree.fromstring(done.stdout)
            except (json.JSONDecodeError, xml.etree.ElementTree.ParseError) as error:
                return f"{what}: not in its form: {error}"
        return None

    def check(self, runs):
        runs = [run for number, run in enumerate(runs) if number * 7919 % 104729 % SHARE == 0]
        with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
            faults = [fault for fault in pool.map(lambda run: self.fault(*run), runs) if fault]
        if faults and "LEAKS_FILE" in os.environ:
            with open(os.environ["LEAKS_FILE"], "a") as file:
                file.writelines(f"{self.id()} {fault}\n" for fault in faults)
        self.assertEqual(len(faults), 0,
                         f"{len(faults)} faults\n" + "\n\n".join(faults[:int(os.environ.get("LEAKS_SHOWN", "5"))]))

    def test_files(self):
        """All hostile texts of a line in one run, so that there are not thousands."""
        runs = []
        forms = [(line, "raw", name, raw) for line in YAML_LINES for name, raw in HOSTILE.items()]
        forms += [(line, "escaped", name, text.encode()) for line in YAML_LINES if '"' in line
                  for name, text in ESCAPED.items()]
        kinds = (("provider.yml", PROVIDER, "authelia"), ("application.yml", APPLICATION, "immich"),
                 ("application.json", APPLICATION_JSON, "immich"))
        for suffix, frame, kind in kinds:
            groups = {}
            for number, (line, how, name, raw) in enumerate(forms):
                if suffix.endswith("json"):
                    if not line.startswith(("consent_mode: \"", '"a')):
                        continue
                    line = re.sub(r"^(\w+):", r'"\1":', line)
                path = f"{number}-{suffix}"
                content = frame.format(line=line).encode().replace(b"<x>", raw)
                (self.folder / path).write_bytes(content)
                groups.setdefault(line + how, []).append((path, name))
            for key, some in groups.items():
                paths = [path for path, _ in some]
                # Each line is read by people and programs; of the forms that are read as a whole one is taken in turn.
                whole = [form for form in self.formats if form not in ("text", "concise", "github")]
                for form in ("text", "concise", "github", whole[len(runs) // 4 % len(whole)]):
                    runs.append((f"{suffix}, {key}, {form}", ["lint", "--kind", kind, "--format", form, *paths]))
                runs.append((f"{suffix}, {key}, trace", ["lint", "--trace", paths[0], "provider.yml"]))
        self.check(runs)

    def test_site_files(self):
        runs = []
        for line in SITE_LINES:
            escaped = {f"{name}, escaped": text.encode() for name, text in ESCAPED.items()}
            for name, raw in (HOSTILE | escaped).items():
                content = SITE.format(line=line).encode().replace(b"<x>", raw)
                what = f"{line}, {name}"
                runs.append((f"authelia -, {what}", ["authelia", "-", "--digest", program.SAMPLE_DIGEST], content))
                runs.append((f"immich -, {what}", ["immich", "-", "--secret-placeholder", "x"], content))
        self.check(runs)

    def test_names_of_files(self):
        runs = []
        for number, (name, raw) in enumerate([*HOSTILE.items(), ("command", b"::error::x"),
                                              ("command in a folder", b"::error file=x::/y")]):
            folder = self.folder / str(number)
            folder.mkdir()
            path = b"a" + raw + b".yml" if not name.startswith("command") else raw
            target = os.fsencode(folder) + b"/" + path
            os.makedirs(os.path.dirname(target), exist_ok=True)
            Path(os.fsdecode(target)).write_text(PROVIDER.format(line="x: y"))
            for command in (["lint"], ["lint", "--format", "json"], ["lint", "--kind", "immich"], ["lint", "--trace"],
                            ["lint", "--show", "discovery"],
                            ["authelia"], ["immich"], ["lint", "provider.yml", "--site"],
                            ["hash", "--verify", "$6$x$y"], ["authelia", "--domain=x", "--digest-file"],
                            ["immich", "--domain=x", "--secret-file"]):
                for which in (path, b"missing-" + path if not name.startswith("command") else path + b"-missing"):
                    runs.append((f"{command}, {name}", [*command, which], b"", folder))
            for command in (["init", "--domain=example.com", "--subdomain=x", "--client-id=a", "--secret-file",
                             b"secret" + raw],
                            ["authelia", "--domain=example.com", "--subdomain=x", "--client-id=a", "--digest",
                             program.SAMPLE_DIGEST, "--output", b"out" + raw],
                            ["authelia", "--domain=example.com", "--subdomain=x", "--client-id=a", "--digest",
                             program.SAMPLE_DIGEST, "--output", path]):
                runs.append((f"{command[0]} {command[-2]}, {name}", command, b"", folder))
        self.check(runs)

    def test_options(self):
        runs = []
        for command, options in self.parser.items():
            values = ["--a<x>b", "--a<x>b=c", "-a<x>b", "--help=a<x>b", "--json=a<x>b"]
            for option in options if command != "init" else ():  # which would make files
                name = option["name"]
                if not name.startswith("--"):
                    values.append("a<x>b")
                elif option["takes_value"] and name != "--output":
                    values.append(f"{name}=a<x>b")
                    values += [f"{name}=https://a<x>.example.com/"] if "address" in name else []
            for value in values:
                for name, raw in HOSTILE.items():
                    words = [value.encode().replace(b"<x>", raw)]
                    runs.append((f"{command} {value}, {name}",
                                 [command, *(["provider.yml"] if command == "lint" else []), *words]))
        for value in ("a<x>b", "--a<x>b"):
            runs += [(f"{value}, {name}", [value.encode().replace(b"<x>", raw)]) for name, raw in HOSTILE.items()]
        self.check(runs)

    def test_environment(self):
        runs = []
        for name, raw in HOSTILE.items():
            text = os.fsdecode(b"a" + raw + b"b")
            for variable in ("COLUMNS", "TERM", "HOME", "LANG", "S"):
                for command in (["lint", "provider.yml"], ["authelia", "--digest", program.SAMPLE_DIGEST],
                                ["hash", "--env", "S", "--verify", "$6$x$y"]):
                    runs.append((f"{variable}, {name}, {command}", command, b"", None, {variable: text}))
        self.check(runs)


if __name__ == "__main__":
    unittest.main()
