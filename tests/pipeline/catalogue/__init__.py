"""Tests of the controls' catalogue."""
