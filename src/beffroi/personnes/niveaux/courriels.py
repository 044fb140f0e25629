"""Ce qui s'écrit d'une preuve : à l'équipe, à ses voisines, à ceux qui y étaient."""

from collections.abc import Mapping
from datetime import datetime

from beffroi.personnes.entreprises.models import Equipe
from beffroi.personnes.entreprises.queries import collegues_a_prevenir
from beffroi.personnes.niveaux.models import LettreDeCode, PreuveDEntreprise
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.services import ecrire_a_chacun


def ecrire_la_preuve(preuve: PreuveDEntreprise, *, maintenant: datetime) -> None:
    _a_l_equipe(
        preuve.equipe,
        cle=f"preuve/{preuve.reference}/",
        sujet="Votre équipe a prouvé qu'elle agit pour son entreprise",
        gabarit="preuve",
        contexte={"preuve": preuve},
        maintenant=maintenant,
    )


def ecrire_la_revocation(preuve: PreuveDEntreprise, *, maintenant: datetime) -> None:
    _a_l_equipe(
        preuve.equipe,
        cle=f"revocation/{preuve.reference}/",
        sujet="Une preuve de votre équipe est révoquée",
        gabarit="revocation",
        contexte={"preuve": preuve},
        maintenant=maintenant,
    )


def ecrire_la_lettre_partie(demandee: LettreDeCode, *, maintenant: datetime) -> None:
    _a_l_equipe(
        demandee.equipe,
        cle=f"lettre/{demandee.reference}/{maintenant:%Y%m%d%H%M%S}/",
        sujet="Une lettre part à l'adresse de votre entreprise",
        gabarit="lettre",
        contexte={"lettre": demandee},
        page="niveaux:code",
        maintenant=maintenant,
    )


def ecrire_le_refus(demandee: LettreDeCode, *, motif: str, maintenant: datetime) -> None:
    _a_l_equipe(
        demandee.equipe,
        cle=f"lettre-refusee/{demandee.reference}/",
        sujet="La lettre demandée ne part pas",
        gabarit="lettre_refusee",
        contexte={"lettre": demandee, "motif": motif},
        maintenant=maintenant,
    )


def ecrire_la_voisine(prouvee: Equipe, *, fondee: Equipe, maintenant: datetime) -> None:
    """Ce que l'autre dit d'elle-même, jamais ce qu'elle fait, ni qui y est."""
    _a_l_equipe(
        prouvee,
        cle=f"voisine/{prouvee.reference}/{fondee.reference}/",
        sujet="Une autre équipe dit votre entreprise",
        gabarit="voisine",
        contexte={"prouvee": prouvee, "fondee": fondee},
        maintenant=maintenant,
    )


def _a_l_equipe(
    equipe: Equipe,
    *,
    cle: str,
    sujet: str,
    gabarit: str,
    contexte: Mapping[str, object],
    page: str = "niveaux:preuve",
    maintenant: datetime,
) -> None:
    ecrire_a_chacun(
        collegues_a_prevenir(equipe),
        cle=cle,
        sujet=sujet,
        gabarit=f"niveaux/courriels/{gabarit}.txt",
        contexte={"adresse": lien_vers(page), **contexte},
        maintenant=maintenant,
    )
