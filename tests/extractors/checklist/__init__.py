"""Tests of the way from a Grid to its Checklists."""
