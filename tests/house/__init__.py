"""Tests of the rules that the tree itself keeps: sizes, names, imports, messages, documentation, locked packages."""
