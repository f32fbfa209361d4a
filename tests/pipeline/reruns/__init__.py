"""Tests of runs over folders that change."""
