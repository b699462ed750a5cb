"""Whether a post is an interpretation of policy (政策解读), and by what words."""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.observation import Post


class Likeness(StrEnum):
    """How surely a post is an interpretation: its title says so, something hints at it, nothing does."""

    SURE = "sure"
    POSSIBLE = "possible"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a post was classified; `reason` says by what, in Chinese."""

    likeness: Likeness
    reason: str = ""


SURE_WORDS = (
    "解读",
    "图解",
    "一图读懂",
    "一图看懂",
    "一图了解",
    "一张图",
    "答记者问",
    "政策问答",
    "政策详解",
    "政策明白",
    "明白卡",
    "说政策",
    "讲政策",
    "话政策",
    "政策宣讲",
    "政策一点通",
    "政策速递",
)
"""Words of a title that name an interpretation."""

HINT_WORDS = (
    "读懂",
    "看懂",
    "问答",
    "划重点",
    "详解",
    "十问",
    "问与答",
    "知识点",
    "干货",
    "怎么办",
    "热点问题",
)
"""Words of a title that name one where the post is about a policy."""

POLICY = re.compile(r"政策|《[^》]{2,60}》|办法|规定|条例|细则|通知|意见|方案|规划|措施|补贴|若干|法律|标准")
NO_POLICY = re.compile(r"天气|气象|气温|节气|星座|菜谱|成语|诗词|名画|球赛|赛事|彩票|养生")
"""What interpretations of other things are about."""

OPENING = 40
"""Characters of a text that stand for the title that a post lacks."""

_TEXT = re.compile(r"政策解读|图解|一图读懂|一图看懂|答记者问|政策问答")


def classify(post: Post, further: tuple[str, ...] = ()) -> Reading:
    """Classifies a post by its title first, its text second. `further` are a scheme's own sure words."""
    title = post.title or post.text[:OPENING]
    about_else = bool(NO_POLICY.search(title)) and not POLICY.search(title)
    for word in (*further, *SURE_WORDS):
        if word in title:
            likeness = Likeness.POSSIBLE if about_else else Likeness.SURE
            return Reading(likeness=likeness, reason=f"标题含“{word}”")
    for word in HINT_WORDS:
        if word in title:
            return _hinted(title, post.text, word, about_else)
    if found := _TEXT.search(post.text):
        return Reading(likeness=Likeness.POSSIBLE, reason=f"正文含“{found[0]}”")
    return Reading(likeness=Likeness.NONE)


def _hinted(title: str, text: str, word: str, about_else: bool) -> Reading:
    found = POLICY.search(title)
    if found and not about_else:
        return Reading(likeness=Likeness.SURE, reason=f"标题含“{word}”和“{found[0]}”")
    found = POLICY.search(text)
    if found and not about_else:
        return Reading(likeness=Likeness.POSSIBLE, reason=f"标题含“{word}”，正文提到“{found[0]}”")
    return Reading(likeness=Likeness.NONE)
