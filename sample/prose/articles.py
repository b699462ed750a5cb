"""Ordinary articles of a unit: news, notices, plans, budgets, letters, each in a healthy state."""

from collections.abc import Sequence
from datetime import date

from sample.content import Article
from sample.prose.wording import fill, paragraphs, pick, some, texts
from sample.units import Profile

CLOCKS = ("08:45", "09:30", "10:12", "14:05", "15:48", "16:20")


def series(unit: Profile, subject: str, days: Sequence[date], prefix: str) -> tuple[Article, ...]:
    """One article a date on a subject of texts.toml; keys are the prefix with a number."""
    source = texts()[subject]
    titles = source["titles"]
    offset = sum(map(ord, unit.code + subject))
    return tuple(
        _article(unit, subject, f"{prefix}{index + 1}", titles[(offset + index) % len(titles)], day, index)
        for index, day in enumerate(days)
    )


def _article(unit: Profile, subject: str, key: str, title: str, day: date, index: int) -> Article:
    seed = f"{unit.code}/{subject}/{index}"
    topic = unit.topics[(index * 3 + len(subject)) % len(unit.topics)]
    lines = texts()[subject]["paragraphs"]
    chosen = lines if subject != "news" else some(lines, 4, seed)
    return Article(
        key=key,
        title=fill(title, unit, seed, topic=topic),
        day=day,
        clock=pick(CLOCKS, seed),
        source=unit.name,
        body=paragraphs([fill(line, unit, seed, topic=topic) for line in chosen]),
    )


def policies(unit: Profile, days: Sequence[date], prefix: str = "zcwj") -> tuple[Article, ...]:
    """Policy documents; each names the interpretation that it links (`zcjd` with the same number)."""
    source = texts()["policy"]
    result = []
    for index, day in enumerate(days):
        name = unit.policies[index % len(unit.policies)]
        seed = f"{unit.code}/policy/{index}"
        topic = unit.topics[index]
        lines = [fill(pick(source["opening"], seed), unit, seed, topic=topic, name=f"《{name}》")]
        rules = some(source["articles"], 6, seed)
        lines += [f"第{'一二三四五六'[i]}条　{fill(r, unit, seed, topic=topic)}" for i, r in enumerate(rules)]
        lines.append(f'相关解读：<a href="~~{reading_key(prefix, index)}~~">《{name}》政策解读</a>')
        result.append(
            Article(
                key=f"{prefix}{index + 1}",
                title=f"{unit.name}关于印发《{name}》的通知",
                day=day,
                clock=pick(CLOCKS, seed),
                source=unit.name,
                body=paragraphs(lines),
                document_no=document_no(unit, index),
                index_no=f"{unit.identifier}/{day.year}-{10241 + index}",
            )
        )
    return tuple(result)


def reading_key(prefix: str, index: int) -> str:
    """The key of the interpretation that belongs to a policy document."""
    return prefix.replace("zcwj", "zcjd") + str(index + 1)


def document_no(unit: Profile, index: int) -> str:
    """The document number (文号) of a unit's policy document."""
    return f"云{unit.topics[0][0]}发〔2026〕{7 + index}号"


def readings(unit: Profile, days: Sequence[date], prefix: str = "zcjd") -> tuple[Article, ...]:
    """Interpretations, most with a picture; each links its policy document."""
    source = texts()["policy"]["reading"]
    result = []
    for index, day in enumerate(days):
        name = unit.policies[index % len(unit.policies)]
        seed = f"{unit.code}/reading/{index}"
        lines = [fill(line, unit, seed, topic=unit.topics[index]) for line in some(source, 4, seed)]
        document = prefix.replace("zcjd", "zcwj") + str(index + 1)
        lines.insert(0, f'政策原文：<a href="~~{document}~~">{unit.name}关于印发《{name}》的通知</a>')
        if index % 4 != 3:
            lines.append('<img src="/images/reading.png" alt="一图读懂" width="600" height="300">')
        result.append(
            Article(
                key=f"{prefix}{index + 1}",
                title=f"{'图解：' if index % 4 != 3 else ''}《{name}》政策解读",
                day=day,
                clock="17:10",
                source=unit.name,
                body=paragraphs(lines),
            )
        )
    return tuple(result)


def letters(unit: Profile, days: Sequence[date], prefix: str = "lx") -> tuple[Article, ...]:
    """Public messages with their answers, given three days after."""
    source = texts()["letters"]
    return tuple(
        letter(unit, f"{prefix}{index + 1}", index % len(source["asks"]), day, answered=day_after(day, 3))
        for index, day in enumerate(days)
    )


def letter(unit: Profile, key: str, which: int, asked: date, answered: date | None) -> Article:
    """One public message; `answered` None leaves it without an answer."""
    source = texts()["letters"]
    title, question = source["asks"][which]
    seed = f"{unit.code}/letter/{which}"
    lines = [
        f"留言时间：{asked.isoformat()}",
        f"留言内容：{fill(question, unit, seed)}",
    ]
    if answered:
        lines += [
            "办理状态：已答复",
            f"答复单位：{unit.name}",
            f"答复时间：{answered.isoformat()}",
            f"答复内容：{fill(source['answers'][which], unit, seed)}",
        ]
    else:
        lines.append("办理状态：待答复")
    return Article(
        key=key,
        title=fill(title, unit, seed),
        day=asked,
        clock="11:02",
        source="网民来信",
        body=paragraphs(lines),
    )


def day_after(day: date, days: int) -> date:
    """The date so many days later."""
    return date.fromordinal(day.toordinal() + days)


def consultation(
    unit: Profile,
    key: str,
    which: int,
    published: date,
    until: date,
    period: str = "",
    feedback: str = "",
) -> Article:
    """A call for opinions from `published` to `until`; `period` replaces the sentence with the dates.

    `feedback` is the key of the article with the outcome, if the call links it.
    """
    source = texts()["consultation"]
    seed = f"{unit.code}/consultation/{which}"
    name = unit.policies[which % len(unit.policies)]
    lines = [fill(line, unit, seed, name=name) for line in source["paragraphs"]]
    lines.append(period or f"征求意见时间：{_long(published)}至{_long(until)}。")
    lines.append(f"电子邮箱：yj@{unit.domain}　联系电话：{unit.phone}")
    if feedback:
        lines.append(f'结果反馈：<a href="~~{feedback}~~">意见采纳情况反馈</a>')
    return Article(
        key=key,
        title=f"关于公开征求《{name}（修订征求意见稿）》意见的公告",
        day=published,
        source=unit.name,
        body=paragraphs(lines),
    )


def feedback(unit: Profile, key: str, which: int, day: date, call: str) -> Article:
    """The outcome of a call for opinions, linking the call."""
    source = texts()["consultation"]
    seed = f"{unit.code}/feedback/{which}"
    name = unit.policies[which % len(unit.policies)]
    lines = [fill(line, unit, seed, name=name) for line in source["feedback"]]
    lines.append(f'征集公告：<a href="~~{call}~~">关于公开征求《{name}（修订征求意见稿）》意见的公告</a>')
    return Article(
        key=key,
        title=f"《{name}（修订征求意见稿）》公开征求意见情况反馈",
        day=day,
        source=unit.name,
        body=paragraphs(lines),
    )


def _long(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
