"""Policy documents and their interpretations: which is which, what form, and which belongs to which.

A pair is known by a link either way, by the document number that the interpretation cites, or by the
document's title in the interpretation's. Only what was read is paired; whether a document lacks an
interpretation is for a check, which knows whether all were seen.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.observation import Document
from domain.target import ColumnKind

SAME_TITLE = 90
"""rapidfuzz's partial ratio from which two core titles of at least `LEAST_CORE` characters are one."""

LEAST_CORE = 6

_POLICY = re.compile(
    r"办法|规定|细则|条例|规则|意见|措施|方案|政策|规划|决定|准则|标准|制度|办法|计划|指引|通告|预案|清单|通知"
)
_NOT_POLICY = re.compile(
    r"解读|图解|一图|读懂|答记者问|征求意见|意见稿|采纳|公示|名单|任免|任职|免职|免去|表彰|表扬|通报|放假|会议|培训|招聘|招考|录用|领导小组|领导分工|工作分工"
    r"|成立|调整.{0,16}(?:成员|组成|小组|机构)|批复|的函$|复函|答复|悼|讣告|补选|工作报告|总结|要点|公告$|废止|失效|清理(?:结果|情况)|转发|报送|填报|开展.{0,20}(?:评选|申报|检查|调查)"
)
_INTERPRETS = re.compile(
    r"解读|图解|一图读懂|一图看懂|图说|政策问答|问答|答记者问|政策说明|起草说明|新闻发布会|吹风会|漫画|动漫|视频"
)
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("video", re.compile(r"视频|动漫|动画|短片|微视频|MG|直播|音频", re.IGNORECASE)),
    ("press", re.compile(r"新闻发布会|发布会|吹风会|新闻通气会")),
    ("interview", re.compile(r"访谈|专访|做客|面对面")),
    ("qa", re.compile(r"问答|答记者问|有问必答|\d+问|百问|Q&A|热点问题", re.IGNORECASE)),
    ("picture", re.compile(r"图解|一图|图说|图读|长图|漫画|海报|H5|读懂|看懂", re.IGNORECASE)),
)
_VIDEO_FILE = re.compile(r"\.(?:mp4|m3u8|flv|avi|wmv|mov|webm|mp3)(?:$|[?#])", re.IGNORECASE)
LOOKED_AT = 3_000
"""So many characters of an interpretation are searched for the document's number and title."""

LITTLE_TEXT = 200
"""An interpretation with pictures and fewer characters is one in pictures."""

_BRACKETED = re.compile(r"《([^》]{4,90})》")
_ISSUER = re.compile(
    r"^.{0,50}?关于(?:印发|发布|公布|颁布|出台|修订|修改|实施|下发)(?=.)|^.{0,40}?(?:印发|下发)(?=.)"
)
_ABOUT = re.compile(r"^.{0,40}?关于")
_TAIL = re.compile(
    r"(?:的)?(?:通知|公告|通告|决定|政策解读|文字解读|图文解读|解读|图解|起草说明|说明|答记者问|政策问答|问答)+$"
    r"|[(](?:试行|暂行|修订)[)]$"
)
_LEAD = re.compile(
    r"^(?:〔[^〕]{1,12}〕|(?:一图|视频|图文|专家|部门|局长|主任|政策|文字|动漫|权威)*(?:读懂|看懂|图解|图说|解读)[|:丨\-—_]*"
    r"|.{0,16}人民政府令(?:第?\d+号)?|.{0,12}?〔20\d\d〕第?\d+号)+"
)
"""What stands before a title: the form of an interpretation, the sort or the number of a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A document and an interpretation of it: by what they are known as a pair, and which links which."""

    document: Document
    interpretation: Document
    by: str
    document_links: bool
    interpretation_links: bool


def is_policy_document(title: str, kind: ColumnKind, document_no: str = "") -> bool:
    """Whether a page is a policy document of the kind that is to be interpreted.

    Appointments, awards, notices of meetings and the like are not, nor what stands in another column,
    unless it bears a document number there.
    """
    plain = _plain(title)
    if _NOT_POLICY.search(plain) or kind in (ColumnKind.POLICY_INTERPRETATION, ColumnKind.CONSULTATION):
        return False
    if kind is ColumnKind.POLICY_DOCUMENTS:
        return bool(_POLICY.search(plain))
    return bool(document_no) and bool(
        re.search(r"办法|规定|细则|条例|规则|实施意见|若干(?:措施|政策|意见)|方案", plain)
    )


def is_interpretation(title: str, kind: ColumnKind) -> bool:
    """Whether a page interprets a policy: what stands in the column for it, or says so in its title."""
    plain = _plain(title)
    if kind is ColumnKind.POLICY_INTERPRETATION:
        return True
    if kind is ColumnKind.NEWS:
        tells_of_one = re.search(r"开展|举办|召开|活动|培训|宣传|宣讲|进社区|进企业|调研|工作会", plain)
        return not tells_of_one and bool(re.search(r"政策解读|解读(?:材料)?$|^图解|一图读懂|政策问答", plain))
    return kind is not ColumnKind.ANNUAL_REPORT and bool(re.search(r"解读|图解|一图读懂|政策问答", plain))


def form_of(document: Document) -> str:
    """The form of an interpretation: text, picture, video, qa, press or interview."""
    plain = _plain(document.title)
    for form, pattern in _FORMS:
        if pattern.search(plain):
            return form
    if any(_VIDEO_FILE.search(link.url) for link in document.links):
        return "video"
    if document.images and len(document.text) < LITTLE_TEXT:
        return "picture"
    return "text"


def core_title(title: str) -> str:
    """What a document is about: the bracketed title, else the title without issuer and kind."""
    plain = _plain(title)
    named = _BRACKETED.findall(plain)
    whole = max(named, key=len) if named else _LEAD.sub("", plain)
    core = _ABOUT.sub("", _ISSUER.sub("", _TAIL.sub("", whole))) or whole
    return re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", _ABOUT.sub("", _TAIL.sub("", core)) or core)


def pair(documents: Sequence[Document], interpretations: Sequence[Document]) -> tuple[Pair, ...]:
    """Every document with every interpretation that belongs to it."""
    cores = {one.url: core_title(one.title) for one in (*documents, *interpretations)}
    texts = {one.url: _plain(f"{one.title}\n{one.text[:LOOKED_AT]}") for one in interpretations}
    pairs = []
    for document in documents:
        number = _plain(document.document_no)
        for interpretation in interpretations:
            if interpretation.url == document.url:
                continue
            forth, back = _links(document, interpretation), _links(interpretation, document)
            by = "link" if forth or back else ""
            if not by and number and number in texts[interpretation.url]:
                by = "number"
            if not by and _same_matter(document, interpretation, cores, texts):
                by = "title"
            if by:
                pairs.append(
                    Pair(
                        document=document,
                        interpretation=interpretation,
                        by=by,
                        document_links=forth,
                        interpretation_links=back,
                    )
                )
    return tuple(pairs)


def _same_matter(
    document: Document, interpretation: Document, cores: Mapping[str, str], texts: Mapping[str, str]
) -> bool:
    one, other = cores[document.url], cores[interpretation.url]
    if min(len(one), len(other)) >= LEAST_CORE:
        if one in other or other in one:
            return True
        from rapidfuzz import fuzz  # large, and only needed here

        similar = fuzz.ratio(one, other) if min(len(one), len(other)) < 12 else fuzz.partial_ratio(one, other)
        if similar >= SAME_TITLE and _same_figures(one, other):
            return True
    return len(one) >= LEAST_CORE and f"《{one}》" in re.sub(r"[(（)）]|关于", "", texts[interpretation.url])


def _same_figures(one: str, other: str) -> bool:
    """Whether two titles name the same years and numbers: 2025 and 2026 plans are two."""
    return re.findall(r"\d+|十[一二三四五六]五", one) == re.findall(r"\d+|十[一二三四五六]五", other)


def _links(one: Document, other: Document) -> bool:
    wanted = _address(other.url)
    return any(_address(link.url) == wanted for link in one.links)


def _address(url: str) -> str:
    bare = url.split("#")[0].partition("://")[2]
    return re.sub(r"/(?:index|default)\.[a-z]{3,5}$", "/", bare)


def _plain(text: str) -> str:
    half = unicodedata.normalize("NFKC", text).translate(str.maketrans("﹝﹞[]【】", "〔〕〔〕〔〕"))
    return re.sub(r"[\s\u3000]+", "", half)
