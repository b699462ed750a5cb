"""Files of wordings that cannot be read: each is told with place and mend."""

from pathlib import Path

import pytest

from schemes.wordfile import WordFileError, read_toml


def test_tables_and_text_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes('\ufeffa = "甲"\n'.encode())
    assert read_toml(path) == ({"a": "甲"}, 'a = "甲"\n')


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "none.toml"
    with pytest.raises(WordFileError) as error:
        read_toml(path)
    assert error.value.problems == ("读不到文件（No such file or directory），请检查路径和权限",)
    assert error.value.path == str(path)
    assert str(error.value) == f"{path}：{error.value.problems[0]}"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"# \xc0\xb8", "第 3 字节起不是 UTF-8 编码，请另存为 UTF-8"),
        (
            b"a = 1\nb = =",
            "第 2 行第 5 列不合 TOML 写法（Invalid value (at line 2, column 5)），"
            "请检查引号、方括号和逗号是否成对",
        ),
        (
            b"a = ",
            "文件末尾不合 TOML 写法（Invalid value (at end of document)），请检查引号、方括号和逗号是否成对",
        ),
    ],
)
def test_a_file_that_is_not_written_as_it_should_be(tmp_path: Path, body: bytes, told: str) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(body)
    with pytest.raises(WordFileError) as error:
        read_toml(path)
    assert error.value.problems == (told,)
    assert str(error.value) == f"{path}：{told}"


def test_several_problems_are_told_one_a_line() -> None:
    error = WordFileError(Path("a.toml"), ["甲", "乙"])
    assert (error.path, error.problems, str(error)) == ("a.toml", ("甲", "乙"), "a.toml：甲\na.toml：乙")
