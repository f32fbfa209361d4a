"""Tests of the workbook readers."""
