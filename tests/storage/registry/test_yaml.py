"""The registry as a YAML file: what is read, and what is refused with line, value and mend."""

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from domain.target import (
    Account,
    AccountKind,
    AccountSource,
    AccountState,
    ColumnKind,
    DeclaredColumn,
    Platform,
    Registry,
    Site,
    SourceType,
)
from domain.unit import Contact, Unit, UnitCategory
from storage.registry import RegistryError, dump_yaml, load, parse, plain, write_workbook

GOOD = """\
schemes: [changshu-2020]
units:
  - {code: U01, name: 某某市卫生健康局, category: department}
  - code: U02
    name: 某某市教育局
    category: department
    parent: U01
    contacts: [{name: 张三, email: z@example.cn, phone: 0512-1234567, channel: "wecom://x"}]
sites:
  - id: s01
    unit: U01
    name: 卫生健康局网站
    home: http://127.0.0.1:8101/
    identifier: "3205810007"
    obey_robots: false
    columns:
      - {name: 公告, url: "http://127.0.0.1:8101/tzgg/", kind: notices, unit: U02, update_within_days: 180}
accounts:
  - id: a01
    unit: U01
    platform: wechat
    kind: subscription
    name: 健康某某
    opened_on: 2026-01-05
    state: suspended
    profile: http://127.0.0.1:8300/home
    source: {type: rss, url: "http://127.0.0.1:8300/a01.xml"}
control_sites: ["http://127.0.0.1:8999/"]
"""


def write(folder: Path, text: str, name: str = "city.yaml") -> Path:
    path = folder / name
    path.write_text(dedent(text), encoding="utf-8")
    return path


def refusal(folder: Path, text: str, **more: object) -> RegistryError:
    with pytest.raises(RegistryError) as caught:
        load(write(folder, text), **more)  # type: ignore[arg-type]
    return caught.value


def test_reads_every_field(tmp_path: Path) -> None:
    registry = load(write(tmp_path, GOOD), known_schemes=["changshu-2020"])
    assert registry == Registry(
        schemes=("changshu-2020",),
        units=(
            Unit(code="U01", name="某某市卫生健康局", category=UnitCategory.DEPARTMENT),
            Unit(
                code="U02",
                name="某某市教育局",
                category=UnitCategory.DEPARTMENT,
                parent="U01",
                contacts=(
                    Contact(name="张三", email="z@example.cn", phone="0512-1234567", channel="wecom://x"),
                ),
            ),
        ),
        sites=(
            Site(
                id="s01",
                unit="U01",
                name="卫生健康局网站",
                home="http://127.0.0.1:8101/",
                identifier="3205810007",
                obey_robots=False,
                columns=(
                    DeclaredColumn(
                        name="公告",
                        url="http://127.0.0.1:8101/tzgg/",
                        kind=ColumnKind.NOTICES,
                        unit="U02",
                        update_within_days=180,
                    ),
                ),
            ),
        ),
        accounts=(
            Account(
                id="a01",
                unit="U01",
                platform=Platform.WECHAT,
                kind=AccountKind.SUBSCRIPTION,
                name="健康某某",
                state=AccountState.SUSPENDED,
                opened_on=date(2026, 1, 5),
                profile="http://127.0.0.1:8300/home",
                source=AccountSource(type=SourceType.RSS, url="http://127.0.0.1:8300/a01.xml"),
            ),
        ),
        control_sites=("http://127.0.0.1:8999/",),
    )


def test_units_and_home_addresses_are_enough(tmp_path: Path) -> None:
    registry = load(
        write(
            tmp_path,
            """\
            units:
              - {code: 01, name: 某某市, category: county}
            sites:
              - {unit: 01, home: "http://127.0.0.1:8101"}
            """,
        )
    )
    assert registry.schemes == ("national-2019",)
    assert registry.sites == (Site(id="01", unit="01", name="某某市", home="http://127.0.0.1:8101"),)


def test_an_unquoted_identifier_and_chinese_values_are_taken(tmp_path: Path) -> None:
    text = GOOD.replace('"3205810007"', "3205810007").replace("kind: notices", "kind: 通知公告")
    assert load(write(tmp_path, text)).sites == load(write(tmp_path, GOOD)).sites


def test_round_trip(tmp_path: Path) -> None:
    registry = load(write(tmp_path, GOOD))
    assert load(write(tmp_path, dump_yaml(registry), "again.yml")) == registry
    assert parse(plain(registry)) == registry


def test_a_site_may_take_its_time(tmp_path: Path) -> None:
    slow = GOOD.replace("    obey_robots: false\n", "    page_seconds: 60\n")
    registry = load(write(tmp_path, slow))
    assert registry.site("s01").page_seconds == 60
    write_workbook(registry, tmp_path / "slow.xlsx")
    assert load(tmp_path / "slow.xlsx") == registry
    assert "2到300" in str(refusal(tmp_path, slow.replace("page_seconds: 60", "page_seconds: 1")))


@pytest.mark.parametrize(
    ("old", "new", "line", "value", "words"),
    [
        ("sites:", "site:", 9, "site", "是否应为“sites”"),
        ("    home:", "    hone:", 13, "hone", "是否应为“home”"),
        ("{code: U01,", "{code: U02,", 4, "U02", "单位编码重复（第3行已有）"),
        ("id: a01", "id: s01", 19, "s01", "编号重复（第10行已有）"),
        ("    unit: U01\n    platform", "    unit: U91\n    platform", 20, "U91", "不在名录的单位中"),
        ("parent: U01", "parent: U91", 7, "U91", "上级单位不在名录的单位中"),
        ("parent: U01", "parent: U02", 7, "U02", "绕成了圈"),
        ("unit: U02,", "unit: U91,", 17, "U91", "不在名录的单位中"),
        ("http://127.0.0.1:8101/\n", "htp://127.0.0.1:8101/\n", 13, "htp://127.0.0.1:8101/", "网址格式不对"),
        ("http://127.0.0.1:8101/\n", "http：//a.cn/\n", 13, "http：//a.cn/", "全角"),
        ("http://127.0.0.1:8101/\n", "http://127.0.0.1:99999/\n", 13, "http://127.0.0.1:99999/", "端口"),
        ("http://127.0.0.1:8101/\n", "http://127.0.0.999/\n", 13, "http://127.0.0.999/", "IP 地址"),
        ("http://127.0.0.1:8101/\n", "http://a b.cn/\n", 13, "http://a b.cn/", "空格"),
        ("http://127.0.0.1:8101/\n", "http:///x\n", 13, "http:///x", "没有主机名"),
        ("http://127.0.0.1:8101/\n", "http://u:p@a.cn/\n", 13, "http://u:p@a.cn/", "用户名"),
        ("http://127.0.0.1:8101/\n", "http://-a-.cn/\n", 13, "http://-a-.cn/", "主机名有误"),
        ('"http://127.0.0.1:8101/tzgg/"', "/tzgg/", 17, "/tzgg/", "完整网址"),
        ('"3205810007"', '"32058100"', 14, "32058100", "10位数字"),
        ("2026-01-05", "2026-02-30", 24, "2026-02-30", "没有这一天"),
        ("2026-01-05", "明天", 24, "明天", "2026-01-05"),
        ("category: department}", "category: departmnt}", 3, "departmnt", "是否应为“department”"),
        ("kind: notices", "kind: notice", 17, "notice", "通知公告"),
        ("platform: wechat", "platform: qq", 21, "qq", "wechat"),
        ("platform: wechat", "platform: weibo", 22, "subscription", "只有微信"),
        ("update_within_days: 180", "update_within_days: 半年", 17, "半年", "应为整数"),
        ("update_within_days: 180", "update_within_days: 0", 17, "0", "范围"),
        ("obey_robots: false", "obey_robots: maybe", 15, "maybe", "是 或 否"),
        ("email: z@example.cn", "email: example.cn", 8, "example.cn", "邮箱"),
        ("name: 卫生健康局网站", "name: [a, b]", 12, "列表", "应为一个值"),
        ("name: 某某市教育局", "name: 123", 5, "123", "应为文字"),
        ("name: 某某市教育局", 'name: "  "', 5, None, "没有填写单位名称"),
        ("name: 某某市教育局", "name:", 5, None, "没有填写单位名称"),
        ("    name: 某某市教育局\n", "", 4, None, "缺少单位名称"),
        ("    name: 某某市教育局", "    name: 甲\n    name: 乙", 6, "name", "写了两次（第5行已有）"),
        ("[changshu-2020]", "[changshu-2021]", 1, "changshu-2021", "是否应为“changshu-2020”"),
        ("{type: rss, url:", "{type: rss, uri:", 27, "uri", "是否应为“url”"),
        ('{type: rss, url: "http://127.0.0.1:8300/a01.xml"}', "{type: rss}", 27, None, "没有写网址"),
        ('    source: {type: rss, url: "http://127.0.0.1:8300/a01.xml"}\n', "", 19, None, "缺少来源"),
        ("schemes: [changshu-2020]", "schemes: !!python/name:os.system [x]", 1, "python", "标签"),
        ("units:\n", "units: {}\nx:\n", 2, "一组键", "应为列表"),
        ('["http://127.0.0.1:8999/"]', "[abc]", 28, "abc", "对照站点"),
    ],
)
def test_refuses_with_line_value_and_mend(
    tmp_path: Path, old: str, new: str, line: int, value: str | None, words: str
) -> None:
    assert GOOD.count(old) >= 1
    head, _, tail = GOOD.partition(old)
    error = refusal(tmp_path, head + new + tail, known_schemes=["changshu-2020", "national-2019"])
    at_line = [problem for problem in error.problems if problem.place.line == line]
    assert any(words in str(problem) for problem in at_line), str(error)
    assert any(value is None or value in (problem.value or "") for problem in at_line), str(error)
    assert str(error).startswith("city.yaml 第")


def test_names_every_problem_at_once(tmp_path: Path) -> None:
    text = (
        GOOD.replace("id: s01", "id: s 01")
        .replace("parent: U01", "parent: U91")
        .replace("kind: notices", "kind: x")
    )
    assert {problem.place.line for problem in refusal(tmp_path, text).problems} >= {7, 10, 17}


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", None, "空的"),
        ("units: []\n名录: 卫".encode("gb18030"), 2, "UTF-8"),
        (b"units: []\n\xff\xfe", 2, "UTF-8"),
        (b"units: [\n", 2, "语法"),
        (b"units:\n\t- a\n", 2, "字符"),
        (b"units: []\n---\nunits: []\n", 2, "第二份"),
        (b"units: *nowhere\n", 1, "锚点"),
        (b"units: \x00\n", None, "字符"),
        (b"- a\n- b\n", 1, "键: 值"),
        (b"just words\n", 1, "键: 值"),
        (b"units: " + b"[" * 200_000, 1, "嵌套过深"),
        (b"units:\n" + b"- " * 200_000, 2, "嵌套过深"),
        (b"schemes: [national-2019]\nunits: []\n", 1, "没有单位"),
    ],
)
def test_refuses_what_is_no_registry(tmp_path: Path, content: bytes, line: int | None, words: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    with pytest.raises(RegistryError, match=words) as caught:
        load(path)
    assert caught.value.problems[0].place.line == line


def test_refuses_a_bomb_of_aliases(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    error = refusal(tmp_path, "\n".join(lines))
    assert "过大" in str(error)


def test_refuses_a_circle_of_aliases(tmp_path: Path) -> None:
    assert "嵌套过深" in str(refusal(tmp_path, "units: &u [*u]\n"))


def test_a_modest_alias_is_fine(tmp_path: Path) -> None:
    text = """\
        units:
          - {code: U01, name: 甲局, category: &c department}
          - {code: U02, name: 乙局, category: *c}
        """
    assert [unit.category for unit in load(write(tmp_path, text)).units] == [UnitCategory.DEPARTMENT] * 2


@pytest.mark.parametrize(
    ("name", "words"), [("gone.yaml", "找不到"), ("a.xls", "另存为"), ("a.txt", "不支持")]
)
def test_refuses_what_it_cannot_open(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(RegistryError, match=words):
        load(tmp_path / name)


def test_refuses_a_folder(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").mkdir()
    with pytest.raises(RegistryError, match="文件夹"):
        load(tmp_path / "d.yaml")


def test_columns_of_several_units_may_share_an_address_but_not_be_told_twice(tmp_path: Path) -> None:
    column = (
        '      - {name: 公告, url: "http://127.0.0.1:8101/tzgg/", kind: notices, unit: U02, exempt: true}\n'
    )
    shared = GOOD.replace("accounts:", column.replace("unit: U02", "unit: U01") + "accounts:")
    assert len(load(write(tmp_path, shared)).sites[0].columns) == 2
    error = refusal(tmp_path, GOOD.replace("accounts:", column + "accounts:"))
    assert "同一个栏目登记了两次（第17行已有）" in str(error)
    assert error.problems[0].place.line == 18


def test_a_thousand_faults_are_counted_not_all_spelt_out(tmp_path: Path) -> None:
    rows = "".join(f"  - {{code: U{i}, name: 局{i}, category: bad}}\n" for i in range(3000))
    error = refusal(tmp_path, "units:\n" + rows)
    assert str(error).endswith("另有2950处问题未列出")
    assert len(str(error).splitlines()) == 51


def test_two_thousand_sites_load(tmp_path: Path) -> None:
    units = "".join(f"  - {{code: U{i}, name: 某某局{i}, category: department}}\n" for i in range(2000))
    sites = "".join(
        f"  - id: s{i}\n    unit: U{i}\n    name: 网站{i}\n    home: http://site{i}.example/\n    columns:\n"
        f"      - {{name: 通知公告, url: 'http://site{i}.example/tzgg/', kind: notices}}\n"
        for i in range(2000)
    )
    registry = load(write(tmp_path, f"units:\n{units}sites:\n{sites}"))
    assert len(registry.sites) == 2000
    assert registry.site("s1999").columns[0].url == "http://site1999.example/tzgg/"
