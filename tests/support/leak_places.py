"""Where a secret can stand: the tables from which the test of leaks makes its inputs.

In all forms `<m>` is the mark, `<1>` and `<2>` are its halves, `<k>` is the name of a setting, `<i>` the indentation of
the line, `<d>` the head of a digest; `<x>`, `<u>`, `<%>` are the mark in escapes of YAML, of JSON and of addresses,
`<b>` and `<h>` are the mark in base64 and in hexadecimal.

What is demanded depends on the place. A pass phrase or a short password cannot be told by its looks, so it is hidden
where the place says that a secret stands there: below a name that says so (misspelt too), in the userinfo of an address
and in its parameters with such a name, in comments, in anchors and tags that nothing refers to, in a file that is one
text or binary. Everywhere else only what looks random is hidden. By design shown are paths of inputs, hosts, the path
in an address, and identifiers (of clients, of keys), even when they equal a secret.
"""

import base64
from dataclasses import dataclass

DIGEST_HEAD = "$pbkdf2-sha512$310000$"


def filled(form, mark, key="", indent=""):
    text = mark.text
    half = len(text) // 2
    raw = text.encode()
    for name, value in {
        "<k>": key, "<i>": indent, "<d>": DIGEST_HEAD, "<1>": text[:half], "<2>": text[half:],
        "<x>": "".join(f"\\x{byte:02X}" for byte in raw), "<u>": "".join(f"\\u{byte:04x}" for byte in raw),
        "<%>": "".join(f"%{byte:02X}" for byte in raw), "<b>": base64.b64encode(raw).decode(), "<h>": raw.hex(),
        "<m>": text,
    }.items():
        form = form.replace(name, value)
    return form


def pem(body, kind="RSA PRIVATE KEY", indent="<i>  "):
    lines = [body[i:i + 64] for i in range(0, len(body), 64)]
    return "\n".join(indent + line for line in [f"-----BEGIN {kind}-----", *lines, f"-----END {kind}-----"])


@dataclass(frozen=True)
class Slot:
    """A place for a line (or the members) of a setting in a kind of file."""

    kind: str  # of KINDS
    name: str
    text: str  # with <line>
    secret: tuple[str, ...]  # its settings that hold a secret
    plain: tuple[str, ...]  # its settings that hold none, each of another type

    @property
    def indent(self):
        before = self.text[:self.text.index("<line>")]
        return " " * (len(before) - before.rfind("\n") - 1)

    def file(self, form, mark, key=""):
        return self.text.replace("<line>", filled(form, mark, key, self.indent))


@dataclass(frozen=True)
class Kind:
    name: str
    suffix: str
    notation: str  # which tables of forms it takes
    lint_kind: str | None  # what `lint --kind` calls it


KINDS = {it.name: it for it in (
    Kind("provider", ".yml", "yaml", "authelia"),
    Kind("application YAML", ".yml", "yaml", "immich"),
    Kind("application JSON", ".json", "json", "immich"),
    Kind("site", ".yaml", "yaml", None),
    Kind("container", ".yml", "yaml", None),
)}

SLOTS = (
    Slot("provider", "client", """\
identity_providers:
  oidc:
    clients:
      - client_id: immich
        <line>
        authorization_policy: two_factor
""", ("client_secret",), ("public", "client_name", "redirect_uris", "pkce")),
    Slot("provider", "oidc", """\
identity_providers:
  oidc:
    enforce_pkce: public_clients_only
    <line>
    clients: [{client_id: immich}]
""", ("hmac_secret", "issuer_private_key"), ("enforce_pkce", "lifespans", "unheard_of")),
    Slot("provider", "key", """\
identity_providers:
  oidc:
    jwks:
      - key_id: main
        <line>
        use: sig
""", ("key",), ("algorithm",)),
    Slot("provider", "mail", """\
identity_providers: {oidc: {clients: []}}
notifier:
  smtp:
    <line>
    sender: x@example.com
""", ("password",), ("subject",)),
    Slot("provider", "top level", """\
<line>
identity_providers: {oidc: {clients: []}}
""", ("jwt_secret", "encrypton_key"), ("theme",)),
    Slot("application YAML", "oauth", """\
oauth:
  enabled: true
  <line>
  clientId: immich
""", ("clientSecret",), ("autoLaunch", "timeout", "signingAlgorithm", "buttonTxt", "defaultStorageQuota")),
    Slot("application YAML", "transport", """\
oauth: {enabled: true}
notifications:
  smtp:
    transport:
      <line>
      port: 25
""", ("password",), ("ignoreCert",)),
    Slot("application YAML", "top level", """\
<line>
oauth: {enabled: true}
""", ("clientSecret",), ("server",)),
    Slot("application JSON", "oauth", """\
{
  "oauth": {
    "enabled": true,
    <line>,
    "clientId": "immich"
  }
}
""", ("clientSecret",), ("autoLaunch", "timeout", "signingAlgorithm", "buttonTxt")),
    Slot("application JSON", "one line", '{"oauth": {"enabled": true, <line>, "clientId": "immich"}}',
         ("clientSecret",),
         ("autoLaunch", "prompts")),
    Slot("application JSON", "top level", """\
{
  <line>,
  "oauth": {"enabled": true}
}
""", ("clientSecret",), ("server",)),
    Slot("site", "field", """\
domain: example.com
<line>
subdomain: photos
client_id: immich
""", ("client_secret",), ("mobile", "auth_launch", "authelia_version", "other_addresses")),
    Slot("site", "wrong file", """\
domain: example.com
subdomain: photos
client_id: immich
auth_metod: x
<line>
""", ("secret",), ("clients",)),
)

# Names that say that a secret stands there. What is below them, and what is joined to them, counts too.
SECRET_NAMES = (
    "secret", "password", "pass", "pwd", "passwd", "passphrase", "token", "key", "hmac", "private_key", "privateKey",
    "api_key", "apikey", "apiKey", "access_token", "accessToken", "bearer_token", "credentials", "client-secret",
    "CLIENT_SECRET", "IMMICH_OAUTH_CLIENT_SECRET", "db_password", "smtp_pass", "SMTP_PASS", "redisPassword", "my_pwd",
    "encryption_key", "jwt_secret", "hmac_secret", "secretKey", "client.secret", "oauth.clientSecret",
    # Misspelt.
    "client_secrt", "clientSecert", "client_sceret", "secrett", "pasword", "passwrod", "passord", "my_pasword",
    "encryptionkey", "encryptionKey", "encryption-key", "ENCRYPTION_KEY", "encrypton_key", "encrypt_key",
    "encryption_kye", "clientKey", "client_key", "client-key", "jwt_scrt", "sekrit", "privat_key", "issuer_prvate_kye",
    "passfrase", "hmacSecrt", "aces_token", "userPin", "user_pin", "password_hash", "signing_keys", "apikye",
    "credentails", "keyHash",
)

# The ways to write a value below such a name; nothing else is wrong.
SIMPLE = {
    "yaml": ("<k>: <m>", "<k>: '<m>'", "<k>: 1<m>", "<k>: [<m>]", "<k>: {value: <m>}", "<k>:\n<i>  <m>: 1"),
    "json": ('"<k>": "<m>"', '"<k>": ["<m>"]', '"<k>": {"<m>": 1}', '"<k>": "<m>" x'),
}

# What can be wrong with a setting that holds a secret.
AT_SECRET = {
    "yaml": (
        # Things like digests, placeholders and templates.
        "<k>: '$plaintext$<m>'", "<k>: '<d><m>'", "<k>: '<d>c2FsdA$<m>'", "<k>: '<d><m>$<m>'", "<k>: '$6$<m>'",
        "<k>: '$<m>$'", "<k>: '$$<m>'", "<k>: 'Digest: <d>c2FsdA$<m>'", "<k>: '{CRYPT}$6$abc$<m>'",
        "<k>: '{{ secret \"/x\" }}<m>'", '<k>: {{ secret "<m>" }}', '<k>: {{ env "X" }}<m>', "<k>: '${X}<m>'",
        "<k>: ${X:-<m>}", "<k>: ${<m>}", "<k>: '${<m>'", "<k>: {{ <m>", "<k>: %(<m>)s",
        # Encodings.
        '<k>: "<x>"', '<k>: "<u>"', "<k>: <b>", "<k>: <h>", '<k>: "<%>"', "<k>: !!binary <b>", "<k>: 0x<h>",
        "<k>: '<m>\t'", '<k>: "<m>\\n"', '<k>: "<m>\xff"', '<k>: "<m>\x01"', '<k>: "<m>\x00"', '<k>: "\xef\xbb\xbf<m>"',
        # Other kinds of nodes.
        "<k>: !!int <m>", "<k>: !!<m> <m>", "<k>: !<<m>> <m>", "<k>: !<m> x", "<k>: &<m> x",
        "<k>: &a <m>\n<i>other_<k>: *a", "common: &a <m>\n<i><k>: *a", "common: &a '<m>'\n<i><k>: *a\n<i><k>: *a",
        "<k>: *<m>", "<k>: [<m>, <m>]", "<k>: {<m>: <m>}", "<k>: {<m>: 1, <m>: 2}", "<k>: {valeu: <m>}",
        "<k>: {<<: <m>}", "<k>: {pass: {x: [<m>]}}", "<k>:\n<i>  - <m>\n<i>  - x: <m>", "<k>:\n<i>  <m>: <m>",
        "<k>:\n<i>  <m>:\n<i>    <m>", "? {<k>: <m>}\n<i>: x", "? <k>\n<i>: <m>", "<<: {<k>: <m>}",
        "<k>: 2001-01-01<m>", "<k>: 12<m>",
        # Blocks and folded text.
        "<k>: |\n<i>  <m>", "<k>: >\n<i>  <m>", "<k>: >-\n<i>  <1>\n<i>  <2>", "<k>: |\n<i>  <1>\n<i>  <2>",
        "<k>:\n<i>  <m>", "<k>: <1>\n<i>  <2>", '<k>: "<1>\\\n<i>  <2>"', "<k>: '<1>\n<i>  <2>'", "<k>: |9\n<i>  <m>",
        "<k>: | <m>", "<k>: |\n<i>  <m>\n<i> <m>", "<k>: |+\n<i>  <1>\n\n<i>  <2>\n", "<k>: >\n<i>  # <m>",
        "<k>: [<1>,\n<i>  <2>]",
        # Twice, and beside something else.
        "<k>: <m>\n<i><k>: <m>", "<k>_file: x/y\n<i><k>: <m>", "<k>: '<m>' # <m>", "# <k>: <m>\n<i><k>: <m>",
        '"<k>":"<m>"', "'<k>: <m>': x", "<k>=<m>: x", "<k>2: <m>", "<k>s: <m>", "x<k>: <m>", "<k>.<k>: <m>",
        "<k>:\n<i>  <k>: <m>",
    ),
    "json": (
        '"<k>": "<d>c2FsdA$<m>"', '"<k>": "Digest: <d>c2FsdA$<m>"', '"<k>": "$plaintext$<m>"', '"<k>": "${X}<m>"',
        '"<k>": "{{ <m> }}"', '"<k>": "<u>"', '"<k>": "<b>"', '"<k>": "<h>"', '"<k>": "<%>"', '"<k>": "<m>\\n"',
        '"<k>": "<m>\\ud800"', '"<k>": "<m>\\u0000"', '"<k>": "\\u0009<m>"', '"<k>": {"<m>": "<m>"}',
        '"<k>": {"<m>": 1, "<m>": 2}', '"<k>": {"pass": {"x": ["<m>"]}}', '"<k>": [{"x": "<m>"}, "<m>"]',
        '"<k>": "<m>", "<k>": "<m>"', '"<k>s": "<m>"', '"x<k>": "<m>"', '"<k>2": "<m>"', '"<k>": {"<k>": "<m>"}',
        '"<k>=<m>": 1', '"<k>: <m>": 1', '"<k>.<k>": "<m>"',
    ),
}

# Syntax errors at a setting that holds a secret.
BROKEN_AT_SECRET = {
    "yaml": (
        "<k>: '<m>", '<k>: "<m>', '<k>: "<m>\\q"', '<k>: "\\x<m>"', "<k>: '<m>' <m>", "<k>: <m>: <m>", "<k>: <m> : x",
        "<k>: @<m>", "<k>: `<m>`", "<k>: %<m>", "<k>: [<m>", "<k>: {<m>", "<k>: {<m>: {", "<k>: <m>]: x: y",
        "<k>:\n<m>", "<k>:<m>", "<k>=<m>", "<k> <m>", "<k>: '<m>'\n<i>\t<k>: '<m>'", "<k>:\t'<m>'\n<i>  x: y",
        "<k>: '<m>'\n<i>  wrong: indentation", "<k>: <m>\n<i> continued <m>: x", "<k>: '<1>\n<i>   over two lines <2>",
        "<k>: <m>\n - <k>: <m>\n: x", "<k>: '<m>''", "<k>: \"<m>\" \"<m>\"", "<k>: - <m>", "<k>: ? <m>",
        "<k>: &a &b <m>", "<k>: *a <m>", "<k>: !!<m>! x: y: z", "<k>: |\n<m>\n<m>: [", "<k>: >x <m>", "<k>: ,<m>",
        "<k>: [<m>}}", "- <k>: <m>", "<k>: &<m>", "<k>: !<<m>", "<k>: {a: <m>, <m>\n<i>x: [",
        "<k>: <m>\n---\n<k>: [<m>", "<k>: <m>\n...\n<k> [", "<k>: <m>\n%YAML <m>\n", "<k>: <m>\n<i>x: '",
        "x: ['\n<i><k>: <m>", "x: {\n<i><k>: <m>\n<i>y: [", "x: \"\n<i><k>: <m>\n<i>\\q", "<k>:: <m>: x",
        "<k>: 'it's <m>'", "<k> : '<m>", "<k>: \"\\u<m>\"", "'<k>: <m>", "<k>: [[<1>,\n<i><2>", "\t<k>: <m>",
    ),
    "json": (
        '"<k>": "<m>', '"<k>": <m>', '"<k>": "<m>\\q"', '"<k>": "<m>\\u12"', '"<k>": "<m>" "<m>"', '"<k>" "<m>"',
        '"<k>: "<m>"', '"<k>": "<m>"; "x": 1', '"<k>": "<m>",, "x": 1', "\"<k>\": '<m>'", '"<k>": "<m>\x01"',
        '"<k>": "<m>\xff"', '"<k>": "<m>\n"', '"<k>":\n"<m>"\n"<m>"', '<k>: "<m>"', '"<k>": "<m>" // <m>',
        '"<k>": 1<m>', '"<k>": tru<m>', '"<k>"= "<m>"', '"<k>": `<m>`', '"<k>": ["<m>"', '"<k>": {"<m>"',
        '"<k>": {"<m>": 1]', '"<k>": ("<m>")', '"<k>": "<m>"}}', '"<k>": +"<m>"', '"<k>": "<1>" + "<2>"',
        '"<k>": "<1>\n<2>"', '"<k>": "<m>"\n"x": 1', '"<k>": \\"<m>\\"', '/* <m> */ "<k>": "<m>"',
        '# "<k>": "<m>"\n"x": 1', '"<k>":: "<m>"', '"<k>": "<m>\x00"', '"<k>": "<m>\t"',
    ),
}

# Places that hide whatever stands there, with the key of any setting: comments, and anchors and tags that nothing uses.
ASIDE = {
    "yaml": (
        "<k>: maybe # <m>", "<k>: maybe # password=<m>", "<k>: maybe  #<m>", "<k>: [maybe] # <m> # x",
        "<k>: # <m>\n<i>  maybe", "<k>: {x: y} # <m>", "<k>: | # <m>\n<i>  x", "<k>: [x, # <m>\n<i>  y]",
        "<k>: 'may # be' # <m>", "<k>: 'maybe # <m>", "<k>: x: y # <m>", "<k>: \"\\q\" # <m>", "<k>: ]x # <m>",
        "<k>: x\n<i># <m>\n<i><k>: y", "\t<k>: x # <m>", "<k>: *b # <m>", "<k>: [ # <m>", "<k> # <m>",
        "<k>: &<m> maybe", "&<m> <k>: maybe", "<k>: &<m> [maybe]", "<k>: &<m>\n<i>  maybe", "<k>: [&<m> maybe]",
        "<k>: {&<m> x: y}", "<k>: &<m> {x: {y: z}}", "<k>: &<m> x: y", "<k>: &<m> 'x", "<k>: &a &<m> x",
        "<k>: &<m> |\n<i>  x", "<k>: !<m> maybe", "<k>: !!<m> maybe", "<k>: !<<m>> maybe", "!<m> <k>: maybe",
        "<k>: !e!<m> maybe", "<k>: [!<m> maybe]", "<k>: !<m> [maybe]", "<k>: !<m> {x: y}", "<k>: !<m> 'x",
        "<k>: !<<m> x", "<k>: !<tag:x,<m>> maybe", "<k>: !!<m>! maybe", "<k>: !<m> &<m> maybe", "<k>: ! &<m> x # <m>",
    ),
    "json": (
        '"<k>": "x" // <m>', '"<k>": "x" /* <m> */', '"<k>": "x" # <m>', '// <m>\n"<k>": "x"',
        '"<k>": "x", // password: <m>\n"y": 1',
    ),
}

# Below a name that says nothing: only what looks random is hidden.
AT_PLAIN = {
    "yaml": (
        "<k>: <m>", "<k>: '<m>'", '<k>: "<m>"', '<k>: "<x>"', '<k>: "<1>\\\n<i>  <2>"', "<k>: [<m>]",
        "<k>: [x, <m>, <m>]", "<k>: {<m>: x}", "<k>: {x: <m>}", "<k>: {<m>: 1, <m>: 2}", "<k>:\n<i>  <m>: <m>",
        "<k>: |\n<i>  <m>", "<k>: >\n<i>  x <m>", "<k>: x <m> y", "<k>: x,<m>", "<k>: x=<m>", "<k>: x:<m>",
        "<k>: (<m>)", "<k>: '\"<m>\"'", "<k>: <m>\n<i><k>: <m>", "<m>: x", "<m>: {<k>: x}", "'<m>': [x]",
        "? <m>\n<i>: x", "? [<m>]\n<i>: x", "? {x: <m>}\n<i>: x", "<<: <m>", "<<: [{<k>: <m>}, <m>]", "<k>: *<m>",
        "<k>: &<m> x\n<i>other: *<m>", "<k>: <m>: x", "<k>: '<m>", '<k>: "<m>', "<k>: [<m>", "<k>: {<m>", "<k>: @<m>",
        "<k>: `<m>`", "<k>: \"<m>\\q\"", "<k>: '<m>' x", "<k> <m>", "<k>=<m>", "<m>", "\t<k>: <m>",
        "<k>: <m>\n<i> x: y", "<k>: x\n<i> <m>: y", "<k>: ${<m>}", "<k>: {{ <m> }}", "'<k>: <m>': x", "<k>_<m>: x",
        "<k>.<m>: x", "<k>: <m>\xff", "<k>: 10<m>",
    ),
    "json": (
        '"<k>": "<m>"', '"<k>": "<u>"', '"<k>": ["<m>"]', '"<k>": {"<m>": "x"}', '"<k>": {"<m>": 1, "<m>": 2}',
        '"<k>": "x <m> y"', '"<k>": "x=<m>"', '"<m>": "x"', '"<m>": {"<k>": 1}', '"<k>": "<m>", "<k>": "<m>"',
        '"<k>": "<m>', '"<k>": <m>', '"<k>" "<m>"', '"<k>": "<m>\\q"', '"<k>": "<m>" "<m>"', '"<k>": \'<m>\'',
        '<m>: "x"', '"<k>": "<m>"; "x"', '"<k>": "\\"<m>\\""', '"<k>": "<m>\x01"', '"<k>": 10<m>', '"<k>": "${<m>}"',
        # A program that reads JSON as YAML takes these comments for text.
        '"<k>": // <m>\n"x"', '"<k>": 1 /* <m>',
    ),
}

# Addresses: those that hide any mark, by userinfo or the name of a parameter, and those that hide what looks random.
ADDRESSES = (
    "https://bob:<m>@<host>/", "https://<m>@<host>/", "https://<m>:x@<host>/", "https://:<m>@<host>/",
    "https://bob:ab/<m>@<host>/", "https://bob:ab#<m>@<host>/", "https://bob:ab?<m>@<host>/",
    "https://bob:ab@<m>@<host>/", "https://bob:<m>/cd@<host>/", "https://bob:<m>#cd@<host>/",
    "https://bob:<m>?cd@<host>/", "https://bob:<m>@cd@<host>/", "https://bob:<%>@<host>/", "https://bob%3A<m>@<host>/",
    "https://bob:<m>@<host>:x/", "https://bob:<m>@[::1/", "https://bob:<m>@/", "https://bob:<m>@<host>/x?y#z",
    "HTTPS://bob:<m>@<host>/", "http://bob:<m>@<host>/", "app.immich://bob:<m>@<host>/", "postgres://bob:<m>@db/immich",
    "redis://:<m>@cache:6379", "ldap+tls://bob:<m>@<host>", "//bob:<m>@<host>/", "https:/bob:<m>@<host>/",
    "https:bob:<m>@<host>/", "https://a.example.com/,https://bob:<m>@<host>/",
    "https://a.example.com/ https://bob:<m>@<host>/", "https://bob:<m>@<host>/,https://a.example.com/",
    "see https://bob:<m>@<host>/", "(https://bob:<m>@<host>/)", "https://bob:<m>@<host>/ ", " https://bob:<m>@<host>/",
    "https://<host>/?token=<m>", "https://<host>/?x=y&access_token=<m>", "https://<host>/?client_secret=<m>&x=y",
    "https://<host>/?password=<m>", "https://<host>/?pass=<m>#x", "https://<host>?pwd=<m>",
    "https://<host>/x?api_key=<m>", "https://<host>/?TOKEN=<m>", "https://<host>/?to%6ben=<m>",
    "https://<host>/?token=<%>", "https://<host>/?x[secret]=<m>", "https://<host>/#access_token=<m>",
    "https://<host>/#/x?token=<m>", "https://<host>/?pasword=<m>", "https://<host>/?token=a&token=<m>",
    "https://<host>/?x;token=<m>", "app.immich:///oauth-callback?token=<m>",
    "https://<host>/?next=https://bob:<m>@<host>/",
)
PLAIN_ADDRESSES = (
    "https://<host>/?x=<m>", "https://<host>/?<m>", "https://<host>/#<m>", "https://<host>/#x=<m>",
    "https://<host>:<m>/", "https://<host>/?x=<m>&y=z", "app.immich://?<m>",
    "https://<host>/?next=https%3A%2F%2Fbob%3A<m>%40<host>%2F",
)
# How an address is written as a value.
WRITTEN = {
    "yaml": {
        "plain": "<k>: <a>", "in quotes": '<k>: "<a>"', "escaped": '<k>: "<a with \\x2f for />"',
        "in a list": "<k>:\n<i>  - '<a>'", "key": "<k>: {'<a>': x}", "open": "<k>: '<a>",
        "in a comment": "<k>: maybe # <a>", "in a block": "<k>: |\n<i>  <a>",
    },
    "json": {
        "plain": '"<k>": "<a>"', "escaped": '"<k>": "<a with \\/ for />"',
        "escaped more": '"<k>": "<a with \\u002f for />"', "in a list": '"<k>": ["<a>"]', "key": '"<k>": {"<a>": 1}',
        "open": '"<k>": "<a>',
    },
}
# Settings that take an address, by slot; the first shows up in what a login says.
ADDRESS_KEYS = {
    ("provider", "client"): ("redirect_uris", "sector_identifier_uri", "public"),
    ("provider", "oidc"): ("allowed_origins",), ("provider", "top level"): ("authelia_url",),
    ("application YAML", "oauth"): ("issuerUrl", "mobileRedirectUri", "buttonTxt"),
    ("application JSON", "oauth"): ("issuerUrl", "mobileRedirectUri", "endSessionEndpoint", "autoLaunch"),
    ("site", "field"): ("address", "other_addresses", "auth_host"),
}


def written_address(how, address):
    """The form of a value with an address in it."""
    start = how.find("<a")
    end = how.index(">", start) + 1
    words = how[start + 1:end - 1].split()
    return how[:start] + (address.replace(words[3], words[1]) if len(words) > 1 else address) + how[end:]


# Files that are no configuration: one text, a list of variables, binary. All of it is hidden.
WHOLE_FILES = (
    "<m>", "<m>\n", "'<m>'", '"<m>"', '"<m>', "<m>\n<m>\n", "<1>\n<2>\n", "CLIENT_SECRET=<m>\n",
    "CLIENT_SECRET=<1>\nOTHER=<2>\n", "export CLIENT_SECRET='<m>'\n", "FOO=<m>\n", "FOO=1\nBAR=<m>\n",
    "# my secret\n<m>\n", "# <m>\nFOO=1\n", "client_secret\n<m>\n", "client_secret <m>\n", "password: <m>\n",
    "<m> # x\n", "\xef\xbb\xbf<m>", "<m>\r\n", "<m>\r\n<m>\r\n", "--- <m>\n...\n", "---\n<m>\n---\n<m>\n", "&<m> x\n",
    "!<m> x\n", "|\n  <m>\n", "%<m>\n---\nx\n", "A=1\0SECRET=<m>\0B=2\0", "SECRET=<m>\0", "\0<m>\0",
    "\x7fELF\x02\x01\0\0<m>\0\0", "identity_providers: {}\n\0<m>", "oauth: {}\nx: <m>\0", "{\"oauth\": {}}\0<m>",
    "PK\x03\x04<m>\0\xff\xfe", "\xff\xfe<m>", "\x01\x02<m>", "<m>\x80\x81", "<b>", "<h>", "<u>", "<%>", "oauth <m>",
    "identity_providers <m>", "identity_providers: <m> x: y\n\0", "oauth: '<m>\0", "UTF-16: <m>",
    "UTF-16: oauth: {}\nsecret: '<m>", "$plaintext$<m>", "<d>c2FsdA$<m>", "Digest: <d>c2FsdA$<m>",
    "-----BEGIN PRIVATE KEY-----\n<m>\n-----END PRIVATE KEY-----\n", "machine example.com login x password <m>\n",
    "user:<m>\n", "https://bob:<m>@example.com/\n", "<xml><secret><m></secret></xml>\n", "[section]\nsecret = <m>\n",
    "secret = \"<m>\"\n", "{'secret': '<m>'}", "*<m>", "@<m>", "`<m>`",
)
# Of a list or a mapping that is no configuration only what looks random is hidden.
PLAIN_FILES = (
    "- <m>\n- x\n", "- x\n- <m>\n", "[<m>]", '["<m>"]', "<m>: ", "{<m>}", '{"<m>": ', "? <m>", ": <m>", "x: <m>\n",
    "x:\n  <m>: x\n", "<m>: {x: [y]}", '{"x": "<m>"}', '[{"<m>": 1}]',
)

# Settings within files of other tools, in one line with a fault where that can be: `<B>` is what follows it, encoded.
JSON_WITHIN = '{"oauth": {"enabled": "maybe", "clientSecret": "<m>"}}'
CONTAINER_FILES = (
    "kind: Secret\nstringData: {password: <m>, immich.json: '" + JSON_WITHIN + "'} # <m>\n",
    "kind: Secret\nstringData: {x: <m>, immich.json: '" + JSON_WITHIN + "', y: [<m>]}\n",
    "kind: Secret\ndata: {x: <b>, immich.json: <B>, y: <m>}\n",
    "kind: Secret\ndata:\n  immich.json: <B> # <m>\n  <b>: x\n",
    "kind: ConfigMap\ndata: {token: <m>, immich.json: '" + JSON_WITHIN + "'} # <m>\n",
    "kind: ConfigMap\ndata: {password: '<m>', a.yml: \"oauth:\\n  enabled: maybe # <m>\\n  clientSecret: <x>\\n\"}\n",
    "kind: ConfigMap\ndata:\n  a.yml: \"oauth:\\n  enabled: maybe\\n  clientSecret: <u>\\n# <u>\"\n",
    "kind: ConfigMap\ndata:\n  a.yml: \"oauth: {enabled: maybe, clientSecret: '<1>\\\n    <2>'}\\n\"\n",
    "kind: ConfigMap\ndata:\n  a.yml: 'oauth: {enabled: maybe, clientSecret: ''<m>'', secretX: ''<m>''}\n\n  '\n",
    "kind: ConfigMap\ndata:\n  a.yml: | # <m>\n    oauth:\n      clientSecret: '<m>\n  password: <m>\n",
    "kind: ConfigMap\ndata:\n  a.yml: |\n    oauth:\n      clientSecret: '<1>\n        <2>'  <m>\n  password: <m>\n",
    "kind: ConfigMap\ndata:\n  a.yml: >\n    {\"oauth\": {\"enabled\": \"maybe\",\n"
    "    \"clientSecret\": \"<m>\"}} # <m>\n\n",
    "kind: ConfigMap\ndata:\n  a.yml: |\n    oauth: {enabled: maybe, clientSecret: '<m>', secretX: <m>}\n"
    "  password: '<m>' x\n",
    "kind: ConfigMap\ndata:\n  a.yml: |\n    oauth: {enabled: maybe}\n  secret: [<m>\n",
    "kind: ConfigMap\ndata:\n  a.yml: |\n    oauth: {enabled: maybe, clientSecret: &a [*a, !x <m>]}\n",
    "patches:\n- patch: |\n    - value: |\n        oauth: {enabled: maybe, clientSecret: <m>} # <m>\n"
    "    - value: <m>\n      path: /data/token\n",
    "patches:\n- patch: |\n    kind: Secret\n    data: {x: <b>, immich.json: <B>} # <m>\n",
    "patches:\n- patch: '{\"kind\": \"Secret\", \"stringData\": {\"x\": \"<m>\", \"a.json\": \"{\\\"oauth\\\": "
    "{\\\"enabled\\\": "
    "\\\"maybe\\\", \\\"clientSecret\\\": \\\"<m>\\\"}}\"}}'\n",
    "configMapGenerator:\n- literals: [TOKEN=<m>, 'immich.json=" + JSON_WITHIN + "']\nsecretGenerator:\n"
    "- literals: [x=<m>]\n",
    "immich: {configuration: {oauth: {enabled: maybe, clientSecret: <m>}}, secret: <m>} # <m>\n",
    "services: {x: {environment: {PASSWORD: <m>}}}\n"
    "configs: {a: {content: '" + JSON_WITHIN + "'}, token: {content: <m>}}\n",
    "kind: List\nitems: [{kind: Secret, stringData: {x: <m>}}, "
    "{kind: ConfigMap, data: {a.json: '" + JSON_WITHIN + "'}}] # <m>\n",
    "kind: Secret\nstringData: {x: <m>}\n---\nkind: ConfigMap\ndata: {a.json: '" + JSON_WITHIN + "'} # <m>\n",
    '{"kind": "Secret", "stringData": {"x": "<m>", "a.json": "{\\"oauth\\": {\\"enabled\\": \\"maybe\\", '
    '\\"clientSecret\\": \\"<m>\\"}}"}, "data": {"y": "<b>"}}',
)

# What stands in the secret file and in the digest file of a site.
SECRET_FILES = (
    "<m>", "<m>\n", "<m>\r\n", "<m>\n\n", " <m>", "<m> ", "\t<m>\n", "<m>\n<m>\n", "<1>\n<2>", "\xef\xbb\xbf<m>",
    "<m>\xff", "<m>\xe4", "<m>\0", "\0<m>", "<m>\x01", "$plaintext$<m>", "<d>c2FsdA$<m>", "Digest: <d>c2FsdA$<m>",
    "CLIENT_SECRET=<m>\n", "client_secret: <m>\n", "'<m>'", "${<m>}", "{{ <m> }}", "<h>", "<b>", "\xff\xfe<m>",
    "<m>\x1b[31m", "<m>\u00a0", "<long>",
)
DIGEST_FILES = (
    "<m>", "<m>\n", "$plaintext$<m>", "<d><m>", "<d>c2FsdA$<m>", "<d><m>$<m>", "Digest: <m>", "Digest: <d>c2FsdA$<m>",
    "$6$rounds=9999$<m>$<m>", "$argon2id$v=19$m=<m>,t=3,p=4$<m>$<m>", "$2b$12$<m>", "$<m>$a$b", "$y$j9T$<m>$<m>",
    "<m>\n<m>\n", "\0<m>", "<m>\xff", "{CRYPT}$6$x$<m>", "$scrypt$ln=<m>,r=8,p=1$<m>$<m>",
)

# Options by what their values are; those that stand in neither are hidden when they look random.
SECRET_OPTIONS = ("--secret-file", "--digest-file", "--digest", "--verify", "--env", "--each")
SHOWN_OPTIONS = ("--domain", "--subdomain", "--auth-subdomain", "--auth-host", "--client-id", "--output", "--site",
                 "--env-file", "--values", "--config", "--metadata", "--only", "--report", "FILE", "LOG", "SITE")
ADDRESS_OPTIONS = ("--address", "--other-addresses", "--provider-url")
# Where a secret is in a file of environment variables, and where it goes from there: the variable X, or nowhere.
ENV_FILES = (
    "X=<m>\n", "X='<m>'\n", "export X=\"<m>\"\n", "X: <m>\n", "Y=<m>\nX=$Y\n", "Y='<m>'\nX=\"a${Y}b\"\n", "X=<m> # <m>\n",
    "# <m>\nX=x\n", "UNUSED=<m>\nX=x\n", "X=x\n<m>\n", "X='<m>\n", "X='x'<m>\n", "X='<m>\n<m>'\nZ=$X\n", "<m>=x\n",
    "X='$plaintext$<m>'\n", "X='<d><1>$<2>'\n", "X=<m>\nX=y\n",
)
# The same in a values file of Helm, with the value `x`.
VALUES_FILES = (
    "x: <m>\n", "x: '<m>' # <m>\n", "x: x\nclientSecret: <m>\n", "x: &<m> y\n", "x: [<m>]\n", "x: |\n  <m>\n", "<m>\n",
    "x: '<m>\n", "secret: &a {x: <m>}\nx: *a\n",
)
# Settings that a secret goes into through a placeholder, of a provider and of an application.
FILLED_SETTINGS = {
    "provider": ("client_secret: '<x>'", "client_secret: <x>", "hmac_secret: '<x>'", "client_secret: '$plaintext$<x>'"),
    "application": ("clientSecret: '<x>'", "clientSecret: <x>", "clientSecret: 'a<x>'"),
}
# What people try to give a secret with; any mark is hidden in the first, in the second what looks random.
SECRET_ARGUMENTS = (
    ("--secret", "<m>"), ("--secret=<m>",), ("--client-secret", "<m>"), ("--client-secret=<m>",), ("--password=<m>",),
    ("--pasword=<m>",), ("--token=<m>",), ("--client_secret=<m>",), ("--secret=<h>",), ("--pass=<m>",),
)
PLAIN_ARGUMENTS = (("--<m>",), ("-<m>",), ("--nothing=<m>",), ("--nothing", "<m>"), ("--help=<m>",), ("--json=<m>",),
                   ("--<m>=x",))
# The same for `hash`, where whatever stands there is more likely a secret than a name.
HASH_ARGUMENTS = (
    ("<m>",), ("good", "<m>"), ("--", "<m>"), ("good", "--", "<m>"), ("--generate", "<m>"),
    ("--verify", "$6$x$y", "<m>"), ("-<m>",), ("--secret", "<m>"), ("--secret=<m>",), ("--<m>",),
)
VARIABLES = (
    "AUTHELIA_SESSION_SECRET", "IMMICH_OAUTH_CLIENT_SECRET", "SECRET", "OIDCGEN_SECRET", "HOME", "TERM", "COLUMNS",
    "SOURCE_DATE_EPOCH", "XDG_CONFIG_HOME", "X509_AUTHELIA_IDENTITY_PROVIDERS_OIDC_HMAC_SECRET_FILE", "PWD", "TMPDIR",
    "CLICOLOR_FORCE", "NO_COLOR", "LANG", "LC_ALL",
)
