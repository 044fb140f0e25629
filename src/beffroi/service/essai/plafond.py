"""Le disque d'un espace d'essai :
n'importe qui y dépose, sans compte, et ne doit pas prendre celui de la plateforme.
"""

import errno
import time
from typing import BinaryIO

from beffroi.socle.fondations.stockage import Envoi, Partie
from beffroi.socle.fondations.stockage.local import LocalStore, manquer_de_place

OCTETS_AU_PLUS = 5 * 10**9
VALIDITE_DE_LA_MESURE_S = 10


class DisquePlafonne(LocalStore):
    """Le disque local, qui refuse au-delà du plafond ; mesuré toutes les dix secondes au plus."""

    octets_au_plus = OCTETS_AU_PLUS
    _mesure = (float("-inf"), 0)

    def commencer(self, cle: str) -> Envoi:
        self.exiger_la_place()
        return super().commencer(cle)

    def ecrire_partie(self, envoi: Envoi, partie: Partie, flux: BinaryIO) -> None:
        self.exiger_la_place()
        super().ecrire_partie(envoi, partie, flux)

    def exiger_la_place(self) -> None:
        mesuree_a, octets = self._mesure
        if time.monotonic() - mesuree_a > VALIDITE_DE_LA_MESURE_S:
            octets = sum(f.stat().st_size for f in self.dossier.rglob("*") if f.is_file())
            self._mesure = (time.monotonic(), octets)
        if octets >= self.octets_au_plus:
            manquer_de_place(OSError(errno.ENOSPC, "plafond de l'espace d'essai"))
