"""Makes the inputs of the test of leaks from the tables of places."""

import base64
import itertools
from dataclasses import dataclass

from containers import CONTAINERS
from leak_places import (
    ADDRESSES, ADDRESS_KEYS, ASIDE, AT_PLAIN, AT_SECRET, BROKEN_AT_SECRET, CONTAINER_FILES, JSON_WITHIN, KINDS,
    PLAIN_ADDRESSES, PLAIN_FILES, SECRET_NAMES, SIMPLE, SLOTS,
    WHOLE_FILES, WRITTEN, filled, pem, written_address,
)
from marks import HYPHENED, LONG, MARKS, PHRASE, RANDOM, SHORT

RANDOM_MARKS = tuple(mark for mark in MARKS if mark.is_random)
FEW = (RANDOM, PHRASE, SHORT)
# Names of which a derived one does not say that a secret stands there.
ALONE = ("key",)
DERIVED = ("x<k>", "<k>2", "<k>s", "_<k>", "<k>_", "<k>.", "<k>=", "'<k>: ")


@dataclass(frozen=True)
class Input:
    table: str
    row: str
    kind: str
    mark: object
    content: bytes
    shows_it: bool = False  # `lint --show effective` prints it by design

    def __str__(self):
        return f"{self.kind}, {self.table}: {self.row!r}, {self.mark.name}"


def to_bytes(text):
    if text.startswith("UTF-16: "):
        return text.removeprefix("UTF-16: ").encode("utf-16")
    return text.encode("latin-1")


def inputs_of_slot(slot):
    """All marks in the first slot of a kind, one after the other in its other slots."""
    notation = KINDS[slot.kind].notation
    is_first = next(other for other in SLOTS if other.kind == slot.kind) is slot
    turn = itertools.count(SLOTS.index(slot))

    def some(*marks):
        return marks if is_first else marks[next(turn) % len(marks):][:1]

    def one(table, form, key, mark, shows_it=False):
        row = f"{slot.name}: {form.replace('<k>', key)}"
        return Input(table, row, slot.kind, mark, to_bytes(slot.file(form, mark, key)), shows_it)

    for key in slot.secret:
        for form in (*SIMPLE[notation], *AT_SECRET[notation]):
            if key not in ALONE or not any(derived in form for derived in DERIVED):
                yield from (one("at a secret", form, key, mark) for mark in some(*FEW))
        for form in BROKEN_AT_SECRET[notation]:
            yield from (one("broken", form, key, mark) for mark in some(*FEW))
    for number, key in enumerate(slot.plain):
        for form in AT_PLAIN[notation]:
            marks = RANDOM_MARKS if number == 0 and is_first else (RANDOM,)
            yield from (one("at another setting", form, key, mark, True) for mark in marks)
        if number == 0:
            for form in ASIDE[notation]:
                marks = (RANDOM, HYPHENED, SHORT) if "&<" in form or "!" in form else FEW  # no anchor has blanks
                yield from (one("aside", form, key, mark) for mark in some(*marks))
    for number, key in enumerate(ADDRESS_KEYS.get((slot.kind, slot.name), ())):
        for written, how in WRITTEN[notation].items():
            for at, address in enumerate((*ADDRESSES, *PLAIN_ADDRESSES)):
                turns = (1 if number == 0 else 3) if written == "plain" else 4 if number == 0 else 0
                if not turns or at % turns != (len(written) + number) % turns:
                    continue
                form = written_address(how, address.replace("<host>", "auth.example.com"))
                marks = (RANDOM,) if address in PLAIN_ADDRESSES else some(RANDOM, HYPHENED, SHORT)
                # What holds in Immich is printed, all of it but secrets.
                yield from (one(f"address, {written}", form, key, mark, address in PLAIN_ADDRESSES) for mark in marks)


def inputs_of_names():
    """Each name that says that there is a secret, in each kind of file."""
    seen = set()
    for slot in SLOTS:
        if slot.kind in seen:
            continue
        seen.add(slot.kind)
        for key in SECRET_NAMES:
            for form in SIMPLE[KINDS[slot.kind].notation]:
                if key == "access_token" and "[" in form:
                    continue  # a list of claims
                for mark in FEW if slot.kind == "provider" else (PHRASE,):
                    row = f"{slot.name}: {form.replace('<k>', key)}"
                    yield Input("names", row, slot.kind, mark, to_bytes(slot.file(form, mark, key)))


def inputs_of_keys():
    """PEM blocks, well formed and not."""
    slot = next(slot for slot in SLOTS if slot.name == "key")
    body = LONG.text
    forms = (
        "key: |\n" + pem(body), f"key: {body}",
        f'key: "-----BEGIN PRIVATE KEY-----\\n{body}\\n-----END PRIVATE KEY-----"',
        f'key: "-----BEGIN PRIVATE KEY-----\\n{body}\\n', "key:\n" + pem(body), "key: |\n" + pem(body, indent="<i>"),
        "key: |\n" + pem(body) + "\n" + pem(body, indent="       "), "key: |\n" + pem(body, "PUBLIC KEY"),
        "key: |\n" + pem(body) + "\n<i>certificate_chain: |\n" + pem(body, "CERTIFICATE"), f"key: [{body}]",
        pem(body, indent="<i>"),
        "key: |\n" + pem(body) + "\n<i>x: [", "key: '\n" + pem(body) + "\n<i>x: y: z",
        "key: |\n" + pem(body, indent="") + "\n",
        "key: |\n" + pem(body).replace("-----", "----"), "key: >\n" + pem(body), "kye: |\n" + pem(body),
        "certificate_chain: |\n" + pem(body, "CERTIFICATE"), f"key: !!binary {body}",
        "key: |\n" + pem(body) + "\n\t" + body,
    )
    for form in forms:
        yield Input("keys", form.replace(body, "<m>")[:60], slot.kind, LONG, to_bytes(slot.file(form, LONG)))


def truncated():
    """Files that end within the secret or near it."""
    for slot in SLOTS:
        quoted = '"<k>": "<m>"' if KINDS[slot.kind].notation == "json" else "<k>: '<m>'"
        for mark in FEW:
            text = slot.file(quoted, mark, slot.secret[0])
            start = text.index(mark.text)
            for at in (start + 7, start + 8, start + len(mark.text), start + len(mark.text) + 1,
                       start + len(mark.text) + 3):
                yield Input("truncated", f"{slot.name}, {at - start} behind its start", slot.kind, mark,
                            to_bytes(text[:at]))


def whole_files():
    for number, kind in enumerate(KINDS):
        for at, form in enumerate(WHOLE_FILES):
            for mark in FEW if number == 0 else (FEW[(at + number) % len(FEW)],):
                yield Input("whole file", form, kind, mark, to_bytes(filled(form, mark)))
        for form in PLAIN_FILES:
            for mark in RANDOM_MARKS:
                yield Input("plain file", form, kind, mark, to_bytes(filled(form, mark)))

FULL = {
    "provider": """\
identity_validation:
  reset_password:
    jwt_secret: '<m>'
session:
  secret: '<m>'
  redis:
    password: '<m>'
  cookies:
    - domain: example.com
      authelia_url: https://auth.example.com
storage:
  encryption_key: '<m>'
  postgres:
    address: tcp://127.0.0.1:5432
    password: '<m>'
notifier:
  smtp:
    password: '<m>'
identity_providers:
  oidc:
    hmac_secret: '<m>'
    jwks:
      - key_id: main
        algorithm: RS256
        use: sig
        key: |
          -----BEGIN RSA PRIVATE KEY-----
          <m>
          -----END RSA PRIVATE KEY-----
    clients:
      - client_id: immich
        client_name: Immich
        client_secret: '<m>'  # <m>
        public: false
        authorization_policy: two_factor
        redirect_uris:
          - https://photos.example.com/auth/login
          - https://photos.example.com/user-settings
          - app.immich:///oauth-callback
        scopes: [openid, email, profile]
        token_endpoint_auth_method: client_secret_post
""",
    "application YAML": """\
oauth:
  enabled: true
  issuerUrl: https://auth.example.com
  clientId: immich
  clientSecret: '<m>'
  scope: openid email profile
notifications: {smtp: {transport: {host: mail.example.com, password: '<m>'}}}
server: {externalDomain: https://photos.example.com}
""",
    "application JSON": """\
{
  "oauth": {
    "enabled": true,
    "issuerUrl": "https://auth.example.com",
    "clientId": "immich",
    "clientSecret": "<m>",
    "scope": "openid email profile"
  },
  "notifications": {"smtp": {"enabled": true, "transport": {"username": "x", "password": "<m>"}}},
  "server": {"externalDomain": "https://photos.example.com"}
}
""",
}


def full_files():
    """Whole configurations with a secret wherever one belongs, cut short in every line, and changed as a whole."""
    for kind, form in FULL.items():
        for mark in FEW:
            text = filled(form, mark)
            lines = text.split("\n")
            client = form.find("      - client_id")
            changed = {
                "as it is": text, "with DOS line breaks": text.replace("\n", "\r\n"),
                "with a NUL": text.replace("en", "e\0n", 1),
                "twice": text + "---\n" + text, "in UTF-16": "UTF-16: " + text,
                "indented": text.replace("\n", "\n ", 9),
                "in one line": text.replace("\n", " "), "with tabs": text.replace("  ", "\t"),
                "as a list": "- " + text.replace("\n", "\n  "),
                "client alone": filled(form[client:], mark) if client > 0 else lines[1],
                "with a byte that is no text": text.replace(mark.text, mark.text + "\xff", 3),
                "without quotes": text.replace("'", ""),
                "without a colon": text.replace(":", "", 5), "without line breaks at all": "".join(lines),
            }
            for number in range(1, len(lines) - 1):
                cut = lines[number][:len(lines[number]) * 2 // 3]
                changed[f"cut in line {number}"] = "\n".join([*lines[:number], cut])
            for what, content in changed.items():
                yield Input("full", what, kind, mark, to_bytes(content))


def containers():
    """Settings with secrets within files of other tools, whole and cut short, and secrets beside them."""
    for number, (name, wrap) in enumerate(CONTAINERS.items()):
        for at, form in enumerate(FULL.values()):
            mark = FEW[(number + at) % len(FEW)]
            faulty = form.replace("enabled: true", "enabled: maybe").replace('"enabled": true', '"enabled": "maybe"')
            if made := wrap(filled(faulty.replace("public: false", "public: maybe"), mark)):
                half = made.text[:made.text.rfind("\n", 0, len(made.text) * (5 + number % 4) // 10)]
                yield Input("within", name, "container", mark, to_bytes(made.text))
                yield Input("within", f"{name}, cut short", "container", mark, to_bytes(half))
    for form in CONTAINER_FILES:
        for mark in FEW:
            encoded = base64.b64encode(filled(JSON_WITHIN, mark).encode()).decode()
            yield Input("beside", form, "container", mark, to_bytes(filled(form.replace("<B>", encoded), mark)))


def all_inputs():
    for slot in SLOTS:
        yield from inputs_of_slot(slot)
    yield from inputs_of_names()
    yield from inputs_of_keys()
    yield from truncated()
    yield from whole_files()
    yield from full_files()
    yield from containers()
