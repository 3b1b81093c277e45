"""No secret shows up where it has no business.

Marked secrets stand wherever one can stand: in both configurations, well formed and broken in many ways, in the site's
folder, in the environment, on standard input, and where people put one by mistake. Every command runs over them, in
every form of report. No part of six characters of a mark, as it is, in hexadecimal or in base64, may then be in any
stream or file but the three that are made to hold the secret: what `immich` prints, the secret file of `init`, and what
`hash --generate` prints.

Needs OIDCGEN (the program), RUN_MANY (the one that runs its commands in one process) and DESCRIBE_PARSER (the one that
prints the parser's description) in the environment.
"""

import array
import base64
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
from pathlib import Path

import program

PART = 6
# Small letters alone, so that they look like any other word; no part of them occurs in any other text.
MARKS = {
    "client": "brunxovipqaldequimforzazepwy",
    "hmac": "kwyzilbofujrantexquopmigvedh",
    "session": "zapluwexqitomvurgeckyfobnihd",
    "storage": "hyvoqantzilcupbrexmowdigfajk",
    "mail": "dwumyxokpiqvetzalbogchijfren",
    "pem": "Mx9Qr4Vt7Zk2Bw6Hj3Fs8Dp5Gy1C" * 12,
    "other": "tovzixjaquwmykerplubgohdenfc",
    # Below a name that says nothing of a secret it can only be known by its looks.
    "random": "Zq7Xk2VwPm4Tn8RbYs5Hd3LfJc6Q",
}
DIGEST_HEAD = "$pbkdf2-sha512$310000$"
CHEAP_DIGEST = "$pbkdf2-sha512$1$c2FsdA$a2V5"


def parts(mark):
    """Everything that would betray the mark."""
    raw = mark.encode()
    forms = {mark, mark[::-1], raw.hex()}
    for shift in range(3):
        # The characters in the middle do not depend on what stands around the mark.
        forms.add(base64.b64encode(b"x" * shift + raw + b"xx").decode()[4:-4])
    found = set()
    for form in forms:
        size = PART * 2 if form == raw.hex() else PART if form in (mark, mark[::-1]) else PART * 4 // 3 + 2
        found |= {form[i:i + size].lower() for i in range(len(form) - size + 1)}
    return found


PARTS = {name: parts(mark[:64]) for name, mark in MARKS.items()}
ALL_PARTS = frozenset(itertools.chain.from_iterable(PARTS.values()))
LENGTHS = sorted({len(part) for part in ALL_PARTS})


def betrayed(text):
    """The first part of a mark that the text holds, or nothing."""
    text = text.lower()
    for length in LENGTHS:
        for i in range(len(text) - length + 1):
            if text[i:i + length] in ALL_PARTS:
                return text[i:i + length]
    return None


def pem(kind="RSA PRIVATE KEY", indent="          "):
    lines = [MARKS["pem"][i:i + 64] for i in range(0, len(MARKS["pem"]), 64)]
    return "\n".join(indent + line for line in [f"-----BEGIN {kind}-----", *lines, f"-----END {kind}-----"])


AUTHELIA = """\
identity_validation:
  reset_password:
    jwt_secret: '{other}'
session:
  secret: '{session}'
  redis:
    password: '{session}'
  cookies:
    - domain: example.com
      authelia_url: https://auth.example.com
storage:
  encryption_key: '{storage}'
  postgres:
    password: '{storage}'
notifier:
  smtp:
    password: '{mail}'
identity_providers:
  oidc:
    hmac_secret: '{hmac}'
    jwks:
      - key_id: main
        algorithm: RS256
        use: sig
        key: |
{pem}
    clients:
      - client_id: immich
        client_name: Immich
        client_secret: '{client}'
        public: false
        authorization_policy: two_factor
        redirect_uris:
          - https://photos.example.com/auth/login
          - https://photos.example.com/user-settings
          - app.immich:///oauth-callback
        scopes: [openid, email, profile]
        token_endpoint_auth_method: client_secret_post
"""
IMMICH = {
    "oauth": {
        "enabled": True,
        "issuerUrl": "https://auth.example.com",
        "clientId": "immich",
        "clientSecret": MARKS["client"],
        "scope": "openid email profile",
        "tokenEndpointAuthMethod": "client_secret_post",
    },
    "notifications": {"smtp": {"enabled": True, "from": "x@example.com",
                               "transport": {"host": "mail.example.com", "username": "x", "password": MARKS["mail"]}}},
    "server": {"externalDomain": "https://photos.example.com"},
}
AUTHELIA = AUTHELIA.format(**{**MARKS, "pem": pem()})
CLIENT_LINE = f"        client_secret: '{MARKS['client']}'\n"
IMMICH_YAML = f"""\
oauth:
  enabled: true
  issuerUrl: https://auth.example.com
  clientId: immich
  clientSecret: '{MARKS["client"]}'
  scope: openid email profile
"""
IMMICH_LINE = f"  clientSecret: '{MARKS['client']}'\n"

# What can stand in the place of `NAME: 'MARK'`; the mark is {m}, the name {k}, the indentation {i}.
LINES = [
    "{k}: {m}",
    '{k}: "{m}"',
    "{k}: '$plaintext${m}'",
    "{k}: '{d}{m}'",
    "{k}: '{d}c2FsdA${m}'",
    "{k}: '{d}{m}${m}'",
    "{k}: '$6${m}'",
    "{k}: '${m}$'",
    "{k}: '$${m}'",
    "{k}: 'Digest: {d}c2FsdA${m}'",
    "{k}: '{{CRYPT}}$6$abc${m}'",
    "{k}: '{m}\t'",
    "{k}: \"{m}\\n\"",
    "{k}: '{{{{ secret \"/x\" }}}}{m}'",
    "{k}: {{{{ secret \"{m}\" }}}}",
    "{k}: {{{{ env \"X\" }}}}{m}",
    "{k}: '${{X}}{m}'",
    "{k}: ${{X:-{m}}}",
    "{k}: '{m}",
    '{k}: "{m}',
    '{k}: "{m}\\q"',
    '{k}: "\\x{m}"',
    "{k}: '{m}' {m}",
    "{k}: {m}: {m}",
    "{k}: {m} : x",
    "{k}: @{m}",
    "{k}: `{m}`",
    "{k}: %{m}",
    "{k}: *{m}",
    "{k}: &{m} x",
    "{k}: &a {m}\n{i}other_{k}: *a",
    "common: &a {m}\n{i}{k}: *a",
    "common: &a '{m}'\n{i}{k}: *a\n{i}{k}: *a",
    "{k}: !{m} x",
    "{k}: !!int {m}",
    "{k}: !!{m} {m}",
    "{k}: !<{m}> {m}",
    "{k}: [{m}]",
    "{k}: [{m}, {m}]",
    "{k}: [{m}",
    "{k}: {{{m}: {m}}}",
    "{k}: {{{m}: 1, {m}: 2}}",
    "{k}: {{{m}",
    "{k}: {{value: {m}}}",
    "{k}: {{valeu: {m}}}",
    "{k}: {{<<: {m}}}",
    "{k}: | {m}",
    "{k}: |\n{i}  {m}\n{i} {m}",
    "{k}: >\n{i}  {m}",
    "{k}:\n{i}  {m}",
    "{k}:\n{i}  - {m}",
    "{k}:\n{i}  {m}: {m}",
    "{k}:\n{i}  {m}:\n{i}    {m}",
    "{k}:\n{m}",
    "{k}:{m}",
    "{k}={m}",
    "{k} {m}",
    "{k}: {m}\n{i}{k}: {m}",
    "{k}: '{m}'\n{i}\t{k}: '{m}'",
    "{k}:\t'{m}'\n{i}  x: y",
    "{k}: '{m}'\n{i}  wrong: indentation",
    "{k}: {m}\n{i} continued {m}",
    "{k}: '{m}\n{i}   over two lines {m}'",
    "{k}: '{m}' # {m}",
    "# {k}: {m}\n{i}{k}: {m}",
    "{k}: 0x{m}",
    "{k}: 2001-01-01{m}",
    "{k}: \"{m}\xff\"",
    "{k}: \"{m}\x01\"",
    "? {k}\n{i}: {m}",
    "? {{{k}: {m}}}\n{i}: x",
    "? [{m}]\n{i}: x",
    "'{k}: {m}': x",
    '"{k}":"{m}"',
    "{k}2: {m}",
    "{k}s: {m}",
    "x{k}: {m}",
    "secrt: {m}",
    "secert: {m}",
    "client_secrt: {m}",
    "clientSecert: {m}",
    "client-secret: {m}",
    "CLIENT_SECRET: {m}",
    "pasword: {m}",
    "my_passwort: {m}",
    "app_password: {m}",
    "api_key: {m}",
    "apikey: {m}",
    "access_token: {m}",
    "token: {m}",
    "private_key: {m}",
    "credentials: {m}",
    "{k}_file: {m}\n{i}{k}: {m}",
    "<<: {{{k}: {m}}}",
    "<<: [{{{k}: {m}}}, {m}]",
    "<<: {{{k}: {m}, unknown: {m}}}",
]
# The same for a member of a JSON object.
MEMBERS = [
    '"{k}": "{m}"',
    '"{k}": "{m}',
    '"{k}": {m}',
    '"{k}": "{m}\\q"',
    '"{k}": "{m}\\u12"',
    '"{k}": "{m}" "{m}"',
    '"{k}" "{m}"',
    '"{k}: "{m}"',
    '"{k}": "{m}"; "x": 1',
    '"{k}": [ "{m}" ]',
    '"{k}": {{ "{m}": "{m}" }}',
    '"{k}": {{ "{m}": 1, "{m}": 2 }}',
    '"{k}": "{m}", "{k}": "{m}"',
    '"{k}": "{m}",, "x": 1',
    '"{k}": \'{m}\'',
    '"{k}": "{m}\x01"',
    '"{k}": "{m}\xff"',
    '"{k}": "{m}\n"',
    '"{k}":\n"{m}"\n"{m}"',
    '{k}: "{m}"',
    '"{k}s": "{m}"',
    '"{k}": "{d}c2FsdA${m}"',
    '"{k}": "Digest: {d}c2FsdA${m}"',
    '"{k}": "{m}" // {m}',
    '"{k}": 1{m}',
    '"{k}": tru{m}',
    '"{m}": "{k}"',
    '"clientSecert": "{m}"',
    '"client_secret": "{m}"',
    '"token": "{m}"',
]


# Forms in which the secret stands below a name that says nothing.
NAMELESS = {"{k}_file: {m}\n{i}{k}: {m}", "<<: [{{{k}: {m}}}, {m}]", "<<: {{{k}: {m}, unknown: {m}}}", '"{m}": "{k}"',
            "? [{m}]\n{i}: x"}


def filled(form, key, mark, indent):
    mark = MARKS["random"] if form in NAMELESS else mark
    return form.format(k=key, m=mark, i=indent, d=DIGEST_HEAD)


def authelia_files():
    mark = MARKS["client"]
    yield "valid", AUTHELIA
    for number, form in enumerate(LINES):
        line = "        " + filled(form, "client_secret", mark, "        ") + "\n"
        yield f"line {number}: {form}", AUTHELIA.replace(CLIENT_LINE, line)
    for number, form in enumerate(LINES):
        if "{k}" in form and number % 3 == 0:
            line = "    " + filled(form, "hmac_secret", MARKS["hmac"], "    ") + "\n"
            yield f"hmac {number}: {form}", AUTHELIA.replace(f"    hmac_secret: '{MARKS['hmac']}'\n", line)
    key = AUTHELIA[AUTHELIA.index("        key: |"):AUTHELIA.index("    clients:")]
    for name, text in {
        "one line": f"        key: {MARKS['pem']}\n",
        "quoted": f"        key: \"-----BEGIN PRIVATE KEY-----\\n{MARKS['pem']}\\n-----END PRIVATE KEY-----\"\n",
        "open quote": f"        key: \"-----BEGIN PRIVATE KEY-----\\n{MARKS['pem']}\n",
        "no bar": "        key:\n" + pem() + "\n",
        "not indented": "        key: |\n" + pem(indent="      ") + "\n",
        "less and less": "        key: |\n" + pem() + "\n" + pem(indent="       ") + "\n",
        "public": "        key: |\n" + pem("PUBLIC KEY") + "\n",
        "certificate chain": "        key: |\n" + pem() + "\n        certificate_chain: |\n" + pem("CERTIFICATE") + "\n",
        "list": f"        key: [{MARKS['pem']}]\n",
        "issuer key": "    issuer_private_key: |\n" + pem(indent="      ") + "\n",
        "bare lines": pem(indent="        ") + "\n",
    }.items():
        yield f"key, {name}", AUTHELIA.replace(key, text)
    # The client alone, as people paste it.
    client = AUTHELIA[AUTHELIA.index("      - client_id"):]
    yield "client only", "identity_providers:\n  oidc:\n    clients:\n" + client
    yield "list only", client
    yield "with dos line breaks", AUTHELIA.replace("\n", "\r\n")
    yield "two documents", AUTHELIA + "---\nsecret: " + MARKS["other"] + "\n" + AUTHELIA
    yield "in UTF-16", AUTHELIA.encode("utf-16").decode("latin-1")
    yield "with a NUL", AUTHELIA.replace("public:", "pub\0lic:")
    for name, at in truncations(AUTHELIA, mark):
        yield f"truncated {name}", AUTHELIA[:at]


def truncations(text, mark):
    start = text.index(mark)
    for name, at in [("before", start), ("in its quotes", start + 8), ("in its middle", start + 14), ("at its end", start + 28),
                     ("behind the quote", start + 29), ("behind the line", (text + "\n").index("\n", start) + 1)]:
        yield name, at
    for number, line in enumerate(text.split("\n")):
        if number % 7 == 3:
            yield f"in line {number}", text.index(line) + len(line) * 2 // 3


def immich_files():
    mark = MARKS["client"]
    yield "valid.json", json.dumps(IMMICH, indent=2)
    yield "valid, one line.json", json.dumps(IMMICH)
    member = f'"clientSecret": "{mark}"'
    for indent in (2, None):
        text = json.dumps(IMMICH, indent=indent)
        for number, form in enumerate(MEMBERS):
            if indent or number % 3 == 0:
                yield f"member {number}, {indent}: {form}.json", text.replace(member, filled(form, "clientSecret", mark, ""))
        for name, at in truncations(text, mark):
            yield f"truncated {name}, {indent}.json", text[:at]
    for number, form in enumerate(LINES):
        line = "  " + filled(form, "clientSecret", mark, "  ") + "\n"
        yield f"line {number}: {form}.yml", IMMICH_YAML.replace(IMMICH_LINE, line)
    random = MARKS["random"]
    for name, value in {"prompt": random, "scope": f"openid {random} email", "issuerUrl": f"https://x:{random}@auth.example.com",
                        "storageQuotaClaim": random, "signingAlgorithm": random,
                        "mobileRedirectUri": f"https://x:{random}@photos.example.com/"}.items():
        yield f"under {name}.json", json.dumps({"oauth": IMMICH["oauth"] | {name: value}})
    yield "wrong section.json", json.dumps({"clientSecret": mark, "oauth": {"enabled": True}}, indent=2)
    yield "list.json", json.dumps([IMMICH], indent=2)
    yield "text.json", json.dumps(MARKS["random"])
    yield "nested.json", json.dumps({"oauth": {"clientSecret": {"clientSecret": mark}}}, indent=2)


def options_of(command):
    """For each option of the command the words that it is limited to."""
    text = subprocess.run([os.environ["DESCRIBE_PARSER"]], capture_output=True, check=True, text=True).stdout
    described = {it["name"]: it for it in json.loads(text)}[command]
    return {option["name"]: option["values"] for option in described["options"]}


class Leaks(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="oidcgen-test-")
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        self.lint = options_of("lint")

    def invoke(self, *arguments, stdin=b"", environment=None):
        more = {"SOURCE_DATE_EPOCH": "1767225600"} | (environment or {})
        done = program.run_bytes(self.folder, *arguments, stdin=stdin, more=more, seconds=120)
        if done.returncode not in (0, 1, 2):
            self.fail(f"{arguments} crashes: {done.returncode}, {done.stderr.decode(errors='replace')[-2000:]}")
        return done

    def check(self, done, what, allowed=()):
        """No mark in the streams, but in those that are allowed to have one."""
        for name, stream in (("standard output", done.stdout), ("standard error", done.stderr)):
            if name in allowed:
                continue
            text = stream.decode(errors="backslashreplace")
            part = betrayed(text)
            if part is not None:
                at = text.lower().index(part)
                self.fail(f"{what}: {name} shows {part}:\n{text[max(0, at - 400):at + 200]}")

    def check_files(self, folder, known):
        """No mark in files that a command left behind, but in those that are known to hold one."""
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name not in known:
                self.assertIsNone(betrayed(path.read_bytes().decode(errors="replace")), path.name)
            self.assertIsNone(betrayed(path.name))

    def lint_all(self, kind, files, partner):
        """Each file alone and with its partner, and many files at once with everything else that can be asked for."""
        (self.folder / "partner.yml").write_text(partner)
        names = []
        described = {}
        for number, (what, text) in enumerate(files):
            names.append(f"{number}.json" if what.endswith(".json") else f"{number}.yml")
            described[names[-1]] = what
            (self.folder / names[-1]).write_bytes(text.encode("latin-1"))
        forms = self.lint["--format"]
        self.assertIn("text", forms)
        runs = []
        for number, name in enumerate(names):
            other = forms[number % len(forms)]
            runs.append((name, ["--format", "text", "--kind", kind]))
            runs.append((name, ["--format", "json", "--literal", "partner.yml"]))
            if "--trace" in self.lint:
                runs.append((name, ["--trace", "partner.yml", "--address", "https://photos.example.com"]))
            if number % 4 == 0:
                runs.append((name, ["--format", other]))
                # What holds in Immich is what --show prints, all of it but the secret.
                shows = [] if described[name].startswith("under ") else self.lint["--show"]
                runs += [(name, ["--show", show, "--kind", kind]) for show in shows]
        group = 12
        for start in range(0, len(names), group):
            some = names[start:start + group]
            for form in forms:
                runs.append((f"group {start}", [*some, "--format", form]))
                runs.append((f"group {start}", [*some, "--format", form, "--literal", "--kind", kind]))
            runs.append((f"group {start}", [*some, "--trace", "partner.yml"] if "--trace" in self.lint else some))
            runs.append((f"group {start}", [*some, "--authelia-version", "auto", "--immich-version", "auto"]))
            if kind == "immich":
                runs.append((f"group {start}", [*some, "--use", "import", "--literal"]))
                runs.append((f"group {start}", [*some, "--immich-version", "1.110", "--format", "json"]))
            else:
                runs.append((f"group {start}", [*some, "--authelia-version", "4.38"]))

        def one(run):
            name, flags = run
            what = f"{name} ({described.get(name, 'many files')}), lint {' '.join(flags)}"
            try:
                self.check(self.invoke("lint", *([name] if name in described else []), *flags), what)
                if name in described and flags[:2] == ["--format", "text"] and names.index(name) % 5 == 0:
                    self.check(self.invoke("lint", "-", *flags, stdin=(self.folder / name).read_bytes()), what + " -")
            except AssertionError as fault:
                return [f"{what}: {fault}"]
            return []

        with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
            faults = list(itertools.chain.from_iterable(pool.map(one, runs)))
        self.check_files(self.folder, {*names, "partner.yml"})
        if faults:
            self.fail(f"{len(faults)} leaks or crashes\n\n" + "\n\n".join(faults[:int(os.environ.get("LEAKS_SHOWN", "5"))]))

    def test_marks_are_found(self):
        mark = MARKS["client"]
        for text in (mark, mark[3:9], mark.lower()[4:10], mark[::-1], mark.encode().hex(),
                     base64.b64encode(f"$plaintext${mark}".encode()).decode(), f"x{mark[:6]}"):
            self.assertIsNotNone(betrayed(text))
        for text in ("", mark[:5], "client_secret: ********", AUTHELIA.replace("'", "")[:60]):
            self.assertIsNone(betrayed(text))

    def test_lint_of_authelia(self):
        self.lint_all("authelia", authelia_files(), IMMICH_YAML)

    def test_lint_of_immich(self):
        self.lint_all("immich", immich_files(), AUTHELIA)

    def test_init_and_what_it_made(self):
        """The secret is the program's own here, so it is its parts that must not show."""
        flags = ["--domain", "example.com", "--subdomain", "photos", "--client-id", "immich"]
        made = self.invoke("init", *flags)
        secret = (self.folder / "immich.secret").read_text()
        own = {secret[i:i + PART] for i in range(len(secret) - PART + 1)}
        runs = [made, self.invoke("init"), self.invoke("authelia"), self.invoke("authelia", "--style", "full"),
                self.invoke("immich", "--output", "immich.json"), self.invoke("immich", "--secret-placeholder", "later")]
        (self.folder / "authelia.yml").write_bytes(runs[2].stdout)
        for form in self.lint["--format"]:
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
        mark = MARKS["client"]
        site = "domain: example.com\nsubdomain: photos\nclient_id: immich\n"
        (self.folder / "immich.secret").write_text(mark + "\n")
        (self.folder / "site.yaml").write_text(site)
        known = {"immich.secret", "immich.json", "immich.digest"}
        self.check(self.invoke("authelia"), "authelia")
        self.check(self.invoke("authelia", "--output", "authelia.yml"), "authelia --output")
        for form in ("json", "yaml"):
            self.check(self.invoke("immich", "--format", form), form, allowed=("standard output",))
        self.check(self.invoke("immich", "--output", "immich.json"), "immich --output")
        self.check(self.invoke("immich", "--output", "immich.json"), "file exists")
        self.check(self.invoke("immich", "--output", "no/such/folder"), "no folder")
        self.check(self.invoke("immich", "--output", "/dev/full"), "full disk")
        self.check(self.invoke("init"), "init")
        self.check_files(self.folder, known)
        # A digest file that holds the secret, or something like a digest with the secret in it.
        for digest in (mark, f"$plaintext${mark}", f"{DIGEST_HEAD}{mark}", f"{DIGEST_HEAD}c2FsdA${mark}", f"Digest: {mark}",
                       f"$6$rounds=9999${mark}${mark}", f"$argon2id$v=19$m={mark},t=3,p=4${mark}${mark}"):
            (self.folder / "immich.digest").write_text(digest)
            for command in ("init", "authelia", "immich"):
                allowed = ("standard output",) if command == "immich" else ()
                done = self.invoke(command)
                self.assertEqual(done.returncode, 2, digest)
                self.check(done, f"{command}, digest file {digest}", allowed)
            self.check(self.invoke("authelia", "--digest", digest), f"--digest {digest}")
        (self.folder / "immich.digest").unlink()
        # Site files that hold the secret, where it has no business.
        for number, line in enumerate(["client_secret: {m}", "secret: {m}", "clientsecret: '{m}", "client_secret: [{m}",
                                       "secret_file:\n  {m}: {m}", "client_secret:\n  {m}", "secret {m}", "secret: *{m}",
                                       "secret: {m}\nsecret: {m}", "password: {m}: x", "secret_file: [{m}]",
                                       "client_secrt: {m}", "digest: $plaintext${m}", "digest: {m}", "digest_file: {{{m}: 1}}"]):
            (self.folder / "site.yaml").write_text(site + line.format(m=mark) + "\n")
            for run in (["init"], ["authelia"], ["immich"], ["lint", "site.yaml"], ["lint", "--site", "site.yaml", "site.yaml"]):
                done = self.invoke(*run)
                self.assertNotEqual(done.returncode, 0, f"{run} {line}")
                self.check(done, f"{run}, site line {number}: {line}")
            self.check(self.invoke("authelia", "-", stdin=(site + line.format(m=mark)).encode()), f"stdin, site line {line}")
        self.check_files(self.folder, known | {"site.yaml"})

    def test_hash(self):
        mark = MARKS["client"]
        for name, content in {"good": mark, "line": mark + "\n", "nul": mark + "\0" + mark, "long": mark * 4000,
                              "lines": f"{mark}\n{mark}\n", "gap": f"{mark}\n\n{mark}\n", "latin": mark + "\xe4"}.items():
            (self.folder / name).write_bytes(content.encode("latin-1"))
            for flags in (["--iterations", "100000"], ["--iterations", "100000", "--json"], ["--verify", CHEAP_DIGEST],
                          ["--json", "--verify", CHEAP_DIGEST], ["--verify", "$y$broken"]):
                self.check(self.invoke("hash", name, *flags), f"hash {name} {flags}")
                self.check(self.invoke("hash", "-", *flags, stdin=content.encode("latin-1")), f"hash - {name} {flags}")
                if "\0" not in content and len(content) < 100_000:
                    environment = {"S": content, "OIDCGEN_SECRET": mark}
                    self.check(self.invoke("hash", "--env", "S", *flags, environment=environment), f"hash --env {name} {flags}")
            self.check(self.invoke("hash", "--iterations", "100000", "--each", name), f"hash --each {name}")
            self.check(self.invoke("hash", "--iterations", "100000", "--each", "-", "--json", stdin=content.encode("latin-1")), f"hash --each - {name}")
        # A digest that was made of the secret holds no part of it, and neither does the answer to a wrong one.
        for digest in (mark, f"$plaintext${mark}", f"{DIGEST_HEAD}{mark}", f"$2b${mark}", f"$6$rounds={mark}$x$y", f"${mark}$a$b"):
            self.check(self.invoke("hash", "good", "--verify", digest), f"hash --verify {digest}")
            self.check(self.invoke("hash", "good", "--json", "--verify", digest), f"hash --json --verify {digest}")
        # Where people put a secret by mistake.
        for arguments in ([mark], ["--env", mark], ["--each", mark], ["good", mark], ["--secret", mark], [f"--secret={mark}"],
                          ["--password", mark], [f"--pasword={mark}"], [f"-{mark}"], ["--verify", program.SAMPLE_DIGEST, mark],
                          ["--", mark], ["good", "--", mark], [f"a/{mark}"], [mark * 200], ["--generate", mark]):
            done = self.invoke("hash", *arguments)
            self.assertEqual(done.returncode, 2)
            self.check(done, f"hash {arguments}")
        for arguments in (["authelia", "--client-secret", mark], ["immich", f"--secret={mark}"], ["init", "--secret", mark],
                          ["lint", "--secret", mark, "x"], ["authelia", f"--digest={mark}", "--domain", "example.com"]):
            self.check(self.invoke(*arguments), f"{arguments}")

    def test_explain_and_environment(self):
        environment = {name: MARKS["other"] for name in ("AUTHELIA_SESSION_SECRET", "IMMICH_OAUTH_CLIENT_SECRET", "SECRET",
                                                        "X509_AUTHELIA_IDENTITY_PROVIDERS_OIDC_HMAC_SECRET_FILE")}
        for what in ("all", "secret-mismatch", "no-such-rule"):
            self.check(self.invoke("explain", what, environment=environment), f"explain {what}")
        (self.folder / "authelia.yml").write_text(AUTHELIA)
        for form in self.lint["--format"]:
            self.check(self.invoke("lint", "--format", form, "authelia.yml", environment=environment), form)
        for command in ("init", "authelia", "immich", "hash", "lint"):
            self.check(self.invoke(command, environment=environment), command)
            self.check(self.invoke(command, "--help", environment=environment), f"{command} --help")

    def test_unreadable_files(self):
        """A folder, a file without permission, one that is gone: the name is told, nothing else."""
        (self.folder / "authelia.yml").write_text(AUTHELIA)
        (self.folder / "immich.json").write_text(json.dumps(IMMICH))
        for run in (["lint", "authelia.yml", "missing"], ["lint", ".", "authelia.yml"], ["lint", "--format", "json", "authelia.yml", "missing"],
                    ["lint", "authelia.yml", "--authelia-version", "9"], ["lint", "authelia.yml", "--kind", "x"],
                    ["lint", "authelia.yml", "--address", "nonsense"], ["lint", "authelia.yml", "--site", "missing"],
                    ["lint", "authelia.yml", "--site", "authelia.yml"], ["authelia", "authelia.yml"], ["immich", "immich.json"],
                    ["lint", "--kind", "immich", "authelia.yml"], ["lint", "--kind", "authelia", "immich.json"]):
            self.check(self.invoke(*run), f"{run}")

    def test_crash(self):
        """A program that is killed says nothing and leaves nothing."""
        for number in (signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGQUIT, signal.SIGTERM):
            with self.subTest(signal=number):
                def allow_core_dumps():
                    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
                    resource.setrlimit(resource.RLIMIT_CORE, (most, most))

                process = subprocess.Popen([program.OIDCGEN, "hash", "-"], cwd=self.folder, env=program.environment(self.folder),
                                           stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                           preexec_fn=allow_core_dumps)
                process.stdin.write(MARKS["client"].encode())
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
