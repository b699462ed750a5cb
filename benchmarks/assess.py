"""How long an assessment takes: 2,000 units × 40 lines, with 40,000 findings and 60,000 entries.

Run: `.venv/bin/python -m benchmarks.assess [UNITS]`. Prints seconds and peak memory for the sums, the JSON
and the workbook; asserts nothing.
"""

import io
import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from domain.finding import CaseState, EvidenceFile, Finding
from domain.unit import Unit, UnitCategory
from portal.export.workbook import assessment_xlsx_bytes
from schemes.book import Book
from schemes.model import Effect, Scheme
from schemes.present import assessment_json
from schemes.records import Proof, Record, ReviewScore, SelfScore
from schemes.scheme import load_all
from storage.assessing import reckon

T = TypeVar("T")
YEAR = 2026
NOON = datetime(YEAR, 6, 30, 4, 0, tzinfo=UTC)
FINDINGS_A_UNIT = 20
PROOF = (Proof(url="http://127.0.0.1/proof.html"),)


def matter(scheme: Scheme, units: int) -> Book:
    """A book in which every line of every unit has something to say."""
    asking = [line for line in scheme.indicators if line.asks]
    earning = [line for line in scheme.indicators if line.effect is Effect.EARN and not line.rules]
    evidence = (EvidenceFile(kind="screenshot", path="e/p.png", sha256="0" * 64, captured_at=NOON),)
    findings: list[Finding] = []
    records: list[Record] = []
    for unit in range(units):
        code = f"U{unit:04d}"
        for number in range(FINDINGS_A_UNIT):
            line = asking[number % len(asking)]
            findings.append(
                Finding(
                    id=f"F{unit}-{number}",
                    check=line.asks[0].check,
                    unit=code,
                    target_kind="site",
                    target=f"s{unit}",
                    subject=f"http://127.0.0.1/{unit}/{number}",
                    subject_name="栏目",
                    url=f"http://127.0.0.1/{unit}/{number}",
                    observed={"missing": ["fax", "phone"], "age_days": 40},
                    expected={},
                    summary="有问题。",
                    indicators=(f"{scheme.id}/{line.no}",),
                    state=CaseState.CONFIRMED if number % 4 else CaseState.DETECTED,
                    first_seen=NOON - timedelta(days=number),
                    last_seen=NOON,
                    evidence=evidence,
                    witnesses=2,
                )
            )
        for place, line in enumerate(earning):
            common = {
                "scheme": scheme.id,
                "year": YEAR,
                "unit": code,
                "author": "张三",
                "at": NOON,
                "line": line.no,
            }
            name = f"{unit}-{place}"
            records.append(SelfScore(id=f"S{name}", score=Decimal(2), proofs=PROOF, **common))
            records.append(ReviewScore(id=f"R{name}", score=Decimal(1), reviewer="李四", **common))
    return Book(
        year=YEAR,
        as_of=date(YEAR, 12, 31),
        units=tuple(
            Unit(code=f"U{n:04d}", name=f"单位{n}", category=UnitCategory.TOWNSHIP) for n in range(units)
        ),
        findings=tuple(findings),
        records=tuple(records),
    )


def timed(title: str, work: Callable[[], T]) -> T:
    """Does the work and says how long it took."""
    start, begun = time.perf_counter(), time.process_time()
    result = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    spent, cpu = time.perf_counter() - start, time.process_time() - begun
    print(f"{title:<28}{spent:8.2f} s   CPU {cpu:6.2f} s   峰值 {peak} MB")
    return result


def main() -> None:
    """Times the steps on the scheme with most lines."""
    units = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    scheme = load_all()["xunwu-2022"]
    book = timed("准备数据", lambda: matter(scheme, units))
    print(
        f"{units}个单位 × {len(scheme.indicators)}项，{len(book.findings)}条问题，{len(book.records)}条录入"
    )
    cards = timed("计分", lambda: reckon(scheme, book))
    timed("JSON", lambda: io.StringIO(json.dumps(assessment_json(scheme, YEAR, cards))))
    timed("工作簿", lambda: assessment_xlsx_bytes(scheme, YEAR, cards))


if __name__ == "__main__":
    main()
