"""What a page says about itself in meta elements, JSON-LD and <time>. No heuristic that depends on today's date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from purport.model.document import Metadata
from purport.read.dates import iso_date
from purport.read.fields import metadata_of

_META = {
    "published": (
        "article:published_time", "datepublished", "og:article:published_time", "date", "dc.date", "dc.date.issued",
        "dcterms.date", "dcterms.issued", "dcterms.created", "pubdate", "publishdate", "publish-date",
        "publication_date", "parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date",
    ),
    "author": (
        "author", "article:author", "dc.creator", "dcterms.creator", "byl", "parsely-author", "sailthru.author",
        "citation_author",
    ),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "citation_publisher"),
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title"),
    "url": ("og:url",),
    "language": ("content-language", "og:locale", "dc.language"),
}  # fmt: skip
"""A row per field: the names of <meta> it is taken from, tried in order."""

_ARTICLES = re.compile(r"(?:\w*Article|\w*Report|\w*BlogPosting|WebPage|Statement|SpeechText|PressRelease)")
_SITE = re.compile(r"\s+[|–—·•»-]\s+")


def page_metadata(tree: Any) -> tuple[Metadata, tuple[str, ...]]:
    """The page's metadata, and notes on what could not be understood. `tree` is the whole page, untouched."""
    metas = _metas(tree)
    linked = list(_linked_data(tree))
    said: dict[str, str] = {}
    for field, names in _META.items():
        candidates = [*(_of_linked(field, data) for data in linked), *(metas.get(name, "") for name in names)]
        candidates += _of_elements(field, tree)
        usable = [" ".join(c.split()) for c in candidates if c and c.strip() and _fits(field, c.strip())]
        if field == "published":
            usable = [c for c in usable if iso_date(c)] or usable
        if usable:
            said[field] = usable[0]
    title = _first_heading(tree)
    said["title"] = _without_site(title or said.get("title") or _page_title(tree), said.get("outlet", ""))
    return metadata_of(said)


def headline(tree: Any, title: str | None) -> str:
    """The words a reader sees as the title: the page's one <h1>, else its title."""
    return _first_heading(tree) or title or ""


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe the page's article, broken ones passed over."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            try:
                data = json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue
            entries = data if isinstance(data, list) else [data]
            graphs = [e.get("@graph") for e in entries if isinstance(e, dict)]
            entries += [item for graph in graphs if isinstance(graph, list) for item in graph]
            for entry in entries:
                if isinstance(entry, dict) and _ARTICLES.fullmatch(_string(entry.get("@type"))):
                    yield entry


def _of_linked(field: str, data: dict[str, Any]) -> str:
    key = {"published": "datePublished", "outlet": "publisher", "title": "headline", "language": "inLanguage"}
    return _string(data.get(key.get(field, field)))


def _string(value: Any) -> str:
    if isinstance(value, list):
        strings = [_string(item) for item in value[:10]]
        return ", ".join(s for s in strings if s)
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""


def _of_elements(field: str, tree: Any) -> list[str]:
    """What elements of the page itself say about a field."""
    if field == "published":
        times = tree.xpath("//time[@datetime]")
        marked = [t for t in times if t.get("pubdate") is not None or "ublish" in (t.get("itemprop") or "")]
        in_article = tree.xpath("//article//time[@datetime] | //main//time[@datetime]")
        found = [*marked, *in_article, *(times if len(times) == 1 else ())]
        return [t.get("datetime") for t in found]
    if field == "author":
        found = tree.xpath("//*[@rel='author' or @itemprop='author' or contains(concat(' ', @class, ' '), ' byline ')]")
        return [re.sub(r"^\s*by:?\s+", "", _words(e), flags=re.I) for e in found[:3]]
    if field == "url":
        return [e.get("href") or "" for e in tree.xpath("//link[@rel='canonical']")]
    if field == "language":
        return [tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""]
    return []


def _fits(field: str, value: str) -> bool:
    """Whether a value can be what the field means: an author is no address, a url is one."""
    if field == "url":
        try:
            return urlsplit(value).scheme in ("http", "https")
        except ValueError:
            return False
    if field == "author":
        return "://" not in value and len(value) <= 120
    return len(value) <= 500


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _first_heading(tree: Any) -> str:
    """The only <h1> of the page (several are no title), unless it stands in the page's own head."""
    found = [words for words in map(_words, tree.iter("h1")) if words]
    return found[0] if len(found) == 1 and len(found[0]) <= 300 else ""


def _page_title(tree: Any) -> str:
    title = next(iter(tree.iter("title")), None)
    return "" if title is None else _words(title)


def _without_site(title: str, outlet: str) -> str:
    """A page's title without the name of the site behind it."""
    parts = _SITE.split(title)
    if len(parts) > 1 and outlet and parts[-1].casefold() in (outlet.casefold(), outlet.casefold().replace(" ", "")):
        return title[: title.rfind(parts[-1])].rstrip(" |–—·•»-")
    return title
