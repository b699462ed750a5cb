"""The list service of the JCMS site: what its form gets, and what nothing else gets."""

import re
from urllib.parse import urlencode

import pytest

from sample.answering import Desk, Request
from sample.grouped import PROXY
from sample.sites.s15 import SITE
from tests.sample.conftest import ADDRESSES


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(SITE.hosts[0], ADDRESSES)


def asked(desk: Desk, column: str, first: int, last: int, method: str = "POST") -> str:
    form = urlencode({"columnid": column, "unitid": f"1{column}", "webname": "云溪市财政局"}).encode()
    target = f"{PROXY}?startrecord={first}&endrecord={last}&perpage=3"
    return desk.reply(Request(method, target, {}, form if method == "POST" else b"")).payload.decode()


def columns() -> dict[str, str]:
    """The number of each column whose page names the service, with its page."""
    pages = [answer.body.decode() for answer in SITE.hosts[0].pages.values() if PROXY.encode() in answer.body]
    return {found[1]: text for text in pages if (found := re.search(r"columnid: (\d+)", text))}


def test_two_lists_leave_records_to_the_service(desk: Desk) -> None:
    left = sorted(text.count("<record>") for text in columns().values())
    assert left == [0, 3]


def test_the_form_gets_the_records_asked_for(desk: Desk) -> None:
    for column, page in columns().items():
        total = int(re.search(r"totalRecord: (\d+)", page)[1])  # type: ignore[index]
        told = asked(desk, column, 1, total)
        assert "200 OK" in told
        assert told.count("<record>") == total > 3
        for address in re.findall(r'href="([^"]+)"', told):
            assert address in SITE.hosts[0].pages
        assert asked(desk, column, total, total).count("<record>") == 1


def test_nobody_else_is_told(desk: Desk) -> None:
    column = next(iter(columns()))
    assert "404" in asked(desk, column, 1, 3, "GET").splitlines()[0]
    assert "404" in asked(desk, "99999", 1, 3).splitlines()[0]
