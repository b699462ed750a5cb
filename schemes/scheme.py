"""Reads schemes: the folder `regimes` is their registry; an office's own file is read by path.

Raises `SchemeError` with every mistake (file, line, key, value, mend) when a file is not usable as it stands.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from domain.check import Question
from domain.target import ColumnKind
from schemes import asking
from schemes.coherence import incoherences
from schemes.mistakes import Mistake, SchemeError
from schemes.model import Scheme
from schemes.positions import positions
from schemes.tables import BAD, Reader

REGIMES = Path(__file__).parent / "regimes"
"""The shipped schemes, one file each."""

SHELVES: list[Path] = [REGIMES]
"""The folders that `load_all` reads when none is named; the shell adds the office's own."""


def add_shelf(folder: Path) -> None:
    """Adds a folder of the office's own schemes to those that `load_all` reads."""
    if folder not in SHELVES:
        SHELVES.append(folder)


def load(path: Path) -> Scheme:
    """The scheme in a TOML file. Raises SchemeError naming all that is wrong, OSError as open() does."""
    return read_scheme(path.read_bytes(), path)


@lru_cache(maxsize=64)
def read_scheme(body: bytes, path: Path) -> Scheme:
    """The scheme in a file's bytes; `path` names it. Raises SchemeError naming all that is wrong."""
    scheme, mistakes = parse(body, path.name)
    if scheme is None or mistakes:
        raise SchemeError(mistakes)
    return _stamped(scheme, body, path)


def validate(path: Path) -> tuple[Mistake, ...]:
    """Every mistake of a scheme file, none when it is usable. Raises OSError as open() does."""
    return parse(path.read_bytes(), path.name)[1]


def load_all(folder: Path | None = None) -> dict[str, Scheme]:
    """Every scheme of a folder by its id, in the order of ids; without one, of all shelves.

    A scheme of a later shelf stands in for one of the same id on an earlier one. Raises SchemeError naming
    all mistakes, two files of one folder with the same id among them.
    """
    found: dict[str, Scheme] = {}
    mistakes: list[Mistake] = []
    for shelf in SHELVES if folder is None else (folder,):
        here: dict[str, Scheme] = {}
        for path in sorted(shelf.glob("*.toml")):
            try:
                scheme = load(path)
            except SchemeError as error:
                mistakes.extend(error.mistakes)
                continue
            if scheme.id in here:
                mend = f"编号与 {Path(here[scheme.id].source).name} 相同，请换一个"
                mistakes.append(Mistake(file=path.name, line=1, key="scheme.id", value=scheme.id, mend=mend))
            here[scheme.id] = scheme
        found |= here
    if mistakes:
        raise SchemeError(mistakes)
    return dict(sorted(found.items()))


def parse(body: bytes, file: str) -> tuple[Scheme | None, tuple[Mistake, ...]]:
    """A scheme from a file's bytes, and every mistake found; None when the shape itself is wrong."""
    read = read_toml(body, file)
    if isinstance(read, Mistake):
        return None, (read,)
    values, text = read
    reader = Reader(file, positions(text))
    scheme = reader.table(Scheme, values, ())
    if scheme is BAD:
        return None, tuple(reader.mistakes)
    for path, value, mend in incoherences(scheme):
        reader.refuse(path, value, mend)
    return scheme, tuple(reader.mistakes)


def read_toml(body: bytes, file: str) -> tuple[Mapping[str, Any], str] | Mistake:
    """The values of a TOML file with decimals exact, and its text; a mistake when it is not TOML in UTF-8."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        return Mistake(file=file, line=line, mend="文件须存为 UTF-8 编码")
    try:
        return tomllib.loads(text, parse_float=Decimal), text
    except tomllib.TOMLDecodeError as error:
        return Mistake(file=file, line=_line_in(str(error), text), mend=_mend_in(str(error)))


def _line_in(message: str, text: str) -> int:
    """The line that the parser names; the last one where it came to the end of the document."""
    named = re.search(r"line (\d+)", message)
    return int(named[1]) if named else len(text.splitlines())


TOML_MENDS: tuple[tuple[str, str], ...] = (
    ("Cannot overwrite a value", "同一个键写了两次，请删去一处"),
    ("Cannot declare", "同一个表声明了两次，请删去一处"),
    ("Unclosed array", "列表缺少右方括号 ]"),
    ("Expected '=' after a key", "键后面缺少等号 ="),
    ("Invalid value (at end of document)", "到文件末尾还没有写完：列表缺少右方括号 ]，或者等号后面空着"),
    ("Invalid value", "值写错了：文字要加引号，数字不要带单位，等号后面不能空着"),
    ("Unclosed inline table", "花括号没有配对，缺少右花括号 }"),
    ("Expected ']", "方括号没有配对：一节写 [名称]，逐项写 [[名称]]"),
    ("Expected newline", "值的后面多了文字：数字不要带单位，说明写在 # 之后"),
    ("Invalid initial character", "键名写错了：键名只用字母、数字和下划线，一行一个 键 = 值"),
    ("Invalid statement", "这一行不是 键 = 值（键名只用字母、数字、下划线），也不是 [名称]；说明前要加 #"),
    ("Invalid date", "日期写错了，应如 2026-01-31"),
    ("Invalid hex", "文字中的反斜杠 \\ 后面不合写法，反斜杠本身写作 \\\\"),
    ("Unescaped", "文字中的反斜杠 \\ 应写作 \\\\"),
    ("Escaped character", "文字中的反斜杠 \\ 应写作 \\\\"),
    ("Duplicate inline table key", "花括号中同一个键写了两次，请删去一处"),
    ("Cannot mutate", "同一个表写了两种写法，请合成一处"),
    ("Cannot redefine", "同一个表写了两种写法，请合成一处"),
    ("Found invalid character", "有不能写的字符（如换行或不可见字符），请删去重打"),
    ("Expected", "少了引号或括号"),
    ("Unterminated string", "文字缺少右引号"),
    ("Illegal character", "文字缺少右引号，或文字中有换行"),
)


def _mend_in(message: str) -> str:
    for sign, mend in TOML_MENDS:
        if sign in message:
            return mend
    return f"不符合 TOML 格式（{message}）"


def _stamped(scheme: Scheme, body: bytes, path: Path) -> Scheme:
    return replace(scheme, version=hashlib.sha256(body).hexdigest(), source=str(path))


def questions(
    scheme_ids: Iterable[str],
    schemes: Mapping[str, Scheme] | None = None,
    wordings: Mapping[ColumnKind, tuple[str, ...]] | None = None,
) -> tuple[Question, ...]:
    """All questions of some schemes (by default the shipped ones); see `schemes.asking.questions`."""
    return asking.questions(scheme_ids, load_all() if schemes is None else schemes, wordings)
