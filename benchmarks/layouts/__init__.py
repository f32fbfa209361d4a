"""How the weights of layouts are learned from made-up forms with gold, and what they give on writers they were not
made with.
"""
