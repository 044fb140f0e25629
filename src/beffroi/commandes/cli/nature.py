"""Ce qu'un fichier dit être, parmi tout ce que la plateforme remet (docs/verifier.md) :
la première réponse l'emporte.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from beffroi.commandes.cli.attestation import est_une_attestation, verifier_une_attestation
from beffroi.commandes.cli.constats import Constat
from beffroi.commandes.cli.demande import Demande
from beffroi.commandes.cli.fichiers import fichier_lisible
from beffroi.commandes.cli.paquet import est_un_paquet, verifier_un_paquet
from beffroi.commandes.cli.preuve import est_une_preuve, verifier_une_preuve
from beffroi.commandes.cli.recu import RECU, verifier_un_recu
from beffroi.commandes.cli.restitution import est_une_restitution, verifier_une_restitution
from beffroi.garde.restitution import forme
from formats.seda import Archive, PaquetIllisible
from sceau import evidence

Verification = Callable[[Path, Demande], Iterator[Constat]]
PDF = b"%PDF-"
# À ces pièces, on les reconnaît encore quand leur manifeste a été touché : c'est alors un faux.
PIECES_D_UNE_PREUVE = {evidence.MANIFEST, evidence.TOKEN, evidence.ENTRIES}
PIECES_D_UNE_RESTITUTION = {forme.MANIFESTE, forme.JETON, forme.ORGANISME}
INCONNU = (
    "ce n'est rien de ce que la plateforme remet pour preuve : récépissé, dossier de preuve, "
    "attestation, archive de "
    "restitution, paquet d'archives. Vérifiez le fichier choisi"
)
PDF_SEUL = (
    "Un PDF seul ne dit pas s'il a changé. Donnez l'archive (.zip) qui le prouve, et lui avec : "
    "./beffroi verifier preuve.zip --fichiers {nom}"
)


def verification_de(fichier: Path) -> Verification:
    """Une archive qui ne se lit pas est jugée comme un récépissé :
    c'est ce que l'on garde le plus.
    """
    noms = noms_de(fichier)
    if noms is None:
        return verifier_un_recu if est_un_zip(fichier) else verifier_l_inconnu
    if RECU in noms:
        return verifier_un_recu
    if est_une_preuve(fichier) or noms >= PIECES_D_UNE_PREUVE:
        return verifier_une_preuve
    if est_une_restitution(fichier) or noms >= PIECES_D_UNE_RESTITUTION:
        return verifier_une_restitution
    if est_une_attestation(fichier):
        return verifier_une_attestation
    return verifier_un_paquet if est_un_paquet(fichier) else verifier_l_inconnu


def noms_de(fichier: Path) -> set[str] | None:
    """Les noms de l'archive ; rien si elle ne se lit pas."""
    with fichier_lisible(fichier) as flux:
        try:
            return set(Archive(flux).noms)
        except PaquetIllisible:
            return None


def est_un_zip(fichier: Path) -> bool:
    """Une archive coupée commence encore comme une archive."""
    with fichier_lisible(fichier) as flux:
        return flux.read(2) == b"PK"


def verifier_l_inconnu(fichier: Path, _: Demande) -> Iterator[Constat]:
    with fichier_lisible(fichier) as flux:
        est_un_pdf = flux.read(len(PDF)) == PDF
    if est_un_pdf:
        dit = PDF_SEUL.format(nom=fichier.name)
        yield Constat(str(fichier), bon=None, detail="un PDF seul", manque=dit)
    else:
        yield Constat(str(fichier), bon=False, detail=INCONNU, illisible=True)
