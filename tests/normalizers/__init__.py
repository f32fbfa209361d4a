"""Tests of the room `normalizers`: cells in, meanings out."""
