"""Tests of the classifier of marks."""
