"""What a walk did not see that may hide columns: without it the absence of a column is not proven."""

import re
from collections.abc import Mapping

from crawler.address import canonical
from crawler.nonsense import has_lost_words
from crawler.observing.candidates import Candidate, Candidates
from crawler.observing.sights import Sights, links_by_key
from crawler.reading.shells import foot_scripts
from domain.observation import Sight
from domain.snapshot import FetchStatus
from domain.target import ColumnKind
from schemes.columns import classify
from schemes.columnwords import tidy

HIDES_NOTHING = frozenset(
    {
        ColumnKind.NEWS,
        ColumnKind.NOTICES,
        ColumnKind.POLICY_INTERPRETATION,
        ColumnKind.CONSULTATION,
        ColumnKind.LEADERS,
        ColumnKind.PERSONNEL,
        ColumnKind.PLANNING,
        ColumnKind.PROCUREMENT,
        ColumnKind.STATISTICS,
        ColumnKind.TOPIC,
        ColumnKind.SERVICE_GUIDE,
    }
)
"""Kinds whose page, when it was not seen, is not taken to hide a column of another kind."""

SITE_MAP = re.compile(r"^\W*(?:(?:网站|站点|本站)(?:地图|导航)|site ?map)\W*$", re.I)
_OFF_SITE = "栏目在其他网站上，未采集"


def what_may_hide(
    candidates: Candidates,
    kinds: Mapping[str, ColumnKind | None],
    sections: frozenset[str],
    sights: Sights,
) -> str:
    """Why there may be columns that were not found; empty where the walk proves that there are none.

    `sections` are the keys of candidates known to have columns below them.
    """
    walk = sights.walk
    if walk.stopped:
        return f"网站没有采集完：{walk.stopped}"
    if sights.page(candidates.landing(sights.home_key)) is None:
        return sights.unseen(sights.home_key).sight.reason()
    hidden = _hidden_entrance(candidates, sights)
    if hidden:
        return hidden
    for candidate in candidates:
        garbled = next((name for name in candidate.names if "\ufffd" in name or has_lost_words(name)), "")
        if garbled:
            return f"栏目名称是乱码（{candidate.shown}），认不出是什么栏目"
        if _hides(candidate, kinds[candidate.key], candidate.key in sections, sights):
            name = candidate.names[0] if candidate.names else candidate.shown
            why = why_not_walked(candidate, sights).reason()
            return f"“{name}”没有看到，其下可能还有栏目：{why}"
    return _only_by_script(candidates, sights) or ("" if walk.complete or walk.pending else "网站没有采集完")


def _only_by_script(candidates: Candidates, sights: Sights) -> str:
    """A column named in a script's menu that states no address for it, and that nothing else led to."""
    known = {tidy(name) for candidate in candidates for name in candidate.names}
    for key, sighting in sights:
        page = sights.page(key) if sighting.role in {"home", "column", "frame"} else None
        for name in page.unaddressed if page is not None else ():
            if tidy(name) not in known and classify(name) not in {None, *HIDES_NOTHING}:
                return f"“{name}”只能由脚本打开（{sights.sight(key).url}），没有看到"
    return ""


def _hidden_entrance(candidates: Candidates, sights: Sights) -> str:
    """What of the home page was not seen, or a site map, that may lead to further columns."""
    home = sights.page(candidates.landing(sights.home_key))
    if home is None:
        return ""
    frames = [sights.page(canonical(url)) for url in (*home.frames, *foot_scripts(home))]
    shown = [home, *(frame for frame in frames if frame)]
    maps = {key for page in shown for key, link in links_by_key(page) if SITE_MAP.search(link.text)}
    unseen = [key for key in maps if sights.is_own(key) and _is_unseen(key, sights)]
    if unseen:
        return f"网站地图没有看到：{sights.sight(unseen[0]).reason()}"
    if home.foot_shell and not maps and not (frames and all(frames)):
        return f"首页页脚没有呈现（{home.foot_shell}），其中可能有网站地图等入口"
    return ""


def _is_unseen(key: str, sights: Sights) -> bool:
    sighting = sights.get(key)
    if sighting is not None and sighting.snapshot.status is FetchStatus.GONE:
        return False
    return sights.page(key) is None


def _hides(candidate: Candidate, kind: ColumnKind | None, section: bool, sights: Sights) -> bool:
    if candidate.outside:
        return False
    return _is_unseen(candidate.key, sights) and (section or kind not in HIDES_NOTHING)


def why_not_walked(candidate: Candidate, sights: Sights) -> Sight:
    """Why the page of a candidate was not seen, with the walk's own words where it gave them."""
    sight = sights.sight(candidate.key)
    if sight.status not in {FetchStatus.OK, FetchStatus.UNVISITED}:
        return sight
    pending = {canonical(one.url): one.why for one in sights.walk.pending}
    note = next((pending[key] for key in candidate.addresses if key in pending), "")
    note = note or (_OFF_SITE if candidate.outside else "")
    return Sight(url=candidate.shown, status=FetchStatus.UNVISITED, note=note)
