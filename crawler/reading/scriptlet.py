"""The few expressions of inline scripts that can be worked out by reading: literals, names, joining,
comparing, and a handful of string methods. Whatever else is met is "not known" or given up.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from crawler.reading.spans import between

_TOKEN = re.compile(
    r"""\s+|//[^\n]*|<!--[^\n]*|-->
    |(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<name>[A-Za-z_$][\w$]*)
    |(?P<op>===|!==|==|!=|<=|>=|&&|\|\||\+=|\+\+|--|[-+*/%<>=!?:;,.(){}\[\]&|^~])
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": ""}
_STRING_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_UNICODE = re.compile(r"%u([0-9a-fA-F]{4})")
_DATE = re.compile(
    r"\s*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?\s*"
)
MAX_JOINED = 40_000

Value = str | int | bool | None
"""What an expression can be worth; None is "not known"."""


class GivenUpError(Exception):
    """The script uses more of the language than is understood here."""


def _tokens(script: str) -> list[tuple[str, str]]:
    for start, _, after in reversed(list(between(script, "/*", "*/"))):
        script = f"{script[:start]} {script[after:]}"
    return [
        (match.lastgroup, match.group()) for match in _TOKEN.finditer(script) if match.lastgroup is not None
    ]


def _unquoted(literal: str) -> str:
    return _STRING_ESCAPE.sub(_unescaped, literal[1:-1]) if "\\" in literal else literal[1:-1]


def _unescaped(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    if code:
        character = chr(int(code, 16))
        return "" if 0xD800 <= ord(character) < 0xE000 else character
    return _ESCAPES.get(match.group(3), match.group(3))


def _unicode(match: re.Match[str]) -> str:
    code = int(match.group(1), 16)
    return "" if 0xD800 <= code < 0xE000 else chr(code)


class Expressions:
    """A script's tokens and the values of its names, read from the front."""

    def __init__(self, script: str, variables: dict[str, Value]) -> None:
        """Takes the script apart; `variables` is shared with the scripts before and after it."""
        self.tokens = _tokens(script)
        self.at = 0
        self.variables = variables

    def peek(self, ahead: int = 0) -> str:
        return self.tokens[self.at + ahead][1] if self.at + ahead < len(self.tokens) else ""

    def take(self, wanted: str = "") -> tuple[str, str]:
        if self.at >= len(self.tokens) or (wanted and self.tokens[self.at][1] != wanted):
            raise GivenUpError
        self.at += 1
        return self.tokens[self.at - 1]

    def skip_balanced(self) -> None:
        """Past a bracketed stretch, its brackets included."""
        depth = 0
        while True:
            word = self.take()[1]
            depth += word in ("(", "{", "[")
            depth -= word in (")", "}", "]")
            if depth <= 0:
                return

    def expression(self, depth: int) -> Value:
        if depth > 40:
            raise GivenUpError
        value = self._both(depth)
        while self.peek() == "||":
            self.take()
            other = self._both(depth)
            value = bool(value) or bool(other)
        if self.peek() == "?":
            self.take()
            yes = self.expression(depth + 1)
            self.take(":")
            no = self.expression(depth + 1)
            value = None if value is None else (yes if value else no)
        return value

    def _both(self, depth: int) -> Value:
        value = self._comparison(depth)
        while self.peek() == "&&":
            self.take()
            other = self._comparison(depth)
            value = bool(value) and bool(other)
        return value

    def _comparison(self, depth: int) -> Value:
        value = self._sum(depth)
        while self.peek() in ("==", "!=", "===", "!==", "<", ">", "<=", ">="):
            sign = self.take()[1]
            value = _compare(sign, value, self._sum(depth))
        return value

    def _sum(self, depth: int) -> Value:
        value = self._term(depth)
        while self.peek() in ("+", "-"):
            sign = self.take()[1]
            other = self._term(depth)
            if sign == "+":
                value = plus(value, other)
            else:
                both = type(value) is int and type(other) is int
                value = value - other if both else None  # type: ignore[operator]
        return value

    def _term(self, depth: int) -> Value:
        word = self.peek()
        if word == "!":
            self.take()
            value = self._term(depth + 1)
            return None if value is None else not value
        if word == "(":
            self.take()
            value = self.expression(depth + 1)
            self.take(")")
            return self._members(value)
        kind, text = self.take()
        if kind == "string":
            return self._members(_unquoted(text))
        if kind == "number":
            return self._members(int(float(text)))
        if kind != "name" or text in ("function", "new"):
            raise GivenUpError
        if self.peek() == "(":
            return self._members(self._call(text, depth))
        return self._members(self.variables.get(text) if text not in ("null", "undefined") else "")

    def _call(self, name: str, depth: int) -> Value:
        """What a call gives: unescaped text; of an unknown function over nothing but a date, that date, for
        templates pass dates through a function of their own to shorten them.
        """
        arguments = list(self._arguments(depth))
        value = arguments[0] if len(arguments) >= 1 else None
        if isinstance(value, str) and name in ("unescape", "decodeURIComponent", "decodeURI"):
            return unquote(_UNICODE.sub(_unicode, value))
        if name == "String" or (isinstance(value, str) and _DATE.fullmatch(value)):
            return value
        return None

    def _arguments(self, depth: int) -> Iterator[Value]:
        self.take("(")
        while self.peek() != ")":
            yield self.expression(depth + 1)
            if self.peek() == ",":
                self.take()
        self.take(")")

    def _members(self, value: Value) -> Value:
        while self.peek() in (".", "["):
            if self.take()[1] == "[":
                self.at -= 1
                self.skip_balanced()
                value = None
                continue
            name = self.take()[1]
            if self.peek() == "(":
                value = _method(value, name, list(self._arguments(1)))
            else:
                value = len(value) if name == "length" and isinstance(value, str) else None
        return value


def plus(one: Value, other: Value) -> Value:
    if one is None or other is None or isinstance(one, bool) or isinstance(other, bool):
        return None
    if isinstance(one, int) and isinstance(other, int):
        return one + other
    return (f"{one}{other}")[:MAX_JOINED]


def _compare(sign: str, one: Value, other: Value) -> Value:
    """A comparison; with an unknown side nothing is equal and nothing is less or more."""
    if one is None or other is None:
        return sign in ("!=", "!==")
    if sign in ("==", "==="):
        return str(one) == str(other)
    if sign in ("!=", "!=="):
        return str(one) != str(other)
    if not (isinstance(one, int) and isinstance(other, int)):
        return None
    return {"<": one < other, ">": one > other, "<=": one <= other, ">=": one >= other}[sign]


def _method(value: Value, name: str, arguments: list[Value]) -> Value:
    if not isinstance(value, str):
        return None
    numbers = [a for a in arguments if type(a) is int]
    if name == "trim" and not arguments:
        return value.strip()
    if name in ("substring", "substr", "slice") and len(numbers) == len(arguments) and 1 <= len(numbers) <= 2:
        first = max(0, numbers[0])
        last = len(value) if len(numbers) == 1 else (first + numbers[1] if name == "substr" else numbers[1])
        return value[first : max(0, last)]
    if name == "indexOf" and len(arguments) == 1 and isinstance(arguments[0], str):
        return value.find(arguments[0])
    if name == "replace" and len(arguments) == 2 and all(isinstance(a, str) for a in arguments):
        return value.replace(str(arguments[0]), str(arguments[1]), 1)
    return value if name in ("toString", "valueOf") and not arguments else None
