"""Texts that stand for secrets, and a search for them that is quick enough for thousands of reports.

The marks are made up, and no six characters of one occur in any other text. A mark is betrayed by six characters of it
in a row (of hexadecimal ones ten, which digests do not have by chance), in small or in capital letters, as they are or
backwards, and by as much of it encoded: in hexadecimal, in base64, in percent signs, in escapes of JSON and YAML.
"""

import base64
from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    name: str
    text: str
    is_random: bool  # can be told by its looks
    piece: int = 6  # characters that betray it

    def __str__(self):
        return self.text


RANDOM = Mark("random secret", "Zq7Xk2VwPm4Tn8RbYs5Hd3LfJc6Q", True)
HEXADECIMAL = Mark("hexadecimal secret", "9c41f07b6ed852a3b0f96c1d7e24a85f3cd1906be7f8425a0d6b93e1c75f2a84", True, 10)
BASE64 = Mark("base64 secret", "uX3kW9vQz7JpT2mNrB8yLc5HgK4dFsA6eYxV1oZwRtI=", True)
PHRASE = Mark("pass phrase", "brunxovip qaldequim kyforzazep wyhutvolk", False)
HYPHENED = Mark("hyphened pass phrase", "tovzixjaq-uwmykerpl-ubgohdenf-cigwabkyz", False)
SHORT = Mark("short password", "wufzikq7x", False)
MARKS = (RANDOM, HEXADECIMAL, BASE64, PHRASE, HYPHENED, SHORT)
LONG = Mark("key", "Mx9Qr4Vt7Zk2Bw6Hj3Fs8Dp5Gy1C" * 12, True)


class Search:
    """Finds what betrays a mark in a text."""

    def __init__(self, mark):
        raw = mark.text[:64].encode()
        whole = [(mark.text[:64], 1), (mark.text[:64][::-1], 1), (raw.hex(), 2),
                 ("".join(f"%{byte:02x}" for byte in raw), 3),
                 ("".join(f"\\u{byte:04x}" for byte in raw), 6), ("".join(f"\\x{byte:02x}" for byte in raw), 4),
                 # UTF-16 with something for each NUL.
                 ("?".join(mark.text[:64]), 2), ("\0".join(mark.text[:64]), 2), ("\\u0000".join(mark.text[:64]), 7)]
        forms = [(text.lower(), size * mark.piece) for text, size in whole]
        for shift in range(3):
            # The characters in the middle do not depend on what stands around the mark.
            text = base64.b64encode(b"x" * shift + raw + b"xx").decode()[4:-4].lower()
            forms.append((text, min(mark.piece * 4 // 3 + 1, len(text))))
        self.pieces = {form[i:i + size] for form, size in forms for i in range(len(form) - size + 1)}
        self.sizes = sorted({size for _, size in forms})
        # Whoever has a piece has one of these, which are few.
        self.blocks = set()
        for form, size in forms:
            block = (size + 1) // 2
            self.blocks |= {form[i:i + block] for i in range(0, len(form) - block + 1, block)}

    def betrayed(self, text):
        """Where a piece of the mark begins in the text in small letters, or -1."""
        longest = self.sizes[-1]
        for block in self.blocks:
            at = text.find(block)
            while at >= 0:
                for i in range(max(0, at - longest), at + 1):
                    if any(text[i:i + size] in self.pieces for size in self.sizes):
                        return i
                at = text.find(block, at + 1)
        return -1


SEARCHES = {mark: Search(mark) for mark in (*MARKS, LONG)}


def betrayed(text, *marks):
    """What stands around the first piece of one of the marks (of any, when none is given), or nothing."""
    small = text.lower()
    for mark in marks or SEARCHES:
        at = SEARCHES[mark].betrayed(small)
        if at >= 0:
            return text[max(0, at - 300):at + 120]
    return None
