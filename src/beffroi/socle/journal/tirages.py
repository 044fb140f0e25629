"""Un registre tiré en trois formats, dont les octets sont gardés et les empreintes au journal :
c'est lui qui se télécharge.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypedDict

from django.db import models
from django.http import Http404, HttpResponse

from beffroi.socle.fondations.stockage import empreinte_gardee, nouvelle_cle, stockage
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from beffroi.socle.journal.chainage import instant
from beffroi.socle.journal.lignes import LigneProuvee
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.queries import donnees_inscrites

EXTENSIONS = ("ods", "csv", "pdf")


class Document(TypedDict):
    cle: str
    taille: int
    sha256: str


@dataclass(frozen=True)
class ASceller:
    """Un registre composé :
    l'acte du journal, ce que l'on y compte, et les octets de chaque format.
    """

    acte: str
    compte: str
    nombre: int
    octets: Mapping[str, bytes]


class Tirage(LigneProuvee):
    """Un tirage : ses trois fichiers, gardés tels quels, et leurs empreintes au journal.

    `documents` : pour chaque format, la clé de stockage, la taille et le SHA-256.
    """

    numero = models.PositiveIntegerField(default=1)
    sha256 = models.CharField(max_length=64)
    nombre = models.PositiveIntegerField()
    documents = models.JSONField(default=dict, blank=True)
    scelle_le = models.DateTimeField()
    ecriture = models.PositiveBigIntegerField()

    class Meta:
        abstract = True

    @property
    def sujet_du_journal(self) -> str:
        """Ce dont c'est le registre : chaque tirage désigne sa consultation."""
        return str(self.consultation.reference)  # type: ignore[attr-defined]


def a_change(tirage: Tirage, csv: bytes) -> bool:
    """Le registre d'aujourd'hui n'est plus celui de ce tirage,
    ou ses octets n'avaient pas été gardés.
    """
    return not tirage.documents or tirage.sha256 != hashlib.sha256(csv).hexdigest()


def garder(octets: bytes) -> Document:
    cle = nouvelle_cle("registres")
    ecrit = stockage().ecrire(cle, io.BytesIO(octets))
    return {"cle": cle, "taille": ecrit.taille, "sha256": hashlib.sha256(octets).hexdigest()}


def empreinte_de(document: Document) -> dict[str, str | int]:
    """Ce que le journal retient d'un fichier : pas où il est rangé."""
    return {"taille": document["taille"], "sha256": document["sha256"]}


def en_piece_jointe(tirage: Tirage, extension: str, *, nom: str) -> HttpResponse:
    """Les octets du tirage, tels qu'il les a scellés."""
    if extension not in EXTENSIONS:
        raise Http404
    with stockage().lire(tirage.documents[extension]["cle"]) as flux:
        return rendre_un_fichier(flux.read(), f"{nom}.{extension}")


def fautes_du_tirage(tirage: Tirage, *, sujet: str, compte: str) -> Iterator[str]:
    """La base, le journal et les octets gardés disent-ils la même chose ?"""
    inscrites = donnees_inscrites(tirage.ecriture, sujet=sujet)
    if "documents" not in inscrites:
        # Un tirage d'avant : le journal n'a retenu que le CSV, et ses octets n'ont pas été gardés.
        dit: tuple[object, ...] = (1, inscrites.get("sha256_du_csv"), inscrites.get(compte), {})
    else:
        documents = inscrites["documents"]
        assert isinstance(documents, dict)
        dit = (inscrites["tirage"], documents["csv"]["sha256"], inscrites[compte], documents)
    retenus = {
        extension: empreinte_de(document) for extension, document in tirage.documents.items()
    }
    if dit != (tirage.numero, tirage.sha256, tirage.nombre, retenus):
        yield f"le tirage {tirage.numero} n'est plus celui que le journal a retenu"
    ecriture = Ecriture.objects.filter(numero=tirage.ecriture).first()
    if ecriture is None or instant(ecriture.le) != instant(tirage.scelle_le):
        yield f"l'heure du tirage {tirage.numero} n'est pas celle du journal"
    for extension, document in tirage.documents.items():
        if empreinte_gardee(document["cle"]) != document["sha256"]:
            yield f"le fichier {extension} du tirage {tirage.numero} a changé"
