"""The England plan: its golden ledger and its replay."""
