"""Takes options to a board in one command: the other commands' work, in order, into one folder."""
