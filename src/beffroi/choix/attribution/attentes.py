"""L'attente que des lettres feront courir, comptée avant qu'elles partent :
elles en disent elles-mêmes le terme.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.attribution import queries
from beffroi.choix.attribution.models import Lettre, SuiteDonnee
from beffroi.choix.attribution.rules.lettres import champ_du_jour
from beffroi.choix.attribution.rules.suspension import Rejet, Suspension, suspension_de
from droit.calendrier.heures import PARIS
from droit.dates import en_toutes_lettres


def lots_qui_attendent(lignes: Sequence[queries.LotAttribue]) -> frozenset[int | None]:
    return frozenset(ligne.lot for ligne in lignes if ligne.suspension and ligne.suspension.exigee)


def apres_l_envoi(
    consultation: Consultation,
    lignes: Sequence[queries.LotAttribue],
    lettres: Sequence[Lettre],
    *,
    le: datetime,
) -> dict[int | None, Suspension | None]:
    """Par lot, ce qu'il faudra attendre si ces lettres partent : d'ici,
    aujourd'hui ; autrement, le jour noté.
    """
    suites = SuiteDonnee.objects.filter(lettre__in=lettres, issue=SuiteDonnee.Issue.REJETEE)
    rejetees = set(suites.values_list("lettre", "attribution"))
    return {ligne.lot: _d_un_lot(consultation, ligne, lettres, rejetees, le=le) for ligne in lignes}


def _d_un_lot(
    consultation: Consultation,
    ligne: queries.LotAttribue,
    lettres: Sequence[Lettre],
    rejetees: set[tuple[int, int]],
    *,
    le: datetime,
) -> Suspension | None:
    if ligne.attribution is None or not ligne.attribution.est_attribuee:
        return None
    jour = le.astimezone(PARIS).date()
    rejets = [
        Rejet(lettre.postee_le or jour, electronique=lettre.est_electronique)
        for lettre in lettres
        if (lettre.pk, ligne.attribution.pk) in rejetees
    ]
    connus = queries.faits_de_suspension(consultation, ligne)
    restent = max(0, connus.a_prevenir - len(rejets))
    return suspension_de(
        replace(connus, a_prevenir=restent, rejets=(*connus.rejets, *rejets)), le=jour
    )


def jours_de(attentes: Mapping[int | None, Suspension | None]) -> dict[int | None, str]:
    """« 26 janvier 2027 », pour chaque lot dont le premier jour de signature est connu."""
    return {
        lot: en_toutes_lettres(attente.jour)
        for lot, attente in attentes.items()
        if attente and attente.jour
    }


def avec_les_jours(texte: str, attentes: Mapping[int | None, Suspension | None]) -> str:
    for lot, jour in jours_de(attentes).items():
        texte = texte.replace(champ_du_jour(lot), jour)
    return texte
