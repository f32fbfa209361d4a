"""Tests of what is read outside tables."""
