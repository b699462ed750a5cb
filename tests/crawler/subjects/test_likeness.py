"""Near-duplicate reports: found after masking, in bulk, and only where the units' own words are alike."""

from random import Random

from crawler.subjects.likeness import LEAST_TEXT, Written, near_duplicates, peers
from crawler.subjects.report import masked_text

CHARACTERS = [chr(0x4E00 + n) for n in range(2_000)]


def prose(seed: int, length: int = 1_000) -> str:
    chance = Random(seed)
    return "".join(chance.choices(CHARACTERS, k=length))


def edited(text: str, share: float, seed: int = 1) -> str:
    chance = Random(seed)
    return "".join(chance.choice(CHARACTERS) if chance.random() < share else c for c in text)


def written(n: int, own: str, unit: str = "", year: int = 2025) -> Written:
    return Written(url=f"http://a.test/{n}", unit=unit or f"U{n:02}", title=f"第{n}份", year=year, own=own)


def test_a_copy_and_a_slightly_edited_copy_are_found() -> None:
    text = prose(1)
    found = near_duplicates(
        [written(1, text), written(2, prose(2)), written(3, text), written(4, edited(text, 0.04))]
    )
    assert {(p.one.url[-1], p.other.url[-1]) for p in found} == {("1", "3"), ("1", "4"), ("3", "4")}
    assert found[0].similarity == 1.0
    assert all(0.9 <= pair.similarity <= 1 for pair in found)


def test_a_third_rewritten_is_no_copy() -> None:
    text = prose(1)
    assert near_duplicates([written(1, text), written(2, edited(text, 0.34))]) == ()


def test_short_texts_must_be_nearly_the_same() -> None:
    text = prose(1, 150)
    assert near_duplicates([written(1, text), written(2, edited(text, 0.08))]) == ()
    assert len(near_duplicates([written(1, text), written(2, text)])) == 1


def test_texts_with_nothing_of_their_own_are_not_compared() -> None:
    text = prose(1, LEAST_TEXT - 1)
    assert near_duplicates([written(1, text), written(2, text)]) == ()
    assert peers([written(1, text), written(2, text)], 2025) == {}


def test_one_address_is_no_pair() -> None:
    text = prose(1)
    assert near_duplicates([written(1, text), written(1, text)]) == ()


def test_both_units_of_a_pair_have_the_other_as_peer() -> None:
    text = prose(1)
    found = peers([written(1, text), written(2, text), written(3, prose(3))], 2025)
    assert [peer.unit for peer in found["http://a.test/1"]] == ["U02"]
    assert [peer.unit for peer in found["http://a.test/2"]] == ["U01"]
    assert found["http://a.test/3"] == ()


def test_a_units_own_earlier_report_counts_and_its_second_copy_of_the_year_does_not() -> None:
    text = prose(1)
    own = [written(1, text, "U01"), written(2, text, "U01", 2024), written(3, text, "U01", 2025)]
    found = peers(own, 2025)
    assert [(peer.url, peer.of) for peer in found["http://a.test/1"]] == [("http://a.test/2", "2024年")]
    assert "http://a.test/2" not in found


def test_a_later_report_is_not_what_an_earlier_one_copied() -> None:
    text = prose(1)
    assert peers([written(1, text), written(2, text, year=2026)], 2025) == {"http://a.test/1": ()}


def test_names_years_figures_and_headings_do_not_hide_or_make_likeness() -> None:
    head = "{name}{year}年政府信息公开工作年度报告\n根据条例规定编制本报告。\n一、总体情况\n"
    tail = "\n三、收到和处理政府信息公开申请情况\n（一）予以公开\n{n}\n六、其他需要报告的事项\n"
    body = "。".join(f"{prose(1)[i : i + 30]}{{n}}件" for i in range(0, 900, 30))

    def own(name: str, year: int, n: int, text: str) -> str:
        return masked_text((head + text + tail).format(name=name, year=year, n=n), [name])

    copied = [written(1, own("某水务局", 2025, 7, body)), written(2, own("某林业局", 2025, 123, body))]
    assert near_duplicates(copied)[0].similarity == 1.0
    differ = [written(1, own("某水务局", 2025, 7, prose(5))), written(2, own("某林业局", 2025, 7, prose(6)))]
    assert near_duplicates(differ) == ()


def test_nearly_all_true_pairs_of_many_are_found() -> None:
    texts = [prose(n, 1_500) for n in range(60)]
    reports = [written(n, text) for n, text in enumerate(texts)]
    copies = [written(100 + n, edited(text, 0.05, n)) for n, text in enumerate(texts)]
    found = near_duplicates([*reports, *copies])
    assert len(found) >= 58
    assert all(
        pair.other.url == pair.one.url.replace("/", "/")[:14] + str(100 + int(pair.one.url[14:]))
        for pair in found
    )


def test_a_crowd_that_shares_most_of_its_wording_is_searched_quickly_and_rightly() -> None:
    """Sixty reports share 60 % of their sentences; only the planted copies are alike."""
    shared = [prose(1_000 + n, 50) for n in range(40)]

    def templated(seed: int) -> str:
        chance = Random(seed)
        parts = (shared[n] if chance.random() < 0.6 else prose(seed * 100 + n, 50) for n in range(40))
        return "".join(parts)

    crowd = [written(n, templated(n)) for n in range(60)]
    copies = [written(100, crowd[3].own), written(101, edited(crowd[7].own, 0.03))]
    found = near_duplicates([*crowd, *copies])
    assert {(pair.one.url, pair.other.url) for pair in found} == {
        ("http://a.test/3", "http://a.test/100"),
        ("http://a.test/7", "http://a.test/101"),
    }


def test_a_crowd_that_all_handed_in_the_same_text_is_found() -> None:
    text = prose(1)
    found = peers([written(n, text) for n in range(60)], 2025)
    assert all(len(matches) == 59 for matches in found.values())
    assert len(found) == 60


def test_one_report_shown_at_two_addresses_is_no_copy() -> None:
    text = prose(1)
    title = "某某县水务局2025年政府信息公开工作年度报告"
    shown = [
        Written(url=f"http://{n}.test/", unit=f"U{n}", title=title, year=2025, own=text) for n in range(2)
    ]
    assert not any(peers(shown, 2025).values())
    bare = [
        Written(url=f"http://{n}.test/", unit=f"U{n}", title="2025年政府信息公开年报", year=2025, own=text)
        for n in range(2)
    ]
    assert all(peers(bare, 2025).values())
