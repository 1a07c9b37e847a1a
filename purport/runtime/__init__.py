"""What runs processes: the pool, compressed sequences, the pause of garbage collection, telemetry switched off."""
