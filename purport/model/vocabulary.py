"""The closed lists of values that records and lexicons share: speech acts, types of entities, roles, tones."""

from __future__ import annotations

from typing import Literal, get_args

Act = Literal[
    "accuse",
    "admit",
    "agree",
    "announce",
    "argue",
    "ask",
    "assert",
    "believe",
    "confirm",
    "criticise",
    "demand",
    "deny",
    "withhold",
    "doubt",
    "fear",
    "hope",
    "learn",
    "plan",
    "praise",
    "predict",
    "promise",
    "quote",
    "reject",
    "request",
    "threaten",
    "warn",
]
"""Every speech act there is. `withhold`: the source declines to say, or says that it does not know."""

ACTS: frozenset[Act] = frozenset(get_args(Act))

ArgumentRole = Literal["object", "recipient", "complement", "clause", "agent", "adverbial"]
"""What an argument is to its predicate: a "complement" is what is said of somebody, a "clause" what is said, wanted."""

ActorType = Literal[
    "person", "state", "government", "organisation", "armed group", "outlet", "people", "movement", "place"
]
"""What an actor can be; the lexicon of actors is in this order."""

ACTOR_TYPES: tuple[ActorType, ...] = get_args(ActorType)

EntityType = ActorType | Literal["document", "role", "other"]
"""What an entity can be; a "role" is somebody who is not named ("a senior official")."""

TYPES: tuple[EntityType, ...] = (*ACTOR_TYPES, "document", "role", "other")

Tone = Literal["hostile", "laudatory"]
"""The side that a name or a word takes."""

TONES: tuple[Tone, ...] = get_args(Tone)
