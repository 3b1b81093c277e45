"""What oidcgen writes, read by Python's json and PyYAML, holds the values that went in, however odd they are."""

import json
import unittest
from pathlib import Path

import yaml

import program

TEXTS = (
    "Immich", "O'Brien \"and\" sons", "a: b", "a # b", "#", "- x", "? x", "[a, b]", "{a: b}", "*anchor", "&anchor",
    "!tag", "%YAML 1.1", "@x", "`x`", "| x", "> x", "'", '"', "\\", "\\n", "$HOME", "${HOME}", "{{ x }}", "{{{ x }}}",
    "<b>&amp;</b>", "📷 Fotos 🏳️‍🌈", "Фотографии", "写真", "e\u0301", "\u2028line\u2029paragraph", "\u0085next", "\u00a0",
    "\ufeff", "first\nsecond", "first\r\nsecond", "tab\there", "\u007f", "\u001b[31mred", "\u0001",
    "true", "no", "null", "~", "0123", "1e3", "0x1F", ".inf", "12:30:45", "2024-01-01", "---", "...", "=", "<<",
    "x" * 5000, "\u202eright to left", "  blanks around\t\n", "\u3000wide blanks\u3000", " # ", "a\n\n  b\n # c",
)
CLIENT_IDS = (
    "0123", "true", "1e3", "null", "~", "2024-01-01", "no", "on", "y", "0x1F", "0o17", "0b1", ".inf", "-.inf", ".nan",
    "-", "--", "---", "...", ".", "_", "1.10", "1_000", "007", "-1", "Immich", "x" * 100,
)
STYLES = ("client", "snippet", "full")
FORMATS = ("json", "yaml")


def yaml_text(text: str) -> str:
    """A double-quoted scalar: letters and printable ASCII as they are, everything else by number."""
    kept = lambda c: c.isalnum() or (" " <= c <= "~" and c not in '"\\')
    return '"' + "".join(c if kept(c) else f"\\U{ord(c):08x}" for c in text) + '"'


def trimmed(text: str) -> str:
    """Without the ASCII white space that oidcgen drops around values."""
    return text.strip(" \t\n\v\f\r")


def client(text: str, style: str) -> dict:
    """The one client in what `oidcgen authelia` printed."""
    read = yaml.safe_load(text)
    clients = read if style == "client" else read["identity_providers"]["oidc"]["clients"]
    assert len(clients) == 1, clients
    return clients[0]


def oauth(text: str, form: str) -> dict:
    """The settings in what `oidcgen immich` printed."""
    return (json.loads(text) if form == "json" else yaml.safe_load(text))["oauth"]


class IndependentReaders(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = program.folder_with_secret()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def written(self, side: str, site: dict, *arguments: str) -> str:
        """The output for a site description on standard input, which has the three fields and these."""
        file = {"secret_file": "sample.secret"} if side == "immich" else {"digest_file": "sample.digest"}
        whole = {"domain": "example.com", "subdomain": "photos", "client_id": "immich"} | file | site
        text = "".join(f"{field}: {yaml_text(value)}\n" for field, value in whole.items())
        result = program.run(self.folder, side, "-", *arguments, stdin=text)
        self.assertEqual(result.status, 0, result.stderr)
        return result.stdout

    def test_client_names(self):
        for text in TEXTS:
            for style in STYLES:
                with self.subTest(text=text[:40], style=style):
                    read = client(self.written("authelia", {"client_name": text}, "--style", style), style)
                    self.assertEqual(read["client_name"], trimmed(text))

    def test_button_texts(self):
        for text in TEXTS:
            for form in FORMATS:
                with self.subTest(text=text[:40], format=form):
                    read = oauth(self.written("immich", {"button_text": text}, "--format", form), form)
                    self.assertEqual(read["buttonText"], trimmed(text))

    def test_client_ids(self):
        for name in CLIENT_IDS:
            for style in STYLES:
                with self.subTest(client_id=name[:40], style=style):
                    read = client(self.written("authelia", {"client_id": name}, "--style", style), style)
                    self.assertEqual(read["client_id"], name)
            for form in FORMATS:
                with self.subTest(client_id=name[:40], format=form):
                    read = oauth(self.written("immich", {"client_id": name}, "--format", form), form)
                    self.assertEqual(read["clientId"], name)

    def test_flags_instead_of_a_file(self):
        for text in ("a: 'b' # \"c\"", "📷\nFotos", "0123"):
            with self.subTest(text=text):
                result = program.run(
                    self.folder, "authelia", "--domain=example.com", "--subdomain=photos", "--client-id=1e3",
                    f"--client-name={text}", "--digest-file=sample.digest",
                )
                self.assertEqual(result.status, 0, result.stderr)
                read = client(result.stdout, "snippet")
                self.assertEqual((read["client_id"], read["client_name"]), ("1e3", text))

    def test_secrets(self):
        # Whatever a secret file holds is the secret, but for one line break at its end.
        for secret in ("a: 'b' # \"c\"", " blanks ", "0123", "true", "\\n", "{{ x }}", "ä€😀", "${X}"):
            (self.folder / "odd.secret").write_text(secret + "\n")
            for form in FORMATS:
                with self.subTest(secret=secret, format=form):
                    text = self.written("immich", {"secret_file": "odd.secret"}, "--format", form)
                    self.assertEqual(oauth(text, form)["clientSecret"], secret)

    def test_both_formats_hold_the_same(self):
        for immich in ("1.99.0", "1.132.3", "2.7.5", "3.2.2"):
            with self.subTest(immich=immich):
                site = {"immich_version": immich}
                self.assertEqual(
                    json.loads(self.written("immich", site, "--format", "json")),
                    yaml.safe_load(self.written("immich", site, "--format", "yaml")),
                )

    def test_all_styles_hold_the_same_client(self):
        clients = [client(self.written("authelia", {}, "--style", style), style) for style in STYLES]
        self.assertEqual(clients[0], clients[1])
        self.assertEqual(clients[0], clients[2])

    def test_same_bytes_on_every_run(self):
        for arguments in (("authelia", "--style", "full"), ("immich",), ("immich", "--format", "yaml")):
            with self.subTest(arguments=arguments):
                runs = {self.written(arguments[0], {"client_name": "a\nb"}, *arguments[1:]) for _ in range(2)}
                self.assertEqual(len(runs), 1)


if __name__ == "__main__":
    unittest.main()
