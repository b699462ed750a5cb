"""Builders of article pages with files for the content checks."""

from typing import Any

from domain.observation import Attachment, Document
from tests.observations import document, seen, site_observation, unseen

ATTACHED = "http://wjw.test/f/1.xls"


def attachment(text: Any, name: str = "名单.xls") -> Attachment:
    """A file; its text a string, or a fact."""
    fact = seen(text) if isinstance(text, str) else text
    return Attachment(url=ATTACHED, name=name, text=fact, tables=unseen())


def article(text: str, *attachments: Attachment, path: str = "a1.html", **more: Any) -> Document:
    """An article page with these files."""
    return document(path, more.pop("title", "某公告"), text=text, attachments=attachments, **more)


def of(*documents: Document, complete: bool = True) -> Any:
    """A site with these article pages."""
    return site_observation(documents=seen(documents, complete=complete))
