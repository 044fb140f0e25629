"""Reprendre une archive venue d'ailleurs : tout vérifier, garder les octets, puis les désigner d'un seul acte."""

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO, cast

from django.db import transaction

from beffroi.journal.acteurs import PLATEFORME
from beffroi.journal.services import journaliser
from beffroi.organismes.models import Organisme
from beffroi.restitution import forme, rules
from beffroi.restitution.lecture import ArchiveRefusee, Controle, Rendue, controler
from beffroi.restitution.models import ConsultationReprise, PieceHorsConsultation, PieceReprise, Reprise
from beffroi.socle.erreurs import exiger
from beffroi.socle.stockage import nouvelle_cle, stockage
from beffroi.socle.verrous import verrou_nomme
from droit.decision import Decision, Motif

VERROU_DES_REPRISES = 0x5245505249  # « REPRI » : une archive ne se reprend pas deux fois au même instant
_MAL_FORME = (ValueError, TypeError, LookupError, AttributeError)


def reprendre(*, flux: BinaryIO, maintenant: datetime) -> Reprise:
    """Refuse une archive altérée, déjà reprise, ou d'un SIREN que l'on connaît autrement : alors rien n'est gardé."""
    rendue = Rendue(flux)
    exiger(_recevable(rendue))
    fautifs = [controle for controle in controler(rendue) if controle.bon is False]
    if fautifs:
        raise ArchiveRefusee(f"Cette archive est altérée : {_dite(fautifs[-1])}. Rien n'a été repris.")
    gardees: dict[str, str] = {}
    try:
        for chemin in _chemins(rendue):
            gardees[chemin] = _garder(rendue, chemin)
        return _inscrire(rendue, gardees, maintenant=maintenant)
    except BaseException:
        for cle in gardees.values():
            stockage().supprimer(cle)
        raise


def _dite(controle: Controle) -> str:
    return f"{controle.quoi} : {controle.detail}"


def _recevable(rendue: Rendue) -> Decision:
    try:
        identite = rendue.manifeste["organisme"]
        siren, siret = identite["siren"], identite["siret"]
        cle = _cle_d_origine(rendue)
    except _MAL_FORME:
        return Decision.selon(Motif("Le manifeste ne dit pas de quel organisme est cette archive."))
    if not (siret.isdigit() and siret.startswith(siren)):
        return Decision.selon(Motif("Le SIRET de cette archive n'est pas de son SIREN."))
    connus = Organisme.objects.filter(siret__startswith=siren)
    reprises = Reprise.objects.filter(siren=siren)
    la = rules.DejaLa(
        manifestes=frozenset(Reprise.objects.filter(manifeste=rendue.sha256).values_list("manifeste", flat=True)),
        cles=frozenset(reprises.values_list("cle_d_origine", flat=True)),
        sirets=frozenset(connus.values_list("siret", flat=True)),
        est_l_exploitant=connus.filter(role=Organisme.Role.EXPLOITANT).exists(),
    )
    return rules.peut_reprendre(manifeste=rendue.sha256, cle=cle, siret=siret, la=la)


def _cle_d_origine(rendue: Rendue) -> str:
    return rendue.lire(forme.CLE_DU_JOURNAL).decode().strip()


def _hors_consultation(rendue: Rendue) -> list[dict[str, Any]]:
    """Une archive d'avant que cela n'y soit n'en dit rien."""
    pieces: list[dict[str, Any]] = rendue.json(forme.ORGANISME).get("pieces", [])
    return pieces


def _chemins(rendue: Rendue) -> Iterator[str]:
    yield from (piece["chemin"] for piece in _hors_consultation(rendue))
    for reference in rendue.manifeste["consultations"]:
        yield from (piece["chemin"] for piece in rendue.json(forme.donnees_de(reference))["pieces"])


def _garder(rendue: Rendue, chemin: str) -> str:
    """Les octets, relus pendant qu'ils se gardent : l'archive n'a pas changé depuis qu'elle a été vérifiée."""
    cle = nouvelle_cle("reprises")
    ecrit = stockage().ecrire(cle, cast(BinaryIO, _Flux(rendue.blocs(chemin))))
    if ecrit.sha256 != rendue.manifeste["fichiers"][chemin]["sha256"]:
        stockage().supprimer(cle)
        raise ArchiveRefusee(f"{chemin} a changé pendant la reprise. Rien n'a été repris.")
    return cle


@transaction.atomic
def _inscrire(rendue: Rendue, gardees: Mapping[str, str], *, maintenant: datetime) -> Reprise:
    verrou_nomme(VERROU_DES_REPRISES)
    exiger(_recevable(rendue))
    manifeste = rendue.manifeste
    reprise = Reprise.objects.create(
        siren=manifeste["organisme"]["siren"],
        siret=manifeste["organisme"]["siret"],
        nom=manifeste["organisme"]["nom"][:200],
        manifeste=rendue.sha256,
        origine=manifeste["adresse"][:200],
        cle_d_origine=_cle_d_origine(rendue),
        restitution=manifeste["reference"][:40],
        etablie_le=datetime.fromisoformat(manifeste["etablie_le"]),
        reprise_le=maintenant,
    )
    for reference in manifeste["consultations"]:
        _consultation(reprise, reference, rendue.json(forme.donnees_de(reference)), gardees)
    PieceHorsConsultation.objects.bulk_create(
        PieceHorsConsultation(reprise=reprise, **_lue(rang, piece, gardees))
        for rang, piece in enumerate(_hors_consultation(rendue), start=1)
    )
    journaliser(
        "reprise.inscrire",
        sujet=reprise.reference,
        par=PLATEFORME,
        le=maintenant,
        donnees={"manifeste": reprise.manifeste, "origine": reprise.origine, "fichiers": len(gardees)},
        organisme=reprise.siret,
    )
    return reprise


def _consultation(reprise: Reprise, reference: str, donnees: dict[str, Any], gardees: Mapping[str, str]) -> None:
    consultation = ConsultationReprise.objects.create(
        reprise=reprise,
        reference=reference,
        titre=donnees["consultation"]["titre"][:200],
        finie=donnees["finie"],
        faits=donnees["consultation"],
    )
    PieceReprise.objects.bulk_create(
        PieceReprise(consultation=consultation, **_lue(rang, piece, gardees))
        for rang, piece in enumerate(donnees["pieces"], start=1)
    )


def _lue(rang: int, piece: Mapping[str, Any], gardees: Mapping[str, str]) -> dict[str, Any]:
    return {
        "rang": rang,
        "titre": piece["titre"][:600],
        "sorte": piece["sorte"][:60],
        "etape": piece["etape"][:40],
        "nom": piece["nom"][:255],
        "le": datetime.fromisoformat(piece["le"]) if piece["le"] else None,
        "taille": piece["taille"],
        "sha256": piece["sha256"],
        "cle_de_stockage": gardees[piece["chemin"]],
    }


class _Flux(io.RawIOBase):
    """Des blocs, lus comme un fichier."""

    def __init__(self, blocs: Iterator[bytes]) -> None:
        self._blocs, self._reste = blocs, b""

    def readable(self) -> bool:
        return True

    def readinto(self, tampon: Any) -> int:
        while not self._reste:
            bloc = next(self._blocs, None)
            if bloc is None:
                return 0
            self._reste = bloc
        nombre = min(len(tampon), len(self._reste))
        tampon[:nombre], self._reste = self._reste[:nombre], self._reste[nombre:]
        return nombre
