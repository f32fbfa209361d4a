"""Tests of the app without a browser: the gate, users, caches."""
