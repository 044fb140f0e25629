"""Remettre une preuve : des fichiers, les écritures qui les portent avec leur place au registre, un manifeste horodaté.

N'importe qui la vérifie hors ligne : `./beffroi verifier preuve.zip` (`sceau.evidence`, SPEC, § 12).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from beffroi.journal import chainage
from beffroi.journal.models import Ecriture, PointDeControle
from beffroi.journal.queries import note_complete, tete_qui_couvre
from beffroi.socle.erreurs import ServiceIndisponible
from sceau import evidence

MODE_D_EMPLOI = Path(__file__).parent / "verifier.txt"


def archive(
    fichiers: Mapping[str, bytes],
    ecritures: Iterable[Ecriture],
    *,
    lignes: Sequence[evidence.Line] = (),
    reference: str,
    le: datetime,
    tete: Callable[[int], PointDeControle | None] = tete_qui_couvre,
) -> bytes:
    """Le zip. `tete` choisit l'état signé où chaque écriture se prouve.

    `ServiceIndisponible` si le registre n'en a pas encore signé un qui la couvre.
    """
    return evidence.build(
        {
            **fichiers,
            "VERIFIER.txt": MODE_D_EMPLOI.read_text("utf-8").format(reference=reference).encode(),
            "cles/journal.vkey": f"{chainage.signataire().vkey}\n".encode(),
            "cles/horodatage.pem": chainage.certificat_d_horodatage().encode(),
        },
        [_prouvee(ecriture, tete(ecriture.numero)) for ecriture in ecritures],
        lignes,
        stamp=lambda condense: chainage.autorite_locale().issue(condense, le),
    )


def _prouvee(ecriture: Ecriture, point: PointDeControle | None) -> evidence.Entry:
    if point is None:
        raise ServiceIndisponible("Le registre n'a pas encore signé sa tête : réessayez dans une heure.")
    preuve = chainage.preuve(ecriture.numero, note_complete(point))
    return evidence.Entry(ecriture.contenu, bytes(ecriture.jeton), preuve)
