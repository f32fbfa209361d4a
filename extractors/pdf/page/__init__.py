"""What a person sees on a page: glyphs and their lines, rules, boxes, fields, annotations."""
