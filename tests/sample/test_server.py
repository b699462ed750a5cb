"""The city on loopback: answers, behaviours, conditional requests, and what is written beside it."""

import gzip
import http.client
import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from sample.answering import Request
from sample.city import CITY
from sample.model import Answer, Behaviour, City, Host, SampleSite
from sample.server import Running, serve
from sample.truth import ANY

SMALL = City(
    units=CITY.units[:1],
    sites=(
        SampleSite(
            id="s00",
            unit="U00",
            name="小站",
            hosts=(
                Host(
                    id="s00",
                    pages={
                        "/": Answer(body="首页 <a href='@@out@@/x'>外</a>".encode()),
                        "/big": Answer(body=b"x" * 4000),
                        "/cookie": Answer(body=b"in", behaviour=Behaviour.COOKIE),
                        "/flaky": Answer(body=b"up", behaviour=Behaviour.FAIL_FIRST),
                        "/cut": Answer(body=b"y" * 4000, behaviour=Behaviour.CUT),
                        "/drop": Answer(behaviour=Behaviour.DROP),
                        "/drip": Answer(body=b"<p>z", behaviour=Behaviour.DRIP),
                        "/flood": Answer(body=b"<p>z", behaviour=Behaviour.FLOOD),
                        "/list?id=1": Answer(body=b"one"),
                        "/中文 页": Answer(body=b"han"),
                        "/away": Answer(status=302, headers=(("Location", "@@out@@/x"),)),
                    },
                ),
            ),
        ),
    ),
    outside=(
        Host(id="out", pages={}, fallback=Answer(body=b"out")),
        Host(id="old", pages={}, moved="new"),
        Host(id="new", pages={"/list?id=1": Answer(body=b"sealed")}, secure=True),
    ),
)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with serve(SMALL, tmp_path) as city:
        yield city


def ask(
    running: Running, path: str, method: str = "GET", host: str = "s00", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    place = urlsplit(running.addresses[host])
    with closing(http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)) as line:
        line.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = line.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()


def test_tokens_become_addresses(running: Running) -> None:
    status, headers, body = ask(running, "/")
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert f"href='{running.addresses['out']}/x'" in body.decode()
    assert ask(running, "/away")[1]["location"] == running.addresses["out"] + "/x"


def test_large_bodies_are_packed_for_those_who_can(running: Running) -> None:
    _, headers, body = ask(running, "/big", Accept_Encoding="gzip")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == b"x" * 4000
    assert "content-encoding" not in ask(running, "/big")[1]


def test_head_has_no_body(running: Running) -> None:
    status, headers, body = ask(running, "/big", "HEAD")
    assert (status, headers["content-length"], body) == (200, "4000", b"")


def test_conditional_requests_get_304(running: Running) -> None:
    _, headers, _ = ask(running, "/")
    assert ask(running, "/", If_None_Match=headers["etag"])[0] == 304
    assert ask(running, "/", If_Modified_Since=headers["last-modified"])[0] == 304
    assert ask(running, "/", If_None_Match='"other"')[0] == 200


def test_unknown_addresses_are_404_and_queries_count(running: Running) -> None:
    assert ask(running, "/nowhere")[0] == 404
    assert ask(running, "/list?id=1")[2] == b"one"
    assert ask(running, "/list?id=2")[0] == 404
    assert ask(running, "/?from=menu")[0] == 200


def test_session_ids_and_escapes_do_not_matter(running: Running) -> None:
    assert ask(running, "/;jsessionid=0A1B")[0] == 200
    assert ask(running, "/list;jsessionid=0A1B?id=1")[2] == b"one"
    assert ask(running, "/%E4%B8%AD%E6%96%87%20%E9%A1%B5")[2] == b"han"


def test_cookie_is_asked_for_once(running: Running) -> None:
    status, headers, _ = ask(running, "/cookie")
    assert (status, headers["location"]) == (302, "/cookie")
    assert ask(running, "/cookie", Cookie=headers["set-cookie"].split(";")[0])[2] == b"in"


def test_flaky_page_works_at_the_second_try(running: Running) -> None:
    assert [ask(running, "/flaky")[0] for _ in range(3)] == [503, 200, 200]


def test_cut_body_is_shorter_than_announced(running: Running) -> None:
    with pytest.raises(http.client.IncompleteRead):
        ask(running, "/cut", Accept_Encoding="gzip")


def test_dropped_line_says_nothing(running: Running) -> None:
    with pytest.raises(http.client.RemoteDisconnected):
        ask(running, "/drop")


def test_a_drip_comes_byte_by_byte_and_stops_nobody_else(running: Running) -> None:
    place = urlsplit(running.addresses["s00"])
    with closing(http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)) as line:
        line.request("GET", "/drip")
        answer = line.getresponse()
        assert answer.getheader("Content-Length") is None
        assert [answer.read(1) for _ in range(3)] == [b"<", b"p", b">"]
        assert ask(running, "/big")[0] == 200
    assert ask(running, "/drip", "HEAD")[2] == b""


def test_a_flood_is_a_hundred_megabytes_that_are_never_held(running: Running) -> None:
    sizes = [len(piece) for _, piece in running.desks["s00"].reply(Request("GET", "/flood", {})).rest]
    assert sum(sizes) > 99 * 1024 * 1024
    assert max(sizes) < 1024 * 1024
    place = urlsplit(running.addresses["s00"])
    with closing(http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)) as line:
        line.request("GET", "/flood")
        answer = line.getresponse()
        assert answer.getheader("Content-Length") is None
        assert answer.read(10) == b"<p>z<p>x</"
    assert ask(running, "/big")[0] == 200


def test_a_host_that_moved_sends_on_to_one_that_speaks_tls(running: Running) -> None:
    status, headers, _ = ask(running, "/list?id=1", host="old")
    assert (status, headers["location"]) == (301, running.addresses["new"] + "/list?id=1")
    assert running.addresses["new"].startswith("https://127.0.0.1:")
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    with urlopen(headers["location"], context=trusting) as answer:
        assert answer.read() == b"sealed"
    with pytest.raises(URLError, match="CERTIFICATE_VERIFY_FAILED"):
        urlopen(headers["location"])


def test_several_requests_on_one_line(running: Running) -> None:
    place = urlsplit(running.addresses["s00"])
    with closing(http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)) as line:
        for method in ("GET", "POST", "GET"):
            line.request(method, "/", body="a=1" if method == "POST" else None)
            assert line.getresponse().read().startswith("首页".encode())


def test_nobody_answers_at_the_closed_port(running: Running) -> None:
    place = urlsplit(running.addresses["closed"])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((place.hostname or "", place.port or 0), timeout=5)


def test_pages_can_change_under_way(running: Running) -> None:
    before = ask(running, "/")[1]["etag"]
    running.change("s00", "/", Answer(body=b"new"))
    _, headers, body = ask(running, "/", If_None_Match=before)
    assert (body, headers["etag"] != before) == (b"new", True)
    running.overtake("s00", Answer(status=521))
    assert ask(running, "/big")[0] == 521
    running.overtake("s00", None)
    assert ask(running, "/big")[0] == 200
    assert running.requests() >= 4


def test_registry_of_the_whole_city_is_accepted(tmp_path: Path) -> None:
    from storage.registry.loading import load

    with serve(CITY, tmp_path) as city:
        registry = load(city.registry_path)
        lines = [json.loads(line) for line in city.truth_path.read_text("utf-8").splitlines()]
    assert [site.id for site in registry.sites] == [site.id for site in CITY.sites]
    assert [account.id for account in registry.accounts] == [account.id for account in CITY.accounts]
    assert registry.site("s15").obey_robots is False
    assert {column.unit for column in registry.site("s00").columns} == {"U12", "U31", "U32", "U33"}
    assert len(lines) == len(CITY.truths())
    assert all("@@" not in line["subject"] for line in lines)
    assert {line["subject"][:4] for line in lines if line["subject"][:4] == "http"} == {"http"}


def test_truth_keeps_to_the_schemes_in_force(tmp_path: Path) -> None:
    with serve(CITY, tmp_path, schemes=("changshu-2020", "national-2019")) as city:
        truths = city.truth()
        assert city.truth(check="media.too-few") == ()
        assert {t.target for t in city.truth(target="s13")} == {"s13"}
    assert any(t.check == "column.stale" and t.schemes == ("changshu-2020",) for t in truths)
    assert len(truths) < len(CITY.truths())
    assert ANY in {t.check for t in truths}


def test_taken_port_is_an_error(tmp_path: Path) -> None:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        line.listen()
        with pytest.raises(OSError, match="address"), serve(SMALL, tmp_path, line.getsockname()[1]):
            pass
