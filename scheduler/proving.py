"""Takes the evidence of violations: what was judged, its pictures and bytes, sealed before it is stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from checks.catalogue import all_checks
from crawler.address import canonical
from crawler.runfolder import BodyError, RunFolder
from domain.finding import EvidenceFile, Key, Verdict, key_of
from domain.outcome import Frame, Value, Violation
from domain.snapshot import Snapshot
from domain.target import Account, Registry, Site
from domain.walk import Sighting
from evidence.bundle import EvidenceStore
from evidence.dossier import SEALED, dossier
from evidence.look import Clock, Look
from evidence.paper import is_paper, look_at_paper
from evidence.places import SEARCHED, places_of, with_pictures
from evidence.record import EvidenceRecord, Versions, is_leak, searched_of, with_look
from scheduler.circumstances import network_of, sought
from scheduler.gaps import gaps_of
from scheduler.onrecord import MOST_FACTS, plain_sightings
from scheduler.peers import peer_sightings
from scheduler.places import BROKEN_LINK, SHOULD_STAND, pictured
from scheduler.versions import check_version
from storage.runs import Run
from storage.store import Store

if TYPE_CHECKING:
    from crawler.sourcing import SourceReading
    from scheduler.judging import SiteWork
    from scheduler.newsroom import AccountWork

LEADS = {BROKEN_LINK: "链接指向的地址，用浏览器打开时"}
"""What is written above the pictures of further pages, where they are no pages that were searched."""

Proofs = dict[Key, tuple[EvidenceFile, ...]]


@dataclass(slots=True, kw_only=True)
class Prover:
    """Seals the evidence of one run's violations; `pictures` counts those taken."""

    store: Store
    seals: EvidenceStore
    folder: RunFolder
    registry: Registry
    run: Run
    clock: Clock
    pictures: int = 0

    def prove_site(self, site: Site, work: "SiteWork") -> Proofs:
        """The evidence of each violation at a site, by the verdict's key."""
        plain = plain_sightings(self.folder.read_walk(site.id), work.verdicts)
        network = network_of(gaps_of(work.walk), self.store.probe_series(site.id, self.run.as_of))
        return self.prove_verdicts(site, work.verdicts, plain, work.looks, network)

    def prove_verdicts(
        self,
        site: Site,
        verdicts: Sequence[Verdict],
        plain: Mapping[str, Sighting],
        looks: Mapping[str, Look],
        network: Mapping[str, Value] | None = None,
    ) -> Proofs:
        """The same from what plain HTTP saw, by canonical address, and the browser's looks by address.

        `network` says how the site could be reached that night.
        """
        proofs: Proofs = {}
        names = self._names(site.id, verdicts, "site")
        by_key = {canonical(url): look for url, look in looks.items()}
        plain = {**peer_sightings(self.folder, self.registry, verdicts, site.id), **plain}
        for verdict in verdicts:
            if isinstance(verdict.outcome, Violation):
                record = self._record(verdict, verdict.outcome, names[key_of(verdict)], site.name, plain)
                record = replace(record, network=dict(network or {}))
                look = looks.get(verdict.outcome.url) or by_key.get(canonical(verdict.outcome.url))
                here = plain.get(canonical(verdict.outcome.url))
                wanted = pictured(verdict)
                places = {url: by_key[canonical(url)] for url in wanted if canonical(url) in by_key}
                proofs[key_of(verdict)] = self._seal(record, look, here, verdict.outcome.frame, places)
        return proofs

    def prove_account(
        self, account: Account, reading: "SourceReading", verdicts: Sequence[Verdict]
    ) -> Proofs:
        """The evidence of each violation of an account that was not looked at in a browser."""
        from crawler.accounts import newest_post, observe_account
        from scheduler.newsroom import AccountWork

        observation = observe_account(account, self.registry, reading, as_of=self.run.as_of)
        work = AccountWork(
            account=account,
            reading=reading,
            observation=observation,
            verdicts=list(verdicts),
            newest=newest_post(observation),
        )
        return self.prove_work(work)

    def prove_work(self, work: "AccountWork", origin: Path | None = None) -> Proofs:
        """The evidence of each violation of an account: the source's answers as received, the newest post's
        page and picture, the date reckoning. `origin` is the folder of the files that people keep.
        """
        from scheduler.reckoning import account_facts, answers_of, look_of, pictures_of

        proofs: Proofs = {}
        names = self._names(work.account.id, work.verdicts, "account")
        snapshots = tuple(page.snapshot for page in work.reading.pages)
        kept = {**answers_of(work), **(pictures_of(work, origin) if origin else {})}
        newest = work.reading.newest
        for verdict in work.verdicts:
            if isinstance(verdict.outcome, Violation):
                name = names[key_of(verdict)]
                record = self._record(verdict, verdict.outcome, name, work.account.name, {}, snapshots)
                # What was judged came with the source's answer: other addresses were opened or they were not.
                searched = tuple(row for row in record.searched if row.snapshot is not None)
                record = replace(record, facts=account_facts(work, verdict.outcome), searched=searched)
                closed = SEALED if is_leak(record) else ""
                look = look_of(work, verdict.outcome)
                if closed and look is not None and not look.private:
                    look = None
                record = with_look(record, look)
                files = dossier(
                    record,
                    look,
                    body=newest.body if newest and newest.body else None,
                    snapshot=newest.snapshot if newest else next(iter(snapshots), None),
                    frame=verdict.outcome.frame,
                    further=[(page.snapshot, page.body) for page in work.reading.pages],
                )
                self.pictures += sum(name.startswith("screenshot") for name in files)
                files |= {f"{closed}{name}": body for name, body in kept.items()}
                proofs[key_of(verdict)] = self.seals.seal(record, files)
        return proofs

    def _names(self, target: str, verdicts: Iterable[Verdict], kind: str) -> dict[Key, str]:
        keys = [key_of(verdict) for verdict in verdicts if isinstance(verdict.outcome, Violation)]
        named = self.store.identify_all(target, keys, self.run.as_of, kind)
        return {key: name for key, (name, _) in named.items()}

    def _record(
        self,
        verdict: Verdict,
        lapse: Violation,
        name: str,
        target_name: str,
        plain: Mapping[str, Sighting],
        snapshots: tuple[Snapshot, ...] = (),
    ) -> EvidenceRecord:
        check = all_checks()[verdict.check]
        seen = {url: plain[canonical(url)].snapshot for url in lapse.looked_at if canonical(url) in plain}
        here = plain.get(canonical(lapse.url))
        unit = self.registry.unit(verdict.subject.unit)
        return EvidenceRecord(
            finding=name,
            check=verdict.check,
            check_title=check.title,
            basis=check.basis,
            unit=unit.code,
            unit_name=unit.name,
            target=verdict.target,
            target_name=target_name,
            subject=verdict.subject.key,
            subject_name=verdict.subject.name,
            url=lapse.url,
            summary=lapse.summary,
            captured_at=self.clock(),
            as_of=self.run.as_of,
            versions=Versions(
                program=self.run.program, check=check_version(verdict.check), schemes=self.run.schemes
            ),
            observed=lapse.observed,
            expected=lapse.expected,
            indicators=verdict.indicators,
            snapshots=snapshots or ((here.snapshot,) if here else ()),
            facts=_facts(here),
            searched=searched_of(lapse.looked_at, seen),
            wordings=sought(verdict),
            absent=verdict.check in SHOULD_STAND,
            charset=here.page.charset if here and here.page else "",
            run=self.run.id,
        )

    def _seal(
        self,
        record: EvidenceRecord,
        look: Look | None,
        here: Sighting | None,
        frame: Frame | None,
        places: Mapping[str, Look] | None = None,
    ) -> tuple[EvidenceFile, ...]:
        body = None
        if here is not None and here.snapshot.body is not None:
            try:
                body = self.folder.body(here.snapshot.body)
            except BodyError:
                body = None
        snapshot = here.snapshot if here else None
        if look is not None and not look.pictures and snapshot and body and is_paper(body):
            # A leak's file is not drawn: what would have to be covered cannot be found in it.
            look = look if is_leak(record) else look_at_paper(snapshot, body) or look
        shown = places_of(places or {}, LEADS.get(record.check, SEARCHED))
        record = with_look(with_pictures(record, places or {}, shown), look)
        files = dossier(record, look, body=body, snapshot=snapshot, frame=frame) | shown.files
        self.pictures += sum(name.startswith("screenshot") for name in files)
        return self.seals.seal(record, files)


def _facts(here: Sighting | None) -> dict[str, object]:
    """What was read off the page: title, adapter, tags, and the list's first entries with their dates."""
    if here is None or here.page is None:
        return {}
    page = here.page
    items = [
        {"title": item.title, "url": item.url, "date": item.day.isoformat() if item.day else None}
        for item in page.items[:MOST_FACTS]
    ]
    return {"title": page.title, "adapter": page.adapter, "tags": dict(page.tags), "items": items}
