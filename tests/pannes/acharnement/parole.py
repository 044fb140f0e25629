"""Les chiffres d'un essai, pour qui les recopie (`-s`)."""

import sys


def montrer(*dits: object) -> None:
    sys.stdout.write(" ".join(map(str, dits)) + "\n")
    sys.stdout.flush()
