"""Particulars of organisations: over one page or several, in words or tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.subjects.organisation import PARTICULARS, organisation_particulars

ALL = frozenset(PARTICULARS)
PARTS = {
    "functions": "主要职责\n（一）贯彻执行水利方面的法律法规。\n（二）负责保障水资源的合理开发利用。\n",
    "offices": "内设机构\n办公室：文电、会务。\n水资源科：取水许可。\n",
    "office_heads": "科室负责人：李四\n",
    "phone": "办公电话：0599-5381204\n",
    "hours": "办公时间：工作日8:30-12:00，14:00-17:30\n",
}


def test_one_page_with_all() -> None:
    assert organisation_particulars(["".join(PARTS.values())]) == ALL


def test_several_pages_between_them() -> None:
    assert organisation_particulars(list(PARTS.values())) == ALL


@pytest.mark.parametrize("missing", PARTICULARS)
def test_what_is_left_out_is_missed(missing: str) -> None:
    assert ALL - organisation_particulars([part for name, part in PARTS.items() if name != missing]) == {
        missing
    }


def test_a_table_of_offices_with_heads_and_phones() -> None:
    table = (
        ("科室名称", "负责人", "联系电话", "工作职责"),
        ("办公室", "李四", "0599-5381204", "负责文电会务，承担机关运转"),
        ("水资源科", "王五", "0599-5381205", "负责取水许可，组织实施节水"),
    )
    assert organisation_particulars([""], tables=(table,)) == ALL - {"hours"}


def test_empty_labels_state_nothing() -> None:
    assert (
        organisation_particulars(["主要职责：\n内设机构：\n负责人：\n联系电话：\n办公时间：\n"])
        == frozenset()
    )


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert organisation_particulars([text]) <= ALL


@pytest.mark.parametrize(
    "duty", ["负责人事工作", "负责人才引进", "负责人口统计", "负责人民防空", "负责人大代表建议办理"]
)
def test_duties_about_persons_name_no_head(duty: str) -> None:
    assert "office_heads" not in organisation_particulars(
        [f"办公室\n负责文电会务\n人事股\n{duty}\n电话：0797-2831002"]
    )
    assert "office_heads" in organisation_particulars([f"人事股\n{duty}\n负责人：赵敏"])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("phone", "电话（传真）：0797-2831234"),
        ("phone", "电话/传真：0797-2831234"),
        ("offices", "行政审批服务股负责文电、会务\n综合业务科承担规划编制工作"),
    ],
)
def test_forms_that_offices_use(name: str, text: str) -> None:
    assert name in organisation_particulars([text])
    assert "phone" not in organisation_particulars(["传真：0797-2831234"])
