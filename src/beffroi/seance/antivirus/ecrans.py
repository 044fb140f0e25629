"""Ce que les pages disent de l'antivirus, et le port qu'il rend à l'ouverture."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse

from beffroi.seance.antivirus import queries
from beffroi.seance.antivirus.rules import Etat, FaitsDuFichier, peut_se_lire
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.seance.ouverture.ports import SurveillanceDuFichier

MOTS = {
    Etat.SAIN: ("ok", "Sain", ""),
    Etat.INFECTE: ("danger", "Infecté", "stop"),
    Etat.NON_ANALYSE: ("gris", "Non analysé", "info"),
    Etat.ATTENDU: ("cours", "Analyse en cours", "demi"),
}
LEVEE = ("attention", "Quarantaine levée", "alerte")


def surveillance(
    fichiers: Sequence[FichierOuvert], *, le: datetime
) -> Mapping[int, SurveillanceDuFichier]:
    """Port `ouverture.SurveillanceDesFichiers`."""
    etats = queries.etat_des_fichiers(fichiers)
    return {
        fichier.pk: montrer(
            etats[fichier.pk], url=reverse("antivirus:fichier", args=(fichier.reference,)), le=le
        )
        for fichier in fichiers
    }


def montrer(faits: FaitsDuFichier, *, url: str, le: datetime) -> SurveillanceDuFichier:
    """Le mot de l'état, sa phrase, et ce qui retient le fichier ; `url` : sa page."""
    lecture = peut_se_lire(faits, maintenant=le)
    ton, mot, signe = LEVEE if faits.levee else MOTS[faits.constat.etat]
    return SurveillanceDuFichier(
        ton=ton,
        mot=mot,
        signe=signe,
        phrase=phrase(faits),
        url=url,
        retenu="" if lecture.favorable else " ".join(str(motif.texte) for motif in lecture.motifs),
    )


def phrase(faits: FaitsDuFichier) -> str:
    """Une proposition, après le mot de l'état."""
    if faits.constat.etat == Etat.INFECTE:
        return f"{faits.constat.menace}." + (
            " Une personne a décidé qu'il peut se lire." if faits.levee else ""
        )
    return (
        f"{faits.constat.motif[:1].upper()}{faits.constat.motif[1:]}."
        if faits.constat.motif
        else ""
    )
