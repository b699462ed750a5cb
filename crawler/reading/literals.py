"""Values that a page's scripts write out: literals, names given one literal, joinings and objects of these.

Nothing is run. What is not written out is "not known" (None).
"""

import json
import re

from crawler.reading.spans import between

_TOKEN = re.compile(
    r"""\s+
    |(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`[^`$]*`)
    |(?P<number>-?\d+(?:\.\d+)?)
    |(?P<name>[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)
    |(?P<op>[-+*/%<>=!?:;,.(){}\[\]&|^~])
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_CONSTANTS: dict[str, object] = {"true": True, "false": False, "null": None}
PAGE_KEY = re.compile(
    r"^(?:page|page_?no|page_?index|page_?num(?:ber)?|curr?_?page|current(?:page)?|p|pn)$", re.IGNORECASE
)
SIZE_KEY = re.compile(r"^(?:page_?size|rows|limit|per_?page|size|num|count)$", re.IGNORECASE)
MAX_TEXT = 4000
DEEPEST = 5

Known = str | int | float | bool | dict[str, object] | list[object]


class UnknownValue:
    """Stands for a value that is not written out."""


UNKNOWN = UnknownValue()


def without_comments(script: str) -> str:
    """A script without its comments."""
    plain = re.sub(r"(?<![:'\"/\w\\])//[^\n]*|<!--|-->", " ", script)
    for start, _, after in reversed(list(between(plain, "/*", "*/"))):
        plain = f"{plain[:start]} {plain[after:]}"
    return plain


def argument_text(script: str, at: int) -> str:
    """The text between the bracket that opens at `at` and the one that closes it; "" where none does."""
    pairs = {"(": ")", "{": "}", "[": "]"}
    closing: list[str] = []
    position = at
    for match in _TOKEN.finditer(script, at, at + MAX_TEXT):
        sign = match.group("op")
        if sign in pairs:
            closing.append(pairs[sign])
        elif closing and sign == closing[-1]:
            closing.pop()
            position = match.end()
            if not closing:
                return script[at + 1 : position - 1]
    return ""


class Reader:
    """Reads one expression after another out of a text; `before` is the script that gives names values.

    A number of a page that is not known is read as `page`; `guessed` tells that one was.
    """

    def __init__(self, text: str, before: str, page: int = 1) -> None:
        self._tokens = [
            (match.lastgroup, match.group())
            for match in _TOKEN.finditer(text[:MAX_TEXT])
            if match.lastgroup is not None
        ]
        self._before = before
        self._page = page
        self.guessed = False
        self._at = 0

    def peek(self) -> str:
        """The next token; "" at the end."""
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def take(self) -> tuple[str, str]:
        """The next token's kind and text."""
        if self._at >= len(self._tokens):
            return "", ""
        self._at += 1
        kind, text = self._tokens[self._at - 1]
        return kind or "", text

    def expression(self, depth: int = 0) -> object:
        """The value up to the next comma or closing bracket; UNKNOWN where it is not written out."""
        value = self._term(depth)
        while self.peek() == "+":
            self.take()
            other = self._term(depth)
            known = not isinstance(value, UnknownValue | dict | list)
            known = known and not isinstance(other, UnknownValue | dict | list)
            value = f"{_shown(value)}{_shown(other)}" if known else UNKNOWN
        if self.peek() not in (",", "}", ")", "]", ";", ""):
            self._skip()
            return UNKNOWN
        return value

    def _term(self, depth: int) -> object:
        kind, text = self.take()
        if kind == "string":
            return _unquoted(text)
        if kind == "number":
            return float(text) if "." in text else int(text)
        if text == "{" and depth < DEEPEST:
            return self._object(depth)
        if text == "[" and depth < DEEPEST:
            return self._array(depth)
        if kind == "name":
            return self._named(text, depth)
        return UNKNOWN

    def _named(self, name: str, depth: int) -> object:
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        if name == "JSON.stringify" and self.peek() == "(":
            self.take()
            value = self.expression(depth + 1)
            self.take()
            if isinstance(value, dict):
                sizes = [k for k, v in value.items() if isinstance(v, UnknownValue) and SIZE_KEY.match(k)]
                value = {key: entry for key, entry in value.items() if key not in sizes}
            known = isinstance(value, dict) and not any(isinstance(v, UnknownValue) for v in value.values())
            return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if known else UNKNOWN
        if self.peek() in ("(", "["):
            return UNKNOWN
        given = re.findall(
            rf"(?<![\w.]){re.escape(name)}\s*=\s*(\"[^\"\n]*\"|'[^'\n]*'|\d+)\s*[;,\n]", self._before
        )
        if not given and "." in name:
            return self._field(name, depth)
        if len(set(given)) != 1:
            return UNKNOWN
        return int(given[0]) if given[0].isdigit() else _unquoted(given[0])

    def _field(self, name: str, depth: int) -> object:
        """The field of an object that a script writes out: `siteInfo.siteGuid`."""
        owner, _, key = name.rpartition(".")
        made = list(re.finditer(rf"(?<![\w.]){re.escape(owner)}\s*=\s*\{{", self._before))
        if len(made) != 1 or depth >= DEEPEST:
            return UNKNOWN
        text = argument_text(self._before, made[0].end() - 1)
        value = Reader(f"{{{text}}}", "").expression() if text else None
        return value.get(key, UNKNOWN) if isinstance(value, dict) else UNKNOWN

    def _object(self, depth: int) -> object:
        found: dict[str, object] = {}
        while self.peek() not in ("}", ""):
            kind, key = self.take()
            if kind == "string":
                key = _unquoted(key)
            if self.peek() != ":":
                self._skip()
            else:
                self.take()
                value = self.expression(depth + 1)
                if isinstance(value, UnknownValue) and PAGE_KEY.match(key):
                    value, self.guessed = self._page, True
                found[key] = value
            if self.peek() == ",":
                self.take()
        self.take()
        return found

    def _array(self, depth: int) -> object:
        found: list[object] = []
        while self.peek() not in ("]", ""):
            found.append(self.expression(depth + 1))
            if self.peek() == ",":
                self.take()
        self.take()
        return found

    def _skip(self) -> None:
        """On to the next comma or closing bracket of this level."""
        open_brackets = 0
        while self.peek():
            sign = self.peek()
            if not open_brackets and sign in (",", "}", ")", "]", ";"):
                return
            open_brackets += (sign in ("(", "{", "[")) - (sign in (")", "}", "]"))
            self.take()


def _unquoted(literal: str) -> str:
    inner = literal[1:-1]
    return re.sub(r"\\(.)", r"\1", inner) if "\\" in inner else inner


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def joined(words: str, before: str) -> str:
    """The text that an expression of literals and known names amounts to; "" where it is not known."""
    value = Reader(words, before).expression()
    return _shown(value) if isinstance(value, str | int | float) else ""
