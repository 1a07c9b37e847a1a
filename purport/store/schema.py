"""The store's tables, and the steps from each version of them to the next.

A record's places are kept as JSON lists of [start, end]; words are never copied out of `document.text`, except
into the full-text indexes, which keep no copy of their own either (contentless and external-content FTS5).
"""

from __future__ import annotations

from collections.abc import Sequence

APPLICATION = 0x70727074
"""`PRAGMA application_id` of a store: "prpt" in ASCII, by which any program can tell one."""

_FIRST = """
CREATE TABLE run (
    id TEXT PRIMARY KEY, version TEXT NOT NULL, parts TEXT NOT NULL, settings TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, deflated BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL REFERENCES source (sha256), selector TEXT NOT NULL, format TEXT NOT NULL, part TEXT NOT NULL,
    text TEXT NOT NULL, blocks TEXT NOT NULL, map TEXT NOT NULL,
    outlet TEXT, author TEXT, title TEXT, published TEXT, url TEXT, language TEXT,
    own TEXT NOT NULL, notes TEXT NOT NULL, analysed INTEGER NOT NULL,
    run TEXT NOT NULL REFERENCES run (id), digest TEXT NOT NULL
) STRICT;
CREATE INDEX document_by_outlet ON document (outlet, published);
CREATE INDEX document_by_source ON document (sha256);

CREATE TABLE sighting (
    document INTEGER NOT NULL REFERENCES document (key), path TEXT NOT NULL, part TEXT NOT NULL,
    told TEXT NOT NULL,
    PRIMARY KEY (document, path, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE attribution (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES document (key),
    first INTEGER NOT NULL, source TEXT NOT NULL, cue TEXT NOT NULL, content TEXT NOT NULL,
    kind TEXT NOT NULL, act TEXT NOT NULL, inside TEXT, holder TEXT, confidence REAL NOT NULL
) STRICT;
CREATE INDEX attribution_by_document ON attribution (document, first);
CREATE INDEX attribution_by_act ON attribution (act);

CREATE TABLE problem (
    path TEXT NOT NULL, part TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (path, part)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE document_words USING fts5 (
    title, text, content = 'document', content_rowid = 'key', tokenize = "unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE attribution_words USING fts5 (
    source, cue, content, content = '', tokenize = "unicode61 remove_diacritics 2"
);
"""

_SECOND = """
CREATE TABLE earlier (
    document INTEGER NOT NULL REFERENCES document (key), run TEXT NOT NULL REFERENCES run (id),
    digest TEXT NOT NULL, deflated BLOB NOT NULL,
    PRIMARY KEY (document, run)
) STRICT, WITHOUT ROWID;
"""
"""What earlier runs made of a document, as the whole record in JSON, deflated: the newest is in the other tables."""

_THIRD = """
CREATE TABLE proposition (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES document (key),
    first INTEGER NOT NULL, predicate TEXT NOT NULL, subject TEXT NOT NULL, object TEXT NOT NULL,
    certainty TEXT NOT NULL, frame TEXT NOT NULL, voucher TEXT, confidence REAL NOT NULL, rest TEXT NOT NULL
) STRICT;
CREATE INDEX proposition_by_document ON proposition (document, first);
CREATE INDEX proposition_by_voucher ON proposition (voucher);

CREATE VIRTUAL TABLE proposition_words USING fts5 (
    predicate, about, content = '', tokenize = "unicode61 remove_diacritics 2"
);
"""
"""What is claimed. `rest` is what is never asked for by itself; `about` holds subject, object and other arguments."""

_FOURTH = """
CREATE TABLE entity (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES document (key),
    name TEXT NOT NULL, type TEXT NOT NULL, names TEXT NOT NULL, known TEXT NOT NULL, belongs TEXT NOT NULL,
    held TEXT NOT NULL
) STRICT;
CREATE INDEX entity_by_document ON entity (document);
CREATE INDEX entity_by_known ON entity (known) WHERE known != '';

CREATE TABLE mention (
    key INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (key), first INTEGER NOT NULL, last INTEGER NOT NULL,
    entity TEXT NOT NULL, naming TEXT NOT NULL, reason TEXT NOT NULL, confidence REAL NOT NULL, tone TEXT NOT NULL
) STRICT;
CREATE INDEX mention_by_place ON mention (document, first);
CREATE INDEX mention_by_entity ON mention (entity);

CREATE VIRTUAL TABLE entity_words USING fts5 (
    names, content = '', tokenize = "unicode61 remove_diacritics 2"
);

CREATE TABLE judgement (
    number INTEGER PRIMARY KEY, deed TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL, name TEXT NOT NULL,
    undoes INTEGER NOT NULL, told TEXT NOT NULL, who TEXT NOT NULL, note TEXT NOT NULL
) STRICT;
CREATE TRIGGER judgement_next BEFORE INSERT ON judgement
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM judgement)
BEGIN SELECT raise(ABORT, 'judgements are numbered one after the other'); END;
CREATE TRIGGER judgement_stays BEFORE UPDATE ON judgement
BEGIN SELECT raise(ABORT, 'a judgement is never changed; undo it by another'); END;
CREATE TRIGGER judgement_kept BEFORE DELETE ON judgement
BEGIN SELECT raise(ABORT, 'a judgement is never removed; undo it by another'); END;
"""
"""Whom a document names, and where. `known` is the neutral name in the lexicon of actors, `belongs` that of whom it
belongs to; `entity_words` holds all its names. Judgements name actors by keys that outlive reading again; rows are
only ever added (the first trigger refuses INSERT OR REPLACE too, which would not fire the others)."""

_FIFTH = """
CREATE TABLE stance (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES document (key), first INTEGER NOT NULL, last INTEGER NOT NULL,
    holder TEXT, target TEXT NOT NULL, sign INTEGER NOT NULL, basis TEXT NOT NULL, places TEXT NOT NULL,
    voucher TEXT, certainty TEXT NOT NULL, deed TEXT NOT NULL, proposition TEXT, confidence REAL NOT NULL
) STRICT;
CREATE INDEX stance_by_document ON stance (document, first);
"""
"""Who stands how to whom. `holder` and `target` are entities, no holder the text's own voice; `first` to `last` is the
evidence, `places` where the two are named."""

_REVIEW = """
CREATE TABLE review (
    number INTEGER PRIMARY KEY, item TEXT NOT NULL, kind TEXT NOT NULL, document TEXT NOT NULL, deed TEXT NOT NULL,
    told TEXT NOT NULL, undoes INTEGER NOT NULL, batch TEXT NOT NULL, who TEXT NOT NULL, note TEXT NOT NULL,
    made TEXT NOT NULL
) STRICT;
CREATE INDEX review_by_item ON review (item);
CREATE INDEX review_by_batch ON review (batch) WHERE batch != '';
CREATE TRIGGER review_next BEFORE INSERT ON review
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM review)
BEGIN SELECT raise(ABORT, 'judgements are numbered one after the other'); END;
CREATE TRIGGER review_stays BEFORE UPDATE ON review
BEGIN SELECT raise(ABORT, 'a judgement is never changed; undo it by another'); END;
CREATE TRIGGER review_kept BEFORE DELETE ON review
BEGIN SELECT raise(ABORT, 'a judgement is never removed; undo it by another'); END;

CREATE INDEX document_by_date ON document (published, id);
CREATE INDEX attribution_by_confidence ON attribution (confidence);
CREATE INDEX attribution_by_holder ON attribution (holder) WHERE holder IS NOT NULL;
CREATE INDEX proposition_by_view ON proposition (voucher, certainty);
"""
"""What people judge of items: `item` is the id of an attribution or a proposition (`kind`), a hash of its places, so
that it outlives reading again. `told` holds places and values, never words: of a forgotten document nothing may stay.
The indexes are those that lists of a million statements are paged by."""

_CARD = "CREATE INDEX document_card ON document (key, published, id, outlet);"
"""What lists are sorted and counted by: in the table it stands behind the text, so that each statement that words lead
to would read pages of text for it."""

_IMPUTED = "ALTER TABLE attribution ADD COLUMN imputed INTEGER NOT NULL DEFAULT 0;"
"""Whether not the source but the text says so of it, so that it is no statement."""

_REASON = "ALTER TABLE attribution ADD COLUMN reason TEXT NOT NULL DEFAULT '';"
"""The layout that makes a block somebody's."""

_KEPT = """
CREATE TABLE actor (
    place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, type TEXT NOT NULL, known TEXT NOT NULL,
    mentions INTEGER NOT NULL, documents INTEGER NOT NULL, statements INTEGER NOT NULL, hostile INTEGER NOT NULL,
    laudatory INTEGER NOT NULL, names TEXT NOT NULL, named INTEGER NOT NULL, folded TEXT NOT NULL
) STRICT;
CREATE TABLE actor_entity (entity TEXT PRIMARY KEY, place INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX actor_entity_by_place ON actor_entity (place);
CREATE TABLE actor_form (
    form TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (form, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept (what TEXT PRIMARY KEY, made_by TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TRIGGER entity_comes AFTER INSERT ON entity BEGIN DELETE FROM kept WHERE what = 'actors'; END;
CREATE TRIGGER entity_goes AFTER DELETE ON entity BEGIN DELETE FROM kept WHERE what = 'actors'; END;
CREATE TRIGGER judgement_comes AFTER INSERT ON judgement BEGIN DELETE FROM kept WHERE what = 'actors'; END;
CREATE TRIGGER document_dated AFTER UPDATE OF published ON document
WHEN OLD.published IS NOT NEW.published BEGIN DELETE FROM kept WHERE what = 'actors'; END;
"""
"""The actors as they were last found, derived from the rest; `place` is that in the list, `kept` says of what there is
that it is of the store as it is. Whatever would make other actors lets go of them."""

_THREAD = """
CREATE INDEX document_by_thread ON document (json_extract(own, '$.extra.thread'))
WHERE json_extract(own, '$.extra.thread') IS NOT NULL;
"""
"""The messages of a thread, which name its first message."""

_GATHERED = "CREATE TABLE gathered_shard (name TEXT PRIMARY KEY, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;"
"""The shards of datasets that are in the store, and which content they had."""

_SKETCH = """
CREATE TABLE sketch (
    document INTEGER PRIMARY KEY REFERENCES document (key), form INTEGER NOT NULL, data BLOB NOT NULL
) STRICT;
CREATE TRIGGER sketch_goes BEFORE DELETE ON document BEGIN DELETE FROM sketch WHERE document = OLD.key; END;
"""
"""What is kept of texts to find copies of one another (`purport.network.copies.Sketch`), derived from them alone."""

_STORIES = """
CREATE TABLE story_day (day INTEGER PRIMARY KEY, signature TEXT NOT NULL) STRICT;
CREATE TABLE story_ties (document INTEGER PRIMARY KEY REFERENCES document (key), data BLOB NOT NULL) STRICT;
CREATE TABLE story_vector (document INTEGER PRIMARY KEY REFERENCES document (key), data BLOB NOT NULL) STRICT;
CREATE TRIGGER story_ties_go BEFORE DELETE ON document BEGIN
    DELETE FROM story_ties WHERE document = OLD.key;
    DELETE FROM story_vector WHERE document = OLD.key;
END;

CREATE TRIGGER text_changes AFTER UPDATE OF text ON document WHEN OLD.text IS NOT NEW.text BEGIN
    DELETE FROM story_day;
    DELETE FROM passage_day;
    DELETE FROM passage_words WHERE document = OLD.key;
END;

CREATE TABLE passage_day (day INTEGER PRIMARY KEY, signature TEXT NOT NULL) STRICT;
CREATE TABLE passage_words (document INTEGER PRIMARY KEY REFERENCES document (key), data BLOB NOT NULL) STRICT;
CREATE TABLE passage (document INTEGER PRIMARY KEY REFERENCES document (key), data BLOB NOT NULL) STRICT;
CREATE TRIGGER passage_goes BEFORE DELETE ON document BEGIN
    DELETE FROM passage_words WHERE document = OLD.key;
    DELETE FROM passage WHERE document = OLD.key;
END;

ALTER TABLE stance ADD COLUMN said INTEGER NOT NULL DEFAULT -1;

CREATE TABLE story_judgement (
    number INTEGER PRIMARY KEY, deed TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL, undoes INTEGER NOT NULL,
    who TEXT NOT NULL, note TEXT NOT NULL
) STRICT;
CREATE TRIGGER story_judgement_next BEFORE INSERT ON story_judgement
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM story_judgement)
BEGIN SELECT raise(ABORT, 'judgements are numbered one after the other'); END;
CREATE TRIGGER story_judgement_stays BEFORE UPDATE ON story_judgement
BEGIN SELECT raise(ABORT, 'a judgement is never changed; undo it by another'); END;
CREATE TRIGGER story_judgement_kept BEFORE DELETE ON story_judgement
BEGIN SELECT raise(ABORT, 'a judgement is never removed; undo it by another'); END;
"""
"""What stories and passages are made of (`purport.stories.near`, `purport.stories.passages`), derived from texts,
titles, dates and outlets alone: a day's signature says what it was derived from. What the sentence of a stance says
(`purport.model.said`) is -1 where that is not worked out yet. What people judge of stories names documents by id, so
that it outlives reading again."""

_NAMES = """
DELETE FROM kept WHERE what = 'actors';
CREATE INDEX document_told ON document (id, published, title);
CREATE INDEX actor_form_by_place ON actor_form (place);
CREATE INDEX actor_in_order ON actor (mentions DESC, (CASE WHEN named THEN name ELSE '' END), id);

CREATE TABLE named_entity (
    key INTEGER PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL, mentions INTEGER NOT NULL,
    statements INTEGER NOT NULL, hostile INTEGER NOT NULL, laudatory INTEGER NOT NULL
) STRICT;
CREATE INDEX named_entity_by_name ON named_entity (name);
CREATE INDEX named_entity_by_folded ON named_entity (folded) WHERE folded != name;
CREATE TABLE name_fact (
    name TEXT NOT NULL, kind TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (name, kind, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_fact_by_word ON name_fact (kind, word);
CREATE TABLE name_join (
    told TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (told, one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_join_by_one ON name_join (one, other);
CREATE INDEX name_join_by_other ON name_join (other, one);
CREATE TABLE name_said (
    document INTEGER NOT NULL, word TEXT NOT NULL, what TEXT NOT NULL, PRIMARY KEY (document, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_said_by_word ON name_said (word);
CREATE TABLE name_alone (name TEXT PRIMARY KEY, place INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE entity_came (key INTEGER PRIMARY KEY) STRICT;
CREATE TABLE name_changed (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE actor_changed (place INTEGER PRIMARY KEY) STRICT;

DROP TRIGGER entity_comes;
DROP TRIGGER entity_goes;
DROP TRIGGER document_dated;
CREATE TRIGGER entity_comes AFTER INSERT ON entity BEGIN
    DELETE FROM kept WHERE what = 'actors';
    INSERT OR IGNORE INTO entity_came VALUES (NEW.key);
END;
CREATE TRIGGER entity_goes AFTER DELETE ON entity BEGIN
    DELETE FROM kept WHERE what = 'actors';
    DELETE FROM entity_came WHERE key = OLD.key;
    INSERT OR IGNORE INTO name_changed SELECT name FROM named_entity WHERE key = OLD.key;
    INSERT OR IGNORE INTO name_changed SELECT folded FROM named_entity WHERE key = OLD.key;
    INSERT OR IGNORE INTO name_changed SELECT word FROM name_said WHERE document = OLD.document;
    INSERT OR IGNORE INTO actor_changed SELECT place FROM actor_entity WHERE entity = OLD.id;
    DELETE FROM name_said WHERE document = OLD.document;
    DELETE FROM named_entity WHERE key = OLD.key;
    DELETE FROM actor_entity WHERE entity = OLD.id;
END;
CREATE TRIGGER document_dated AFTER UPDATE OF published ON document WHEN OLD.published IS NOT NEW.published BEGIN
    DELETE FROM kept WHERE what = 'actors';
    INSERT OR IGNORE INTO name_changed
        SELECT n.name FROM entity e JOIN named_entity n ON n.key = e.key WHERE e.document = OLD.key;
END;
"""
"""What telling actors apart needs to know of all entities (`purport.corpus.casting`), so that where some come or go
only those that they may be one with are told apart anew: each by its name or as the lexicon knows it, what its names
say of words, what joins names, what a document says that a word is. What came, went or was dated since is noted by
triggers. From here on `place` is but the key of an actor; lists are in the order of `actor_in_order`. What stories
begin with is in an index, since titles and dates stand behind the text."""

_COPIES = """
ALTER TABLE stance ADD COLUMN vouched TEXT NOT NULL DEFAULT '';
UPDATE stance SET vouched = coalesce((SELECT holder FROM attribution WHERE id = stance.voucher), '');

CREATE TABLE copy (document INTEGER PRIMARY KEY REFERENCES document (key), first TEXT NOT NULL) STRICT;
CREATE INDEX copy_by_first ON copy (first);
CREATE TRIGGER copy_comes AFTER INSERT ON stance BEGIN DELETE FROM kept WHERE what = 'copies'; END;
CREATE TRIGGER copy_goes AFTER DELETE ON stance BEGIN DELETE FROM kept WHERE what IN ('copies', 'groups'); END;
CREATE TRIGGER copied_goes BEFORE DELETE ON document BEGIN DELETE FROM copy WHERE document = OLD.key; END;

CREATE TABLE story_rarity (signature TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER words_change AFTER UPDATE OF text ON document WHEN OLD.text IS NOT NEW.text BEGIN
    DELETE FROM story_rarity;
END;
"""
"""On whose word a stance stands: the entity that is the holder of its voucher, "" where that is not named or there is
none. For each document that has a stance `copy` has the smallest id of those that are copies of it, itself among them;
`kept` says of 'groups' that they are those of the documents that are listed, and of 'copies' that all with a stance
are listed. `story_rarity` has how rare the words of some days' texts are, by what the days hold."""

MIGRATIONS: Sequence[str] = (
    _FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH, _REVIEW, _CARD, _IMPUTED, _REASON, _KEPT, _THREAD, _GATHERED,
    _SKETCH, _STORIES, _NAMES, _COPIES,
)  # fmt: skip
"""Step n takes a store from version n to n + 1; `PRAGMA user_version` holds the version. A new store takes all."""

VERSION = len(MIGRATIONS)
