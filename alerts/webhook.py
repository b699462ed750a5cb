"""网络回调：向单位自己的系统提交 JSON，可加签。"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from alerts.letter import Answer, Letter, Outlets, without
from alerts.posting import object_of, post_json, refused_by_http
from alerts.route import Route


def send(route: Route, letter: Letter, outlets: Outlets, at: datetime) -> Answer:
    """Posts a letter as JSON; with a secret the body's HMAC-SHA256 goes along in `X-Govwatch-Signature`."""
    told = {
        "fingerprint": letter.fingerprint,
        "subject": letter.subject,
        "text": letter.text,
        "urgent": letter.urgent,
        "sent_at": at.isoformat(),
        **letter.facts,
    }
    body = json.dumps(told, ensure_ascii=False, default=str).encode()
    headers = {}
    if route.secret:
        headers["X-Govwatch-Signature"] = "sha256=" + signature(body, route.secret)
    secrets = (route.secret, route.address)
    found = post_json(route.address, body, secrets=secrets, headers=headers)
    if isinstance(found, Answer):
        return found
    status, said = found
    if not 200 <= status < 300:
        return refused_by_http(status, said, secrets)
    told = object_of(said)
    if refuses(told):
        shown = without(said.decode("utf-8", "replace").strip()[:200], *secrets)
        return Answer(ok=False, words=f"对方没有接收：{shown}", again=True)
    return Answer(ok=True, words=f"HTTP {status}")


def refuses(told: Mapping[str, Any]) -> bool:
    """Whether an answer with HTTP 200 says no all the same. Systems say yes by 0, by 200 or by nothing at
    all, so that only what cannot be a yes counts.
    """
    if any(told.get(name) is False for name in ("success", "ok")) or told.get("error"):
        return True
    code = next((told[name] for name in ("errcode", "errCode") if name in told), 0)
    if str(code).lstrip("-").isdigit() and int(code):
        return True
    status = told.get("code", told.get("status"))
    return isinstance(status, int) and not isinstance(status, bool) and status >= 400


def signature(body: bytes, secret: str) -> str:
    """HMAC-SHA256 of the body, in hexadecimal."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
