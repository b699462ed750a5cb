"""Reads TOML files that an office may edit, and says all that is wrong with them at once."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class WordFileError(ValueError):
    """A file of wordings is not usable. `problems` are Chinese sentences, each with place, value and mend."""

    def __init__(self, path: Path | str, problems: list[str]) -> None:
        """Joins the problems into one message, one a line."""
        self.path = str(path)
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{path}：{problem}" for problem in problems))


def read_toml(path: Path) -> tuple[Mapping[str, Any], str]:
    """The file's tables and its text. Raises WordFileError when it is absent, not UTF-8 or not TOML."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise WordFileError(path, [f"读不到文件（{error.strerror}），请检查路径和权限"]) from error
    except UnicodeDecodeError as error:
        raise WordFileError(path, [f"第 {error.start + 1} 字节起不是 UTF-8 编码，请另存为 UTF-8"]) from error
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        raise WordFileError(path, [_translate(error)]) from error


def _translate(error: tomllib.TOMLDecodeError) -> str:
    """The parser's complaint with its line in Chinese; its English cause is kept for those who read it."""
    place = re.search(r"line (\d+), column (\d+)", str(error))
    where = f"第 {place[1]} 行第 {place[2]} 列" if place else "文件末尾"
    return f"{where}不合 TOML 写法（{error}），请检查引号、方括号和逗号是否成对"
