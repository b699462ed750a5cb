"""Pictures of the places where something should be: shared, captioned, covered where they must be."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from domain.snapshot import FetchStatus
from evidence.bundle import EvidenceStore
from evidence.look import Box, Look
from evidence.places import MOST_TILES, places_of, with_pictures
from evidence.record import Searched, facts_of
from evidence.stamp import opened
from evidence.verify import verify
from tests.evidence.sealing import AT, record, snapshot
from tests.evidence.test_dossier import look, picture

HOME, MAP = "http://www.example.gov.cn/", "http://www.example.gov.cn/wzdt.html"


def looks() -> dict[str, Look]:
    return {HOME: look(title="首页"), MAP: look(title="网站地图", pictures=(picture(shade=90),))}


def test_each_place_has_its_untouched_picture_and_a_captioned_copy() -> None:
    found = places_of(looks())
    assert set(found.files) == {
        "screenshot-place-1.png",
        "marked-place-1.png",
        "screenshot-place-2.png",
        "marked-place-2.png",
    }
    assert found.files["screenshot-place-2.png"] == picture(shade=90).png
    assert found.names == {HOME: ("screenshot-place-1.png",), MAP: ("screenshot-place-2.png",)}
    whole, marked = (opened(found.files[f"{name}-place-1.png"]) for name in ("screenshot", "marked"))
    band = marked.height - whole.height
    assert band > 100
    assert marked.crop((0, band, marked.width, marked.height)).tobytes() == whole.tobytes()


def test_the_record_tells_how_each_place_was_seen_and_which_picture_shows_it() -> None:
    seen = looks() | {"http://www.example.gov.cn/x/": look(pictures=(), notes=("页面已打开但未能截图：x",))}
    sought = [
        Searched(url=url, status=FetchStatus.OK, at=AT) for url in (*seen, "http://www.example.gov.cn/y/")
    ]
    facts = facts_of(with_pictures(record(searched=tuple(sought)), seen, places_of(seen)))
    rows = {row["url"]: row for row in facts["searched"]}
    assert list(rows[MAP]["pictures"]) == ["screenshot-place-2.png"]
    assert rows[MAP]["seen_as"] == "ok"
    assert rows[MAP]["title"] == "网站地图"
    assert rows["http://www.example.gov.cn/x/"]["pictures"] == ()
    assert "未能截图" in rows["http://www.example.gov.cn/x/"]["notes"][0]
    assert rows["http://www.example.gov.cn/y/"]["seen_at"] is None


def test_a_tall_place_shows_its_beginning() -> None:
    tall = look(pictures=tuple(picture(top, 100) for top in range(0, 500, 100)), page_height=500)
    found = places_of({HOME: tall})
    assert len(found.names[HOME]) == MOST_TILES
    assert set(found.files) == {
        f"{kind}-place-1-{tile}.png" for kind in ("screenshot", "marked") for tile in (1, 2)
    }


def test_a_page_that_bears_numbers_of_persons_is_covered() -> None:
    secret = look(private=True, mask_boxes=(Box(x=10, y=10, width=300, height=40),))
    kept = opened(places_of({HOME: secret}).files["screenshot-place-1.png"])
    assert kept.getpixel((100, 30)) == (40, 40, 40)
    assert kept.getpixel((100, 300)) == (200, 200, 200)
    broken = replace(secret, pictures=(replace(secret.pictures[0], png=b"no picture"),))
    assert places_of({HOME: broken}).files == {}


def test_findings_of_a_site_keep_one_file_for_the_same_picture(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    large = look(pictures=(picture(height=3000),), snapshot=replace(snapshot(), url=HOME))
    files = places_of({HOME: large}).files
    assert files == places_of({HOME: large}).files
    for number in range(3):
        store.seal(record(f"F{number}", captured_at=AT + timedelta(seconds=number)), dict(files))
    alike = list(tmp_path.glob("evidence/2026/*/*/marked-place-1.png"))
    assert len(alike) == 3
    assert {path.stat().st_nlink for path in alike} == {3}
    assert verify(tmp_path).ok is True
    alike[0].unlink()
    assert alike[1].read_bytes() == files["marked-place-1.png"]
    assert [problem.file for problem in verify(tmp_path).problems] == [
        alike[0].relative_to(tmp_path).as_posix()
    ]


def test_a_file_altered_since_is_no_twin_of_a_new_seal(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    page = b"<p>" + b"x" * 9000
    (first, *_) = store.seal(record("F1"), {"page.html": page})
    (tmp_path / first.path).write_bytes(page[:-1] + b"y")
    (second, *_) = store.seal(record("F2"), {"page.html": page})
    assert (tmp_path / second.path).read_bytes() == page
    assert [problem.file for problem in verify(tmp_path).problems] == [first.path]
