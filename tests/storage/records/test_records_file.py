"""A file of records: read into records, refused with line or cell, imported once."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from domain.target import Registry
from schemes.model import Head, Indicator, Method, Scheme
from schemes.records import (
    Announcement,
    Bonus,
    Level,
    Proof,
    RequestCase,
    SelfScore,
    SocialReview,
    Withdrawal,
    in_force,
)
from storage.intake.problem import IntakeError
from storage.records import import_file, write_template
from storage.records.importing import Imported
from storage.store import Store
from tests.storage.builders import NIGHT, REGISTRY, night


def indicator(no: str, points: Decimal | None) -> Indicator:
    """A line of a scheme."""
    title = f"指标{no}"
    return Indicator(
        no=no, group="组", title=title, standard="略", basis="第1项", method=Method.ONLINE, points=points
    )


SCHEME = Scheme(
    head=Head(id="changshu-2020", name="常熟办法", basis="常政办发〔2020〕120号"),
    indicators=(indicator("1", Decimal(5)), indicator("16", Decimal(10)), indicator("1.10", None)),
)
SCHEMES = {"changshu-2020": SCHEME}
PNG = b"\x89PNG\r\n\x1a\n rest"

GOOD = """\
scheme: changshu-2020
year: 2026
author: 王某
self_scores:
  - {unit: U01, line: 1, score: 4.5, proofs: [{url: "http://x.gov.cn/1", picture: shot.png}]}
bonuses:
  - {unit: U01, line: 16, on: 2026-03-01, merit: 推广, reviewer: 李某, level: 省, proofs: [{document: 1号}]}
announcements:
  - {unit: U02, line: 1, level: province, on: 2026-05-06, problem: 栏目空白, document: 苏政办函〔2026〕9号}
request_cases:
  - unit: U01
    case_no: 2026-001
    accepted_on: 2026-01-04
    due_on: 2026-01-30
    defects: 落款、盖章
    corrected_by: 行政复议
social_reviews:
  - {unit: U02, score: 88.50}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the office's file and its picture lie."""
    place = tmp_path / "office"
    place.mkdir()
    (place / "shot.png").write_bytes(PNG)
    return place


def bring(store: Store, path: Path, number: int = 0, registry: Registry = REGISTRY) -> Imported:
    return import_file(
        store, path.parent.parent / "data", path, at=night(number), schemes=SCHEMES, registry=registry
    )


def write(folder: Path, text: str = GOOD, name: str = "records.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_kind_is_read_with_author_time_and_proof(store: Store, folder: Path) -> None:
    done = bring(store, write(folder))
    records = store.records("changshu-2020", 2026)
    assert tuple(records) == done.added
    assert {(record.author, record.at) for record in records} == {("王某", NIGHT)}
    own, merit, told, case, review = records
    digest = hashlib.sha256(PNG).hexdigest()
    kept = f"records/{digest[:2]}/{digest}.png"
    assert own == SelfScore(
        id=own.id,
        scheme="changshu-2020",
        year=2026,
        unit="U01",
        author="王某",
        at=NIGHT,
        line="1",
        score=Decimal("4.5"),
        proofs=(Proof(url="http://x.gov.cn/1"), Proof(picture=kept, sha256=digest)),
    )
    assert (folder.parent / "data" / kept).read_bytes() == PNG
    assert isinstance(merit, Bonus)
    assert (merit.level, merit.proofs) == (Level.PROVINCE, (Proof(document="1号"),))
    assert isinstance(told, Announcement)
    assert told.proven
    assert isinstance(case, RequestCase)
    assert (case.defects, case.corrected_by, case.due_on) == (
        ("落款", "盖章"),
        "reconsideration",
        date(2026, 1, 30),
    )
    assert isinstance(review, SocialReview)
    assert (review.score, review.full) == (Decimal("88.50"), Decimal(100))


def test_the_same_file_again_adds_nothing(store: Store, folder: Path) -> None:
    path = write(folder)
    bring(store, path)
    before = store.records()
    again = bring(store, path, 1)
    assert (again.added, again.already) == ((), 5)
    assert store.records() == before


def test_a_changed_score_replaces_the_former_and_keeps_it(store: Store, folder: Path) -> None:
    bring(store, write(folder))
    done = bring(store, write(folder, GOOD.replace("score: 4.5", "score: 4")), 1)
    (new,) = done.added
    assert done.already == 4
    scores = [record for record in store.records() if isinstance(record, SelfScore)]
    assert [record.score for record in scores] == [Decimal("4.5"), Decimal(4)]
    assert new.replaces == scores[0].id
    assert [r.score for r in in_force(store.records()) if isinstance(r, SelfScore)] == [Decimal(4)]
    bring(store, write(folder), 2)
    assert [r.score for r in in_force(store.records()) if isinstance(r, SelfScore)] == [Decimal("4.5")]


def test_an_event_is_corrected_or_taken_back_by_its_id(store: Store, folder: Path) -> None:
    path = write(folder)
    bring(store, path)
    merit = next(record for record in store.records() if isinstance(record, Bonus))
    back = f"withdrawals:\n  - {{unit: U01, reason: 重复填报, replaces: {merit.id}}}\n"
    (taken,) = bring(store, write(folder, GOOD + back), 1).added
    assert isinstance(taken, Withdrawal)
    assert not any(isinstance(record, Bonus) for record in in_force(store.records()))
    assert bring(store, write(folder, GOOD + back), 2).added == ()
    assert bring(store, path, 3).added == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("unit: U01, line: 1,", "unit: U91, line: 1,", 5, "名录中没有这个单位"),
        ("line: 16", "line: 61", 7, "没有这一项指标，现为“61”。最接近的是“1”"),
        ("score: 4.5", "score: 5.5", 5, "超过该项分值5"),
        ("score: 4.5", "score: -1", 5, "范围"),
        ("score: 4.5", "score: 很好", 5, "应为数字"),
        ("score: 4.5", "scor: 4.5", 5, "是否应为“score”"),
        ("score: 4.5", "score: .nan", 5, "应为数字"),
        ("shot.png", "gone.png", 5, "找不到这个图片"),
        ("shot.png", "../../secret.png", 5, "找不到这个图片"),
        ("shot.png", "records.yaml", 5, "不是图片"),
        ("http://x.gov.cn/1", "x.gov.cn", 5, "网址格式不对"),
        ("2026-03-01", "2026-03-32", 7, "没有这一天"),
        ("level: 省,", "level: 乡,", 7, "province（省）"),
        (", reviewer: 李某", "", 7, "缺少核定人"),
        ("{document: 1号}", "{}", 7, "佐证是空的"),
        ("problem: 栏目空白", "problem: 栏目空白, repeat_of: E1", 9, "找不到此前的通报记录"),
        ("problem: 栏目空白", "problem: 栏目空白, target: s91", 9, "没有这个网站或账号"),
        ("due_on: 2026-01-30", "due_on: 2026-01-03", 14, "早于受理日期"),
        ("year: 2026", "year: 26", 2, "2000到2100"),
        ("year: 2026\n", "", 4, "没有写明年度"),
        ("scheme: changshu-2020", "scheme: changshu-2021", 5, "没有这个考核办法"),
        ("author: 王某\n", "", None, "没有写明填报人"),
        ("social_reviews:", "social_review:", 17, "是否应为“social_reviews”"),
    ],
)
def test_what_is_wrong_is_refused_whole(
    store: Store, folder: Path, old: str, new: str, line: int | None, words: str
) -> None:
    assert old in GOOD
    with pytest.raises(IntakeError) as caught:
        bring(store, write(folder, GOOD.replace(old, new, 1)))
    spots = {p.place.line for p in caught.value.problems if words in str(p)}
    assert line in spots, str(caught.value)
    assert store.records() == []
    assert not (folder.parent / "data" / "records").exists()


def test_the_same_thing_twice_in_one_file_is_refused(store: Store, folder: Path) -> None:
    twice = GOOD.replace("social_reviews:", "social_reviews:\n  - {unit: U02, score: 90}")
    with pytest.raises(IntakeError, match="与第18行填了同一项"):
        bring(store, write(folder, twice))
    row = GOOD.splitlines()[8]
    with pytest.raises(IntakeError, match="完全相同"):
        bring(store, write(folder, GOOD.replace(row, f"{row}\n{row}")))


def test_the_workbook_says_the_same(store: Store, folder: Path) -> None:
    path = folder / "records.xlsx"
    write_template(path, SCHEME, 2026)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:3] == ["自评分", "核定得分", "人工核减"]
    head = [cell.value for cell in book["自评分"][1]]
    row: dict[str, Any] = {"单位编码": "U01", "指标序号": "1.10", "自评分": 3.5, "佐证图片": "shot.png"}
    book["自评分"].append([row.get(title) for title in head])
    book["设置"]["B4"] = "王某"
    book.save(path)
    (record,) = bring(store, path).added
    assert isinstance(record, SelfScore)
    assert (record.line, record.score, record.year, record.author) == ("1.10", Decimal("3.5"), 2026, "王某")
    assert record.proven


def _cell(sheet: str, cell: str, value: object) -> Callable[[Any], None]:
    def act(book: Any) -> None:
        book[sheet][cell] = value

    return act


@pytest.mark.parametrize(
    ("act", "sheet", "cell", "words"),
    [
        (_cell("自评分", "C2", 9), "自评分", "C2", "超过该项分值5"),
        (_cell("自评分", "D2", "gone.png"), "自评分", "D2", "网址"),
        (_cell("设置", "A2", "办发"), "设置", "A2", "不认识的设置项目"),
        (_cell("设置", "B3", "明年"), "设置", "B3", "应为整数"),
    ],
)
def test_a_wrong_cell_is_named(
    store: Store, folder: Path, act: Callable[[Any], None], sheet: str, cell: str, words: str
) -> None:
    path = folder / "records.xlsx"
    write_template(path, SCHEME, 2026)
    book = openpyxl.load_workbook(path)
    book["自评分"].append(["U01", "1", 3])
    book["设置"]["B4"] = "王某"
    act(book)
    book.save(path)
    with pytest.raises(IntakeError) as caught:
        bring(store, path)
    assert (sheet, cell) in {(p.place.sheet, p.place.cell) for p in caught.value.problems if words in str(p)}


def test_an_empty_template_is_refused(store: Store, folder: Path) -> None:
    path = folder / "records.xlsx"
    write_template(path)
    with pytest.raises(IntakeError, match="填报人"):
        bring(store, path)


def test_units_of_another_registry_are_unknown(store: Store, folder: Path) -> None:
    with pytest.raises(IntakeError, match="没有这个单位"):
        bring(store, write(folder), registry=replace(REGISTRY, units=REGISTRY.units[:1]))
