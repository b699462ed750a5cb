"""Weibo's mobile JSON."""

import json
from datetime import datetime
from typing import Any

import pytest

from crawler.platforms.answer import SourceTrouble
from crawler.platforms.weibo import read
from domain.observation import CHINA

NOW = datetime(2026, 6, 30, 2, 0, tzinfo=CHINA)


def answer(*blogs: dict[str, Any], **more: Any) -> bytes:
    cards = [{"card_type": 9, "mblog": blog} for blog in blogs]
    return json.dumps({"ok": 1, "data": {"cards": cards, **more}}).encode()


def blog(when: str, **more: Any) -> dict[str, Any]:
    return {"bid": "Abc", "created_at": when, "text": "<a href='x'>#云溪#</a> 今日天气", **more}


def test_posts_and_pins() -> None:
    body = answer(
        blog("Tue Jan 06 10:00:00 +0800 2026", isTop=1),
        blog("Tue Jun 16 10:00:00 +0800 2026"),
        blog("06-20", mblogtype=2),
        blog("昨天 08:00", title={"text": "置顶"}),
    )
    posts = read(body, now=NOW).posts
    assert [post.pinned for post in posts] == [True, False, True, True]
    assert posts[1].posted_at == datetime(2026, 6, 16, 10, 0, tzinfo=CHINA)
    assert posts[1].text == "#云溪# 今日天气"


def test_deleted_posts_do_not_count() -> None:
    assert len(read(answer(blog("06-20", deleted=1), blog("06-12")), now=NOW).posts) == 1


def test_grouped_cards_are_read() -> None:
    body = json.dumps({"ok": 1, "data": {"cards": [{"card_group": [{"mblog": blog("06-12")}]}]}}).encode()
    assert len(read(body, now=NOW).posts) == 1


@pytest.mark.parametrize(
    "body",
    [
        b'{"ok": 0, "msg": "\\u8fd9\\u91cc\\u8fd8\\u6ca1\\u6709\\u5185\\u5bb9", "data": {"cards": []}}',
        b'{"ok": -100, "url": "https://passport.weibo.com"}',
        b'{"ok": 1, "data": {"cards": []}}',
        b"<html></html>",
        b"[]",
        answer({"bid": "x", "text": "", "created_at": "?"}),
    ],
)
def test_what_proves_nothing_is_trouble(body: bytes) -> None:
    with pytest.raises(SourceTrouble):
        read(body, now=NOW)


def test_closed_account() -> None:
    assert read('{"ok": 0, "msg": "该账号已被注销"}'.encode(), now=NOW).gone
