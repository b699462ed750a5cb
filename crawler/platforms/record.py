"""Posts that people recorded by hand where nothing can be fetched: link, time, title, picture."""

import csv
import io
import json
from datetime import date, datetime
from typing import Any

import yaml

from crawler.platforms.answer import GONE, Answer, SourceTrouble, interactive_by
from crawler.platforms.times import read_instant
from domain.observation import Post

_NAMES = {
    "url": ("url", "link", "链接", "网址"),
    "title": ("title", "标题"),
    "time": ("time", "date", "published", "posted_at", "发布时间", "时间", "日期"),
    "text": ("text", "summary", "内容", "摘要"),
    "pinned": ("pinned", "置顶"),
}
MOST_ROWS = 5000


def read(body: bytes, *, now: datetime) -> Answer:
    """The posts of a record file: JSON, JSON lines, YAML or CSV. Raises SourceTrouble when unreadable."""
    words = ""
    value = _parse(body)
    if isinstance(value, dict):
        words = str(value.get("description", "") or value.get("简介", ""))
        if value.get("closed") is True or GONE.search(words):
            return Answer(posts=(), words=words, gone=True)
        value = [value] if _value(value, "time") else value.get("posts") or value.get("items")
    if not isinstance(value, list) or not value:
        raise SourceTrouble("登记文件中没有任何记录，不能据此认定账号未更新")
    posts = tuple(_post(row, number, now) for number, row in enumerate(value[:MOST_ROWS], start=1))
    return Answer(posts=posts, words=words, interactive=interactive_by(words), whole=True)


def _parse(body: bytes) -> Any:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("gb18030", errors="replace")
    head = text.lstrip()[:1]
    try:
        if head in ("{", "["):
            try:
                return json.loads(text)
            except ValueError:
                return [json.loads(line) for line in text.splitlines() if line.strip()]
        first = text.lstrip().partition("\n")[0]
        if "," in first and ":" not in first.partition(",")[0]:
            return list(csv.DictReader(io.StringIO(text)))
        if text.count("&") > 1000 or text.count("*") > 100_000:
            raise SourceTrouble("登记文件无法解读")
        return yaml.safe_load(text)
    except (ValueError, RecursionError, yaml.YAMLError, csv.Error) as error:
        raise SourceTrouble("登记文件无法解读") from error


def _post(row: Any, number: int, now: datetime) -> Post:
    if not isinstance(row, dict):
        raise SourceTrouble(f"登记文件第{number}条不是一条记录")
    at = read_instant(_value(row, "time"), now)
    if at is None:
        raise SourceTrouble(f"登记文件第{number}条没有可读的发布时间")
    pinned = str(_value(row, "pinned") or "").strip().lower() in {"1", "true", "yes", "是"}
    return Post(
        url=str(_value(row, "url") or ""),
        title=str(_value(row, "title") or ""),
        posted_at=at,
        text=str(_value(row, "text") or ""),
        pinned=pinned,
    )


def _value(row: dict[Any, Any], name: str) -> Any:
    found = next((row[key] for key in _NAMES[name] if row.get(key) not in (None, "")), None)
    return found.isoformat() if isinstance(found, date) else found
