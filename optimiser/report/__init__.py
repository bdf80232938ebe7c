"""Results as a board sees them: one page, one workbook, one paper, all from the same pictures."""
