"""Download pages of apps."""

import json
from datetime import datetime

import pytest

from crawler.platforms.answer import SourceTrouble
from crawler.platforms.app_page import read
from domain.observation import CHINA

NOW = datetime(2026, 6, 30, 2, 0, tzinfo=CHINA)


def test_page_of_a_shop() -> None:
    page = (
        "<html><body><h1>云溪通</h1><p>版本：V3.2.1</p><p>更新时间：2026年05月12日</p>"
        "<a href='https://dl.test/yxt_3.2.1.apk'>立即下载</a></body></html>"
    )
    answer = read(page.encode(), now=NOW)
    assert not answer.gone
    assert answer.words.startswith("版本3.2.1，2026-05-12更新")
    assert answer.lacking
    assert not answer.posts


def test_look_up_of_a_shop() -> None:
    row = {"trackName": "云溪通", "version": "3.2.1", "currentVersionReleaseDate": "2026-05-12T08:00:00Z"}
    body = json.dumps({"resultCount": 1, "results": [row]}).encode()
    assert "2026-05-12更新" in read(body, now=NOW).words
    assert read(b'{"resultCount": 0, "results": []}', now=NOW).gone


@pytest.mark.parametrize(
    "words", ["该应用已下架", "很抱歉，您访问的应用不存在", "本客户端已停止服务，请使用小程序", "暂无该应用"]
)
def test_app_that_is_gone(words: str) -> None:
    assert read(f"<html><body><p>{words}</p></body></html>".encode(), now=NOW).gone


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><div id='app'></div><script src='/a.js'></script></body></html>",
        "<html><body>云溪市人民政府</body></html>",
        "{",
        '{"ok": 1}',
    ],
)
def test_what_shows_nothing_is_trouble(page: str) -> None:
    with pytest.raises(SourceTrouble):
        read(page.encode(), now=NOW)


def test_notice_of_an_old_version_does_not_close_the_app() -> None:
    page = "<p>旧版客户端已停止服务，请下载新版</p><a href='https://dl.test/new.apk'>下载</a>"
    assert not read(page.encode(), now=NOW).gone
