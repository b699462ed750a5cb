"""The channels by name, and the one door to all of them."""

from collections.abc import Callable
from datetime import datetime

from alerts import dingtalk, feishu, mail, other, webhook, wecom
from alerts.letter import Answer, Letter, Outlets
from alerts.route import DINGTALK, FEISHU, MAIL, OTHER, WEBHOOK, WECOM, Route

Send = Callable[[Route, Letter, Outlets, datetime], Answer]

CHANNELS: dict[str, Send] = {
    MAIL: mail.send,
    WECOM: wecom.send,
    DINGTALK: dingtalk.send,
    FEISHU: feishu.send,
    WEBHOOK: webhook.send,
    OTHER: other.send,
}


def send(route: Route, letter: Letter, outlets: Outlets, at: datetime) -> Answer:
    """Sends a letter by its route; whatever the world does comes back as an answer."""
    return CHANNELS[route.channel](route, letter, outlets, at)
