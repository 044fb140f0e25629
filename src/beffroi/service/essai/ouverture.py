"""Ouvrir une réponse d'essai, tout de suite, par les robots :
le même descellement et les mêmes constats qu'en séance.

Une vraie réponse ne s'ouvre qu'après l'heure limite, à deux (CCP, art. R. 2132-9). Ici rien n'est
gardé en clair : les fichiers sont lus, comparés au récépissé et au manifeste, puis oubliés.
"""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO, cast

from beffroi.reponse.depots.models import Enveloppe, FichierScelle, Pli
from beffroi.seance.coffre.descellement import (
    Contenu,
    EnveloppeAOuvrir,
    Etabli,
    FichierAOuvrir,
    desceller_enveloppe,
)
from beffroi.service.essai.ports import robots
from beffroi.service.essai.services import exiger_l_espace
from beffroi.socle.fondations.stockage import BlobStore, Ecrit, stockage
from beffroi.socle.fondations.stockage.protocole import LECTURE_OCTETS


@dataclass(frozen=True)
class EnveloppeOuverte:
    """Ce que l'acheteur verrait d'une enveloppe."""

    titre: str
    contenu: Contenu


class Oubli:
    """Un rangement qui compte et ne garde rien."""

    def ecrire(self, cle: str, flux: BinaryIO) -> Ecrit:
        condense, taille = hashlib.sha256(), 0
        while bloc := flux.read(LECTURE_OCTETS):
            condense.update(bloc)
            taille += len(bloc)
        return Ecrit(taille=taille, sha256=condense.hexdigest())

    def supprimer(self, cle: str) -> None:
        """Rien n'a été gardé."""


def ouvrir(pli: Pli) -> list[EnveloppeOuverte]:
    """Chaque enveloppe du pli, descellée par la clé que les robots tiennent.

    Dans l'espace d'essai seul.
    """
    exiger_l_espace()
    return [ouvrir_l_enveloppe(pli, enveloppe) for enveloppe in pli.enveloppes.all()]


def ouvrir_l_enveloppe(pli: Pli, enveloppe: Enveloppe) -> EnveloppeOuverte:
    etabli = Etabli(
        cle=robots().cle(pli.consultation, enveloppe.sorte),
        # La porte des scellés (`depots.coffre`) refuse avant l'heure ;
        # ici, l'heure n'est pas attendue.
        lire=lambda fichier: stockage().lire(fichier.cle_de_stockage),
        clairs=cast(BlobStore, Oubli()),
        prefixe=f"essai/{pli.reference}",
        signe_de_vie=lambda: None,
        sans_les_manquants=True,
    )
    a_ouvrir = EnveloppeAOuvrir(
        reference=f"{pli.reference}/{enveloppe.pk}",
        sorte=enveloppe.sorte,
        lot=enveloppe.lot,
        consultation=pli.consultation.reference,
        engagement=enveloppe.engagement,
        manifeste=a_lire(enveloppe.manifeste),
        fichiers=tuple(a_lire(scelle) for scelle in enveloppe.fichiers.all()),
    )
    contenu = desceller_enveloppe(a_ouvrir, etabli=etabli)
    titre = {"candidature": "Candidature", "offre": "Offre"}[enveloppe.sorte]
    return EnveloppeOuverte(f"{titre}, lot {enveloppe.lot}" if enveloppe.lot else titre, contenu)


def a_lire(scelle: FichierScelle) -> FichierAOuvrir:
    return FichierAOuvrir(
        nom=scelle.nom,
        racine=scelle.racine,
        sha256=scelle.sha256_recalcule or scelle.sha256_declare,
        cle_de_stockage=scelle.cle_de_stockage,
    )
