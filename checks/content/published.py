"""What a page publishes, as the content checks read it: its own text and the files it links."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.check import Subject
from domain.observation import Document, SiteObservation, UnseenError


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of text of a page: the page's own (`file` empty) or an attachment's, and its address."""

    text: str
    url: str
    file: str = ""


def pages(observation: SiteObservation) -> Iterable[Subject]:
    """Every article page of a watched unit, once; then says so if there are others that were not read."""
    known: set[str] = set()
    for document in observation.documents.get():
        if document.url not in known and document.unit in observation.units:
            known.add(document.url)
            yield Subject(key=document.url, unit=document.unit, name=document.title)
    observation.documents.whole()


def page_of(subject: Subject, observation: SiteObservation) -> Document:
    """The page that a subject names."""
    return next(document for document in observation.documents.get() if document.url == subject.key)


def parts_of(document: Document) -> tuple[list[Part], str]:
    """The texts of a page and its files, and why there may be more (empty: there is not)."""
    parts = [Part(text=f"{document.title}\n{document.text}", url=document.url)]
    gap = ""
    for attachment in document.attachments:
        try:
            parts.append(Part(text=attachment.text.get(), url=attachment.url, file=attachment.name))
            attachment.text.whole()
        except UnseenError as error:
            gap = gap or f"附件“{attachment.name}”没有读到：{error}"
    return parts, gap
