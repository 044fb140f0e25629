"""Toutes les façons de changer la base que l'on sait nommer : tirées des modèles, jamais écrites.

Chacune se fait, se relit par la part de la relecture qui regarde cette table, et se défait.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from beffroi.socle.fondations import prises
from beffroi.socle.journal import hors_preuve
from beffroi.socle.journal.lignes import est_prouve
from beffroi.socle.journal.relecture_des_lignes import Retenu, fautes_de_la_table
from beffroi.socle.journal.verification import jusqu_au_bout, relire_tout
from tests.preuves.faussaire import PERSONNE, ordonner, valeur_falsifiee

Champ = Any  # celui de Django, dont le type demande deux paramètres

PLUS_LOIN = 1_000
# Le journal a son propre essai, octet par octet (`journal/tests/test_mutation.py`).
DU_JOURNAL = "journal"
# D'une table où tout ne prouve pas, les lignes qui prouvent.
QUI_PROUVENT: dict[str, dict[str, Any]] = {
    "depots.FichierScelle": {"brouillon__plis__isnull": False, "etat": "termine"},
    "depots.PartieRecue": {"fichier__brouillon__plis__isnull": False},
    "sonde.Mesure": {"ecriture__isnull": False},
    "sonde.EcartDHorloge": {"ecriture__isnull": False},
    "sonde.MinuteDuServeur": {"ecriture__isnull": False},
    "sonde.MesureExterieure": {"ecriture__isnull": False},
}


def tables_relues_autrement() -> list[type[models.Model]]:
    return [
        apps.get_model(nom)
        for nom in sorted(hors_preuve.prouvees_autrement())
        if not nom.startswith(f"{DU_JOURNAL}.")
    ]


def colonnes(modele: type[models.Model]) -> list[Champ]:
    """Celles que rien n'excuse."""
    excusees = hors_preuve.colonnes_hors_preuve()
    return [
        champ
        for champ in modele._meta.concrete_fields
        if f"{modele._meta.label}.{champ.attname}" not in excusees and not champ.primary_key
    ]


def lignes_qui_prouvent(modele: type[models.Model]) -> list[models.Model]:
    filtre = QUI_PROUVENT.get(modele._meta.label, {})
    return list(modele._base_manager.filter(**filtre).order_by("pk").distinct())


def fautes_de(modele: type[models.Model], retenu: Retenu) -> list[str]:
    """Où la relecture voit une faute : la part qui regarde cette table, et elle seule."""
    if est_prouve(modele):
        connues = retenu.get(modele._meta.db_table, {})
        return [ou for _, ou in fautes_de_la_table(modele, connues)]
    siennes = dict(prises.declarees())[modele._meta.app_label].relectures_du_journal
    return [
        constat.ou
        for relecture in siennes
        for constat in jusqu_au_bout(relecture)
        if not constat.bon
    ]


def changer(ligne: models.Model, champ: Champ, valeur: Any) -> None:
    table, cle = ligne._meta.db_table, ligne._meta.pk
    assert cle is not None
    ecrite = champ.get_db_prep_save(valeur, connection)
    colonne = connection.ops.quote_name(champ.column)
    ordonner(f"UPDATE {table} SET {colonne} = %s WHERE {cle.column} = %s", [ecrite, ligne.pk])


def sous_une_valeur_changee(ligne: models.Model, champ: Champ, retenu: Retenu) -> list[str]:
    """Un rien de plus ; davantage quand une autre ligne a déjà cette valeur-là."""
    valeur = getattr(ligne, champ.attname)
    faux = une_autre(champ, valeur) if champ.is_relation else valeur_falsifiee(champ, valeur)
    try:
        return _defait(lambda: changer(ligne, champ, faux), type(ligne), retenu)
    except IntegrityError:
        plus_loin = PERSONNE if champ.is_relation else valeur + PLUS_LOIN
        return _defait(lambda: changer(ligne, champ, plus_loin), type(ligne), retenu)


def une_autre(champ: Champ, valeur: Any) -> Any:
    """Une autre ligne qui existe : ce que la base elle-même laisserait passer."""
    autres = champ.related_model._base_manager.exclude(pk=valeur).values_list("pk", flat=True)
    return autres.order_by("-pk").first() or PERSONNE


def sous_deux_valeurs_echangees(
    une: models.Model, autre: models.Model, champ: Champ, retenu: Retenu
) -> list[str]:
    return _defait(lambda: echanger(une, autre, champ), type(une), retenu)


def echanger(une: models.Model, autre: models.Model, champ: Champ) -> None:
    """Une valeur d'attente d'abord : deux lignes n'ont pas un instant la même, s'il est unique."""
    sienne, la_sienne = getattr(une, champ.attname), getattr(autre, champ.attname)
    try:
        with transaction.atomic():
            changer(une, champ, valeur_falsifiee(champ, sienne))
    except IntegrityError:
        changer(une, champ, sienne + PLUS_LOIN)
    changer(autre, champ, sienne)
    changer(une, champ, la_sienne)


def sous_une_ligne_effacee(ligne: models.Model, retenu: Retenu) -> list[str]:
    table, cle = ligne._meta.db_table, ligne._meta.pk
    assert cle is not None
    return _defait(
        lambda: ordonner(f"DELETE FROM {table} WHERE {cle.column} = %s", [ligne.pk]),
        type(ligne),
        retenu,
    )


def _defait(geste: Any, modele: type[models.Model], retenu: Retenu) -> list[str]:
    with transaction.atomic():
        geste()
        fautes = fautes_de(modele, retenu)
        transaction.set_rollback(True)
    return fautes


def echangeables(
    lignes: list[models.Model], champ: Champ
) -> Iterator[tuple[models.Model, models.Model]]:
    """La première ligne, et la première qui n'y dit pas la même chose."""
    for autre in lignes[1:]:
        if getattr(autre, champ.attname) != getattr(lignes[0], champ.attname):
            yield lignes[0], autre
            return


def echanges_entiers(
    modele: type[models.Model], lignes: list[models.Model]
) -> tuple[models.Model, models.Model] | None:
    """La première ligne, et une autre qui en diffère hors de ce qui est unique."""
    champs = [champ for champ in colonnes(modele) if not champ.unique]
    for autre in lignes[1:]:
        if any(getattr(autre, c.attname) != getattr(lignes[0], c.attname) for c in champs):
            return lignes[0], autre
    return None


def sous_deux_lignes_echangees(une: models.Model, autre: models.Model, retenu: Retenu) -> list[str]:
    """Tout ce qu'elles disent, sauf leur clé et ce qui est unique."""

    def tout_echanger() -> None:
        for champ in colonnes(type(une)):
            if not champ.unique:
                echanger(une, autre, champ)

    return _defait(tout_echanger, type(une), retenu)


def relecture_entiere_sous(ligne: models.Model, champ: Champ) -> list[str]:
    """Ce que toute la commande dit quand cette seule valeur a changé."""
    with transaction.atomic():
        changer(ligne, champ, valeur_falsifiee(champ, getattr(ligne, champ.attname)))
        fautes = [constat.ou for constat in relire_tout() if not constat.bon]
        transaction.set_rollback(True)
    return fautes
