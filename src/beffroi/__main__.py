"""`python -m beffroi commande …` : ce que le lanceur exécute."""

import sys

from beffroi.commandes.cli.lanceur import principal

if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))
