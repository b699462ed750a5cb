"""What the inline scripts of a page write into it (document.write, innerHTML), worked out without a browser.

Old templates write menus, related lists, dates and feet with a few lines of assignments, comparisons and
string joining. Exactly that much of the language is understood here; a script that uses more is followed
as far as it goes and no further. Nothing is run: unknown values stay unknown, loops and calls are refused.
"""

from crawler.reading.scriptlet import Expressions, GivenUpError, Value, plus
from crawler.reading.spans import between

_WRITING = ("document.write", ".innerHTML", ".html(", ".append(")
_PLACING = ("innerHTML", "html", "append")
MAX_SCRIPT = 40_000
MAX_WRITTEN = 400_000


def fill_in(source: str) -> str:
    """The page with everything its inline scripts write put behind each script."""
    last = max(map(source.rfind, _WRITING))
    if last < 0:
        return source
    variables: dict[str, Value] = {}
    room = MAX_WRITTEN
    parts: list[str] = []
    done = 0
    for start, end, after in between(source, "<script", "</script>"):
        head = source.find(">", start, end)
        script = source[head + 1 : end]
        if start > last:
            break
        if head < 0 or "src" in source[start:head].lower() or len(script) > MAX_SCRIPT or room <= 0:
            continue
        if "var " not in script and not any(word in script for word in _WRITING):
            continue
        written = "".join(_Script(script, variables).run())[:room]
        if written:
            room -= len(written)
            parts += [source[done:after], written]
            done = after
    return "".join([*parts, source[done:]])


class _Script(Expressions):
    """One pass over a script's tokens. `live` is False in branches that are not taken."""

    def __init__(self, script: str, variables: dict[str, Value]) -> None:
        super().__init__(script, variables)
        self.written: list[str] = []
        self.live = True
        self.room = MAX_WRITTEN

    def run(self) -> list[str]:
        """What the script writes, as far as it could be followed."""
        try:
            while self.at < len(self.tokens):
                before = self.at
                self._statement(0)
                if self.at == before:
                    self.take()
        except GivenUpError:
            pass
        return self.written

    def _statement(self, depth: int) -> None:
        if depth > 40:
            raise GivenUpError
        word = self.peek()
        if word == "{":
            self.take()
            while self.peek() != "}":
                if self.at >= len(self.tokens):
                    raise GivenUpError
                self._statement(depth + 1)
            self.take()
        elif word == "if":
            self._branch(depth)
        elif word == "function":
            self._skip_function()
        elif word in ("for", "while", "do", "switch", "return", "try", "throw", "with"):
            raise GivenUpError
        elif word in ("var", "let", "const"):
            self.take()
            self._assignments()
        elif word == "document" and self.peek(1) == "." and self.peek(2) in ("write", "writeln"):
            self._write()
        elif self.peek(1) in ("=", "+=") and self.tokens[self.at][0] == "name":
            self._assignments()
        elif word in ("document", "$", "jQuery") and self._place():
            pass
        else:
            self._skip_statement()

    def _place(self) -> bool:
        """Markup put into an element of the page: innerHTML = …, $(…).html(…). Else nothing is taken."""
        start = self.at
        self.take()
        while self.peek() in (".", "("):
            if self.peek() == "(":
                self.skip_balanced()
                continue
            self.take()
            name = self.take()[1]
            if name not in _PLACING:
                continue
            if self.peek() in (("=", "+=") if name == "innerHTML" else ("(",)):
                self.take()
                value = self.expression(0)
                if self.live and isinstance(value, str) and "<" in value:
                    self._put(value)
                return True
        self.at = start
        return False

    def _put(self, words: str) -> None:
        self.written.append(words)
        self.room -= len(words)
        if self.room < 0:
            raise GivenUpError

    def _branch(self, depth: int) -> None:
        self.take("if")
        self.take("(")
        condition = self.expression(0)
        self.take(")")
        outer = self.live
        self.live = outer and bool(condition)
        self._statement(depth + 1)
        if self.peek() == "else":
            self.take()
            self.live = outer and not condition
            self._statement(depth + 1)
        self.live = outer

    def _assignments(self) -> None:
        while True:
            kind, name = self.take()
            if kind != "name":
                raise GivenUpError
            if self.peek() in ("=", "+="):
                joined = self.take()[1] == "+="
                value = self.expression(0)
                if self.live:
                    self.variables[name] = plus(self.variables.get(name), value) if joined else value
            if self.peek() != ",":
                break
            self.take()
        if self.peek() == ";":
            self.take()

    def _write(self) -> None:
        self.at += 3
        self.take("(")
        while True:
            value = self.expression(0)
            if self.live and value is not None and not isinstance(value, bool):
                self._put(str(value))
            if self.peek() != ",":
                break
            self.take()
        self.take(")")
        if self.peek() == ";":
            self.take()

    def _skip_function(self) -> None:
        while self.peek() != "{":
            self.take()
        self.skip_balanced()

    def _skip_statement(self) -> None:
        while self.at < len(self.tokens):
            word = self.peek()
            if word == "}":
                return
            if word in ("(", "{", "["):
                self.skip_balanced()
                continue
            self.take()
            if word == ";":
                return
            if self.peek() in ("var", "document", "if"):
                return
