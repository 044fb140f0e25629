"""Les objets gardés, lus champ par champ :
aucun ne se garde sans qu'un champ le désigne, aucun ne se perd sans un nom.
"""

import hashlib
from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.db.models import JSONField, Model, QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.garde.archives import ports
from beffroi.garde.archives.copies import copie
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.journal.queries import objets_detruits
from formats.versement import Piece

PARTS = 30


def part_de(cle: str) -> int:
    """À quelle nuit du mois revient cet objet : son nom le dit, les parts se valent."""
    return int(hashlib.sha256(cle.encode()).hexdigest()[:8], 16) % PARTS


def designes(
    champ: ObjetGarde, parts: Collection[int], *, consultations: QuerySet[Consultation]
) -> Iterator[tuple[str, Piece]]:
    """Ceux que ce champ désigne dans ces parts, lus d'un trait :
    un fichier lent à relire ne tient pas la base.
    """
    modele, nom = _modele(champ)
    lignes = modele._base_manager.filter(**champ.seulement)
    if champ.consultation:
        lignes = lignes.filter(**{f"{champ.consultation}__in": consultations})
    empreinte = "" if _est_json(modele, nom) else champ.empreinte
    colonnes = lignes.values_list(nom, empreinte or "pk", champ.reference, _consultation_de(champ))
    retenus = []
    for valeur, dite, reference, ou in colonnes.iterator():
        for cle, sha256 in _objets(valeur, dite if empreinte else ""):
            if cle and part_de(cle) in parts:
                titre = f"{champ.dit} {reference}"
                retenus.append(
                    (
                        ou if champ.consultation else "",
                        copie(titre, titre, cle=cle, sha256=sha256, taille=None),
                    )
                )
    yield from retenus


def est_designee(cle: str) -> bool:
    """Encore gardée : pendant une nuit de relecture,
    un brouillon s'efface, une archive se refait, un visa détruit.
    """
    if cle in objets_detruits():
        return False
    for champ in ports.objets_a_relire():
        modele, nom = _modele(champ)
        if _est_json(modele, nom):
            valeurs = modele._base_manager.values_list(nom, flat=True).iterator()
            if any(cle == gardee for valeur in valeurs for gardee, _ in _objets(valeur, "")):
                return True
        elif modele._base_manager.filter(**{nom: cle}).exists():
            return True
    return False


def _modele(champ: ObjetGarde) -> tuple[type[Model], str]:
    modele, _, nom = champ.champ.rpartition(".")
    return apps.get_model(modele), nom


def _est_json(modele: type[Model], nom: str) -> bool:
    return isinstance(modele._meta.get_field(nom), JSONField)


def _consultation_de(champ: ObjetGarde) -> str:
    """Le chemin de sa référence ; une consultation est à elle-même la sienne."""
    if not champ.consultation or champ.consultation == "pk":
        return "reference" if champ.consultation else "pk"
    return f"{champ.consultation}__reference"


def _objets(valeur: Any, empreinte: str) -> Iterator[tuple[str, str]]:
    """Un champ JSON porte un document, ou un par forme ; tout autre champ, une clé."""
    if not isinstance(valeur, dict):
        yield valeur, empreinte
    elif "cle" in valeur:
        yield valeur["cle"], valeur.get("sha256", "")
    else:
        for document in valeur.values():
            yield from _objets(document, empreinte)
