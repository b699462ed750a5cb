"""Holding the night: what was judged of all sites is gathered first, and taken in when it can be believed.

Control sites are asked before and after the walk. When most of them fail, or many sites that share a server,
a system or the line went bad together, nothing is opened and nothing ended: every judgement is inconclusive.
"""

import os
import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from crawler.guard import GuardPolicy
from crawler.runfolder import RunFolder, WalkError
from domain.finding import EvidenceFile, Verdict
from domain.outcome import Inconclusive, NotApplicable, Value, Violation
from domain.passlist import all_of
from domain.snapshot import FetchStatus
from scheduler.progress import Remark, SetAside
from scheduler.request import ScanRequest
from scheduler.tasks import Opinion
from scheduler.undertaking import Scan
from scheduler.vitals import ALL, Held, Tolerance, Vitals, held_back, reasons_by_site
from storage.nights import Hold
from storage.runs import DONE
from storage.staging import SUFFIX, staged_folder
from storage.taking import Key

FILE = "vitals.json"
MOST_RUNS = 60
GENERIC = "generic"

Evidence = Mapping[Key, Sequence[EvidenceFile]]
Take = Callable[[Opinion, Evidence], None]

_VITALS = msgspec.json.Decoder(list[Vitals])


@dataclass(slots=True, kw_only=True)
class Gate:
    """Between judging and storing. `bring` takes a judged site, `settle` hands all on, held or not.

    Where there is nothing to compare with (a first run, no control sites) sites are handed on at once.
    """

    scan: Scan
    take: Take
    tolerance: Tolerance = field(default_factory=Tolerance)
    most_nights: int = 2
    before: Mapping[str, Vitals] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)
    _tonight: dict[str, Vitals] = field(default_factory=dict)
    _failing: list[str] = field(default_factory=list)

    def open(self) -> None:
        """Reads what earlier nights saw and asks the control sites for the first time."""
        self.before = earlier_vitals(self.scan)
        self._ask_controls()

    @property
    def waits(self) -> bool:
        """Whether sites wait until all are judged."""
        return len(self.before) >= self.tolerance.least or bool(self.scan.request.registry.control_sites)

    def bring(self, opinion: Opinion, evidence: Evidence) -> None:
        """Takes a judged site: on at once, or aside until all are judged."""
        self._tonight[opinion.site] = vitals_of(self.scan, opinion)
        if not self.waits:
            self.take(opinion, evidence)
            return
        stage(self._staged(opinion.site), opinion, evidence)
        self.scan.tell(SetAside(target=opinion.site))

    def night(self) -> dict[str, Value]:
        """How the network has been so far this night, for the record of a finding."""
        blind = sum(not vitals.home_seen for vitals in self._tonight.values())
        found: dict[str, Value] = {
            "本轮此前已看网站": f"{len(self._tonight)} 个，其中首页没有看到的 {blind} 个"
        }
        controls = len(self.scan.request.registry.control_sites)
        if controls:
            failing = "、".join(dict.fromkeys(self._failing))
            found["对照站点"] = (
                f"多数打不开：{failing}" if failing else f"{controls} 个，巡检开始时多数能打开"
            )
        return found

    def adopt(self, site: str, failing: Sequence[str] = ()) -> None:
        """Counts in a site that another process put aside; `failing` are control sites that failed then."""
        opinion, _ = read_staged(self._staged(site))
        self._tonight[site] = vitals_of(self.scan, opinion)
        self._failing += failing

    def settle(self) -> None:
        """Decides, and hands every site on."""
        if self.waits:
            self._ask_controls()
        found = self._decide()
        self.held |= reasons_by_site(found)
        self._keep(found)
        for site in list(self._tonight):
            place = self._staged(site)
            if not place.exists():
                continue
            opinion, evidence = read_staged(place)
            if site in self.held:
                opinion, evidence = withheld(opinion, self.held[site]), {}
            self.take(opinion, evidence)
            place.unlink()

    def _decide(self) -> tuple[Held, ...]:
        if self._failing:
            return (Held(scope=ALL, reason=blind_night(self._failing), sites=tuple(self._tonight)),)
        found = held_back(self._tonight.values(), self.before, self.tolerance)
        return tuple(one for one in found if not self._long_enough(one))

    def _long_enough(self, held: Held) -> bool:
        """Whether the same was held for nights already, or a person says that it is real."""
        store = self.scan.store
        earlier = [
            hold for hold in store.holds() if hold.scope == held.scope and hold.run != self.scan.run.id
        ]
        if earlier and earlier[0].released_at is not None:
            return True
        latest = [run.id for run in store.runs(MOST_RUNS) if run.state == DONE][: self.most_nights]
        return len(latest) == self.most_nights and set(latest) <= {hold.run for hold in earlier}

    def _keep(self, found: Sequence[Held]) -> None:
        known = {hold.scope for hold in self.scan.store.holds(run=self.scan.run.id)}
        now, run = self.scan.request.clock(), self.scan.run.id
        self.scan.store.keep_holds(
            [
                Hold(run=run, at=now, scope=one.scope, reason=one.reason, targets=one.sites)
                for one in found
                if one.scope not in known
            ]
        )
        for one in found:
            self.scan.tell(Remark(words=one.reason))
        vitals = [replace(one, held=one.site in self.held) for one in self._tonight.values()]
        kept = {one.site: one for one in _read(self.scan.folder.path)} | {one.site: one for one in vitals}
        (self.scan.folder.path / FILE).write_bytes(msgspec.json.encode(list(kept.values())))

    def _ask_controls(self) -> None:
        """Notes the control sites that fail, when most of them do."""
        self._failing += failing_controls(self.scan.request)

    def _staged(self, site: str) -> Path:
        return staged_path(self.scan.folder, site)


def blind_night(failing: Sequence[str]) -> str:
    """Why nothing is said on a night on which most control sites fail."""
    words = "、".join(dict.fromkeys(failing))
    return f"对照站点打不开（{words}），疑为监测端或网络的问题，本次判定暂缓"


def failing_controls(request: ScanRequest) -> list[str]:
    """The control sites that do not answer now, when most of them do not."""
    controls = request.registry.control_sites
    if not controls:
        return []
    from crawler.fetching import fetch  # its libraries are large, and not always needed

    hosts = {name for url in controls for name in _names(url)}
    policy = GuardPolicy(hosts=request.hosts | hosts, networks=request.networks)
    failed = [
        url
        for url in controls
        if fetch(url, policy, at=request.clock()).snapshot.status
        in {FetchStatus.UNREACHABLE, FetchStatus.TIMEOUT, FetchStatus.HTTP_ERROR, FetchStatus.TLS_ERROR}
    ]
    return failed if 2 * len(failed) >= len(controls) else []


def staged_path(run: RunFolder, site: str) -> Path:
    """Where a judged site of a run waits, beside the runs: it is no part of what is kept."""
    return staged_folder(run.path.parent.parent, run.path.name) / (run.site_path(site).stem + SUFFIX)


def stage(place: Path, opinion: Opinion, evidence: Evidence) -> None:
    """Puts a judged site aside, whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    partial = place.with_name(f".{place.name}.{os.getpid()}")
    partial.write_bytes(pickle.dumps((replace(opinion, plain={}), dict(evidence))))
    os.replace(partial, place)


def read_staged(place: Path) -> tuple[Opinion, Evidence]:
    """What was put aside; written by this program alone."""
    opinion, evidence = pickle.loads(place.read_bytes())
    return opinion, evidence


def withheld(opinion: Opinion, reason: str) -> Opinion:
    """The opinion with every judgement held: what does not apply stays so, everything else is not said."""
    return replace(
        opinion,
        verdicts=held_verdicts([*all_of(opinion.verdicts, opinion.passes)], reason),
        passes=(),
        trouble=opinion.trouble or reason,
    )


def held_verdicts(verdicts: Sequence[Verdict], reason: str) -> list[Verdict]:
    """The verdicts as inconclusive ones with the reason."""
    return [
        verdict
        if isinstance(verdict.outcome, NotApplicable | Inconclusive)
        else replace(verdict, outcome=Inconclusive(reason=reason), indicators=(), answers=())
        for verdict in verdicts
    ]


def vitals_of(scan: Scan, opinion: Opinion) -> Vitals:
    """How a site looked as a whole."""
    site = scan.request.registry.site(opinion.site)
    likes = [one.like for one in opinion.passes]
    schemes = ",".join(f"{name}={version}" for name, version in sorted(scan.run.schemes.items()))
    return Vitals(
        site=site.id,
        host=(urlsplit(site.home).hostname or "").lower(),
        cms=_cms_of(scan, site.id),
        home_seen=not opinion.trouble,
        pages=int(opinion.gaps.counts.get(FetchStatus.OK.value, 0)),
        entries=len(opinion.items),
        lapses=tuple(sorted({v.check for v in opinion.verdicts if _lapsed(v)})),
        asked=tuple(sorted({one.check for one in (*opinion.verdicts, *likes)})),
        judged_by=f"{scan.run.program} {schemes}",
    )


def _lapsed(verdict: Verdict) -> bool:
    return isinstance(verdict.outcome, Violation) and verdict.outcome.severity == "violation"


def _cms_of(scan: Scan, site: str) -> str:
    """The system that the first readable page shows; empty when none is known."""
    try:
        for sighting in scan.folder.sightings(site):
            if sighting.page is not None:
                return "" if sighting.page.adapter == GENERIC else sighting.page.adapter
    except WalkError:
        pass
    return ""


def earlier_vitals(scan: Scan) -> dict[str, Vitals]:
    """By site, how it looked on its last good night before this run."""
    found: dict[str, Vitals] = {}
    wanted = {target for kind, target in scan.request.targets if kind == "site"}
    for run in scan.store.runs(MOST_RUNS):
        if run.state != DONE or run.number >= scan.run.number or wanted <= set(found):
            continue
        for one in _read(scan.folder.path.parent / run.id):
            if one.site in wanted and not one.held and one.home_seen:
                found.setdefault(one.site, one)
    return found


def _read(folder: Path) -> list[Vitals]:
    try:
        return _VITALS.decode((folder / FILE).read_bytes())
    except (OSError, msgspec.MsgspecError):
        return []


def _names(url: str) -> set[str]:
    parts = urlsplit(url)
    return {(parts.hostname or "").lower(), parts.netloc.lower()} - {""}
