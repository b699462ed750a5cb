"""Pictures of the places where a missing thing should be: the same for every finding that rests on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from domain.snapshot import STATUS_TITLES, FetchStatus
from evidence.digest import sha256
from evidence.look import Look, Picture
from evidence.record import EvidenceRecord, Searched, spoken
from evidence.stamp import Caption, StampError, blurred, covered, shifted, stamp

SEARCHED = "查找过的页面"

MOST_TILES = 2
"""Pictures of one place; a taller page is told of in the caption."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The files of some places, and the names of the pictures by the address that was asked for."""

    files: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)


def places_of(looks: Mapping[str, Look], lead: str = SEARCHED) -> Places:
    """The untouched pictures of places, by the address that was searched, with a copy each that `lead` heads.

    The caption tells of the place alone, so that findings of one site share both pictures byte for byte.
    Of a page that bears numbers of persons only covered copies are kept here.
    """
    found = Places()
    pictured = [(url, look) for url, look in looks.items() if look.pictures]
    for number, (url, look) in enumerate(pictured, 1):
        names = []
        shown = look.pictures[:MOST_TILES]
        for tile, picture in enumerate(shown, 1):
            suffix = f"place-{number}" + (f"-{tile}" if len(shown) > 1 else "")
            try:
                png = _shown(look, picture)
                found.files[f"marked-{suffix}.png"] = _stamped(
                    png, _caption(look, png, tile, len(shown), lead)
                )
            except StampError:
                png = picture.png
            if look.private and png is picture.png:
                continue
            found.files[f"screenshot-{suffix}.png"] = png
            names.append(f"screenshot-{suffix}.png")
        found.names[url] = tuple(names)
    return found


def with_pictures(record: EvidenceRecord, looks: Mapping[str, Look], places: Places) -> EvidenceRecord:
    """The record, with each searched page telling how the browser saw it and which pictures show it."""
    told = (_told(row, looks.get(row.url), places) for row in record.searched)
    return replace(record, searched=tuple(told))


def _told(row: Searched, look: Look | None, places: Places) -> Searched:
    if look is None:
        return row
    return replace(
        row,
        title=row.title or look.title,
        pictures=places.names.get(row.url, ()),
        seen_at=look.snapshot.fetched_at,
        seen_as=look.snapshot.status,
        notes=(*filter(None, (look.snapshot.detail,)), *look.notes),
    )


def _shown(look: Look, picture: Picture) -> bytes:
    if not look.private:
        return picture.png
    if look.unmasked:
        return blurred(picture.png)
    return covered(picture.png, [shifted(box, picture.top) for box in look.mask_boxes])


@lru_cache(maxsize=8)
def _stamped(png: bytes, caption: Caption) -> bytes:
    return stamp(png, caption)


def _caption(look: Look, png: bytes, tile: int, tiles: int, lead: str) -> Caption:
    snapshot = look.snapshot
    facts = [("网　　址", snapshot.url)]
    if snapshot.final_url != snapshot.url:
        facts.append(("实际网址", snapshot.final_url))
    facts.append(("取证时间", spoken(snapshot.fetched_at)))
    answer = [f"HTTP {snapshot.http_status}" if snapshot.http_status else "无应答"]
    if snapshot.status is not FetchStatus.OK:
        answer.append(snapshot.detail or STATUS_TITLES[snapshot.status])
    facts.append(("应　　答", "，".join(answer)))
    if len(look.pictures) > 1:
        facts.append(("图片范围", f"第 {tile} 张，共 {tiles} 张，整页高 {look.page_height} 像素"))
    if look.private:
        facts.append(("遮　　盖", "图中的个人号码已遮盖"))
    facts.append(("原图校验", f"SHA-256 {sha256(png)}"))
    return Caption(lead=f"{lead}：{look.title or snapshot.url}", facts=tuple(facts))
