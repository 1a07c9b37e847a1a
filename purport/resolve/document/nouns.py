"""Nouns that say what somebody or something is."""

from __future__ import annotations

KINDS = {
    "person": "person", "state": "state", "place": "place", "people": "people", "movement": "body",
    "armed group": "body", "organisation": "body", "government": "body", "outlet": "body",
}  # fmt: skip
HEADS = {
    **dict.fromkeys("country nation republic kingdom".split(), ("state", "place")),
    **dict.fromkeys("city town village island province district river sea valley".split(), ("place",)),
    **dict.fromkeys(
        "group organisation organization movement militia army party faction network agency ministry company bank "
        "committee council court commission newspaper broadcaster station channel university firm retailer airline "
        "startup carmaker drugmaker chipmaker automaker club team band charity union agency magazine website".split(),
        ("body",),
    ),
    **dict.fromkeys(
        "man woman boy girl minister president general commander leader senator governor spokesman spokeswoman mayor "
        "ambassador father mother son daughter brother sister wife husband king queen prince princess lawyer doctor "
        "teacher author writer actor actress singer professor judge officer official candidate".split(),
        ("person",),
    ),
}
"""What a noun says that somebody or something is."""
BEFORE = dict.fromkeys(
    "maker producer manufacturer carrier brewer grocer supplier operator publisher insurer lender builder daily weekly "
    "paper giant chain conglomerate subsidiary".split(),
    ("body",),
)
"""Nouns that say of the name behind them that it is a body's, though by themselves they may be a person."""


BODIES = frozenset(
    "ministry party company university council committee court commission agency department bank union association "
    "organisation organization institute parliament congress senate army guard police force forces government group "
    "movement front brigade brigades corporation inc ltd llc foundation club league network times post journal news "
    "tribune herald gazette press radio television tv broadcasting authority bureau board office society federation "
    "alliance coalition fund trust charity church school college hospital service services center centre campaign "
    "administration affairs resources directorate secretariat chamber observatory guild syndicate cooperative "
    "confederation assembly regiment battalion battalions museum library convention conference caucus circuit theatre "
    "theater gallery forum orchestra".split()
)
"""Last words of the names of bodies."""
OF_PLACES = frozenset(
    "kingdom republic capital border territory coast shore outskirts south north east west southeast southwest "
    "northeast northwest mayor town city village port island valley province suburb street streets resident residents "
    "bishop archbishop sheriff parliament constitution citizen population ambassador embassy".split()
)
"""Nouns for what a place has and nobody else."""
OF_STATES = frozenset("government army people regime president governor premier king queen".split())
"""Nouns for what a state has, and a ruler may."""
