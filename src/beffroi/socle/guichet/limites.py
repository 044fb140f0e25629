"""Ce qu'un envoi peut peser. Sans Django : les règles le lisent aussi."""

OCTETS_PAR_PIECE = 10_000_000
PIECES_PAR_ENVOI = 3
