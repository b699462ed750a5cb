"""Holding the night, the pure part: how each site looked as a whole, and whether many went bad together.

A site whose pages are full one night and empty the next may have been emptied. Ten sites on one server that
are empty on the same night were not: something of ours, of the network or of a shared system has failed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

ALL = "全部"

PASSING_OF_TIME = frozenset(
    {
        "annual-report.late",
        "annual-report.missing",
        "column.stale",
        "consultation.no-feedback",
        "interaction.unanswered",
        "policy.late-interpretation",
        "policy.no-interpretation",
        "site.home-stale",
        "site.unreachable",
    }
)
"""Checks that time alone can turn, at many sites on one day: a deadline, two weeks after a holiday."""

SHRUNK = 0.5
"""A site that shows less than this share of the entries, or of the pages, of its last good night shrank."""

FEWEST_ENTRIES = 10
"""With fewer entries a share says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """A site as a whole on one night. `host` and `cms` are what it shares with others.

    `lapses` are the checks with violations, `asked` the checks asked; `judged_by` names program and schemes.
    `held`: judgements were held back that night.
    """

    site: str
    host: str = ""
    cms: str = ""
    home_seen: bool = True
    pages: int = 0
    entries: int = 0
    lapses: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    judged_by: str = ""
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Sites whose judgements are held: what they share, why, which."""

    scope: str
    reason: str
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """So large a share of a group, and at least so many sites, turned bad alike: the group is held."""

    share: float = 0.6
    least: int = 5


def symptoms(now: Vitals, before: Vitals) -> frozenset[str]:
    """In which ways a site turned bad since its last good night."""
    if before.home_seen and not now.home_seen:
        return frozenset({"首页打不开"})
    found: set[str] = set()
    if before.entries >= FEWEST_ENTRIES and now.entries < SHRUNK * before.entries:
        found.add("栏目信息大量消失")
    if before.pages >= FEWEST_ENTRIES and now.pages < SHRUNK * before.pages:
        found.add("能打开的页面大量减少")
    if now.judged_by == before.judged_by:
        fresh = set(now.lapses) - set(before.lapses) - PASSING_OF_TIME
        found |= {f"同时出现 {check}" for check in fresh & set(before.asked)}
    return frozenset(found)


def held_back(
    tonight: Iterable[Vitals], before: Mapping[str, Vitals], tolerance: Tolerance
) -> tuple[Held, ...]:
    """The groups of sites that turned bad together. Sites without an earlier night are not counted."""
    known = [one for one in tonight if one.site in before]
    signs = {one.site: symptoms(one, before[one.site]) for one in known}
    found: list[Held] = []
    for scope, members in _groups(known):
        worst = _worst(members, signs)
        if worst is None or {one.site for one in members} <= set(reasons_by_site(found)):
            continue
        sign, bad = worst
        if len(bad) >= tolerance.least and len(bad) >= tolerance.share * len(members):
            reason = (
                f"{scope}的{len(members)}个网站中有{len(bad)}个在同一夜{sign}，"
                "疑为监测端、网络或共用系统的问题，本次判定暂缓"
            )
            found.append(Held(scope=scope, reason=reason, sites=tuple(one.site for one in members)))
    return tuple(found)


def reasons_by_site(held: Iterable[Held]) -> dict[str, str]:
    """Why each site is held: the first reason that fits."""
    found: dict[str, str] = {}
    for one in held:
        for site in one.sites:
            found.setdefault(site, one.reason)
    return found


def _groups(known: Sequence[Vitals]) -> list[tuple[str, list[Vitals]]]:
    """Everything together first, then by host, then by system."""
    groups: list[tuple[str, list[Vitals]]] = [(ALL, list(known))]
    keys: tuple[tuple[str, Callable[[Vitals], str]], ...] = (
        ("服务器", lambda one: one.host),
        ("建站系统", lambda one: one.cms),
    )
    for title, key in keys:
        by_key: dict[str, list[Vitals]] = {}
        for one in known:
            if key(one):
                by_key.setdefault(key(one), []).append(one)
        groups += [(f"{title}“{name}”上", members) for name, members in sorted(by_key.items())]
    return groups


def _worst(members: Sequence[Vitals], signs: Mapping[str, frozenset[str]]) -> tuple[str, list[Vitals]] | None:
    """The sign that most members show."""
    by_sign: dict[str, list[Vitals]] = {}
    for one in members:
        for sign in signs[one.site]:
            by_sign.setdefault(sign, []).append(one)
    if not by_sign:
        return None
    return max(sorted(by_sign.items()), key=lambda pair: len(pair[1]))
