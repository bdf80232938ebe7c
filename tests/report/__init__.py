"""Tests of the page, the workbook and the paper."""
