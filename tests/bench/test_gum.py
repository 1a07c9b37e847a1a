from __future__ import annotations

import pytest

from bench import gum
from bench.clusters import Counts, counts, scores, without_singletons

HEADER = "# global.Entity = GRP-etype-infstat-salience-centering-minspan-link-identity"


def row(number: str, form: str, pos: str = "NOUN", misc: str = "_") -> str:
    return "\t".join((number, form, form.lower(), pos, "_", "_", "_", "_", "_", misc))


STORY = "\n".join(
    [
        "# newdoc id = GUM_news_velmark",
        HEADER,
        "# newpar",
        "# sent_id = GUM_news_velmark-1",
        row("1", "Velmark", misc="Entity=(1-place-new-nnnnn-cf1-1-sgl-Velmark_%28city%2Dstate%29)|SpaceAfter=No"),
        row("2", ":", "PUNCT"),
        row("3-4", "Denk's", misc="_"),
        row("3", "Denk", "PROPN", "Entity=(2-object-new-nnnnn-cf2-3-coref(3-person-new-nnnnn-cf3-1-coref-Ada-Denk"),
        row("4", "'s", "PART", "Entity=3)"),
        row("5", "ship", misc="Entity=2)"),
        row("5.1", "sailed", "VERB", "Entity=(9-event-new-nnnnn-cf9-1-sgl)"),
        "",
        "# speaker = AdaDenk",
        row("1", "It", "PRON", "Entity=(2-object-giv:act-nnnnn-cf1-1-ana)"),
        row("2", "is", "AUX"),
        row("3", "a", "DET", "Entity=(2-object-giv:act-nnnnn-cf1-2,4-pred"),
        row("4", "brig", misc="Discourse=x:1->2:0:_"),
        row("5", "and", "CCONJ"),
        row("6", "home", misc="Entity=2)|SpaceAfter=No"),
        row("7", ".", "PUNCT"),
        "",
        "# newpar",
        "# newpar_block = p (1 s)",
        "# speaker = Orla",
        row("1", "My", "PRON", "Entity=(3-person-giv:act-nnnnn-cf1-2-coref(4-person-new-nnnnn-cf2-1-sgl)"),
        row("2", "friend", misc="Entity=3)"),
        row("3", "(", "PUNCT", "SpaceAfter=No"),
        row("4", "Ada", "PROPN", "Entity=(3-person-giv:act-nnnnn-cf1-1,2-appos-Ada-Denk"),
        row("5", "Denk", "PROPN", "Entity=3)|SpaceAfter=No"),
        row("6", ")", "PUNCT"),
        row("7-8", "zum", misc="SpaceAfter=No"),
        row("7", "zu", "ADP"),
        row("8", "dem", "DET", "Entity=(5-time-new-nnnnn-cf5-1-sgl)"),
        row("9", "!", "PUNCT"),
        "",
        "",
    ]
)


def only(conllu: str) -> gum.Gold:
    (gold,) = gum.read(conllu)
    return gold


def told(gold: gum.Gold, span: gum.Span) -> str:
    return gold.text[slice(*span)]


def document(*rows: str, name: str = "x") -> str:
    return "\n".join([f"# newdoc id = {name}", HEADER, "# newpar", *rows, "", ""])


def test_the_text_is_put_together() -> None:
    gold = only(STORY)
    assert gold.name == "GUM_news_velmark"
    assert gold.text == "Velmark: Denk's ship It is a brig and home.\n\nMy friend (Ada Denk) zum!"
    assert [told(gold, one) for one in gold.paragraphs] == gold.text.split("\n\n")
    sentences = ["Velmark: Denk's ship", "It is a brig and home.", "My friend (Ada Denk) zum!"]
    assert [gold.text[one.start : one.end] for one in gold.sentences] == sentences
    assert [one.speaker for one in gold.sentences] == ["", "AdaDenk", "Orla"]
    assert [len(one.words) for one in gold.sentences] == [5, 7, 9]
    assert [gold.text[word.start : word.end] for word in gold.words[2:4]] == ["Denk", "'s"]
    assert [gold.text[word.start : word.end] for word in gold.words[-3:]] == ["zum", "zum", "!"]


def test_mentions_stand_where_they_are_annotated() -> None:
    gold = only(STORY)
    assert [(one.cluster, one.kind, one.link, told(gold, one.span)) for one in gold.mentions] == [
        ("1", "place", "sgl", "Velmark"),
        ("2", "object", "coref", "Denk's ship"),
        ("3", "person", "coref", "Denk's"),
        ("2", "object", "ana", "It"),
        ("2", "object", "pred", "a brig and home"),
        ("3", "person", "coref", "My friend"),
        ("4", "person", "sgl", "My"),
        ("3", "person", "appos", "Ada Denk"),
        ("5", "time", "sgl", "zum"),
    ]


def test_heads_and_identities() -> None:
    gold = only(STORY)
    assert gold.mentions[0].identity == "Velmark_(city-state)"
    assert gold.mentions[2].identity == "Ada-Denk"
    brig = gold.mentions[4]
    assert [told(gold, one) for one in brig.heads] == ["brig", "home"]
    assert told(gold, brig.head) == "brig and home"
    assert [told(gold, one) for one in gold.mentions[7].heads] == ["Ada Denk"]
    assert [told(gold, one.span) for one in gold.mentions if gold.pronominal(one)] == ["It", "My"]


def test_apposition_is_joined_and_the_predicate_dropped() -> None:
    gold = only(STORY)
    spans = [[told(gold, span) for span in sorted(one)] for one in gum.identical(gold)]
    joined = ["Denk's", "My friend (Ada Denk)"]
    assert spans == [["Velmark"], ["Denk's ship", "It"], joined, ["My"], ["zum"]]
    assert len(gum.clusters(gold.mentions)) == 5
    assert told(gold, next(one for one in gum.narrowed(gold) if one.span[0] == 45).head) == "friend"


def test_apposition_inside_the_whole_is_dropped() -> None:
    gold = only(
        document(
            row("1", "a", "DET", "Entity=(1-person-new-nnnnn-cf1-2-coref"),
            row("2", "smith"),
            row("3", "Orla", "PROPN", "Entity=(1-person-giv:act-nnnnn-cf1-1-appos)1)"),
            row("4", "Norl", "PROPN", "Entity=(2-person-new-nnnnn-cf2-1-coref(2-person-new-nnnnn-cf2-1-coref)"),
            row("5", "king", misc="Entity=(2-person-giv:act-nnnnn-cf2-1-appos)"),
            row("6", "there", misc="Entity=2)"),
            row("7", "he", "PRON", "Entity=(3-person-new-nnnnn-cf3-1-ana)"),
            row("8", "Denk", "PROPN", "Entity=(3-person-giv:act-nnnnn-cf3-1-appos)"),
            row("9", "cook", misc="Entity=(3-person-giv:act-nnnnn-cf3-1-appos)"),
        )
    )
    assert [[told(gold, span) for span in one] for one in gum.identical(gold)] == [
        ["a smith Orla"],
        ["Norl king there"],
        ["he Denk cook"],
    ]


def test_parts_are_taken_as_one() -> None:
    gold = only(
        document(
            row("1", "Ada", misc="Entity=(7[1/2]-person-new-nnnnn-cf1-2-sgl)"),
            row("2", "and", misc="_"),
            row("3", "Ines", misc="Entity=(8-person-new-nnnnn-cf1-1-sgl)"),
            row("4", "Denk", misc="Entity=(7[2/2])"),
            row("5", "Ruben", misc="Entity=(7[1/2]-person-giv-nnnnn-cf1-1-coref)"),
            row("6", "Denk", misc="Entity=(7[2/2]-person-giv-nnnnn-cf1-1-coref)"),
        )
    )
    assert [(one.cluster, told(gold, one.span), told(gold, one.head)) for one in gold.mentions] == [
        ("7", "Ada and Ines Denk", "Denk"),
        ("8", "Ines", "Ines"),
        ("7", "Ruben Denk", "Ruben"),
    ]


@pytest.mark.parametrize(
    "entity", ["(1-person-new-nnnnn-cf1-1-sgl", "1)", "(1-person-new-nnnnn-cf1-1-sgl)1)", "1", "(1-a-b-c-d-1-sgl))"]
)
def test_brackets_must_balance(entity: str) -> None:
    with pytest.raises(ValueError, match=r"^x: "):
        only(document(row("1", "Ada", misc=f"Entity={entity}")))


def test_documents_in_one_text_are_apart() -> None:
    first, second = gum.read(STORY + document(row("1", "Ada", "PROPN"), name="second"))
    assert (first.name, second.name, second.text, second.mentions) == ("GUM_news_velmark", "second", "Ada", ())


@pytest.mark.skipif(not gum.DEV.is_dir(), reason="GUM is not on this machine (../shared/data/gum)")
def test_gum_is_read() -> None:
    for folder, size in ((gum.TRAIN, 67), (gum.DEV, 10)):
        golds, both = list(gum.documents(folder)), Counts()
        found = gum.numbers(golds)
        assert found["all"]["documents"] == size
        assert set(found["link"]) == set(gum.LINKS)
        for gold in golds:
            sentences = {number: one for one in gold.sentences for number in one.words}
            for one in gold.mentions:
                sentence = sentences[one.words[0]]
                assert sentence.start <= one.start <= one.head[0] < one.head[1] <= one.end <= sentence.end
            lines = (folder / f"{gold.name}.conllu").read_text("utf-8").splitlines()
            written = [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")]
            assert [gold.text[one.start : one.end] for one in gold.sentences] == written
            assert not [one for one in gum.narrowed(gold) if one.link in ("appos", "pred")]
            whole, less = map(without_singletons, (gum.clusters(gold.mentions), gum.identical(gold)))
            both += counts(whole, less)
        assert 0.9 < scores(both)["CoNLL"].f1 < 1
