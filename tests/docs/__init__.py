"""The parts of the pages that are made by the optimiser, and the test that they are still true."""
