"""Ce que l'on choisit d'un lot, pesé face au classement :
une offre, ou celles des titulaires d'un accord-cadre.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.attribution import queries
from beffroi.choix.attribution.models import Attribution
from beffroi.choix.attribution.queries import classement
from beffroi.choix.attribution.rules import titulaires
from beffroi.choix.attribution.rules.decisions import Cause, Choix, choix_motive
from beffroi.choix.attribution.rules.titulaires import ChoixDePlusieurs, OffrePesee
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.erreurs import exiger
from droit.decision import Decision

# Les causes qui mettent une entreprise à la place d'une autre.
SUBSTITUTIONS = (Cause.DEFAILLANCE, Cause.EMPECHEMENT)


@dataclass(frozen=True)
class Remplacement:
    """La décision que la personne avait sous les yeux, et pourquoi elle en prend une autre ;
    vide s'il n'y en avait pas.
    """

    vue: str = ""
    cause: str = ""
    motif: str = ""


@dataclass(frozen=True)
class OffreChoisie:
    """Une offre, la variante (0 : la base), ce qu'elle coûte, et ce qu'elle a de mieux."""

    pli: Pli
    montant: Decimal | None
    avantages: str = ""
    variante: int = 0


@dataclass(frozen=True)
class ProjetDAttribution:
    """L'offre choisie, et pourquoi elle. `autres` :
    celles retenues après elle, dans un accord-cadre à plusieurs titulaires.

    `titulaires_prevus` : combien il en aura au plus ; vide, le choix est celui d'un seul.
    """

    pli: Pli
    montant: Decimal | None
    motif: str
    avantages: str = ""
    variante: int = 0
    motif_de_l_ecart: str = ""
    autres: tuple[OffreChoisie, ...] = ()
    titulaires_prevus: int | None = None

    @property
    def choisies(self) -> tuple[OffreChoisie, ...]:
        return (
            OffreChoisie(self.pli, self.montant, self.avantages.strip(), self.variante),
            *self.autres,
        )

    @property
    def plis(self) -> set[int]:
        return {choisie.pli.pk for choisie in self.choisies}


@dataclass(frozen=True)
class Pesee:
    """Chaque offre choisie face au classement, et celles que l'on aurait encore pu retenir."""

    choix: list[Choix]
    retenues: list[OffrePesee]
    restent: list[OffrePesee]


def ecartes(
    consultation: Consultation,
    lot: int | None,
    projet: ProjetDAttribution,
    remplacement: Remplacement | None,
) -> set[int]:
    """Les plis déjà retenus pour ce lot et qui ne peuvent plus l'être ;
    parmi plusieurs, ceux que l'on garde le peuvent.
    """
    if remplacement is None or remplacement.cause == Cause.CORRECTION:
        return set()
    decisions = Attribution.objects.filter(
        consultation=consultation, lot=lot, rendue_le=None, sorte=Attribution.Sorte.ATTRIBUEE
    ).order_by("rang")
    retenues = [decision.retenues for decision in decisions]
    deja = {retenue.pli.pk for siennes in retenues for retenue in siennes}
    if projet.titulaires_prevus is None or not retenues:
        return deja
    gardees = [retenue for retenue in retenues[-1] if retenue.pli.pk in projet.plis]
    if remplacement.cause in SUBSTITUTIONS:
        exiger(
            titulaires.remplacement_de_l_un(
                avant=[retenue.nom for retenue in retenues[-1]],
                gardees=[retenue.nom for retenue in gardees],
            )
        )
    return deja - {retenue.pli.pk for retenue in gardees}


def peser(
    consultation: Consultation,
    ligne: queries.LotAttribue,
    projet: ProjetDAttribution,
    ecartes: set[int],
) -> Pesee:
    places = [
        classement.place_de(consultation, ligne.lot, pli=choisie.pli, variante=choisie.variante)
        for choisie in projet.choisies
    ]
    attendu = classement.rang_attendu(consultation, ligne.lot, ecartes=ecartes)
    choix = [
        Choix(
            montant=choisie.montant,
            motif=projet.motif,
            rang=place.rang if place else None,
            attendu=attendu,
            motif_de_l_ecart=projet.motif_de_l_ecart,
            eliminee=place.elimination if place else "",
        )
        for choisie, place in zip(projet.choisies, places, strict=True)
    ]
    retenues = [
        OffrePesee(o.pli.equipe.nom, c.rang) for o, c in zip(projet.choisies, choix, strict=True)
    ]
    return Pesee(choix, retenues, _restent(consultation, ligne, projet.plis | ecartes))


def _restent(
    consultation: Consultation, ligne: queries.LotAttribue, prises: set[int]
) -> list[OffrePesee]:
    """Les offres en lice, ni retenues ni remplacées, que l'analyse n'élimine pas."""
    restent = []
    for soumissionnaire in ligne.offres:
        place = classement.meilleure_place(consultation, ligne.lot, pli=soumissionnaire.pli)
        if soumissionnaire.pli.pk not in prises and not (place and place.elimination):
            restent.append(OffrePesee(soumissionnaire.nom, place.rang if place else None))
    return restent


def est_permis(
    consultation: Consultation, projet: ProjetDAttribution, pesee: Pesee, *, le: datetime
) -> Decision:
    """Une seule offre : la mieux classée.

    Plusieurs : les mieux classées, jusqu'au nombre que la consultation annonce.
    """
    exiger(
        titulaires.nombre_permis(
            annonces=queries.titulaires_annonces(consultation, le=le),
            prevus=projet.titulaires_prevus or 1,
        )
    )
    if projet.titulaires_prevus is None:
        return choix_motive(pesee.choix[0])
    seules = [Choix(montant=c.montant, motif=c.motif, eliminee=c.eliminee) for c in pesee.choix]
    for seule in seules:
        exiger(choix_motive(seule))
    return titulaires.les_mieux_classees(
        ChoixDePlusieurs(
            projet.titulaires_prevus, pesee.retenues, pesee.restent, projet.motif_de_l_ecart
        )
    )
