"""How the weights that ship were made: data in, model file out. Needs torch; nothing in `purport` imports it."""

import purport.runtime.telemetry  # noqa: F401 - before any module here loads ONNX Runtime: gold may be confidential too
