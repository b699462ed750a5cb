"""Cookies cost nobody a request."""

import socket

import pytest
from scrapy import Request
from scrapy.downloadermiddlewares import cookies
from scrapy.http import Response

from crawler.middlewares.cookies import SparingCookies


def no_network(*_: object, **__: object) -> None:
    raise AssertionError("asked the network")


def test_a_cookie_of_a_host_is_kept_and_sent_without_asking_the_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket.socket, "connect", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    assert cookies._split_domain.suffix_list_urls == ()
    middleware = SparingCookies()
    first = Request("http://www.yunxi.gov.cn/", meta={"cookiejar": "s01"})
    answer = Response(first.url, headers={"Set-Cookie": "visit=1; Domain=yunxi.gov.cn; Path=/"})
    assert middleware.process_response(first, answer) is answer
    again = Request("http://zwgk.yunxi.gov.cn/", meta={"cookiejar": "s01"})
    middleware.process_request(again)
    assert again.headers["Cookie"] == b"visit=1"
    other = Request("http://zwgk.yunxi.gov.cn/", meta={"cookiejar": "s02"})
    middleware.process_request(other)
    assert "Cookie" not in other.headers


def test_no_cookie_is_taken_for_a_whole_public_domain() -> None:
    middleware = SparingCookies()
    first = Request("http://www.yunxi.gov.cn/", meta={"cookiejar": "s01"})
    middleware.process_response(first, Response(first.url, headers={"Set-Cookie": "a=1; Domain=gov.cn"}))
    other = Request("http://www.linxi.gov.cn/", meta={"cookiejar": "s01"})
    middleware.process_request(other)
    assert "Cookie" not in other.headers
