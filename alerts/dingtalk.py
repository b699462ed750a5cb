"""钉钉群机器人，可加签。"""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from urllib.parse import quote, urlencode

from alerts.letter import Answer, Letter, Outlets, cut_to_bytes
from alerts.posting import post_json, ruling
from alerts.route import Route

MOST_BYTES = 18_000

PASSING = frozenset({-1, 130101, 130102, 410100, 660026})
"""Busy, and too many messages a minute."""


def send(route: Route, letter: Letter, outlets: Outlets, at: datetime) -> Answer:
    """Sends a letter to a group's robot; with a secret the address is signed."""
    asked = {"access_token": route.address}
    if route.secret:
        moment = str(int(at.timestamp() * 1000))
        asked |= {"timestamp": moment, "sign": signature(moment, route.secret)}
    url = f"{outlets.dingtalk.rstrip('/')}/robot/send?{urlencode(asked)}"
    text = cut_to_bytes(f"### {letter.subject}\n\n{letter.text}", MOST_BYTES).replace("\n", "  \n")
    body = {"msgtype": "markdown", "markdown": {"title": letter.subject, "text": text}}
    secrets = (route.address, quote(route.address, safe=""), route.secret)
    found = post_json(url, json.dumps(body, ensure_ascii=False).encode(), secrets=secrets)
    return ruling(found, codes=("errcode",), passing=PASSING, secrets=secrets)


def signature(moment: str, secret: str) -> str:
    """HMAC-SHA256 with the secret over the moment in milliseconds and the secret, in Base64."""
    told = f"{moment}\n{secret}".encode()
    return base64.b64encode(hmac.new(secret.encode(), told, hashlib.sha256).digest()).decode()
