"""Marked cases for attributions: the whole of what must be found in each text, no more and no less."""

from __future__ import annotations

CASES = {
    "that-clause": "[S1:The minister] [C1/deny:denied] [X1:that the bridge had been hit].",
    "zero that": "[S1:Denk] [C1/assert:said] [X1:the bridge was open].",
    "broken by its cue": "[X1:“The dam is safe,”] [S1:Mara Denk] [C1/assert:said]. [X1:“It was never in danger.”]",
    "straight marks": '[X1:"We counted twenty shells,"] [S1:Denk] [C1/assert:said].',
    "single marks": "[X1:'We counted twenty shells,'] [S1:Denk] [C1/assert:said].",
    "guillemets": "[S1:Denk] [C1/assert:said]: [X1:« The dam is safe »].",
    "inverted": "[X1:“The dam is safe,”] [C1/assert:said] [S1:the minister of information].",
    "cue before": "[S1:Tessel] [C1/assert:told] reporters: [X1:“We did not fire.”]",
    "according to, first": "[C1/assert:According to] [S1:the water board], [X1:the river is falling].",
    "according to, last": "[X1:The river is falling], [C1/assert:according to] [S1:the water board].",
    "parenthetical": "[X1:The dam], [S1:the ministry] [C1/assert:said], [X1:was never in danger].",
    "negated cue": "[S1:The observers] [C1/withhold:could not confirm] [X1:that the guns had moved].",
    "passive without source": "It [C1/assert:was reported] [X1:that the guns had moved].",
    "accusation": "[S1:Ardania] [C1/accuse:accused] [X1:Velmark of shelling the bridge].",
    "demand": "[S1:The Concord] [C1/demand:called for] [X1:a pause of ten days].",
    "demand of somebody": "[S1:The Concord] [C1/demand:urged] [X1:both armies to keep off the bridge].",
    "promise": "[S1:Tessel] [C1/promise:vowed] [X1:to open the road].",
    "threat": "[S1:The Guard] [C1/threaten:threatened] [X1:to burn the ferry].",
    "whether": "[S1:The envoy] [C1/ask:asked] [X1:whether the road was open].",
    "belief": "[S1:The villagers] [C1/believe:believe] [X1:that the dam will hold].",
    "noun cue": "Nobody accepted [S1:Denk's] [C1/assert:claim] [X1:that the dam was safe].",
    "adjective cue": "[S1:Valk] [C1/believe:is confident] [X1:that the talks will go on].",
    "nested": (
        "[S1:The ministry] [C1/assert:said] [X1:[S2:witnesses] [C2/assert:told] it [X2:that the guns had moved]]."
    ),
    "quotation in a quotation": (
        "[X1:“[S2:The officer] [C2/assert:told] me, [X2:‘He is not here,’]”] [S1:Nadia Koll] [C1/assert:said]."
    ),
    "straight marks in straight marks": (
        "[X1:\"[S2:The miner] [C2/assert:told] us: [X2:'We flooded the shaft,']\"] [S1:the judge] [C1/assert:said]."
    ),
    "a quotation in a quotation that goes on": (
        "[X1:\"[S2:My aunt] [C2/assert:said], [X2:'They took the boat,'] and wept,\"] [S1:Varga] [C1/assert:recalled]."
    ),
    "cried in a quotation": "[X1:“[S2:Reth] [C2/assert:shouted], [X2:‘Sink it!’]”] [S1:he] [C1/assert:told] the court.",
    "apposition": "[S1:Mara Denk, Ardania's minister of information,] [C1/assert:said] [X1:the bridge was open].",
    "dateline": "SKERRIN, March 4 (Halyard) — [S1:Ardania] [C1/accuse:accused] [X1:Velmark of shelling the bridge].",
    "quoted as saying": "[S1:Koll] [C1/quote:was quoted as saying] [X1:that her son was well].",
    "shared source": (
        "[S1,2:Denk] [C1/deny:denied] [X1:that the dam had burst] and [C2/promise:promised] [X2:to publish the logs]."
    ),
    "quotation over two paragraphs": (
        "[S1:Koll] [C1/assert:said]: [X1:“They put my son into a well.]\n\n[X1:“Then the ministry sent a paper.”]"
    ),
    "speaker labels": ("[S1:Q][C1/ask::] [X1:Is there a text?]\n\n[S2:A][C2/assert::] [X2:There are two of them.]"),
    "release": "[C1/assert:From] [S1:the Ministry of Defence][C1::] [X1:No battery fired on the bridge].",
    "signature": (
        "[X1:“Nothing was hit on our bank of the river.”]\n\n[C1/assert:-] [S1:Mara Denk, minister of information]"
    ),
    "coordinated cues over a clause": (
        "[S1,2:Tessel] [C1/assert:said] [X1:the shells had come from the north bank] and "
        "[C2/assert:called] [X2:the charge a fairy tale]."
    ),
    "gerund": "[S1:Velmark] [C1/deny:denies] [X1:having fired on the bridge].",
    "counterfactual with inversion": (
        "[S1:The minister] [C1/argue:argues] [X1:that, had he not been killed, the valley would have starved]."
    ),
    "accused by somebody": "[X1:The keepers] [C1/accuse:were accused by] [S1:the board] [X1:of hiding the logs].",
    "accused by somebody who leads on": (
        "[X1:Reth] [C1/accuse:was accused by] [S1:the envoy] [X1:of having sold the maps]."
    ),
    "told by somebody": "The mayor [C1/assert:was told by] [S1:Denk] [X1:that the gate was open].",
    "a claim denied by somebody": (
        "[X1:The [C2/assert:claim] [X2:that Denk opened the gate]] [C1/deny:was denied by] [S1:her office]."
    ),
    "relayed": (
        "[S1:The Lantern] [C1/quote:quoted] [X1:[S2:a keeper] [C2/assert:as saying] [X2:that the gate was open]]."
    ),
    "relayed word for word": (
        "[S1:Halvenna Radio] [C1/quote:cited] [X1:[S2:a young keeper][C2/assert::] [X2:“We heard no siren at all.”]]"
    ),
    "quoted by somebody as saying": (
        "[X1:[S2:Reth]] [C1/quote:was quoted by] [S1:the Lantern] [X1:[C2/assert:as saying] [X2:that the ridge held]]."
    ),
    "a list is denied": "[S1:Denk] [C1/deny:denies] [X1:opening the gate, hiding the logs and misleading the town].",
    "claims rejected": ("[S1:The board] [C1/reject:rejects] [X1:[C2/assert:claims] [X2:that it hid the logs]]."),
    "whom somebody accuses": "The keeper whom [S1:the board] [C1/accuse:accuses] [X1:of sleeping] was sent home.",
    "absurd to say": "It is absurd to [C1:suggest] [X1:that the keepers cut the cable].",
    "nothing says so": "Nothing [C1:suggests] [X1:that the keepers cut the cable].",
    "nothing is said": "[X1:“The gate is open.”] Denk said nothing.",
    "without declaring": "The Guard closed the road without declaring war.",
    "nobody is threatened": "The Guard threatened nobody.",
    "a deed is no statement": "The brigade attacked the column and defended the valley.",
    "a title is no utterance": "The book “Thaw” lay on the table.",
    "no words of anybody": "The river rose in the night, and the road was closed.",
    "adverb as cue": "[X1:The house has] [C1/assert:reportedly] [X1:been burned].",
}
"""What the rules get right."""
