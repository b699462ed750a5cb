"""Logs of the long-running commands: JSON lines for machines, a Chinese line for people. No secrets.

A line has `at` (UTC), `level`, `logger`, `message`, and whatever facts belong to it. Passwords in addresses,
tokens in queries and the values of telling names are blotted out, wherever they come from.
"""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import IO, Any, Literal

import structlog

from govwatch import clock

Form = Literal["auto", "json", "plain"]

LEVELS = {"debug": "调试", "info": "信息", "warning": "警告", "error": "错误", "critical": "严重"}
BLOT = "***"
LONGEST = 4000
"""Characters of one value; what pages and servers say can be long."""

TELLING = re.compile(r"passw|secret|token|authori[sz]ation|cookie|credential|api_?key|private_?key", re.I)
IN_ADDRESS = re.compile(r"(?P<start>[a-z][a-z0-9+.-]*://[^\s/:@]*:)[^\s/@]+(?=@)", re.I)
IN_QUERY = re.compile(
    r"(?P<start>(?:access_token|token|sign|signature|secret|password|passwd|key|appsecret)=)[^&\s\"']+", re.I
)
BEARER = re.compile(r"(?P<start>\b(?:bearer|basic)\s+)[A-Za-z0-9._~+/=-]{8,}", re.I)

QUIET = {"procrastinate": logging.WARNING, "apscheduler": logging.WARNING, "uvicorn.access": logging.WARNING}
"""Libraries that tell of each step of theirs."""


def configure(*, form: Form = "auto", level: str = "info", stream: IO[str] | None = None) -> None:
    """Sends all logging to a stream (standard error). `auto`: JSON unless people read along."""
    target = stream or sys.stderr
    as_json = form == "json" or (form == "auto" and not target.isatty())
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else _for_people
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_log_level, structlog.stdlib.ExtraAdder(), _name],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _stamp,
            scrub_all,
            renderer,
        ],
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level.upper())
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(max(least, root.level))


def scrub(text: str) -> str:
    """The text without passwords and tokens, cut to a readable length."""
    for pattern in (IN_ADDRESS, IN_QUERY, BEARER):
        text = pattern.sub(rf"\g<start>{BLOT}", text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…（共 {len(text)} 字）"


def scrub_all(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blots secrets out of everything a line says."""
    for key, value in list(entry.items()):
        entry[key] = BLOT if TELLING.search(str(key)) else _clean(value)
    return entry


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, Mapping):
        return {str(k): BLOT if TELLING.search(str(k)) else _clean(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(item) for item in value]
    return value if isinstance(value, bool | int | float) or value is None else scrub(str(value))


def _name(logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    record = entry.get("_record")
    entry["logger"] = record.name if record is not None else getattr(logger, "name", "")
    return entry


def _stamp(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Moment first, then the message under its own name."""
    message = entry.pop("event", "")
    return {"at": clock.now().isoformat(timespec="milliseconds"), "message": message, **entry}


def _for_people(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> str:
    at, message = entry.pop("at"), entry.pop("message")
    level = LEVELS.get(str(entry.pop("level", "")), "")
    trace = entry.pop("exception", "")
    entry.pop("logger", None)
    facts = "  ".join(f"{key}={value}" for key, value in entry.items())
    line = f"{at}  {level}  {message}" + (f"  {facts}" if facts else "")
    return f"{line}\n{trace}" if trace else line
