"""Rendre chaque réponse à l'équipe de qui l'a faite, et défaire un pli de l'entreprise qu'il répétait."""

from typing import Any

from beffroi.personnes.entreprises.migrations._separation import equipe_a_part
from beffroi.personnes.entreprises.models import reference_de_membre
from beffroi.reponse.depots.migrations._gardes import FIXES, PLI, REFUS, declencheurs
from beffroi.socle.journal.faits_immuables import POSTGRESQL, Declencheur, changees, ordre

SANS_L_ENTREPRISE = tuple("equipe_id" if c == "etablissement_id" else c for c in FIXES if c != "entreprise_id")
FIGE = f"{PLI}_fige"


def laisser_changer(apps: Any, schema_editor: Any) -> None:
    sur = f" ON {PLI}" if schema_editor.connection.vendor == POSTGRESQL else ""
    schema_editor.execute(f"DROP TRIGGER {FIGE}{sur}")


def figer(apps: Any, schema_editor: Any) -> None:
    """Comme avant, sans l'entreprise : l'équipe qui a déposé ne change pas."""
    moteur = schema_editor.connection.vendor
    differe = "IS DISTINCT FROM" if moteur == POSTGRESQL else "IS NOT"
    une_fois = [f"(OLD.{c} IS NOT NULL AND OLD.{c} {differe} NEW.{c})" for c in ("ecriture", "retire_le")]
    condition = " OR ".join([changees(SANS_L_ENTREPRISE, differe), *une_fois])
    schema_editor.execute(ordre(moteur, REFUS, Declencheur(FIGE, "UPDATE", PLI, condition)))


def figer_comme_avant(apps: Any, schema_editor: Any) -> None:
    moteur = schema_editor.connection.vendor
    avant = next(iter(declencheurs("IS DISTINCT FROM" if moteur == POSTGRESQL else "IS NOT")))
    schema_editor.execute(ordre(moteur, REFUS, avant))


def oter_l_entreprise(apps: Any, schema_editor: Any) -> None:
    """Une colonne ôtée sur place : refaire la table perdrait ses autres déclencheurs."""
    with schema_editor.connection.cursor() as curseur:
        tenus = schema_editor.connection.introspection.get_constraints(curseur, PLI)
    for nom, tenu in tenus.items():
        if tenu["columns"] == ["entreprise_id"] and tenu["index"]:
            schema_editor.execute(f'DROP INDEX "{nom}"')
    schema_editor.execute(f"ALTER TABLE {PLI} DROP COLUMN entreprise_id")


def rendre_a_leur_equipe(apps: Any, schema_editor: Any) -> None:
    """Ce que chacun a fait est à l'équipe où il était alors ; s'il n'en avait pas, à la sienne, à part."""
    for brouillon in apps.get_model("depots", "BrouillonDeReponse").objects.select_related("equipe"):
        equipe = equipe_alors(apps, brouillon)
        if equipe != brouillon.equipe_id:
            brouillon.plis.update(equipe=equipe)
            brouillon.equipe_id = equipe
            brouillon.save(update_fields=["equipe"])
    if schema_editor.connection.vendor == POSTGRESQL:
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def equipe_alors(apps: Any, brouillon: Any) -> int:
    origine, membres = brouillon.equipe, apps.get_model("entreprises", "Membre")
    siennes = list(
        membres.objects.filter(
            utilisateur=brouillon.commence_par_id, equipe__pays=origine.pays, equipe__identifiant=origine.identifiant
        ).order_by("depuis_le", "pk")
    )
    for membre in siennes:
        reconnu_le = membre.confirme_le if membre.reconnu_par_id else membre.depuis_le
        if reconnu_le <= brouillon.commence_le:
            return int(membre.equipe_id)
    equipe = equipe_a_part(apps, origine, le=brouillon.commence_le)
    membres.objects.create(
        reference=reference_de_membre(), equipe=equipe, utilisateur_id=brouillon.commence_par_id,
        depuis_le=brouillon.commence_le,
    )
    return int(equipe.pk)
