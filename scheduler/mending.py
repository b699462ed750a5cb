"""Evidence of a mend: what showed that a lapse is no more, sealed under the lapse's own number."""

from checks.catalogue import all_checks
from domain.finding import EvidenceFile, Finding, Verdict
from domain.outcome import Pass
from domain.snapshot import Snapshot
from evidence.dossier import dossier
from evidence.look import Look
from evidence.record import EvidenceRecord, Versions
from scheduler.proving import Prover


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
