"""« À faire » et les courriers :
lire ce qui arrive, relancer ce qui n'est pas lu, répondre à ce qui est demandé.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.echanges import queries
from beffroi.choix.echanges.models import Exemplaire
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates

PRESSE_AVANT = timedelta(days=2)


def retours_a_lire(
    consultations: Iterable[Consultation], *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """Une ligne par consultation où des entreprises ont répondu."""
    concernees = {consultation.pk: consultation for consultation in consultations}
    a_lire = Counter(queries.ou_il_y_a_a_lire(list(concernees)))
    for cle, nombre in a_lire.items():
        titre = (
            "Lire la réponse d'une entreprise"
            if nombre == 1
            else f"Lire {nombre} réponses d'entreprises"
        )
        yield _geste(titre, concernees[cle], "Lire", suite="", le=le, presse=True)


def courriers_a_relancer(
    consultations: Iterable[Consultation], *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """Une ligne par consultation où un courrier n'est pas lu."""
    concernees = {consultation.pk: consultation for consultation in consultations}
    a_relancer = Counter(
        e.courrier.consultation_id for e in queries.a_relancer(concernees.values(), le=le)
    )
    for cle, nombre in a_relancer.items():
        titre = (
            "Relancer un courrier non lu" if nombre == 1 else f"Relancer {nombre} courriers non lus"
        )
        yield _geste(
            titre, concernees[cle], "Relancer", suite="?etat=a_relancer", le=le, presse=False
        )


def retours(
    consultations: list[Consultation], *, personne: Utilisateur, le: datetime
) -> list[QuerySet[Any]]:
    return [queries.retours_a_lire(consultations)]


def sans_lecteur(
    consultations: list[Consultation], *, personne: Utilisateur, le: datetime
) -> list[QuerySet[Any]]:
    return [queries.sans_lecteur(consultations, le=le)]


def _geste(
    titre: str, consultation: Consultation, geste: str, *, suite: str, le: datetime, presse: bool
) -> AFaire:
    url = f"/consultations/{consultation.reference}/courriers/{suite}"
    detail = f"{consultation.titre}, {consultation.reference}"
    return AFaire(titre, detail, url, geste, "Dès que possible", presse, le)


def messages_a_lire(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """Ce qu'un acheteur a écrit à son entreprise, et que personne n'y a lu : une ligne par fil."""
    for exemplaire in {
        exemplaire.fil_id: exemplaire for exemplaire in queries.non_lus_de(personne)
    }.values():
        yield _du_fil(exemplaire, "Lire un courrier d'acheteur", "Lire", le=le)


def non_lus(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    return [queries.non_lus_de(personne)]


def messages_a_repondre(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """Lu, il attend une réponse : qui l'a ouvert n'est peut-être pas qui répond."""
    non_lus = {exemplaire.fil_id for exemplaire in queries.non_lus_de(personne)}
    for exemplaire in queries.a_repondre_de(personne, le=le):
        if exemplaire.fil_id not in non_lus:
            yield _du_fil(exemplaire, "Répondre à un courrier d'acheteur", "Répondre", le=le)


def a_repondre(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    return [queries.a_repondre_de(personne, le=le)]


def _du_fil(exemplaire: Exemplaire, titre: str, geste: str, *, le: datetime) -> AFaire:
    avant, consultation = exemplaire.courrier.reponse_avant, exemplaire.courrier.consultation
    return AFaire(
        titre=titre,
        # Deux consultations portent souvent le même titre, d'une année à l'autre :
        # la référence les distingue.
        detail=f"{consultation.organisme} : {consultation.titre}, {consultation.reference}",
        url=f"/messages/{exemplaire.fil.reference}/",
        geste=geste,
        quand=f"Répondre avant le {dates.jour_et_heure_limite(avant)}"
        if avant
        else "Dès que possible",
        presse=avant is not None and avant - le < PRESSE_AVANT,
        echeance=avant or le,
    )
