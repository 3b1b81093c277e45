"""tools/picture draws what a terminal shows, as an SVG that needs nothing besides itself.

Needs SOURCE (the source folder) in the environment.
"""

import os
import re
import subprocess
import sys
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

TOOL = Path(os.environ["SOURCE"]) / "tools" / "picture"
SVG = "{http://www.w3.org/2000/svg}"
# columns: 0 to 4, 6 to 11, a wide character, and what is below the last one
TEXT = ("\x1b[1ma.yml\x1b[0m \x1b[1;31merror:\x1b[m <b> & \"c\" \x1b]8;;https://example.com\x07link\x1b]8;;\x07\n"
        "   \x1b[2m|\x1b[22m\n"
        "1 |  \u5bb6\x1b[38;5;2mx\x1b[39m\x1b[0K\n"
        "     \x1b[4m^^^\x1b[24m\n")


def draw(text: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-B", str(TOOL)], input=text.encode(), capture_output=True, check=False)


class Picture(unittest.TestCase):
    def setUp(self):
        done = draw(TEXT)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.text = done.stdout.decode()
        self.svg = xml.fromstring(self.text)
        self.pieces = self.svg.findall(f"{SVG}text")

    def piece(self, text: str) -> dict[str, str]:
        (found,) = (piece for piece in self.pieces if piece.text == text)
        return found.attrib

    def test_shows_every_character_and_nothing_else(self):
        plain = re.sub("\x1b\\[[0-9;]*[a-zA-Z]|\x1b][^\x07]*\x07", "", TEXT)
        self.assertEqual("".join("".join(piece.text for piece in self.pieces).split()), "".join(plain.split()))

    def test_columns_are_below_each_other(self):
        columns = {text: int(self.piece(text)["x"]) for text in ("a.yml", "error:", "1 |  \u5bb6", "x", "^^^")}
        cell = (columns["error:"] - columns["a.yml"]) / 6
        self.assertEqual(columns["x"] - columns["a.yml"], 7 * cell)
        self.assertEqual(columns["^^^"] - columns["a.yml"], 5 * cell)
        self.assertEqual(int(self.piece("^^^")["textLength"]), 3 * cell)
        rows = [int(self.piece(text)["y"]) for text in ("a.yml", "|", "x", "^^^")]
        self.assertEqual(rows, sorted(set(rows)))
        self.assertGreater(int(self.svg.get("height")), rows[-1])
        self.assertTrue(all(int(piece.get("x")) + int(piece.get("textLength")) <= int(self.svg.get("width")) for piece in self.pieces))

    def test_styles(self):
        self.assertEqual(self.piece("a.yml")["font-weight"], "bold")
        self.assertEqual(self.piece("error:")["font-weight"], "bold")
        self.assertNotEqual(self.piece("error:")["fill"], self.piece("a.yml")["fill"])
        self.assertNotIn("font-weight", self.piece('<b> & "c"'))
        self.assertIn("opacity", self.piece("|"))
        self.assertNotEqual(self.piece("x")["fill"], self.piece("a.yml")["fill"])
        self.assertEqual(self.piece("^^^")["text-decoration"], "underline")

    def test_needs_nothing_from_elsewhere(self):
        self.assertEqual(re.findall(r"https?://[^\"<]*", self.text), ["http://www.w3.org/2000/svg"])
        self.assertNotRegex(self.text, r"href|url\(|@import|<script|<style|<image")

    def test_the_same_text_gives_the_same_picture(self):
        self.assertEqual(draw(TEXT).stdout.decode(), self.text)

    def test_nothing_is_an_error(self):
        done = draw("\n")
        self.assertEqual((done.returncode, done.stdout), (1, b""))


if __name__ == "__main__":
    unittest.main()
