"""Three hundred hostile files, made by script, each with the outcome that reading it must have.

`inputs()` yields them; `write(folder)` puts them into a folder as `purport read` would meet them. Nothing here is
stored in the repository, since scanners of malware rightly dislike such files.
"""

from __future__ import annotations

import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.hostile_containers import gzips, mails, warcs, zips
from tests.outcome import WORDS, Hostile, anything, reads, refused, zipped

GOLDEN = Path(__file__).parent / "read" / "golden" / "inputs"


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
        zips,
        gzips,
        mails,
        warcs,
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


def _plain() -> Iterator[Hostile]:
    yield refused("empty.txt", b"", "empty")
    yield refused("blank.txt", b" \n\t\r\n " * 100, "empty")
    yield refused("no-letter.txt", b"123 456 --- !!! \n" * 20, "no letter")
    yield refused("nuls.txt", b"\x00" * 5000)
    yield refused("random.txt", random.Random(1).randbytes(4000), "binary")
    yield refused("executable.txt", b"\x7fELF\x02\x01\x01" + bytes(9) + random.Random(2).randbytes(3000))
    yield refused("picture.txt", b"\x89PNG\r\n\x1a\n" + random.Random(3).randbytes(3000))
    yield reads("few-nuls.txt", WORDS.encode() * 40 + b"\x00" + WORDS.encode() * 40)
    yield reads("one-line.txt", WORDS.replace("\n", " ") * 800)
    yield reads("one-word.txt", "a" * 300_000)
    yield reads("quotes.txt", "“" * 20_000 + " Denk said the dam was safe.")
    yield reads("open-marks.txt", ('"Denk said ' * 4000))
    yield reads("apostrophes.txt", "'" * 20_000 + "Denk's dam")
    yield reads("colons.txt", "A: " * 20_000)
    yield reads("labels.txt", "\n\n".join(f"DENK: We said {n}." for n in range(1500)))
    yield reads("nested.txt", "Denk said that " * 1500 + "the dam was safe.")
    yield reads("commas.txt", "Denk, " * 8000 + "said the dam was safe.")
    yield reads("brackets.txt", "(" * 30_000 + "Denk said it." + ")" * 30_000)
    yield reads("blank-lines.txt", WORDS + "\n" * 300_000 + WORDS)
    yield reads("short-lines.txt", "a\n" * 60_000)
    yield reads("returns.txt", (WORDS * 20).replace("\n", "\r"))
    yield reads("mixed-ends.txt", "One.\r\nTwo.\nThree.\rFour.\u2028Five.\u0085Six.\x0bSeven.\x0c" * 50)
    yield reads("combining.txt", "e" + "\u0301" * 30_000 + " said Denk.")
    yield reads("bidi.txt", "\u202eDenk said\u202c \u2066the dam\u2069 was safe. " * 200)
    yield reads("zero-width.txt", "De\u200bnk sa\u200did th\u2060e dam was safe. " * 200)
    yield reads("emoji.txt", "Denk said 👩‍👩‍👧‍👦🏳️‍🌈 the dam was safe. " * 300)
    yield reads("escapes.txt", "\x1b[2J\x1b]0;title\x07Denk said the dam was safe.\x1b[0m " * 3 + WORDS * 20)
    yield reads("private.txt", "\ue000\uf8ff Denk said it. " * 100)
    yield reads("noncharacters.txt", "\ufffe\uffff Denk said it. " * 100)
    yield reads("tags.txt", "<script>alert(1)</script><img src=x onerror=alert(1)> Denk said it. " * 50)
    yield reads("sql.txt", "'); DROP TABLE document; -- Denk said it. " * 50)
    yield reads("format.txt", "%s%n{0}{__class__} Denk said it. " * 50)
    yield reads("no-suffix", WORDS)
    for number in range(10):
        noise = random.Random(100 + number)
        text = "".join(noise.choice("Denk said “the ‘dam’ \" ' \n\n: - . , ! ?") for _ in range(6000))
        yield reads(f"noise-{number}.txt", text)


def _encodings() -> Iterator[Hostile]:
    text = "Zoé Márkes said the dam was safe. “Nobody fired,” she told us — twice.\n" * 12
    for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"):
        yield reads(f"codec-{codec}.txt", text.encode(codec))
    yield reads("latin.txt", text.replace("“", '"').replace("”", '"').replace("—", "-").encode("latin-1"))
    yield reads("bad-bytes.txt", text.encode() + b"\xff\xfe\xc3" + text.encode())
    yield reads("overlong.txt", text.encode() + b"\xc0\xaf\xe0\x80\xaf" + text.encode())
    yield reads("surrogates.txt", text.encode() + b"\xed\xa0\x80\xed\xb0\x80" + text.encode())
    yield reads("cut.txt", text.encode()[:-1] + "é".encode()[:1])
    yield reads("odd-utf16.txt", text.encode("utf-16") + b"a")
    yield reads("two-marks.txt", b"\xef\xbb\xbf\xef\xbb\xbf" + text.encode())
    yield reads("lone-utf16.txt", "Denk said ".encode("utf-16") + b"\x00\xd8" + ("the dam. " * 60).encode("utf-16-le"))
    yield refused("only-mark.txt", b"\xef\xbb\xbf")
    for number, codec in enumerate(("koi8_r", "shift_jis", "gb18030", "cp1256", "big5")):
        sample = {"koi8_r": "Плотина цела, ", "shift_jis": "ダムは安全です。", "gb18030": "大坝是安全的。",
                  "cp1256": "السد آمن تماما ", "big5": "水壩是安全的。"}[codec]  # fmt: skip
        yield Hostile(f"foreign-{number}.txt", (sample * 60).encode(codec), 1, 0)


def _markdown() -> Iterator[Hostile]:
    yield reads("deep.md", "> " * 3000 + "Denk said it.")
    yield reads("lists.md", "".join(" " * min(n, 200) + "- Denk said it.\n" for n in range(600)))
    yield reads("stars.md", "*" * 50_000 + " Denk said it.")
    yield reads("links.md", "[" * 8000 + "Denk said it." + "](" * 8000)
    yield reads("ticks.md", "`" * 9999 + " Denk said it.\n")
    yield reads("front.md", "---\ntitle: a\n" + "key: value\n" * 5000 + "Denk said it.")
    yield reads("front-empty.md", "---\n---\nDenk said it.\n")
    yield reads("table.md", "|a" * 2000 + "|\n" + "|-" * 2000 + "|\n" + "|Denk said" * 2000 + "|\n")
    yield reads("html.md", "<div>" * 3000 + "\n\nDenk said it.\n")
    yield reads("hashes.md", "#" * 10_000 + " Denk said it.")
    yield refused("only-fence.md", "```\n```\n" * 10)
    yield reads("entities.md", "&#xD800; &#0; &amp; Denk said it. " * 100)


def _html() -> Iterator[Hostile]:
    page = "<html><head><title>The dam</title></head><body><article><p>{}</p></article></body></html>"
    body = WORDS * 6
    yield reads("plain.html", page.format(body))
    yield reads("deep.html", "<div>" * 20_000 + body + "</div>" * 20_000)
    yield reads("deep-tables.html", "<table><tr><td>" * 600 + body)
    yield reads("deep-spans.html", "<p>" + "<b><i>" * 5000 + body)
    yield reads("unclosed.html", "<html><body><p>" + body + "<p" * 300)
    yield reads("attributes.html", "<p " + "a='b' " * 20_000 + ">" + body)
    yield reads("long-attribute.html", "<p title='" + "x" * 1_000_000 + "'>" + body)
    yield reads("script.html", page.format("<script>document.write('Denk lied')</script>" + body))
    yield reads("comments.html", "<!--" * 5000 + "-->" + page.format(body))
    yield reads("cdata.html", page.format("<![CDATA[ x ]]>" + body))
    yield reads("entity.html", "<!DOCTYPE html [<!ENTITY a 'b'>]>" + page.format("&a;" * 1000 + body))
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    yield reads("laughs.html", f"<!DOCTYPE html [<!ENTITY l0 'ha'>{laughs}]>" + page.format("&l11;" + body))
    yield reads("references.html", page.format("&#0;&#xD800;&#x110000;&#99999999999;" + body))
    yield reads("charset-lie.html", page.format(body).replace("<head>", "<head><meta charset='utf-16'>"))
    yield reads(
        "charset-utf7.html", page.format("+ADw-script+AD4-" + body).replace("<head>", "<head><meta charset=utf-7>")
    )
    yield reads("charset-unknown.html", page.format(body).replace("<head>", "<head><meta charset='no-such'>"))
    yield reads("nul.html", page.format(body.replace(" ", "\x00 ", 3)))
    yield reads("frames.html", "<frameset><frame src='http://example.invalid/'></frameset>" + page.format(body))
    yield reads(
        "refresh.html", page.format(body).replace("<head>", "<head><meta http-equiv=refresh content='0;url=x'>")
    )
    yield reads("base.html", page.format(body).replace("<head>", "<head><base href='file:///etc/passwd'>"))
    yield reads("svg.html", page.format("<svg><text>Denk</text><script>1</script></svg>" + body))
    yield reads("template.html", page.format("<template><p>hidden</p></template>" + body))
    yield reads(
        "json-ld.html",
        page.format(body).replace("<head>", "<head><script type='application/ld+json'>{" + "[" * 5000 + "</script>"),
    )
    lie = "<script type='application/ld+json'>[1,{\"datePublished\":{}}]</script>"
    yield reads("json-ld-lie.html", page.format(body).replace("<head>", f"<head>{lie}"))
    yield reads("dates.html", page.format(body).replace("<head>", "<head><meta name=date content='99999-99-99'>"))
    yield reads("rtl.html", page.format("<bdo dir=rtl>" + body))
    yield refused("empty.html", "<html></html>")
    yield refused("script-only.html", "<html><body><script>Denk said it</script></body></html>")
    yield anything("binary.html", b"<html>" + random.Random(5).randbytes(3000))
    yield anything("utf16.html", page.format(body).encode("utf-16"))
    for number in range(8):
        noise = random.Random(200 + number)
        soup = "".join(
            noise.choice(("<p>", "</div>", "<td>", "<ul>", "<li>", "<h1>", "</p>", "<br", body)) for _ in range(300)
        )
        yield anything(f"soup-{number}.html", soup)


def _pdf() -> Iterator[Hostile]:
    good = (GOLDEN / "columns.pdf").read_bytes()
    yield refused("empty.pdf", b"", "empty")
    yield refused("text.pdf", WORDS)
    yield refused("header-only.pdf", b"%PDF-1.7\n")
    yield refused("garbage.pdf", b"%PDF-1.7\n" + random.Random(6).randbytes(5000))
    for number, share in enumerate((0.1, 0.3, 0.5, 0.7, 0.9, 0.99)):
        yield anything(f"truncated-{number}.pdf", good[: int(len(good) * share)])
    yield refused("encrypted.pdf", (GOLDEN / "encrypted.pdf").read_bytes(), "encrypt")
    yield refused("scan.pdf", (GOLDEN / "picture.pdf").read_bytes(), "OCR")
    yield anything("prefix.pdf", b"junk\n" * 100 + good)
    yield anything("suffix.pdf", good + b"\njunk" * 1000)
    yield anything("no-xref.pdf", good.replace(b"startxref", b"startxxxx"))
    yield anything("loop-pages.pdf", _built_pdf(b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"))
    yield anything("loop-parent.pdf", _built_pdf(b"<< /Type /Pages /Kids [1 0 R 2 0 R 3 0 R] /Count 99999999 >>"))
    yield anything("huge-count.pdf", good.replace(b"/Count 2", b"/Count 2147483647"))
    yield anything("negative.pdf", good.replace(b"/Length ", b"/Length -"))
    yield anything("bomb.pdf", _built_pdf(b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", _flate(b"(x) Tj " * 3_000_000)))
    yield anything("huge-page.pdf", good.replace(b"/MediaBox [ 0 0 ", b"/MediaBox [ 0 0 9999999 "))
    yield anything(
        "javascript.pdf", good.replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /JavaScript /JS (x) >>")
    )
    for number in range(10):
        broken = bytearray(good)
        noise = random.Random(300 + number)
        for _ in range(30):
            broken[noise.randrange(len(broken))] = noise.randrange(256)
        yield anything(f"broken-{number}.pdf", bytes(broken))


def _flate(data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(packed), packed)


def _built_pdf(pages: bytes, content: bytes = b"<< /Length 0 >> stream\n\nendstream") -> bytes:
    font = b"<< /F1 5 0 R >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        pages,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources << /Font %s >> >>" % font,
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
    yield refused("empty.docx", b"", "empty")
    yield refused("text.docx", WORDS)
    for number, share in enumerate((0.2, 0.5, 0.9)):
        yield refused(f"truncated-{number}.docx", good[: int(len(good) * share)])
    yield refused("not-word.docx", zipped({"a.txt": b"Denk said it."}))
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    bomb = f"<?xml version='1.0'?><!DOCTYPE w [<!ENTITY l0 'ha'>{laughs}]><w:document>&l9;</w:document>"
    yield refused("laughs.docx", _replaced(good, "word/document.xml", lambda _: bomb.encode()), "entit")
    outside = b"<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    yield refused(
        "external.docx",
        _replaced(good, "word/document.xml", lambda x: x.replace(b"<w:document", outside + b"<w:document", 1)),
    )
    yield refused("styles-entity.docx", _replaced(good, "word/styles.xml", lambda x: outside + x))
    yield refused("bomb.docx", _replaced(good, "word/document.xml", lambda x: x + b" " * 250_000_000), "unpacks")
    yield refused("no-document.docx", _replaced(good, "word/document.xml", lambda _: None))
    yield refused("broken-xml.docx", _replaced(good, "word/document.xml", lambda x: x[:-30]))
    yield anything("no-styles.docx", _replaced(good, "word/styles.xml", lambda _: None))
    yield anything("no-types.docx", _replaced(good, "[Content_Types].xml", lambda _: None))
    yield anything(
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

        yield anything(f"broken-{number}.docx", _replaced(good, "word/document.xml", broken))


def _replaced(package: bytes, name: str, change: Callable[[bytes], bytes | None]) -> bytes:
    entries: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for entry in archive.namelist():
            data = archive.read(entry)
            changed = change(data) if entry == name else data
            if changed is not None:
                entries[entry] = changed
    return zipped(entries)


def _jsonl() -> Iterator[Hostile]:
    good = json.dumps({"text": WORDS, "outlet": "The Skerrin Lantern"})
    yield reads("good.jsonl", f"{good}\n{good.replace('calm', 'high')}\n", 2)
    yield reads("broken-amid.jsonl", f"{good}\n{{broken\n{good.replace('calm', 'high')}\n", 2, 1)
    yield reads("lone.jsonl", '{"text": "Denk \\ud800 said it."}\n{"text": "\\udc00 Denk said it."}\n', 2)
    yield reads("nul.jsonl", '{"text": "Denk\\u0000 said it."}\n')
    yield reads("duplicate-keys.jsonl", '{"text": "x y", "text": "Denk said it."}\n')
    yield reads("numbers.jsonl", '{"text": "Denk said it.", "published": 1e999, "title": -0}\n')
    yield reads("nan.jsonl", '{"text": "Denk said it.", "title": NaN}\n')
    yield refused("arrays.jsonl", "[1, 2]\n")
    yield refused("no-text.jsonl", '{"a": 1}\n', "key")
    yield refused("text-number.jsonl", '{"text": 5}\n')
    yield reads("deep.jsonl", '{"text": ' + "[" * 20_000 + "\n" + good + "\n", 1, 1)
    yield reads("blank-lines.jsonl", "\n" * 5000 + good + "\n\n")
    yield reads("crlf.jsonl", f"{good}\r\n")
    yield reads("mark.jsonl", "\ufeff" + good)
    yield reads("utf16.jsonl", good.encode("utf-16"))
    yield reads("long-key.jsonl", json.dumps({"k" * 100_000: 1, "text": WORDS}))
    yield reads("huge-number.jsonl", '{"text": "Denk said it.", "n": ' + "9" * 4000 + "}\n")
    yield refused("binary.jsonl", random.Random(8).randbytes(2000))
    yield reads("separator.jsonl", json.dumps({"text": "Denk\u2028said\u2029it."}, ensure_ascii=False))
    yield reads("date.jsonl", '{"text": "Denk said it.", "date": "yesterday"}\n')


def _csv() -> Iterator[Hostile]:
    yield reads("good.csv", f'text,outlet\n"{WORDS}",Lantern\n')
    yield refused("no-column.csv", "a,b\n1,2\n", "column")
    yield refused("header-only.csv", "a\n")
    yield reads("formula.csv", 'text,title\n"=HYPERLINK(""http://x"")+Denk said it.",@SUM(A1)\n')
    yield reads("formula-minus.csv", 'text,outlet\n"-2+3 Denk said it.",+cmd\n')
    yield reads("quotes.csv", 'text\n"Denk ""said"" it.\n\nTwice."\n')
    yield anything("open-quote.csv", 'text\n"Denk said it.\n' + "a,b\n" * 3000)
    yield reads("ragged.csv", "text,b\nDenk said it.\nTessel said it.,2,3\n", 1, 1)
    yield reads("semicolons.csv", "text;outlet\nDenk said it.;Lantern\n")
    yield reads("tabs.tsv", "text\toutlet\nDenk said it.\tLantern\n")
    yield reads("nul.csv", "text\nDenk\x00 said it. " + WORDS.strip().replace(",", "") * 20 + "\n")
    yield reads("huge-cell.csv", 'text\n"' + "Denk said it. " * 20_000 + '"\n')
    yield reads("wide.csv", "text," + ",".join(f"c{n}" for n in range(5000)) + "\nDenk said it.\n")
    yield anything("same-names.csv", "text,text\nDenk said it.,Tessel said it.\n")
    yield reads("empty-rows.csv", "text\n" + "\n" * 3000 + "Denk said it.\n")
    yield reads("empty-cells.csv", 'text\nDenk said it.\n" "\n"1"\n', 1, 1)
    yield refused("binary.csv", random.Random(9).randbytes(2000))
    yield reads("path.csv", "text,url,title\nDenk said it.,file:///etc/passwd,../../etc/passwd\n")


def _names() -> Iterator[Hostile]:
    unique = (f"{WORDS}Told for the {n}th time." for n in range(100))
    for name in (
        "a\x1b[2Jb.txt", "line\nend.txt", "tab\t.txt", "\u202etxt.exe.txt", "zero\u200bwidth.txt", "-rf.txt",
        "--store.txt", "'; DROP TABLE document; --.txt", "<script>alert(1)</script>.txt".replace("/", "\u2215"),
        "=cmd|calc.txt", "a" * 240 + ".txt", "é\u0301😀.txt", "CON.txt", " leading.txt", "trailing .txt", "a..b.txt",
        "%s%n.txt", "$(touch x).txt", "`id`.txt", "*.txt", "?.txt", "[a].txt", "~.txt", "#.txt", "a;b.txt", "a&b.txt",
        "a|b.txt", "\\.txt", "\".txt", "UPPER.TXT",
    ):  # fmt: skip
        yield reads(name, next(unique))
    yield Hostile("n" * 4000 + ".txt", next(unique).encode(), 1, 0)
    for number in range(12):
        yield reads(f"again-{number}.TXT", next(unique))
