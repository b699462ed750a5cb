"""Annual reports (政府信息公开工作年度报告) in the form of 2021, each unit's in words of its own."""

from collections.abc import Iterable
from datetime import date

from sample.content import Article
from sample.prose.figures import (
    Disputes,
    Requests,
    disputes,
    disputes_table,
    proactive_table,
    requests,
    requests_table,
)
from sample.prose.wording import fill, paragraphs, pick, roll, some, texts
from sample.units import Profile

SECTIONS = {
    "overview": "总体情况",
    "proactive": "主动公开政府信息情况",
    "requests": "收到和处理政府信息公开申请情况",
    "litigation": "政府信息公开行政复议、行政诉讼情况",
    "problems": "存在的主要问题及改进情况",
    "other": "其他需要报告的事项",
}
_NUMBERS = "一二三四五六"


def report(
    unit: Profile,
    year: int,
    day: date,
    *,
    key: str = "",
    lacking: Iterable[str] = (),
    table: Requests | None = None,
    suits: Disputes | None = None,
    heading: str = "<p><strong>{number}、{title}</strong></p>",
    title: str = "",
    carried_in: int = 1,
    carried_out: int = 1,
    copied_from: Profile | None = None,
    words_of_year: int = 0,
    received: str = "",
    problems: str = "",
) -> Article:
    """The report of one year; `lacking` leaves sections out.

    `copied_from` takes another unit's sentences word by word, names replaced; `words_of_year` takes
    the sentences of another year of its own. `received` words what the text says of the applications
    ({new} and {carried} stand for the table's figures), `problems` is the whole fifth section.
    """
    writer = copied_from or unit
    seed = f"{writer.code}/report/{words_of_year or year}"
    figures = table or requests(f"{unit.code}/figures/{year}", carried_in, carried_out)
    fights = suits or disputes(f"{unit.code}/disputes/{year}")
    parts = [paragraphs([_opening(writer, year, seed)])]
    shown = [name for name in SECTIONS if name not in set(lacking)]
    for index, name in enumerate(shown):
        parts.append(heading.format(number=_NUMBERS[index], title=SECTIONS[name]))
        if name == "problems" and problems:
            parts.append(paragraphs([problems]))
            continue
        parts.append(_section(writer, year, name, seed, figures, fights, received or RECEIVED))
    return Article(
        key=key or f"nb{year}",
        title=title or f"{unit.name}{year}年政府信息公开工作年度报告",
        day=day,
        clock="15:30",
        source=unit.name,
        body="\n".join(parts).replace(writer.name, unit.name).replace(writer.short, unit.short),
        index_no=f"{unit.identifier}/{year + 1}-00001",
    )


def _opening(unit: Profile, year: int, seed: str) -> str:
    options = (
        f"本报告由{unit.name}依照《中华人民共和国政府信息公开条例》编制，数据截至{year}年12月31日。",
        f"现将{unit.name}{year}年度政府信息公开工作情况报告如下，欢迎监督。",
        f"{unit.name}按照统一格式编制了{year}年度报告，电子版可在本网站下载。",
    )
    return pick(options, seed)


RECEIVED = "收到政府信息公开申请{new}件，上年结转{carried}件。"


def _section(
    unit: Profile, year: int, name: str, seed: str, figures: Requests, fights: Disputes, received: str
) -> str:
    source = texts()["report"]
    if name == "overview":
        return paragraphs(_sentences(unit, source["overview"], 5, f"{seed}/overview", year))
    if name == "proactive":
        made, ended = 3, 1
        in_force = 20 + roll(unit.code, 9) + (year - 2020) * 2
        lines = paragraphs(_sentences(unit, source["proactive"], 2, f"{seed}/proactive", year))
        return lines + "\n" + proactive_table(f"{unit.code}{year}", in_force, made, ended)
    if name == "requests":
        lines = paragraphs(
            [
                f"{year}年共" + received.format(new=figures.new[-1], carried=figures.carried[-1]),
                *_sentences(unit, source["requests"], 2, f"{seed}/requests", year),
            ]
        )
        return lines + "\n" + requests_table(figures)
    if name == "litigation":
        lines = paragraphs(_sentences(unit, source["litigation"], 1, f"{seed}/litigation", year))
        return lines + "\n" + disputes_table(fights)
    if name == "problems":
        faults = _sentences(unit, source["problems"], 3, f"{seed}/problems", year)
        mends = _sentences(unit, source["mends"], 3, f"{seed}/mends", year)
        return paragraphs(["存在的问题：" + "".join(faults), "改进措施：" + "".join(mends)])
    return paragraphs(_sentences(unit, source["other"], 1, f"{seed}/other", year))


def _sentences(unit: Profile, options: list[str], count: int, seed: str, year: int) -> list[str]:
    chosen = some(options, count, seed)
    return [
        fill(line, unit, f"{seed}/{index}", topic=unit.topics[(roll(seed, 8) + index) % 8]).replace(
            "2025年", f"{year}年"
        )
        for index, line in enumerate(chosen)
    ]
