"""What speech acts make of their content: how certain its source is of it, and how it is put."""

from __future__ import annotations

from purport.model.record import Frame

ACTS: dict[str, tuple[int, Frame]] = {
    "believe": (2, Frame.PLAIN),
    "predict": (2, Frame.PREDICTED),
    "warn": (2, Frame.PREDICTED),
    "promise": (0, Frame.INTENDED),
    "plan": (0, Frame.INTENDED),
    "threaten": (0, Frame.INTENDED),
    "hope": (0, Frame.INTENDED),
    "demand": (0, Frame.ORDERED),
    "request": (0, Frame.ORDERED),
    "fear": (0, Frame.PREDICTED),
    "ask": (0, Frame.QUESTION),
    "doubt": (-2, Frame.PLAIN),
    "deny": (-3, Frame.PLAIN),
    "reject": (-3, Frame.PLAIN),
    "withhold": (0, Frame.PLAIN),
}
"""How certain a source is of the content by each act, in thirds from -3 to 3, and how the act puts it; of an act that
is not here it is certain, and puts it plainly."""
REFUSED = frozenset({"deny", "reject", "doubt"})
"""Acts by which a source holds that it is not so."""
HELD = frozenset({"assert", "accuse", "argue", "announce", "confirm", "admit"})
"""Acts by which a source holds what it says."""
UNREAL = frozenset({"promise", "plan", "threaten", "hope", "demand", "request"})
"""Acts whose content is not said to have taken place."""
