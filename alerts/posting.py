"""One POST of JSON, and what a robot's answer means: a refusal with HTTP 200 is a refusal."""

import json
from collections.abc import Collection, Mapping
from typing import Any

import httpx2

from alerts.letter import TIMEOUT_S, Answer, without

MOST_BYTES = 64 * 1024


def post_json(
    url: str, body: bytes, *, secrets: tuple[str, ...], headers: Mapping[str, str] | None = None
) -> tuple[int, bytes] | Answer:
    """Status and body of the answer, or an Answer when there was none. Redirects are not followed."""
    try:
        with (
            httpx2.Client(timeout=TIMEOUT_S, follow_redirects=False, trust_env=False) as client,
            client.stream(
                "POST", url, content=body, headers={"Content-Type": "application/json", **(headers or {})}
            ) as answer,
        ):
            read = b""
            for part in answer.iter_bytes():
                read += part
                if len(read) > MOST_BYTES:
                    break
            return answer.status_code, read[:MOST_BYTES]
    except httpx2.InvalidURL:
        return Answer(ok=False, words="通知渠道的地址写法有误")
    except (httpx2.HTTPError, OSError) as error:
        words = without(str(error) or type(error).__name__, *secrets)
        return Answer(ok=False, words=f"没有送达：{words}", again=True)


def refused_by_http(status: int, body: bytes, secrets: tuple[str, ...]) -> Answer:
    """An answer whose status is no success: 408, 425, 429 and 5xx may pass, everything else will not."""
    words = without(body.decode("utf-8", "replace").strip()[:200], *secrets)
    return Answer(ok=False, words=f"HTTP {status}：{words}", again=status in {408, 425, 429} or status >= 500)


def ruling(
    found: tuple[int, bytes] | Answer,
    *,
    codes: tuple[str, ...],
    passing: Collection[int],
    secrets: tuple[str, ...],
) -> Answer:
    """What a robot's answer means. `codes` are the fields that carry its error code (0: taken), the first
    that is there counts; `passing` are codes of a moment (too many messages, busy).
    """
    if isinstance(found, Answer):
        return found
    status, body = found
    if not 200 <= status < 300:
        return refused_by_http(status, body, secrets)
    told = object_of(body)
    code = next((told[name] for name in codes if isinstance(told.get(name), int)), None)
    words = next((str(told[name]) for name in ("errmsg", "msg", "StatusMessage") if told.get(name)), "")
    if code == 0:
        return Answer(ok=True, words=without(words or "ok", *secrets))
    if code is None:
        shown = without(body.decode("utf-8", "replace").strip()[:200], *secrets)
        return Answer(ok=False, words=f"回应无法识别：{shown}", again=True)
    return Answer(ok=False, words=without(f"错误码 {code}：{words}", *secrets), again=code in passing)


def object_of(body: bytes) -> dict[str, Any]:
    """The JSON object that an answer is; an empty one for anything else."""
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
