"""A scan under way, as its parts share it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from crawler.runfolder import RunFolder
from domain.check import Question
from domain.finding import Verdict
from domain.outcome import Inconclusive, Violation
from domain.passlist import PassList
from scheduler.browsing import Browsing
from scheduler.earlier import Night
from scheduler.progress import Judged, Progress, Remark
from scheduler.proving import Prover
from scheduler.request import ScanRequest, ScanResult
from storage.runs import Run
from storage.store import Store

Tell = Callable[[Progress], None]

SAMPLE_OF_CRASHES = 5


@dataclass(slots=True)
class Scan:
    """A scan under way: its parts, opened, and what it has come to so far.

    `held` says, by site, why its judgements are held back this night.
    """

    request: ScanRequest
    tell: Tell
    store: Store
    run: Run
    folder: RunFolder
    browsing: Browsing
    prover: Prover
    questions: tuple[Question, ...]
    result: ScanResult
    night: Night
    crashes: int = 0
    held: dict[str, str] = field(default_factory=dict)

    def asked(self, kind: str) -> frozenset[str]:
        """The checks that are asked of a kind of target, the fleeting ones left out."""
        asked = (question.check for question in self.questions if question.check.of == kind)
        return frozenset(check.id for check in asked if not check.fleeting)

    def note(
        self, target: str, verdicts: Sequence[Verdict], trouble: str, passes: Sequence[PassList] = ()
    ) -> None:
        """Counts a target in that was taken in, and tells of it."""
        self.result.count(verdicts, passes)
        if trouble:
            self.result.not_judged[target] = trouble
        for verdict in verdicts:
            if verdict.crash:
                self.crashes += 1
                if self.crashes <= SAMPLE_OF_CRASHES:
                    self.tell(
                        Remark(
                            words=f"程序自身出错（{verdict.check}，{target}），已记入数据库，该项记为无法判定"
                        )
                    )
        self.tell(
            Judged(
                target=target,
                violations=sum(isinstance(verdict.outcome, Violation) for verdict in verdicts),
                inconclusive=sum(isinstance(verdict.outcome, Inconclusive) for verdict in verdicts),
                note=trouble,
            )
        )
