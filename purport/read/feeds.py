"""Feeds (RSS, Atom, RDF): a page for each item, of the fullest text that the feed has of it, read as HTML is."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from purport.errors import ReadError
from purport.model.document import Metadata
from purport.read.containers.entries import Entry
from purport.read.dates import iso_date
from purport.read.decode import declared_charset, decode
from purport.read.fields import metadata_of
from purport.read.options import Failure, Options
from purport.read.xml_parts import check_entities, parser

_ROOTS = frozenset(("rss", "feed", "rdf"))
_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*|<!--.{0,2000}?-->\s*|<!doctype\s+rss[^>\[]*>\s*)*<(?:rss|feed|rdf:rdf)\b",
    re.I | re.S,
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""", re.I)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_NAMED = re.compile(r"&([A-Za-z]\w{1,30};)")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MARKED = re.compile(r"<[a-zA-Z/!]|&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]\w*);")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BLANK = re.compile(r"\n[ \t\r]*\n\s*")
_NAME = re.compile(r"\S+@\S+\s+\((.+)\)")
_ATOM = "{http://www.w3.org/2005/Atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LONGEST = 2000
"""Characters of a field that are looked at."""


def is_feed(head: bytes) -> bool:
    """Whether a file that begins with these bytes surely is a feed."""
    return _HEAD.match(head) is not None


def read(data: bytes, name: str, options: Options) -> Iterator[Entry | Failure]:
    """An entry for each item, counted as they stand in the feed. Raises `ReadError` for what is no feed."""
    root, notes = _root(data, name, options.encoding)
    if _local(root) not in _ROOTS:
        what = f"is XML of another kind than a feed: it begins with <{_local(root)[:40]}>"
        raise ReadError(f"{name}: {what}; save its text as .html or .txt")
    channel = next((child for child in root if _local(child) == "channel"), root)
    outlet = _plain(_child(channel, "title"))
    language = _said(channel, "language") or channel.get(_LANG) or root.get(_LANG) or ""
    writers = _authors(channel) if channel is root else ""
    number = 0
    for item in root.iter():
        if _local(item) not in ("item", "entry") or item.getparent() not in (root, channel):
            continue
        number += 1
        title = _plain(_child(item, "title"))
        said = {
            "outlet": _said(item, "source") if item.tag == "item" else "",
            "author": _authors(item) or writers,
            "title": title,
            "published": _published(item),
            "language": item.get(_LANG) or language,
        }
        said["outlet"] = said["outlet"] or outlet
        known, remarks = metadata_of(said)
        metadata = Metadata(url=_link(item)).over(known)
        page = f'<!doctype html><html><head><meta charset="utf-8"><title>{html.escape(title)}</title></head>'
        words = _fullest(item) or f"<h1>{html.escape(title)}</h1>"
        page += f"<body><article>{words}</article></body></html>"
        place = f"item {number}"
        stream = io.BytesIO(page.encode("utf-8", "replace"))
        yield Entry(
            f"{place}.html", stream, place, counted=True, packed=False, charset="utf-8", metadata=metadata,
            notes=(*notes, *remarks),
        )  # fmt: skip


def _root(data: bytes, name: str, encoding: str | None) -> tuple[Any, tuple[str, ...]]:
    """The root element and notes on damage. No entity of the file's own, no DTD and nothing elsewhere is looked at."""
    from lxml import etree

    check_entities(data, name)
    if encoding is None:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            declared = _DECLARED.search(data[:4096])
            encoding = declared_charset(declared[1].decode("ascii", "replace"), data) if declared else None
    decoded = decode(data, name, encoding)
    source = _UNFIT.sub("\ufffd", _DECLARATION.sub("", _NAMED.sub(_character, decoded.text), count=1))
    lenient = parser(encoding="utf-8", recover=True)
    try:
        root = etree.fromstring(source.lstrip("\ufeff \t\r\n").encode(), lenient)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"{name}: is no valid XML ({_line(error)}); save it anew") from None
    if root is None:
        raise ReadError(f"{name}: is no valid XML; save it anew")
    wrong = next((error for error in lenient.error_log if error.level >= 2), None)
    notes = (f"is no valid XML ({_line(wrong.message)}, line {wrong.line}); something may be lost",) if wrong else ()
    return root, (*decoded.notes, *notes)


def _line(error: object) -> str:
    return " ".join(str(error).split())[:200]


def _character(entity: re.Match[str]) -> str:
    """The character of an entity of HTML, which XML does not know; those of XML, and unknown ones, as they are."""
    found = html5.get(entity[1], "<")
    return entity[0] if any(c in "<>&\"'" for c in found) else found


def _local(element: Any) -> str:
    """The name of an element without its namespace, in small letters; "" for what is no element."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _child(item: Any, name: str) -> Any:
    """The first child of that name in the namespace of `item` itself; None where there is none."""
    space = item.tag[: item.tag.find("}") + 1]
    return next((child for child in item if child.tag == f"{space}{name}"), None)


def _words(element: Any) -> str:
    return "" if element is None else "".join(element.itertext())


def _said(item: Any, name: str) -> str:
    return _words(_child(item, name)).strip()[:_LONGEST]


def _plain(element: Any) -> str:
    """A title as plain words; it may hold HTML."""
    words = _words(element)[:_LONGEST]
    if element is not None and element.get("type", "html") == "html":
        words = html.unescape(_TAG.sub("", words))
    return " ".join(words.split())


def _authors(item: Any) -> str:
    """Who wrote it: names, without the addresses that RSS wants before them."""
    found: list[str] = []
    space = item.tag[: item.tag.find("}") + 1]
    for child in item:
        words = ""
        if child.tag == f"{_DC}creator":
            words = _words(child)
        elif child.tag == f"{space}author" or child.tag == f"{_ATOM}author":
            named = next((one for one in child if _local(one) == "name"), None)
            words = _words(child if named is None else named)
        words = " ".join(words[:_LONGEST].split())
        named_too = _NAME.fullmatch(words)
        words = named_too[1] if named_too else words
        if words and words not in found:
            found.append(words)
    return ", ".join(found)


def _published(item: Any) -> str:
    """The date as the feed has it: the first that surely is one, or else the first."""
    space = item.tag[: item.tag.find("}") + 1]
    tags = ("pubDate", "published", "issued", "created")
    names = [*(f"{space}{tag}" for tag in tags), f"{_DC}date", *(f"{_TERMS}{tag}" for tag in ("issued", "created"))]
    names += [f"{space}updated", f"{_ATOM}published", f"{_ATOM}updated"]
    found = [_words(child).strip()[:_LONGEST] for tag in names for child in item.findall(tag)]
    return next((words for words in found if iso_date(words)), found[0] if found else "")


def _link(item: Any) -> str | None:
    """The address of the page."""
    candidates: list[str] = []
    for child in item:
        name = _local(child)
        if name == "link" and child.get("rel", "alternate") == "alternate":
            candidates.append(child.get("href") or _words(child))
        elif (name == "guid" and child.get("isPermaLink") != "false") or name == "id":
            candidates.append(_words(child))
    for candidate in candidates:
        url = candidate.strip()[:_LONGEST]
        if re.match(r"https?://\S+\Z", url) and url.isprintable():
            return url
    return None


def _fullest(item: Any) -> str:
    """The longest text that the item has, as HTML."""
    space = item.tag[: item.tag.find("}") + 1]
    own = (f"{space}{tag}" for tag in ("content", "description", "summary"))
    tags = (f"{_CONTENT}encoded", *own, f"{_ATOM}content", f"{_ATOM}summary", f"{_DC}description")
    found = [_as_html(child) for tag in tags for child in item.findall(tag)]
    return max(found, key=lambda one: len(_TAG.sub("", one)), default="")


def _as_html(element: Any) -> str:
    from lxml import etree

    kind = element.get("type") or ""
    if kind in ("xhtml", "application/xhtml+xml") or len(element):
        inside = "".join(etree.tostring(child, method="html", encoding="unicode") for child in element)
        return _without_prefixes(f"{html.escape(element.text or '')}{inside}")
    words = _words(element)
    if kind in ("html", "text/html") or (kind not in ("text", "text/plain") and _MARKED.search(words)):
        return words
    return "".join(f"<p>{html.escape(part)}</p>" for part in _BLANK.split(words) if part.strip())


def _without_prefixes(page: str) -> str:
    """HTML whose elements have no prefix of a namespace before their names."""
    return re.sub(r"(</?)[a-zA-Z][\w.-]{0,20}:(?=[a-zA-Z])", r"\1", page)
