"""Ce qui se garde, combien, jusqu'à quand, et quand le rappeler."""

from datetime import date, timedelta
from pathlib import PurePosixPath

from beffroi.socle.guichet.limites import OCTETS_PAR_PIECE
from droit.calendrier.jours import mois_apres
from droit.decision import Decision, Motif
from formats import tailles

OCTETS_PAR_ETABLISSEMENT = 200_000_000
FICHIERS_PAR_ETABLISSEMENT = 200
# Du plus lointain au plus proche : le jour où l'on écrit, avant le dernier jour de validité.
RAPPELS = (timedelta(days=30), timedelta(days=7))
BIENTOT = max(RAPPELS)

_PROGRAMMES = frozenset(
    ".exe .com .scr .bat .cmd .msi .dll .sys .cpl .js .jse .vbs .vbe .wsf .hta .ps1 .jar .app "
    ".sh .run .bin .elf "
    ".lnk .pif .reg .apk .deb .rpm".split()
)
# « MZ » de Windows, ELF, les Mach-O d'Apple, et le « #! » d'un script.
_DEBUTS_DE_PROGRAMME = (
    b"MZ",
    b"\x7fELF",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
)
_DEBUT_LU = max(len(debut) for debut in _DEBUTS_DE_PROGRAMME)


def est_un_programme(*, nom: str, debut: bytes) -> bool:
    """Ce qui s'exécute, par son nom ou par ses premiers octets :
    renommer un programme n'en fait pas un PDF.
    """
    return PurePosixPath(nom.lower()).suffix in _PROGRAMMES or debut.startswith(
        _DEBUTS_DE_PROGRAMME
    )


def fichier_recevable(*, nom: str, taille: int, debut: bytes) -> Decision:
    """Un fichier a un contenu, reste sous la limite annoncée, et n'est pas un programme."""
    return Decision.selon(
        Motif("Ce fichier est vide. Choisissez le bon fichier.") if taille == 0 else None,
        Motif(
            f"Ce fichier fait {tailles.humaniser(taille)}. "
            f"La limite est de {tailles.humaniser(OCTETS_PAR_PIECE)} par fichier."
        )
        if taille > OCTETS_PAR_PIECE
        else None,
        Motif(
            f"« {nom} » est un programme, et cet espace n'en garde pas. Choisissez un PDF, "
            "une image ou un document."
        )
        if est_un_programme(nom=nom, debut=debut)
        else None,
    )


def octets_recevables(*, nom: str, octets: bytes) -> Decision:
    """Les mêmes règles, sur un fichier déjà lu."""
    return fichier_recevable(nom=nom, taille=len(octets), debut=octets[:_DEBUT_LU])


def place_suffisante(*, octets: int, gardes: int, fichiers: int) -> Decision:
    """Chaque établissement a la même place, anciennes versions comprises."""
    reste = max(0, OCTETS_PAR_ETABLISSEMENT - gardes)
    return Decision.selon(
        Motif(
            f"Il vous reste {tailles.humaniser(reste)} sur "
            f"{tailles.humaniser(OCTETS_PAR_ETABLISSEMENT)}, et ce fichier "
            f"fait {tailles.humaniser(octets)}. Supprimez une pièce ou d'anciennes versions."
        )
        if octets > reste
        else None,
        Motif(
            f"Vous gardez déjà {FICHIERS_PAR_ETABLISSEMENT} fichiers, "
            "anciennes versions comprises : c'est la limite. "
            "Supprimez-en."
        )
        if fichiers >= FICHIERS_PAR_ETABLISSEMENT
        else None,
    )


def dates_qui_se_suivent(
    *, datee_du: date | None, valable_jusqu_au: date | None, aujourd_hui: date
) -> Decision:
    """Une pièce n'est pas datée de demain, et ne finit pas avant d'avoir commencé."""
    a_l_envers = (
        datee_du is not None and valable_jusqu_au is not None and valable_jusqu_au < datee_du
    )
    return Decision.selon(
        Motif("Cette date est à venir. Recopiez celle qui est écrite sur le document.")
        if datee_du is not None and datee_du > aujourd_hui
        else None,
        Motif("La fin de validité vient avant la date du document. Corrigez l'une ou l'autre.")
        if a_l_envers
        else None,
    )


def fin_selon_l_age(datee_du: date, *, mois: int) -> date:
    """Le dernier jour où un document date « de moins de » tant de mois (CT, art. D. 8222-5)."""
    return mois_apres(datee_du, mois) - timedelta(days=1)


def est_expiree(fin: date | None, *, le: date) -> bool:
    """Le dernier jour de validité compte encore."""
    return fin is not None and le > fin


def expire_bientot(fin: date | None, *, le: date) -> bool:
    return fin is not None and le <= fin <= le + BIENTOT


def rappel_du(*, fin: date, ajoutee_le: date, le: date, dernier: int | None) -> int | None:
    """Le rappel à écrire aujourd'hui, en jours avant la fin ;
    rien s'il est écrit, ou si la pièce est plus récente que lui.

    Qui ajoute une pièce valable dix jours le sait :
    le rappel des trente jours n'a rien à lui apprendre.
    """
    if le > fin:
        return None
    passes = [seuil.days for seuil in RAPPELS if fin - seuil <= le and ajoutee_le <= fin - seuil]
    if not passes or (dernier is not None and dernier <= min(passes)):
        return None
    return min(passes)
