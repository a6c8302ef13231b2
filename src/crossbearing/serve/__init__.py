"""The screen and the API: they read the ledger by an index, append decisions, and hand uploads to `run/`."""
