"""PDF files are drawn apart, and what is no PDF draws nothing."""

import io

import pypdfium2
from PIL import Image

from evidence.dossier import dossier
from evidence.paper import GAP, MOST_PAGES, WIDTH, is_paper, look_at_paper
from tests.evidence.sealing import record, snapshot


def paper(pages: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(500, 700)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_pages_stand_one_below_the_other() -> None:
    look = look_at_paper(snapshot(), paper(2))
    assert look is not None
    [picture] = look.pictures
    assert (picture.width, picture.height) == (WIDTH, 2 * 1400 + GAP)
    assert "共 2 页，全部在图中" in look.notes[0]
    with Image.open(io.BytesIO(picture.png)) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def test_long_papers_are_cut_and_it_is_said() -> None:
    look = look_at_paper(snapshot(), paper(MOST_PAGES + 3))
    assert look is not None
    assert f"共 {MOST_PAGES + 3} 页，图中为前 {MOST_PAGES} 页" in look.notes[0]


def test_what_is_no_paper_is_not_drawn() -> None:
    assert not is_paper(b"<html></html>")
    assert not is_paper(None)
    assert look_at_paper(snapshot(), b"%PDF-1.7 and nothing behind") is None
    assert look_at_paper(snapshot(), paper(1)[:200]) is None


def test_the_pictures_of_a_paper_are_captioned_and_the_file_is_kept_as_one() -> None:
    body = paper(1)
    files = dossier(record(), look_at_paper(snapshot(), body), body=body, snapshot=snapshot())
    assert {"screenshot.png", "marked.png", "http.pdf"} <= set(files)
    assert files["http.pdf"] == body
