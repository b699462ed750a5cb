"""Pages that hold a part of what another page owes, told by the words of the link that leads to them."""

import re

ASIDE = re.compile(
    r"^(?:(?:个人|领导|工作|主要)?(?:简历|履历|简介|经历)|(?:领导|工作|职责)?分工|分管(?:工作|领域)|(?:工作|主要)职责)$"
)
"""A leader's career or duties."""

SHARED_DUTIES = re.compile(
    r"^[^。，]{0,30}(?:领导|班子|局长|主任|工作|成员)[^。，]{0,12}分工[^。，]{0,12}$|^分工$"
)
"""How duties are shared out among the leaders of a unit."""


def names_a_part(words: str) -> bool:
    """Whether the words of a link name a part of a leader's page and nothing else."""
    return bool(ASIDE.match(words.strip()))
