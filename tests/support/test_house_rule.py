"""Rooms that serve every system name none: outside of the folders of systems no source file, comments included, holds
a name or title of a system, a name of one of its settings, or the number of one of its releases.

Needs DESCRIBE_SYSTEMS (the program that prints the table of systems) and SOURCE (the source folder) in the environment.
"""

import json
import os
import re
import subprocess
import unittest
from pathlib import Path

SOURCE = Path(os.environ["SOURCE"])

# Where systems live, and what they share with others of the same language.
OF_SYSTEMS = ("src/providers/", "src/apps/", "src/lang/", "src/systems.")

# Names of settings that systems took from the standards, and which therefore belong to nobody: the registries at
# https://www.iana.org/assignments/oauth-parameters and https://www.iana.org/assignments/jose.
REGISTERED = set("""
    access_token acr_values authorization_endpoint authorization_encrypted_response_alg
    authorization_encrypted_response_enc authorization_signed_response_alg backchannel_logout_uri client_id client_name
    client_secret client_uri code_challenge code_challenge_method default_acr_values default_max_age
    end_session_endpoint frontchannel_logout_uri grant_types id_token id_token_encrypted_response_alg
    id_token_encrypted_response_enc id_token_signed_response_alg introspection_encrypted_response_alg
    introspection_encrypted_response_enc introspection_endpoint introspection_signed_response_alg jwks_uri
    max_age post_logout_redirect_uris pushed_authorization_request_endpoint redirect_uri redirect_uris refresh_token
    request_object_encryption_alg request_object_encryption_enc request_object_signing_alg request_uri request_uris
    require_auth_time require_pushed_authorization_requests response_mode response_type response_types
    revocation_endpoint sector_identifier_uri subject_type token_endpoint token_endpoint_auth_method
    token_endpoint_auth_signing_alg userinfo_encrypted_response_alg userinfo_encrypted_response_enc userinfo_endpoint
    userinfo_signed_response_alg
""".split())

# Members of metadata: the registry at https://www.iana.org/assignments/oauth-parameters, and Initiating User Registration
# via OpenID Connect.
REGISTERED |= set("""
    code_challenge_methods_supported id_token_signing_alg_values_supported prompt_values_supported scopes_supported
    token_endpoint_auth_methods_supported userinfo_signing_alg_values_supported
""".split())

# Names that say in plain words, or in the plural, what the standards call nearly so.
PLAIN = {
    "authorization_code",  # a grant type, RFC 6749
    "encryption_key", "signing_key",  # a key by its use, RFC 7517 section 4.2
    "key_id",  # `kid` in RFC 7517, which calls it so in its text
    "response_modes",  # as in response_modes_supported, RFC 8414
}


def is_word(name):
    """`scopes` or `policy` is English, or an acronym of the standards; `clientId` or `claims_policy` is a setting."""
    return re.fullmatch(r"[A-Z]?[a-z]+", name) is not None


def is_of_standard(match, line):
    """A section of a standard, or the one version of SARIF."""
    return "sarif" in line.lower() or re.search(r"\bsections? (?:[\d.]+ and )?$", line[: match.start()])


def described():
    return json.loads(subprocess.run([os.environ["DESCRIBE_SYSTEMS"]], capture_output=True, check=True, text=True).stdout)


def alternatives(words):
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


class HouseRule(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.systems = described()
        cls.lines = []
        for file in sorted((SOURCE / "src").rglob("*")):
            path = file.relative_to(SOURCE).as_posix()
            if file.suffix in (".cpp", ".hpp", ".inc", ".in") and not path.startswith(OF_SYSTEMS):
                text = file.read_text(encoding="utf-8")
                cls.lines += [(path, number, line) for number, line in enumerate(text.splitlines(), 1)]

    def assert_free_of(self, pattern, accepted=lambda match, line: False):
        found = []
        for path, number, line in self.lines:
            words = [m.group() for m in pattern.finditer(line) if not accepted(m, line)]
            if words:
                found.append(f"{path}:{number}: {', '.join(words)}")
        if found:
            self.fail(f"{len(found)} lines\n" + "\n".join(found))

    def test_table_is_there(self):
        self.assertGreater(len(self.systems), 1)
        self.assertGreater(len(self.lines), 1000)

    def test_no_name_of_a_system(self):
        # One that stands for all others has a plain word as its name.
        named = [system for system in self.systems if not system["is_generic"]]
        self.assertLess(1, len(named))
        names = {system[key].lower() for system in named for key in ("name", "title")}
        # A check of clang-tidy is called after its authors, and a list of words that people use as secrets has all kinds.
        self.assert_free_of(re.compile(rf"(?<![a-z0-9])(?:{alternatives(names)})(?![a-z0-9])", re.IGNORECASE),
                            lambda match, line: "NOLINT(" in line or re.fullmatch(r'(?:\s*"\w+",)+', line))

    def test_no_name_of_a_setting(self):
        names = {name for system in self.systems for path in system["keys"] for name in re.split(r"[.\[\]*]+", path)}
        names = {name for name in names if name and not is_word(name)} - REGISTERED - PLAIN
        self.assertIn("authorization_policy", names)
        self.assert_free_of(re.compile(rf"(?<![A-Za-z0-9_])(?:{alternatives(names)})(?![A-Za-z0-9_])"))

    def test_no_release(self):
        lines = {line for system in self.systems for line in system["lines"]}
        # `3.1` is a section of many a standard and 2.0 a version of OAuth; such a number says that it is a release by a
        # third part.
        telling = {line for line in lines if len(line.split(".")[1]) > 1}
        number = rf"(?<![\w.#-])v?(?:(?:{alternatives(telling)})(?:\.\d+)?|(?:{alternatives(lines)})\.\d+)(?![\w]|\.\d)"
        braces = rf"\{{(?:{alternatives(line.replace('.', ', ') for line in telling)}), \d+"
        self.assert_free_of(re.compile(f"{number}|{braces}"), is_of_standard)


if __name__ == "__main__":
    unittest.main()
