"""All files of one finding's evidence, made of what the looks brought: pictures, bytes, WARC.

Of a leak (`is_leak`, or a look that covered numbers of persons) the shown pictures are covered; what
still bears the secret is kept under names that begin with "sealed-", which no page and no export shows.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from types import EllipsisType

import msgspec

from domain.outcome import Frame
from domain.snapshot import STATUS_TITLES, FetchStatus, Snapshot
from evidence.digest import document, sha256
from evidence.look import Look, Picture
from evidence.paper import is_paper
from evidence.record import EvidenceRecord, hush, is_leak, spoken
from evidence.stamp import Caption, StampError, blurred, covered, shifted, stamp_and_preview
from evidence.warc import Exchange, write_warc

SEALED = "sealed-"

WHOLLY_CLOSED = frozenset({"content.secret-mark", "media.secret-mark"})
"""Checks of whose pages no part may be copied about."""

NIGHT = timedelta(hours=12)
"""A moment of judgement further than this from the picture's is named on it."""

BOM = b"\xef\xbb\xbf"
"""Before the rendered document: it is UTF-8 whatever charset its own tags still name."""


def dossier(
    record: EvidenceRecord,
    look: Look | None = None,
    *,
    body: bytes | None = None,
    snapshot: Snapshot | None = None,
    frame: Frame | EllipsisType | None = ...,
    further: Iterable[tuple[Snapshot, bytes]] = (),
) -> dict[str, bytes]:
    """File names and contents, ready for EvidenceStore.seal.

    `look` is the browser's; `body` and `snapshot` are what plain HTTP brought of the same page. `frame`
    is this finding's element among those that the look located, None where it has none (a look that
    several findings share bears the others' too); by default the look's first. `further` are answers of
    other addresses that the finding rests on (an account's source): they stand in the WARC too.
    A picture that cannot be marked is kept unmarked.
    """
    files: dict[str, bytes] = {}
    if body is not None:
        files["http.pdf" if is_paper(body) else "http.html"] = body
    if look is not None:
        if not isinstance(frame, EllipsisType):
            place = look.place_of(frame)
            look = replace(look, frame_box=place.box if place else None, located=(place,) if place else ())
        files |= _pictures(record, look) | _documents(look)
    files["headers.json"] = _headers(look, snapshot)
    exchanges = list(_exchanges(look, snapshot, body))
    for seen, content in further:
        exchanges += _exchanges(None, seen, content)
    if exchanges:
        files["page.warc.gz"] = write_warc(exchanges, record.captured_at, record.versions.program)
    return _closed(files) if is_leak(record) or (look is not None and look.private) else files


def _closed(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of a leak: whatever still bears the secret under a sealed name."""
    shown = ("marked", "preview", "screenshot", SEALED)
    return {name if name.startswith(shown) else SEALED + name: content for name, content in files.items()}


def caption_of(record: EvidenceRecord, look: Look, picture: Picture, part: str) -> Caption:
    """What is written above a picture. `part` names the tile where there are several."""
    snapshot = look.snapshot
    facts = [
        ("责任单位", record.unit_name + (f"（{record.target_name}）" if record.target_name else "")),
        ("检查事项", f"{record.check_title}（{record.check}）"),
        ("佐证编号", record.finding),
        ("网　　址", snapshot.url),
    ]
    if snapshot.final_url != snapshot.url:
        facts.append(("实际网址", snapshot.final_url))
    facts.append(("取证时间", spoken(snapshot.fetched_at)))
    if abs(record.as_of - snapshot.fetched_at) > NIGHT:
        facts.append(("监测时点", f"{spoken(record.as_of)}，期限按此计算"))
    answer = [f"HTTP {snapshot.http_status}" if snapshot.http_status else "无应答"]
    if snapshot.status is not FetchStatus.OK:
        answer.append(snapshot.detail or STATUS_TITLES[snapshot.status])
    if snapshot.server_ip:
        answer.append(f"服务器地址 {snapshot.server_ip}")
    facts.append(("应　　答", "，".join(answer)))
    if part:
        facts.append(("图片范围", part))
    if is_leak(record) or look.private:
        facts.append(("遮　　盖", "图中的敏感信息已遮盖，未遮盖的原图已封存"))
    sought = [found.why for found in look.located[:1] if found.why]
    notes = [*sought, *look.notes, *(f"页面弹窗（{text}）" for text in look.popups[:3])]
    if notes:
        facts.append(("说　　明", "；".join(notes)))
    facts.append(("原图校验", f"SHA-256 {sha256(picture.png)}"))
    lead = record.summary or record.check_title
    return Caption(
        lead=hush(lead, record),
        facts=tuple((label, _shown_text(label, text, record)) for label, text in facts),
    )


def _shown_text(label: str, text: str, record: EvidenceRecord) -> str:
    """A caption's fact; the digest of the picture is no secret whatever digits it has."""
    return text if label == "原图校验" else hush(text, record)


def _pictures(record: EvidenceRecord, look: Look) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    closed = is_leak(record) or look.private
    many = len(look.pictures) > 1
    shown_in = _tile_of(look)
    for number, picture in enumerate(look.pictures, 1):
        suffix = f"-{number}" if many else ""
        files[f"{SEALED if closed else ''}screenshot{suffix}.png"] = picture.png
        part = ""
        if many:
            reach = f"自上而下第 {picture.top} 至 {picture.top + picture.height} 像素"
            part = (
                f"第 {number} 张，共 {len(look.pictures)} 张（整页高 {look.page_height} 像素，本张为{reach}）"
            )
        caption = caption_of(record, look, picture, part)
        frame = shifted(look.frame_box, picture.top) if look.frame_box else None
        try:
            shown = _shown(record, look, picture)
            marked, small = stamp_and_preview(shown, caption, frame)
        except StampError:
            continue
        files[f"marked{suffix}.png"] = marked
        if closed:
            files[f"screenshot{suffix}.png"] = shown
        if number == shown_in:
            files["preview.jpg"] = small
    return files


def _shown(record: EvidenceRecord, look: Look, picture: Picture) -> bytes:
    """The picture as it may be shown; where a secret could not be located, nothing of it stays readable."""
    if not is_leak(record) and not look.private:
        return picture.png
    located = not look.unmasked and set(record.masked) <= set(look.masks) and (look.private or record.masked)
    if record.check in WHOLLY_CLOSED or not located:
        return blurred(picture.png)
    return covered(picture.png, [shifted(box, picture.top) for box in look.mask_boxes])


def _tile_of(look: Look) -> int:
    """The number of the picture that shows the framed element; the first where none does."""
    box = look.frame_box
    if box is not None:
        for number, picture in enumerate(look.pictures, 1):
            if picture.top <= box.y < picture.top + picture.height:
                return number
    return 1


def _documents(look: Look) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    if look.html is not None:
        files["page.html"] = look.html
    if look.dom:
        files["dom.html"] = BOM + look.dom
    for number, frame in enumerate(look.frames, 1):
        files[f"frame-{number}.html"] = BOM + frame.dom
    return files


def _headers(look: Look | None, snapshot: Snapshot | None) -> bytes:
    seen: dict[str, object] = {}
    if snapshot is not None:
        seen["http"] = msgspec.to_builtins(snapshot)
    if look is not None:
        seen["browser"] = msgspec.to_builtins(look.snapshot) | {
            "request_headers": [list(pair) for pair in look.request_headers],
            "http_version": look.http_version,
            "browser": look.browser,
            "title": look.title,
            "frames": [frame.url for frame in look.frames],
            "popups": list(look.popups),
            "trouble": list(look.trouble),
            "notes": list(look.notes),
        }
    return document(seen)


def _exchanges(look: Look | None, snapshot: Snapshot | None, body: bytes | None) -> Iterable[Exchange]:
    if snapshot is not None and snapshot.http_status is not None and body is not None:
        yield Exchange(
            url=snapshot.final_url,
            at=snapshot.fetched_at,
            status=snapshot.http_status,
            headers=snapshot.headers,
            method=snapshot.method,
            request_headers=snapshot.request_headers,
            body=body,
            server_ip=snapshot.server_ip,
        )
    if look is not None and look.snapshot.http_status is not None and look.html is not None:
        yield Exchange(
            url=look.snapshot.final_url,
            at=look.snapshot.fetched_at,
            status=look.snapshot.http_status,
            reason=look.status_text,
            version=look.http_version,
            headers=look.snapshot.headers,
            request_headers=look.request_headers,
            body=look.html,
            server_ip=look.snapshot.server_ip,
        )
