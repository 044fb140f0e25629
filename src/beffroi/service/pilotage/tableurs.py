"""Les statistiques en CSV : une ligne par nombre."""

from collections.abc import Iterator, Sequence
from itertools import chain

from beffroi.service.pilotage import graphique, presentation
from beffroi.service.pilotage.mesures import Acheteur, Annee, Assistance, Contributions
from formats import tableur
from formats.tableur import Cellule

ENTETES = ("Année", "Mesure", "Détail", "Nombre", "Précision")


def csv(
    annee: Annee,
    *,
    de_l_acheteur: bool,
    acheteurs: Sequence[Acheteur] = (),
    contributions: Contributions | None = None,
    assistance: Assistance | None = None,
) -> bytes:
    """L'année d'un acheteur ;
    celle du service, avec ses acheteurs, ce que l'année leur appelle, l'aide qu'ils ont eue.
    """
    lignes = chain(
        lignes_de(annee, de_l_acheteur=de_l_acheteur, acheteurs=acheteurs),
        _contributions(annee.annee, contributions),
        _assistance(annee.annee, assistance),
    )
    return b"".join(tableur.csv_au_fil_de_l_eau(ENTETES, lignes))


def lignes_de(
    annee: Annee, *, de_l_acheteur: bool, acheteurs: Sequence[Acheteur]
) -> Iterator[tuple[Cellule, ...]]:
    for chiffre in presentation.chiffres(annee, de_l_acheteur=de_l_acheteur):
        yield annee.annee, chiffre.nom, "", chiffre.valeur, chiffre.precision
    for mois in annee.mois:
        yield annee.annee, "Consultations créées", graphique.MOIS[mois.numero - 1], mois.creees, ""
        yield (
            annee.annee,
            "Consultations publiées",
            graphique.MOIS[mois.numero - 1],
            mois.publiees,
            "",
        )
    for mesure, parts in (
        ("Procédure", annee.procedures),
        ("Nature", annee.natures),
        ("État", annee.etats),
    ):
        for part in parts:
            yield annee.annee, mesure, part.libelle, part.nombre, ""
    for acheteur in acheteurs:
        yield (
            annee.annee,
            "Consultations publiées par un acheteur",
            acheteur.nom,
            acheteur.publiees,
            acheteur.siret,
        )


def _contributions(annee: int, mesure: Contributions | None) -> Iterator[tuple[Cellule, ...]]:
    if mesure is None:
        return
    for part in mesure.tranches:
        yield annee, "Contributions, adhérents par tranche", part.libelle, part.nombre, ""
    yield annee, "Contributions appelées, avoirs déduits", "", mesure.total, "euros"


def _assistance(annee: int, mesure: Assistance | None) -> Iterator[tuple[Cellule, ...]]:
    if mesure is None:
        return
    for aide in presentation.assistance(mesure):
        yield annee, "Assistance", aide.nom, aide.nombre, aide.dont
        yield annee, "Assistance, promesses tenues", aide.nom, aide.tenues, ""
        yield annee, "Assistance, temps médian", aide.nom, aide.mediane, aide.temps
