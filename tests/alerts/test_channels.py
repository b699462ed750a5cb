"""Every channel against a real server: what arrives, what a refusal is, and that no key shows."""

import base64
import hashlib
import hmac
import json
import socket
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from alerts.channels import send
from alerts.letter import Letter, MailServer, Outlets, cut_to_bytes
from alerts.route import DINGTALK, FEISHU, OTHER, WEBHOOK, WECOM, RouteError, mail_route, route_of
from tests.alerts.receivers import http_desk, mailbox

AT = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)
LETTER = Letter(
    subject="政务公开监测：某某局（新发现1项）", text="某某局：\n1. 栏目未更新", fingerprint="ab" * 32
)
KEY = "693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa"


def outlets(address: str) -> Outlets:
    return Outlets(wecom=address, dingtalk=address, feishu=address)


def test_wecom_gets_markdown_and_zero_is_success() -> None:
    with http_desk() as desk:
        answer = send(route_of(f"wecombot://{KEY}"), LETTER, outlets(desk.address), AT)
        path, _, body = desk.got[0]
    assert answer.ok
    assert urlsplit(path).path == "/cgi-bin/webhook/send"
    assert parse_qs(urlsplit(path).query) == {"key": [KEY]}
    assert body["msgtype"] == "markdown"
    assert "栏目未更新" in body["markdown"]["content"]


@pytest.mark.parametrize(
    ("channel", "refusal", "again"),
    [
        ("wecombot", {"errcode": 93000, "errmsg": f"invalid webhook url {KEY}"}, False),
        ("wecombot", {"errcode": 45009, "errmsg": "api freq out of limit"}, True),
        ("dingtalk", {"errcode": 310000, "errmsg": "sign not match"}, False),
        ("dingtalk", {"errcode": 130101, "errmsg": "send too fast"}, True),
        ("feishu", {"code": 19021, "msg": "sign match fail"}, False),
        ("feishu", {"code": 11232, "msg": "frequency limited"}, True),
        ("feishu", {"nothing": "known"}, True),
    ],
)
def test_a_refusal_with_http_200_is_a_refusal(channel: str, refusal: dict, again: bool) -> None:
    with http_desk() as desk:
        desk.answer(200, **refusal)
        answer = send(route_of(f"{channel}://{KEY}"), LETTER, outlets(desk.address), AT)
    assert (answer.ok, answer.again) == (False, again)
    assert KEY not in answer.words


def test_dingtalk_signs_as_the_platform_asks() -> None:
    with http_desk() as desk:
        answer = send(route_of(f"dingtalk://SECxyz@{KEY}"), LETTER, outlets(desk.address), AT)
        asked = parse_qs(urlsplit(desk.got[0][0]).query)
    assert answer.ok
    moment = str(int(AT.timestamp() * 1000))
    wanted = hmac.new(b"SECxyz", f"{moment}\nSECxyz".encode(), hashlib.sha256).digest()
    assert asked == {
        "access_token": [KEY],
        "timestamp": [moment],
        "sign": [base64.b64encode(wanted).decode()],
    }


def test_feishu_signs_in_the_body() -> None:
    with http_desk() as desk:
        answer = send(route_of(f"feishu://{KEY}?secret=abc"), LETTER, outlets(desk.address), AT)
        path, _, body = desk.got[0]
    assert answer.ok
    assert path == f"/open-apis/bot/v2/hook/{KEY}"
    moment = str(int(AT.timestamp()))
    wanted = hmac.new(f"{moment}\nabc".encode(), b"", hashlib.sha256).digest()
    assert (body["timestamp"], body["sign"]) == (moment, base64.b64encode(wanted).decode())


def test_a_webhook_gets_json_signed_with_the_secret_of_its_address() -> None:
    with http_desk() as desk:
        place = desk.address.removeprefix("http://")
        route = route_of(f"http://:geheim@{place}/hook")
        answer = send(route, LETTER, Outlets(), AT)
        path, headers, body = desk.got[0]
    assert answer.ok
    assert "geheim" not in route.shown + repr(route)
    assert path == "/hook"
    assert body["fingerprint"] == LETTER.fingerprint
    assert headers["x-govwatch-signature"].startswith("sha256=")
    assert "authorization" not in headers


@pytest.mark.parametrize(
    ("body", "ok"),
    [
        ({}, True), ({"code": 0}, True), ({"code": 200, "msg": "ok"}, True), ({"errcode": "0"}, True),
        ({"success": True, "error": None}, True), ({"status": "accepted"}, True),
        ({"success": False, "msg": "签名错误"}, False), ({"errcode": 40035}, False), ({"code": 500}, False),
        ({"ok": False}, False), ({"error": "unknown receiver"}, False), ({"errCode": "-1"}, False),
    ],
)  # fmt: skip
def test_a_webhook_that_refuses_with_http_200_refuses(body: dict, ok: bool) -> None:
    with http_desk() as desk:
        desk.body = json.dumps(body).encode()
        answer = send(route_of(f"{desk.address}/hook"), LETTER, Outlets(), AT)
    assert (answer.ok, answer.again) == (ok, not ok)
    assert ok or "对方没有接收" in answer.words


@pytest.mark.parametrize(("status", "again"), [(400, False), (404, False), (429, True), (503, True)])
def test_http_errors_pass_or_do_not(status: int, again: bool) -> None:
    with http_desk() as desk:
        desk.answer(status, error="no")
        answer = send(route_of(f"{desk.address}/hook"), LETTER, Outlets(), AT)
    assert (answer.ok, answer.again) == (False, again)
    assert str(status) in answer.words


def test_a_dead_server_is_tried_again_and_the_key_does_not_show() -> None:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{line.getsockname()[1]}"
        answer = send(route_of(f"wecombot://{KEY}"), LETTER, outlets(address), AT)
    assert (answer.ok, answer.again) == (False, True)
    assert KEY not in answer.words


def test_a_mail_arrives_whole() -> None:
    with mailbox() as box:
        server = MailServer(host="127.0.0.1", port=box.port, sender="监测 <watch@city.example>")
        answer = send(mail_route("li@unit.example"), LETTER, Outlets(mail=server), AT)
        assert answer.ok, answer.words
        mail = box.mails[0]
    assert box.recipients == ["li@unit.example"]
    assert mail["Subject"] == LETTER.subject
    assert "栏目未更新" in mail.get_content()
    assert mail["Message-ID"] == f"<{LETTER.fingerprint[:40]}@city.example>"


@pytest.mark.parametrize(("refusal", "again"), [("550 no such user", False), ("451 greylisted", True)])
def test_a_refused_recipient(refusal: str, again: bool) -> None:
    with mailbox() as box:
        box.refuse = refusal
        server = MailServer(host="127.0.0.1", port=box.port, sender="watch@city.example")
        answer = send(mail_route("li@unit.example"), LETTER, Outlets(mail=server), AT)
    assert (answer.ok, answer.again) == (False, again)
    assert refusal[:3] in answer.words


def test_without_a_mail_server_it_says_so_and_a_header_cannot_be_smuggled() -> None:
    assert "GOVWATCH_SMTP_HOST" in send(mail_route("li@unit.example"), LETTER, Outlets(), AT).words
    server = MailServer(host="127.0.0.1", port=1, sender="watch@city.example")
    answer = send(mail_route("li@unit.example\nBcc: x@y.z"), LETTER, Outlets(mail=server), AT)
    assert (answer.ok, answer.again) == (False, False)


@pytest.mark.parametrize(
    ("channel", "kind", "address", "secret"),
    [
        (f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}", WECOM, KEY, ""),
        (f"https://oapi.dingtalk.com/robot/send?access_token={KEY}&secret=S", DINGTALK, KEY, "S"),
        (f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}", FEISHU, KEY, ""),
        ("jsons://host.example/x", WEBHOOK, "https://host.example/x", ""),
        ("tgram://bot/chat", OTHER, "tgram://bot/chat", ""),
    ],
)
def test_addresses_as_platforms_and_apprise_write_them(
    channel: str, kind: str, address: str, secret: str
) -> None:
    route = route_of(channel)
    assert (route.channel, route.address, route.secret) == (kind, address, secret)
    assert KEY not in route.shown
    assert KEY not in repr(route)


@pytest.mark.parametrize("channel", ["", "nonsense", "wecombot://", "http://[", "https:///x"])
def test_a_wrong_address_is_refused_in_words(channel: str) -> None:
    with pytest.raises(RouteError, match=r"渠道|地址"):
        route_of(channel)


def test_long_texts_are_cut_at_a_line() -> None:
    text = "\n".join(f"第{number}行" for number in range(1000))
    short = cut_to_bytes(text, 300)
    assert len(short.encode()) <= 300
    assert short.endswith("请登录系统查看）")
    assert cut_to_bytes("短", 300) == "短"
