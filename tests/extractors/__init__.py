"""Tests of the room `extractors`: a file to what is written in it."""
