"""How fast the portal's pages are over a year of a province: 100,000 findings of 250 units on 500 sites.

Run: `.venv/bin/python -m benchmarks.portal [FINDINGS [FOLDER]]`; a folder filled before is used as it is.
Every list page and the busiest single ones are asked for by HTTP within the process: the first time right
after a decision (what was kept fits no more), then the median of a number of times, with the processor's
share of it, which other work on the machine does not lengthen. Prints milliseconds; ends with 1 when a list
page's median misses the goal.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from domain.check import Subject
from domain.finding import Answer, CaseState, EvidenceFile, Verdict
from domain.outcome import Inconclusive, Outcome, Pass, Violation
from domain.target import Registry, Site
from domain.unit import Unit, UnitCategory
from portal.app import create_app
from portal.office import Office
from portal.roles import Role
from portal.starting import new_person
from schemes.scheme import load_all
from storage.people import Act
from storage.taking import Key, key_of

NIGHT = datetime(2026, 6, 29, 18, 0, tzinfo=UTC)
HOST = "http://portal.test"
WORD = "correct-horse-9"
UNITS, SITES = 250, 500
SCHEMES = ("changshu-2020", "national-2019")
GOAL = 200.0
"""Milliseconds that a list page may take at the median."""
TIMES = 9

LISTS = (
    ("总览", "/"),
    ("问题台账", "/findings"),
    ("问题台账，按状态", "/findings?state=detected&severity=violation"),
    ("问题台账，按单位", "/findings?unit=U007"),
    ("问题台账，按检查项排序", "/findings?sort=check&dir=asc"),
    ("问题台账，搜文字", "/findings?q=%E7%AC%AC31%E4%B8%AA"),
    ("问题台账，末页", "/findings?page=LAST"),
    ("单位", "/units"),
    ("考核计分", "/assessment?scheme=changshu-2020&year=2026"),
    ("考核办法", "/schemes"),
    ("答复与申诉", "/letters"),
    ("巡检轮次", "/runs"),
    ("名录", "/registry"),
    ("人工记录", "/records"),
    ("操作日志", "/audit"),
    ("用户", "/people"),
    ("接口：问题", "/api/v1/findings?limit=100"),
)
SINGLES = (
    ("一个问题", "/findings/CASE"),
    ("一个单位", "/units/U007"),
    ("一个网站", "/sites/s014"),
    ("一张评分表", "/assessment/changshu-2020/2026/U007"),
    ("一轮巡检", "/runs/RUN"),
)


def registry() -> Registry:
    """Units and their sites."""
    units = tuple(
        Unit(code=f"U{n:03d}", name=f"某某市第{n}局", category=UnitCategory.DEPARTMENT) for n in range(UNITS)
    )
    sites = tuple(
        Site(
            id=f"s{n:03d}",
            unit=f"U{n % UNITS:03d}",
            name=f"第{n}局网站",
            home=f"http://127.0.0.1:{8000 + n}/",
        )
        for n in range(SITES)
    )
    return Registry(schemes=SCHEMES, units=units, sites=sites)


def asked() -> list[tuple[str, tuple[str, ...]]]:
    """Checks with the lines that ask them."""
    lines: dict[str, list[str]] = {}
    for scheme_id in SCHEMES:
        for line in load_all()[scheme_id].indicators:
            for ask in line.asks:
                lines.setdefault(ask.check, []).append(f"{scheme_id}/{line.no}")
    return [(check, tuple(dict.fromkeys(found))) for check, found in lines.items()]


def verdicts(site: Site, violations: int) -> Iterator[Verdict]:
    """One night's judgements of a site: so many violations, as many passes, a tenth could not be judged."""
    checks = asked()
    for number in range(violations * 2 + violations // 10):
        check, lines = checks[number % len(checks)]
        url = f"{site.home}column/{number}/"
        outcome: Outcome
        if number < violations:
            outcome = Violation(
                url=url,
                summary=f"“{site.name}”的第{number}个栏目最新一条信息为2025-12-01，距今211天，超过6个月的更新期限。",
                observed={"newest": "2025-12-01", "age_days": 211, "limit_days": 182},
                expected={"limit": "6个月"},
            )
        elif number < violations * 2:
            outcome = Pass(reason="最新一条为 2026-06-29")
        else:
            outcome = Inconclusive(reason=f"响应超时（{url}）")
        yield Verdict(
            check=check,
            target_kind="site",
            target=site.id,
            subject=Subject(key=url, unit=site.unit, name=f"栏目{number}"),
            outcome=outcome,
            indicators=lines if number < violations else (),
            answers=(Answer(indicators=lines, outcome=outcome),),
        )


def evidence(verdict: Verdict) -> list[EvidenceFile]:
    """Two files as every violation has them, which are not there: the pages of lists never open them."""
    name = f"evidence/2026/{verdict.target}/{abs(hash(verdict.subject.key))}"
    return [
        EvidenceFile(kind=kind, path=f"{name}.{kind}.png", sha256="0" * 64, captured_at=NIGHT, size=90_000)
        for kind in ("screenshot", "marked")
    ]


def fill(office: Office, findings: int) -> None:
    """One night over all sites; a tenth of what it found is confirmed."""
    store, listed = office.store, registry()
    run = store.begin_run(listed, as_of=NIGHT, started=NIGHT, program="govwatch", schemes={})
    for site in listed.sites:
        judged = list(verdicts(site, findings // SITES))
        shown: dict[Key, list[EvidenceFile]] = {
            key_of(each): evidence(each) for each in judged if isinstance(each.outcome, Violation)
        }
        store.take_in(run.id, site.id, judged, shown, NIGHT)
    store.end_run(run.id, NIGHT, {"pages": 500_000, "verdicts": findings * 2})
    person = new_person("boss", "负责人", Role.ADMIN, "", "x", NIGHT)
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(WORD)
    act = Act(at=NIGHT, who="bench", act="set_up")
    store.add_person(replace(person, password=cheap, one_time=False), act)


def confirm(client: TestClient, office: Office, number: int) -> None:
    """Confirms some findings, five hundred at a time as the page allows."""
    ids = [case.id for case in office.store.findings(state=CaseState.DETECTED, limit=number)]
    for start in range(0, len(ids), 500):
        answer = client.post("/findings/decide", data={"to": "confirmed", "case": ids[start : start + 500]})
        assert answer.status_code == 303, answer.text


def ask(client: TestClient, address: str) -> tuple[float, float]:
    """Milliseconds that a page takes, and the processor's part. Raises RuntimeError when it is none."""
    start, busy = time.perf_counter(), time.process_time()
    answer = client.get(address)
    took = (time.perf_counter() - start) * 1000
    work = (time.process_time() - busy) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return took, work


def measured(client: TestClient, office: Office) -> int:
    """Asks for every page and prints what it took; how many lists missed the goal."""
    run = office.store.last_run()
    assert run is not None
    case = office.store.findings(limit=1)[0].id
    total = sum(count.number for count in office.store.counts())
    print(f"{total} 条问题\n{'页面':<24}{'改动后首次':>12}{'中位':>10}{'其中运算':>8}{'最慢':>8}  （毫秒）")
    missed = 0
    for group, pages in (("列表", LISTS), ("单页", SINGLES)):
        for name, address in pages:
            place = address.replace("CASE", case).replace("RUN", run.id).replace("LAST", str(total // 50))
            confirm(client, office, 1)
            first, _ = ask(client, place)
            times, work = zip(*(ask(client, place) for _ in range(TIMES)), strict=True)
            median = statistics.median(times)
            late = group == "列表" and median > GOAL
            missed += late
            words = "  未达标" if late else ""
            spent = statistics.median(work)
            print(
                f"{name:<24}{first:>12.0f}{median:>10.0f}{spent:>10.0f}{max(times):>10.0f}{words}", flush=True
            )
    return missed


def main(findings: int, folder: Path) -> int:
    """Measures and prints; a folder that is filled already is used as it is."""
    app = create_app(folder, None, None, lambda: NIGHT + timedelta(hours=8))
    office: Office = app.state.office
    start = time.perf_counter()
    client = TestClient(app, base_url=HOST, headers={"origin": HOST}, follow_redirects=False)
    if office.store.last_run() is None:
        fill(office, findings)
        print(f"{UNITS} 个单位、{SITES} 个网站入库 {time.perf_counter() - start:.0f} 秒", flush=True)
    assert client.post("/login", data={"login": "boss", "password": WORD}).status_code == 303
    if office.store.latest_done(1) and not office.store.findings(state=CaseState.CONFIRMED, limit=1):
        confirm(client, office, findings // 10)
    start = time.perf_counter()
    office.warm()
    print(f"得分从头算一遍（启动时在后台进行） {time.perf_counter() - start:.1f} 秒", flush=True)
    missed = measured(client, office)
    office.store.close()
    print(f"目标：每个列表页中位不超过 {GOAL:.0f} 毫秒：{'达到' if not missed else f'{missed} 页没有达到'}")
    return 1 if missed else 0


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if len(sys.argv) > 2:
        sys.exit(main(wanted, Path(sys.argv[2])))
    with tempfile.TemporaryDirectory() as scratch:
        sys.exit(main(wanted, Path(scratch)))
