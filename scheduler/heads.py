"""What the pages' heads said on the night before, read from the newest earlier run that saw the site."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from crawler.address import canonical
from crawler.observing.heads import COMPARED, HEAD_TAGS, head_from
from crawler.runfolder import RunFolder
from crawler.subjects.planted import advertises
from domain.observation import Head
from domain.snapshot import FetchStatus
from scheduler.earlier import MOST_RUNS, reading_version
from storage.runs import DONE, Run
from storage.store import Store


class _Snapshot(msgspec.Struct):
    url: str
    status: FetchStatus


class _Page(msgspec.Struct):
    title: str = ""
    head_title: str = ""
    tags: dict[str, str] = {}
    soft_404: bool = False


class _Line(msgspec.Struct):
    snapshot: _Snapshot
    role: str = "column"
    page: _Page | None = None


_decode = msgspec.json.Decoder(_Line).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierHeads:
    """The earlier runs of a data folder, newest first, whose pages were read as this program reads them."""

    runs: tuple[Run, ...]
    data: Path

    @classmethod
    def before(cls, store: Store, data: Path, as_of: datetime, reading: str = "") -> "EarlierHeads":
        """The finished runs before a moment, as this program reads them, or as the `reading` named does.

        What another reading made would differ by itself.
        """
        version = reading or reading_version()
        runs = (run for run in store.runs(MOST_RUNS) if run.state == DONE and run.as_of < as_of)
        return cls(runs=tuple(run for run in runs if run.options.get("reading") == version), data=data)

    def of(self, site: str) -> Mapping[str, Head] | None:
        """The heads of a site's pages by canonical address; None where no earlier run saw any.

        A head that advertised on the night before too is compared with the last that did not: else what
        was changed one night would count as mended the next.
        """
        found: dict[str, Head] | None = None
        soiled: set[str] = set()
        for run in self.runs:
            folder = RunFolder(self.data / "runs" / run.id, self.data / "bodies")
            kept = dict(_kept(folder.site_path(site)))
            if not kept:
                continue
            if found is None:
                found = {key: head for key, head in kept.items() if not _is_soiled(head)}
                soiled = set(kept) - set(found)
            else:
                clean = {key for key in soiled & set(kept) if not _is_soiled(kept[key])}
                found |= {key: kept[key] for key in clean}
                soiled -= clean
            if not soiled:
                break
        return found


def _is_soiled(head: Head) -> bool:
    return bool(advertises(head.title) or advertises(head.words))


def _kept(path: Path) -> Iterator[tuple[str, Head]]:
    """The heads in a site's file; lines that are no sightings (the summary, a torn one) are passed over."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            try:
                read = _decode(line)
            except msgspec.MsgspecError:
                continue
            page = read.page
            fine = read.role in COMPARED and read.snapshot.status is FetchStatus.OK
            if fine and page is not None and not page.soft_404:
                tags = {name: page.tags.get(name, "") for name in HEAD_TAGS}
                yield canonical(read.snapshot.url), head_from(page.head_title or page.title, tags)
