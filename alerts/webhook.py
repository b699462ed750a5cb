"""网络回调：向单位自己的系统提交 JSON，可加签。"""

import hashlib
import hmac
import json
from datetime import datetime

from alerts.letter import Answer, Letter, Outlets
from alerts.posting import post_json, refused_by_http
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
    if 200 <= status < 300:
        return Answer(ok=True, words=f"HTTP {status}")
    return refused_by_http(status, said, secrets)


def signature(body: bytes, secret: str) -> str:
    """HMAC-SHA256 of the body, in hexadecimal."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
