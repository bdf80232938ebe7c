"""Turns results into what a board reads: one page, one workbook and one paper, all from the same pictures."""
