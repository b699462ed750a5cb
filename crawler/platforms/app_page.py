"""The download page of an app (客户端): whether it can be had, which version, of which day.

A page in a shop, the unit's own download page, or a shop's look-up answer in JSON. The version's day is
not when something was last published in the app: nothing is concluded about that.
"""

import json
import re
from datetime import datetime

from crawler.platforms.answer import Answer, SourceTrouble, interactive_by, says_gone
from crawler.platforms.markup import plain_text
from crawler.platforms.times import read_instant
from domain.observation import CHINA

MOST_READ = 2 * 1024 * 1024

NO_POSTS = "下载页只说明客户端能否下载和版本日期，不能说明客户端内信息的更新"

_OFF = re.compile(
    r"(该|此|本)?(应用|软件|客户端|APP|App)[^。；\n]{0,8}(已(被|经)?(下架|下线|停止(服务|运营|下载|更新))|不存在|暂停下载)"
    r"|很抱歉[^。\n]{0,12}(应用|软件)[^。\n]{0,6}(不存在|下架)"
    r"|(暂无|没有找到)(该|此|相关)?(应用|软件)"
)
_FILE = re.compile(
    r"(?i)https?://[^\s\"'<>]{1,500}\.(?:apk|ipa|hap)\b|itms-apps://|itms-services://|market://details"
    r"|apps\.apple\.com/|appgallery\.huawei\.com/|(?:href|data-url)=[\"'][^\"']{1,500}\.apk"
)
_OFFER = re.compile(
    r"(立即|安全|免费|普通|高速|本地|点击|扫码|马上)?(下载|安装)(APP|App|客户端|安装包|到手机)?"
)
_VERSION = re.compile(r"(?:版本(?:号)?|Version|V)\s*[:：]?\s*[vV]?(\d{1,4}(?:\.\d{1,6}){1,4})")
_DAY = re.compile(
    r"(?:更新(?:时间|日期|于)?|发布(?:时间|日期)|上架时间)\s*[:：]?\s*"
    r"(\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2})"
)


def read(body: bytes, *, now: datetime) -> Answer:
    """What the page says of the app. Raises SourceTrouble when it neither offers it nor says it is gone."""
    text = _decoded(body[:MOST_READ])
    if text.lstrip()[:1] in ("{", "["):
        return _look_up(text, now)
    words = plain_text(text)
    if _FILE.search(text) is None and (_OFF.search(words) or says_gone(words)):
        return Answer(posts=(), words=_shown(words, now), gone=True)
    if _FILE.search(text) is None and not (_OFFER.search(words) and _VERSION.search(words)):
        raise SourceTrouble("下载页上看不出客户端能否下载，可能由脚本生成或不是下载页")
    return Answer(posts=(), words=_shown(words, now), interactive=interactive_by(words), lacking=NO_POSTS)


def _look_up(text: str, now: datetime) -> Answer:
    """A shop's look-up: how many such apps there are, and the version of the one."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceTrouble("下载页返回的内容无法解读") from error
    rows = value.get("results") if isinstance(value, dict) else None
    count = value.get("resultCount") if isinstance(value, dict) else None
    if not isinstance(rows, list) or not isinstance(count, int):
        raise SourceTrouble("下载页返回的内容无法解读")
    if count == 0 and not rows:
        return Answer(posts=(), words="应用商店查不到这个客户端", gone=True)
    row = rows[0] if rows and isinstance(rows[0], dict) else {}
    at = read_instant(row.get("currentVersionReleaseDate"), now)
    day = f"，{at.astimezone(CHINA).date().isoformat()}更新" if at else ""
    words = f"{row.get('trackName', '')} 版本{row.get('version', '不详')}{day}"
    return Answer(posts=(), words=words, lacking=NO_POSTS)


def _shown(words: str, now: datetime) -> str:
    """Version and day as the page states them, then the opening of its words."""
    version, day = _VERSION.search(words), _DAY.search(words)
    at = read_instant(day[1].replace(" ", ""), now) if day else None
    facts = [f"版本{version[1]}"] if version else []
    facts += [f"{at.astimezone(CHINA).date().isoformat()}更新"] if at else []
    return "\n".join(filter(None, ("，".join(facts), words[:2000])))


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("gb18030", errors="replace")
