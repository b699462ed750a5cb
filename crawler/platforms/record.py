"""Posts that people recorded by hand where nothing can be fetched: link, time, title, picture."""

import csv
import io
import json
import zipfile
from datetime import date, datetime, time
from itertools import islice
from typing import Any

import yaml
from openpyxl import load_workbook

from crawler.platforms.answer import Answer, SourceTrouble, interactive_by, says_gone
from crawler.platforms.times import read_instant
from domain.observation import CHINA, Post

_NAMES = {
    "url": ("url", "link", "链接", "网址", "发布链接"),
    "title": ("title", "标题"),
    "time": ("time", "date", "published", "posted_at", "发布时间", "时间", "日期", "发布日期"),
    "text": ("text", "summary", "内容", "摘要"),
    "pinned": ("pinned", "置顶", "是否置顶"),
    "picture": ("picture", "screenshot", "image", "截图", "图片"),
    "recorder": ("recorded_by", "recorder", "by", "登记人"),
}
_CHECKED = ("checked_on", "checked_at", "checked_until", "核查日期", "核查时间", "登记到")
_YES = frozenset({"1", "1.0", "true", "yes", "是"})
_WORKBOOK = b"PK\x03\x04"
MOST_ROWS = 5000
MOST_UNPACKED = 64 * 1024 * 1024


def read(body: bytes, *, now: datetime) -> Answer:
    """The posts of a record file: JSON, JSON lines, YAML, CSV or a workbook's first sheet.

    A file that names the day on which somebody last looked (核查日期) says nothing of later days.
    Raises SourceTrouble when it is unreadable or empty.
    """
    words, checked = "", None
    value = _parse(body)
    if isinstance(value, dict):
        words = str(value.get("description", "") or value.get("简介", ""))
        checked = _checked(value, now)
        if value.get("closed") is True or says_gone(words):
            return Answer(posts=(), words=words, gone=True)
        value = [value] if _value(value, "time") else value.get("posts") or value.get("items")
    if not isinstance(value, list) or not value:
        raise SourceTrouble("登记文件中没有任何记录，不能据此认定账号未更新")
    rows = list(enumerate(value[:MOST_ROWS], start=1))
    posts = tuple(_post(row, number, now) for number, row in rows)
    checked = checked or _latest_check(value, now)
    named = ((post.url, _value(row, "picture")) for post, (_, row) in zip(posts, rows, strict=True))
    return Answer(
        posts=posts,
        words=words,
        interactive=interactive_by(words),
        whole=len(value) <= MOST_ROWS,
        known_until=checked,
        pictures=tuple((url, str(picture)) for url, picture in named if picture),
    )


def _parse(body: bytes) -> Any:
    if body.startswith(_WORKBOOK):
        return _sheet(body)
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


def _sheet(body: bytes) -> list[dict[str, Any]]:
    """The rows of a workbook's first sheet under the headings of its first row."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise SourceTrouble("登记文件过大，没有解读")
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
        rows = list(islice(book.worksheets[0].iter_rows(values_only=True), MOST_ROWS + 2))
        book.close()
    except SourceTrouble:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part of the package makes it meet
        raise SourceTrouble("登记文件无法解读") from error
    heads = [str(cell or "").strip() for cell in rows[0]] if rows else []
    filled = (row for row in rows[1:] if any(str(cell or "").strip() for cell in row))
    return [dict(zip(heads, row, strict=False)) for row in filled]


def _post(row: Any, number: int, now: datetime) -> Post:
    if not isinstance(row, dict):
        raise SourceTrouble(f"登记文件第{number}条不是一条记录")
    at = read_instant(_value(row, "time"), now)
    if at is None:
        raise SourceTrouble(f"登记文件第{number}条没有可读的发布时间")
    return Post(
        url=str(_value(row, "url") or ""),
        title=str(_value(row, "title") or ""),
        posted_at=at,
        text=str(_value(row, "text") or ""),
        pinned=str(_value(row, "pinned") or "").strip().lower() in _YES,
    )


def _checked(row: dict[Any, Any], now: datetime) -> datetime | None:
    """The end of the day on which somebody looked, or the moment where one is given."""
    stated = next((row[key] for key in _CHECKED if row.get(key) not in (None, "")), None)
    if stated is None:
        return None
    at = read_instant(stated.isoformat() if isinstance(stated, date) else stated, now)
    if at is None:
        raise SourceTrouble(f"登记文件的核查日期“{stated}”无法识别，请写成 2026-06-30 的形式")
    local = at.astimezone(CHINA)
    return datetime.combine(local.date(), time.max, CHINA) if local.time() == time() else at


def _latest_check(rows: list[Any], now: datetime) -> datetime | None:
    found = [at for row in rows if isinstance(row, dict) and (at := _checked(row, now)) is not None]
    return max(found, default=None)


def _value(row: Any, name: str) -> Any:
    if not isinstance(row, dict):
        return None
    found = next((row[key] for key in _NAMES[name] if row.get(key) not in (None, "")), None)
    return found.isoformat() if isinstance(found, date) else found
