"""Charges for what people entered: by hand, announcements from above, merits, tallies, converted scores."""

from collections.abc import Iterator
from decimal import Decimal

from schemes.charge import Charge, Way
from schemes.charging.desk import Desk
from schemes.records import LEVEL_TITLES, Announcement, Bonus, Deduction, Level, SocialReview, Tally
from schemes.rules import AtLeast, Converted, PerAnnouncement, PerBonus, PerEntry, Proportion
from schemes.words import ZERO, plain, points, rounded


def entered(desk: Desk, price: PerEntry | None) -> Iterator[Charge]:
    """What a person took off by hand: the points they stated, else the line's price for each hit."""
    for record in desk.all(Deduction):
        if record.points is not None:
            words = f"人工核减{points(record.points)}：{record.reason}"
            yield desk.from_record(record, record.points, Way.TAKE, summary=record.reason, words=words)
        elif price is not None and price.points is not None:
            worth = price.points * record.hits
            yield desk.from_record(
                record,
                worth if price.cap is None else min(worth, price.cap),
                Way.TAKE,
                summary=record.reason,
                name=price.name,
                counter=price.counter,
                price=price.points,
                hits=record.hits,
            )


def per_entry(rule: PerEntry, desk: Desk) -> Iterator[Charge]:
    """So many points for each occurrence entered by hand."""
    return entered(desk, rule)


def per_announcement(rule: PerAnnouncement, desk: Desk) -> Iterator[Charge]:
    """Points by the level of the announcing authority."""
    for record in desk.all(Announcement):
        worth: Decimal = getattr(rule, record.level.value)
        if worth:
            yield desk.from_record(
                record,
                worth if rule.cap is None else min(worth, rule.cap),
                desk.way,
                name=f"{rule.name}（{LEVEL_TITLES[record.level]}）",
                counter=rule.counter,
                price=worth,
                summary=f"{record.problem}（{record.document}）",
            )


def per_bonus(rule: PerBonus, desk: Desk) -> Iterator[Charge]:
    """Points for each proven merit, flat or by level; without proof there are none."""
    for record in desk.all(Bonus):
        worth = _worth(rule, record.level)
        if worth and record.proven:
            stated = record.points if record.points is not None else worth
            given = min(stated, worth)
            title = f"（{LEVEL_TITLES[record.level]}）" if record.level and rule.points is None else ""
            total = given * record.hits
            yield desk.from_record(
                record,
                total if rule.cap is None else min(total, rule.cap),
                Way.GIVE,
                name=rule.name + title,
                counter=rule.counter,
                price=given,
                hits=record.hits,
                summary=record.merit,
            )


def _worth(rule: PerBonus, level: Level | None) -> Decimal | None:
    by_level: Decimal | None = getattr(rule, level.value) if level else None
    return next((worth for worth in (by_level, rule.points) if worth is not None), None)


def at_least(rule: AtLeast, desk: Desk) -> Iterator[Charge]:
    """So many points for each one below the number that the year needs; nothing where no tally is entered."""
    if rule.points is None:
        return
    for record in list(desk.all(Tally))[-1:]:
        lacking = rule.need - int(record.count)
        if lacking > 0:
            yield desk.from_record(
                record,
                rule.points * lacking,
                Way.TAKE,
                name=f"{rule.name}须{rule.need}{rule.counter}、实有{plain(record.count)}{rule.counter}，少",
                counter=rule.counter,
                price=rule.points,
                hits=lacking,
            )


def proportion(rule: Proportion, desk: Desk) -> Iterator[Charge]:
    """The points once when too small a part of the whole is so; nothing where no whole is entered."""
    worth = rule.points if rule.points is not None else desk.points
    for record in list(desk.all(Tally))[-1:]:
        whole = record.full
        if worth is None or whole is None or record.count * 100 >= whole * rule.percent:
            return
        part = rounded(record.count * 100 / whole, 2)
        words = (
            f"{rule.name}{plain(record.count)}÷{plain(whole)}＝{plain(part)}%，"
            f"不足{plain(rule.percent)}%，扣{points(worth)}"
        )
        yield desk.from_record(record, worth, Way.TAKE, words=words)


def converted(rule: Converted, desk: Desk) -> Iterator[Charge]:
    """An outside score pro rata: line's points × score ÷ full marks, to two decimals."""
    if desk.points is None:
        return
    for record, score, full in list(_outside(rule, desk))[-1:]:
        got = rounded(desk.points * max(ZERO, min(score, full)) / full, 2)
        outside = f"{rule.name}{plain(score)}分（满分{plain(full)}分）"
        sum_ = f"{outside}折算{plain(desk.points)}×{plain(score)}/{plain(full)}"
        if desk.way is Way.GIVE:
            yield desk.from_record(record, got, Way.GIVE, words=f"{sum_}={points(got)}")
        elif desk.points > got:
            lost = desk.points - got
            words = f"{sum_}={points(got)}，扣{points(lost)}"
            yield desk.from_record(record, lost, Way.TAKE, words=words)


def _outside(rule: Converted, desk: Desk) -> Iterator[tuple[Tally | SocialReview, Decimal, Decimal]]:
    if rule.of == "social":
        for review in desk.all(SocialReview):
            yield review, review.score, review.full
    else:
        for tally in desk.all(Tally):
            yield tally, tally.count, tally.full or Decimal(100)
