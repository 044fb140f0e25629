"""Remettre une preuve :
des fichiers, les écritures qui les portent avec leur place au registre, un manifeste horodaté.

N'importe qui la vérifie hors ligne :
`./beffroi verifier preuve.zip` (`sceau.evidence`, SPEC, § 12).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.journal import chainage, releves, releves_jointes, renouvellement
from beffroi.socle.journal.models import Ecriture, JetonQualifie, PointDeControle
from beffroi.socle.journal.queries import (
    histoire,
    jetons_qualifies,
    note_complete,
    tetes_datees,
    tetes_qui_couvrent,
)
from sceau import evidence

MODE_D_EMPLOI = Path(__file__).parent / "verifier.txt"


def archive(
    fichiers: Mapping[str, bytes],
    ecritures: Iterable[Ecriture],
    *,
    lignes: Sequence[evidence.Line] = (),
    reference: str,
    le: datetime,
    tetes: Mapping[int, PointDeControle] | None = None,
) -> bytes:
    """Le zip. `tetes` dit l'état signé où chaque écriture se prouve ;
    sinon, le premier qui la couvre.

    Celui qu'une autorité qualifiée a daté l'emporte, dès qu'il y en a un : son jeton est joint (ADR
    0015). `ServiceIndisponible` si le registre n'en a pas encore signé un qui la couvre.
    """
    voulues = list(ecritures)
    renouvelees = _renouvellements(voulues)
    numeros = [ecriture.numero for ecriture in (*voulues, *renouvelees)]
    sous = {**(tetes_qui_couvrent(numeros) if tetes is None else tetes), **tetes_datees(numeros)}
    if not sous.keys() >= {ecriture.numero for ecriture in voulues}:
        raise ServiceIndisponible(
            "Le registre n'a pas encore signé sa tête : réessayez dans une heure."
        )
    prouvees = [*voulues, *(une for une in renouvelees if une.numero in sous)]
    return evidence.build(
        {
            **fichiers,
            "VERIFIER.txt": MODE_D_EMPLOI.read_text("utf-8").format(reference=reference).encode(),
            **releves_jointes.fichiers(),
            "cles/journal.vkey": releves.cle_de(*(sous[une.numero].note for une in prouvees)),
            "cles/horodatage.pem": chainage.certificat_d_horodatage().encode(),
        },
        list(_prouvees(prouvees, sous)),
        lignes,
        stamp=lambda condense: chainage.autorite_locale().issue(condense, le),
        heads=_jetons_des_tetes(sous[une.numero] for une in prouvees),
    )


def _renouvellements(ecritures: Sequence[Ecriture]) -> list[Ecriture]:
    """Les écritures qui ont renouvelé l'horodatage depuis la plus ancienne de
    celles-ci (RFC 4998, § 5.2).
    """
    if not ecritures:
        return []
    numeros = {ecriture.numero for ecriture in ecritures}
    faits = histoire(renouvellement.SUJET).filter(acte=renouvellement.ACTE, numero__gt=min(numeros))
    return [fait for fait in faits if fait.numero not in numeros]


def _jetons_des_tetes(points: Iterable[PointDeControle]) -> dict[str, bytes]:
    """Chaque tête datée, telle que le registre l'a signée, et son jeton qualifié."""
    notes = {point.taille: point.note for point in points}
    jetons = jetons_qualifies(JetonQualifie.Objet.POINT_DE_CONTROLE, notes)
    return {notes[taille]: jeton for taille, jeton in jetons.items()}


def _prouvees(
    ecritures: Sequence[Ecriture], sous: Mapping[int, PointDeControle]
) -> Iterator[evidence.Entry]:
    numeros = [ecriture.numero for ecriture in ecritures]
    jetons = jetons_qualifies(JetonQualifie.Objet.ECRITURE, numeros)
    preuves = chainage.preuves((numero, note_complete(sous[numero])) for numero in numeros)
    for ecriture, preuve in zip(ecritures, preuves, strict=True):
        yield evidence.Entry(
            ecriture.contenu, bytes(ecriture.jeton), preuve, jetons.get(ecriture.numero)
        )
