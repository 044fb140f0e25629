"""Relire les lignes prouvées :
chaque colonne dit-elle encore ce que le dernier acte qui l'a écrite a engagé ?
"""

import json
from collections.abc import Iterator
from typing import NamedTuple

from beffroi.socle.journal.lignes import LigneProuvee, colonnes_prouvees, empreinte, modeles_prouves
from beffroi.socle.journal.models import Ecriture


class Engagee(NamedTuple):
    """La dernière empreinte engagée d'une colonne, et l'aléa de son écriture."""

    nonce: str
    empreinte: str


# Pour chaque table, chaque ligne, chaque colonne ; rien quand un acte a retiré la ligne.
Retenu = dict[str, dict[str, dict[str, Engagee] | None]]


def retenu_par_le_journal() -> Retenu:
    """Ce que le journal sait des lignes, acte après acte :
    le dernier qui touche une colonne l'emporte.
    """
    retenu: Retenu = {}
    contenus = Ecriture.objects.filter(contenu__contains='"lignes":').order_by("numero")
    for contenu in contenus.values_list("contenu", flat=True).iterator(chunk_size=500):
        ecriture = json.loads(contenu)
        for table, lignes in ecriture.get("lignes", {}).items():
            connues = retenu.setdefault(table, {})
            for cle, colonnes in lignes.items():
                if colonnes is None:
                    connues[cle] = None
                    continue
                engagees = {
                    colonne: Engagee(ecriture["nonce"], valeur)
                    for colonne, valeur in colonnes.items()
                }
                connues[cle] = {**(connues.get(cle) or {}), **engagees}
    return retenu


def fautes_des_lignes() -> Iterator[tuple[str, str]]:
    """Ce qui a changé sans acte, et où : la table, la ligne, la colonne."""
    retenu = retenu_par_le_journal()
    for modele in modeles_prouves():
        yield from fautes_de_la_table(modele, retenu.get(modele._meta.db_table, {}))


def fautes_de_la_table(
    modele: type[LigneProuvee], connues: dict[str, dict[str, Engagee] | None]
) -> Iterator[tuple[str, str]]:
    table, presentes = modele._meta.db_table, set()
    for ligne in modele._base_manager.order_by("pk").iterator(chunk_size=500):
        presentes.add(str(ligne.pk))
        for faute in fautes_de_la_ligne(ligne, connues.get(str(ligne.pk))):
            yield faute, f"{table}, {nom_de(ligne)}"
    for cle, colonnes in connues.items():
        if colonnes is not None and cle not in presentes:
            yield "une ligne a été effacée sans acte", f"{table}, ligne {cle}"


def fautes_de_la_ligne(ligne: LigneProuvee, engagees: dict[str, Engagee] | None) -> Iterator[str]:
    if engagees is None:
        yield "cette ligne n'est pas au journal"
        return
    for colonne in sorted(colonnes_prouvees(type(ligne))):
        engagee = engagees.get(colonne)
        if engagee is None:
            # Une colonne née après la ligne :
            # tant qu'aucun acte ne l'écrit, elle a sa valeur de naissance.
            champ = next(champ for champ in ligne._meta.concrete_fields if champ.attname == colonne)
            if getattr(ligne, colonne) != champ.get_default():
                yield f"« {colonne} » n'est pas au journal"
        elif empreinte(ligne, colonne, engagee.nonce) != engagee.empreinte:
            yield f"« {colonne} » diffère du journal"


def nom_de(ligne: LigneProuvee) -> str:
    """Sa référence si elle en a une, sa clé sinon : de quoi la retrouver."""
    return f"{getattr(ligne, 'reference', '') or 'ligne'} ({ligne.pk})"
