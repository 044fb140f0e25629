"""« À faire » : ce qui attend une personne, tous rôles et toutes consultations ensemble, le plus pressé d'abord."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from beffroi.cles import queries as cles
from beffroi.comptes.models import Utilisateur
from beffroi.consultations.models import Consultation
from beffroi.consultations.queries import de_mes_organismes
from beffroi.organismes.queries import est_agent
from formats import dates


class AFaire(NamedTuple):
    """Un geste attendu. `presse` est vrai quand il bloque quelqu'un aujourd'hui."""

    titre: str
    detail: str
    url: str
    geste: str
    quand: str
    presse: bool
    echeance: datetime


def taches_de(personne: Utilisateur, *, le: datetime) -> list[AFaire]:
    """Les clés d'abord préparées, puis les consultations de ses organismes."""
    trouvees = [*cle_a_creer(personne, le=le), *essais_de_cle(personne, le=le)]
    for consultation in de_mes_organismes(personne, le).select_related("organisme"):
        trouvees += tache_de_consultation(consultation, le=le)
    return sorted(trouvees, key=lambda tache: (not tache.presse, tache.echeance))


def cle_a_creer(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    concernee = est_agent(personne, le) or cles.gardien_en_fonction(personne) is not None
    if concernee and not cles.est_prete(cles.identite_en_cours(personne)):
        yield AFaire(
            titre="Préparer votre clé",
            detail="Sans elle, vous ne pourrez pas ouvrir de réponse. Il faut dix minutes et une imprimante.",
            url="/cles/",
            geste="Préparer",
            quand="Une fois pour toutes",
            presse=False,
            echeance=le,
        )


def essais_de_cle(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    attendus = cles.essais_en_attente(personne, le)
    if attendus:
        yield AFaire(
            titre="Essayer votre clé",
            detail="Une consultation attend cet essai pour être publiée.",
            url="/cles/",
            geste="Essayer",
            quand="Dès que possible",
            presse=True,
            echeance=le,
        )


def tache_de_consultation(consultation: Consultation, *, le: datetime) -> Iterator[AFaire]:
    """Ce que l'état et l'heure d'une consultation demandent."""
    limite = consultation.date_limite_remise
    adresse = f"/consultations/{consultation.reference}"
    if consultation.etat == Consultation.Etat.BROUILLON:
        yield AFaire(
            titre="Finir de préparer une consultation",
            detail=consultation.titre,
            url=f"{adresse}/preparer/",
            geste="Continuer",
            quand=f"Réponses attendues le {dates.jour(limite)}" if limite else "Sans date",
            presse=False,
            echeance=limite or le,
        )
    elif consultation.etat in (Consultation.Etat.PUBLIEE, Consultation.Etat.CLOSE) and limite and limite < le:
        yield AFaire(
            titre="Ouvrir les réponses",
            detail=consultation.titre,
            url=f"{adresse}/ouverture/",
            geste="Préparer la séance",
            quand=f"Heure limite passée le {dates.jour(limite)}",
            presse=True,
            echeance=limite,
        )
    elif consultation.etat == Consultation.Etat.EN_OUVERTURE:
        yield AFaire(
            titre="Poursuivre la séance d'ouverture",
            detail=consultation.titre,
            url=f"{adresse}/ouverture/",
            geste="Rejoindre",
            quand="Séance en cours",
            presse=True,
            echeance=limite or le,
        )
