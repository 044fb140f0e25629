"""Ce que les archives reçoivent des incidents :
ceux qui ont touché une heure limite, ce qui fut proposé, et répondu.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from beffroi.achat.consultations.archivage import faits
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.models import Tour
from beffroi.achat.tours.queries import anciennes_limites
from beffroi.service.incidents import rules
from beffroi.service.incidents.models import Incident, Proposition
from beffroi.socle.journal.queries import histoires
from formats.versement import Etape, Piece, Sorte

# L'acte qui propose à tous nomme les consultations d'autres acheteurs :
# chacun n'emporte que la proposition qui lui fut faite.
A_TOUS = "incident.proposer_a_tous"


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    """Rien n'y dit qui dépose.

    Rien si aucun incident n'a croisé le dernier jour d'une heure limite.
    """
    if consultation.publiee_le is None or consultation.date_limite_remise is None:
        return
    limites = limites_de(consultation)
    touchants = [
        (incident, dites)
        for incident in Incident.objects.filter(ouvert_le__lte=le)
        .select_related("evenement")
        .order_by("pk")
        if (dites := heures_touchees(incident, consultation, limites, le=le))
    ]
    if not touchants:
        return
    sujets = {
        une["proposition"]["reference"]
        for _, dites in touchants
        for une in dites
        if une["proposition"]
    }
    sujets |= {
        sujet
        for incident, _ in touchants
        for sujet in (incident.numero, incident.evenement.reference)
    }
    yield faits(
        "Incidents du service",
        "incidents.json",
        [_incident(incident, dites, le=le) for incident, dites in touchants],
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
    dites = {
        limite: "" for limite in (*anciennes_limites(consultation.reference), consultation.limite)
    }
    for tour in Tour.objects.filter(consultation=consultation).order_by("numero"):
        dites |= {
            limite: tour.reference
            for limite in (*anciennes_limites(tour.reference), tour.date_limite)
        }
    return dites


def heures_touchees(
    incident: Incident, consultation: Consultation, limites: dict[datetime, str], *, le: datetime
) -> list[dict[str, Any]]:
    """Celles dont l'incident a croisé le dernier jour,
    avec ses minutes, et la proposition s'il y en eut une.
    """
    faites = Proposition.objects.filter(
        incident=incident, consultation=consultation, proposee_le__lte=le
    )
    proposees = {une.ancienne_limite: une for une in faites.order_by("pk")}
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
