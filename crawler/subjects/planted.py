"""Links and titles that may have been planted: hidden ones, and ones that speak of gambling or porn.

A hidden link alone is a folded menu, a foreign link alone is a link. Suspicious is what names such a trade
in its words or host; a host that the site links nowhere in plain view is for a person to look at.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from domain.observation import Head, SuspectLink
from domain.page import Page, PageKind

SHOWN = 80
"""Characters of a suspicious text that are told."""

MOST = 200
"""Suspects of one page: a link farm has thousands."""

_TRADE = re.compile(
    r"博彩|菠菜(?:网|平台|导航)|赌(?:场|球|钱|博(?:网|平台|公司|娱乐|游戏))|娱乐城|彩票(?:平台|网站?|开户|注册|投注|代理|app)|时时彩|六合彩|香港六合|北京赛车|pk10|快三|11选5|幸运飞艇|分分彩|极速赛车"
    r"|澳门(?:新葡京|威尼斯|银河|永利|金沙|葡京|皇冠|赌场)|新葡京|太阳城|百家乐|老虎机|真人(?:娱乐|视讯|荷官|棋牌)|棋牌(?:游戏|平台|娱乐|下载)|捕鱼(?:游戏|平台|达人)|德州扑克"
    r"|365bet|bet365|beat365|bat365|足球365|ag(?:亚游|真人|视讯|平台)|亚游|皇冠(?:体育|足球|投注|网)|足球(?:投注|外围|赌)|体育投注|外围(?:投注|足球|女)|威尼斯人|金沙(?:娱乐|网)|万博(?:体育|app)|亚博|腾博会"
    r"|开元棋牌|必威|betway|manbetx|开云体育|kaiyun|华体会|爱游戏|米兰体育|九游(?:娱乐|体育)|乐鱼(?:体育|app)|电竞(?:竞猜|投注)|注册送.{0,6}(?:元|彩金)|彩金|下注|返水"
    r"|色情|成人(?:视频|电影|网站|影院|小说|用品|导航)|(?<![a-z])av(?:在线|视频|女优|片)|无码|一级(?:黄片|毛片)|黄色(?:视频|网站|小说|电影)|裸聊|约炮|激情(?:视频|小说|网)|伦理(?:片|电影)|三级片|做爱|性爱|福利视频|援交|包夜|小姐(?:上门|服务)|楼凤"
    r"|代开发票|(?:办理|代办|购买|定做|办)(?:各类|各种|真实)?(?:毕业证|学历证?|文凭)|办理?证刻章|刻章办证|假(?:证|文凭|学历)|(?:毕业证|学历|文凭)(?:办理|购买|代办|定做)|自考毕业证|论文代(?:写|发)|代写论文|刷单|网赚|网上赚钱|赚钱(?:平台|软件|项目|app|一天)|迷药|催情|枪支(?:出售|购买)|外挂|私服|代孕|男科医院|伟哥|壮阳"
    r"|小说(?:网|阅读网|免费)|笔下文学|快播|高利贷|信用卡套现|pos机办理|配资(?:平台|开户|炒股)|股票配资|翻墙|在线观看.{0,4}(?:免费|高清)",
    re.IGNORECASE,
)
_GAMBLING_OR_PORN = re.compile(
    r"博彩|赌场|赌球|娱乐城|彩票(?:平台|开户|注册|投注|代理|app)|时时彩|六合彩|pk10|幸运飞艇|新葡京|太阳城|百家乐|老虎机|真人(?:娱乐|视讯|荷官)|开元棋牌|棋牌(?:平台|娱乐|下载)|365bet|bet365|beat365|bat365|足球365|亚游|皇冠(?:体育|足球|投注)|体育投注"
    r"|威尼斯人|万博(?:体育|app)|亚博|必威|开云体育|华体会|米兰体育|乐鱼体育|色情|成人(?:视频|电影|网站|影院)|无码|裸聊|约炮|三级片|福利视频|援交|网上赚钱|赚钱(?:平台|软件|一天)",
    re.IGNORECASE,
)
_AGAINST_IT = re.compile(
    r"打击|严打|查处|捣毁|警惕|防范|整治|严禁|禁止|举报|诈骗|骗局|揭秘|案|远离|拒绝|抵制|取缔|违法|犯罪|专项|扫黄|净化|治理|通报|查获|破获|警方|民警|公安|提醒|曝光|防赌|禁赌|宣传"
)
_HOSTS = re.compile(
    r"(?:^|[.\-\d])(?:bet\d*|bets|casino|porn|xxx|sex\w*|caipiao|dubo|bocai|qipai|188bet|365bet|bet365|sbobet|poker|lottery\d+|avtt|yule\w*|huangguan|taiyangcheng|pujing|\w*bet\d{2,})(?=[.\-\d])",
    re.IGNORECASE,
)
_TRUSTED = (
    "gov.cn", "政务.cn", "公益.cn", "edu.cn", "mil.cn", "ac.cn", "org.cn", "people.com.cn", "people.cn",
    "xinhuanet.com", "news.cn", "cctv.com", "cctv.cn", "cri.cn", "china.com.cn", "china.cn",
    "chinadaily.com.cn", "gmw.cn", "ce.cn", "youth.cn", "cnr.cn", "12371.cn", "12377.cn",
    "12388.gov.cn", "qstheory.cn", "xuexi.cn", "baidu.com", "qq.com", "weibo.com", "weibo.cn",
    "sina.com.cn", "163.com", "126.com", "sohu.com", "douyin.com", "toutiao.com", "kuaishou.com",
    "alipay.com", "amap.com", "autonavi.com", "cnzz.com", "conac.cn", "jiathis.com", "bshare.cn",
    "chinanews.com", "chinanews.com.cn", "bjnews.com.cn", "ifeng.com", "microsoft.com", "adobe.com",
    "w3.org", "iqiyi.com", "bilibili.com",
)  # fmt: skip
"""Hosts that no hijacker links for gain; a county's page hides links to them in its menus every day."""

_NEVER_LEGITIMATE = ("移出屏幕之外", "位于页面结束标记之外", "与背景同色")
"""Ways of hiding that no menu, logo, accordion or layout of a page uses."""


def suspect_links(
    page: Page, *, own_hosts: Collection[str] = (), known_hosts: Collection[str] | None = None
) -> tuple[SuspectLink, ...]:
    """What of a page may have been planted.

    `own_hosts` are the site's hosts. `known_hosts` are hosts that are known to be linked in plain view;
    None where that is not known: then a host is never suspicious for being linked nowhere else.
    """
    own = {_registered(_host(page.url)), *(_registered(host) for host in own_hosts)}
    found = [
        *_hijacked_head(page),
        *_hidden(page, own, known_hosts),
        *_in_plain_view(page, own),
        *_loaded(page, own),
    ]
    return tuple({(s.target, s.text): s for s in reversed(found[:MOST])}.values())[::-1]


def _hidden(page: Page, own: Collection[str], known: Collection[str] | None) -> Iterator[SuspectLink]:
    for link in page.concealed:
        host = _host(link.url)
        foreign = bool(host) and _registered(host) not in own and not is_trusted(host)
        named = _named_trade(link.text, host, foreign)
        new = foreign and known is not None and not is_of_known_host(link.url, known)
        strange = new and link.how in _NEVER_LEGITIMATE
        why = named or ("指向本网站别处从未公开链接过的外部域名" if strange else "")
        yield SuspectLink(
            page=page.url,
            target=link.url,
            text=link.text[:SHOWN],
            hidden=True,
            suspicious=bool(why),
            why=f"隐藏方式：{link.how}" + (f"；{why}" if why else ""),
            unknown=bool(strange and not named),
        )


def _loaded(page: Page, own: Collection[str]) -> Iterator[SuspectLink]:
    """Frames and scripts that a page loads from hosts named after such a trade."""
    for sort, addresses in (("内嵌页面", page.frames), ("脚本", page.scripts)):
        for url in addresses:
            host = _host(url)
            if host and _registered(host) not in own and not is_trusted(host) and _HOSTS.search(host):
                yield SuspectLink(
                    page=page.url,
                    target=url,
                    text="",
                    hidden=True,
                    suspicious=True,
                    why=f"载入{sort}的网址为 {host}",
                    hijacked=True,
                )


def _in_plain_view(page: Page, own: Collection[str]) -> Iterator[SuspectLink]:
    for link in page.links:
        host = _host(link.url)
        if not host or _registered(host) in own or is_trusted(host):
            continue
        if _AGAINST_IT.search(link.text):
            continue
        words = _GAMBLING_OR_PORN.search(link.text)
        address = _HOSTS.search(host)
        if words or address:
            what = words[0] if words else host
            yield SuspectLink(
                page=page.url,
                target=link.url,
                text=link.text[:SHOWN],
                hidden=False,
                suspicious=True,
                why=f"公开的外部链接含“{what}”",
                hijacked=True,
            )


def _hijacked_head(page: Page) -> Iterator[SuspectLink]:
    """A title or key words that advertise; of home and list pages, for articles report on such things.

    An article's title element that advertises where the article itself bears another title was put there.
    """
    if page.kind not in (PageKind.HOME, PageKind.LIST, PageKind.SECTION):
        if advertises(page.head_title) and not _GAMBLING_OR_PORN.search(f"{page.title}\n{page.text[:SHOWN]}"):
            yield _hijacked(page, "标题", page.head_title)
        return
    for name, words in (
        ("标题", page.head_title),
        ("标题", page.title),
        ("标题", page.site_title),
        ("关键词", page.tags.get("Keywords", "")),
        ("描述", page.tags.get("Description", "")),
    ):
        if advertises(words):
            yield _hijacked(page, name, words)
            return


def _hijacked(page: Page, name: str, words: str) -> SuspectLink:
    return SuspectLink(
        page=page.url,
        target=page.url,
        text=words[:SHOWN],
        hidden=True,
        suspicious=True,
        why=f"网页{name}含“{advertises(words)}”",
        hijacked=True,
    )


def change_of_head(before: Head, after: Head, *, home: bool) -> tuple[bool, str]:
    """Whether a change of a page's head is suspicious, and why in Chinese; empty where it is of no concern.

    Of a `home` page a title of which nothing is left is told too: a site may have changed hands, or its name.
    """
    for name, old, new in (("标题", before.title, after.title), ("描述或关键词", before.words, after.words)):
        found = "" if advertises(old) else advertises(new)
        if found:
            return True, f"网页{name}较上一轮改为含“{found}”的内容"
    if home and before.title and after.title and not _pairs(before.title) & _pairs(after.title):
        return False, "首页标题较上一轮全部改换"
    return False, ""


def advertises(words: str) -> str:
    """The word by which a title or description advertises gambling or porn; empty where it does not."""
    found = _GAMBLING_OR_PORN.search(words)
    return found[0] if found and not _AGAINST_IT.search(words) else ""


def _pairs(title: str) -> set[str]:
    """Every two characters that stand side by side in a title."""
    bare = "".join(title.split()).lower()
    return {bare[index : index + 2] for index in range(len(bare) - 1)}


def hosts_in_view(page: Page) -> set[str]:
    """The hosts, as registered, that a page links where a visitor sees it."""
    hidden = {link.url for link in page.concealed}
    return {_registered(_host(link.url)) for link in page.links if link.url not in hidden}


def is_of_known_host(url: str, known: Collection[str]) -> bool:
    """Whether an address leads to one of some hosts, told in full or as registered."""
    host = _host(url)
    return host in known or _registered(host) in known


def is_trusted(host: str) -> bool:
    """Whether a host is the state's, a school's, or one that everyone links."""
    return any(host == known or host.endswith("." + known) for known in _TRUSTED)


def _named_trade(text: str, host: str, foreign: bool) -> str:
    """What of a hidden link names such a trade: gambling and porn wherever it leads, others abroad."""
    words = (_TRADE if foreign else _GAMBLING_OR_PORN).search(text)
    if words and not _AGAINST_IT.search(text):
        return f"文字含“{words[0]}”"
    return f"网址为 {host}" if foreign and _HOSTS.search(host) else ""


@lru_cache(maxsize=4096)
def _host(url: str) -> str:
    """The host of a web address; with its port where the host is a bare number, which many sites share."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower() if parts.scheme in ("http", "https") else ""
        return f"{host}:{parts.port}" if _is_number(host) and parts.port else host
    except ValueError:
        return ""


def _is_number(host: str) -> bool:
    return host.replace(".", "").isdigit()


@lru_cache(maxsize=4096)
def _registered(host: str) -> str:
    """The part of a host that someone registered: its last two labels, three below gov.cn and its like."""
    labels = host.lower().split(".")
    if _is_number(host.partition(":")[0]) or len(labels) < 3:
        return host.lower()
    two_part = labels[-2] in ("com", "net", "org", "gov", "edu", "ac", "mil") and len(labels[-1]) == 2
    return ".".join(labels[-3:] if two_part else labels[-2:])
