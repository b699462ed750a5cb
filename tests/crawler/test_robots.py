"""robots.txt: read kindly where a server says nothing, obeyed where it speaks."""

import pytest

from crawler.robots import Known, RobotsBook, origin_of, read_rules

TEXT = b"User-agent: *\nDisallow: /admin/\nCrawl-delay: 3\n\nUser-agent: govwatch\nDisallow: /secret/\n"


def test_rules_for_this_crawler_go_before_those_for_all() -> None:
    rules = read_rules(200, TEXT, {"content-type": "text/plain"})
    assert not rules.allows("http://a.gov.cn/secret/x.html")
    assert rules.allows("http://a.gov.cn/admin/x.html")


def test_rules_for_all_are_obeyed() -> None:
    rules = read_rules(200, b"User-agent: *\nDisallow: /\n", {})
    assert not rules.allows("http://a.gov.cn/")


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (404, b"User-agent: *\nDisallow: /", "text/plain"),
        (503, b"User-agent: *\nDisallow: /", "text/plain"),
        (0, b"", ""),
        (200, b"<html>User-agent: *\nDisallow: /</html>", ""),
        (200, b"User-agent: *\nDisallow: /", "text/html"),
        (200, b"", "text/plain"),
        (200, b"\xff\xfe\x00 nonsense", "text/plain"),
    ],
)
def test_what_is_no_robots_file_forbids_nothing(status: int, body: bytes, kind: str) -> None:
    assert read_rules(status, body, {"content-type": kind}).allows("http://a.gov.cn/x")


def test_a_pause_is_followed_up_to_a_bound() -> None:
    assert read_rules(200, b"User-agent: *\nCrawl-delay: 3", {}).delay == 3
    assert read_rules(200, b"User-agent: *\nCrawl-delay: 9999", {}).delay == 10
    assert read_rules(200, b"", {}).delay == 0


def test_the_book_knows_which_hosts_it_asked() -> None:
    book = RobotsBook()
    origin = origin_of("http://A.gov.cn:81/x?y#z")
    assert origin == "http://a.gov.cn:81"
    assert book.state(origin) is Known.NOT_ASKED
    assert book.ask(origin) == "http://a.gov.cn:81/robots.txt"
    assert book.state(origin) is Known.ASKED
    assert book.allows("http://a.gov.cn:81/secret/")
    book.learn(origin, read_rules(200, TEXT, {}))
    assert book.state(origin) is Known.KNOWN
    assert not book.allows("http://a.gov.cn:81/secret/")
    assert book.delay("http://other.gov.cn") == 0
