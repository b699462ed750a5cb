"""The text of PDF files."""

import unicodedata

from crawler.reading.overleaf import joined_tables
from crawler.reading.ruled import Ruled, ruled_tables
from domain.page import Grid

MAX_PAGES = 200
MAX_RULED = 40
"""Pages whose lines are looked at: a report's tables stand on its first ones."""

MAX_TEXT = 400_000

_RADICALS = str.maketrans(
    "⺀⺁⺃⺄⺅⺆⺇⺈⺉⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "⺀厂乛乚亻冂𠘨刀刂㔾小小兀尣尢𡯂巳幺彑彐忄㣺扌攵旡日月歺母民氵氺灬爫爫丬牜犭王疋罒示礻竹糸纟罓罒罓㓁网羊羊羊耂耂聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
"""Radical characters that PDF files carry in place of the characters they look like."""


def plain(text: str) -> str:
    """The text with radicals and compatibility characters replaced by the characters meant."""
    if not any("\u2e80" <= c <= "\u2fdf" or "\uf900" <= c <= "\ufaff" for c in text):
        return text
    return "".join(
        unicodedata.normalize("NFKC", c) if "\u2f00" <= c <= "\u2fdf" or "\uf900" <= c <= "\ufaff" else c
        for c in text.translate(_RADICALS)
    )


def read_pdf(body: bytes) -> tuple[str, tuple[Grid, ...]]:
    """The text of a PDF, page by page, and the tables that lines rule. Raises PdfiumError."""
    import pypdfium2  # type: ignore[import-untyped]  # large, and few processes ever meet a document

    document = pypdfium2.PdfDocument(body)
    try:
        parts: list[str] = []
        tables: list[tuple[Ruled, ...]] = []
        length = 0
        for number in range(min(len(document), MAX_PAGES)):
            page = document[number]
            words = page.get_textpage()
            part = words.get_text_bounded()
            tables.append(ruled_tables(page, words) if number < MAX_RULED else ())
            words.close()
            page.close()
            parts.append(part)
            length += len(part)
            if length > MAX_TEXT:
                break
    finally:
        document.close()
    text = plain("\n".join(parts).replace("\r\n", "\n").replace("\x00", ""))
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())[:MAX_TEXT], _plain_grids(
        joined_tables(tables)
    )


def _plain_grids(grids: tuple[Grid, ...]) -> tuple[Grid, ...]:
    return tuple(tuple(tuple(plain(cell) for cell in row) for row in grid) for grid in grids)
