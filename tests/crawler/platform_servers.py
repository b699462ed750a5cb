"""Platforms on loopback with the shapes of their real answers: WeChat's interface, Weibo's mobile site."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SECRET = "a1b2c3d4e5f60718293a4b5c6d7e8f90"
APP_ID = "wx0123456789abcdef"


@dataclass
class Wechat:
    """WeChat's interface for one account. `publications` are (title, instant) newest first.

    `troubles` are error codes answered one after another before any page; `pages_before_quota` is how many
    pages are given before 45009. `stable` False: only the plain token interface is there.
    """

    publications: list[tuple[str, datetime]]
    troubles: list[int] = field(default_factory=list)
    pages_before_quota: int = 1000
    stable: bool = True
    secret: str = SECRET
    deleted: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    expired: bool = False
    tokens: int = 0
    pages: int = 0

    def answer(self, path: str, query: dict[str, list[str]], body: dict[str, Any]) -> tuple[int, bytes]:
        if path == "/cgi-bin/stable_token":
            return self._token(body.get("appid"), body.get("secret")) if self.stable else (404, b"")
        if path == "/cgi-bin/token":
            return self._token(query["appid"][0], query["secret"][0])
        if path == "/cgi-bin/freepublish/batchget":
            return 200, json.dumps(self._page(query["access_token"][0], body)).encode()
        return 404, b""

    def _token(self, app_id: Any, secret: Any) -> tuple[int, bytes]:
        if app_id != APP_ID:
            return 200, b'{"errcode": 40013, "errmsg": "invalid appid rid: 1"}'
        if secret != self.secret:
            return 200, b'{"errcode": 40125, "errmsg": "invalid appsecret rid: 1"}'
        self.tokens += 1
        return 200, json.dumps({"access_token": f"TOKEN_{self.tokens}_abcdef", "expires_in": 7200}).encode()

    def _page(self, token: str, body: dict[str, Any]) -> dict[str, Any]:
        if self.troubles:
            code = self.troubles.pop(0)
            return {"errcode": code, "errmsg": f"trouble hint: [{token}] rid: 1"}
        if self.expired and token == "TOKEN_1_abcdef":
            return {"errcode": 42001, "errmsg": "access_token expired rid: 1"}
        if self.pages >= self.pages_before_quota:
            return {"errcode": 45009, "errmsg": "reach max api daily quota limit rid: 1"}
        self.pages += 1
        offset, count = int(body["offset"]), int(body["count"])
        chosen = self.publications[offset : offset + count]
        items = [self._item(title, at) for title, at in chosen]
        return {"total_count": len(self.publications), "item_count": len(items), "item": items}

    def _item(self, title: str, at: datetime) -> dict[str, Any]:
        seconds = int(at.timestamp())
        article = {
            "title": title,
            "author": "",
            "digest": "",
            "content": f"<section><p>{title}。</p></section>",
            "content_source_url": "",
            "thumb_media_id": "m1",
            "show_cover_pic": 0,
            "need_open_comment": 1,
            "url": f"http://mp.weixin.qq.com/s?__biz=MzA&mid={seconds}&idx=1&sn=abc#rd",
            "is_deleted": title in self.deleted,
        }
        content = {"news_item": [article], "create_time": seconds, "update_time": seconds}
        return {"article_id": f"id-{seconds}", "content": content, "update_time": seconds}


@dataclass
class Weibo:
    """Weibo's mobile site for one account: a profile container, then posts by pages of ten.

    `mode` is open, login (asks to log in), empty (success with nothing) or gone. `stops_after` is the
    page after which the site gives nothing more.
    """

    uid: str
    posts: list[datetime]
    pinned: list[datetime] = field(default_factory=list)
    mode: str = "open"
    stops_after: int = 1000
    asked: list[str] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, path: str, query: dict[str, list[str]], body: dict[str, Any]) -> tuple[int, bytes]:
        if path != "/api/container/getIndex":
            return 404, b""
        return 200, json.dumps(self._container(query)).encode()

    def _container(self, query: dict[str, list[str]]) -> dict[str, Any]:
        if self.mode == "login":
            return {"ok": -100, "errno": "100005", "msg": "", "url": "https://passport.weibo.com/sso/signin"}
        if self.mode == "gone":
            return {"ok": 0, "errno": "20003", "msg": "用户不存在"}
        user = {"id": int(self.uid), "screen_name": "云溪发布", "description": "欢迎私信"}
        if "containerid" not in query:
            tabs = [
                {"tabKey": "profile", "containerid": f"230283{self.uid}", "tab_type": "profile"},
                {"tabKey": "weibo", "containerid": f"107603{self.uid}", "tab_type": "weibo"},
            ]
            return {"ok": 1, "data": {"userInfo": user, "tabsInfo": {"selectedTab": 1, "tabs": tabs}}}
        start = int(query.get("since_id", ["0"])[0])
        chosen = (
            [] if self.mode == "empty" or start // 10 >= self.stops_after else self.posts[start : start + 10]
        )
        if not chosen:
            return {"ok": 0, "msg": "这里还没有内容", "data": {"cards": []}}
        cards = [self._card(at, False) for at in chosen]
        if start == 0:
            cards = [self._card(at, True) for at in self.pinned] + cards
        listed: dict[str, Any] = {"containerid": f"107603{self.uid}", "total": len(self.posts)}
        if start + 10 < len(self.posts):
            listed["since_id"] = start + 10
        return {"ok": 1, "data": {"cards": cards, "cardlistInfo": listed}}

    def _card(self, at: datetime, pinned: bool) -> dict[str, Any]:
        blog: dict[str, Any] = {
            "bid": f"P{int(at.timestamp())}",
            "created_at": at.strftime("%a %b %d %H:%M:%S %z %Y"),
            "text": '<a href="/n/x">#云溪#</a> 今日要闻<br />详见',
            "user": {"id": int(self.uid)},
        }
        return {"card_type": 9, "profile_type_id": "proweibotop_" if pinned else "proweibo_", "mblog": blog}


@contextmanager
def serving(platform: Any) -> Iterator[str]:
    """Serves a platform; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def _reply(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else {}
            platform.asked.append(self.path)
            platform.bodies.append(body)
            status, answer = platform.answer(parts.path, parse_qs(parts.query), body)
            self.send_response(status)
            self.send_header("Content-Type", "application/json; encoding=utf-8")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = _reply  # noqa: N815 (the library's names)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
