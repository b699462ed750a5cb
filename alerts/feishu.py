"""飞书群机器人，可加签。"""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any
from urllib.parse import quote

from alerts.letter import Answer, Letter, Outlets, cut_to_bytes
from alerts.posting import post_json, ruling
from alerts.route import Route

MOST_BYTES = 18_000

PASSING = frozenset({9499, 11232, 11247})
"""Too many requests."""


def send(route: Route, letter: Letter, outlets: Outlets, at: datetime) -> Answer:
    """Sends a letter to a group's robot; with a secret the body is signed."""
    url = f"{outlets.feishu.rstrip('/')}/open-apis/bot/v2/hook/{quote(route.address, safe='')}"
    text = cut_to_bytes(f"{letter.subject}\n{letter.text}", MOST_BYTES)
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if route.secret:
        moment = str(int(at.timestamp()))
        body = {"timestamp": moment, "sign": signature(moment, route.secret), **body}
    secrets = (route.address, quote(route.address, safe=""), route.secret)
    found = post_json(url, json.dumps(body, ensure_ascii=False).encode(), secrets=secrets)
    return ruling(found, codes=("code", "StatusCode"), passing=PASSING, secrets=secrets)


def signature(moment: str, secret: str) -> str:
    """HMAC-SHA256 over nothing with the moment in seconds and the secret as its key, in Base64."""
    key = f"{moment}\n{secret}".encode()
    return base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
