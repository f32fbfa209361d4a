"""What vendors are asked back: the questions, how far each is, and what a reply would mean."""
