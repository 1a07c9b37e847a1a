"""Makes statement.odt, the ODT among the inputs, again: `python tests/read/golden/make_odt.py` (needs odfpy).

What it writes bears the time of writing, so that its bytes are others each time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

INPUTS = Path(__file__).parent / "inputs"


def main() -> None:
    from odf import dc, meta, style, table, text  # type: ignore[import-not-found]
    from odf.opendocument import OpenDocumentText  # type: ignore[import-not-found]

    document: Any = OpenDocumentText()
    document.meta.addElement(dc.Title(text="Statement on the river"))
    document.meta.addElement(meta.InitialCreator(text="Mara Denk"))
    quotations = style.Style(name="Quotations", family="paragraph")
    bold = style.Style(name="T1", family="text")
    bold.addElement(style.TextProperties(fontweight="bold"))
    caption = style.Style(name="Caption", family="paragraph")
    for one in (quotations, caption):
        document.styles.addElement(one)
    document.automaticstyles.addElement(bold)
    document.text.addElement(text.H(outlinelevel=1, text="Statement on the river"))
    document.text.addElement(text.H(outlinelevel=2, text="What was agreed"))
    paragraph = text.P(text="Minister Mara Denk said that Ardania ")
    paragraph.addElement(text.Span(stylename=bold, text="“will keep"))
    paragraph.addText(" to every word” of the accord.")
    note = text.Note(noteclass="footnote", id="ftn1")
    note.addElement(text.NoteCitation(text="1"))
    body = text.NoteBody()
    body.addElement(text.P(text="The accord is of 2030."))
    note.addElement(body)
    paragraph.addElement(note)
    document.text.addElement(paragraph)
    document.text.addElement(text.P(text=""))
    document.text.addElement(text.P(stylename=quotations, text="Nobody has seen the order."))
    lead = text.P()
    lead.addElement(text.Span(stylename=bold, text="Hollan Reth"))
    document.text.addElement(lead)
    items = text.List()
    for words in ("Velmark opens two locks.", "Ardania pays half the cost."):
        item = text.ListItem()
        item.addElement(text.P(text=words))
        items.addElement(item)
    document.text.addElement(items)
    shares = table.Table(name="Shares")
    shares.addElement(table.TableColumn(numbercolumnsrepeated=2))
    for cells in (("State", "Share"), ("Velmark", "50 per cent")):
        row = table.TableRow()
        for words in cells:
            cell = table.TableCell(valuetype="string")
            cell.addElement(text.P(text=words))
            row.addElement(cell)
        shares.addElement(row)
    document.text.addElement(shares)
    document.text.addElement(text.P(stylename=caption, text="Table 1. Shares of the cost"))
    document.save(INPUTS / "statement.odt")


if __name__ == "__main__":
    main()
