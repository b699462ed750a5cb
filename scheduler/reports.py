"""The annual reports of a site, kept in the run folder for the comparison of all sites' reports."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from crawler.runfolder import RunFolder
from crawler.subjects.report import masked_text
from domain.observation import Fact, Report, Seen, Sight, SiteObservation, Unseen, UnseenError


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReport:
    """One report: `own` are the unit's own words, None where the text was not seen (`unseen` says why)."""

    url: str
    unit: str
    title: str
    year: int
    own: str | None = None
    unseen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReports:
    """The reports of one site; `complete` and `why` as the walk knew them, `seen` False: nothing was."""

    site: str
    seen: bool = False
    complete: bool = False
    why: str = ""
    url: str = ""
    reports: tuple[KeptReport, ...] = ()

    def fact(self) -> Fact[tuple[Report, ...]]:
        """The reports as a check asks for them; of their text only whether it was seen."""
        sight = Sight(url=self.url, note=self.why)
        if not self.seen:
            return Unseen(replace(sight, url=""))
        return Seen(tuple(_report(one) for one in self.reports), sight, self.complete)


_DECODER = msgspec.json.Decoder(KeptReports)


def keep_reports(folder: RunFolder, observation: SiteObservation) -> None:
    """Writes the reports of one site whole."""
    path = _path(folder, observation.site.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.write_bytes(msgspec.json.encode(kept_reports(observation)))
    os.replace(partial, path)


def read_reports(folder: RunFolder, site_id: str) -> KeptReports:
    """The reports of one site; none seen where the site was not judged in this run."""
    try:
        return _DECODER.decode(_path(folder, site_id).read_bytes())
    except (OSError, msgspec.MsgspecError):
        return KeptReports(site=site_id, why="本轮没有读到年报")


def kept_reports(observation: SiteObservation) -> KeptReports:
    """The reports that an observation holds, cut down to what a comparison needs."""
    site, fact = observation.site.id, observation.reports
    if isinstance(fact, Unseen):
        return KeptReports(site=site, why=fact.sight.reason())
    names = [unit.name for unit in observation.units.values()]
    return KeptReports(
        site=site,
        seen=True,
        complete=fact.complete,
        why=fact.sight.note,
        url=fact.sight.url,
        reports=tuple(_kept(report, names) for report in fact.fact),
    )


def _kept(report: Report, names: list[str]) -> KeptReport:
    kept = KeptReport(url=report.url, unit=report.unit, title=report.title, year=report.year)
    try:
        return replace(kept, own=masked_text(report.text.get(), names))
    except UnseenError as error:
        return replace(kept, unseen=str(error))


def _report(kept: KeptReport) -> Report:
    unseen = Unseen(Sight(url="", note=kept.unseen))
    return Report(
        url=kept.url,
        unit=kept.unit,
        title=kept.title,
        year=kept.year,
        day=unseen,
        sections=unseen,
        text=unseen if kept.own is None else Seen("", Sight(url=kept.url)),
        tables=unseen,
    )


def _path(folder: RunFolder, site_id: str) -> Path:
    return folder.path / "reports" / folder.site_path(site_id).with_suffix(".json").name
