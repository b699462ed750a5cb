"""Text that cannot be made out: of it nothing is said, least of all that something is missing in it."""

import pytest

from crawler.nonsense import has_lost_words, is_garbled

FOOT = "主办单位：云溪县人民政府办公室 版权所有"


@pytest.mark.parametrize(
    "text",
    [
        FOOT.encode().decode("gb18030", "replace"),
        FOOT.encode().decode("gbk", "ignore"),
        FOOT.encode("gbk").decode("latin-1"),
        f"{FOOT}锟斤拷锟斤拷",
        f"{FOOT}\ufffd\ufffd",
    ],
    ids=["utf-8-as-gb18030", "utf-8-as-gbk", "gbk-as-latin", "sent-so", "lost-here"],
)
def test_words_that_were_read_wrong_are_lost(text: str) -> None:
    assert has_lost_words(f"云溪县财政局 {text} 2026")


@pytest.mark.parametrize(
    "text",
    [
        "",
        FOOT,
        "联系电话：0791-1234567 传真",
        "饕餮魑魅魍魉，鳏寡孤独，镕喆䶮，蕞尔小邑",
        "Café de Flore, Münchner Straße, señor",
        "€100，5㎡，№3，①②③",
        "一个坏字\ufffd不算",
        "繁體中文網頁：雲溪縣人民政府辦公室",
    ],
)
def test_plain_writing_is_not_lost(text: str) -> None:
    assert not has_lost_words(text)


def test_a_page_of_bytes_is_garbled_and_a_page_with_a_few_lost_words_is_not() -> None:
    assert is_garbled("\ufffd\ue000" * 40)
    assert not is_garbled(FOOT * 20 + "\ufffd" * 6)
