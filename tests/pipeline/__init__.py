"""Tests of the room pipeline: from a raw folder to the tables."""
