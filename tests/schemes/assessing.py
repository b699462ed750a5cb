"""Short makers of units, accounts, findings, entries and books for the tests of scoring."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from domain.finding import CaseState, EvidenceFile, Finding
from domain.outcome import Value
from domain.target import Account, AccountSource, AccountState, Platform, Site, SourceType
from domain.unit import Unit, UnitCategory
from schemes.book import Book, Review
from schemes.card import LineScore, Scorecard
from schemes.model import Scheme
from schemes.records import Announcement, Bonus, Deduction, Level, Proof, Record, RequestCase, Tally
from schemes.scheme import load_all, validate
from schemes.scoring import assess

SMALL = """
[scheme]
id = "small"
name = "小办法"
basis = "某发〔2026〕1号"

[total]
lines = 10

[[grade]]
name = "合格"
at_least = 6

[[grade]]
name = "不合格"

[[pool]]
id = "p"
title = "网站"
points = 8

[[indicator]]
no = "1"
group = "甲"
title = "一"
standard = "标准"
basis = "第1项"
method = "online"
pool = "p"

[[indicator.ask]]
check = "column.stale"
params = { limits = { news = { days = 14 } } }

[[indicator.rule]]
kind = "per_finding"
name = "未更新栏目"
points = 0.5

[[indicator]]
no = "2"
group = "甲"
title = "二"
standard = "标准"
basis = "第2项"
method = "evidence"
points = 2
"""
"""A scheme of two lines, ten points, one pool; line numbers of what is changed in it can be counted."""

YEAR = 2026
NOON = datetime(YEAR, 6, 30, 4, 0, tzinfo=UTC)
PICTURE = EvidenceFile(kind="screenshot", path="evidence/p.png", sha256="0" * 64, captured_at=NOON)
LINK = Proof(url="http://127.0.0.1/proof.html", picture="evidence/proof.png")


@cache
def shipped() -> dict[str, Scheme]:
    return load_all()


def mistakes(tmp_path: Path, text: str) -> list[str]:
    """What is wrong with the text of a scheme's file `small.toml`."""
    path = tmp_path / "small.toml"
    path.write_text(text, encoding="utf-8")
    return [str(mistake) for mistake in validate(path)]


def unit(code: str, category: UnitCategory = UnitCategory.DEPARTMENT) -> Unit:
    return Unit(code=code, name=f"某某市{code}局", category=category)


def account(code: str, owner: str, state: AccountState = AccountState.NORMAL) -> Account:
    source = AccountSource(type=SourceType.RSS, url="http://127.0.0.1/feed.xml")
    return Account(id=code, unit=owner, platform=Platform.WECHAT, name=code, source=source, state=state)


def site(code: str, owner: str) -> Site:
    return Site(id=code, unit=owner, name=code, home=f"http://127.0.0.1/{code}/")


def finding(
    name: str,
    owner: str,
    lines: str | Iterable[str],
    *,
    check: str = "column.stale",
    target: str = "s01",
    state: CaseState = CaseState.CONFIRMED,
    subject: str = "",
    observed: dict[str, Value] | None = None,
    witnesses: int = 2,
    severity: str = "violation",
    trial: bool = False,
    first: datetime = NOON,
    last: datetime | None = None,
    evidence: tuple[EvidenceFile, ...] = (PICTURE,),
) -> Finding:
    """A finding `name` of a unit on scheme lines such as `changshu-2020/7`."""
    return Finding(
        id=name,
        check=check,
        unit=owner,
        target_kind="account" if check.startswith("media.") else "site",
        target=target,
        subject=subject or f"http://127.0.0.1/{name}/",
        subject_name=name,
        url=f"http://127.0.0.1/{name}/",
        observed=observed or {},
        expected={},
        summary=f"“{name}”有问题。",
        indicators=(lines,) if isinstance(lines, str) else tuple(lines),
        state=state,
        first_seen=first,
        last_seen=last or first,
        evidence=evidence,
        severity=severity,
        witnesses=witnesses,
        trial=trial,
    )


class Entries:
    """Numbers the entries of one scheme and year as they are made."""

    def __init__(self, scheme: str, year: int = YEAR) -> None:
        self.scheme = scheme
        self.year = year
        self.made = 0

    def _make(self, kind: type[Record], owner: str, **values: Any) -> Any:
        self.made += 1
        at = values.pop("at", NOON + timedelta(minutes=self.made))
        return kind(
            id=f"R{self.made:03d}",
            scheme=self.scheme,
            year=self.year,
            unit=owner,
            author="张三",
            at=at,
            **values,
        )

    def of(self, kind: type[Record], owner: str, **values: Any) -> Any:
        return self._make(kind, owner, **values)

    def announcement(
        self, owner: str, line: str, level: Level, problem: str = "栏目不更新", **values: Any
    ) -> Announcement:
        values.setdefault("on", date(YEAR, 5, 1))
        values.setdefault("document", "通报〔2026〕1号")
        made: Announcement = self._make(
            Announcement, owner, line=line, level=level, problem=problem, **values
        )
        return made

    def deduction(self, owner: str, line: str, **values: Any) -> Deduction:
        values.setdefault("on", date(YEAR, 5, 2))
        values.setdefault("reason", "抽查发现")
        values.setdefault("reviewer", "李四")
        values.setdefault("proofs", (LINK,))
        made: Deduction = self._make(Deduction, owner, line=line, **values)
        return made

    def bonus(self, owner: str, line: str, **values: Any) -> Bonus:
        values.setdefault("on", date(YEAR, 5, 3))
        values.setdefault("merit", "被报道")
        values.setdefault("reviewer", "李四")
        values.setdefault("proofs", (LINK,))
        made: Bonus = self._make(Bonus, owner, line=line, **values)
        return made

    def tally(self, owner: str, line: str, count: int | str, **values: Any) -> Tally:
        made: Tally = self._make(Tally, owner, line=line, count=Decimal(count), **values)
        return made

    def case(self, owner: str, number: int, **values: Any) -> RequestCase:
        values.setdefault("accepted_on", date(YEAR, 1, 5))
        values.setdefault("due_on", date(YEAR, 2, 2))
        values.setdefault("answered_on", date(YEAR, 2, 2))
        values.setdefault("closed_on", date(YEAR, 2, 2))
        made: RequestCase = self._make(RequestCase, owner, case_no=f"〔2026〕{number}号", **values)
        return made


def book(
    units: Iterable[Unit],
    findings: Iterable[Finding] = (),
    records: Iterable[Record] = (),
    accounts: Iterable[Account] = (),
    sites: Iterable[Site] = (),
    reviews: dict[str, Review] | None = None,
    **more: Any,
) -> Book:
    return Book(
        year=YEAR,
        as_of=NOON.date(),
        units=tuple(units),
        sites=tuple(sites),
        accounts=tuple(accounts),
        findings=tuple(findings),
        records=tuple(records),
        reviews=reviews,
        **more,
    )


def cards(scheme: Scheme | str, matter: Book) -> dict[str, Scorecard]:
    chosen = shipped()[scheme] if isinstance(scheme, str) else scheme
    return {card.unit: card for card in assess(chosen, matter)}


def line(card: Scorecard, no: str) -> LineScore:
    return next(found for found in card.lines if found.no == no)


def moves(card: Scorecard) -> dict[str, Decimal]:
    """How each line moved the score, pools and floors reckoned; lines at rest are left out.

    Below zero is what it cost. A veto is under its line (falsification: under an empty name) with nothing.
    """
    found: dict[str, Decimal] = {}
    for row in card.rows:
        if row.certain:
            found[row.charge.line] = found.get(row.charge.line, Decimal(0)) + row.points
    return found


def said(words: str) -> dict[str, Decimal]:
    """`7:-6 14:+10` as `moves` gives it."""
    parts = (part.rsplit(":", 1) for part in words.split())
    return {no.strip("-") if no == "-" else no: Decimal(points) for no, points in parts}
