"""What an office files: read back from the files; texts stay texts, pictures and links lead to evidence."""

import hashlib
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from PIL import Image

from domain.finding import CaseState, EvidenceFile, Finding
from portal.export.assessment import write_document, write_workbook
from portal.export.bars import Bar, bars
from portal.export.bulletin import Terms, bulletin_docx
from portal.export.choosing import Choice, chosen
from portal.export.dossier import dossier_docx
from portal.export.evidence import Evidence
from portal.export.form import form_docx, form_lines, form_xlsx
from portal.export.pack import dossier_zip
from portal.export.papers import Paper
from portal.export.ranking import ranking_docx, ranking_xlsx
from portal.export.report import assessment_docx
from portal.export.sheets import Link, lines_of, text_of, width_of
from portal.export.workbook import assessment_xlsx, assessment_xlsx_bytes, deductions_xlsx
from schemes.book import Gap
from schemes.card import Scorecard
from schemes.charge import Exhibit
from schemes.ledger import post, reverse
from schemes.records import Applicability, Falsification, ReviewScore, SelfScore
from tests.schemes.assessing import LINK, NOON, Entries, account, book, cards, finding, shipped, unit

S = "changshu-2020"
EVIL = '=HYPERLINK("http://evil.example","点我")'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "evidence").mkdir(parents=True)
    Image.new("RGB", (1366, 2400), "#b00000").save(folder / "evidence" / "p.png")
    Image.new("RGB", (800, 600), "#00b000").save(folder / "evidence" / "proof.png")
    return folder


def privacy(owner: str) -> Finding:
    return finding("F-id", owner, f"{S}/6", check="content.privacy")


def city() -> list[Scorecard]:
    enter = Entries(S)
    evil = replace(finding("F-evil", "U1", f"{S}/7"), summary=EVIL + "\x0b\x00", url="javascript:alert(1)")
    found = [
        evil,
        finding("F-open", "U1", f"{S}/7", state=CaseState.DETECTED),
        finding("F-media", "U2", f"{S}/9", check="media.stale", target="a1"),
        privacy("U2"),
    ]
    records = [
        enter.deduction("U2", "19", reason="未按要求公开"),
        enter.bonus("U2", "17"),
        enter.of(Falsification, "U3", on=NOON.date(), reason="伪造日期", reviewer="李四", proofs=(LINK,)),
        enter.of(ReviewScore, "U1", line="1", score=Decimal(1), reviewer="李四", reason="无文件"),
    ]
    units = [unit("U1"), unit("U2"), unit("U3")]
    return list(cards(S, book(units, found, records, [account("a1", "U2")])).values())


def table(path: Path, sheet: str) -> list[dict[str, Any]]:
    page = openpyxl.load_workbook(path)[sheet]
    rows = list(page.iter_rows(min_row=3, values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def words(path: Path) -> str:
    document = Document(str(path))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for grid in document.tables for row in grid.rows for cell in row.cells]
    return "\n".join(texts)


def test_the_workbook_has_totals_lines_deductions_and_the_scheme(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "assess.xlsx"
    out.parent.mkdir()
    assessment_xlsx(shipped()[S], 2026, city(), out, data, {"a1": "健康某某"})
    assert openpyxl.load_workbook(out).sheetnames == ["总分与等次", "逐项得分", "扣分明细", "考核办法"]
    totals = {row["单位"]: row for row in table(out, "总分与等次")}
    first = totals["某某市U1局（U1）"]
    # 90 − 1 (line 1 given 1) − 3 = 86; with the open one 83
    assert (first["得分"], first["全部属实时"], first["等次"]) == (86, 83, "良好")
    # 90 − 3 − 2 − 10 + 10 = 85
    assert totals["某某市U2局（U2）"]["得分"] == 85
    assert "单项否决" in str(totals["某某市U3局（U3）"]["计分过程"])
    lines = [row for row in table(out, "逐项得分") if row["单位"] == "某某市U1局"]
    assert len(lines) == 19
    assert lines[6]["计算与说明"] == (
        "6个月未更新栏目1个×3分=3分，政府网站类30分池余27分；待核实：6个月未更新栏目1个×3分=3分"
    )
    assert lines[0]["核定得分"] == 1
    rows = table(out, "扣分明细")
    media = next(row for row in rows if row["编号"] == "F-media")
    assert (media["依据条款"], media["分数"], media["网站或账号"]) == ("附件第9项", -3, "健康某某")
    assert {row["认定情况"] for row in rows} == {"已认定", "待核实"}
    assert len(table(out, "考核办法")) == 19


def test_texts_from_the_web_stay_texts(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "assess.xlsx"
    assessment_xlsx(shipped()[S], 2026, city(), out, data)
    page = openpyxl.load_workbook(out)["扣分明细"]
    cells = [cell for row in page.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    evil = next(cell for cell in cells if cell.value and str(cell.value).startswith("=HYPER"))
    assert (evil.data_type, evil.number_format) == ("s", "@")
    targets = [cell.hyperlink.target for cell in cells if cell.hyperlink]
    assert not any(str(target).startswith("javascript") for target in targets)


def test_pictures_are_shown_and_linked_from_where_the_file_lies(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "elsewhere" / "assess.xlsx"
    out.parent.mkdir()
    assessment_xlsx(shipped()[S], 2026, city(), out, data)
    with zipfile.ZipFile(out) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("xl/media/")]
        links = archive.read("xl/worksheets/_rels/sheet3.xml.rels").decode()
    assert pictures
    assert 'Target="../data/evidence/p.png"' in links


def test_what_must_not_spread_is_not_shown(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "assess.xlsx"
    only = list(cards(S, book([unit("U1")], [privacy("U1")])).values())
    assessment_xlsx(shipped()[S], 2026, only, out, data)
    with zipfile.ZipFile(out) as archive:
        assert not [name for name in archive.namelist() if name.startswith("xl/media/")]
    assert table(out, "扣分明细")[0]["截图"] is None


def test_the_command_writes_both_with_the_last_update(data: Path, tmp_path: Path) -> None:
    silent = finding(
        "F-media", "U2", f"{S}/9", check="media.stale", target="a1", observed={"newest": "2026-05-01"}
    )
    write_workbook(tmp_path / "a.xlsx", shipped()[S], 2026, city(), [silent, privacy("U2")], data)
    rows = table(tmp_path / "a.xlsx", "扣分明细")
    assert {row["编号"]: row["最近更新"] for row in rows if row["最近更新"]} == {"F-media": "2026-05-01"}
    write_document(tmp_path / "a.docx", shipped()[S], 2026, city(), [silent], data)
    assert "2026年度政务公开考核结果" in words(tmp_path / "a.docx")


def test_the_bytes_are_those_of_a_workbook() -> None:
    assert assessment_xlsx_bytes(shipped()[S], 2026, city())[:2] == b"PK"


def test_ten_thousand_rows_are_all_there(tmp_path: Path) -> None:
    found = [finding(f"F{n:05d}", f"U{n % 50}", f"{S}/7") for n in range(10_000)]
    many = list(cards(S, book([unit(f"U{n}") for n in range(50)], found)).values())
    out = tmp_path / "list.xlsx"
    deductions_xlsx("扣分清单", many, out)
    read = openpyxl.load_workbook(out, read_only=True)
    assert sum(1 for _ in read["扣分明细"].iter_rows(min_row=4)) == 10_000
    read.close()


def test_a_folder_that_does_not_exist_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no"):
        assessment_xlsx(shipped()[S], 2026, city(), tmp_path / "no" / "x.xlsx")


def test_weights_that_are_lacking_leave_the_score_open(tmp_path: Path) -> None:
    out = tmp_path / "x.xlsx"
    made = list(cards("nanchang", book([unit("U1")])).values())
    assessment_xlsx(shipped()["nanchang"], 2026, made, out)
    assert table(out, "总分与等次")[0]["得分"] == "未计"
    assessment_docx(shipped()["nanchang"], 2026, made, tmp_path / "x.docx")
    assert "未计总分" in words(tmp_path / "x.docx")
    form_xlsx(shipped()["nanchang"], made[0], tmp_path / "f.xlsx")
    assert table(tmp_path / "f.xlsx", "评分表")[0]["分值"] == "另定"


def test_the_report_names_every_unit_its_grade_and_why(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.docx"
    assessment_docx(shipped()[S], 2026, city(), out, data)
    text = words(out)
    assert "共考核3个单位。平均77分，最高86分，最低59.99分。" in text  # (86 + 85 + 59.99) / 3 = 76.996…
    assert "良好2个、不合格1个。其中单项否决1个：某某市U3局。" in text
    assert "已认定问题3项，另有1项待核实，未计入得分。" in text
    assert "弄虚作假：伪造日期" in text
    assert "（待核实）" in text
    assert len(Document(str(out)).inline_shapes) >= 1


def xunwu() -> tuple[Scorecard, list[Any]]:
    enter = Entries("xunwu-2022")
    records = [
        enter.of(SelfScore, "U1", line="37", score=Decimal(4), proofs=(LINK,)),
        enter.of(SelfScore, "U1", line="33", score=Decimal(2)),
        enter.of(Applicability, "U1", line="1", applies=False, reason="不在决策目录之内"),
    ]
    found = [finding("F", "U1", "xunwu-2022/19", check="guide.no-fee-terms")]
    return cards("xunwu-2022", book([unit("U1")], found, records))["U1"], records


def test_the_scoring_form_has_the_columns_of_the_office(data: Path, tmp_path: Path) -> None:
    card, records = xunwu()
    out = tmp_path / "form.xlsx"
    form_xlsx(shipped()["xunwu-2022"], card, out, data, records)
    rows = table(out, "评分表")
    headings = ["一级指标", "二级指标", "分值", "评分标准", "考核对象", "考核方式", "自评分", "得分"]
    assert list(rows[0])[:8] == headings
    assert [row["一级指标"] for row in rows[40:]] == ["总分"] + ["附注"] * (len(rows) - 41)
    assert [str(row["分值"]) for row in rows[41:]] == list(card.notes)
    by_no = {str(row["评分标准"]).split(".")[0]: row for row in rows[:40]}
    assert (by_no["37"]["自评分"], by_no["37"]["得分"]) == (4, 4)
    assert by_no["37"]["佐证链接"] == LINK.url
    assert (by_no["33"]["自评分"], by_no["33"]["得分"]) == (2, 0)
    assert "未提供佐证，不予认定" in str(by_no["33"]["扣分依据与佐证"])
    assert by_no["19"]["得分"] == 0
    assert by_no["1"]["考核对象"] == "决策目录所涉单位"
    total = rows[40]
    # 51 − 1 (19) + 4 (37) = 54 of 97 (line 1 does not bind): 54 × 100 ÷ 97 = 55.67
    assert (total["一级指标"], total["自评分"], total["得分"]) == ("总分", 6, 55.67)
    merged = openpyxl.load_workbook(out)["评分表"].merged_cells.ranges
    assert any(str(area).startswith("A4:") for area in merged)
    assert any(str(area).startswith("C") for area in merged)


def test_the_form_as_a_document(data: Path, tmp_path: Path) -> None:
    card, records = xunwu()
    out = tmp_path / "form.docx"
    form_docx(shipped()["xunwu-2022"], card, out, data, records)
    grid = Document(str(out)).tables[0]
    assert [cell.text for cell in grid.rows[0].cells][:8] == [
        "一级指标", "二级指标", "分值", "评分标准", "考核对象", "考核方式", "自评分", "得分",
    ]  # fmt: skip
    assert len(grid.rows) == 42
    assert grid.rows[1].cells[0]._tc is grid.rows[8].cells[0]._tc  # 五公开 spans its eight lines
    assert grid.rows[1].cells[0].text == "“五公开”推进情况"
    assert "55.67" in grid.rows[41].cells[7].text


def test_a_veto_line_and_a_scheme_without_scopes_fit_the_form(tmp_path: Path) -> None:
    card = cards("zhushan", book([unit("U1")]))["U1"]
    form_xlsx(shipped()["zhushan"], card, tmp_path / "f.xlsx")
    rows = table(tmp_path / "f.xlsx", "评分表")
    assert rows[12]["分值"] == "否决"
    assert rows[0]["考核对象"] == "各单位"
    assert rows[0]["考核方式"] == "佐证资料审核"
    assert rows[0]["二级指标"] == "领导机构和工作机构"
    assert (rows[14]["一级指标"], rows[14]["分值"]) == ("等次", "优秀")


def test_the_dossier_holds_result_lines_rows_entries_gaps_and_ledger(data: Path, tmp_path: Path) -> None:
    card, records = xunwu()
    ledger = post(card, (), NOON, "系统")
    undo = reverse(ledger[1], NOON, "王五", "申诉成立")
    gap = Gap(unit="U1", check="site.unreachable", subject="首页", reason="被防护系统拦截")
    other = replace(gap, unit="U2", reason="别的单位")
    out = tmp_path / "dossier.docx"
    scheme = shipped()["xunwu-2022"]
    dossier_docx(scheme, card, out, data, records, (*ledger, undo), (gap, other))
    text = words(out)
    for expected in (
        "某某市U1局政务公开考核档案", "得分55.67，列全部考核对象第1名", "指南未载明收费，1分不得分",
        "四、无法判定的事项（未扣分）", "被防护系统拦截", "五、录入材料", "不在决策目录之内",
        "六、台账", "申诉成立",
    ):  # fmt: skip
        assert expected in text
    assert "别的单位" not in text


def test_a_dossier_of_a_unit_with_nothing_against_it(tmp_path: Path) -> None:
    card = cards("zhushan", book([unit("U1")]))["U1"]
    dossier_docx(shipped()["zhushan"], card, tmp_path / "d.docx")
    text = words(tmp_path / "d.docx")
    assert "没有扣分、加分事项。" in text
    assert "台账" not in text


TERMS = Terms(
    office="某某市政务公开办公室",
    issued_on=date(2026, 7, 10),
    mend_by=date(2026, 7, 31),
    recheck_on=date(2026, 8, 5),
)


def test_the_bulletin_has_its_three_parts_a_date_and_the_annex(tmp_path: Path) -> None:
    out = tmp_path / "b.docx"
    silent = finding(
        "F-media", "U2", f"{S}/9", check="media.stale", target="a1", observed={"newest": "2026-05-01"}
    )
    bulletin_docx(shipped()[S], 2026, city(), TERMS, out, [silent], {"a1": "健康某某"})
    text = words(out)
    for expected in (
        "一、总体情况", "二、主要问题", "三、下一步要求", "于2026年7月31日前整改到位", "2026年8月5日统一复查",
        "附件2　问题清单", "健康某某", "2026-05-01", "弄虚作假：1个单位1处。涉及某某市U3局。",
        "2026年7月10日",
    ):  # fmt: skip
        assert expected in text
    annex = Document(str(out)).tables[-1]
    assert [row.cells[1].text for row in annex.rows[1:]] == [
        "某某市U1局", "某某市U1局", "某某市U2局", "某某市U2局", "某某市U2局", "某某市U3局",
    ]  # fmt: skip


def test_what_is_still_open_is_not_named_in_a_bulletin(tmp_path: Path) -> None:
    open_one = finding("F", "U1", f"{S}/7", state=CaseState.DETECTED)
    made = list(cards(S, book([unit("U1")], [open_one])).values())
    bulletin_docx(shipped()[S], 2026, made, TERMS, tmp_path / "b.docx")
    assert "本期没有认定的扣分问题。" in words(tmp_path / "b.docx")
    assert len(Document(str(tmp_path / "b.docx")).tables[-1].rows) == 1


def test_many_units_are_counted_rather_than_named(tmp_path: Path) -> None:
    found = [finding(f"F{n}", f"U{n}", f"{S}/7") for n in range(12)]
    made = list(cards(S, book([unit(f"U{n}") for n in range(12)], found)).values())
    bulletin_docx(shipped()[S], 2026, made, TERMS, tmp_path / "b.docx")
    assert "12个单位12处。涉及某某市U0局、" in words(tmp_path / "b.docx")
    assert "等12个单位。" in words(tmp_path / "b.docx")


def test_dates_out_of_order_are_refused(tmp_path: Path) -> None:
    early = replace(TERMS, recheck_on=date(2026, 7, 1))
    with pytest.raises(ValueError, match="日期次序"):
        bulletin_docx(shipped()[S], 2026, city(), early, tmp_path / "b.docx")


def test_evidence_outside_the_folder_is_neither_shown_nor_linked(data: Path, tmp_path: Path) -> None:
    Image.new("RGB", (10, 10)).save(tmp_path / "secret.png")
    evidence = Evidence(data, tmp_path / "x.xlsx")
    for path in ("../secret.png", str(tmp_path / "secret.png"), "evidence/../../secret.png"):
        exhibit = Exhibit(kind="screenshot", path=path)
        assert evidence.link(exhibit) is None
        assert evidence.thumbnail(exhibit, 100, 100) is None
    (data / "evidence" / "out.png").symlink_to(tmp_path / "secret.png")
    assert evidence.thumbnail(Exhibit(kind="screenshot", path="evidence/out.png"), 100, 100) is None


def test_pictures_are_bounded_in_number_and_must_be_pictures(data: Path) -> None:
    evidence = Evidence(data, most_pictures=1)
    good = Exhibit(kind="screenshot", path="evidence/p.png")
    (data / "evidence" / "bad.png").write_bytes(b"no picture")
    assert evidence.thumbnail(Exhibit(kind="screenshot", path="evidence/bad.png"), 100, 100) is None
    assert evidence.thumbnail(good, 100, 100) is not None
    assert evidence.thumbnail(good, 100, 100) is None


def test_a_document_known_by_name_has_no_link() -> None:
    assert Evidence().link(Exhibit(kind="document", path="纪要.pdf")) is None
    assert Evidence().link(Exhibit(kind="link", url="http://a/")) == Link("http://a/")


def test_the_marked_copy_is_preferred(data: Path) -> None:
    files = (
        EvidenceFile(kind="html", path="evidence/p.html", sha256="", captured_at=NOON),
        EvidenceFile(kind="screenshot", path="evidence/p.png", sha256="", captured_at=NOON),
        EvidenceFile(kind="marked", path="evidence/m.png", sha256="", captured_at=NOON),
    )
    card = cards(S, book([unit("U1")], [finding("F", "U1", f"{S}/7", evidence=files)]))["U1"]
    picture = Evidence(data).picture_of(card.rows[0].charge)
    assert picture is not None
    assert picture.path == "evidence/m.png"


def test_widths_and_texts() -> None:
    assert (width_of("ab"), width_of("栏目"), lines_of("栏目栏目", 5), lines_of("a\nb", 9)) == (2, 4, 2, 2)
    assert text_of("a\x00b\x07c\n") == "a\ufffdbc\n"
    assert len(text_of("字" * 40_000)) == 32_000


def test_a_leak_is_not_shown_in_a_form_either(data: Path, tmp_path: Path) -> None:
    card = cards(S, book([unit("U2")], [privacy("U2")]))["U2"]
    assert all(not line.evidence for line in form_lines(shipped()[S], card))
    form_docx(shipped()[S], card, tmp_path / "f.docx", data)
    with zipfile.ZipFile(tmp_path / "f.docx") as pack:
        assert not [name for name in pack.namelist() if name.startswith("word/media")]


def test_the_ranking_alone_counts_its_units(tmp_path: Path) -> None:
    found = city()
    assert ranking_xlsx(shipped()[S], 2026, found, tmp_path / "r.xlsx") == 3
    assert [row["名次"] for row in table(tmp_path / "r.xlsx", "总分与等次")] == ["1", "2", "3"]
    assert ranking_docx(shipped()[S], 2026, found, tmp_path / "r.docx") == 3
    grid = Document(str(tmp_path / "r.docx")).tables[0]
    # U1 86 and U2 85 are 良好, U3 fails
    assert [(row.cells[0].text, row.cells[2].text) for row in grid.rows[1:]] == [
        ("优秀", "0个"), ("良好", "2个"), ("合格", "0个"), ("不合格", "1个"),
    ]  # fmt: skip


def test_bars_are_as_long_as_their_numbers(tmp_path: Path) -> None:
    paper = Paper()
    bars(paper, "数", [Bar("甲", 10, "10"), Bar("乙", 5, "5", "bad"), Bar("丙", 0, "0")])
    paper.save(tmp_path / "b.docx")
    widths = [shape.width for shape in Document(str(tmp_path / "b.docx")).inline_shapes]
    assert len(widths) == 2
    assert widths[0] == 2 * widths[1]
    empty = Paper()
    bars(empty, "数", [Bar("甲", 0, "0")])
    assert empty.document.tables == []


def test_scores_without_grades_are_spread_by_tens(tmp_path: Path) -> None:
    units = [unit("U1"), unit("U2")]
    found = list(cards("xunwu-2022", book(units)).values())
    ranking_docx(shipped()["xunwu-2022"], 2026, found, tmp_path / "r.docx")
    grid = Document(str(tmp_path / "r.docx")).tables[0]
    assert [row.cells[0].text for row in grid.rows[1:]] == ["50分至不足60分"]  # 51 of 100 are not earned


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({}, ["U1/7", "U1/7", "U1/1", "U2/19", "U2/9", "U2/6", "U2/17", "U3/"]),
        ({"units": frozenset({"U2"})}, ["U2/19", "U2/9", "U2/6", "U2/17"]),
        ({"lines": frozenset({"7"})}, ["U1/7", "U1/7"]),
        ({"lines": frozenset({"7"}), "confirmed": True}, ["U1/7"]),
        ({"checks": frozenset({"media.stale", "content.privacy"})}, ["U2/9", "U2/6"]),
        ({"since": date(2026, 5, 3), "until": date(2026, 5, 3)}, ["U2/17"]),
        ({"until": date(2026, 5, 2)}, ["U2/19"]),
        ({"since": date(2026, 7, 1)}, []),
    ],
)
def test_filters_are_honoured_and_rows_counted(
    tmp_path: Path, choice: dict[str, Any], expected: list[str]
) -> None:
    """U1: two stale columns (one open), line 1 given 1. U2: 19, 9, 6, 17. U3: falsification, no line."""
    out, asked = tmp_path / "d.xlsx", Choice(**choice)
    count = deductions_xlsx("清单", chosen(city(), asked), out, narrowed=asked.words)
    rows = table(out, "扣分明细")
    found = [f"{str(row['单位'])[3:5]}/{row['序号'] or ''}" for row in rows]
    assert sorted(found) == sorted(expected)
    assert count == len(expected)
    note = openpyxl.load_workbook(out)["扣分明细"]["A2"].value
    assert str(note).startswith(f"共{len(expected)}行（{asked.words or '全部'}）")


def test_the_pack_holds_the_dossier_and_whole_evidence_alone(data: Path, tmp_path: Path) -> None:
    """p.png is altered (its digest is not the one on record), the leak's picture is not handed on."""
    good = data / "evidence" / "proof.png"
    digest = hashlib.sha256(good.read_bytes()).hexdigest()
    kept = EvidenceFile(kind="screenshot", path="evidence/proof.png", sha256=digest, captured_at=NOON)
    leak = EvidenceFile(kind="screenshot", path="evidence/leak.png", sha256=digest, captured_at=NOON)
    gone = EvidenceFile(kind="html", path="evidence/gone.html", sha256=digest, captured_at=NOON)
    outside = EvidenceFile(kind="html", path="../secret.txt", sha256="", captured_at=NOON)
    found = [
        finding("F1", "U1", f"{S}/7", evidence=(kept, gone, outside)),
        finding("F2", "U1", f"{S}/7"),
        finding("F3", "U1", f"{S}/6", check="content.privacy", evidence=(leak,)),
        replace(finding("F4", "U1", f"{S}/7", evidence=(kept,)), summary=EVIL),
    ]
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    card = cards(S, book([unit("U1")], found))["U1"]
    ledger = post(card, (), NOON, "系统")
    packed = dossier_zip(shipped()[S], card, tmp_path / "d.zip", data, (), ledger)
    with zipfile.ZipFile(tmp_path / "d.zip") as pack:
        assert sorted(pack.namelist()) == ["evidence/proof.png", "佐证清单.csv", "考核档案.docx"]
        assert pack.read("evidence/proof.png") == good.read_bytes()
        listed = pack.read("佐证清单.csv").decode("utf-8-sig")
    assert packed.files == 1
    assert set(packed.problems) == {
        "evidence/gone.html：文件缺失，未随附",
        "../secret.txt：不在数据文件夹中，未随附",
        "evidence/p.png：与登记的校验值不符，未随附",
    }
    assert "evidence/leak.png" in listed
    assert "涉及隐私或涉密，未随附" in listed
    assert "\n=" not in listed.replace('"', "")


def test_a_dossier_signs_its_rows(data: Path, tmp_path: Path) -> None:
    found = [finding("F1", "U1", f"{S}/7")]
    card = cards(S, book([unit("U1")], found, [Entries(S).bonus("U1", "17")]))["U1"]
    rows = post(card, (), NOON, "系统")
    taken = next(row for row in rows if row.line == "7")
    undone = reverse(taken, NOON, "李某", "申诉成立")
    dossier_docx(shipped()[S], card, tmp_path / "d.docx", data, (), (*rows, undone))
    grid = Document(str(tmp_path / "d.docx")).tables[-1]
    cells = [(row.cells[1].text, row.cells[2].text, row.cells[3].text) for row in grid.rows[1:]]
    assert sorted(cells) == sorted(
        [("立账", "", ""), ("记账", "7", "-3"), ("记账", "17", "+10"), ("冲销", "7", "+3")]
    )
    assert grid.rows[1].cells[0].text == "2026-06-30 12:00"  # noon in China
