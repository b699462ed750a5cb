"""Personal numbers in full: what is one, what only looks like one, and that none is given out unmasked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc

from checks.content.personal import (
    ABOVE_A_LIST,
    CARD,
    IDENTITY,
    LONGEST_CELL,
    LONGEST_ROW,
    MOBILE,
    OPENING,
    SAYS_WHAT_IT_IS,
    SAYS_WHOSE_IT_IS,
    Leak,
    find_leaks,
    is_identity_number,
)

TODAY = date(2026, 6, 30)


def identity(body: str = "32058119900101123") -> str:
    return body + ric.calc_check_digit(body + "0")


def card(body: str = "622202110001234567") -> str:
    return body + luhn.calc_check_digit(body)


def kinds(text: str) -> set[str]:
    return {leak.kind for leak in find_leaks(text, TODAY)}


@pytest.mark.parametrize(
    "text",
    [
        "身份证号：{}",
        "张三 {} 男",
        "张三\t{}\t13800138000",
        "1、张三，{}，某某村",
        "（{}）",
        "公民身份号码{}",
        "证件编号：身份证{}",
    ],
)
@pytest.mark.parametrize("number", [identity(), identity("11010519491231002"), identity("51010419851203221")])
def test_identity_numbers_in_full(text: str, number: str) -> None:
    (leak,) = find_leaks(text.format(number), TODAY)
    assert leak.kind == IDENTITY
    assert leak.count == 1
    assert leak.masked == f"{number[:3]}{'*' * 13}{number[-2:]}"


def test_writing_does_not_matter() -> None:
    number = identity("11010519491231002")
    assert number.endswith("X")
    full = number.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))
    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    for text in (number.lower(), full, spaced, spaced.replace(" ", "\u3000"), spaced.replace(" ", "\xa0")):
        assert kinds(f"身份证 {text}") == {IDENTITY}


@pytest.mark.parametrize(
    "number",
    [
        identity()[:-1] + ("0" if identity()[-1] != "0" else "1"),
        identity("32058119901301123"),
        identity("32058118990101123"),
        identity("32058120270101123"),
        identity("99999919900101123"),
        identity("11999919900101123"),
    ],
    ids=["checksum", "month 13", "19th century", "to come", "no province", "no county"],
)
def test_what_is_no_identity_number(number: str) -> None:
    assert not is_identity_number(number, TODAY)
    assert kinds(f"身份证号：{number}") == set()


@pytest.mark.parametrize(
    "text",
    [
        "320581********1234",
        "32058119900101****",
        "320***********1233",
        f"项目编号：{identity()}",
        f"统一社会信用代码：{identity()}",
        f"索引号 {identity()}",
        f"JSZC-{identity()}",
        f"{identity()}-2026",
        f"A{identity()}",
        f"{identity()}5",
        "91320581MA1MYJ5X3Q",
        "11320581014166012H",
        "信用代码 11320581014166012H",
    ],
)
def test_masks_and_look_alikes(text: str) -> None:
    assert kinds(text) == set()


def test_several_are_counted_once_each() -> None:
    one, other = identity(), identity("32058119900101215")
    (leak,) = find_leaks(f"{one} {other} {one}", TODAY)
    assert leak.count == 2


@pytest.mark.parametrize("text", ["银行卡号：{}", "张三 {} 500元", "打卡账号 {}"])
@pytest.mark.parametrize("number", [card(), card("622848001234567"), card("62170012345678901")])
def test_bank_cards_in_full(text: str, number: str) -> None:
    found = find_leaks(text.format(number), TODAY)
    if len(number) == 18 and "号" not in text:
        assert found == ()
        return
    assert found == (Leak(kind=CARD, masked=f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}"),)


def test_cards_in_groups_of_four_and_of_other_issuers() -> None:
    number = card("622848001234567")
    spaced = " ".join(number[i : i + 4] for i in range(0, 16, 4))
    assert kinds(f"卡号 {spaced}") == {CARD}
    icbc = card("955880123456789012")
    assert kinds(f"银行账号 {icbc}") == {CARD}
    assert kinds(f"数值 {icbc}") == set()


@pytest.mark.parametrize(
    "text",
    [
        f"银行卡号：{card()[:-1]}{(int(card()[-1]) + 1) % 10}",
        "卡号 6222 **** **** 1234",
        f"户名：某某市财政局 开户行：某某银行 账号：{card()}",
        f"收款单位：某某市人民医院\n账号 {card()}",
        f"合同编号：{card()}",
        f"流水号{card()}",
        "1234567812345670",
    ],
)
def test_what_is_no_private_card(text: str) -> None:
    assert kinds(text) == set()


ROWS = "\n".join(
    f"{n} {name} 1380013800{n} 某某村" for n, name in enumerate(["张三", "李四", "王五", "赵六"])
)


def test_mobile_numbers_in_a_list_of_persons() -> None:
    (leak,) = find_leaks(f"困难群众救助名单公示\n序号 姓名 电话 住址\n{ROWS}", TODAY)
    assert leak == Leak(kind=MOBILE, masked="138****8000", count=4)


@pytest.mark.parametrize(
    "text",
    [
        f"防汛值班联系人名单\n{ROWS}",
        f"河长名单公示\n{ROWS}",
        f"年度工作安排\n{ROWS}",
        "困难群众救助名单公示\n张三 13800138000\n李四 13800138001",
        "救助名单公示，咨询电话：李四 13800138000",
        "困难群众救助名单公示\n张三 138****8000\n李四 138****8001\n王五 138****8002",
    ],
)
def test_mobile_numbers_of_offices_and_single_ones_are_public(text: str) -> None:
    assert kinds(text) == set()


def test_kinds_are_told_apart() -> None:
    text = f"救助发放名单\n张三 {identity()} {card()}\n{ROWS}"
    assert [leak.kind for leak in find_leaks(text, TODAY)] == [IDENTITY, CARD, MOBILE]


@given(st.text(alphabet="0123456789Xx -*张三身份证银行卡号：\n", max_size=120))
def test_nothing_is_given_out_in_full(text: str) -> None:
    for leak in find_leaks(text, TODAY):
        assert "*" in leak.masked
        assert leak.masked not in text.replace(" ", "") or "*" in text


def test_a_list_of_persons_may_stand_in_one_line() -> None:
    people = "；".join(
        f"{name}，联系电话1380013800{n}" for n, name in enumerate(("金海燕", "魏国栋", "陶思齐"))
    )
    (leak,) = find_leaks(f"志愿服务骨干名单公示\n现将志愿服务骨干名单公示如下：\n{people}。", TODAY)
    assert (leak.kind, leak.count) == (MOBILE, 3)


ID = identity()
FOUR = "甲乙丙丁"


@pytest.mark.parametrize(
    "text",
    [
        f"身份证号码:{ID[:6]}-{ID[6:14]}-{ID[14:]}",
        f"公民身份号码：{ID[:3]} {ID[3:6]} {ID[6:10]} {ID[10:14]} {ID[14:]}",
        f"身份证：{ID[:6]} {ID[6:10]} {ID[10:14]} {ID[14:]}",
        f"张三|{ID}|汉族",
        f"姓名 性别 身份证号\n张三 男 {ID}\n李四 女 {identity('11010519491231002')}",
    ],
)
def test_identity_numbers_in_any_groups_where_they_are_called_so(text: str) -> None:
    assert kinds(text) == {IDENTITY}
    assert len(find_leaks(text, TODAY)) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"准考证号 {ID}",
        f"学籍号G{ID}",
        f"宗地编码：{ID}",
        f"不动产单元号：{ID}GB00001",
        f"行政处罚决定书文号：{ID}",
        f"纳税人识别号：{ID}",
        f"发票号码：{ID}",
        f"许可证编号：{ID}",
        "项目代码：2026-320581-48-01-123456",
        f"被申请人：王五，身份证号 {ID[:14]}****",
        f"户名：某某市财政局\n账号：{card()}\n开户行：农行",
        f"缴款账户：某某市非税收入财政专户 {card()}",
        f"开户名称：某某建设有限公司，开户账号：{card()}",
        "村(社区)党组织书记通讯录\n" + "\n".join(f"张小{c} 1380013800{n}" for n, c in enumerate(FOUR)),
        "值班表\n" + "\n".join(f"张小{c} 1380013800{n}" for n, c in enumerate(FOUR)),
        "拟录用人员名单\n咨询电话：13900138000\n监督电话：13900138001、13900138002",
    ],
)
def test_numbers_of_offices_papers_and_things(text: str) -> None:
    assert kinds(text) == set()


def test_lists_of_persons_as_tables_write_them() -> None:
    rows = "\n".join(f"{n} 张小{c} 138 0013 800{n} 200" for n, c in enumerate(FOUR))
    assert kinds(f"残疾人补贴发放名单\n序号 姓名 联系电话 金额\n{rows}") == {MOBILE}
    rows = "\n".join(f"张小{c} 男 1390013800{n} 某大学" for n, c in enumerate(FOUR))
    assert kinds(f"拟录用人员名单\n{rows}") == {MOBILE}


CELLS = "\n".join(
    f"{number}\n{name}\n{village}\n1380013800{number}"
    for number, (name, village) in enumerate([("张三", "东村"), ("李四", "西村"), ("王小五", "南村")])
)


def test_a_table_whose_cells_come_one_a_line_is_a_list_too() -> None:
    (leak,) = find_leaks(f"困难群众救助名单公示\n序号\n姓名\n村\n电话\n{CELLS}", TODAY)
    assert (leak.kind, leak.count) == ("mobile_number", 3)
    assert not find_leaks(f"防汛值班安排\n序号\n姓名\n村\n电话\n{CELLS}", TODAY)


def test_numbers_beneath_labels_alone_are_no_list_of_persons() -> None:
    text = "困难群众救助公示\n" + "\n".join(f"联系电话\n1380013800{n}" for n in range(4))
    assert not find_leaks(text, TODAY)


def test_a_number_that_is_none_hides_none_after_it() -> None:
    wrong = identity()[:-1] + ("1" if identity()[-1] != "1" else "2")
    text = f"身份证号：{wrong}；身份证号：{identity()}"
    assert [(leak.kind, leak.count) for leak in find_leaks(text, TODAY)] == [("identity_number", 1)]


@pytest.mark.parametrize("born", ["19000101", "20260630"])
def test_a_birth_from_1900_up_to_the_day_itself(born: str) -> None:
    assert is_identity_number(identity(f"320581{born}123"), TODAY)


@pytest.mark.parametrize("born", ["18991231", "20260701"])
def test_a_birth_before_1900_or_to_come(born: str) -> None:
    assert not is_identity_number(identity(f"320581{born}123"), TODAY)


def test_residents_of_hong_kong_macao_and_taiwan() -> None:
    for region in ("810000", "820000", "830000"):
        assert kinds(f"张三 {identity(region + '19900101123')}") == {IDENTITY}


def test_an_identity_number_that_by_chance_passes_as_a_credit_code() -> None:
    """One in 31 has the check digit of a credit code too: that alone hides none, its own region does."""
    chance, either = "320581198503011139", "421201198503011119"  # 058119 is no region, 120119 is 蓟州区
    assert uscc.is_valid(chance)
    assert uscc.is_valid(either)
    assert kinds(f"李四 {chance}") == {IDENTITY}
    assert kinds(f"李四 {either}") == set()
    assert kinds(f"李四 身份证号 {either}") == {IDENTITY}


def test_full_width_signs_are_read_and_circled_figures_are_no_digits() -> None:
    number = identity("11010519491231002")
    for last in ("X", "Ｘ", "ｘ", "Ⅹ", "ⅹ"):
        assert kinds(f"张三 {number[:-1]}{last}") == {IDENTITY}
    wide = identity().translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for text in (f"①{wide}", f"⒈{wide}", f"面积５㎡{wide}"):
        assert kinds(text) == {IDENTITY}
    assert kinds(f"Ａ{wide}") == set()
    assert kinds(f"批次２０２６－{wide}") == set()


def test_a_number_let_be_hides_none_after_it() -> None:
    wrong = identity()[:-1] + ("1" if identity()[-1] != "1" else "2")
    assert kinds(f"张三 {wrong}，李四 {identity()}") == {IDENTITY}
    assert kinds(f"合同编号：{card()}，张三 {card('622848001234567')}") == {CARD}
    assert kinds(f"张三 {card()[:-1]}{(int(card()[-1]) + 1) % 10}，李四 {card()}") == {CARD}


@pytest.mark.parametrize("text", ["2026/{}", "NO.{}", "A_{}", "{}-A01", "{}_2"])
def test_a_card_number_within_a_code(text: str) -> None:
    assert kinds(text.format(card())) == set()
    assert kinds(text.format(identity())) == set()


def test_a_card_before_a_dash_that_leads_on_to_words() -> None:
    assert kinds(f"{card()}-张三") == {CARD}
    assert kinds(f"A-{identity()}-张三") == set()
    assert kinds(f"张三-{identity()}-李四") == {IDENTITY}


def test_how_far_before_a_number_it_may_be_called_one() -> None:
    between = "编号：".rjust(SAYS_WHAT_IT_IS - 3, "。")
    assert kinds(f"身份证{between}{identity()}") == {IDENTITY}
    assert kinds(f"身份证。{between}{identity()}") == set()
    assert kinds(f"证件号编号：{identity()}") == {IDENTITY}


def test_how_far_before_a_card_it_may_be_said_whose_it_is() -> None:
    between = "".rjust(SAYS_WHOSE_IT_IS - 2, "。")
    icbc = card("955880123456789012")
    assert kinds(f"打卡{between}{icbc}") == {CARD}
    assert kinds(f"打卡。{between}{icbc}") == set()
    assert kinds(f"户名：财政局{card()}") == set()


CALM = "按照有关规定，" * 60


def test_what_says_that_a_list_is_one_of_persons_stands_above_its_first_row() -> None:
    row = "张三 学生 13800138001\n李四 学生 13800138002\n王五 学生 13800138003"
    assert kinds(f"{CALM}\n{row}") == set()
    office = row.replace("学生", "某驾校")
    assert kinds(f"{CALM}\n受助名单\n{office}") == {MOBILE}
    assert kinds(f"{CALM[: OPENING - 2]}名单{CALM}\n{row}") == {MOBILE}
    assert kinds(f"{CALM[: OPENING - 1]}名单{CALM}\n{row}") == set()
    assert kinds(f"{CALM}名单{CALM[: ABOVE_A_LIST - 3]}\n{row}") == {MOBILE}
    assert kinds(f"{CALM}名单{CALM[: ABOVE_A_LIST - 2]}\n{row}") == set()


def test_a_row_of_a_list_in_cells_begins_at_the_name_nearest_above_its_number() -> None:
    cells = "张三\n13800138001\n李四\n13800138002\n王五\n13800138003"
    assert kinds(f"{CALM}\n受灾群众\n救助名单\n{cells}") == {MOBILE}


def test_blank_lines_are_no_rows() -> None:
    assert kinds(f"救助名单\n \n{ROWS}\n \n \n") == {MOBILE}


@pytest.mark.parametrize(("longer", "found"), [(0, {MOBILE}), (1, set())])
def test_a_paragraph_is_no_row(longer: int, found: set[str]) -> None:
    rows = (f"张三 1380013800{n} ".ljust(LONGEST_ROW + longer, "村") for n in range(3))
    assert kinds("救助名单\n" + "\n".join(rows)) == found


@pytest.mark.parametrize(("longer", "found"), [(0, {MOBILE}), (1, set())])
def test_a_long_cell_is_no_number_beneath_a_name(longer: int, found: set[str]) -> None:
    rows = (f"张三\n{f'1380013800{n}'.ljust(LONGEST_CELL + longer, '元')}" for n in range(3))
    assert kinds("救助名单\n" + "\n".join(rows)) == found
