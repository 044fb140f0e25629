"""Les pages des versements."""
