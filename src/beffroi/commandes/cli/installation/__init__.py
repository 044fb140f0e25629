"""Mettre en service sur une Debian nue : les choix, ce qui en vient, les étapes."""
