"""A reader raises nothing but SourceTrouble."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.platforms import readers
from crawler.platforms.answer import Answer, SourceTrouble
from domain.observation import CHINA
from domain.target import Account, AccountSource, Platform, SourceType

NOW = datetime(2026, 6, 30, 2, 0, tzinfo=CHINA)


def account(kind: SourceType) -> Account:
    source = AccountSource(type=kind, url="http://a.test/feed")
    return Account(id="a01", unit="U01", platform=Platform.OTHER, name="账号", source=source)


def test_a_crash_of_a_reader_is_a_trouble_of_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(body: bytes, *, now: datetime) -> Answer:
        raise KeyError(len(body))

    monkeypatch.setitem(readers.READERS, SourceType.RSS, crash)
    with pytest.raises(SourceTrouble, match="KeyError"):
        readers.reader_of(account(SourceType.RSS), "http://a.test/feed")(b"x", now=NOW)


@given(body=st.binary(max_size=300), kind=st.sampled_from(sorted(readers.READERS)))
def test_any_bytes_are_read_or_are_a_trouble_that_a_reader_itself_found(
    body: bytes, kind: SourceType
) -> None:
    answer: Answer | str
    try:
        answer = readers.reader_of(account(kind), "http://a.test/feed")(body, now=NOW)
    except SourceTrouble as trouble:
        answer = str(trouble)
    assert isinstance(answer, Answer) or "程序没能解读" not in answer
