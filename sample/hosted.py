"""The disclosure columns of a unit without a site of its own, as a portal holds them."""

from dataclasses import replace

from sample.content import Article, Column, Form
from sample.healthy import leaders
from sample.model import Declared
from sample.moment import days_ago, months_ago
from sample.planting import dated
from sample.prose import articles, pages
from sample.prose.report import report
from sample.prose.wording import spread
from sample.units import Profile

_KINDS = {
    "zn": ("政府信息公开指南", "guide"),
    "zd": ("政府信息公开制度", "regulations"),
    "nr": ("法定主动公开内容", "statutory_disclosure"),
    "ml": ("政府信息公开目录", "catalogue"),
    "nb": ("政府信息公开年报", "annual_report"),
    "sq": ("依申请公开", "on_request"),
    "ys": ("财政预决算", "budget"),
    "py": ("社会监督评议", "public_supervision"),
    "tz": ("通知公告", "notices"),
}


def hosted(unit: Profile, prefix: str) -> Column:
    """The unit's columns below one of its name; their keys are the prefix and a short word of `_KINDS`."""
    days = [months_ago(2, 2), months_ago(4, 11)]
    documents = articles.policies(unit, days, prefix + "zcwj")
    statutory = (
        Column(
            key=prefix + "jg",
            name="机构职能",
            kind="organisation",
            form=Form.PAGE,
            body=pages.organisation(unit),
        ),
        _list(prefix + "ld", "领导信息", "leaders", _renamed(leaders(unit)[:2], prefix)),
        _list(prefix + "wj", "政策文件", "policy_documents", documents),
        _list(
            prefix + "jd", "政策解读", "policy_interpretation", articles.readings(unit, days, prefix + "zcjd")
        ),
    )
    yearly = report(unit, 2025, days_ago(160), key=prefix + "nb2025")
    lists = {
        "zd": _dated(unit, "regulations", prefix, 88, 120),
        "ml": documents,
        "nb": (yearly,),
        "ys": _dated(unit, "budget", prefix, 126, 140),
        "py": _dated(unit, "supervision", prefix, 59, 52),
        "tz": articles.series(unit, "notices", spread(days_ago(12), 3, 33), prefix + "tzw"),
    }
    texts = {"zn": pages.guide(unit, "table"), "sq": pages.on_request(unit, "plain")}
    children = []
    for word, (name, kind) in _KINDS.items():
        column = _list(prefix + word, name, kind, lists.get(word, ()))
        if word in texts:
            column = Column(key=column.key, name=name, kind=kind, form=Form.PAGE, body=texts[word])
        if word == "nr":
            column = Column(key=column.key, name=name, kind=kind, form=Form.SECTION, children=statutory)
        children.append(column)
    return Column(key=prefix, name=unit.site, kind="other", form=Form.SECTION, children=tuple(children))


def declarations(unit: Profile, prefix: str, without: tuple[str, ...] = ()) -> tuple[Declared, ...]:
    """The columns as the registry states them."""
    return tuple(
        Declared(name=f"{unit.site}{name}", url=f"~{prefix}{word}", kind=kind, unit=unit.code)
        for word, (name, kind) in _KINDS.items()
        if word not in without
    )


def _list(key: str, name: str, kind: str, entries: tuple[Article, ...]) -> Column:
    return Column(key=key, name=name, kind=kind, articles=entries)


def _dated(unit: Profile, subject: str, prefix: str, newest: int, every: int) -> tuple[Article, ...]:
    days = spread(days_ago(newest), 2, every)
    return dated(unit, subject, f"{prefix}{subject[:2]}", *days)


def _renamed(entries: tuple[Article, ...], prefix: str) -> tuple[Article, ...]:
    return tuple(replace(entry, key=prefix + entry.key) for entry in entries)
