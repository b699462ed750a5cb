"""Takes secrets out of what was fetched, before anything of it is kept, shown or logged."""

import re
from collections.abc import Iterable
from dataclasses import replace

from crawler.fetching import Fetched

MASK = "***"
SHORTEST = 4
"""Characters below which a text is no secret that could be told from chance."""

_NAMED = re.compile(
    r"(?i)\b(access_token|secret|appsecret|app_secret|api_?key|key|token|sign|signature|password|pwd|sid|auth)"
    r"=[^&#\s\"'<>]+"
)


def scrub(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without the secrets, and without the values of parameters that carry such things."""
    for secret in secrets:
        if len(secret) >= SHORTEST:
            text = text.replace(secret, MASK)
    return _NAMED.sub(lambda found: f"{found[1]}={MASK}", text)


def scrubbed(page: Fetched, secrets: Iterable[str], *, url: str | None = None) -> Fetched:
    """The answer with every trace of the secrets masked; `url` stands in place of the address asked."""
    known = tuple(secrets)
    snapshot = page.snapshot
    body = page.body
    for secret in known:
        if len(secret) >= SHORTEST and secret.encode() in body:
            body = body.replace(secret.encode(), MASK.encode())
    clean = replace(
        snapshot,
        url=url or scrub(snapshot.url, known),
        final_url=url or scrub(snapshot.final_url, known),
        headers=tuple((name, scrub(value, known)) for name, value in snapshot.headers),
        redirects=tuple(replace(hop, url=scrub(hop.url, known)) for hop in snapshot.redirects),
        detail=scrub(snapshot.detail, known),
        size=len(body),
    )
    return Fetched(snapshot=clean, body=body)
