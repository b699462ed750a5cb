"""How well pages are read: real saved pages and our own fixtures, against what a careful reader found.

Every value is right, wrong, or "could not tell" (nothing read, or read and marked uncertain). Beside it
htmldate answers for the same article pages in the same run, where it is installed. Writes docs/accuracy.md,
every miss listed; no texts of pages beyond the values compared.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.tally import Ledger, Rivals, Tally, squeezed
from crawler.address import canonical
from crawler.extract import read_page
from crawler.reading.belief import believe, doubt
from crawler.reading.crumbs import column_of
from domain.page import DateSource, Page
from schemes.columns import classify

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "realpages"
DOCUMENT = ROOT / "docs" / "accuracy.md"
NAMES = Path(__file__).with_name("column_names.txt")
FIRST_SEEN = (
    "- 2026 年 10 月的两批：0.85",
    "- 11 月第一批，只留从未列过的 273 个：0.77（认错 10 个，其余认不出）",
    "- 11 月第二批，补词表之后另写，只留从未列过的 291 个：0.78（认错 10 个，其余认不出）",
    "- 11 月第三批，再补之后另写，六类单位网站的整套菜单 255 个，常见名称照样在内：0.90（认错 7 个）；"
    "其中从未列过的 139 个：0.82",
    "- 11 月第四批，县门户、部门、乡镇和企业医院三套菜单 552 个：0.89（认错 12 个）；"
    "其中从未列过的 204 个：0.77",
    "- 11 月第五批，改为按构词判断（去掉谁的、何时的字样，末尾的词为准）之后另写 230 个：0.96（认错 2 个）；"
    "其中从未列过的 162 个：0.94",
    "- 11 月第六批，又另写 184 个：0.94（认错 1 个）；其中从未列过的 147 个：0.93",
    "- 11 月第七批，两份菜单 406 个、423 个：0.89、0.92（各认错 13 个）；其中从未列过的：0.86、0.90",
    "- 11 月第八批，按第七批之一补过之后另写 489 个：0.84（认错 13 个，改前的词表 0.80）",
    "- 11 月第九批，再补之后另写 420 个，“某某公告”“某某公示”一类容易误当通知公告的占多：0.91（认错 7 个）；"
    "改前的词表 0.81（认错 43 个）",
    "- 11 月第十批，又补之后另写 361 个：0.94（认错 3 个）；改前的词表 0.89（认错 16 个）",
    "- 11 月第十一批，最后另写、只量不改的 352 个：0.963（认错 5 个）；其中从未列过的 315 个：0.959；"
    "改前的词表 0.943（认错 12 个）",
)
"""What each batch of names measured before the wordings were mended for it."""
FRESH_PAGES = (
    "- 11 月第一批 86 页（各种写法的日期、脚本列表、JSON、XML、跳转）：整页全对 72 页；"
    "其余 14 页中 2 页读错日期（带时区的时刻差一天、“1周前”），12 页没有读出日期或置顶",
    "- 第二批 47 页（正文、老式表格、多个日期列）：整页全对 40 页；"
    "其余 7 页中 1 页读错日期（受理日期当作公示日期）",
    "- 第三批 48 页：整页全对 45 页；其余 3 页没有读出来，没有读错的",
)
"""What each batch of fresh pages measured before the reading was mended for it."""
GOAL = 0.98
COLUMN_GOAL = 0.95

TITLES = {
    "newest_date": "列表最新日期",
    "newest_title": "列表最新标题",
    "item_count": "列表条数",
    "article_date": "正文发布日期",
    "article_title": "正文标题",
    "column": "所属栏目",
    "column_kind": "栏目类型",
    "source": "信息来源",
    "empty": "空白栏目",
    "other": "其他字段",
}
DATES = ("newest_date", "article_date")


def main() -> int:
    """Measures, writes the document, and says on standard output how it stands."""
    parser = argparse.ArgumentParser(description="页面解读准确率")
    parser.add_argument("--check", action="store_true", help="只看是否达标，不写文件")
    options = parser.parse_args()
    real, own = Ledger(), Ledger()
    rivals = Rivals()
    pages = measure_real(real, rivals) if REAL.exists() else 0
    fixtures = measure_fixtures(own, rivals)
    names = measure_names(Ledger())
    text = report(real, own, rivals, pages, fixtures, names)
    print(text)
    if not options.check:
        text += "\n" + "\n".join(import_module("benchmarks.checks_accuracy").section())
        DOCUMENT.write_text(text, "utf-8")
        print(f"已写入 {DOCUMENT.relative_to(ROOT)}", file=sys.stderr)
    right, total = (sum(pair) for pair in zip(real.share(*DATES), own.share(*DATES), strict=True))
    certain = sum(
        tally.certain_wrong
        for ledger in (real, own)
        for (what, _), tally in ledger.tallies.items()
        if what in DATES
    )
    named, of = names.share("column_kind")
    good = right >= GOAL * total and not certain and named >= COLUMN_GOAL * of
    return 0 if total and good else 1


def measure_real(ledger: Ledger, rivals: Rivals) -> int:
    """The real saved pages; returns their number."""
    rows = [json.loads(line) for line in (REAL / "truth.jsonl").read_text("utf-8").splitlines()]
    for row in rows:
        body = (REAL / row["file"]).read_bytes()
        url = "http://" + row["file"].removeprefix("sites/")
        page = read_page(body, url, content_type=None, today=_day_of_saving(row))
        _enter_real(ledger, rivals, row, page, body, url)
    return len(rows)


def _day_of_saving(row: dict[str, Any]) -> date:
    """When the page was saved: known for the two whole sites, else the day after its newest date."""
    if "zhecheng" in row["file"]:
        return date(2018, 7, 27)
    newest = row.get("newest_date") or row.get("publish_date") or "2021-01-31"
    return date.fromisoformat(newest) + timedelta(days=1)


def _enter_real(
    ledger: Ledger, rivals: Rivals, row: dict[str, Any], page: Page, body: bytes, url: str
) -> None:
    file, family = row["file"], page.adapter
    if row["type"] == "list":
        days = [item.day for item in page.items if item.day]
        newest = max(days, default=None)
        titles = [item.title for item in page.items if item.day == newest]
        wanted = row["newest_title"]
        title = next((t for t in titles if squeezed(t) == squeezed(wanted)), titles[0] if titles else None)
        ledger.enter("newest_date", family, file, row["newest_date"], newest, page.shell)
        ledger.enter("newest_title", family, file, wanted, title, page.shell)
        ledger.enter("item_count", family, file, row["items_on_page"], len(page.items), page.shell)
    elif row["type"] == "article":
        belief = believe(page.dates)
        ledger.enter("article_date", family, file, row["publish_date"], belief.day, doubt(page.dates))
        ledger.enter("article_title", family, file, row["title"], page.title)
        if row.get("source"):
            ledger.enter("source", family, file, row["source"], page.source)
        rivals.compare(file, body, url, row["publish_date"], str(belief.day))
    elif row["type"] == "empty_column":
        ledger.enter("empty", family, file, 0, len(page.items), page.shell)
    if row.get("column"):
        _enter_column(ledger, family, file, row["column"], page)


def _enter_column(ledger: Ledger, family: str, file: str, column: str, page: Page) -> None:
    """The column's name, read off tag and crumbs, and the kind that the name amounts to."""
    name, above = column_of(page)
    found = column if column in above else name  # a tag may name a wider column than the reader wrote down
    ledger.enter("column", family, file, column, found)
    ledger.enter("column_kind", family, file, classify(column), classify(found))


def measure_fixtures(ledger: Ledger, rivals: Rivals) -> int:
    """Our own fixtures, field by field; returns their number."""
    cases = import_module("tests.crawler.fixture_cases")
    fields = {
        "newest": "newest_date",
        "newest_title": "newest_title",
        "count": "item_count",
        "article_date": "article_date",
        "column": "column",
        "source": "source",
    }
    for name, what, expected in cases.cases():
        page = cases.read_fixture(name)
        found = cases.READERS[what](page)
        key = fields.get(what, "other")
        if what == "title" and page.kind.value == "article":
            key = "article_title"
        unsure = doubt(page.dates) if what == "article_date" else page.shell
        agreed = cases.agrees(what, expected, found)
        ledger.enter(key, page.adapter, f"{name}.{what}", expected, expected if agreed else found, unsure)
        if what == "article_date" and expected:
            spec = cases.specification(name)
            rivals.compare(name, cases.body_of(name), spec["url"], expected, str(found))
    return len(cases.families())


def measure_names(ledger: Ledger) -> Ledger:
    """Names of columns as sites use them, sorted by hand into kinds; the family is the kind."""
    for line in NAMES.read_text("utf-8").splitlines():
        kind, _, names = line.partition(":")
        for written in names.split() if not line.startswith("#") else ():
            name, _, above = written.partition("<")
            found = classify(name, path=(above,) if above else ())
            told = found.value if found else "other" if kind == "other" else None
            ledger.enter("column_kind", kind, written, kind, told)
    return ledger


def report(real: Ledger, own: Ledger, rivals: Rivals, pages: int, fixtures: int, names: Ledger) -> str:
    """The document: figures by field and family, then every miss."""
    lines = ["# 页面解读准确率", "", "由 `sh scripts/accuracy` 写成，不要手改。", ""]
    for ledger, words in ((real, f"真实页面（{pages} 个）"), (own, f"自制样例（{fixtures} 个）")):
        lines += [f"## {words}", ""]
        if not ledger.tallies:
            lines += ["没有 ../shared/realpages，跳过。", ""]
            continue
        right, total = ledger.share(*DATES)
        lines += [f"日期：{right}/{total} 正确（{right / total:.3f}，目标 {GOAL}）。", ""]
        lines += list(_table(ledger)) + list(_misses(ledger))
    lines += [
        "首见成绩（答案写在先、程序没有改过时量的，之后补过，如今并入自制样例）：",
        "",
        *FRESH_PAGES,
        "",
    ]
    right, total = names.share("column_kind")
    lines += [f"## 栏目名称（{total} 个，人工标注）", ""]
    lines += [f"种类：{right}/{total} 正确（{right / total:.3f}，目标 {COLUMN_GOAL}）。", ""]
    lines += ["词表按这些名称补过，故不是首见的成绩；首见成绩（补词表之前量的）：", "", *FIRST_SEEN, ""]
    lines += list(_table(names)) + list(_misses(names))
    return "\n".join([*lines, *witnesses(), *_rivals(rivals)]) + "\n"


def _table(ledger: Ledger) -> Iterator[str]:
    yield "| 字段 | 系统 | 正确 | 错误 | 无法判断 | 错而未标存疑 |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for what in TITLES:
        families = sorted(family for field_, family in ledger.tallies if field_ == what)
        rows = [(family, ledger.tallies[what, family]) for family in families]
        if len(rows) > 1:
            rows.append(("合计", _sum(tally for _, tally in rows)))
        for family, t in rows:
            counts = f"{t.right} | {t.wrong} | {t.untold} | {t.certain_wrong}"
            yield f"| {TITLES[what]} | {family} | {counts} |"
    yield ""


def _sum(tallies: Iterator[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole.right += tally.right
        whole.wrong += tally.wrong
        whole.untold += tally.untold
        whole.certain_wrong += tally.certain_wrong
    return whole


def _misses(ledger: Ledger) -> Iterator[str]:
    yield "未读对的：" if ledger.misses else "没有未读对的。"
    yield ""
    for what, file, expected, found, unsure in ledger.misses:
        words = f"（程序存疑：{unsure}）" if unsure else ""
        yield f"- {TITLES[what]} `{file}`：应为“{expected}”，读作“{found}”{words}"
    if ledger.misses:
        yield ""


def witnesses() -> Iterator[str]:
    """Without any truth: on the two whole sites, does an article's own page bear the date its list shows?"""
    yield "## 列表与正文互证"
    yield ""
    if not REAL.exists():
        yield "没有 ../shared/realpages，跳过。"
        return
    yield "整站保存的两个网站，列表所示日期与正文页自述日期逐篇比对（不依赖人工答案）："
    yield ""
    for site, today in (("zhecheng", date(2018, 7, 27)), ("daozhen_hrss", date(2021, 1, 31))):
        root = REAL / "sites" / site
        pages: dict[str, Page] = {}
        for path in sorted(root.rglob("*.*htm*")):
            url = f"http://{site}/{path.relative_to(root).as_posix()}"
            pages[canonical(url)] = read_page(path.read_bytes(), url, content_type=None, today=today)
        items = (item for page in pages.values() for item in page.items if item.url and not item.yearless)
        listed = {canonical(item.url): item.day for item in items if item.day}
        both = [(day, believe(pages[key].dates)) for key, day in listed.items() if key in pages]
        agreed = sum(belief.day == day for day, belief in both)
        stated = sum(
            belief.day != day and belief.source in (DateSource.TAG, DateSource.LABEL) for day, belief in both
        )
        silent = len(both) - agreed - stated
        yield f"- {site}：{len(both)} 篇，一致 {agreed}，正文标注不同 {stated}，正文无标注 {silent}"
    yield ""


def _rivals(rivals: Rivals) -> Iterator[str]:
    yield "## 与 htmldate 对照"
    yield ""
    if rivals.find is None:
        yield "本机未安装 htmldate（它不是本项目的依赖），未作对照；安装后再运行本命令即有。"
        return
    total = rivals.total
    yield f"同一次运行、同样 {total} 个正文页：本程序 {rivals.ours} 个正确，htmldate {rivals.theirs} 个正确。"
    yield ""
    for file, expected, answer in rivals.misses:
        yield f"- htmldate `{file}`：应为 {expected}，答 {answer or '无'}"


if __name__ == "__main__":
    sys.exit(main())
