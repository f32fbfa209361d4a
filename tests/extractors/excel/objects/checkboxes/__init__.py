"""Tests of extractors/excel/objects/checkboxes."""
