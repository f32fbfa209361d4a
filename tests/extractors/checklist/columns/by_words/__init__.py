"""Tests of header rows and column roles by known words."""
