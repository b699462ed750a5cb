"""JSON and JSONP texts."""

import json
import re

_JSONP = re.compile(r"^[\s/*]*[\w$.]{1,80}\s*\(\s*(.*?)\s*\)\s*;?\s*$", re.DOTALL)
MAX_JSONP = 4_000_000


def parse_json(text: str) -> object | None:
    """The value of a JSON or JSONP text; None where it is neither."""
    for candidate in (text, *_JSONP.findall(text[:MAX_JSONP])):
        try:
            value: object = json.loads(candidate)
        except (ValueError, RecursionError):
            continue
        return value
    return None
