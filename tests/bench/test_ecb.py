"""ECB+ as it is read: one sentence a line, its mentions with their clusters, and the sentences that count."""

from __future__ import annotations

from pathlib import Path

from bench.ecb import read

XML = """<?xml version="1.0" encoding="UTF-8" ?>
<Document doc_name="1_1ecb.xml" doc_id="D1">
<token t_id="1" sentence="0" number="0">Kest</token><token t_id="2" sentence="0" number="1">left</token>
<token t_id="3" sentence="0" number="2">Orrin</token><token t_id="4" sentence="0" number="3">.</token>
<token t_id="5" sentence="1" number="0">Nobody</token><token t_id="6" sentence="1" number="1">knew</token>
<Markables>
<HUMAN_PART_PER m_id="7"><token_anchor t_id="1"/></HUMAN_PART_PER>
<LOC_GEO m_id="8"><token_anchor t_id="3"/></LOC_GEO>
<ACTION_OCCURRENCE m_id="9"><token_anchor t_id="2"/></ACTION_OCCURRENCE>
<HUMAN_PART_PER m_id="10" TAG_DESCRIPTOR="kest"/>
</Markables>
<Relations><CROSS_DOC_COREF r_id="1" note="HUM1"><source m_id="7"/><target m_id="10"/></CROSS_DOC_COREF></Relations>
</Document>
"""


def test_mentions_have_their_clusters_and_only_their_sentences_count(tmp_path: Path) -> None:
    (tmp_path / "1_1ecb.xml").write_text(XML, "utf-8")
    gold = read(tmp_path / "1_1ecb.xml")
    assert gold.text == "Kest left Orrin.\nNobody knew\n"
    assert gold.mentions == {(0, 4): "HUM1", (10, 15): "1_1ecb.xml alone 8"}
    assert [gold.text[start:end] for start, end in gold.sentences] == ["Kest left Orrin.\n"]
