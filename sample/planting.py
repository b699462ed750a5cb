"""Small pieces that faults and traps are made of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sample.content import Article, Column, Form, Plan
from sample.prose import articles
from sample.prose.articles import document_no
from sample.prose.wording import fill, paragraphs, roll, some, texts
from sample.units import Profile


def dated(unit: Profile, subject: str, prefix: str, *days: date) -> tuple[Article, ...]:
    """Articles on a subject with exactly these dates."""
    return articles.series(unit, subject, days, prefix)


def note(unit: Profile, key: str, title: str, day: date, *lines: str) -> Article:
    """One article of the given lines (HTML is allowed in them)."""
    return Article(key=key, title=title, day=day, source=unit.name, body=paragraphs(lines))


def link(address: str, words: str) -> str:
    """A link inside a text."""
    return f'<a href="{address}" target="_blank">{words}</a>'


def listing(key: str, name: str, kind: str, *entries: Article, in_menu: bool = True) -> Column:
    """A column that lists the entries."""
    return Column(key=key, name=name, kind=kind, articles=entries, in_menu=in_menu)


def page(key: str, name: str, kind: str, *lines: str) -> Column:
    """A column that is one page of text."""
    return Column(key=key, name=name, kind=kind, form=Form.PAGE, body=paragraphs(lines))


def document(unit: Profile, key: str, name: str, day: date, reading: str = "") -> Article:
    """A further policy document; `reading` is the key of the interpretation that it links (empty: none)."""
    seed = f"{unit.code}/document/{key}"
    serial = 40 + roll(seed, 50)
    topic = unit.topics[6]
    lines = [f"为做好{topic}，制定《{name}》。"]
    rules = some(texts()["policy"]["articles"], 5, seed)
    lines += [f"第{'一二三四五'[i]}条　{fill(rule, unit, seed, topic=topic)}" for i, rule in enumerate(rules)]
    if reading:
        lines.append("相关解读：" + link(f"~~{reading}~~", f"《{name}》政策解读"))
    return Article(
        key=key,
        title=f"{unit.name}关于印发《{name}》的通知",
        day=day,
        clock="10:05",
        source=unit.name,
        body=paragraphs(lines),
        document_no=document_no(unit, serial),
        index_no=f"{unit.identifier}/{day.year}-{10260 + serial}",
    )


def reading(unit: Profile, key: str, name: str, day: date, document_key: str = "") -> Article:
    """The interpretation of such a document; `document_key` is the document that it links (empty: none)."""
    seed = f"{unit.code}/reading/{key}"
    source = texts()["policy"]["reading"]
    lines = [fill(line, unit, seed, topic=unit.topics[6]) for line in some(source, 4, seed)]
    if document_key:
        lines.insert(0, "政策原文：" + link(f"~~{document_key}~~", f"{unit.name}关于印发《{name}》的通知"))
    lines.append('<img src="/images/reading.png" alt="一图读懂" width="600" height="300">')
    return Article(
        key=key,
        title=f"图解：《{name}》政策解读",
        day=day,
        clock="16:40",
        source=unit.name,
        body=paragraphs(lines),
    )


def without_link(entry: Article, words: str) -> str:
    """The article's body without the paragraph that begins with the words."""
    lines: Sequence[str] = entry.body.split("\n")
    kept = [line for line in lines if not line.startswith(f"<p>{words}")]
    if len(kept) == len(lines):
        raise ValueError(f"{entry.key}: no paragraph begins with {words}")
    return "\n".join(kept)


def in_plain_words(plan: Plan) -> Plan:
    """The plan with interpretations that are mere text: no pictures, no titles that speak of any."""
    told = tuple(
        replace(
            entry,
            title=entry.title.removeprefix("图解："),
            body="\n".join(line for line in entry.body.split("\n") if "<img" not in line),
        )
        for entry in plan.column("zcjd").articles
    )
    return plan.editing("zcjd", articles=told)


def with_none_in_charge(plan: Plan) -> Plan:
    """The plan with leaders of whom none is in charge of government openness."""
    body = plan.article("ld2").body
    if "、政务公开" not in body:
        raise ValueError("ld2: no leader is in charge of openness")
    return plan.rewriting("ld2", body=body.replace("、政务公开", ""))
