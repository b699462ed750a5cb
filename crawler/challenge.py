"""Marks of protection systems: a challenge or block page is no answer of the site."""

import re
from collections.abc import Mapping

HEAD_BYTES = 64 * 1024
"""How much of a body is searched for marks."""

_SCRIPTS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("瑞数动态防护", re.compile(rb"\$_ts\s*=|\$_ts\[|window\[['\"]\$_ts['\"]\]|FSSBBIl1UgzbN7N")),
    ("加速乐防护", re.compile(rb"__jsl_clearance")),
    ("阿里云防护", re.compile(rb"acw_sc__v[23]|aliyun_waf_[a-z]|errors\.aliyun\.com/error|_waf_bd8ce2ce37")),
    ("腾讯云防护", re.compile(rb"waf\.tencent|TencentCaptcha|/__tcaptcha|qcloud_?waf", re.I)),
    ("云锁防护", re.compile(rb"security_session_verify|yunsuo_session", re.I)),
    ("安全狗防护", re.compile(rb"safedog(?:site|-flow-item)|404\.safedog\.cn", re.I)),
    ("360 网站卫士", re.compile(rb"wzws-waf-cgi|WZWS_CONFIRM|wzwsmethod|wzws_cid", re.I)),
    ("雷池防护", re.compile(rb"safeline_(?:bot|challenge)|/\.safeline/|chaitin", re.I)),
    ("滑块验证防护", re.compile(rb"/__guard_?challenge|_guard/(?:slide|click|auto)\.js", re.I)),
    ("Cloudflare 防护", re.compile(rb"cf-chl-|/cdn-cgi/challenge-platform|__cf_chl_", re.I)),
    ("F5 防护", re.compile(rb"/TSPD/|bobcmn|The requested URL was rejected", re.I)),
    ("Imperva 防护", re.compile(rb"_Incapsula_Resource|Incapsula incident", re.I)),
)

_WORDS = re.compile(
    r"(?:请求|访问|操作|行为|IP).{0,12}(?:被拦截|被阻断|被禁止|已拦截|已阻断|存在威胁|不合法|异常流量)"
    r"|(?:拦截|阻断)(?:了)?(?:您|本次)的?(?:访问|请求)"
    r"|网站(?:防火墙|应用防护)|(?:web|Web|WEB)应用防火墙|安全狗|云锁|创宇盾|知道创宇|[DＤ]盾"
    r"|(?:已经?|被|遭).{0,14}拦截|拦截(?:提示|页面|原因)|(?:安全|防护)策略.{0,4}拦截"
    r"|(?:加入|列入|进入)了?黑名单|(?:IP|地址|账号).{0,20}(?:封禁|被封|已封|限制访问)"
    r"|人机(?:验证|识别)|滑动(?:滑块)?验证|(?:拖动|按住|滑动).{0,4}滑块|(?:请|需要?).{0,4}完成.{0,4}验证(?!码)|安全(?:验证|检查)中"
    r"|(?:点击|开始).{0,8}验证(?!码)|访问验证|输入验证码后.{0,4}(?:访问|浏览)|正在(?:进行|检查).{0,8}(?:安全|浏览器)"
    r"|访问过于频繁|请求过于频繁|您的访问(?:频率|过快)|(?:访问|请求|网络环境|行为).{0,6}(?:存在|有)(?:风险|异常|攻击|安全威胁)"
    r"|(?:没有|无)权限?(?:访问|查看)|访问被拒绝|拒绝(?:您的)?访问|禁止访问|403\s*(?:Forbidden|禁止)|云防护|WAF(?![A-Za-z])"
    r"|(?:request|access|visit)\s+(?:is|was|has been)\s+(?:blocked|denied|rejected)"
    r"|Request Rejected|Access Denied|Just a moment|Checking your browser|Web Application Firewall"
    r"|Attention Required|blocked by|Your support ID"
)

_HEADERS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("瑞数动态防护", "set-cookie", re.compile(r"FSSBBIl1UgzbN7N|[A-Za-z0-9]{8,}80[STPO]=")),
    ("加速乐防护", "set-cookie", re.compile(r"__jsl_clearance")),
    ("阿里云防护", "set-cookie", re.compile(r"acw_sc__v[23]")),
    ("Cloudflare 防护", "cf-mitigated", re.compile(r"challenge")),
    ("360 网站卫士", "server", re.compile(r"WZWS|360wzws", re.I)),
)


def script_mark(body: bytes) -> str:
    """The protection system whose challenge script the body bears; empty when none is known."""
    head = body[:HEAD_BYTES]
    for name, mark in _SCRIPTS:
        if mark.search(head):
            return name
    return ""


def header_mark(headers: Mapping[str, str]) -> str:
    """The protection system that the response headers (lower-case names) betray, on a refusal."""
    for name, key, mark in _HEADERS:
        if mark.search(headers.get(key, "")):
            return name
    return ""


def block_words(text: str) -> str:
    """The words by which a short text says that the visit was blocked; empty when it does not."""
    found = _WORDS.search(text)
    return found.group(0) if found else ""


_MAINTENANCE = re.compile(
    r"(?:系统|网站|平台|服务器|本站)(?:正在)?\S{0,6}(?:维护|升级|割接|迁移)(?:中|期间|，|。|!|！|$)|(?:维护|升级)\S{0,8}(?:暂停|无法)(?:服务|访问)"
    r"|系统繁忙|服务(?:暂时)?不可用|暂时无法访问|under maintenance|service unavailable",
    re.IGNORECASE,
)


_PROGRAM_ERROR = re.compile(
    r"VBScript\s*(?:运行时|编译器)?\s*错误|Microsoft (?:OLE DB|JET|VBScript)[^\n]{0,40}|mysqli?_\w{3,20}\(\)"
    r"|ODBC[^\n]{0,30}(?:错误|Driver)|SQLSTATE\[|ORA-\d{5}|java\.(?:lang|sql|io)\.\w{3,40}|HTTP Status 5\d\d"
    r"|Server Error in|应用程序中的服务器错误|PHP (?:Fatal|Parse) error|Fatal error:|Traceback \(most recent"
    r"|数据库(?:连接|链接)(?:失败|错误|出错)",
    re.IGNORECASE,
)


def outage(text: str) -> str:
    """Why a short text shows that the site is out of service for now, in Chinese; empty when it does not."""
    for what, words in (("网站暂停服务", _MAINTENANCE), ("网站程序出错", _PROGRAM_ERROR)):
        found = words.search(text)
        if found:
            return f"{what}（页面显示“{found.group(0)}”）"
    return ""


def decode_roughly(body: bytes) -> str:
    """The start of a body as text, good enough to look for words."""
    head = body[:HEAD_BYTES]
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(head) - 4:
            return head.decode("utf-8", "ignore")
    return head.decode("gb18030", "replace")
