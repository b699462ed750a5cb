"""Counting rules and lines in plain Chinese, for forms, lists and the portal."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from schemes.model import Effect, Indicator, Scheme
from schemes.records import LEVEL_TITLES, Level
from schemes.rules import (
    AllOrNothing,
    AtLeast,
    BelowMean,
    ByRank,
    Cases,
    CleanCases,
    Converted,
    EnteredVeto,
    PerAnnouncement,
    PerBonus,
    PerEntry,
    PerFinding,
    PerMissing,
    PerShortfall,
    Proportion,
    Recount,
    Repeated,
    Rule,
    Share,
    Threshold,
)
from schemes.words import plain, points


def rule_words(line: Indicator) -> str:
    """How a line is counted, in one Chinese sentence."""
    if not line.rules:
        start = {
            Effect.DEDUCT: "从满分起扣，由考核组评定",
            Effect.EARN: "凭佐证由考核组评定得分",
            Effect.BONUS: "凭佐证由考核组评定加分",
            Effect.PENALTY: "由考核组核减",
            Effect.VETO: "由考核组认定",
        }[line.effect]
        return start + ("，没有佐证不得分" if line.evidence_required else "")
    parts = list(dict.fromkeys(SPOKEN[type(rule)](rule, line) for rule in line.rules))
    return "；".join(parts) + ("；没有佐证不得分" if line.evidence_required else "")


def worth_words(scheme: Scheme, line: Indicator) -> str:
    """What a line is worth, as a form prints it: 3分, 共用30分（第5、6、7项）, 另定, 单项否决."""
    if line.effect is Effect.VETO:
        return "单项否决"
    if line.pool:
        pool = scheme.pool(line.pool)
        lines = "、".join(other.no for other in scheme.indicators if other.pool == line.pool)
        worth = points(pool.points) if pool.points is not None else "另定分值"
        return f"共用{worth}（第{lines}项）"
    return points(line.points) if line.points is not None else "由年度方案定"


def _each(name: str, price: Decimal | None, counter: str, verb: str) -> str:
    if price is None:
        return f"{name}，每{counter}{verb}几分由年度方案定"
    return f"{name}，每{counter}{verb}{points(price)}"


def _verb(line: Indicator) -> str:
    return "加" if line.effect in (Effect.EARN, Effect.BONUS) else "扣"


def _per_finding(rule: PerFinding, line: Indicator) -> str:
    words = _each(rule.name, rule.points, rule.counter, _verb(line))
    if rule.recount is Recount.YEAR:
        words += "，同一对象一年只计一次"
    if rule.recount is Recount.LASTING:
        words += f"，每持续{rule.every_days}天再计一次"
    return words


def _taken(rule: PerShortfall | PerMissing | PerEntry, line: Indicator) -> str:
    return _each(rule.name, rule.points, rule.counter, "扣")


def _share(rule: Share, line: Indicator) -> str:
    return f"{rule.name}共{rule.of}项，按所缺项数均摊扣分"


def _all_or_nothing(rule: AllOrNothing, line: Indicator) -> str:
    lost = points(rule.points) if rule.points is not None else "本项"
    return f"{rule.name}的，{lost}不得分"


def _by_level(rule: PerAnnouncement | PerBonus) -> str:
    worths = [(LEVEL_TITLES[level], getattr(rule, level.value)) for level in Level]
    return "、".join(f"{title}{points(worth)}" for title, worth in worths if worth)


def _per_announcement(rule: PerAnnouncement, line: Indicator) -> str:
    return f"{rule.name}，每{rule.counter}{_verb(line)}：{_by_level(rule)}"


def _per_bonus(rule: PerBonus, line: Indicator) -> str:
    graded = _by_level(rule)
    if rule.points is None and graded:
        return f"{rule.name}，每{rule.counter}加：{graded}"
    words = _each(rule.name, rule.points, rule.counter, "加")
    if graded:
        words += f"，其中{graded}"
    left_out = [LEVEL_TITLES[level] for level in Level if getattr(rule, level.value) == 0]
    return f"{words}（{'、'.join(left_out)}级的不计）" if left_out else words


def _at_least(rule: AtLeast, line: Indicator) -> str:
    words = f"{rule.name}每年不少于{rule.need}{rule.counter}"
    return f"{words}，每少1{rule.counter}扣{points(rule.points)}" if rule.points is not None else words


def _proportion(rule: Proportion, line: Indicator) -> str:
    lost = points(rule.points) if rule.points is not None else "本项"
    return f"{rule.name}不足{plain(rule.percent)}%的，{lost}不得分"


def _converted(rule: Converted, line: Indicator) -> str:
    return f"按{rule.name}折算"


def _cases(rule: Cases, line: Indicator) -> str:
    faults = {
        "未在法定期限内答复": rule.late,
        "答复不规范": rule.defect,
        "被行政复议纠错": rule.reconsideration,
        "被行政诉讼纠错": rule.litigation,
    }
    real = {fault: worth for fault, worth in faults.items() if worth}
    if rule.whole:
        return f"{'或'.join(real)}的，本项不得分"
    if not real:
        return f"{rule.name}有问题的，每件扣几分由年度方案定"
    return "、".join(f"{fault}的每件扣{points(worth)}" for fault, worth in real.items())


def _clean_cases(rule: CleanCases, line: Indicator) -> str:
    return f"全年结案{rule.closed}件以上且无败诉的，加{points(rule.points)}"


def _below_mean(rule: BelowMean, line: Indicator) -> str:
    return f"{rule.name}每低于平均分{plain(rule.step_percent)}%扣{points(rule.points)}"


def _by_rank(rule: ByRank, line: Indicator) -> str:
    places = "、".join(f"前{place.upto}名{points(place.points)}" for place in rule.places)
    return f"按{rule.name}排名：{places}"


def _threshold(rule: Threshold, line: Indicator) -> str:
    return "，或".join(f"{count.name}达到{count.at_least}个" for count in rule.any) + "的，单项否决"


def _repeated(rule: Repeated, line: Indicator) -> str:
    return f"{rule.name}{rule.times}次的，年度考核不合格"


def _entered_veto(rule: EnteredVeto, line: Indicator) -> str:
    return f"{rule.name}，经认定即单项否决"


SPOKEN: dict[type[Rule], Callable[[Any, Indicator], str]] = {
    PerFinding: _per_finding,
    PerMissing: _taken,
    PerShortfall: _taken,
    Share: _share,
    AllOrNothing: _all_or_nothing,
    PerEntry: _taken,
    PerAnnouncement: _per_announcement,
    PerBonus: _per_bonus,
    AtLeast: _at_least,
    Proportion: _proportion,
    Converted: _converted,
    Cases: _cases,
    CleanCases: _clean_cases,
    BelowMean: _below_mean,
    ByRank: _by_rank,
    Threshold: _threshold,
    Repeated: _repeated,
    EnteredVeto: _entered_veto,
}
