"""What a page publishes, as the content checks read it: its own text and the files it links."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checks.index import OncePer
from domain.check import Subject
from domain.observation import Document, Seen, SiteObservation, UnseenError


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of text of a page: the page's own (`file` empty) or an attachment's, and its address."""

    text: str
    url: str
    file: str = ""


def pages(observation: SiteObservation) -> Iterable[Subject]:
    """Every page of a watched unit that was read, once: articles, the home page, the pages of columns.

    Then says so if there are others that were not read.
    """
    known: set[str] = set()
    for document in _read(observation):
        if document.url not in known and document.unit in observation.units:
            known.add(document.url)
            yield Subject(key=document.url, unit=document.unit, name=document.title)
    observation.documents.whole()
    observation.standing.whole()


def _read(observation: SiteObservation) -> Iterator[Document]:
    """The pages that were read, of articles and of others; one kind unseen hides not the other."""
    for fact in (observation.documents, observation.standing):
        if isinstance(fact, Seen):
            yield from fact.fact


def page_of(subject: Subject, observation: SiteObservation) -> Document:
    """The page that a subject names."""
    return _by_address(observation)[subject.key]


@OncePer
def _by_address(observation: SiteObservation) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for document in _read(observation):
        found.setdefault(document.url, document)
    return found


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
