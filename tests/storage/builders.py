"""Verdicts, registries and moments for the tests of the store."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.check import Subject
from domain.finding import Answer, EvidenceFile, Verdict
from domain.outcome import Inconclusive, Outcome, Pass, Violation
from domain.passlist import PassList
from domain.target import Account, AccountSource, Platform, Registry, Site, SourceType
from domain.unit import Unit, UnitCategory
from storage.store import Run, Store

NIGHT = datetime(2026, 6, 29, 18, 0, tzinfo=UTC)
"""The first night: 2 o'clock of 30 June 2026 in China."""

REGISTRY = Registry(
    schemes=("changshu-2020",),
    units=(
        Unit(code="U01", name="某某市卫生健康局", category=UnitCategory.DEPARTMENT),
        Unit(code="U02", name="某某市教育局", category=UnitCategory.DEPARTMENT),
    ),
    sites=(
        Site(id="s01", unit="U01", name="卫健网站", home="http://127.0.0.1:8101/"),
        Site(id="s02", unit="U02", name="教育网站", home="http://127.0.0.1:8102/"),
    ),
    accounts=(
        Account(
            id="a01",
            unit="U01",
            platform=Platform.WECHAT,
            name="健康某某",
            source=AccountSource(type=SourceType.RSS, url="http://127.0.0.1:8300/a.xml"),
        ),
    ),
)


def night(number: int) -> datetime:
    """The moment of the n-th night, counted from 0."""
    return NIGHT + timedelta(days=number)


def violation(**changes: Any) -> Violation:
    """A stale column's violation."""
    values: dict[str, Any] = {
        "url": "http://127.0.0.1:8101/tzgg/",
        "summary": "“通知公告”栏目最新一条信息为2025-12-01，距今211天，超过6个月的更新期限。",
        "observed": {"newest": "2025-12-01", "age_days": 211, "limit_days": 182},
        "expected": {"limit": "6个月"},
    }
    return Violation(**values | changes)


def verdict(
    outcome: Outcome | None = None,
    *,
    check: str = "column.stale",
    target: str = "s01",
    unit: str = "U01",
    subject: str = "http://127.0.0.1:8101/tzgg/",
    **changes: Any,
) -> Verdict:
    """A verdict; without an outcome it is a violation."""
    outcome = outcome or violation()
    lines = ("changshu-2020/7",) if isinstance(outcome, Violation) else ()
    values: dict[str, Any] = {
        "target_kind": "site",
        "subject": Subject(key=subject, unit=unit, name="通知公告"),
        "indicators": lines,
        "answers": (Answer(indicators=("changshu-2020/7",), outcome=outcome),),
    }
    return Verdict(check=check, target=target, outcome=outcome, **values | changes)


PASSED = Pass(reason="最新一条为 2026-06-29")


def passes(count: int = 9, *, check: str = "content.privacy", **changes: Any) -> PassList:
    """Pages of a site in which nothing was found."""
    like = verdict(Pass(reason="没有发现"), check=check, subject="", **changes)
    like = replace(like, subject=replace(like.subject, name=""))
    pages = ((f"http://127.0.0.1:8101/t{number}.html", f"第{number}篇") for number in range(count))
    return PassList(like=like, subjects=tuple(pages))


BLIND = Inconclusive(reason="响应超时（http://127.0.0.1:8101/tzgg/）")


def picture(name: str = "a", at: datetime = NIGHT) -> EvidenceFile:
    """A kept picture."""
    path = f"evidence/{name}.png"
    return EvidenceFile(kind="screenshot", path=path, sha256="ab" * 32, captured_at=at, size=9)


def begin(store: Store, number: int = 0, registry: Registry = REGISTRY) -> Run:
    """A run of the n-th night."""
    moment = night(number)
    return store.begin_run(
        registry, as_of=moment, started=moment, program="govwatch 0.1.0", schemes={"changshu-2020": "ff"}
    )


def take(store: Store, number: int, *verdicts: Verdict, **more: Any) -> Any:
    """A whole night that sees one site and comes to the verdicts."""
    run = begin(store, number)
    evidence = more.pop("evidence", {})
    taken = store.take_in(run.id, "s01", verdicts, evidence, night(number), **more)
    store.end_run(run.id, night(number))
    return taken
