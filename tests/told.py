"""What every judgement owes the people who read it, whatever the check: words, figures, addresses."""

import re

from domain.check import Judgement
from domain.outcome import Frame, Inconclusive, NotApplicable, Outcome, Pass, Violation

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NO_WORDS = re.compile(r"https?://[!-~]+|“[^”]*”|[a-z]+:[A-Za-z]+|ICP|HTTP|PDF")
"""What may stand in Chinese text: addresses, what pages say, names of tags, words that clerks know."""
_CODE = re.compile(r"[A-Z]{2,}|None|Traceback|_[a-z]")
_KEY = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_ADDRESS = re.compile(r"https?://[^\s/]+.*", re.DOTALL)


def assert_well_told(judgement: Judgement) -> None:
    """A crash of ours, a nameless subject, or an outcome that a clerk could not read fails the test."""
    assert not judgement.crash, judgement.crash
    subject = judgement.subject
    assert all(isinstance(text, str) and text for text in (subject.key, subject.unit, subject.name)), subject
    assert_readable(judgement.outcome)


def assert_readable(outcome: Outcome) -> None:
    """Plain Chinese, figures under names of the catalogue's form, addresses that can be opened."""
    match outcome:
        case Pass(reason=reason):
            assert reason == "" or is_plain(reason), outcome
        case Inconclusive(reason=reason) | NotApplicable(reason=reason):
            assert is_plain(reason), outcome
        case Violation():
            _assert_violation(outcome)


def is_plain(words: str) -> bool:
    """Whether it is Chinese without program text in it (what pages say stands in quotation marks)."""
    return bool(_CHINESE.search(words)) and not _CODE.search(_NO_WORDS.sub("", words))


def _assert_violation(outcome: Violation) -> None:
    assert is_plain(outcome.summary), outcome
    assert outcome.summary.endswith("。"), outcome
    assert outcome.severity in {"violation", "warning"}, outcome
    assert outcome.observed, outcome
    assert outcome.expected, outcome
    assert all(_KEY.fullmatch(key) for key in (*outcome.observed, *outcome.expected)), outcome
    assert isinstance(outcome.looked_at, tuple), outcome
    assert all(_ADDRESS.fullmatch(url) for url in (outcome.url, *outcome.looked_at)), outcome
    if outcome.frame is not None:
        frame = outcome.frame
        assert isinstance(frame, Frame), outcome
        assert all(isinstance(text, str) for text in (frame.text, frame.href, frame.selector)), outcome
        assert frame.text or frame.href or frame.selector, outcome
