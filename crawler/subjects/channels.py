"""Ways to ask that count: petition, discipline, surveys and interviews are for other things."""

from collections.abc import Iterable

EFFECTIVE = frozenset({"mayor_mailbox", "message", "consultation", "complaint"})
"""Kinds of entry (as `Page.channels` names them) through which anyone can ask and be answered."""


def effective_channels(channels: Iterable[str]) -> frozenset[str]:
    """Those of the entries found that are a way to ask (国办秘函〔2019〕19号: 有效的咨询建言渠道)."""
    return frozenset(channels) & EFFECTIVE
