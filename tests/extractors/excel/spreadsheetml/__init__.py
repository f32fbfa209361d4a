"""Tests of the reader of SpreadsheetML."""
