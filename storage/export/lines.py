"""JSON lines and CSV. Text from the web may begin with `=`: no spreadsheet shall reckon with it."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from domain.finding import CASE_TITLES, Finding, Verdict
from domain.observation import CHINA
from domain.outcome import OUTCOME_TITLES, name_of
from storage.codec import reason_of
from storage.column_types import whole_characters
from storage.export.shapes import Names, check_title, finding_object, outcome_object

T = TypeVar("T")
Column = tuple[str, Callable[[T, Names], Any]]

BOM = "\ufeff"
"""By it, office software knows that a CSV file is UTF-8."""

SEVERITY_TITLES = {"violation": "违规", "warning": "提醒"}
KIND_TITLES = {"site": "网站", "account": "新媒体"}


def severity_words(severity: str, trial: bool = False) -> str:
    """How grave it is, in Chinese; what is only tried says so."""
    words = SEVERITY_TITLES.get(severity, severity)
    return f"{words}（试行，不计分）" if trial else words


FINDING_COLUMNS: Sequence[Column[Finding]] = (
    ("编号", lambda f, n: f.id),
    ("检查项", lambda f, n: check_title(f.check)),
    ("检查项编号", lambda f, n: f.check),
    ("单位", lambda f, n: n.unit(f.unit)),
    ("单位编码", lambda f, n: f.unit),
    ("类别", lambda f, n: KIND_TITLES.get(f.target_kind, f.target_kind)),
    ("网站或账号", lambda f, n: n.target(f.target)),
    ("网站或账号编号", lambda f, n: f.target),
    ("对象", lambda f, n: f.subject_name),
    ("对象标识", lambda f, n: f.subject),
    ("网址", lambda f, n: f.url),
    ("问题", lambda f, n: f.summary),
    ("程度", lambda f, n: severity_words(f.severity, f.trial)),
    ("状态", lambda f, n: CASE_TITLES[f.state]),
    ("首次发现", lambda f, n: f"{f.first_seen.astimezone(CHINA):%Y-%m-%d %H:%M}"),
    ("最近发现", lambda f, n: f"{f.last_seen.astimezone(CHINA):%Y-%m-%d %H:%M}"),
    ("发现次数", lambda f, n: f.sightings),
    ("第几次出现", lambda f, n: f.occurrence),
    ("适用指标", lambda f, n: "、".join(f.indicators)),
    ("所见", lambda f, n: json.dumps(dict(f.observed), ensure_ascii=False)),
    ("应有", lambda f, n: json.dumps(dict(f.expected), ensure_ascii=False)),
    ("佐证", lambda f, n: "；".join(file.path for file in f.evidence)),
)

OUTCOME_COLUMNS: Sequence[Column[Verdict]] = (
    ("检查项", lambda v, n: check_title(v.check)),
    ("检查项编号", lambda v, n: v.check),
    ("单位", lambda v, n: n.unit(v.subject.unit)),
    ("单位编码", lambda v, n: v.subject.unit),
    ("网站或账号", lambda v, n: n.target(v.target)),
    ("网站或账号编号", lambda v, n: v.target),
    ("对象", lambda v, n: v.subject.name),
    ("对象标识", lambda v, n: v.subject.key),
    ("判定", lambda v, n: OUTCOME_TITLES[name_of(v.outcome)]),
    ("理由", lambda v, n: reason_of(v.outcome)),
    ("适用指标", lambda v, n: "、".join(v.indicators)),
)


def findings_jsonl(findings: Iterable[Finding]) -> str:
    """One JSON object a line."""
    return "".join(_line(finding_object(finding)) for finding in findings)


def outcomes_jsonl(verdicts: Iterable[Verdict]) -> str:
    """One JSON object a line."""
    return "".join(_line(outcome_object(verdict)) for verdict in verdicts)


def findings_csv(findings: Iterable[Finding], names: Names | None = None) -> str:
    """The findings as CSV with Chinese headers and a byte order mark."""
    return _csv(FINDING_COLUMNS, findings, names or Names())


def outcomes_csv(verdicts: Iterable[Verdict], names: Names | None = None) -> str:
    """The outcomes as CSV with Chinese headers and a byte order mark."""
    return _csv(OUTCOME_COLUMNS, verdicts, names or Names())


_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def neutral(value: Any) -> Any:
    """The value so that a spreadsheet takes a text for a text, whatever it begins with."""
    if not isinstance(value, str):
        return value
    text = whole_characters(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _csv(columns: Sequence[Column[T]], things: Iterable[T], names: Names) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([title for title, _ in columns])
    for thing in things:
        writer.writerow([neutral(value(thing, names)) for _, value in columns])
    return BOM + out.getvalue()


def _line(shape: dict[str, Any]) -> str:
    return json.dumps(shape, ensure_ascii=False) + "\n"
