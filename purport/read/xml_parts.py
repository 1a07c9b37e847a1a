"""XML from outside: parsed without entities of its own, DTDs, or anything that lies elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from purport.errors import ReadError
from purport.read.limits import FLOOR, Limits

if TYPE_CHECKING:
    import zipfile


def parser(**told: Any) -> Any:
    """A parser that expands no entities and looks at nothing outside of the bytes it is given."""
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True, **told,
    )  # fmt: skip


def check_entities(data: bytes, name: str) -> None:
    """Raises `ReadError` where the bytes declare entities, which may grow without measure."""
    if b"<!ENTITY" in data.replace(b"\x00", b""):
        raise ReadError(f"{name}: declares entities; that is not safe to read")


def root_of(data: bytes, name: str) -> Any:
    """The root element of a whole document. Raises `ReadError` for what is no valid XML or declares entities."""
    from lxml import etree

    check_entities(data, name)
    try:
        return etree.fromstring(data, parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        what = " ".join(str(error).split())[:200]
        raise ReadError(f"{name}: is no valid XML ({what}); it may be damaged, so save it anew") from None


def check_archive(archive: zipfile.ZipFile, size: int, name: str, limits: Limits) -> None:
    """Raises `ReadError` where what is in an archive of `size` bytes says that it unpacks past the limits."""
    total = sum(entry.file_size for entry in archive.infolist())
    if total > limits.whole:
        raise ReadError(f"{name}: unpacks to {total} bytes, more than {limits.crossed('whole')}")
    if total > max(limits.ratio * size, FLOOR):
        times = f"{total // max(size, 1)} times its size, more than the limit of"
        raise ReadError(f"{name}: unpacks to {total} bytes, {times} {limits.crossed('ratio')}")


def part_of(archive: zipfile.ZipFile, part: str, name: str) -> bytes | None:
    """The bytes of a part of an archive; None where it is not there. Raises `ReadError` where it cannot be unpacked."""
    try:
        info = archive.getinfo(part)
    except KeyError:
        return None
    if info.flag_bits & 1:
        raise ReadError(f"{name}: its part {part[:200]} is encrypted; save it without a password first")
    try:
        return archive.read(info)
    # zlib, bz2, lzma and zipfile each raise errors of their own for data that are broken.
    except Exception as error:
        what = " ".join(str(error).split())[:200] or type(error).__name__
        raise ReadError(f"{name}: its part {part[:200]} cannot be unpacked ({what}); save it anew") from None
