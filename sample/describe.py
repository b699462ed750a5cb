"""The tables of docs/sample.md, made from the city itself: `python -m sample.describe` writes them anew."""

from collections import Counter
from pathlib import Path

from sample.availability import truths
from sample.model import City
from sample.truth import ANY, Expected, Truth

DOCUMENT = Path(__file__).parent.parent / "docs" / "sample.md"
BEGIN, END = "<!-- 以下由 python -m sample.describe 生成 -->", "<!-- 生成到此为止 -->"


def tables(city: City) -> str:
    """Sites, accounts and checks with what is planted in each, as Markdown."""
    parts = [_sites(city), _accounts(city), _checks(city), _arguable(city)]
    return "\n\n".join(part for part in parts if part)


def renewed(text: str, city: City) -> str:
    """The document with its tables made anew. Raises ValueError when it lacks the marks."""
    head, _, rest = text.partition(BEGIN)
    _, mark, tail = rest.partition(END)
    if not mark:
        raise ValueError(f"{DOCUMENT.name} 缺少标记“{BEGIN}”或“{END}”")
    return f"{head}{BEGIN}\n\n{tables(city)}\n\n{END}{tail}"


def _sites(city: City) -> str:
    names = {unit.code: unit.name for unit in city.units}
    lines = [
        "### 网站",
        "",
        "| 编号 | 单位 | 页面 | 问题 | 陷阱 | 说明 |",
        "| --- | --- | ---: | ---: | ---: | --- |",
    ]
    for site in city.sites:
        faults, traps = _split(site.truths)
        pages = sum(len(host.pages) for host in site.hosts)
        lines.append(f"| {site.id} | {names[site.unit]} | {pages} | {faults} | {traps} | {site.about} |")
    return "\n".join(lines)


def _accounts(city: City) -> str:
    names = {unit.code: unit.name for unit in city.units}
    lines = [
        "### 新媒体账号",
        "",
        "| 编号 | 单位 | 平台 | 信息源 | 说明 |",
        "| --- | --- | --- | --- | --- |",
    ]
    for account in city.accounts:
        source = account.source["type"]
        lines.append(
            f"| {account.id} | {names[account.unit]} | {account.platform} | {source} | {account.about} |"
        )
    return "\n".join(lines)


def _checks(city: City) -> str:
    faults: Counter[str] = Counter()
    traps: Counter[str] = Counter()
    for truth in (*city.truths(), *truths(city.sites)):
        (faults if truth.expected is Expected.VIOLATION else traps)[truth.check] += 1
    lines = ["### 检查项", "", "| 检查项 | 问题 | 陷阱 |", "| --- | ---: | ---: |"]
    for check in sorted({*faults, *traps} - {ANY}):
        lines.append(f"| {check} | {faults[check]} | {traps[check]} |")
    return "\n".join(lines)


def _arguable(city: City) -> str:
    lines = [
        f"- {truth.check} {truth.target}：{truth.why}。{truth.arguable}"
        for truth in city.truths()
        if truth.arguable
    ]
    return "\n".join(["### 可以商榷的", "", *lines]) if lines else ""


def _split(truths: tuple[Truth, ...]) -> tuple[int, int]:
    faults = sum(truth.expected is Expected.VIOLATION for truth in truths)
    return faults, len(truths) - faults


def main() -> None:
    """Writes the tables into the document."""
    from sample.city import CITY

    DOCUMENT.write_text(renewed(DOCUMENT.read_text("utf-8"), CITY), "utf-8")


if __name__ == "__main__":
    main()
