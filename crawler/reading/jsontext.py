"""JSON and JSONP texts."""

import json
import re

_CALL = re.compile(r"[\s/*]{0,20}[\w$.]{1,80}\s{0,9}\(")
MAX_TEXT = 8_000_000


def parse_json(text: str) -> object | None:
    """The value of a JSON or JSONP text; None where it is neither."""
    text = text[:MAX_TEXT]
    candidates = [text]
    call = _CALL.match(text)
    if call:
        candidates.append(text[call.end() : text.rfind(")")])
    for candidate in candidates:
        try:
            value: object = json.loads(candidate)
        except (ValueError, RecursionError):
            continue
        return value
    return None
