"""Evidence of a mend: what showed that a lapse is no more, sealed under the lapse's own number."""

from collections.abc import Sequence

from checks.catalogue import all_checks
from crawler.address import canonical
from crawler.runfolder import BodyError, RunFolder, WalkError
from domain.finding import MENDED_STATES, CaseState, EvidenceFile, Finding, Verdict, key_of
from domain.outcome import Pass
from domain.snapshot import Snapshot
from evidence.dossier import dossier
from evidence.look import Look
from evidence.record import EvidenceRecord, Versions
from scheduler.proving import Proofs, Prover

ENDED = MENDED_STATES | {CaseState.DISMISSED, CaseState.EXEMPTED}
"""States of a case that a pass does not mend any more."""


def prove_mends(prover: Prover, site: str, verdicts: Sequence[Verdict]) -> Proofs:
    """The evidence of each open case of a site that this night's verdicts mend, by the verdict's key."""
    passed = {key_of(verdict): verdict for verdict in verdicts if isinstance(verdict.outcome, Pass)}
    if not passed:
        return {}
    mended = {
        key: finding
        for finding in prover.store.findings(target=site, with_evidence=False)
        if finding.state not in ENDED
        and (key := (finding.check, finding.target, finding.unit, finding.subject)) in passed
    }
    if not mended:
        return {}
    seen = _sights(prover.folder, site, {canonical(finding.url) for finding in mended.values()})
    proofs: Proofs = {}
    for key, finding in mended.items():
        snapshot, body = seen.get(canonical(finding.url), (None, None))
        snapshots = (snapshot,) if snapshot else ()
        proofs[key] = seal_mended(prover, passed[key], finding, snapshots, body, None)
    return proofs


def _sights(
    folder: RunFolder, site: str, wanted: set[str]
) -> dict[str, tuple[Snapshot | None, bytes | None]]:
    """What this night's walk saw at some addresses: the snapshot and the bytes, where they are kept."""
    found: dict[str, tuple[Snapshot | None, bytes | None]] = {}
    try:
        for sighting in folder.sightings(site):
            key = canonical(sighting.snapshot.url)
            if key in wanted and key not in found and sighting.role != "link":
                found[key] = (sighting.snapshot, _body(folder, sighting.snapshot))
    except WalkError:
        pass
    return found


def _body(folder: RunFolder, snapshot: Snapshot) -> bytes | None:
    try:
        return folder.body(snapshot.body) if snapshot.body else None
    except BodyError:
        return None


def seal_mended(
    prover: Prover,
    verdict: Verdict,
    finding: Finding,
    snapshots: tuple[Snapshot, ...],
    body: bytes | None,
    look: Look | None,
) -> tuple[EvidenceFile, ...]:
    """Seals what showed the mend; nothing unless the verdict is a pass."""
    if not isinstance(verdict.outcome, Pass):
        return ()
    check = all_checks()[finding.check]
    run = prover.run
    record = EvidenceRecord(
        finding=finding.id,
        check=finding.check,
        check_title=check.title,
        basis=check.basis,
        unit=finding.unit,
        unit_name=prover.registry.unit(finding.unit).name,
        target=finding.target,
        subject=finding.subject,
        subject_name=finding.subject_name,
        url=finding.url,
        summary=f"整改佐证：{verdict.outcome.reason or '复查时已符合要求'}",
        outcome="pass",
        reason=verdict.outcome.reason,
        captured_at=prover.clock(),
        as_of=run.as_of,
        versions=Versions(program=run.program, check=finding.check, schemes=run.schemes),
        observed={"formerly": finding.summary},
        snapshots=snapshots,
        run=run.id,
    )
    files = dossier(record, look, body=body, snapshot=snapshots[0] if snapshots else None)
    prover.pictures += sum(name.startswith("screenshot") for name in files)
    return prover.seals.seal(record, files)
