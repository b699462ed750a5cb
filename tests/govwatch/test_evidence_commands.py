"""The commands of evidence over a real folder: stamps, the second place, packs, raw files, altered rows."""

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from domain.finding import CaseState, EvidenceFile
from evidence.bundle import EvidenceStore
from evidence.chain import Chain
from govwatch.cli import app
from govwatch.commands.common import explain
from govwatch.settings import settings
from scheduler.sealing import seal_run
from storage.store import Store
from storage.taking import key_of
from tests.evidence.sealing import record
from tests.evidence.tsa import TimeStampAuthority
from tests.evidence.weed import BUCKET, KEYS, s3_server
from tests.storage.builders import NIGHT, REGISTRY, verdict


@pytest.fixture(autouse=True)
def _settings_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("GOVWATCH_TSA_URL", "GOVWATCH_S3_BUCKET", "GOVWATCH_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two lapses of two units, one of them a leak with a raw file; sealed, stored, the run ended."""
    place = tmp_path / "data"
    seals = EvidenceStore(place)
    with Store.open(place) as store:
        run = store.begin_run(REGISTRY, as_of=NIGHT, started=NIGHT, program="t")
        leak = verdict(check="content.privacy", target="s02", unit="U02", subject="http://127.0.0.1:8102/x")
        for target, one in (("s01", verdict()), ("s02", leak)):
            key = key_of(one)
            name, _ = store.identify(*key, NIGHT)
            content = {"page.html": b"<p>x</p>", "screenshot.png": b"picture"}
            if one is leak:
                content = {"sealed-page.html": b"<p>320581199001011234</p>", "screenshot.png": b"covered"}
            files: tuple[EvidenceFile, ...] = seals.seal(
                record(name, check=one.check, unit=key[2], target=target), content
            )
            store.take_in(run.id, target, [one], {key: files}, NIGHT)
        folder = place / "runs" / run.id
        folder.mkdir(parents=True)
        seal_run(store, seals, run, folder, NIGHT)
        store.end_run(run.id, NIGHT)
    return place


def call(*words: object) -> tuple[int, str]:
    """A command's exit code and all it says; bad input as the program explains it."""
    ended = CliRunner().invoke(app, [str(word) for word in words])
    if ended.exception is not None and not isinstance(ended.exception, SystemExit):
        said = explain(ended.exception) if isinstance(ended.exception, Exception) else None
        assert said is not None, ended.exception
        return 2, said
    return ended.exit_code, ended.output


def finding_of(data: Path, unit: str) -> str:
    with Store.open(data) as store:
        return store.findings(unit=unit)[0].id


def test_stamping_by_settings_and_again_when_the_authority_is_back(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("evidence", "stamp", "--data", data) == (
        2,
        "没有设置时间戳机构：请设 GOVWATCH_TSA_URL（和 GOVWATCH_TSA_ROOTS），或用 --url 给出",
    )
    authority = TimeStampAuthority(tmp_path / "tsa")
    try:
        monkeypatch.setenv("GOVWATCH_TSA_URL", authority.url)
        monkeypatch.setenv("GOVWATCH_TSA_ROOTS", str(authority.roots))
        settings.cache_clear()
        authority.broken = 503
        code, said = call("evidence", "stamp", "--data", data)
        assert (code, "下次再试" in said) == (1, True)
        authority.broken = None
        code, said = call("evidence", "stamp", "--data", data)
        assert (code, "已签时间戳" in said) == (0, True)
        code, said = call("evidence", "stamp", "--data", data)
        assert (code, "不需要" in said) == (0, True)
    finally:
        authority.close()
    assert call("evidence", "verify", "--data", data)[0] == 0
    code, said = call("evidence", "stamp", "--data", data, "--roots", tmp_path / "none.pem")
    assert (code, "none.pem" in said) == (2, True)


def test_the_second_place_is_filled_checked_and_gives_back(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("evidence", "mirror", "--data", data)[0] == 2
    folder = tmp_path / "weed"
    folder.mkdir()
    with s3_server(folder) as endpoint:
        for name, value in (
            ("BUCKET", BUCKET), ("ENDPOINT", endpoint), ("ACCESS_KEY", KEYS["accessKey"]),
            ("SECRET_KEY", KEYS["secretKey"]),
        ):  # fmt: skip
            monkeypatch.setenv(f"GOVWATCH_S3_{name}", value)
        settings.cache_clear()
        code, said = call("evidence", "mirror", "--data", data, "--check")
        assert (code, "没有这个对象" in said) == (1, True)
        assert call("evidence", "mirror", "--data", data)[0] == 0
        assert call("evidence", "mirror", "--data", data, "--check")[0] == 0
        lost = next(data.glob("evidence/2026/*/*/page.html"))
        lost.unlink()
        assert call("evidence", "verify", "--data", data)[0] == 1
        code, said = call("evidence", "mirror", "--data", data, "--put-back")
        assert lost.name in said
        assert call("evidence", "verify", "--data", data)[0] == 0


def test_packs_of_a_unit_and_of_a_year(data: Path, tmp_path: Path) -> None:
    one, all_of_it = tmp_path / "unit.zip", tmp_path / "year.zip"
    assert call("evidence", "export", "--unit", "U01", "--out", one, "--data", data)[0] == 0
    assert call("evidence", "export", "--year", 2026, "--out", all_of_it, "--data", data)[0] == 0
    first, second = finding_of(data, "U01"), finding_of(data, "U02")
    assert _folders(one) == {first}
    assert _folders(all_of_it) == {first, second}
    for words, said in (
        (("--unit", "U99"), "名录中没有这个单位"),
        (("--year", 2020), "没有检查结果"),
        ((), "--finding"),
        (("--finding", first, "--unit", "U01"), "同用"),
        (("--unit", "U01", "--raw"), "一条一条"),
    ):
        code, explained = call("evidence", "export", *words, "--out", tmp_path / "no.zip", "--data", data)
        assert (code, said in explained) == (2, True), explained
    assert not (tmp_path / "no.zip").exists()


def _folders(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        return {name.split("/")[0] for name in archive.namelist() if "/" in name}


def test_whoever_takes_raw_leaks_is_on_record(data: Path, tmp_path: Path) -> None:
    leak, out = finding_of(data, "U02"), tmp_path / "leak.zip"
    export = ("evidence", "export", "--finding", leak, "--out", out, "--data", data)
    assert call(*export)[0] == 0
    assert not _raw_in(out)
    code, said = call(*export, "--raw")
    assert (code, "--by" in said) == (2, True)
    assert not [link for link in Chain(data).links() if link and link.kind == "access"]
    assert call(*export, "--raw", "--by", "张三", "--reason", "申诉复核")[0] == 0
    assert _raw_in(out)
    (access,) = [link for link in Chain(data).links() if link and link.kind == "access"]
    assert (access.id, access.note) == (leak, "张三：申诉复核")
    assert "sealed-page.html" in access.path
    assert call("evidence", "verify", "--data", data)[0] == 0


def _raw_in(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return [name for name in archive.namelist() if "sealed-" in name]


def test_an_altered_row_is_named(data: Path) -> None:
    assert call("evidence", "verify", "--data", data)[0] == 0
    case = finding_of(data, "U01")
    with closing(sqlite3.connect(data / "govwatch.db")) as connection, connection:
        connection.execute("UPDATE sightings SET summary = '没有问题' WHERE case_id = ?", [case])
    code, said = call("evidence", "verify", "--data", data, "--format", "json")
    found = json.loads(said)
    assert (code, found["ok"]) == (1, False)
    assert any("sightings" in one["file"] and "summary" in one["problem"] for one in found["problems"])


def test_pruning_lists_first_and_keeps_what_is_due_or_referred_to(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, still_open = finding_of(data, "U01"), finding_of(data, "U02")
    with Store.open(data) as store:
        store.review(ended, CaseState.DISMISSED, by="张三", reason="误判", at=NIGHT)
    year = NIGHT.year
    monkeypatch.setattr("govwatch.clock.now", lambda: NIGHT.replace(year=year + 1))
    code, said = call("evidence", "prune", "--dry-run", "--data", data)
    assert (code, "可清理 0 份" in said) == (0, True)
    code, said = call("evidence", "prune", "--before", year + 1, "--really", "--data", data)
    assert (code, f"最晚为 {year}" in said) == (2, True)
    monkeypatch.setattr("govwatch.clock.now", lambda: NIGHT.replace(year=year + 2))
    code, said = call("evidence", "prune", "--dry-run", "--data", data)
    assert (code, "可清理" in said, "没有删除" in said) == (0, True, True)
    assert f"清理 evidence/{year}/{ended}/" in said
    assert f"{still_open} 仍被扣分、案件或申诉引用" in said
    assert (data / "evidence" / str(year) / ended).is_dir()
    code, said = call("evidence", "prune", "--really", "--data", data)
    assert (code, "已清理" in said) == (0, True)
    assert not (data / "evidence" / str(year) / ended).exists()
    assert call("evidence", "verify", "--data", data)[0] == 0
