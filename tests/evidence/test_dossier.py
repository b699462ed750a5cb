"""All files of one finding, from looks real and made up."""

import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image
from warcio.archiveiterator import ArchiveIterator

from domain.finding import LEAKS
from domain.outcome import Frame
from domain.snapshot import FetchStatus
from evidence.capture import BrowserPool
from evidence.dossier import caption_of, dossier
from evidence.look import Box, Located, Look, LookRequest, Picture
from evidence.record import facts_of
from evidence.stamp import opened
from tests.evidence.conftest import Farm
from tests.evidence.sealing import AT, record, snapshot


def picture(top: int = 0, height: int = 700, shade: int = 200) -> Picture:
    out = io.BytesIO()
    Image.new("RGB", (1366, height), (shade, shade, shade)).save(out, "PNG")
    return Picture(png=out.getvalue(), top=top, width=1366, height=height)


def look(**changes: object) -> Look:
    values: dict[str, object] = {
        "snapshot": snapshot(),
        "title": "通知公告",
        "html": "<p>原文</p>".encode("gbk"),
        "dom": "<p>原文</p>".encode(),
        "request_headers": (("User-Agent", "Mozilla/5.0"),),
        "http_version": "HTTP/1.1",
        "status_text": "OK",
        "pictures": (picture(),),
        "page_height": 700,
        "frame_box": Box(x=50, y=300, width=500, height=24),
        **changes,
    }
    return Look(**values)  # type: ignore[arg-type]


def test_a_finding_has_pictures_bytes_headers_and_warc() -> None:
    files = dossier(record(), look(), body=b"<p>http</p>", snapshot=snapshot())
    assert set(files) == {
        "screenshot.png",
        "marked.png",
        "preview.jpg",
        "page.html",
        "http.html",
        "dom.html",
        "headers.json",
        "page.warc.gz",
    }
    assert files["screenshot.png"] == look().pictures[0].png
    assert files["page.html"] == "<p>原文</p>".encode("gbk")
    assert files["dom.html"].decode("utf-8-sig") == "<p>原文</p>"
    headers = json.loads(files["headers.json"])
    assert headers["http"]["server_ip"] == "203.0.113.9"
    assert headers["browser"]["request_headers"] == [["User-Agent", "Mozilla/5.0"]]


def test_without_a_browser_the_bytes_are_kept_all_the_same() -> None:
    files = dossier(record(), None, body=b"<p>http</p>", snapshot=snapshot())
    assert set(files) == {"http.html", "headers.json", "page.warc.gz"}


def test_without_anything_there_is_still_a_headers_file() -> None:
    assert set(dossier(record())) == {"headers.json"}


def test_tiles_are_numbered_and_the_frame_is_on_the_right_one() -> None:
    tiles = (picture(0, 8000), picture(8000, 2000, 180))
    files = dossier(
        record(), look(pictures=tiles, page_height=10_000, frame_box=Box(x=9, y=9000, width=90, height=20))
    )
    plain = dossier(record(), look(pictures=tiles, page_height=10_000, frame_box=None))
    assert {"screenshot-1.png", "screenshot-2.png", "marked-1.png", "marked-2.png"} <= set(files)
    assert opened(files["marked-1.png"]).tobytes() == opened(plain["marked-1.png"]).tobytes()
    assert opened(files["marked-2.png"]).tobytes() != opened(plain["marked-2.png"]).tobytes()


def test_each_finding_of_a_shared_look_has_its_own_frame() -> None:
    one, two, none = Frame(text="一"), Frame(text="二"), Frame(text="三")
    places = (
        Located(frame=one, box=Box(x=9, y=100, width=90, height=20)),
        Located(frame=two, box=Box(x=9, y=400, width=90, height=20)),
        Located(frame=none, box=None, why="页面上没有找到要框出的文字或链接"),
    )
    seen = look(located=places, frame_box=places[0].box)
    pictures = {frame.text: dossier(record(), seen, frame=frame)["marked.png"] for frame in (one, two, none)}
    assert pictures["一"] == dossier(record(), look(frame_box=places[0].box))["marked.png"]
    assert len(set(pictures.values())) == 3
    plain = dossier(record(), look(frame_box=None))["marked.png"]
    assert opened(pictures["三"]).height > opened(plain).height
    assert dossier(record(), seen, frame=None)["marked.png"] == plain


def test_the_caption_says_what_where_when_and_the_digest() -> None:
    seen = look(notes=("网站的安全证书未通过校验，取证时忽略了证书错误",), popups=("alert：你好",))
    caption = caption_of(record(), seen, seen.pictures[0], "")
    text = caption.lead + "".join(label + words for label, words in caption.facts)
    for words in (
        "距今320天",
        "某某市卫生健康局",
        "http://www.example.gov.cn/tzgg/index.html",
        "2026年11月21日 02:30:00（北京时间，UTC+8）",
        "HTTP 200",
        "203.0.113.9",
        "证书",
        "alert：你好",
        "SHA-256",
    ):
        assert words in text


def test_a_moment_of_judgement_that_is_not_the_pictures_is_named() -> None:
    seen = look()
    facts = dict(caption_of(record(as_of=AT - timedelta(days=30)), seen, seen.pictures[0], "").facts)
    assert facts["监测时点"].startswith("2026年10月22日")
    assert "监测时点" not in dict(caption_of(record(), seen, seen.pictures[0], "").facts)


def test_a_failure_is_named_in_the_caption() -> None:
    gone = replace(snapshot(), status=FetchStatus.GONE, http_status=404)
    seen = look(snapshot=gone)
    facts = dict(caption_of(record(), seen, seen.pictures[0], "").facts)
    assert facts["应　　答"].startswith("HTTP 404，页面不存在")


def test_a_picture_that_cannot_be_marked_is_kept_unmarked() -> None:
    broken = Picture(png=b"\x89PNG broken", top=0, width=1366, height=700)
    files = dossier(record(), look(pictures=(broken,)))
    assert files["screenshot.png"] == broken.png
    assert "marked.png" not in files


NUMBER = "11010519491231002X"


def test_of_a_leak_only_covered_pictures_have_open_names() -> None:
    leak = record(check="content.privacy", summary=f"页面公开了{NUMBER}", masked=(NUMBER,))
    seen = look(masks=(NUMBER,), mask_boxes=(Box(x=100, y=100, width=200, height=20),), title=NUMBER)
    files = dossier(leak, seen, body=NUMBER.encode(), snapshot=snapshot())
    shown = {name for name in files if not name.startswith("sealed-")}
    assert shown == {"screenshot.png", "marked.png", "preview.jpg"}
    assert opened(files["screenshot.png"]).getpixel((150, 110)) == (40, 40, 40)
    assert opened(files["sealed-screenshot.png"]).getpixel((150, 110)) == (200, 200, 200)
    caption = caption_of(leak, seen, seen.pictures[0], "")
    assert NUMBER not in caption.lead


@pytest.mark.parametrize("changes", [{"masks": (NUMBER,), "unmasked": (NUMBER,)}, {"masks": ()}])
def test_a_secret_that_was_not_located_leaves_nothing_readable(changes: dict[str, object]) -> None:
    out = io.BytesIO()
    Image.effect_noise((1366, 700), 80).convert("RGB").save(out, "PNG")
    noisy = Picture(png=out.getvalue(), top=0, width=1366, height=700)
    files = dossier(record(masked=(NUMBER,)), look(pictures=(noisy,), **changes))
    shown = opened(files["screenshot.png"])
    assert len(set(shown.crop((0, 0, 20, 20)).get_flattened_data())) == 1


def noisy() -> Picture:
    out = io.BytesIO()
    Image.effect_noise((1366, 700), 80).convert("RGB").save(out, "PNG")
    return Picture(png=out.getvalue(), top=0, width=1366, height=700)


def readable(png: bytes) -> bool:
    return len(set(opened(png).crop((0, 0, 20, 20)).get_flattened_data())) > 1


def test_of_a_privacy_finding_nothing_is_readable_unless_its_numbers_were_covered() -> None:
    leak = record(check="content.privacy", summary="公开了完整的身份证号码（如 110*2X）。")
    box = Box(x=100, y=100, width=200, height=20)
    blind = dossier(leak, look(pictures=(noisy(),)))
    seeing = dossier(leak, look(pictures=(noisy(),), private=True, mask_boxes=(box,)))
    assert not readable(blind["screenshot.png"])
    assert readable(seeing["screenshot.png"])
    assert opened(seeing["screenshot.png"]).getpixel((150, 110)) == (40, 40, 40)
    assert {"sealed-screenshot.png", "sealed-page.html", "sealed-dom.html"} <= set(blind)


def test_of_a_secret_document_nothing_is_readable_at_all() -> None:
    seen = look(pictures=(noisy(),), private=True)
    files = dossier(record(check="content.secret-mark"), seen)
    assert not readable(files["screenshot.png"])
    assert not any(name.startswith(("page", "dom", "http")) for name in files)


def test_another_finding_on_a_page_with_a_leak_does_not_show_it_either() -> None:
    box = Box(x=100, y=100, width=200, height=20)
    files = dossier(record(check="site.tags-missing"), look(private=True, mask_boxes=(box,)), body=b"raw")
    assert opened(files["screenshot.png"]).getpixel((150, 110)) == (40, 40, 40)
    assert "sealed-http.html" in files
    assert "http.html" not in files


def test_the_record_of_a_leak_keeps_addresses_and_digests() -> None:
    url = "http://www.example.gov.cn/art/20260203110105194912310021.html"
    digest = "1" * 64
    facts = facts_of(
        record(
            check="content.privacy",
            url=url,
            facts={"title": f"名单{NUMBER}", "phone": "138-0013-8000"},
            charset=digest,
        )
    )
    assert facts["url"] == url
    assert facts["charset"] == digest
    assert facts["facts"] == {"title": "名单110*************2X", "phone": "138********00"}


def test_the_warc_bears_what_was_asked_and_answered() -> None:
    encoded = replace(
        snapshot(), headers=(("Content-Encoding", "gzip"), ("Content-Length", "7"), (":status", "200"))
    )
    content = dossier(record(), look(snapshot=encoded))["page.warc.gz"]
    records = []
    for row in ArchiveIterator(io.BytesIO(content), check_digests="raise"):
        records.append((row.rec_type, row.rec_headers, row.http_headers, row.content_stream().read()))
    kinds = [kind for kind, *_ in records]
    assert kinds == ["warcinfo", "response", "request"]
    _, rec, http, body = records[1]
    assert rec.get_header("WARC-Target-URI") == "http://www.example.gov.cn/tzgg/index.html"
    assert rec.get_header("WARC-IP-Address") == "203.0.113.9"
    assert rec.get_header("WARC-Date").startswith("2026-11-20T18:30:00")
    assert body == "<p>原文</p>".encode("gbk")
    assert http.get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert http.get_header("Content-Length") == str(len(body))
    assert http.get_header(":status") is None
    assert records[2][2].protocol == "GET"


def test_the_same_input_gives_the_same_warc() -> None:
    assert dossier(record(), look())["page.warc.gz"] == dossier(record(), look())["page.warc.gz"]


@pytest.mark.browser
def test_every_number_of_a_person_is_covered_on_a_private_page(pool: BrowserPool, farm: Farm) -> None:
    cells = [NUMBER, "6222 0212 3456 7890 123", "13800138000", "138-0013-8000", "2026-01-05", "0512-52771234"]
    rows = "".join(f"<tr><td>{cell[:6]}<span>{cell[6:]}</span></td><td>张某</td></tr>" for cell in cells)
    url = farm.html("/names", f"<table border=1 style='font-size:30px'>{rows}</table>")
    ((_, seen),) = pool.look_many([LookRequest(url=url, private=True)])
    assert seen.private
    rows_covered = {round(box.y) // 40 for box in seen.mask_boxes}
    assert len(rows_covered) == 4
    assert not pool.look(url).private


@pytest.mark.browser
def test_a_real_leak_is_covered_on_the_picture(pool: BrowserPool, farm: Farm) -> None:
    url = farm.html("/leak", f"<p style='font-size:40px'>{NUMBER}</p>")
    seen = pool.look(url, Frame(text=NUMBER), masks=(NUMBER,))
    files = dossier(record(masked=(NUMBER,)), seen)
    (box,) = seen.mask_boxes
    covered = opened(files["screenshot.png"]).crop(
        (round(box.x), round(box.y), round(box.x + box.width), round(box.y + box.height))
    )
    assert set(covered.get_flattened_data()) == {(40, 40, 40)}


@pytest.mark.parametrize("check", sorted(LEAKS))
def test_whatever_leaks_is_sealed_away(check: str) -> None:
    leak = record(check=check, summary=f"公开了{NUMBER}", masked=())
    files = dossier(leak, look(private=False), body=b"<p>x</p>", snapshot=snapshot())
    shown = {name for name in files if not name.startswith("sealed-")}
    assert shown == {"screenshot.png", "marked.png", "preview.jpg"}
    assert NUMBER not in str(facts_of(leak))


def test_answers_of_a_source_stand_in_the_archive_too() -> None:
    source = replace(snapshot("http://a.test/feed.json", b"{}"), final_url="http://a.test/feed.json")
    gone = replace(source, http_status=None)
    files = dossier(record(), look(), further=[(source, b"{}"), (gone, b"")])
    found = [
        (row.rec_type, row.rec_headers.get_header("WARC-Target-URI"))
        for row in ArchiveIterator(io.BytesIO(files["page.warc.gz"]), check_digests="raise")
    ]
    assert found[3:] == [("response", source.final_url), ("request", source.final_url)]
