"""Posts recorded by hand."""

from datetime import datetime

import pytest

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
