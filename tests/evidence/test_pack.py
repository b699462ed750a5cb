"""The pack: complete, printable, and verified in an empty folder by standard tools alone."""

import gzip
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from domain.finding import CaseState, Finding
from domain.snapshot import Snapshot, Via
from evidence.browser import BrowserFound
from evidence.bundle import EvidenceStore
from evidence.dossier import dossier
from evidence.pack import (
    MOST,
    NothingSealedError,
    PackError,
    browser_printer,
    export_finding,
    export_findings,
    pack_of,
    write_zip,
)
from evidence.record import searched_of, with_look
from evidence.session import BrowserLost
from evidence.timestamps import Authority, stamp_chain
from govwatch import clock
from schemes.mistakes import SchemeError
from tests.evidence.sealing import AT, filled, record, snapshot
from tests.evidence.test_dossier import NUMBER, look
from tests.evidence.tsa import TimeStampAuthority

FINDING = Finding(
    id="F00A1",
    check="column.stale",
    unit="U01",
    target_kind="site",
    target="s01",
    subject="http://www.example.gov.cn/tzgg/",
    subject_name="通知公告",
    url="http://www.example.gov.cn/tzgg/",
    observed={},
    expected={},
    summary="“通知公告”栏目最新一条信息为2026-01-05，距今320天，超过6个月的更新期限。",
    indicators=("changshu-2020/7", "national-2019/W-V4"),
    state=CaseState.CONFIRMED,
    first_seen=AT - timedelta(days=9),
    last_seen=AT,
    sightings=10,
)

TOOLS = ("sh", "sha256sum", "openssl")
needs_tools = pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="没有 sha256sum 或 openssl")


def paper(html: str) -> bytes:
    """A printer for tests that need no real PDF."""
    return b"%PDF-1.4 " + html.encode()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two captures of the finding among others, time-stamped."""
    data = tmp_path_factory.mktemp("kept")
    store = filled(data)
    for night in range(2):
        at = AT + timedelta(days=night)
        facts = record("F00A1", captured_at=at)
        store.seal(facts, dossier(facts, look(), body=b"<p>http</p>", snapshot=snapshot()))
    store.seal(record("F0B"), {})
    tsa = TimeStampAuthority(tmp_path_factory.mktemp("tsa"))
    assert stamp_chain(store, Authority(url=tsa.url, roots=tsa.roots), clock.now).path
    tsa.close()
    store.seal(record("F0C"), {})
    return data


@pytest.fixture(scope="module")
def pack(kept: Path) -> dict[str, bytes]:
    return pack_of(kept, FINDING, printer=paper, at=AT)


def unpacked(folder: Path, files: dict[str, bytes]) -> Path:
    write_zip(folder / "pack.zip", files)
    place = folder / "unpacked"
    with zipfile.ZipFile(folder / "pack.zip") as archive:
        archive.extractall(place)
    return place


def verified(place: Path) -> subprocess.CompletedProcess[str]:
    """Runs the script as a stranger would, with nothing of ours within reach."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(place)}
    return subprocess.run(
        ["sh", "verify.sh"],
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_pack_holds_everything(pack: dict[str, bytes]) -> None:
    first, second = (f"seals/2026112{n}T183000Z" for n in (0, 1))
    names = set(pack)
    for folder in (first, second):
        assert {
            f"{folder}/{n}" for n in ("manifest.json", "record.json", "screenshot.png", "marked.png")
        } <= names
    assert {
        "certificate.pdf",
        "README.txt",
        "verify.sh",
        "SHA256SUMS",
        "SHA256SUMS.sig",
        "chain/chain.jsonl",
        "chain/proof.txt",
        "chain/public.pem",
        "chain/tokens/tsa-roots.pem",
        "replay/20261120T183000Z.wacz",
    } <= names
    certificate = pack["certificate.pdf"].decode()
    expected = (
        "取证单 F00A1 某某市卫生健康局 距今320天 （changshu-2020）第7项 公示公告 第三方机构证明 "
        "已认定 203.0.113.9"
    )
    for words in expected.split():
        assert words in certificate


@needs_tools
def test_a_stranger_verifies_it_with_standard_tools(tmp_path: Path, pack: dict[str, bytes]) -> None:
    answer = verified(unpacked(tmp_path, pack))
    assert "[问题]" not in answer.stdout
    assert "[未验]" not in answer.stdout
    assert "时间戳成立" in answer.stdout
    assert "结论：全部通过" in answer.stdout
    assert (answer.returncode, answer.stderr) == (0, "")


@needs_tools
def test_the_listing_serves_sha256sum_itself(tmp_path: Path, pack: dict[str, bytes]) -> None:
    place = unpacked(tmp_path, pack)
    subprocess.run(
        ["sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS"], cwd=place, check=True, timeout=60
    )


@needs_tools
@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_change_to_a_pack_is_found(
    tmp_path_factory: pytest.TempPathFactory, pack: dict[str, bytes], draw: st.DataObject
) -> None:
    names = sorted(name for name in pack if name != "verify.sh")
    name = draw.draw(st.sampled_from(names), label="file")
    at = draw.draw(st.integers(0, len(pack[name]) - 1), label="byte")
    changed = pack[name][:at] + bytes([pack[name][at] ^ 1]) + pack[name][at + 1 :]
    place = unpacked(tmp_path_factory.mktemp("changed"), {**pack, name: changed})
    assert verified(place).returncode == 1


def relisted(files: dict[str, bytes]) -> dict[str, bytes]:
    """The listing written anew, as a forger would."""
    from evidence.digest import sha256

    rest = {name: content for name, content in files.items() if not name.startswith("SHA256SUMS")}
    listing = "".join(f"{sha256(content)}  {name}\n" for name, content in sorted(rest.items()))
    return {**rest, "SHA256SUMS": listing.encode(), "SHA256SUMS.sig": files["SHA256SUMS.sig"]}


@needs_tools
@pytest.mark.parametrize(
    ("forge", "words"),
    [
        (lambda f: {**f, "seals/20261120T183000Z/screenshot.png": b"x"}, "内容不符"),
        (
            lambda f: {**f, "chain/chain.jsonl": f["chain/chain.jsonl"].replace(b'"seq":7', b'"seq":8')},
            "接不上",
        ),
        (lambda f: {**f, "chain/proof.txt": f["chain/proof.txt"].replace(b"F00A1", b"F00A2")}, "签名不成立"),
        (lambda f: {n: c for n, c in f.items() if n != "seals/20261121T183000Z/marked.png"}, "缺少"),
        (
            lambda f: {**f, "chain/chain.jsonl": b"\n".join(f["chain/chain.jsonl"].split(b"\n")[1:])},
            "没有登记",
        ),
    ],
)
def test_a_listing_written_anew_hides_nothing(
    tmp_path: Path,
    pack: dict[str, bytes],
    forge: Callable[[dict[str, bytes]], dict[str, bytes]],
    words: str,
) -> None:
    answer = verified(unpacked(tmp_path, relisted(forge(pack))))
    assert answer.returncode == 1
    assert words in answer.stdout


@needs_tools
def test_an_added_file_is_found(tmp_path: Path, pack: dict[str, bytes]) -> None:
    answer = verified(unpacked(tmp_path, {**pack, "seals/extra.png": b"x"}))
    assert answer.returncode == 1
    assert "seals/extra.png" in answer.stdout


@needs_tools
def test_the_pack_itself_lying_beside_is_no_fault_and_no_evidence(
    tmp_path: Path, pack: dict[str, bytes]
) -> None:
    answer = verified(unpacked(tmp_path, {**pack, "download.zip": b"x"}))
    assert answer.returncode == 0, answer.stdout
    assert "[不计] download.zip" in answer.stdout


@needs_tools
def test_a_folder_that_cannot_be_written_is_verified_all_the_same(
    tmp_path: Path, pack: dict[str, bytes]
) -> None:
    place = unpacked(tmp_path, pack)
    before = sorted(os.listdir(place))
    assert verified(place).returncode == 0
    assert sorted(os.listdir(place)) == before


def searched_in_vain(data: Path, content: bytes) -> tuple[Snapshot, Path]:
    """Seals a finding that rests on a searched page; gives how it was seen and where its bytes lie."""
    seen = snapshot("http://www.example.gov.cn/xxgk/", content)
    path = data / "bodies" / str(seen.body)[:2] / str(seen.body)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    searched = searched_of([seen.url, "http://www.example.gov.cn/never/"], {seen.url: seen})
    EvidenceStore(data).seal(record("F00A1", searched=searched), {})
    return seen, path


@pytest.fixture
def searched(tmp_path: Path) -> dict[str, bytes]:
    searched_in_vain(tmp_path / "kept", b"<p>nothing here</p>")
    return pack_of(tmp_path / "kept", FINDING, printer=paper, at=AT)


def test_the_pages_searched_in_vain_are_in_the_pack(tmp_path: Path) -> None:
    content = "<p>没有这个栏目</p>".encode("gbk")
    seen, path = searched_in_vain(tmp_path, content)
    files = pack_of(tmp_path, FINDING, printer=paper, at=AT)
    with zipfile.ZipFile(io.BytesIO(files["replay/searched.wacz"])) as archive:
        warc = archive.read("archive/data.warc.gz")
        assert archive.read("indexes/index.cdx").count(b"\n") == 1
    found = [
        (row.rec_type, row.rec_headers.get_header("WARC-Target-URI"), row.content_stream().read())
        for row in ArchiveIterator(io.BytesIO(warc), check_digests="raise")
    ]
    assert found[1:] == [("response", seen.final_url, content), ("request", seen.final_url, b"")]
    path.write_bytes(b"altered")
    assert "replay/searched.wacz" not in pack_of(tmp_path, FINDING, printer=paper, at=AT)


def test_without_time_stamps_the_segment_reaches_the_head(tmp_path: Path) -> None:
    store = filled(tmp_path)
    facts = record("F00A1")
    store.seal(facts, dossier(facts, look()))
    store.seal(record("F0C"), {})
    files = pack_of(tmp_path, FINDING, printer=paper, at=None)
    assert files["chain/chain.jsonl"].count(b"\n") == 2
    assert "未加盖" in files["certificate.pdf"].decode()
    if all(map(shutil.which, TOOLS)):
        assert verified(unpacked(tmp_path, files)).returncode == 0


def test_altered_or_absent_evidence_is_not_handed_out(tmp_path: Path, kept: Path) -> None:
    copy = tmp_path / "data"
    shutil.copytree(kept, copy)
    with pytest.raises(NothingSealedError, match="F-none"):
        export_finding(copy, replace(FINDING, id="F-none"), tmp_path / "x.zip", printer=paper)
    picture = next(copy.glob("evidence/2026/F00A1/*/marked.png"))
    original = picture.read_bytes()
    picture.write_bytes(original + b"x")
    with pytest.raises(PackError, match=r"marked\.png"):
        export_finding(copy, FINDING, tmp_path / "x.zip", printer=paper)
    picture.unlink()
    with pytest.raises(PackError, match=r"marked\.png"):
        export_finding(copy, FINDING, tmp_path / "x.zip", printer=paper)
    with pytest.raises(NothingSealedError):
        export_finding(tmp_path / "empty", FINDING, tmp_path / "x.zip", printer=paper)
    assert not (tmp_path / "x.zip").exists()


def test_sealed_raw_files_of_a_leak_stay_behind(tmp_path: Path) -> None:
    leak = record("F00A1", masked=(NUMBER,), summary=f"公开了{NUMBER}")
    seen = look(masks=(NUMBER,), dom=NUMBER.encode(), html=NUMBER.encode())
    EvidenceStore(tmp_path).seal(leak, dossier(leak, seen))
    files = pack_of(tmp_path, replace(FINDING, summary="公开了110*2X"), printer=paper, at=AT)
    assert not any("sealed-" in name for name in files)
    assert not any(NUMBER.encode() in content for content in files.values())
    if all(map(shutil.which, TOOLS)):
        assert verified(unpacked(tmp_path, files)).returncode == 0
    raw = pack_of(tmp_path, FINDING, printer=paper, at=AT, raw=True)
    assert any(name.endswith("sealed-page.html") for name in raw)


def test_a_lapse_of_many_nights_is_shown_by_the_first_and_the_latest(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    for night in range(MOST + 5):
        store.seal(record("F00A1", captured_at=AT + timedelta(days=night)), {})
    files = pack_of(tmp_path, FINDING, printer=paper, at=AT)
    folders = sorted({name.split("/")[1] for name in files if name.startswith("seals/")})
    assert len(folders) == MOST
    assert folders[0].startswith("20261120")


def test_many_findings_go_into_one_pack_with_a_list(tmp_path: Path, kept: Path) -> None:
    other = replace(FINDING, id="F0B", summary='=HYPERLINK("x")')
    none = replace(FINDING, id="F-none")
    out = tmp_path / "deep" / "unit.zip"
    assert export_findings(kept, [FINDING, other, none], out, printer=paper, at=AT) == ("F-none",)
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
        listing = archive.read("list.csv").decode("utf-8-sig")
    assert {"F00A1/verify.sh", "F0B/verify.sh"} <= set(names)
    assert '"\'=HYPERLINK(""x"")"' in listing
    assert listing.count("\r\n") == 4


def test_without_a_browser_the_certificate_stays_html(kept: Path) -> None:
    def jammed(html: str) -> bytes:
        raise BrowserLost("no paper")

    for printer in (None, jammed):
        files = pack_of(kept, FINDING, printer=printer, at=AT)
        assert "certificate.pdf" not in files
        assert "取证单" in files["certificate.html"].decode()


def test_nothing_in_a_certificate_is_markup_of_the_page(tmp_path: Path) -> None:
    nasty = "<script>alert(1)</script><img src=x>"
    EvidenceStore(tmp_path).seal(record("F00A1", unit_name=nasty, summary=nasty, wordings=(nasty,)), {})
    files = pack_of(tmp_path, replace(FINDING, subject_name=nasty, url=nasty), printer=None, at=AT)
    page = files["certificate.html"].decode()
    assert "<script" not in page
    assert "<img src=x" not in page


@pytest.mark.browser
def test_the_certificate_is_one_readable_page(kept: Path, tmp_path: Path, found: BrowserFound) -> None:
    out = tmp_path / "pack.zip"
    export_finding(kept, FINDING, out, at=AT)
    with zipfile.ZipFile(out) as archive:
        document = pypdfium2.PdfDocument(archive.read("certificate.pdf"))
    assert len(document) == 1
    page = document[0].get_textpage()
    text = page.get_text_bounded()
    page.close()
    document.close()
    for words in ("F00A1", "2026-01-05", "sh verify.sh"):
        assert words in text


@pytest.mark.browser
def test_a_printer_prints_more_than_once(found: BrowserFound) -> None:
    with browser_printer(AT) as printer:
        assert printer is not None
        assert all(printer(f"<p>{n}").startswith(b"%PDF") for n in range(2))


def test_the_replay_archive_is_a_valid_wacz(pack: dict[str, bytes]) -> None:
    content = pack["replay/20261120T183000Z.wacz"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert all(entry.compress_type == zipfile.ZIP_STORED for entry in archive.infolist())
        package = json.loads(archive.read("datapackage.json"))
        rows = archive.read("indexes/index.cdx").decode().splitlines()
        warc = archive.read("archive/data.warc.gz")
    assert package["wacz_version"] == "1.1.1"
    assert rows == sorted(rows)
    for row in rows:
        entry = json.loads(row.split(" ", 2)[2])
        start = int(entry["offset"])
        part = warc[start : start + int(entry["length"])]
        assert part.startswith(b"\x1f\x8b")


def program(name: str) -> str:
    """A validator that is installed beside this Python, or on PATH."""
    found = shutil.which(name, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if found is None:
        pytest.skip(f"没有 {name}，未用它再验一遍")
    return found


@pytest.mark.parametrize("name", ["20261120T183000Z", "searched"])
def test_others_find_the_archives_valid(
    name: str, tmp_path: Path, kept: Path, searched: dict[str, bytes], pack: dict[str, bytes]
) -> None:
    path = tmp_path / "archive.wacz"
    path.write_bytes((searched if name == "searched" else pack)[f"replay/{name}.wacz"])
    wacz = [program("wacz"), "validate", "-f", str(path)]
    subprocess.run(wacz, check=True, capture_output=True, timeout=60)
    with zipfile.ZipFile(path) as archive:
        warc = archive.read("archive/data.warc.gz")
    checked(tmp_path / "data.warc.gz", warc)


def checked(path: Path, warc: bytes) -> None:
    """Holds a WARC against `warcio check`, and that it finds a byte altered in a payload."""
    path.write_bytes(warc)
    told = subprocess.run(
        [program("warcio"), "check", "-v", str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert told.returncode == 0, told.stdout
    assert "digest pass" in told.stdout
    assert "fail" not in told.stdout
    records = gzip.decompress(warc)
    at = records.rindex(b"<p>") + 3
    path.write_bytes(records[:at] + bytes([records[at] ^ 1]) + records[at + 1 :])
    told = subprocess.run(
        [program("warcio"), "check", str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert told.returncode == 1
    assert "digest failed" in told.stdout


def test_the_sealed_archive_passes_warcio_check(kept: Path, tmp_path: Path) -> None:
    archives = sorted(kept.glob("evidence/2026/F00A1/*/page.warc.gz"))
    assert len(archives) == 2
    checked(tmp_path / "page.warc.gz", archives[0].read_bytes())


@pytest.mark.parametrize(
    ("changes", "label", "named"),
    [
        ({}, "查找过程", True),
        ({"wordings": (), "absent": True}, "查找过程", True),
        ({"wordings": ()}, "相关网页", True),
        ({"wordings": (), "searched": searched_of([FINDING.url], {})}, "相关网页", False),
    ],
)
def test_only_what_is_missing_was_searched_for(
    tmp_path: Path, changes: dict[str, object], label: str, named: bool
) -> None:
    EvidenceStore(tmp_path).seal(record("F00A1", **changes), {})
    page = pack_of(tmp_path, FINDING, printer=paper, at=AT)["certificate.pdf"].decode()
    assert ({"查找过程", "相关网页"} & set(re.findall("<th>(.*?)</th>", page))) == (
        {label} if named else set()
    )


def test_the_certificate_names_both_witnesses_and_what_judged(tmp_path: Path) -> None:
    seen = replace(look(), browser="Chromium 156（系统自带）")
    seen = replace(seen, snapshot=replace(seen.snapshot, via=Via.BROWSER))
    told = with_look(with_look(record("F00A1"), seen), seen)
    EvidenceStore(tmp_path).seal(told, dossier(told, seen, body=b"x", snapshot=snapshot()))
    page = pack_of(tmp_path, FINDING, printer=paper, at=AT)["certificate.pdf"].decode()
    assert page.count("02:30:00，直接读取") == page.count("02:30:00，浏览器打开") == 1
    assert "Chromium 156；监测轮次" in page
    assert "检查项 1" in page


def test_scheme_lines_are_named_as_their_texts_name_them(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(FINDING, indicators=("changshu-2020/7", "own-2030/1.2", "own-2030/3"))
    page = pack_of(kept, other, printer=paper, at=AT)["certificate.pdf"].decode()
    assert "《常熟市政务公开工作考核方案（2020年版）》（changshu-2020）第7项“" in page
    assert "own-2030第1.2项、第3项" in page

    def spoilt() -> None:
        raise SchemeError([])

    monkeypatch.setattr("evidence.certificate.load_all", spoilt)
    page = pack_of(kept, other, printer=paper, at=AT)["certificate.pdf"].decode()
    assert "changshu-2020第7项" in page
