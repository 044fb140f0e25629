"""Une commune, son administratrice, un paquet établi ;
un service d'archives que l'on fait parler.
"""

import hashlib
import io
from datetime import UTC, datetime, timedelta
from typing import Any

from beffroi.centre.interventions.tests.theatre import agent, en_service
from beffroi.garde.archives.models import Paquet
from beffroi.garde.versements.models import Versement
from beffroi.garde.versements.ports import Transfert
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage

LE = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
PLUS_TARD = LE + timedelta(minutes=11)
OCTETS = b"PK\x03\x04 un paquet" * 1000


def administratrice(organisme: Organisme) -> Utilisateur:
    return Utilisateur.objects.get(habilitations__organisme=organisme, nom="Martine Caron")


def paquet(organisme: Organisme | None = None, **champs: Any) -> Paquet:
    """Un paquet établi, dont les octets sont gardés."""
    organisme = organisme or Organisme.objects.filter(role="acheteur").first() or en_service()
    martine = administratrice(organisme)
    consultation = champs.pop("consultation", None) or factories.consultation(
        organisme_=organisme, etat="attribuee"
    )
    cle = nouvelle_cle("archives")
    stockage().ecrire(cle, io.BytesIO(OCTETS))
    etabli = {
        "etat": "etabli",
        "fini_le": LE,
        "cle_de_stockage": cle,
        "taille": len(OCTETS),
        "sha256": hashlib.sha256(OCTETS).hexdigest(),
    }
    return Paquet.objects.create(
        consultation=consultation, demande_par=martine, **{"demande_le": LE, **etabli, **champs}
    )


def lectrice(organisme: Organisme) -> Utilisateur:
    return agent(organisme, "Yvette Cordier", "lecteur")


class FauxService:
    """Garde ce qu'on lui dépose, par clé ; `aussitot`, `ensuite` : ce qu'il dira ;
    `erreurs` viennent d'abord.
    """

    def __init__(self, voie: str = "http") -> None:
        self.voie = voie
        self.recus: list[tuple[str, str]] = []
        self.octets: dict[str, bytes] = {}
        self.aussitot: bytes | None = None
        self.ensuite: list[bytes] = []
        self.erreurs: list[Exception] = []

    def deposer(self, transfert: Transfert, *, maintenant: datetime) -> bytes | None:
        if self.erreurs:
            raise self.erreurs.pop(0)
        self.octets[transfert.cle] = b"".join(transfert.blocs())
        self.recus.append((transfert.identifiant, transfert.cle))
        return self.aussitot

    def reponses(self, identifiant: str) -> list[bytes]:
        if self.erreurs:
            raise self.erreurs.pop(0)
        return self.ensuite


def relu(versement: Versement) -> Versement:
    return Versement.objects.select_related("paquet", "accuse", "reponse").get(pk=versement.pk)
