"""其他渠道，经 Apprise（选装）。"""

import re
from datetime import datetime
from urllib.parse import unquote, urlsplit

from alerts.letter import Answer, Letter, Outlets, without
from alerts.route import Route

MOST_WORDS = 200
MAY_PASS = frozenset({408, 425, 429})
"""Refusals of a moment among the statuses below 500."""

_STATUS = re.compile(r"\berror=(\d{3})\b")


def send(route: Route, letter: Letter, outlets: Outlets, at: datetime) -> Answer:
    """Sends a letter by whatever Apprise knows; why it was refused is in what Apprise writes into its log."""
    try:
        import apprise
    except ImportError:
        return Answer(ok=False, words="这一渠道需要选装组件：pip install 'govwatch[alerts]'")
    sender = apprise.Apprise()
    if not sender.add(route.address):
        return Answer(ok=False, words="通知渠道的地址不能识别")
    with apprise.LogCapture(level=apprise.logging.WARNING, fmt="%(message)s") as log:  # type: ignore[no-untyped-call]
        taken = sender.notify(title=letter.subject, body=letter.text)
        said = " ".join(log.getvalue().split()) if log is not None else ""
    if taken:
        return Answer(ok=True, words="已提交")
    status = next((int(code) for code in _STATUS.findall(said)), 0)
    words = without(said[:MOST_WORDS], *_secrets(route.address)) or "没有说明原因"
    final = 400 <= status < 500 and status not in MAY_PASS
    return Answer(ok=False, words=f"对方没有接收：{words}", again=not final)


def _secrets(address: str) -> tuple[str, ...]:
    """What of an address must not be shown: user, password and the parts of its path."""
    try:
        parts = urlsplit(address)
        found = [parts.username, parts.password, *parts.path.split("/"), parts.query]
    except ValueError:
        return (address,)
    kept = [one for one in found if one and len(one) > 3]
    return tuple(dict.fromkeys([address, *kept, *map(unquote, kept)]))
