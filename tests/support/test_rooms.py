"""Each folder of src includes only what ARCHITECTURE.md allows it to.

Needs SOURCE (the source folder) in the environment.
"""

import os
import re
import unittest
from pathlib import Path

SOURCE = Path(os.environ["SOURCE"])


def allowed() -> dict[str, set[str]]:
    """For each room of the table, itself and the rooms it may include."""
    rows = re.findall(r"^\| `src/([a-z]+)` \|.*\| ([a-z, –]+) \|$", (SOURCE / "ARCHITECTURE.md").read_text(), re.MULTILINE)
    return {room: {room, *re.findall(r"[a-z]+", others)} for room, others in rows}


def room_of(path: str) -> str:
    """`cli` for cli/run.hpp, `systems` for systems.hpp."""
    return path.split("/")[0].removesuffix(".hpp").removesuffix(".cpp")


def included() -> dict[str, set[str]]:
    """For each room of the source, the rooms it includes. The program's main function belongs to none."""
    found: dict[str, set[str]] = {}
    for file in sorted((SOURCE / "src").rglob("*.[ch]pp")):
        path = file.relative_to(SOURCE / "src").as_posix()
        if path != "main.cpp":
            names = re.findall(r'^#include "([^"]+)"', file.read_text(), re.MULTILINE)
            found.setdefault(room_of(path), set()).update(room_of(name) for name in names)
    return found


class Rooms(unittest.TestCase):
    def test_table_has_every_room(self):
        self.assertLessEqual(set(included()), set(allowed()))

    def test_includes(self):
        rooms = allowed()
        for room, others in included().items():
            with self.subTest(room=room):
                self.assertLessEqual(others, rooms.get(room, set()))

    def test_one_room_makes_what_is_shown(self):
        """A text that may be shown is escaped and masked; nobody else may say that his is."""
        calls = {room_of(file.relative_to(SOURCE / "src").as_posix()) for file in (SOURCE / "src").rglob("*.cpp")
                 if "Shown::rendered(" in file.read_text()}
        self.assertEqual(calls, {"report"})


if __name__ == "__main__":
    unittest.main()
