"""Reads inputs from a folder or a workbook, as text first and then typed."""
