"""Qui est là : les personnes, ceux qui achètent,
ceux qui répondent, et ce que chacun garde ou suit.
"""
