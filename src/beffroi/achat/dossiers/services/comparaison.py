"""Ce qui se lit de différent d'un document à celui qui le remplace,
quand tous deux ont un texte.
"""

from pathlib import PurePosixPath

from django.tasks import task

from beffroi.achat.dossiers.models import ModificationDuDossier
from beffroi.socle.fondations.stockage import stockage
from formats.comparaison import differences
from formats.lecture import DocumentIllisible, lire_document

LISIBLES = frozenset({".pdf", ".docx", ".odt"})
OCTETS_COMPARES = 20_000_000
PASSAGES_GARDES = 80
CARACTERES_D_UN_PASSAGE = 600


@task()
def comparer_les_textes_de(reference: str) -> None:
    """Lit les deux documents dans l'enclos et garde les passages qui changent ;
    sinon, dit pourquoi il n'y en a pas.
    """
    modification = (
        ModificationDuDossier.objects.select_related("ancienne").filter(reference=reference).first()
    )
    if modification is None or modification.ancienne is None:
        return
    ancienne = modification.ancienne
    try:
        passages, phrase = _comparer(
            _paragraphes(ancienne.nom, ancienne.cle_de_stockage, ancienne.taille),
            _paragraphes(modification.nom, modification.cle_de_stockage, modification.taille),
        )
    except DocumentIllisible as refus:
        passages, phrase = [], f"Les deux textes n'ont pas pu être comparés. {refus.phrase}"
    ModificationDuDossier.objects.filter(pk=modification.pk).update(
        passages=passages, lecture=phrase[:300]
    )


def _paragraphes(nom: str, cle: str, taille: int) -> list[str] | None:
    """Le texte du document, ou rien s'il n'est pas de ceux qui se lisent,
    ou s'il est trop gros pour l'être ici.
    """
    if PurePosixPath(nom).suffix.lower() not in LISIBLES or taille > OCTETS_COMPARES:
        return None
    with stockage().lire(cle) as flux:
        return [paragraphe.texte for paragraphe in lire_document(flux.read(), nom).paragraphes]


def _comparer(avant: list[str] | None, apres: list[str] | None) -> tuple[list[dict[str, str]], str]:
    if avant is None or apres is None:
        return (
            [],
            (
                "Seuls les documents PDF, DOCX et ODT de moins de 20 Mo se comparent "
                "passage par passage."
            ),
        )
    changes = [passage for passage in differences(avant, apres) if passage.signe != "="]
    if not changes:
        return (
            [],
            "Le texte lu est le même. La mise en page, une image ou un tableau peuvent différer.",
        )
    gardes = [
        {"signe": passage.signe, "texte": passage.texte[:CARACTERES_D_UN_PASSAGE]}
        for passage in changes[:PASSAGES_GARDES]
    ]
    reste = len(changes) - len(gardes)
    suite = f" Les {reste} suivants ne sont pas montrés." if reste else ""
    accord = "passages changent" if len(changes) > 1 else "passage change"
    return gardes, f"{len(changes)} {accord}.{suite}"
