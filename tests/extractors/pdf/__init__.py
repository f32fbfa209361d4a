"""Tests of the PDF reader, one module a step."""
