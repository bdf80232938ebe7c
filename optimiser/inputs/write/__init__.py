"""Writes inputs: blank templates, workbooks, and one form from the other."""
