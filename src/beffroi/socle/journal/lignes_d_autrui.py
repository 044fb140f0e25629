"""Les lignes d'autrui : celles d'une bibliothèque, que le journal prouve comme les nôtres.

Un tel modèle n'hérite pas de `LigneProuvee` : ses écritures une à une se marquent par les signaux
de Django, celles en nombre par le gestionnaire qu'on lui donne ici.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save, pre_save

from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.journal.lignes import (
    GestionnaireDeLignes,
    LigneProuvee,
    PartProuvee,
    colonnes_prouvees,
    marquer,
    part_prouvee,
)

LIEN = "lignes d'autrui"
INCHANGEES = "_parts_inchangees"


def prouver(
    modele: Any,
    *,
    hors_preuve: Mapping[str, HorsPreuve] = MappingProxyType({}),
    parts: Mapping[str, PartProuvee] = MappingProxyType({}),
) -> None:
    """Au démarrage : toute écriture de ce modèle s'engage au journal, et se relit."""
    modele.HORS_PREUVE, modele.PARTS_PROUVEES = dict(hors_preuve), dict(parts)
    modele.REPRISES = LigneProuvee.REPRISES
    _compter_les_ecritures_en_nombre(modele)
    if parts:
        pre_save.connect(_noter_ce_qui_ne_change_pas, sender=modele, dispatch_uid=LIEN)
    post_save.connect(_ecrite, sender=modele, dispatch_uid=LIEN)
    post_delete.connect(_effacee, sender=modele, dispatch_uid=LIEN)


def _compter_les_ecritures_en_nombre(modele: Any) -> None:
    """Son gestionnaire garde ses méthodes, et marque ce qu'il écrit."""
    sien = type(modele._default_manager)
    if issubclass(sien, GestionnaireDeLignes):
        return
    prouve = type(sien.__name__, (GestionnaireDeLignes, sien), {})()
    modele._meta.local_managers.clear()
    prouve.contribute_to_class(modele, "objects")


def _noter_ce_qui_ne_change_pas(sender: type[LigneProuvee], *, instance: Any, **_: Any) -> None:
    """Un code qui sert, une date d'usage changent la colonne, et rien de ce qui prouve."""
    avant = sender._base_manager.filter(pk=instance.pk).first() if instance.pk else None
    inchangees = {
        colonne
        for colonne in instance.PARTS_PROUVEES
        if avant and part_prouvee(avant, colonne) == part_prouvee(instance, colonne)
    }
    setattr(instance, INCHANGEES, inchangees)


def _ecrite(sender: Any, *, instance: Any, update_fields: Any = None, **_: Any) -> None:
    colonnes = colonnes_prouvees(sender, update_fields) - getattr(instance, INCHANGEES, set())
    marquer(sender, (instance.pk,), colonnes)


def _effacee(sender: Any, *, instance: models.Model, **_: Any) -> None:
    marquer(sender, (instance.pk,), colonnes_prouvees(sender))
