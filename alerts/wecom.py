"""企业微信群机器人。"""

import json
from datetime import datetime
from urllib.parse import quote

from alerts.letter import Answer, Letter, Outlets, cut_to_bytes
from alerts.posting import post_json, ruling
from alerts.route import Route

MOST_BYTES = 4096
"""The longest text that a message of type markdown may have."""

PASSING = frozenset({-1, 45009, 45033})
"""Busy, and too many messages a minute."""


def send(route: Route, letter: Letter, outlets: Outlets, at: datetime) -> Answer:
    """Sends a letter to a group's robot."""
    url = f"{outlets.wecom.rstrip('/')}/cgi-bin/webhook/send?key={quote(route.address, safe='')}"
    text = cut_to_bytes(f"**{letter.subject}**\n{letter.text}", MOST_BYTES)
    body = {"msgtype": "markdown", "markdown": {"content": text}}
    secrets = (route.address, quote(route.address, safe=""))
    found = post_json(url, json.dumps(body, ensure_ascii=False).encode(), secrets=secrets)
    return ruling(found, codes=("errcode",), passing=PASSING, secrets=secrets)
