"""Which unit a column or a report belongs to, told by a name; the registry's own word comes first."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from domain.target import Registry, Site
from domain.unit import Unit

_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,6}?[省市县区旗州盟](?=[\u4e00-\u9fff]{3,})")
_LEVEL = re.compile(r"^[我本]?[省市县区旗州盟](?=[\u4e00-\u9fff]{3,})")
_TAIL = re.compile(r"(?:人民政府办公室|人民政府|街道办事处|办事处)$")
_ORGAN = re.compile(
    r"(?:局|委员会|委|办公室|办事处|街道|[镇乡院厅站队处所校]|中心|公司|集团|银行|法院|检察院|管委会|支队|大队|学院|医院|联合会)$"
)
_OWN_TAIL = re.compile(r"^(?:人民)?政府$|^本级$|^机关$|^(?:县|市|区)$|^(?:关于|的)+$|[\s·,，、:：《]+")
_COMMON = frozenset(["人民政府", "人民政府办公室", "街道办事处", "管理委员会", "委员会", "办公室", "办事处"])
LONGEST_SHORT = 10
SHORTEST = 3
"""Characters of the shortest form of a name that is still told from ordinary words."""


def short_forms(name: str) -> frozenset[str]:
    """A unit's name and the shorter forms it goes by on a portal: without the place or with only its level
    (县水利局), without the tail.
    """
    forms = {name}
    bare = _PLACE.sub("", name)
    forms.add(bare)
    if bare != name:
        forms.add(name[len(name) - len(bare) - 1] + bare)
    for form in (name, bare):
        cut = _TAIL.sub("", form)
        if "街道" in form and not cut.endswith("街道"):
            cut = form[: form.index("街道") + 2]
        forms.add(cut)
    return frozenset(form for form in forms if len(form) >= SHORTEST and form not in _COMMON)


class Owners:
    """The units of a registry by the names they go by, seen from one of its sites."""

    def __init__(self, site: Site, registry: Registry) -> None:
        self._site = site
        self._registry = registry

    @cached_property
    def _forms(self) -> Mapping[str, str]:
        forms: dict[str, str] = {}
        shared: set[str] = set()
        for unit in self._registry.units:
            if unit.code == self._site.unit:
                continue
            for form in short_forms(unit.name):
                if form in forms and forms[form] != unit.code:
                    shared.add(form)
                forms[form] = unit.code
        own = self._own
        return {form: code for form, code in forms.items() if form not in shared and form not in own}

    @cached_property
    def _own(self) -> frozenset[str]:
        unit = self.owner
        return short_forms(unit.name) if unit else frozenset()

    @property
    def owner(self) -> Unit | None:
        """The unit of the site; None when the registry does not list it."""
        return next((u for u in self._registry.units if u.code == self._site.unit), None)

    def named(self, text: str) -> str | None:
        """Code of another unit whose name a column's name is or begins with; None when it names none."""
        text = text.strip()
        best = max((form for form in self._forms if text.startswith(form)), key=len, default="")
        own = max((form for form in self._own if text.startswith(form)), key=len, default="")
        if not best or len(own) >= len(best) or _names_another_body(text[len(best) :]):
            return None
        return self._forms[best]

    def among(self, names: Iterable[str]) -> str | None:
        """The unit that the nearest of the names (nearest last) names."""
        for name in reversed(list(names)):
            code = self.named(name) or self._organ(name.strip())
            if code:
                return code
        return None

    def _organ(self, name: str) -> str:
        """The other listed unit that a column's name is short for (县卫健委); "" where it names none."""
        if len(name) > LONGEST_SHORT or not _ORGAN.search(name):
            return ""
        code = self._abbreviated(name)
        return code if code != self._site.unit else ""

    def of_title(self, words: str) -> str | None:
        """The unit that the words before a report's year name: a code, "" for an organ that the registry
        does not list, None when they name nobody.
        """
        words = re.sub(r"^(?:关于|印发|公布|发布|转发)+", "", words.strip(" 《“\"'[【")).rstrip("关于的 ")
        if not words:
            return None
        code = self.named(words)
        if code:
            return code
        if any(words.startswith(form) or form.startswith(words) for form in self._own):
            return "" if self._tail(words) else self._site.unit
        if self.owner and _is_subsequence(words, self.owner.name):
            return self._site.unit
        if not _ORGAN.search(words):
            return None
        return self._abbreviated(words)

    def _abbreviated(self, words: str) -> str:
        """The one listed unit that the words abbreviate (县卫健委); "" where there is none, or several."""
        short = _LEVEL.sub("", _PLACE.sub("", words))
        if len(short) < SHORTEST or short in _COMMON:
            return ""
        full = {unit.code: _PLACE.sub("", unit.name) for unit in self._registry.units}
        meant = [
            code for code, name in full.items() if name[:1] == short[:1] and _is_subsequence(short, name)
        ]
        return meant[0] if len(meant) == 1 else ""

    def may_mean(self, words: str) -> bool:
        """Whether words that name no unit for certain may yet abbreviate a listed one (县监局, 市直机关)."""
        short = _PLACE.sub("", words)
        return 2 <= len(short) <= 12 and any(_is_subsequence(short, u.name) for u in self._registry.units)

    def told_by(self, text: str, codes: Iterable[str]) -> str:
        """The one unit among several whose full name a text bears, else the site's own where it bears that.

        "" where none or more than one is named.
        """
        named = {unit.code for unit in self._registry.units if unit.code in codes and unit.name in text}
        if not named and self.owner and self.owner.name in text:
            return self.owner.code
        return named.pop() if len(named) == 1 else ""

    def _tail(self, words: str) -> str:
        """What follows the owner's name: the name of another body (示例县 + 教育局), if anything."""
        cut = max((len(form) for form in self._own if words.startswith(form)), default=len(words))
        return _OWN_TAIL.sub("", words[cut:])


def _names_another_body(rest: str) -> bool:
    """Whether a place's name goes on to name a body of that place (示例市 + 教育局)."""
    head = re.split(r"20\d\d|二[〇○零O]|年|公开|信息|关于|[·,，、:：《（(]", rest, maxsplit=1)[0]
    return bool(_ORGAN.search(_OWN_TAIL.sub("", head)))


def _is_subsequence(short: str, full: str) -> bool:
    """Whether an abbreviation's characters stand in the full name in their order (卫健局 in 卫生健康局)."""
    letters = iter(full)
    return len(short) >= 2 and all(letter in letters for letter in short)
