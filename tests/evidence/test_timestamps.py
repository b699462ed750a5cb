"""Time stamps of a real authority on loopback: asked for, kept, verified, retried."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.bundle import EvidenceStore
from evidence.timestamps import Authority, AuthorityError, stamp_chain, unstamped
from evidence.tokens import time_of, trouble_of
from evidence.verify import verify
from govwatch import clock
from tests.evidence.sealing import filled, record
from tests.evidence.tsa import TimeStampAuthority

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="没有 openssl")


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TimeStampAuthority]:
    authority = TimeStampAuthority(tmp_path_factory.mktemp("tsa"))
    yield authority
    authority.close()


@pytest.fixture(autouse=True)
def healthy(tsa: TimeStampAuthority) -> None:
    tsa.broken = tsa.fixed = None


def test_the_last_line_is_stamped_once(tmp_path: Path, tsa: TimeStampAuthority) -> None:
    store = filled(tmp_path)
    before = clock.now()
    stamping = stamp_chain(store, Authority(url=tsa.url, roots=tsa.roots), clock.now)
    assert stamping.reason == ""
    token = (tmp_path / stamping.path).read_bytes()
    at = time_of(token)
    assert at is not None
    assert abs((at - before).total_seconds()) < 60
    assert verify(tmp_path).ok is True
    assert unstamped(store) is None
    assert stamp_chain(store, Authority(url=tsa.url), clock.now).path == ""
    store.seal(record("F9"), {})
    assert unstamped(store) is not None


def test_an_authority_that_is_away_is_asked_again_later(tmp_path: Path, tsa: TimeStampAuthority) -> None:
    store = filled(tmp_path)
    away = TimeStampAuthority(tmp_path / "away")
    away.close()
    assert "下次再试" in stamp_chain(store, Authority(url=away.url, timeout_s=2), clock.now).reason
    tsa.broken = 503
    assert "503" in stamp_chain(store, Authority(url=tsa.url), clock.now).reason
    tsa.broken = None
    assert verify(tmp_path).ok is True
    assert stamp_chain(store, Authority(url=tsa.url), clock.now).path


@pytest.mark.parametrize("answer", [b"nonsense", b"\x30\x03\x02\x01\x00", b"x" * (2 << 20)])
def test_answers_that_are_no_stamp_are_not_kept(
    tmp_path: Path, tsa: TimeStampAuthority, answer: bytes
) -> None:
    store = filled(tmp_path)
    tsa.fixed = answer
    stamping = stamp_chain(store, Authority(url=tsa.url), clock.now)
    assert (stamping.path, "不能用" in stamping.reason) == ("", True)
    assert verify(tmp_path).ok is True


def test_a_stamp_for_something_else_or_by_a_stranger_is_not_kept(
    tmp_path: Path, tsa: TimeStampAuthority
) -> None:
    first = stamp_chain(filled(tmp_path / "a"), Authority(url=tsa.url), clock.now)
    tsa.fixed = (tmp_path / "a" / first.path).read_bytes()
    store = EvidenceStore(tmp_path / "b")
    store.seal(record("F5"), {})
    assert "不是盖在" in stamp_chain(store, Authority(url=tsa.url), clock.now).reason
    tsa.fixed = None
    stranger = TimeStampAuthority(tmp_path / "stranger", "Other CA")
    stamping = stamp_chain(store, Authority(url=stranger.url, roots=tsa.roots), clock.now)
    stranger.close()
    assert "签名不成立" in stamping.reason


def test_unreadable_certificates_are_an_error_of_the_settings(
    tmp_path: Path, tsa: TimeStampAuthority
) -> None:
    store = filled(tmp_path)
    for roots in (tmp_path / "absent.pem", Path(__file__)):
        with pytest.raises(AuthorityError, match=roots.name):
            stamp_chain(store, Authority(url=tsa.url, roots=roots), clock.now)


def test_any_change_to_a_token_is_found(tmp_path: Path, tsa: TimeStampAuthority) -> None:
    path = tmp_path / stamp_chain(filled(tmp_path), Authority(url=tsa.url, roots=tsa.roots), clock.now).path
    original = path.read_bytes()
    for at in range(0, len(original), 101):
        path.write_bytes(original[:at] + bytes([original[at] ^ 4]) + original[at + 1 :])
        assert path.name in {problem.file.rsplit("/", 1)[1] for problem in verify(tmp_path).problems}
    path.unlink()
    assert verify(tmp_path).ok is False


def test_what_is_wrong_with_a_token_is_said(tsa: TimeStampAuthority) -> None:
    assert "读不出" in trouble_of(b"", b"x", [])
    assert time_of(b"junk") is None
