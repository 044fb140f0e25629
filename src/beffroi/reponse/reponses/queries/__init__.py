"""Où en est une réponse, telle que ses écrans la montrent."""
