"""Three hundred hostile files, made by script, each with the outcome that reading it must have.

`inputs()` yields them; `write(folder)` puts them into a folder as `purport read` would meet them. Nothing here is
stored in the repository, since scanners of malware rightly dislike such files.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

GOLDEN = Path(__file__).parent / "read" / "golden" / "inputs"
WORDS = "Mara Denk denied that the bridge had been hit. “The river is calm,” she said to reporters in Halvenna.\n"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file and what must come of it.

    `documents` is how many documents must be read (None: any number), `failures` how many problems must be listed
    (None: any number); `says` are words that one of the reasons must hold. `encoded` file names may hold what a
    path can: everything but "/" and NUL.
    """

    name: str
    data: bytes
    documents: int | None
    failures: int | None
    says: str = ""


def inputs() -> Iterator[Hostile]:
    """All of them; the same ones every time."""
    for make in (
        _plain,
        _encodings,
        _markdown,
        _html,
        _pdf,
        _docx,
        _jsonl,
        _csv,
        _zips,
        _gzips,
        _mails,
        _warcs,
        _names,
    ):
        yield from make()


def write(folder: Path) -> list[Hostile]:
    """Write them below `folder`; those that are returned could be written on this file system."""
    written = []
    for number, one in enumerate(inputs()):
        below = folder / f"{number:03}"
        below.mkdir(parents=True)
        try:
            (below / one.name).write_bytes(one.data)
        except (OSError, ValueError):
            continue
        written.append(one)
    return written


def _read(name: str, data: bytes | str, documents: int = 1, failures: int = 0, says: str = "") -> Hostile:
    return Hostile(name, data.encode() if isinstance(data, str) else data, documents, failures, says)


def _refused(name: str, data: bytes | str, says: str = "") -> Hostile:
    return Hostile(name, data.encode() if isinstance(data, str) else data, 0, 1, says)


def _any(name: str, data: bytes | str) -> Hostile:
    return Hostile(name, data.encode() if isinstance(data, str) else data, None, None)


def _plain() -> Iterator[Hostile]:
    yield _refused("empty.txt", b"", "empty")
    yield _refused("blank.txt", b" \n\t\r\n " * 100, "empty")
    yield _refused("no-letter.txt", b"123 456 --- !!! \n" * 20, "no letter")
    yield _refused("nuls.txt", b"\x00" * 5000)
    yield _refused("random.txt", random.Random(1).randbytes(4000), "binary")
    yield _refused("executable.txt", b"\x7fELF\x02\x01\x01" + bytes(9) + random.Random(2).randbytes(3000))
    yield _refused("picture.txt", b"\x89PNG\r\n\x1a\n" + random.Random(3).randbytes(3000))
    yield _read("few-nuls.txt", WORDS.encode() * 40 + b"\x00" + WORDS.encode() * 40)
    yield _read("one-line.txt", WORDS.replace("\n", " ") * 800)
    yield _read("one-word.txt", "a" * 300_000)
    yield _read("quotes.txt", "“" * 20_000 + " Denk said the dam was safe.")
    yield _read("open-marks.txt", ('"Denk said ' * 4000))
    yield _read("apostrophes.txt", "'" * 20_000 + "Denk's dam")
    yield _read("colons.txt", "A: " * 20_000)
    yield _read("labels.txt", "\n\n".join(f"DENK: We said {n}." for n in range(1500)))
    yield _read("nested.txt", "Denk said that " * 1500 + "the dam was safe.")
    yield _read("commas.txt", "Denk, " * 8000 + "said the dam was safe.")
    yield _read("brackets.txt", "(" * 30_000 + "Denk said it." + ")" * 30_000)
    yield _read("blank-lines.txt", WORDS + "\n" * 300_000 + WORDS)
    yield _read("short-lines.txt", "a\n" * 60_000)
    yield _read("returns.txt", (WORDS * 20).replace("\n", "\r"))
    yield _read("mixed-ends.txt", "One.\r\nTwo.\nThree.\rFour.\u2028Five.\u0085Six.\x0bSeven.\x0c" * 50)
    yield _read("combining.txt", "e" + "\u0301" * 30_000 + " said Denk.")
    yield _read("bidi.txt", "\u202eDenk said\u202c \u2066the dam\u2069 was safe. " * 200)
    yield _read("zero-width.txt", "De\u200bnk sa\u200did th\u2060e dam was safe. " * 200)
    yield _read("emoji.txt", "Denk said 👩‍👩‍👧‍👦🏳️‍🌈 the dam was safe. " * 300)
    yield _read("escapes.txt", "\x1b[2J\x1b]0;title\x07Denk said the dam was safe.\x1b[0m " * 3 + WORDS * 20)
    yield _read("private.txt", "\ue000\uf8ff Denk said it. " * 100)
    yield _read("noncharacters.txt", "\ufffe\uffff Denk said it. " * 100)
    yield _read("tags.txt", "<script>alert(1)</script><img src=x onerror=alert(1)> Denk said it. " * 50)
    yield _read("sql.txt", "'); DROP TABLE document; -- Denk said it. " * 50)
    yield _read("format.txt", "%s%n{0}{__class__} Denk said it. " * 50)
    yield _read("no-suffix", WORDS)
    for number in range(10):
        noise = random.Random(100 + number)
        text = "".join(noise.choice("Denk said “the ‘dam’ \" ' \n\n: - . , ! ?") for _ in range(6000))
        yield _read(f"noise-{number}.txt", text)


def _encodings() -> Iterator[Hostile]:
    text = "Zoé Márkes said the dam was safe. “Nobody fired,” she told us — twice.\n" * 12
    for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"):
        yield _read(f"codec-{codec}.txt", text.encode(codec))
    yield _read("latin.txt", text.replace("“", '"').replace("”", '"').replace("—", "-").encode("latin-1"))
    yield _read("bad-bytes.txt", text.encode() + b"\xff\xfe\xc3" + text.encode())
    yield _read("overlong.txt", text.encode() + b"\xc0\xaf\xe0\x80\xaf" + text.encode())
    yield _read("surrogates.txt", text.encode() + b"\xed\xa0\x80\xed\xb0\x80" + text.encode())
    yield _read("cut.txt", text.encode()[:-1] + "é".encode()[:1])
    yield _read("odd-utf16.txt", text.encode("utf-16") + b"a")
    yield _read("two-marks.txt", b"\xef\xbb\xbf\xef\xbb\xbf" + text.encode())
    yield _read("lone-utf16.txt", "Denk said ".encode("utf-16") + b"\x00\xd8" + ("the dam. " * 60).encode("utf-16-le"))
    yield _refused("only-mark.txt", b"\xef\xbb\xbf")
    for number, codec in enumerate(("koi8_r", "shift_jis", "gb18030", "cp1256", "big5")):
        sample = {"koi8_r": "Плотина цела, ", "shift_jis": "ダムは安全です。", "gb18030": "大坝是安全的。",
                  "cp1256": "السد آمن تماما ", "big5": "水壩是安全的。"}[codec]  # fmt: skip
        yield Hostile(f"foreign-{number}.txt", (sample * 60).encode(codec), 1, 0)


def _markdown() -> Iterator[Hostile]:
    yield _read("deep.md", "> " * 3000 + "Denk said it.")
    yield _read("lists.md", "".join(" " * min(n, 200) + "- Denk said it.\n" for n in range(600)))
    yield _read("stars.md", "*" * 50_000 + " Denk said it.")
    yield _read("links.md", "[" * 8000 + "Denk said it." + "](" * 8000)
    yield _read("ticks.md", "`" * 9999 + " Denk said it.\n")
    yield _read("front.md", "---\ntitle: a\n" + "key: value\n" * 5000 + "Denk said it.")
    yield _read("front-empty.md", "---\n---\nDenk said it.\n")
    yield _read("table.md", "|a" * 2000 + "|\n" + "|-" * 2000 + "|\n" + "|Denk said" * 2000 + "|\n")
    yield _read("html.md", "<div>" * 3000 + "\n\nDenk said it.\n")
    yield _read("hashes.md", "#" * 10_000 + " Denk said it.")
    yield _refused("only-fence.md", "```\n```\n" * 10)
    yield _read("entities.md", "&#xD800; &#0; &amp; Denk said it. " * 100)


def _html() -> Iterator[Hostile]:
    page = "<html><head><title>The dam</title></head><body><article><p>{}</p></article></body></html>"
    body = WORDS * 6
    yield _read("plain.html", page.format(body))
    yield _read("deep.html", "<div>" * 20_000 + body + "</div>" * 20_000)
    yield _read("deep-tables.html", "<table><tr><td>" * 600 + body)
    yield _read("deep-spans.html", "<p>" + "<b><i>" * 5000 + body)
    yield _read("unclosed.html", "<html><body><p>" + body + "<p" * 300)
    yield _read("attributes.html", "<p " + "a='b' " * 20_000 + ">" + body)
    yield _read("long-attribute.html", "<p title='" + "x" * 1_000_000 + "'>" + body)
    yield _read("script.html", page.format("<script>document.write('Denk lied')</script>" + body))
    yield _read("comments.html", "<!--" * 5000 + "-->" + page.format(body))
    yield _read("cdata.html", page.format("<![CDATA[ x ]]>" + body))
    yield _read("entity.html", "<!DOCTYPE html [<!ENTITY a 'b'>]>" + page.format("&a;" * 1000 + body))
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    yield _read("laughs.html", f"<!DOCTYPE html [<!ENTITY l0 'ha'>{laughs}]>" + page.format("&l11;" + body))
    yield _read("references.html", page.format("&#0;&#xD800;&#x110000;&#99999999999;" + body))
    yield _read("charset-lie.html", page.format(body).replace("<head>", "<head><meta charset='utf-16'>"))
    yield _read(
        "charset-utf7.html", page.format("+ADw-script+AD4-" + body).replace("<head>", "<head><meta charset=utf-7>")
    )
    yield _read("charset-unknown.html", page.format(body).replace("<head>", "<head><meta charset='no-such'>"))
    yield _read("nul.html", page.format(body.replace(" ", "\x00 ", 3)))
    yield _read("frames.html", "<frameset><frame src='http://example.invalid/'></frameset>" + page.format(body))
    yield _read(
        "refresh.html", page.format(body).replace("<head>", "<head><meta http-equiv=refresh content='0;url=x'>")
    )
    yield _read("base.html", page.format(body).replace("<head>", "<head><base href='file:///etc/passwd'>"))
    yield _read("svg.html", page.format("<svg><text>Denk</text><script>1</script></svg>" + body))
    yield _read("template.html", page.format("<template><p>hidden</p></template>" + body))
    yield _read(
        "json-ld.html", page.format(body).replace("<head>", "<head><script type='application/ld+json'>{" + "[" * 5000)
    )
    yield _read("json-ld-lie.html", page.format(body).replace("<head>", "<head><script type='application/ld+json'>[1,{\"datePublished\":{}}]</script>"))  # fmt: skip
    yield _read("dates.html", page.format(body).replace("<head>", "<head><meta name=date content='99999-99-99'>"))
    yield _read("rtl.html", page.format("<bdo dir=rtl>" + body))
    yield _refused("empty.html", "<html></html>")
    yield _refused("script-only.html", "<html><body><script>Denk said it</script></body></html>")
    yield _any("binary.html", b"<html>" + random.Random(5).randbytes(3000))
    yield _any("utf16.html", page.format(body).encode("utf-16"))
    for number in range(8):
        noise = random.Random(200 + number)
        soup = "".join(
            noise.choice(("<p>", "</div>", "<td>", "<ul>", "<li>", "<h1>", "</p>", "<br", body)) for _ in range(300)
        )
        yield _any(f"soup-{number}.html", soup)


def _pdf() -> Iterator[Hostile]:
    good = (GOLDEN / "columns.pdf").read_bytes()
    yield _refused("empty.pdf", b"", "empty")
    yield _refused("text.pdf", WORDS)
    yield _refused("header-only.pdf", b"%PDF-1.7\n")
    yield _refused("garbage.pdf", b"%PDF-1.7\n" + random.Random(6).randbytes(5000))
    for number, share in enumerate((0.1, 0.3, 0.5, 0.7, 0.9, 0.99)):
        yield _any(f"truncated-{number}.pdf", good[: int(len(good) * share)])
    yield _refused("encrypted.pdf", (GOLDEN / "encrypted.pdf").read_bytes(), "encrypt")
    yield _refused("scan.pdf", (GOLDEN / "picture.pdf").read_bytes(), "OCR")
    yield _any("prefix.pdf", b"junk\n" * 100 + good)
    yield _any("suffix.pdf", good + b"\njunk" * 1000)
    yield _any("no-xref.pdf", good.replace(b"startxref", b"startxxxx"))
    yield _any("loop-pages.pdf", _built_pdf(b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"))
    yield _any("loop-parent.pdf", _built_pdf(b"<< /Type /Pages /Kids [1 0 R 2 0 R 3 0 R] /Count 99999999 >>"))
    yield _any("huge-count.pdf", good.replace(b"/Count 2", b"/Count 2147483647"))
    yield _any("negative.pdf", good.replace(b"/Length ", b"/Length -"))
    yield _any("bomb.pdf", _built_pdf(b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", _flate(b"(x) Tj " * 3_000_000)))
    yield _any("huge-page.pdf", good.replace(b"/MediaBox [ 0 0 ", b"/MediaBox [ 0 0 9999999 "))
    yield _any(
        "javascript.pdf", good.replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /JavaScript /JS (x) >>")
    )
    for number in range(10):
        broken = bytearray(good)
        noise = random.Random(300 + number)
        for _ in range(30):
            broken[noise.randrange(len(broken))] = noise.randrange(256)
        yield _any(f"broken-{number}.pdf", bytes(broken))


def _flate(data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(packed), packed)


def _built_pdf(pages: bytes, content: bytes = b"<< /Length 0 >> stream\n\nendstream") -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        pages,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        content,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj %s endobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))


def _docx() -> Iterator[Hostile]:
    good = (GOLDEN / "statement.docx").read_bytes()
    yield _refused("empty.docx", b"", "empty")
    yield _refused("text.docx", WORDS)
    for number, share in enumerate((0.2, 0.5, 0.9)):
        yield _refused(f"truncated-{number}.docx", good[: int(len(good) * share)])
    yield _refused("not-word.docx", _zipped({"a.txt": b"Denk said it."}))
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    bomb = f"<?xml version='1.0'?><!DOCTYPE w [<!ENTITY l0 'ha'>{laughs}]><w:document>&l9;</w:document>"
    yield _refused("laughs.docx", _replaced(good, "word/document.xml", lambda _: bomb.encode()), "entit")
    outside = b"<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    yield _refused(
        "external.docx",
        _replaced(good, "word/document.xml", lambda x: x.replace(b"<w:document", outside + b"<w:document", 1)),
    )
    yield _refused("styles-entity.docx", _replaced(good, "word/styles.xml", lambda x: outside + x))
    yield _refused("bomb.docx", _replaced(good, "word/document.xml", lambda x: x + b" " * 250_000_000), "unpacks")
    yield _refused("no-document.docx", _replaced(good, "word/document.xml", lambda _: None))
    yield _refused("broken-xml.docx", _replaced(good, "word/document.xml", lambda x: x[:-30]))
    yield _any("no-styles.docx", _replaced(good, "word/styles.xml", lambda _: None))
    yield _any("no-types.docx", _replaced(good, "[Content_Types].xml", lambda _: None))
    yield _any(
        "deep.docx",
        _replaced(
            good, "word/document.xml", lambda x: x.replace(b"<w:body>", b"<w:body>" + b"<w:tbl><w:tr><w:tc>" * 300)
        ),
    )
    for number in range(6):
        noise = random.Random(400 + number)

        def broken(xml: bytes, noise: random.Random = noise) -> bytes:
            changed = bytearray(xml)
            for _ in range(5):
                changed[noise.randrange(len(changed))] = noise.randrange(256)
            return bytes(changed)

        yield _any(f"broken-{number}.docx", _replaced(good, "word/document.xml", broken))


def _zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def _replaced(package: bytes, name: str, change: Callable[[bytes], bytes | None]) -> bytes:
    entries: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for entry in archive.namelist():
            data = archive.read(entry)
            changed = change(data) if entry == name else data
            if changed is not None:
                entries[entry] = changed
    return _zipped(entries)


def _jsonl() -> Iterator[Hostile]:
    good = json.dumps({"text": WORDS, "outlet": "The Skerrin Lantern"})
    yield _read("good.jsonl", f"{good}\n{good.replace('calm', 'high')}\n", 2)
    yield _read("broken-amid.jsonl", f"{good}\n{{broken\n{good.replace('calm', 'high')}\n", 2, 1)
    yield _read("lone.jsonl", '{"text": "Denk \\ud800 said it."}\n{"text": "\\udc00 Denk said it."}\n', 2)
    yield _read("nul.jsonl", '{"text": "Denk\\u0000 said it."}\n')
    yield _read("duplicate-keys.jsonl", '{"text": "x y", "text": "Denk said it."}\n')
    yield _read("numbers.jsonl", '{"text": "Denk said it.", "published": 1e999, "title": -0}\n')
    yield _read("nan.jsonl", '{"text": "Denk said it.", "title": NaN}\n')
    yield _refused("arrays.jsonl", "[1, 2]\n")
    yield _refused("no-text.jsonl", '{"a": 1}\n', "key")
    yield _refused("text-number.jsonl", '{"text": 5}\n')
    yield _read("deep.jsonl", '{"text": ' + "[" * 20_000 + "\n" + good + "\n", 1, 1)
    yield _read("blank-lines.jsonl", "\n" * 5000 + good + "\n\n")
    yield _read("crlf.jsonl", f"{good}\r\n")
    yield _read("mark.jsonl", "\ufeff" + good)
    yield _read("utf16.jsonl", good.encode("utf-16"))
    yield _read("long-key.jsonl", json.dumps({"k" * 100_000: 1, "text": WORDS}))
    yield _read("huge-number.jsonl", '{"text": "Denk said it.", "n": ' + "9" * 4000 + "}\n")
    yield _refused("binary.jsonl", random.Random(8).randbytes(2000))
    yield _read("separator.jsonl", json.dumps({"text": "Denk\u2028said\u2029it."}, ensure_ascii=False))
    yield _read("date.jsonl", '{"text": "Denk said it.", "date": "yesterday"}\n')


def _csv() -> Iterator[Hostile]:
    yield _read("good.csv", f'text,outlet\n"{WORDS}",Lantern\n')
    yield _refused("no-column.csv", "a,b\n1,2\n", "column")
    yield _refused("header-only.csv", "a\n")
    yield _read("formula.csv", 'text,title\n"=HYPERLINK(""http://x"")+Denk said it.",@SUM(A1)\n')
    yield _read("formula-minus.csv", 'text,outlet\n"-2+3 Denk said it.",+cmd\n')
    yield _read("quotes.csv", 'text\n"Denk ""said"" it.\n\nTwice."\n')
    yield _any("open-quote.csv", 'text\n"Denk said it.\n' + "a,b\n" * 3000)
    yield _read("ragged.csv", "text,b\nDenk said it.\nTessel said it.,2,3\n", 1, 1)
    yield _read("semicolons.csv", "text;outlet\nDenk said it.;Lantern\n")
    yield _read("tabs.tsv", "text\toutlet\nDenk said it.\tLantern\n")
    yield _read("nul.csv", "text\nDenk\x00 said it. " + WORDS.strip().replace(",", "") * 20 + "\n")
    yield _read("huge-cell.csv", 'text\n"' + "Denk said it. " * 20_000 + '"\n')
    yield _read("wide.csv", "text," + ",".join(f"c{n}" for n in range(5000)) + "\nDenk said it.\n")
    yield _any("same-names.csv", "text,text\nDenk said it.,Tessel said it.\n")
    yield _read("empty-rows.csv", "text\n" + "\n" * 3000 + "Denk said it.\n")
    yield _read("empty-cells.csv", 'text\nDenk said it.\n" "\n"1"\n', 1, 1)
    yield _refused("binary.csv", random.Random(9).randbytes(2000))
    yield _read("path.csv", "text,url,title\nDenk said it.,file:///etc/passwd,../../etc/passwd\n")


def _zips() -> Iterator[Hostile]:
    text = WORDS.encode()
    yield _read("good.zip", _zipped({"a.txt": text, "b/c.html": b"<p>" + text * 3}), 2)
    yield _refused("empty.zip", _zipped({}))
    yield _refused("cut.zip", _zipped({"a.txt": text * 50})[:-60])
    yield _refused("not.zip", text)
    yield _read("traversal.zip", _zipped({"../../../tmp/evil.txt": text}))
    yield _read("absolute.zip", _zipped({"/etc/evil.txt": text}))
    yield _read("backslash.zip", _zipped({"..\\..\\evil.txt": text}))
    yield _read("same-name.zip", _zipped({"a.txt": text}) if True else b"")
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", text)
    yield Hostile("link.zip", out.getvalue(), 1, None)
    yield _refused("bomb.zip", _zipped({"a.txt": b"a " * 150_000_000}), "")
    deep = _zipped({"a.txt": text})
    for _ in range(30):
        deep = _zipped({"inner.zip": deep}, zipfile.ZIP_STORED)
    yield _refused("deep.zip", deep, "deep")
    shallow = _zipped({"inner.zip": _zipped({"a.txt": text})})
    yield _read("two-deep.zip", shallow)
    yield _read(
        "broken-amid.zip", _zipped({"a.txt": text, "b.pdf": b"%PDF-1.4 broken", "c.txt": text + b"Again."}), 2, 1
    )
    yield _read("unknown-amid.zip", _zipped({"a.txt": text, "b.exe": b"MZ" + bytes(500)}), 1, 0)
    yield Hostile("many.zip", _zipped({f"{n}.txt": b"" for n in range(3000)}), 0, None)
    yield _read("control-name.zip", _zipped({"a\x1b[2J\n.txt": text}))
    yield _read("long-name.zip", _zipped({"n" * 4000 + ".txt": text}))
    lie = bytearray(_zipped({"a.txt": text * 20}))
    at = lie.find(b"PK\x01\x02")
    lie[at + 24 : at + 28] = struct.pack("<I", 5)
    yield Hostile("size-lie.zip", bytes(lie), None, None)
    wrong = bytearray(_zipped({"a.txt": text * 20}, zipfile.ZIP_STORED))
    wrong[60] ^= 0xFF
    yield Hostile("bad-crc.zip", bytes(wrong), 0, 1)


def _gzips() -> Iterator[Hostile]:
    yield _read("good.txt.gz", gzip.compress(WORDS.encode(), mtime=0))
    yield _refused("bomb.txt.gz", gzip.compress(b"a " * 300_000_000, 9, mtime=0) if False else _gzip_bomb())
    yield _refused("cut.txt.gz", gzip.compress(WORDS.encode() * 200, mtime=0)[:-20])
    yield _refused("not.txt.gz", WORDS)
    yield _refused("garbage.txt.gz", b"\x1f\x8b\x08\x00" + random.Random(10).randbytes(500))
    twice = gzip.compress(gzip.compress(WORDS.encode(), mtime=0), mtime=0)
    yield _read("twice.txt.gz.gz", twice)


def _gzip_bomb() -> bytes:
    """Some 600 MB of spaces in half a megabyte, without ever holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = b" " * 1_000_000
    return b"".join(packer.compress(piece) for _ in range(600)) + packer.flush()


def _mails() -> Iterator[Hostile]:
    head = "From: Mara Denk <denk@example.invalid>\r\nDate: Tue, 04 Mar 2031 10:00:00 +0000\r\nSubject: The bridge\r\n"
    body = WORDS.replace("\n", "\r\n")
    yield _read("good.eml", f"{head}\r\n{body}")
    yield _refused("empty.eml", b"", "empty")
    yield _refused("header-only.eml", head)
    multi = f"{head}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    attached = base64.b64encode((WORDS * 2).encode()).decode()
    yield _read(
        "attached.eml",
        f"{multi}--x\r\nContent-Type: text/plain\r\n\r\n{body}\r\n--x\r\nContent-Type: text/plain\r\n"
        f'Content-Disposition: attachment; filename="../a.txt"\r\nContent-Transfer-Encoding: base64\r\n\r\n{attached}\r\n--x--\r\n',
        2,
    )
    yield _read("no-end.eml", f"{multi}--x\r\nContent-Type: text/plain\r\n\r\n{body}")
    yield _any("no-boundary.eml", f"{head}Content-Type: multipart/mixed\r\n\r\n{body}")
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(200))
    yield _any("deep.eml", f"{head}MIME-Version: 1.0\r\n{deep}Content-Type: text/plain\r\n\r\n{body}")
    yield _read("bad-charset.eml", f"{head}Content-Type: text/plain; charset=no-such\r\n\r\n{body}")
    yield _read(
        "bad-base64.eml", f"{head}Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n{attached}@@@"
    )
    yield _read("bad-date.eml", f"{head.replace('Tue, 04 Mar 2031', 'Never')}\r\n{body}")
    yield _read("bad-header.eml", f"{head}X: =?utf-8?b?!!!?=\r\nSubject: =?no-such?q?x?=\r\n\r\n{body}")
    yield _read("nul-header.eml", f"{head}X-\x00: a\r\n\r\n{body}")
    yield _read("html.eml", f"{head}Content-Type: text/html; charset=utf-8\r\n\r\n<p>{body}<script>x</script>")
    yield _read("many-headers.eml", f"{head}{'X-A: b' * 100}\r\n" + "X-B: c\r\n" * 5000 + f"\r\n{body}")
    yield _read("long-header.eml", f"{head}X-A: {'b' * 200_000}\r\n\r\n{body}")


def _warcs() -> Iterator[Hostile]:
    page = b"<html><body><p>" + WORDS.encode() * 4 + b"</p></body></html>"
    good = _warc_record(page)
    yield _read("good.warc", good)
    yield _read("good.warc.gz", gzip.compress(good, mtime=0))
    yield _refused("empty.warc", b"", "empty")
    yield _refused("text.warc", WORDS)
    yield _any("cut.warc", good[:-100])
    yield _any("cut.warc.gz", gzip.compress(good, mtime=0)[:-30])
    yield _any("length-lie.warc", good.replace(b"Content-Length: ", b"Content-Length: 9999", 1))
    yield _any("negative.warc", good.replace(b"Content-Length: ", b"Content-Length: -", 1))
    yield _any("no-http.warc", good.replace(b"HTTP/1.1 200 OK\r\n", b""))
    yield Hostile("not-found.warc", good.replace(b"200 OK", b"404 Nope"), 0, None)
    yield Hostile("picture.warc", good.replace(b"text/html", b"image/png"), 0, None)
    yield _read("two.warc", good + _warc_record(page.replace(b"calm", b"high")), 2)
    bomb = _gzip_bomb()
    yield Hostile("bomb.warc", _warc_record(bomb, b"Content-Encoding: gzip\r\n"), 0, None)
    yield _any("garbage-between.warc", good + b"garbage\r\n\r\n" * 20 + good.replace(b"calm", b"high"))


def _warc_record(payload: bytes, more: bytes = b"") -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + more + b"\r\n" + payload
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-%012d>\r\n"
        b"WARC-Target-URI: http://lantern.invalid/dam\r\nWARC-Date: 2031-03-04T00:00:00Z\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
        % (len(payload), len(http), http)
    )


def _names() -> Iterator[Hostile]:
    unique = (f"{WORDS}Told for the {n}th time." for n in range(100))
    for name in (
        "a\x1b[2Jb.txt", "line\nend.txt", "tab\t.txt", "\u202etxt.exe.txt", "zero\u200bwidth.txt", "-rf.txt", "--store.txt",
        "'; DROP TABLE document; --.txt", "<script>alert(1)</script>.txt".replace("/", "\u2215"), "=cmd|calc.txt", "a" * 240 + ".txt",
        "é\u0301😀.txt", "CON.txt", " leading.txt", "trailing .txt", "a..b.txt", "%s%n.txt", "$(touch x).txt", "`id`.txt",
        "*.txt", "?.txt", "[a].txt", "~.txt", "#.txt", "a;b.txt", "a&b.txt", "a|b.txt", "\\.txt", "\".txt", "UPPER.TXT",
    ):  # fmt: skip
        yield _read(name, next(unique))
    yield Hostile("n" * 4000 + ".txt", next(unique).encode(), 1, 0)
    for number in range(12):
        yield _read(f"again-{number}.TXT", next(unique))
