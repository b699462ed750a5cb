"""The eight kinds of element of service guides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.subjects.service import ELEMENTS, service_elements

ALL = frozenset(ELEMENTS)
LABELLED = {
    "item_name": "事项名称：取水许可\n",
    "basis": "设定依据：《中华人民共和国水法》第四十八条\n",
    "conditions": "申请条件：1.符合水资源规划；2.有取水设施。\n",
    "materials": "办理材料：申请书、身份证明\n",
    "place": "办理地点：市民服务中心二楼5号窗口\n",
    "time": "办理时间：工作日9:00-17:00\n",
    "phone": "联系电话：0599-5381204\n",
    "process": "办理流程：申请→受理→审查→决定→送达\n",
}
HEADED = {
    "item_name": "一、项目名称\n取水许可\n",
    "basis": "二、法律依据\n《中华人民共和国水法》\n",
    "conditions": "三、受理条件\n（一）符合规划\n（二）有设施\n",
    "materials": "四、所需材料\n1．申请书\n2．身份证明\n",
    "place": "五、受理地点\n市民服务中心\n",
    "time": "六、承诺时限\n15个工作日\n",
    "phone": "七、咨询方式\n0599-5381204\n",
    "process": "八、办理程序\n（一）提出申请\n（二）受理\n",
}


@pytest.mark.parametrize("parts", [LABELLED, HEADED], ids=["labelled", "headed"])
def test_all_eight(parts: dict[str, str]) -> None:
    assert service_elements("".join(parts.values())) == ALL


@pytest.mark.parametrize("parts", [LABELLED, HEADED], ids=["labelled", "headed"])
@pytest.mark.parametrize("missing", ELEMENTS)
def test_what_is_left_out_is_missed(parts: dict[str, str], missing: str) -> None:
    text = "".join(part for name, part in parts.items() if name != missing)
    assert ALL - service_elements(text) == {missing}


@pytest.mark.parametrize("blank", ["", "无", "详见附件见", "/"])
def test_labels_without_values_state_nothing(blank: str) -> None:
    text = "".join(
        f"{part.split('：')[0]}：{blank if blank != '详见附件见' else '略'}\n" for part in LABELLED.values()
    )
    assert service_elements(text) == frozenset()


def test_a_table_states_what_stands_beside_its_labels() -> None:
    table = tuple(tuple(part.strip().split("：")) for part in LABELLED.values())
    assert service_elements("", tables=(table,)) == ALL


def test_the_title_names_the_item() -> None:
    assert service_elements("", title="取水许可办事指南") == {"item_name"}
    assert service_elements("", title="首页") == frozenset()


def test_a_picture_or_file_of_the_process_states_it() -> None:
    assert service_elements("", images=("http://a.test/liuchengtu.png",)) == {"process"}
    assert service_elements("", names=("取水许可流程图.docx",)) == {"process"}


def test_the_supervisors_number_is_not_the_offices() -> None:
    assert "phone" not in service_elements("监督投诉电话：0599-5381204\n")


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert service_elements(text) <= ALL


def test_the_heads_of_tabs_in_one_line_above_what_they_open() -> None:
    heads = "设定依据申请条件办理材料办理地点办理时间联系电话办理流程"
    told = ["《教育法》", "年满六周岁", "户口簿", "政务大厅二楼", "工作日9:00", "0797-5552233", "申请—受理"]
    text = "\n".join((heads, *told))
    assert service_elements(text, title="入学登记") == frozenset(ELEMENTS)
    assert service_elements(heads, title="入学登记") == {"item_name"}


def test_cells_left_blank_are_not_filled_from_the_next_row() -> None:
    rows = (
        ("事项名称", "道路运输证核发"),
        ("设定依据", ""),
        ("申请条件", "取得经营许可"),
        ("办理材料", "申请表、身份证"),
        ("办理地点", "—"),
        ("办理时间", "/"),
        ("联系电话", "0797-2831234"),
        ("办理流程", "受理—审核—发证"),
    )
    text = "\n".join(cell for row in rows for cell in row if cell)
    assert service_elements(text, tables=(rows,)) == ALL - {"basis", "place", "time"}


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("item_name", "办理事项：公租房申请\n"),
        ("item_name", "一、服务事项\n残疾人证办理\n"),
        ("process", "【流程】受理→审核→发证\n"),
        ("basis", "【依据】《取水条例》第三条\n"),
    ],
)
def test_labels_as_guides_write_them(element: str, text: str) -> None:
    assert element in service_elements(text)
