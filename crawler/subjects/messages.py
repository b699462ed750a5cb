"""Public messages (留言): when asked, and whether an answer is shown, by lists and by their own pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawler.subjects.labels import plain, values
from domain.page import Grid, Item, Page

_DATE = re.compile(r"(?<!\d)(20\d\d)\s*[-年/.]\s*([01]?\d)\s*[-月/.]\s*([0-3]?\d)(?!\d)")
_UNANSWERED = re.compile(
    r"未(?:回复|答复|办结|处理|回应|办理|回)|待(?:回复|答复|办理|处理|受理|审核|办)|(?:处理|办理|受理|审核|转办|交办|答复)中|暂(?:未|无)(?:回复|答复)"
    r"|尚未(?:回复|答复|办结)|^(?:已受理|已转办|已交办|已提交|等待回复)$"
)
_ANSWERED = re.compile(
    r"已(?:公开)?(?:回复|答复|办结|办理|处理|解决|反馈|回应|回|答|完结|完成|采纳|办)|办结|(?:回复|答复|办结|办理|处理)完[成毕]|[查点]看(?:回复|答复)"
)
_ASKED_LABEL = re.compile(
    r"(?:留言|来信|咨询|提交|写信|提问|投诉|信件|登记|诉求|反映|发信|受理|申请|创建|发布)(?:提交)?(?:时间|日期)"
)
_ANSWER = r"(?:回复|答复|处理|办理|反馈|回应|办结)(?:的)?(?:内容|意见|结果|情况|正文|信息)"
_ANSWER_LABEL = re.compile(
    rf"(?<![\u4e00-\u9fff,。?!]){_ANSWER}|{_ANSWER}(?=\s*:)|官方回复|单位回复|部门回复"
    r"|回复(?=\s*:)|答复(?=\s*:)|答(?=\s*:)|(?<![^\n])(?:回复|答复)(?=[ \t]*\n)"
)
"""What stands before an answer; in the middle of a sentence it is the question's own words."""
_ANSWERED_AT = re.compile(r"(?:回复|答复|办结|反馈|处理)(?:时间|日期)")
_STATE_LABEL = re.compile(r"(?:办理|处理|回复|答复|信件|当前|留言)?状态")
_STOP = re.compile(
    r"(?:留言|来信|信件|咨询|提问|诉求|反映)(?:标题|主题|内容|人|时间|日期|编号|类型)|(?:回复|答复|处理|办理|反馈|办结)(?:单位|部门|人|时间|日期|内容|意见|结果|情况)"
    r"|(?:办理|处理|回复|信件|当前)?状态|满意度|评价|上一[篇条]|下一[篇条]|打印|关闭"
)
_NO_ANSWER = re.compile(r"^(?:暂无|暂未|无|未|待|尚未|正在|处理中|办理中|-+|/)")
_HEADERS = {
    "asked": re.compile(r"(?:留言|来信|咨询|提交|写信|提问|信件|受理|发布|登记)?(?:时间|日期)$"),
    "answered_at": _ANSWERED_AT,
    "state": re.compile(r"状态|是否(?:回复|答复|办结)|(?:回复|办理|处理)情况"),
}
LONGEST_STATE = 12
FAR = 120
"""So many characters after its title a message's state may stand in a list that is not a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMessage:
    """A message as a list shows it; None where the list does not say."""

    title: str
    url: str
    asked_on: date | None = None
    answered: bool | None = None


def listed_messages(page: Page) -> tuple[ListedMessage, ...]:
    """The messages of a list page, with the date and state that stand beside each title."""
    rows = dict(_table_rows(page.tables))
    text = plain(page.text)
    titles = [plain(item.title) for item in page.items]
    states_first = _state_stands_before(titles, text)
    return tuple(_listed(item, rows, text, titles, states_first) for item in page.items)


def message_of(page: Page) -> ListedMessage:
    """A message's own page: its date and whether it shows an answer."""
    text = plain(page.text)
    asked = _first_date(values(text, _ASKED_LABEL, _STOP, reach=40))
    return ListedMessage(title=page.title, url=page.url, asked_on=asked, answered=_shows_answer(text))


def _listed(
    item: Item,
    rows: dict[str, tuple[date | None, bool | None, bool]],
    text: str,
    titles: list[str],
    states_first: bool,
) -> ListedMessage:
    """A message of the list. Words after its title tell its state where no column and no line before does."""
    title = plain(item.title)
    asked, answered, in_column = rows.get(_key(title), (None, None, False))
    if answered is None and not in_column:
        above, line = _lines_of(title, text)
        answered = _state(_bare(line))
        if answered is None:
            answered = _state(above if states_first else _beside(title, text, titles))
    return ListedMessage(title=item.title, url=item.url, asked_on=asked or item.day, answered=answered)


def _lines_of(title: str, text: str) -> tuple[str, str]:
    """The line above that in which a title stands, and that line without the title."""
    at = text.find(title) if title else -1
    if at < 0:
        return "", ""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    above = text[:start].rstrip().rpartition("\n")[2]
    return above, text[start:at] + text[at + len(title) : end if end >= 0 else len(text)]


def _bare(line: str) -> str:
    """A line without dates, clocks and brackets."""
    return re.sub(r"[\[\]【】()<>|·]|\d{1,2}:\d\d(?::\d\d)?|日(?=\s|$)", " ", _DATE.sub(" ", line)).strip()


def _state_stands_before(titles: list[str], text: str) -> bool:
    """Whether the line above the first title is a state: then what follows a title is the next one's."""
    first = min((title for title in titles if title in text), key=text.find, default="")
    above = _lines_of(first, text)[0]
    return len(above) <= LONGEST_STATE and _state(above) is not None


def _beside(title: str, text: str, titles: list[str]) -> str:
    """The words between a title and the next one of the list."""
    at = text.find(title)
    if at < 0 or not title:
        return ""
    rest = text[at + len(title) : at + len(title) + FAR]
    ends = [rest.find(other) for other in titles if other and other != title]
    end = min((place for place in ends if place >= 0), default=len(rest))
    return rest[:end]


def _table_rows(grids: tuple[Grid, ...]) -> Iterator[tuple[str, tuple[date | None, bool | None, bool]]]:
    """Of each row of a table whose header names a state or a date: its cells' key, date and state.

    Last whether a column tells the state.
    """
    for grid in grids:
        if not grid:
            continue
        header = [plain(cell).strip() for cell in grid[0]]
        places = {
            name: next((i for i, cell in enumerate(header) if pattern.search(cell)), None)
            for name, pattern in _HEADERS.items()
        }
        if places["asked"] == places["answered_at"]:
            places["asked"] = None
        in_column = places["state"] is not None or places["answered_at"] is not None
        replied = any(_day(_at(row, places["answered_at"])) for row in grid[1:])
        for row in grid[1:]:
            asked = _day(_at(row, places["asked"]))
            answered = _state(_at(row, places["state"]))
            if answered is None and replied:
                answered = _day(_at(row, places["answered_at"])) is not None
            for cell in row:
                if len(cell) > 3 and not _DATE.search(cell):
                    yield _key(plain(cell)), (asked, answered, in_column)


def _at(row: tuple[str, ...], place: int | None) -> str:
    return plain(row[place]).strip() if place is not None and place < len(row) else ""


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _state(words: str) -> bool | None:
    if _UNANSWERED.search(words.strip()):
        return False
    return True if _ANSWERED.search(words) else None


def _shows_answer(text: str) -> bool | None:
    """Whether an answer stands on the page; None where nothing speaks of one."""
    answers = list(values(text, _ANSWER_LABEL, _STOP, reach=200))
    if any(len(answer) >= 4 and not _NO_ANSWER.match(answer) for answer in answers):
        return True
    if _first_date(values(text, _ANSWERED_AT, _STOP, reach=40)):
        return True
    states = [_state(value) for value in values(text, _STATE_LABEL, _STOP, reach=20)]
    known = [state for state in states if state is not None]
    if known:
        return known[0]
    said = any(_UNANSWERED.search(line) for line in text[-FAR:].split("\n") if len(line) <= LONGEST_STATE)
    return False if answers or said else None


def _first_date(told: Iterator[str]) -> date | None:
    return next((day for day in map(_day, told) if day is not None), None)


def _day(text: str) -> date | None:
    match = _DATE.search(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
