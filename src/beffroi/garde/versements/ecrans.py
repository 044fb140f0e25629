"""Ce que les pages des versements montrent, prêt à écrire."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from beffroi.garde.archives import copies
from beffroi.garde.archives.models import Paquet
from beffroi.garde.archives.ports import SuiteDUnPaquet
from beffroi.garde.versements import ports, queries
from beffroi.garde.versements.models import Versement
from beffroi.garde.versements.states import CYCLE, FERMES, Etat
from beffroi.socle.journal.cycles import actes_possibles
from droit.calendrier.heures import PARIS

TONS = {
    Etat.A_ENVOYER: "cours",
    Etat.ENVOYE: "cours",
    Etat.ACCUSE: "cours",
    Etat.ACCEPTE: "ok",
    Etat.REFUSE: "danger",
    Etat.ABANDONNE: "gris",
}


@dataclass(frozen=True)
class Affiche:
    """Un versement, son état, et ce que l'on peut y faire."""

    versement: Versement
    ton: str
    mot: str
    prise_en_charge: str
    actes: frozenset[str]
    ferme: bool
    detruit: bool


def affiche(versement: Versement, *, detruit: bool = False) -> Affiche:
    etat = Etat(versement.etat)
    ton, mot = (
        ("attention", "À relancer")
        if versement.arrete and etat is Etat.A_ENVOYER
        else (TONS[etat], etat.label)
    )
    actes = frozenset(actes_possibles(CYCLE, versement.etat))
    return Affiche(
        versement, ton, str(mot), prise_en_charge(versement), actes, etat in FERMES, detruit
    )


def prise_en_charge(versement: Versement) -> str:
    """« Pris en charge par le service d'archives FRAD062 le 03/03/2027, cote 3 E 118. » ;
    vide tant que ce n'est pas acquis.
    """
    reponse = versement.reponse
    if versement.etat != Etat.ACCEPTE or reponse is None:
        return ""
    jour = (reponse.prise_en_charge_le or reponse.emis_le).astimezone(PARIS)
    qui = reponse.service or settings.ARCHIVES["service"]
    cote = f", cote {reponse.cote}" if reponse.cote else ""
    return f"Pris en charge par le service d'archives {qui} le {jour:%d/%m/%Y}{cote}."


def suites_des_paquets(paquets: Sequence[Paquet]) -> Mapping[int, SuiteDUnPaquet]:
    """Le port `archives.SuitesDesPaquets`."""
    derniers = {un.paquet_id: un for un in _du_plus_ancien(paquets)}
    detruits = copies.detruites(paquet.cle_de_stockage for paquet in paquets)
    versables = [
        un.pk
        for un in paquets
        if un.etat == Paquet.Etat.ETABLI and un.cle_de_stockage not in detruits
    ]
    montres = [paquet for paquet in paquets if paquet.pk in versables or paquet.pk in derniers]
    return {paquet.pk: _suite(paquet, derniers.get(paquet.pk)) for paquet in montres}


def _du_plus_ancien(paquets: Sequence[Paquet]) -> Iterable[Versement]:
    siens = Versement.objects.filter(paquet__in=[paquet.pk for paquet in paquets])
    return siens.select_related("reponse").order_by("demande_le", "pk")


def _suite(paquet: Paquet, versement: Versement | None) -> SuiteDUnPaquet:
    if versement is None:
        return SuiteDUnPaquet(
            adresse=reverse("versements:verser", args=[paquet.reference]), lien="Verser"
        )
    montre = affiche(versement)
    return SuiteDUnPaquet(
        adresse=reverse("versements:versement", args=[versement.reference]),
        lien="Voir le versement",
        ton=montre.ton,
        mot=montre.mot,
        prise_en_charge=montre.prise_en_charge,
    )


def du_paquet(paquet: Paquet) -> dict[str, Any]:
    """La page d'où l'on verse : par quel service, ou par soi-même."""
    service = ports.service_d_archivage()
    return {
        "paquet": paquet,
        "destinataire": settings.ARCHIVES["service"],
        "voie": Versement.Voie(service.voie).label if service else "",
        "telechargeable": paquet.etat == Paquet.Etat.ETABLI and not queries.est_detruit(paquet),
        "precedents": [affiche(un) for un in queries.du_paquet(paquet).select_related("reponse")],
    }
