"""Relire les octets gardés : ont-ils encore l'empreinte que leur ligne, prouvée, dit d'eux ?

Hors de l'image de la base (`image.py`) : un gros stockage se relit longtemps, et ce qu'un acte
efface pendant ce temps n'est pas une faute. Un objet qui manque se redemande donc à la base.
"""

from collections.abc import Container, Iterator
from typing import NamedTuple

from django.apps import apps

from beffroi.socle.fondations import prises
from beffroi.socle.fondations.chiffrement import empreinte_du_clair
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.stockage import empreinte_gardee
from beffroi.socle.journal.hors_preuve import objets_hors_preuve
from beffroi.socle.journal.lignes import LigneProuvee
from beffroi.socle.journal.queries import objets_detruits


class Designe(NamedTuple):
    """Un objet, la ligne qui le désigne, et l'empreinte qu'elle en dit."""

    modele: type[LigneProuvee]
    champ: str
    pk: int
    cle: str
    sha256: str


def objets_a_relire() -> list[ObjetGarde]:
    """Un par champ : plusieurs façons de le dire n'en font qu'une lecture."""
    excuses = objets_hors_preuve()
    par_champ = {
        objet.champ: objet
        for objet in prises.lues(lambda un: un.objets_gardes)
        if objet.champ not in excuses and not objet.relu_ailleurs
    }
    return list(par_champ.values())


def fautes_des_objets() -> Iterator[tuple[str, str]]:
    """Ce qui a changé, et où : la table, la ligne, la clé de l'objet."""
    detruits = objets_detruits()
    for objet in objets_a_relire():
        yield from fautes_des_objets_de(objet, detruits=detruits)


def fautes_des_objets_de(
    objet: ObjetGarde, *, detruits: Container[str]
) -> Iterator[tuple[str, str]]:
    """Détruits sous visa, ses octets manquent à bon droit : reste ce que le journal en dit."""
    for un in designes(objet):
        if un.cle in detruits:
            continue
        lue = empreinte_du_clair(un.cle) if objet.clair else empreinte_gardee(un.cle)
        ou = f"{un.modele._meta.db_table}, ligne {un.pk} ({un.cle})"
        if lue and lue != un.sha256:
            yield "les octets gardés ont changé", ou
        elif not lue and est_encore_designe(un):
            yield "les octets gardés ne se lisent plus", ou


def designes(objet: ObjetGarde) -> Iterator[Designe]:
    nom, _, champ = objet.champ.rpartition(".")
    modele = apps.get_model(nom)
    lignes = modele._base_manager.exclude(**{champ: ""}).order_by("pk")
    for pk, cle, sha256 in lignes.values_list(
        "pk", champ, objet.clair or objet.empreinte
    ).iterator():
        # Vide, l'empreinte est d'avant sa colonne, et prouvée telle : la veille tient ces octets.
        if cle and sha256:
            yield Designe(modele, champ, pk, cle, sha256)


def est_encore_designe(un: Designe) -> bool:
    designe: bool = un.modele._base_manager.filter(pk=un.pk, **{un.champ: un.cle}).exists()
    return designe and un.cle not in objets_detruits()
