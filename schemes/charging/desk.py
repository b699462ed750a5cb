"""What lies on the table when one line of one unit is judged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from domain.finding import EvidenceFile, Finding
from domain.observation import CHINA
from domain.unit import Unit
from schemes.book import Review
from schemes.charge import Charge, Exhibit, Way
from schemes.model import Effect, Indicator
from schemes.records import Proof, Record
from schemes.words import ZERO

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """What only all units together tell: by line the mean of an entered number, and each unit's rank."""

    means: Mapping[str, Decimal] = field(default_factory=dict)
    ranks: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One line of one unit: the findings and entries that name it, the standings of all units.

    `points` are the line's own or its pool's; None where the yearly plan does not give them. `owned` are
    the findings that name the line on each site and account the unit answers for, whoever owns the column.
    """

    line: Indicator
    unit: Unit
    points: Decimal | None
    as_of: date
    findings: tuple[Finding, ...] = ()
    owned: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    standings: Standings = Standings()
    reviews: Mapping[str, Review] = field(default_factory=dict)

    @property
    def way(self) -> Way:
        """Whether the line's rules take or give."""
        return Way.GIVE if self.line.effect in (Effect.EARN, Effect.BONUS) else Way.TAKE

    def all(self, kind: type[R]) -> Iterator[R]:
        """The unit's records of a kind: those of this line, and those that name no line."""
        return (record for record in self.records if isinstance(record, kind))

    def of_checks(self, checks: tuple[str, ...]) -> list[Finding]:
        """The findings of some checks (none named: all), in their order, oldest first."""
        return [finding for finding in self.findings if not checks or finding.check in checks]

    def from_finding(self, finding: Finding, points: Decimal, **figures: object) -> Charge:
        """A charge that rests on a finding."""
        review = self.reviews.get(finding.id, Review())
        return Charge(
            line=self.line.no,
            clause=self.line.basis,
            source=f"finding:{finding.id}",
            points=points,
            check=finding.check,
            on=finding.first_seen.astimezone(CHINA).date(),
            summary=finding.summary,
            url=finding.url,
            exhibits=tuple(_exhibit(file) for file in finding.evidence),
            reviewer=review.reviewer,
            **{"way": Way.TAKE, "target": finding.target, **figures},  # type: ignore[arg-type]
        )

    def from_record(self, record: Record, points: Decimal, way: Way, **figures: object) -> Charge:
        """A charge that rests on an entry."""
        return Charge(
            line=self.line.no,
            clause=self.line.basis,
            way=way,
            source=f"record:{record.id}",
            points=max(points, ZERO),
            target=getattr(record, "target", ""),
            on=getattr(record, "on", None),
            url=next((proof.url for proof in record.proofs if proof.url), ""),
            exhibits=tuple(exhibit for proof in record.proofs for exhibit in _exhibits(proof)),
            reviewer=getattr(record, "reviewer", record.author),
            **figures,  # type: ignore[arg-type]
        )


def _exhibit(file: EvidenceFile) -> Exhibit:
    return Exhibit(kind=file.kind, path=file.path, sha256=file.sha256)


def _exhibits(proof: Proof) -> Iterator[Exhibit]:
    if proof.picture:
        yield Exhibit(kind="picture", path=proof.picture, sha256=proof.sha256)
    if proof.url:
        yield Exhibit(kind="link", url=proof.url)
    if proof.document:
        yield Exhibit(kind="document", path=proof.document)
