"""Ce que les archives reçoivent des incidents :
ceux qui ont touché une heure limite, ce qui fut proposé, et répondu.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from beffroi.achat.consultations.archivage import faits
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.models import Tour
from beffroi.achat.tours.queries import limites_d_avant, tous_les_tours
from beffroi.service.incidents import rules
from beffroi.service.incidents.models import Incident, Proposition
from beffroi.socle.journal.queries import histoires
from formats.versement import Etape, Piece, Sorte

# L'acte qui propose à tous nomme les consultations d'autres acheteurs :
# chacun n'emporte que la proposition qui lui fut faite.
A_TOUS = "incident.proposer_a_tous"


def touchants(consultation: Consultation, *, le: datetime) -> list[QuerySet[Incident]]:
    """Ceux qui durent encore ou duraient depuis sa publication, et qui ont commencé avant l'une
    de ses heures limites, ou dont on lui a proposé quelque chose.
    """
    if consultation.publiee_le is None or consultation.date_limite_remise is None:
        return []
    evenement = "evenement__commence_le"
    avant = Q(**{f"{evenement}__lte": consultation.limite}) | Exists(
        Tour.objects.filter(consultation=consultation, date_limite__gte=OuterRef(evenement))
    )
    depuis = Q(evenement__fini_le=None) | Q(
        evenement__fini_le__gte=consultation.publiee_le - rules.AVANT_L_HEURE_LIMITE
    )
    connus = Incident.objects.filter(ouvert_le__lte=le)
    proposes = connus.filter(propositions__consultation=consultation)
    return [connus.filter(avant, depuis), proposes]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    """Rien n'y dit qui dépose.

    Rien si aucun incident n'a croisé le dernier jour d'une heure limite.
    """
    if consultation.publiee_le is None or consultation.date_limite_remise is None:
        return
    limites = limites_de(consultation)
    proposees = propositions_faites(consultation, le=le)
    ouverts = Incident.objects.filter(ouvert_le__lte=le).select_related("evenement").order_by("pk")
    touches = [
        (incident, dites)
        for incident in ouverts
        if (dites := heures_touchees(incident, proposees.get(incident.pk, {}), limites, le=le))
    ]
    if not touches:
        return
    sujets = {
        une["proposition"]["reference"]
        for _, dites in touches
        for une in dites
        if une["proposition"]
    }
    sujets |= {
        sujet
        for incident, _ in touches
        for sujet in (incident.numero, incident.evenement.reference)
    }
    yield faits(
        "Incidents du service",
        "incidents.json",
        [_incident(incident, dites, le=le) for incident, dites in touches],
        sorte=Sorte.FONCTIONNEMENT,
        etape=Etape.CONSULTATION,
        le=le,
        sujet=consultation.reference,
        ecritures=lambda: list(
            histoires(sujets).exclude(acte=A_TOUS).values_list("numero", flat=True)
        ),
    )


def limites_de(consultation: Consultation) -> dict[datetime, str]:
    """Chaque heure limite qu'ont eue la consultation et ses tours, et la référence du tour ;
    vide pour la consultation.
    """
    d_avant: dict[str, list[datetime]] = defaultdict(list)
    for sujet, limite in limites_d_avant(consultation):
        d_avant[sujet].append(limite)
    dites = {limite: "" for limite in (*d_avant[consultation.reference], consultation.limite)}
    for tour in tous_les_tours(consultation):
        siennes = (*d_avant[tour.reference], tour.date_limite)
        dites |= dict.fromkeys(siennes, tour.reference)
    return dites


def propositions_faites(
    consultation: Consultation, *, le: datetime
) -> Mapping[int, dict[datetime, Proposition]]:
    """Par incident, celle qui fut faite pour chaque heure limite d'alors."""
    faites: dict[int, dict[datetime, Proposition]] = defaultdict(dict)
    siennes = Proposition.objects.filter(consultation=consultation, proposee_le__lte=le)
    for une in siennes.order_by("pk"):
        faites[une.incident_id][une.ancienne_limite] = une
    return faites


def heures_touchees(
    incident: Incident,
    proposees: Mapping[datetime, Proposition],
    limites: Mapping[datetime, str],
    *,
    le: datetime,
) -> list[dict[str, Any]]:
    """Celles dont l'incident a croisé le dernier jour,
    avec ses minutes, et la proposition s'il y en eut une.
    """
    debut, fin = incident.evenement.commence_le, min(incident.evenement.fini_le or le, le)
    dites = []
    for limite in sorted(limites.keys() | proposees.keys()):
        proposee = proposees.get(limite)
        minutes = (
            proposee.minutes
            if proposee
            else rules.minutes_touchees(debut=debut, fin=fin, limite=limite)
        )
        if minutes:
            dites.append(
                {
                    "limite": limite,
                    "tour": limites.get(limite, ""),
                    "minutes_touchees": minutes,
                    "proposition": _proposition(proposee, le=le) if proposee else None,
                }
            )
    return dites


def _proposition(une: Proposition, *, le: datetime) -> dict[str, Any]:
    repondue = une.repondue_le is not None and une.repondue_le <= le
    return {
        "reference": une.reference,
        "proposee_le": une.proposee_le,
        "nouvelle_limite": une.nouvelle_limite,
        "reponse": une.get_reponse_display() if repondue else Proposition.Reponse.ATTENDUE.label,
        "motif": une.motif if repondue else "",
        "repondue_le": une.repondue_le if repondue else None,
    }


def _incident(incident: Incident, dites: list[dict[str, Any]], *, le: datetime) -> dict[str, Any]:
    evenement = incident.evenement
    return {
        "numero": incident.numero,
        "titre": evenement.titre,
        "commence_le": evenement.commence_le,
        "fini_le": evenement.fini_le if evenement.fini_le and evenement.fini_le <= le else None,
        "annonces": [
            {"le": point.le, "texte": point.texte}
            for point in evenement.points.filter(le__lte=le).order_by("le", "pk")
        ],
        "heures_limites": dites,
    }
