#!/usr/bin/env python3
"""What must hold of every report: it depends neither on the order of the files nor on the run, and among many clients
one fault is one finding."""

import itertools
import json
import unittest
from pathlib import Path

import program

CLIENT = """\
      - client_id: '{id}'
        client_secret: '{digest}'
        authorization_policy: two_factor
        redirect_uris:
          - https://{id}.example.com/auth/login
          - https://{id}.example.com/user-settings
          - app.immich:///oauth-callback
        scopes: [openid, profile, email]
        token_endpoint_auth_method: client_secret_post
"""
DIGEST = (
    "$pbkdf2-sha512$310000$MDEyMzQ1Njc4OWFiY2RlZg"
    "$WCkxc.kX2xBh7icZZMQMMDvuRb.RzmEc16zSLVTJSQyd1fKBZjqxjCd1a76B0SPC0YIObf7X4ziAnWWBXcjLng"
)

# A line of a client, what stands in its place, the rule, and which line of the client it is found on.
FAULTS = [
    ("authorization_policy: two_factor", "authorization_policy: deny_all", None, 0),  # may be defined elsewhere
    ("scopes: [openid, profile, email]", "scope: [openid, profile, email]", "setting-unknown", 7),
    ("client_id: '{id}'", "client_id: 'photos/{id}'", "client-id-invalid", 0),
    ("client_id: '{id}'", "client_id: 'photos0'", "client-id-repeated", 0),
    ("token_endpoint_auth_method: client_secret_post", "token_endpoint_auth_method: post", "auth-method-unknown", 8),
    ("- https://{id}.example.com/user-settings", "- {id}.example.com/user-settings", "redirect-uri-invalid", 5),
    ("client_secret: '{digest}'", "client_secret: '{digest}='", "digest-unreadable", 1),
    ("client_secret: '{digest}'", "public: maybe", "switch-unreadable", 1),
    ("scopes: [openid, profile, email]", "scopes: [openid, profile, openid]", "values-repeated", 7),
]


def configuration(clients):
    return "identity_providers:\n  oidc:\n    clients:\n" + "".join(clients)


def client(name, template=CLIENT):
    return template.format(id=name, digest=DIGEST)


def immich(name, **settings):
    whole = {"enabled": True, "issuerUrl": "https://auth.example.com", "clientId": name, "clientSecret": "${SECRET}"}
    return json.dumps({"oauth": whole | settings, "server": {"externalDomain": f"https://{name}.example.com"}})


class Properties(unittest.TestCase):
    def setUp(self):
        folder = program.folder_with_secret()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name, text):
        (self.folder / name).write_text(text)
        return name

    def test_one_fault_among_many_clients(self):
        """200 clients, one of them faulty."""
        many = 200
        for before, after, rule, line in FAULTS:
            self.assertIn(before, CLIENT)
            for at in (1, many // 2, many - 1):
                with self.subTest(fault=after, client=at):
                    clients = [client(f"photos{number}") for number in range(many)]
                    clients[at] = client(f"photos{at}", CLIENT.replace(before, after))
                    self.write("authelia.yml", configuration(clients))
                    done = program.run(self.folder, "lint", "--format=json", "authelia.yml")
                    found = [(it["name"], it["start"]["line"]) for it in json.loads(done.stdout)["findings"]
                             if it["consequence"] not in ("login-fails", "advice")]  # those are about the login
                    self.assertEqual(found, [] if rule is None else [(rule, 4 + at * 9 + line)])

    def test_order_of_files(self):
        """Two providers and three applications, with faults in each and between them."""
        files = [
            self.write("one.yml", configuration([client("photos"), client("gallery", CLIENT.replace("/auth/login", "/auth"))])),
            self.write("two.yml", configuration([client("pictures"), client("photos", CLIENT.replace("email", "mail"))])),
            self.write("a.json", immich("photos", scope="openid groups")),
            self.write("b.json", immich("gallery", tokenEndpointAuthMethod="client_secret_basic")),
            self.write("c.json", immich("unknown", clientID="x")),
        ]
        reports = {}
        for order in itertools.islice(itertools.permutations(files), 0, 120, 7):
            for form in ("text", "json"):
                done = program.run(self.folder, "lint", f"--format={form}", *order)
                self.assertEqual(done.status, 1)
                self.assertIn("redirect-uri-unregistered", done.stdout)
                reports.setdefault(form, done.stdout)
                self.assertEqual(done.stdout, reports[form], order)


if __name__ == "__main__":
    unittest.main()
