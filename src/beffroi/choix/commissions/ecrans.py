"""Ce que les écrans de la commission montrent, prêt à l'emploi."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import EtapeApresOuverture
from beffroi.achat.consultations.queries import lots_lus
from beffroi.choix.commissions import mots, proces_verbal, queries, rules
from beffroi.choix.commissions.models import (
    Commission,
    Deliberation,
    Dispense,
    Point,
    Reunion,
    Siege,
)
from beffroi.choix.commissions.mots import Fonction
from beffroi.choix.commissions.ports import OffreALire, analyse_du_lot
from beffroi.choix.commissions.queries import anonymat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture.rules import quorum
from beffroi.socle.guichet.champs.dates import en_jour_et_heure
from beffroi.socle.guichet.lecture import voisines
from droit.decision import Decision
from formats import dates
from formats.sommes import en_euros

Etat = Consultation.Etat
A_L_ORDRE_DU_JOUR = (Etat.PUBLIEE, Etat.CLOSE, Etat.EN_OUVERTURE, Etat.DEPOUILLEE, Etat.ATTRIBUEE)


class EtatAffiche(NamedTuple):
    ton: str
    mot: str
    signe: str = ""


def etat_de(reunion: Reunion) -> EtatAffiche:
    if reunion.annulee:
        return EtatAffiche("gris", "Annulée", "croix")
    if reunion.close_le:
        return EtatAffiche("ok", "Close")
    if reunion.convoquee_le:
        return EtatAffiche("cours", "Convoquée", "heure")
    return EtatAffiche("attention", "À convoquer", "attente")


def liste(personne: Utilisateur, *, le: datetime) -> dict[str, Any]:
    organismes = queries.organismes_ou(personne, "voir_les_commissions", le=le)
    return {
        "commissions": queries.commissions_de(organismes),
        "reunions": [
            (siege.reunion, etat_de(siege.reunion))
            for siege in queries.reunions_de_la_personne(personne, le=le)
        ],
        "peut_creer": bool(queries.organismes_ou(personne, "tenir_les_commissions", le=le)),
    }


def commission(commission: Commission) -> dict[str, Any]:
    return {
        "commission": commission,
        "membres": [
            (membre, Fonction(membre.fonction).dit) for membre in queries.membres_de(commission)
        ],
        "jury": commission.sorte == mots.Sorte.JURY,
        "remarques": rules.composition(
            commission.sorte,
            queries.personnes_de(commission),
            qualification=commission.qualification,
            elus=queries.elus_de_la_cao(commission),
        ),
        "reunions": [
            (reunion, etat_de(reunion))
            for reunion in commission.reunions.select_related("annulation")
        ],
    }


def delai(commission: Commission, *, le: datetime) -> str:
    return rules.compte_du_delai(queries.jour_de(le), commission.delai_en_jours_francs)


def deja_ecrit(reunion: Reunion) -> dict[str, Any]:
    """Une réunion préparée, telle que le formulaire la reprend."""
    return {
        **en_jour_et_heure("prevue", reunion.prevue_le),
        "lieu": reunion.lieu,
        "a_distance": reunion.a_distance,
        "affaires": [
            f"{p.consultation.reference}:{p.lot or 0}:{p.objet}" for p in queries.points_de(reunion)
        ],
        "suite_de": reunion.suite_de.reference if reunion.suite_de else "",
    }


def a_mettre_a_l_ordre_du_jour(commission: Commission) -> dict[str, Any]:
    """Les consultations publiées de cet acheteur, et les réunions closes faute de quorum."""
    consultations = Consultation.toutes.filter(
        organisme=commission.organisme, etat__in=A_L_ORDRE_DU_JOUR
    )
    # Une seconde convocation annulée n'a pas repris l'ordre du jour :
    # la première en attend encore une.
    reprises = Reunion.objects.filter(suite_de__isnull=False, annulation=None).values("suite_de")
    closes = list(commission.reunions.exclude(close_le=None).exclude(pk__in=reprises))
    voisines(closes)
    return {
        "consultations": list(
            consultations.prefetch_related("lots").order_by("-date_limite_remise", "-pk")
        ),
        "jury": commission.sorte == mots.Sorte.JURY,
        "sans_quorum": [reunion for reunion in closes if not queries.quorum_de(reunion).favorable],
    }


def convocation(reunion: Reunion, *, le: datetime) -> dict[str, Any]:
    membres = queries.membres_de(reunion.commission)
    court = reunion.jour < rules.premier_jour(
        queries.jour_de(le), reunion.commission.delai_en_jours_francs
    )
    return {
        "reunion": reunion,
        "points": queries.points_de(reunion),
        "membres": membres,
        "sans_adresse": [membre for membre in membres if not membre.courriel],
        "delai": delai(reunion.commission, le=le),
        "court": court,
    }


@dataclass(frozen=True)
class LigneDAffaire:
    """Une affaire : ce qui en est voté, qui s'en est retiré, et si le rapport peut se lire."""

    point: Point
    vote: Deliberation | None
    decompte: str
    anciens: int
    retires: tuple[str, ...]
    rapport: bool = False
    jury: bool = False
    anonyme: bool = False
    projets: tuple[anonymat.Projet, ...] = ()


def reunion(reunion: Reunion, *, le: datetime) -> dict[str, Any]:
    sieges = queries.sieges_de(reunion)
    points = queries.points_de(reunion)
    commence = le >= reunion.prevue_le
    return {
        "reunion": reunion,
        "commission": reunion.commission,
        "etat": etat_de(reunion),
        "en_cours": reunion.en_cours,
        "annulable": reunion.en_cours
        and not any(queries.derniere_deliberation(point) for point in points),
        "sans_adresse": [siege.nom for siege in sieges if not siege.membre.courriel],
        "commence": commence,
        "sieges": [
            (siege, Fonction(siege.fonction).dit, proces_verbal.presence_dite(siege))
            for siege in sieges
        ],
        "notees": any(siege.presence for siege in sieges),
        "quorum": _quorum(reunion, sieges),
        "constats": proces_verbal.constats(reunion, sieges) if sieges else [],
        "lignes": [_ligne(point, sieges) for point in points],
        "peut_voter": bool(
            commence and reunion.en_cours and any(siege.presence for siege in sieges)
        ),
        "delai": delai(reunion.commission, le=le),
    }


def _quorum(reunion: Reunion, sieges: Sequence[Siege]) -> Decision | None:
    if not any(siege.presence for siege in sieges):
        return None
    return quorum(rules.table(queries.places(sieges), seconde=reunion.suite_de_id is not None))


def _ligne(point: Point, sieges: Sequence[Siege], *, rapport: bool = False) -> LigneDAffaire:
    vote = queries.derniere_deliberation(point)
    retires = tuple(
        s.nom for s in sieges for deport in s.deports.all() if deport.point_id == point.pk
    )
    return LigneDAffaire(
        point=point,
        vote=vote,
        decompte=vote.decompte if vote else "",
        anciens=max(len(point.deliberations.all()) - 1, 0),
        retires=retires,
        rapport=rapport,
        **_du_jury(point),
    )


def _du_jury(point: Point) -> dict[str, Any]:
    """Un jury lit des lettres ; l'anonymat levé, de qui est chaque projet."""
    if point.reunion.commission.sorte != mots.Sorte.JURY:
        return {}
    if anonymat.est_anonyme(point):
        return {"jury": True, "anonyme": True}
    return {"jury": True, "projets": tuple(anonymat.correspondance(point.consultation, point.lot))}


def projets(point: Point) -> dict[str, Any]:
    """Pour le secrétariat du jury :
    quelle lettre cache quelle entreprise, ce qui manque, et si l'anonymat peut se lever.
    """
    faits = anonymat.faits(point)
    return {
        "reunion": point.reunion,
        "point": point,
        "projets": anonymat.correspondance(point.consultation, point.lot),
        "restent": len(anonymat.sans_lettre(point)),
        "levee": anonymat.levee(point.consultation, point.lot),
        "decision": rules.anonymat_peut_se_lever(faits),
    }


def affaire(point: Point, offres: Sequence[OffreALire]) -> dict[str, Any]:
    """Ce qu'on a sous les yeux pour voter :
    le quorum de cette affaire, les voix, les offres et leur place.
    """
    places = queries.places(queries.sieges_de(point.reunion), point=point)
    return {
        "reunion": point.reunion,
        "point": point,
        "voix": sum(place.tient_une_voix for place in places),
        "quorum": quorum(rules.table(places, seconde=point.reunion.suite_de_id is not None)),
        "anonyme": anonymat.est_anonyme(point),
        "offres": [
            (offre, en_euros(offre.montant) if offre.montant is not None else "")
            for offre in offres
        ],
        "precedent": queries.derniere_deliberation(point),
    }


def ma_reunion(siege: Siege) -> dict[str, Any]:
    """La page d'un membre : rien que ses affaires.

    Le rapport d'une affaire dont il se retire ne s'y lit pas.
    """
    reunion = siege.reunion
    retire = {deport.point_id for deport in siege.deports.all()}
    lignes = [
        _ligne(point, [], rapport=point.pk not in retire and _se_lit(point))
        for point in queries.points_de(reunion)
    ]
    return {
        "reunion": reunion,
        "siege": siege,
        "place": Fonction(siege.fonction).dit,
        "etat": etat_de(reunion),
        "lignes": [(ligne, ligne.point.pk in retire) for ligne in lignes],
        "peut_se_retirer": reunion.en_cours and len(retire) < len(lignes),
        "peut_lire_le_pv": queries.peut_lire_le_proces_verbal(siege),
    }


def _se_lit(point: Point) -> bool:
    """Le rapport nomme les entreprises : un jury ne le lit pas avant que son avis soit signé."""
    return not anonymat.est_anonyme(point) and analyse_du_lot().a_son_rapport(
        point.consultation, point.lot
    )


# ---------------------------------------------------------------- vue d'une consultation


@dataclass(frozen=True)
class LigneDuLot:
    nom: str
    avis: queries.Avis | None
    dispense: Dispense | None


def consultation(consultation: Consultation) -> dict[str, Any]:
    lots = list(consultation.lots.all())
    noms: list[tuple[int | None, str]] = [(lot.numero, str(lot)) for lot in lots] or [
        (None, "L'achat")
    ]
    return {
        "consultation": consultation,
        "exigee": queries.exige_la_commission(consultation),
        "lignes": [
            LigneDuLot(
                nom,
                queries.avis_de_la_commission(consultation, lot),
                queries.dispense_de(consultation, lot),
            )
            for lot, nom in noms
        ],
        "points": [(point, etat_de(point.reunion)) for point in queries.points_sur(consultation)],
        "commissions": queries.commissions_de([consultation.organisme]),
    }


def etape(consultation: Consultation, *, le: datetime) -> EtapeApresOuverture | None:
    """La ligne de la page de suivi :
    exigée en procédure formalisée, montrée ailleurs quand la commission est saisie.
    """
    if consultation.etat not in (Etat.DEPOUILLEE, Etat.ATTRIBUEE, Etat.SANS_SUITE):
        return None
    points = queries.points_votes_ou_non(consultation)
    exigee = queries.exige_la_commission(consultation)
    if not (exigee or points):
        return None
    lots: set[int | None] = {lot.numero for lot in lots_lus(consultation)}
    manquent = (lots or {None}) - queries.lots_votes(points)
    manquent = manquent - {point.lot for point in points if point.est_dispense}
    if manquent - {point.lot for point in points}:
        manquent = manquent - queries.lots_dispenses(consultation)
    attend = bool(manquent) and exigee and consultation.etat == Etat.DEPOUILLEE
    return EtapeApresOuverture(
        "Commission",
        phrase_de(points, manquent=bool(manquent), exigee=exigee),
        reverse("commissions:consultation", args=(consultation.reference,)),
        "Réunir la commission" if attend and not points else "Voir",
        attend=attend,
    )


def phrase_de(points: Sequence[Point], *, manquent: bool, exigee: bool) -> str:
    if not manquent:
        return "La commission s'est prononcée, ou vous avez dit pourquoi elle ne le fait pas ici."
    convoquees = [p.reunion for p in points if p.reunion.en_cours]
    if convoquees:
        return f"La commission est convoquée le {dates.jour_et_heure(convoquees[0].prevue_le)}."
    return (
        "La commission d'appel d'offres choisit le titulaire."
        if exigee
        else "La commission est saisie."
    )
