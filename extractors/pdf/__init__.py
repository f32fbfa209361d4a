"""PDF → grids: glyphs and rules → cells → pages laid one under the other."""
