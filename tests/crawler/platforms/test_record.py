"""Posts recorded by hand."""

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from crawler.platforms.answer import SourceTrouble
from crawler.platforms.record import read
from domain.observation import CHINA

NOW = datetime(2026, 6, 30, 2, 0, tzinfo=CHINA)


@pytest.mark.parametrize(
    "body",
    [
        '[{"title": "义诊", "link": "http://a.test/1", "time": "2026-06-12 09:00"}]',
        '{"title": "义诊", "link": "http://a.test/1", "time": "2026-06-12 09:00"}\n',
        "posts:\n  - {title: 义诊, link: 'http://a.test/1', time: 2026-06-12 09:00:00}\n",
        "标题,链接,发布时间\n义诊,http://a.test/1,2026-06-12 09:00\n",
        "- {title: 义诊, link: 'http://a.test/1', time: '2026-06-12 09:00'}\n",
    ],
)
def test_every_form_gives_the_same_post(body: str) -> None:
    (post,) = read(body.encode(), now=NOW).posts
    assert (post.title, post.url) == ("义诊", "http://a.test/1")
    assert post.posted_at == datetime(2026, 6, 12, 9, 0, tzinfo=CHINA)


def test_gb18030_csv() -> None:
    body = "标题,链接,时间\n义诊,http://a.test/1,2026-06-12\n".encode("gb18030")
    assert read(body, now=NOW).posts[0].title == "义诊"


@pytest.mark.parametrize("body", ["", "[]", "posts: []", "title,time\n义诊,某日\n", "- 1\n", "a: [", "42"])
def test_unreadable_is_trouble(body: str) -> None:
    with pytest.raises(SourceTrouble):
        read(body.encode(), now=NOW)


def test_closed() -> None:
    assert read(b"closed: true\nposts: []\n", now=NOW).gone


def test_workbook_with_pictures_and_the_day_of_the_last_look() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["链接", "标题", "发布时间", "截图", "登记人", "核查日期"])
    sheet.append(
        ["http://a.test/1", "义诊", datetime(2026, 6, 12, 9, 0), "a1.png", "张三", date(2026, 6, 20)]  # noqa: DTZ001
    )
    sheet.append([None] * 6)
    file = io.BytesIO()
    book.save(file)
    answer = read(file.getvalue(), now=NOW)
    assert [(post.title, post.posted_at.day) for post in answer.posts] == [("义诊", 12)]
    assert answer.pictures == (("http://a.test/1", "a1.png"),)
    assert answer.known_until == datetime(2026, 6, 20, 23, 59, 59, 999999, tzinfo=CHINA)
    with pytest.raises(SourceTrouble):
        read(file.getvalue()[:200], now=NOW)


def test_last_look_of_a_whole_file() -> None:
    rows = "posts:\n  - {title: 义诊, url: 'http://a.test/1', time: 2026-06-12}\n"
    assert read(rows.encode(), now=NOW).known_until is None
    looked = read(f"checked_on: 2026-06-28\n{rows}".encode(), now=NOW).known_until
    assert looked is not None
    assert looked.date() == date(2026, 6, 28)
    with pytest.raises(SourceTrouble, match="核查日期"):
        read(f"checked_on: 近日\n{rows}".encode(), now=NOW)
