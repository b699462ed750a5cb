"""What a link's words and its address tell: whether it may lead to a column, or to an article. Pure."""

import re

from crawler.spiders.scope import names_unit
from domain.page import Link
from schemes.columns import classify

LONGEST_COLUMN_NAME = 16
LONGEST_MENU_NAME = 30
LONGEST_ITEM_COLUMN = 12
_NO_COLUMN = re.compile(
    r"^(?:(?:网站|返回|回到|中心|单位|本站|官网)?(?:首页|主页)|返回(?:上级|顶部|目录|列表)?|顶部|关闭(?:窗口)?|打印(?:本页)?|"
    r"登录|登陆|注册|退出|用户(?:登录|注册|中心)|个人中心|忘记密码|设为首页|加入收藏|收藏(?:本站)?|"
    r"english|en|繁體?|繁体(?:中文|版)?|简体(?:中文|版)?|中文|無障礙|无障碍(?:浏览|阅读)?|长者(?:版|模式)|适老.{0,4}|关怀版|"
    r"手机版|移动(?:版|端)|电脑版|rss|微信|微博|公众号|客户端|app|搜索|高级搜索|"
    r"[上下前后]一?[页篇条章期周日天年季]|[上下前后]一?个?[月周季]度?|本[月周年日]|尾页|末页|第\d+页?|\d{1,3}页?|"
    r"(?:19|20)\d{2}(?:年\d{1,2}月(?:\d{1,2}日)?|[-/.]\d{1,2}(?:[-/.]\d{1,2})?)|\d{1,2}月(?:\d{1,2}日)?|"
    r"(?:正|腊|十?[一二三四五六七八九十])月(?:份)?|\d{1,2}月份|[初十廿][一二三四五六七八九十]|"
    r"(?:星期|周|礼拜)[一二三四五六日天]|今天|昨天|明天|大|中|小|(?!20\d\d$)[\W\d_]*|[a-z]{1,2})[>»›]*$",
    re.I,
)
_MORE = re.compile(r"^[\[【(（+]*(?:查看)?(?:更多|全部|more|详细|查看)[.…]*[\]】)）+>»›]*$", re.I)
SITEMAP = re.compile(r"^\W*(?:(?:网站|站点|本站)(?:地图|导航)|site ?map)\W*$", re.I)
_TITLE_MARKS = re.compile(r"关于|《|.{5}(?:通知|公告|通告|通报)$|[,，。！!？?“”]|\d")
_ARTICLE_PATH = re.compile(
    r"/art/(?:19|20)\d\d/|/info/\d+/\d+|/t(?:19|20)\d{6}_\d+|/(?:19|20)\d\d[-/]?(?:0[1-9]|1[0-2])(?:[-/]?\d\d)?/"
    r"|/(?:art|article|content|detail|show|view|read|post|news|info|doc)[_-]?\d{3,}|_\d{5,}\.s?html?$"
    r"|/\d{5,}\.s?html?$|/[0-9a-f]{16,}\.s?html?$|/[0-9a-f]{8}-[0-9a-f-]{20,}"
    r"|/(?:\w*(?:show|view|detail|article|content|read|info))\w*\.(?:jspx?|aspx?|php|do|action|html?)\?",
    re.I,
)
_YEAR = re.compile(r"^[（(【\[]?(20\d\d)年?度?[】\])）]?$")
_NUMBERS = re.compile(r"\d+")


def pattern_of(key: str) -> str:
    """The form of an address: numbers and values of its query left out."""
    path, mark, query = key.partition("?")
    form = _NUMBERS.sub("#", path)
    if not mark:
        return form
    return form + "?" + "&".join(sorted(part.partition("=")[0] for part in query.split("&")))


def turns(link: Link, key: str, name: str, here: str) -> bool:
    """Whether a link leads on like a leaf of a calendar: to an address of the same form as that of the page
    it stands on (`here`), under the very `name` by which one came there, and the name is that of no column.
    """
    words = link.text.strip()
    return words == name.strip() and pattern_of(key) == pattern_of(here) and classify(words) is None


def runs_in_circles(key: str) -> bool:
    """Whether an address grows by repeating itself: no real page lies there."""
    parts = [part for part in key.partition("?")[0].split("/")[3:] if part]
    return len(key) > 2000 or len(parts) > 16 or any(parts.count(part) > 3 for part in set(parts))


def year_named(text: str) -> int | None:
    """The year that a link's text is (2025年: a column's entries of that year); None for other texts."""
    found = _YEAR.match(text.strip())
    return int(found.group(1)) if found else None


def looks_like_article(key: str) -> bool:
    """Whether an address has the form of a single article."""
    return bool(_ARTICLE_PATH.search(key))


def fits_menu(text: str, key: str, *, foreign: bool = False) -> bool:
    """Whether a link of a menu or a bread crumb may be a column."""
    name = text.strip()
    if not name or len(name) > LONGEST_MENU_NAME or _NO_COLUMN.match(name):
        return False
    if foreign and names_unit(name):
        return False
    return not (looks_like_article(key) and classify(name) is None)


def fits_block(link: Link, key: str) -> bool:
    """Whether a link elsewhere on a home, section or list page may be a column."""
    name = link.text.strip()
    if _MORE.match(name):
        return not looks_like_article(key)
    if not 2 <= len(name) <= LONGEST_COLUMN_NAME or _NO_COLUMN.match(name) or looks_like_article(key):
        return False
    if year_named(name) is not None:
        return True
    if _TITLE_MARKS.search(name):
        return False
    return classify(name) is not None or len(name) <= 10


def fits_item_column(title: str, key: str) -> bool:
    """Whether an undated entry of a list is rather the name of a column below it."""
    name = title.strip()
    if len(name) > LONGEST_ITEM_COLUMN or _TITLE_MARKS.search(name) or looks_like_article(key):
        return False
    return classify(name) is not None
