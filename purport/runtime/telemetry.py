"""Libraries are told to say nothing to anybody, before any of them is loaded.

ONNX Runtime (1.32 does) tries to reach its maker some ten seconds after it is loaded. It reads this variable when it is
loaded, so that a program that imports it before purport has to set the variable itself.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
