"""Contrôler le règlement d'une consultation, et ce que le juriste en pense."""
