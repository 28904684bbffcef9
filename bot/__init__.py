"""The edge: processes, settings, wiring, intake, lanes, sender, web endpoints, background jobs. Sees everything."""
