"""Les pages des archives."""
