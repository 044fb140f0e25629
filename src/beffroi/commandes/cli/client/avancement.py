"""Une barre d'avancement : ce qui est parti, le débit, ce qui reste.

Une ligne toutes les dix secondes hors terminal.
"""

import sys
import threading
import time

LARGEUR = 30


class Barre:
    """L'avancement d'un envoi, en octets."""

    def __init__(self, total: int) -> None:
        self.total, self.fait = max(1, total), 0
        self.debut = self.dernier = time.monotonic()
        self.verrou = threading.Lock()
        self.terminal = sys.stderr.isatty()

    def avancer(self, octets: int) -> None:
        with self.verrou:
            self.fait += octets
            self.montrer()

    def montrer(self) -> None:
        instant = time.monotonic()
        if self.fait < self.total and instant - self.dernier < (0.2 if self.terminal else 10):
            return
        self.dernier = instant
        debit = self.fait / max(0.001, instant - self.debut)
        part = min(1.0, self.fait / self.total)
        barre = ("#" * round(part * LARGEUR)).ljust(LARGEUR, "-")
        reste = (self.total - self.fait) / max(1.0, debit)
        ligne = f"[{barre}] {part:4.0%}  {debit / 1e6:6.1f} Mo/s  reste {reste:4.0f} s"
        print(
            f"\r{ligne}" if self.terminal else ligne,
            end="" if self.terminal else "\n",
            file=sys.stderr,
            flush=True,
        )

    def finir(self) -> None:
        if self.terminal:
            print(file=sys.stderr)
