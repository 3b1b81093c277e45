"""What must stay visible although secrets are masked: the line that is wrong, names, and addresses but for the secret.

Needs OIDCGEN (the program) and RUN_MANY (the one that runs its commands in one process) in the environment.
"""

import json
import re
import tempfile
import unittest
from pathlib import Path

import program
from marks import HYPHENED, PHRASE, RANDOM, betrayed

MASK = "********"
PROVIDER = """\
identity_providers:
  oidc:
    clients:
      - client_id: immich
        client_secret: '{secret}'
{line}
        consent_mode: implicit
"""
APPLICATION = """\
{{
  "oauth": {{
    "enabled": true,
    "clientSecret": "{secret}",
{line}
    "clientId": "immich"
  }}
}}
"""
# A line that is wrong, below one with a secret, and what must be seen of it; `<m>` is a secret, `…` may be masked.
BROKEN_YAML = {
    "colon in text": ("        client_name: Photos: of the family", "        client_name: Photos: of the family"),
    "tab": ("\tpublic: true", " public: true"),
    "no colon": ("        public true", "        public true"),
    "open bracket": ("        scopes: [openid, email", "        consent_mode: implicit"),  # where the reader notices it
    "wrong bracket": ("        scopes: [openid, email}", "        scopes: [openid, email}"),
    "less indented": ("       public: true", "       public: true"),
    "reserved character": ("        client_name: @immich", "        client_name: @immich"),
    "list behind a key": ("        redirect_uris: - https://photos.example.com/auth/login",
                          "        redirect_uris: - https://photos.example.com/auth/login"),
    "open quote": ("        client_name: 'Immich", "        client_name: …"),
    "unknown escape": ('        client_name: "Im\\mich"', "        client_name: …"),
    "text behind quotes": ("        client_name: 'Immich' photos", "        client_name: …"),
    "comment": ("        public: yes: no  # <m>", "        public: yes: no  #…"),
    "secret in the line": ("        client_secret: '<m>' public: true", "        client_secret: …"),
    "secret, open": ("        client_secret: '<m>", "        client_secret: …"),
    "secret in a list": ("        client_secret: [<m>", "        client_secret: …"),
}
BROKEN_JSON = {
    "no comma": ('    "autoLaunch": false', '    "autoLaunch": false'),
    "two commas": ('    "autoLaunch": false,,', '    "autoLaunch": false,,'),
    "no colon": ('    "autoLaunch" false,', '    "autoLaunch" false,'),
    "no value": ('    "autoLaunch": ,', '    "autoLaunch": ,'),
    "wrong word": ('    "autoLaunch": False,', '    "autoLaunch": False,'),
    "number": ('    "timeout": 030000,', '    "timeout": 030000,'),
    "bare key": ("    autoLaunch: false,", "    autoLaunch: false,"),
    "wrong quotes": ("    'autoLaunch': false,", "    …: false,"),
    "wrong bracket": ('    "autoLaunch": [false},', '    "autoLaunch": [false},'),
    "equals sign": ('    "autoLaunch" = false,', '    "autoLaunch" = false,'),
    "comment": ('    "autoLaunch": false, // <m>', '    "autoLaunch": false, //…'),
    "unknown escape": ('    "buttonText": "Log\\in",', '    "buttonText": …'),
    "secret, wrong quotes": ("    \"clientSecret\": '<m>',", '    "clientSecret": …'),
    "secret, open": ('    "clientSecret": "<m>,', '    "clientSecret": …'),
    "secret, bare": ('    "clientSecret": <m>,', '    "clientSecret": …'),
}
# Settings with a value that they do not take, and the pointer that a report has of them.
POINTERS = {
    "public: maybe": "/public", "token_endpoint_auth_method: token": "/token_endpoint_auth_method",
    "client_secret: [x]": "/client_secret",
    "require_pushed_authorization_requests: x": "/require_pushed_authorization_requests", "jwks: x": "/jwks",
    "access_token_signed_response_alg: x": "/access_token_signed_response_alg",
    "id_token_signed_response_alg: x": "/id_token_signed_response_alg",
}


class Shown(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="oidcgen-test-")
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def lint(self, name, text, *flags):
        (self.folder / name).write_text(text)
        return program.run(self.folder, "lint", name, *flags)

    def broken_lines(self, name, flags, form, lines):
        for what, (line, visible) in lines.items():
            for mark in (RANDOM, HYPHENED, PHRASE):
                with self.subTest(what=what, mark=mark.name):
                    text = form.format(secret=mark.text, line=line.replace("<m>", mark.text))
                    done = self.lint(name, text, *flags)
                    self.assertIsNone(betrayed(done.stdout + done.stderr))
                    shown = re.findall(r"^ *\d+ \| (.*)$", done.stdout, re.MULTILINE)
                    pattern = ".*".join(re.escape(part) for part in visible.split("…"))
                    if not any(re.fullmatch(pattern, it) for it in shown):
                        self.fail(f"not seen: {visible!r}\n{done.stdout}")

    def test_broken_yaml(self):
        self.broken_lines("provider.yml", ["--kind", "authelia"], PROVIDER, BROKEN_YAML)

    def test_broken_json(self):
        self.broken_lines("application.json", ["--kind", "immich", "--use", "import"], APPLICATION, BROKEN_JSON)

    def test_pointers(self):
        for line, pointer in POINTERS.items():
            with self.subTest(line=line):
                text = PROVIDER.format(secret=PHRASE.text, line="        " + line)
                if line.startswith("client_secret"):
                    text = text.replace(f"        client_secret: '{PHRASE.text}'\n", "")
                done = self.lint("provider.yml", text, "--format", "json")
                pointers = {finding["pointer"] for finding in json.loads(done.stdout)["findings"]}
                self.assertIn("/identity_providers/oidc/clients/0" + pointer, pointers)

    def test_used_anchors(self):
        text = PROVIDER.format(secret=PHRASE.text, line="        public: &flag maybe\n        require_pkce: *flag")
        done = self.lint("provider.yml", text)
        self.assertIn("        public: &flag maybe\n", done.stdout)
        self.assertIn("        require_pkce: *flag\n", done.stdout)

    def test_values_of_other_settings(self):
        """Words and addresses in settings that hold no secret are why a line is shown."""
        for line in ("public: maybe", "pkce_challenge_method: S265",
                     "redirect_uris: [photos.example.com/auth/login/x#y]",
                     "consent_mode: my-very-own-mode_2", "grant_types: [authorization_code, my_grant]",
                     "token_endpoint_auth_method: custom-method-2024",
                     "unheard_of: some words of mine", "response_modes: [query, form-post-jwt]"):
            with self.subTest(line=line):
                done = self.lint("provider.yml", PROVIDER.format(secret=PHRASE.text, line="        " + line))
                self.assertIn(f" |         {line}\n", done.stdout)

    def test_addresses_in_what_holds(self):
        """`--show effective` hides userinfo and parameters that are named as secrets, nothing else."""
        whole = "https://auth.example.com:8443/x/y?z=1&sort=asc#part"
        for mark in (RANDOM, HYPHENED):
            secret = mark.text
            for address, parts in {
                whole: [f'"{whole}"'],
                f"https://bob:{secret}@auth.example.com/x?z=1": ["@auth.example.com/x?z=1"],
                f"https://auth.example.com/x?z=1&token={secret}": ["https://auth.example.com/x?z=1&token=" + MASK],
                f"https://auth.example.com/x?token={secret}&z=1": ["https://auth.example.com/x?token=", "&z=1"],
                f"https://bob:{secret}@auth.example.com/x?secret={secret}#part": ["@auth.example.com/x?secret=",
                                                                                  "#part"],
            }.items():
                with self.subTest(address=address):
                    text = json.dumps({"oauth": {"enabled": True, "issuerUrl": address, "clientId": "immich",
                                                 "buttonText": "Log in"}})
                    done = self.lint("application.json", text, "--show", "effective")
                    self.assertEqual(json.loads(done.stdout)["oauth"]["buttonText"], "Log in")
                    self.assertIsNone(betrayed(done.stdout + done.stderr))
                    for part in parts:
                        self.assertIn(part, done.stdout)


if __name__ == "__main__":
    unittest.main()
