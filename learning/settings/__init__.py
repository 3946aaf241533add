"""Settings: `embedded` (the default, needs no server), `test`, `production`."""
