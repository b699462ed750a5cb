"""Builders of pages for tests of the subject readings."""

from typing import Any

from domain.page import Form, Item, Link, Page, PageKind, Region

HOST = "http://www.example.test/"


def page(text: str = "", **more: Any) -> Page:
    """A page of the test host with this main text."""
    more.setdefault("url", HOST + "a/")
    more.setdefault("title", "")
    more.setdefault("kind", PageKind.ARTICLE)
    return Page(adapter="generic", charset="utf-8", text=text, **more)


def links(*texts: str, region: Region = Region.BODY) -> tuple[Link, ...]:
    """Links by their texts; `text|address` gives the address too."""
    parts = [(*text.split("|"), "") for text in texts]
    return tuple(
        Link(url=part[1] or f"{HOST}{n}.html", text=part[0], region=region) for n, part in enumerate(parts)
    )


def items(*titles: str) -> tuple[Item, ...]:
    """Entries of a list by their titles."""
    return tuple(Item(title=title, url=f"{HOST}i{n}.html") for n, title in enumerate(titles))


def form(text: str, *fields: str) -> Form:
    """A form with its visible words and fields."""
    return Form(action=HOST + "submit", text=text, fields=fields)
