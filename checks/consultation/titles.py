"""What the titles of consultations, of their feedback and of their extensions tell."""

import re
import unicodedata

_FEEDBACK = re.compile(
    r"(?:反馈|采纳|汇总|处理|吸纳|征集|征求|听取|收集)(?:的)?(?:意见|建议)?(?:的)?(?:情况|结果)|意见(?:建议)?(?:的)?(?:采纳|反馈|汇总|处理)"
    r"|(?:情况|结果)(?:的)?(?:反馈|公布|公示|公告|通报|说明)"
)
_CALLS = re.compile(
    r"(?:征求|征集|听取|收集)[^。]{0,60}?(?:意见|建议)|(?:意见|建议)(?:的)?(?:征集|征求)|征求意见|意见征集|公开征询|民意征集"
)
_NOT_A_CALL = re.compile(
    r"反馈表|^关于(?:印发|转发)|征集志愿|征集作品|征集供应商|有奖征集|征集令|标识|logo|征集线索|线索征集",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"《([^》]{2,80})》")
_DRAFT = re.compile(
    r"[(](?:公开)?(?:征求意见|征求公众意见|草案|送审|讨论|修订|修改|听证)[^)]{0,12}[)]|征求意见稿|草案|送审稿|修订稿"
)
_LABEL = re.compile(r"^(?:[【〔\[][^】〕\]]{1,12}[】〕\]])+")
_AROUND = re.compile(
    r"^.{0,30}?(?:关于|对|就)|(?:公开|广泛|再次|第二次)?(?:征求|征集|听取|收集)(?:社会|公众|各界|群众)*(?:的)?|(?:社会|公众|各界|群众)*(?<!实施)(?<!指导)(?<!若干)(?:意见|建议)+|(?:采纳|反馈|汇总|情况|结果|说明|公告|公示|通告|通知|启事|函|的|及|和|与)+$"
)


def _plain(title: str) -> str:
    """The title in half-width signs, without blanks."""
    return "".join(unicodedata.normalize("NFKC", title).split())


def is_feedback(title: str) -> bool:
    """Whether a title is that of feedback on a consultation (what came in, what was taken up)."""
    plain = _plain(title)
    return (
        bool(_FEEDBACK.search(plain) and re.search(r"意见|建议|征集|征求|公众参与", plain))
        and "反馈表" not in plain
    )


def is_consultation(title: str) -> bool:
    """Whether a title announces a consultation: it asks for opinions and is not the feedback on them."""
    plain = _plain(title)
    return bool(_CALLS.search(plain)) and not is_feedback(title) and not _NOT_A_CALL.search(plain)


def is_extension(title: str) -> bool:
    """Whether a title announces that a consultation runs longer than was said."""
    plain = _plain(title)
    return is_consultation(title) and bool(re.search(r"延长|延期|顺延|展期", _BRACKETED.sub("", plain)))


def matter_of(title: str) -> str:
    """What a consultation or its feedback is about: the bracketed title, else the title without its frame."""
    plain = _plain(title)
    named = _BRACKETED.findall(plain)
    bare = _DRAFT.sub("", _LABEL.sub("", plain))
    matter = named[0] if named else _AROUND.sub("", _AROUND.sub("", bare))
    return re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", _DRAFT.sub("", matter))
