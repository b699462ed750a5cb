"""The registry as a workbook: round trip, Chinese and English headers, refusals that name the cell."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from domain.target import SourceType
from domain.unit import Contact
from storage.registry import RegistryError, load, write_template, write_workbook
from tests.storage.registry.test_yaml import GOOD, write


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The good registry, as a workbook."""
    path = tmp_path / "city.xlsx"
    write_workbook(load(write(tmp_path, GOOD)), path)
    return path


def change(path: Path, act: Callable[[Any], None]) -> None:
    workbook = openpyxl.load_workbook(path)
    act(workbook)
    workbook.save(path)


def refusal(path: Path) -> RegistryError:
    with pytest.raises(RegistryError) as caught:
        load(path)
    return caught.value


def test_round_trip(tmp_path: Path, book: Path) -> None:
    assert load(book) == load(write(tmp_path, GOOD))


def test_the_template_is_empty_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    write_template(path)
    workbook = openpyxl.load_workbook(path)
    assert workbook.sheetnames[:4] == ["单位", "网站", "栏目", "新媒体"]
    assert [cell.value for cell in workbook["单位"][1]][:3] == ["单位编码", "单位名称", "单位类别"]
    assert "没有单位" in str(refusal(path))


def test_a_filled_template_loads(tmp_path: Path) -> None:
    path = tmp_path / "filled.xlsx"
    write_template(path)

    def fill(workbook: Any) -> None:
        workbook["单位"].append(["U01", "某某市卫生健康局", "政府部门"])
        workbook["网站"].append(["s01", "U01", "网站", "http://127.0.0.1:8101/", 3205810007])
        workbook["新媒体"].append(["a01", "U01", "微博", None, "健康某某", "微博接口", None, None, "uid=123"])
        workbook["新媒体"]["K2"] = date(2026, 1, 5)
        workbook["联系人"].append(["U01", "李四", None, 51212345678])

    change(path, fill)
    registry = load(path)
    assert registry.sites[0].identifier == "3205810007"
    assert registry.accounts[0].source.type is SourceType.WEIBO
    assert registry.accounts[0].source.options == (("uid", "123"),)
    assert registry.accounts[0].opened_on == date(2026, 1, 5)
    assert registry.units[0].contacts == (Contact(name="李四", phone="51212345678"),)


def test_english_headers_mean_the_same(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    rows: dict[str, list[list[object]]] = {
        "单位": [["code", "name", "category", "email"], ["U01", "甲局", "department", None]],
        "网站": [["id", "unit", "name", "home"], ["s01", "U01", "甲局网站", "http://127.0.0.1:8101/"]],
        "栏目": [["site", "name", "url", "kind"], ["s01", "动态", "http://127.0.0.1:8101/x/", "news"]],
        "新媒体": [
            ["id", "unit", "platform", "name", "source_type", "source.url"],
            ["a01", "U01", "wechat", "甲", "rss", "http://127.0.0.1:8300/a.xml"],
        ],
    }
    for title, lines in rows.items():
        sheet = workbook.create_sheet(title)
        for line in lines:
            sheet.append(line)
    path = tmp_path / "english.xlsx"
    workbook.save(path)
    registry = load(path)
    assert registry.units[0].name == "甲局"
    assert registry.sites[0].columns[0].name == "动态"
    assert registry.accounts[0].source.url == "http://127.0.0.1:8300/a.xml"


def _put(sheet: str, cell: str, value: object) -> Callable[[Any], None]:
    def act(workbook: Any) -> None:
        workbook[sheet][cell] = value

    return act


def _drop(sheet: str) -> Callable[[Any], None]:
    return lambda workbook: workbook.remove(workbook[sheet])


def _extra(workbook: Any) -> None:
    workbook.create_sheet("部门网站").append(["a"])


@pytest.mark.parametrize(
    ("act", "sheet", "cell", "words"),
    [
        (_put("网站", "D2", "htp://x"), "网站", "D2", "网址格式不对"),
        (_put("网站", "D1", "首頁地"), "网站", "D1", "不认识的列"),
        (_put("网站", "B2", "U91"), "网站", "B2", "不在名录的单位中"),
        (_put("网站", "E2", "12"), "网站", "E2", "标识码"),
        (_put("网站", "D2", None), "网站", "D2", "没有填写首页网址"),
        (_put("网站", "D2", "#REF!"), "网站", "D2", "公式错误值"),
        (_put("网站", "J5", "悬空"), "网站", "J5", "没有表头"),
        (_put("单位", "A3", "U01"), "单位", "A3", "单位编码重复"),
        (_put("单位", "C2", "厅"), "单位", "C2", "政府部门"),
        (_put("单位", "B2", 42), "单位", "B2", "应为文字"),
        (_put("栏目", "A2", "s91"), "栏目", "A2", "不在工作表“网站”中"),
        (_put("栏目", "F2", "半年"), "栏目", "F2", "应为整数"),
        (_put("新媒体", "A2", "s01"), "新媒体", "A2", "编号重复"),
        (_put("新媒体", "K2", "2026-13-01"), "新媒体", "K2", "没有这一天"),
        (_put("新媒体", "I2", "secret"), "新媒体", "I2", "键=值"),
        (_put("新媒体", "I2", "uit=1"), "新媒体", "I2", "是否应为“uid”"),
        (_put("设置", "A2", "办法"), "设置", "A2", "不认识的设置项目"),
        (_drop("栏目"), None, None, "缺少工作表“栏目”"),
        (_extra, "部门网站", None, "不认识的工作表"),
    ],
)
def test_refuses_with_the_cell(
    book: Path, act: Callable[[Any], None], sheet: str | None, cell: str | None, words: str
) -> None:
    change(book, act)
    error = refusal(book)
    spots = [(p.place.sheet, p.place.cell) for p in error.problems if words in str(p)]
    assert (sheet, cell) in spots, str(error)


def test_names_the_one_bad_cell_among_ten_thousand_rows(tmp_path: Path) -> None:
    path = tmp_path / "many.xlsx"
    workbook = openpyxl.Workbook(write_only=True)
    units = workbook.create_sheet("单位")
    units.append(["单位编码", "单位名称", "单位类别"])
    sites = workbook.create_sheet("网站")
    sites.append(["网站编号", "单位编码", "网站名称", "首页网址"])
    for number in range(10_000):
        units.append([f"U{number}", f"某局{number}", "政府部门"])
        home = f"http://site{number}.example/" if number != 7654 else "http//site7654.example/"
        sites.append([f"s{number}", f"U{number}", f"网站{number}", home])
    for title, head in (("栏目", ["网站编号", "栏目名称", "栏目网址", "栏目类型"]), ("新媒体", ["账号编号"])):
        workbook.create_sheet(title).append(head)
    workbook.save(path)
    error = refusal(path)
    in_sites = [problem for problem in error.problems if problem.place.sheet == "网站"]
    assert [(p.place.cell, p.value) for p in in_sites] == [("D7656", "http//site7654.example/")]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"units: []"])
def test_refuses_what_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "no.xlsx"
    path.write_bytes(content)
    assert "不是能打开的" in str(refusal(path))


def test_refuses_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "zip.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    assert "不是能打开的" in str(refusal(path))


def test_says_that_a_workbook_is_not_there(tmp_path: Path) -> None:
    assert "找不到" in str(refusal(tmp_path / "gone.xlsx"))
