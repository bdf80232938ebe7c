"""Writes inputs: blank templates and workbooks, and folders as workbooks and back."""
