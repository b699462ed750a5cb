"""Logs: JSON for machines, Chinese lines for people, and no secret in either."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govwatch.logs import configure, scrub


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    for handler in list(root.handlers):
        root.removeHandler(handler)
    for handler in handlers:
        root.addHandler(handler)
    root.setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_machines_get_json_with_the_facts() -> None:
    stream = io.StringIO()
    configure(stream=stream)
    logging.getLogger("scheduler.workers").info(
        "任务完成：%s", "采集完整", extra={"target": "s01", "tries": 2}
    )
    (line,) = lines(stream)
    assert line["message"] == "任务完成：采集完整"
    assert (line["level"], line["logger"], line["target"], line["tries"]) == (
        "info", "scheduler.workers", "s01", 2,
    )  # fmt: skip
    assert line["at"].endswith("+00:00")


def test_people_get_a_line_in_chinese() -> None:
    stream = Terminal()
    configure(stream=stream)
    logging.getLogger("x").warning("磁盘空间不足", extra={"free": 12})
    assert "警告  磁盘空间不足  free=12" in stream.getvalue()


def test_json_can_be_had_on_a_terminal_and_plain_lines_elsewhere() -> None:
    stream = Terminal()
    configure(form="json", stream=stream)
    logging.getLogger("x").info("好")
    assert lines(stream)[0]["message"] == "好"
    other = io.StringIO()
    configure(form="plain", stream=other)
    logging.getLogger("x").info("好")
    assert "信息  好" in other.getvalue()


def test_a_failure_keeps_its_trace() -> None:
    stream = io.StringIO()
    configure(stream=stream)
    try:
        raise ValueError("postgresql://gov:hush-hush@db/x")
    except ValueError:
        logging.getLogger("x").exception("没有做成")
    (line,) = lines(stream)
    assert "ValueError" in line["exception"]
    assert "hush-hush" not in stream.getvalue()


def test_less_than_the_level_is_left_out_and_libraries_are_quiet() -> None:
    stream = io.StringIO()
    configure(stream=stream, level="info")
    logging.getLogger("x").debug("细节")
    logging.getLogger("procrastinate.worker").info("Starting worker")
    assert stream.getvalue() == ""


SECRET = "Zx9-hush.hush"


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        (f"连接 postgresql://gov:{SECRET}@10.0.0.1:5432/gov 失败", {}),
        (f"GET https://example.cn/send?access_token={SECRET}&x=1", {}),
        (f"Authorization: Bearer {SECRET}", {}),
        ("登录", {"password": SECRET}),
        ("登录", {"nested": {"api_key": SECRET, "list": [f"smtp://a:{SECRET}@mail/"]}}),
        ("对象", {"thing": OSError(f"https://u:{SECRET}@h/")}),
    ],
)
@pytest.mark.parametrize("form", ["json", "plain"])
def test_secrets_are_blotted_out(words: str, facts: dict[str, Any], form: Any) -> None:
    stream = io.StringIO()
    configure(form=form, stream=stream)
    logging.getLogger("x").info(words, extra=facts)
    assert stream.getvalue()
    assert SECRET not in stream.getvalue()


@given(st.text(max_size=200))
def test_scrubbing_never_fails_and_bounds_what_is_said(text: str) -> None:
    assert len(scrub(text * 60)) <= 4100
