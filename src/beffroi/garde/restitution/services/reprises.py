"""Reprendre une archive venue d'ailleurs :
tout vérifier, garder les octets, puis les désigner d'un seul acte.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any, BinaryIO, cast

from django.db import transaction

from beffroi.garde.restitution import forme, rules
from beffroi.garde.restitution.lecture import (
    ArchiveRefusee,
    Controle,
    Rendue,
    apportees,
    cle_d_origine,
    controler,
    mene_a_cette_archive,
    pieces_de_l_apportee,
)
from beffroi.garde.restitution.models import (
    ConsultationReprise,
    PieceHorsConsultation,
    PieceReprise,
    Reprise,
)
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrou_nomme
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import journaliser
from droit.decision import Decision, Motif
from sceau import SealError

VERROU_DES_REPRISES = (
    0x5245505249  # « REPRI » : une archive ne se reprend pas deux fois au même instant
)
_MAL_FORME = (ValueError, TypeError, LookupError, AttributeError)


def reprendre(*, flux: BinaryIO, maintenant: datetime) -> Reprise:
    """Refuse une archive altérée, déjà reprise, ou d'un SIREN que l'on connaît
    autrement : alors rien n'est gardé.
    """
    rendue = Rendue(flux)
    exiger(_recevable(rendue))
    fautifs = [controle for controle in controler(rendue) if controle.bon is False]
    if fautifs:
        raise ArchiveRefusee(
            f"Cette archive est altérée : {_dite(fautifs[-1])}. Rien n'a été repris."
        )
    gardees: dict[str, str] = {}
    try:
        for piece in _pieces(rendue):
            gardees[piece["chemin"]] = _garder(rendue, piece)
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
        cle = cle_d_origine(rendue)
        venues = [(dite["siret"], dite["manifeste"]) for dite in apportees(rendue)]
    except _MAL_FORME:
        return Decision.selon(Motif("Le manifeste ne dit pas de quel organisme est cette archive."))
    if not (siret.isdigit() and siret.startswith(siren)):
        return Decision.selon(Motif("Le SIRET de cette archive n'est pas de son SIREN."))
    connus = Organisme.objects.filter(siret__startswith=siren)
    # Une archive d'ailleurs que celle-ci emporte n'en contredit pas l'origine.
    reprises = Reprise.objects.filter(siren=siren, avec=None).exclude(
        manifeste__in=[venu for _, venu in venues]
    )
    la = rules.DejaLa(
        manifestes=frozenset(
            Reprise.objects.filter(manifeste=rendue.sha256).values_list("manifeste", flat=True)
        ),
        cles=frozenset(
            connue
            for connue in reprises.values_list("cle_d_origine", flat=True).distinct()
            if not _a_passe_la_main(connue, rendue)
        ),
        sirets=frozenset(connus.values_list("siret", flat=True)),
        est_l_exploitant=connus.filter(role=Organisme.Role.EXPLOITANT).exists(),
    )
    apportes = [apporte for apporte, _ in venues]
    return rules.peut_reprendre(
        manifeste=rendue.sha256, cle=cle, siret=siret, la=la, apportes=apportes
    )


def _a_passe_la_main(connue: str, rendue: Rendue) -> bool:
    try:
        return mene_a_cette_archive(connue, rendue)
    except (SealError, *_MAL_FORME):
        return False


def _hors_consultation(rendue: Rendue) -> list[dict[str, Any]]:
    """Une archive d'avant que cela n'y soit n'en dit rien."""
    pieces: list[dict[str, Any]] = rendue.json(forme.ORGANISME).get("pieces", [])
    return [*pieces, *_preuves_d_origine(rendue)]


def _preuves_d_origine(rendue: Rendue) -> Iterator[dict[str, Any]]:
    """Ce qui prouve l'archive elle-même :
    elle se contrôle encore quand elle repart avec l'organisme.
    """
    preuves = [
        (forme.MANIFESTE, "Manifeste de l'archive d'origine", rendue.octets_du_manifeste),
        (forme.JETON, "Jeton d'horodatage de ce manifeste", rendue.lire(forme.JETON)),
        (forme.AUTORITE, "Certificat de l'autorité d'horodatage", rendue.lire(forme.AUTORITE)),
    ]
    if forme.RELEVES in rendue.archive.noms:
        preuves.append((forme.RELEVES, "Relèves de la clé du registre", rendue.lire(forme.RELEVES)))
    for chemin, titre, octets in preuves:
        yield {
            "chemin": chemin,
            "titre": titre,
            "sorte": forme.PREUVES,
            "etape": forme.ORIGINE,
            "nom": PurePath(chemin).name,
            "le": rendue.manifeste["etablie_le"],
            "taille": len(octets),
            "sha256": hashlib.sha256(octets).hexdigest(),
        }


def _a_reprendre(rendue: Rendue) -> list[dict[str, Any]]:
    """Ce que l'archive emporte d'ailleurs, sauf ce qui est déjà repris ici."""
    connus = set(
        Reprise.objects.filter(siret=rendue.manifeste["organisme"]["siret"]).values_list(
            "manifeste", flat=True
        )
    )
    neuves = {
        dite["manifeste"]: dite for dite in apportees(rendue) if dite["manifeste"] not in connus
    }
    return list(neuves.values())


def _pieces(rendue: Rendue) -> Iterator[dict[str, Any]]:
    yield from _hors_consultation(rendue)
    for reference in rendue.manifeste["consultations"]:
        yield from rendue.json(forme.donnees_de(reference))["pieces"]
    for dite in _a_reprendre(rendue):
        yield from pieces_de_l_apportee(dite)


def _garder(rendue: Rendue, piece: Mapping[str, Any]) -> str:
    """Les octets, relus pendant qu'ils se gardent :
    l'archive n'a pas changé depuis qu'elle a été vérifiée.
    """
    cle, chemin = nouvelle_cle("reprises"), piece["chemin"]
    ecrit = stockage().ecrire(cle, cast(BinaryIO, _Flux(rendue.blocs(chemin))))
    attendu = rendue.manifeste["fichiers"].get(chemin, piece)["sha256"]
    if ecrit.sha256 != attendu:
        stockage().supprimer(cle)
        raise ArchiveRefusee(f"{chemin} a changé pendant la reprise. Rien n'a été repris.")
    return cle


@transaction.atomic
def _inscrire(rendue: Rendue, gardees: Mapping[str, str], *, maintenant: datetime) -> Reprise:
    verrou_nomme(VERROU_DES_REPRISES)
    exiger(_recevable(rendue))
    manifeste = rendue.manifeste
    reprise = Reprise(
        siren=manifeste["organisme"]["siren"],
        siret=manifeste["organisme"]["siret"],
        nom=manifeste["organisme"]["nom"][:200],
        manifeste=rendue.sha256,
        origine=manifeste["adresse"][:200],
        cle_d_origine=cle_d_origine(rendue),
        restitution=manifeste["reference"][:40],
        etablie_le=datetime.fromisoformat(manifeste["etablie_le"]),
        reprise_le=maintenant,
    )
    donnees = (
        {"reference": ref, **rendue.json(forme.donnees_de(ref))}
        for ref in manifeste["consultations"]
    )
    _tenir(reprise, _hors_consultation(rendue), donnees, gardees)
    for dite in _a_reprendre(rendue):
        _tenir(_apportee(dite, avec=reprise), dite["pieces"], dite["consultations"], gardees)
    return reprise


def _apportee(dite: Mapping[str, Any], *, avec: Reprise) -> Reprise:
    """Telle qu'elle était sur la plateforme qui l'avait reprise :
    même origine, même clé, même manifeste.
    """
    return Reprise(
        siren=avec.siren,
        siret=avec.siret,
        nom=dite["nom"][:200],
        manifeste=dite["manifeste"],
        origine=dite["origine"][:200],
        cle_d_origine=dite["cle_d_origine"],
        restitution=dite["restitution"][:40],
        etablie_le=datetime.fromisoformat(dite["etablie_le"]),
        reprise_le=avec.reprise_le,
        avec=avec,
    )


def _tenir(
    reprise: Reprise,
    pieces: Iterable[Mapping[str, Any]],
    consultations: Iterable[Mapping[str, Any]],
    gardees: Mapping[str, str],
) -> None:
    reprise.save()
    seules = [_lue(rang, piece, gardees) for rang, piece in enumerate(pieces, start=1)]
    PieceHorsConsultation.objects.bulk_create(
        PieceHorsConsultation(reprise=reprise, **lue) for lue in seules
    )
    nombre = len(seules) + sum(
        _consultation(reprise, donnees, gardees) for donnees in consultations
    )
    journaliser(
        "reprise.inscrire",
        sujet=reprise.reference,
        par=PLATEFORME,
        le=reprise.reprise_le,
        donnees={"manifeste": reprise.manifeste, "origine": reprise.origine, "fichiers": nombre},
        organisme=reprise.siret,
    )


def _consultation(reprise: Reprise, donnees: Mapping[str, Any], gardees: Mapping[str, str]) -> int:
    consultation = ConsultationReprise.objects.create(
        reprise=reprise,
        reference=donnees["reference"],
        titre=donnees["consultation"]["titre"][:200],
        finie=donnees["finie"],
        faits=donnees["consultation"],
    )
    lues = [_lue(rang, piece, gardees) for rang, piece in enumerate(donnees["pieces"], start=1)]
    PieceReprise.objects.bulk_create(PieceReprise(consultation=consultation, **lue) for lue in lues)
    return len(lues)


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
