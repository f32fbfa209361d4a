"""The screens of the app, each a page with an address of its own."""
