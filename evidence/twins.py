"""One file on the disk for what several findings keep alike: a page's picture, its bytes, its DOM.

Each seal has the file under a name of its own and is verified by itself; removing one leaves the others.
"""

import os
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from evidence.digest import sha256

SMALLEST = 4096
"""Files under this many bytes take a block of the disk anyway."""

REMEMBERED = 4096
"""How many sealed files are remembered; a site's findings are sealed one after the other."""


class Twins:
    """The files that were sealed lately, by their digest."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Path] = OrderedDict()

    def note(self, folder: Path, rows: Iterable[Mapping[str, Any]]) -> None:
        """Remembers the files of a seal by its manifest's rows."""
        for row in rows:
            if row["size"] >= SMALLEST:
                self._known[row["sha256"]] = folder / row["name"]
                self._known.move_to_end(row["sha256"])
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    def link(self, content: bytes, path: Path) -> bool:
        """Makes `path` a further name of a file with this content; False where there is none to be had.

        What lies there is read and compared first: a seal must never take in what was altered since.
        """
        if len(content) < SMALLEST or not self._known:
            return False
        twin = self._known.get(sha256(content))
        if twin is None:
            return False
        try:
            if twin.read_bytes() != content:
                return False
            os.link(twin, path)
        except OSError:
            return False
        return True
