"""What the content checks read of a site: each page once, with its files, and what was not read."""

import pytest

from checks.content.published import Part, page_of, pages, parts_of
from domain.observation import Attachment, UnseenError
from tests.observations import document, seen, site_observation, unseen, url


def file(text: object) -> Attachment:
    return Attachment(url=url("名单.xls"), name="名单.xls", text=text, tables=seen(()))  # type: ignore[arg-type]


def test_each_page_is_a_subject_once_and_others_units_are_none() -> None:
    mine, twice = document("a.html", "甲"), document("a.html", "甲（栏目所见）")
    foreign = document("b.html", "乙", unit="X99")
    observation = site_observation(documents=seen((mine, foreign)), standing=seen((twice,)))
    subjects = list(pages(observation))
    assert [(one.key, one.unit, one.name) for one in subjects] == [(url("a.html"), "U01", "甲")]
    assert page_of(subjects[0], observation) is mine


def test_pages_that_were_read_are_given_before_it_is_said_that_others_were_not() -> None:
    observation = site_observation(documents=seen((document("a.html", "甲"),), complete=False))
    found = iter(pages(observation))
    assert next(found).key == url("a.html")
    with pytest.raises(UnseenError):
        next(found)


def test_one_kind_unseen_hides_not_the_other() -> None:
    observation = site_observation(documents=unseen(), standing=seen((document("", "首页"),)))
    found = iter(pages(observation))
    assert next(found).name == "首页"
    with pytest.raises(UnseenError):
        next(found)


def test_a_page_and_its_files_are_read_together() -> None:
    whole = document("a.html", "甲", text="正文", attachments=(file(seen("表中文字")),))
    assert parts_of(whole) == (
        [
            Part(text="甲\n正文", url=url("a.html")),
            Part(text="表中文字", url=url("名单.xls"), file="名单.xls"),
        ],
        "",
    )


def test_a_file_that_was_not_read_is_a_gap() -> None:
    parts, gap = parts_of(document("a.html", "甲", attachments=(file(unseen(url("名单.xls"))),)))
    assert (len(parts), gap.startswith("附件“名单.xls”没有读到：")) == (1, True)
    parts, gap = parts_of(document("a.html", "甲", attachments=(file(seen("前半", complete=False)),)))
    assert (parts[1].text, bool(gap)) == ("前半", True)
