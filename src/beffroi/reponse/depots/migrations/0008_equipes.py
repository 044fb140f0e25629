"""Une réponse est à son équipe ; l'entreprise qu'un pli répétait n'est plus une colonne."""

from beffroi.reponse.depots.migrations import _equipes
from beffroi.socle.fondations.colonnes_renommees import renommer_la_colonne
from beffroi.socle.fondations.sans_modele import SansModele
from django.db.migrations import Migration as UneMigration
from django.db.migrations import AddIndex, RemoveField, RemoveIndex, RenameIndex, RunPython, SeparateDatabaseAndState
from django.db.models import Index

RIEN = RunPython.noop


class Migration(UneMigration):
    dependencies = [("depots", "0007_depart"), ("entreprises", "0005_equipes")]

    operations = [
        renommer_la_colonne(
            "brouillondereponse", "etablissement", "equipe",
            table="depots_brouillondereponse", colonne="etablissement_id", en_colonne="equipe_id",
            redits=[
                RemoveIndex("brouillondereponse", "brouillon_par_etablissement"),
                AddIndex(
                    "brouillondereponse",
                    Index(fields=["equipe", "consultation"], name="brouillon_par_etablissement"),
                ),
            ],
        ),
        RenameIndex(
            "brouillondereponse", old_name="brouillon_par_etablissement", new_name="brouillon_par_equipe"
        ),
        renommer_la_colonne(
            "pli", "etablissement", "equipe", table="depots_pli", colonne="etablissement_id", en_colonne="equipe_id"
        ),
        SansModele(_equipes.laisser_changer, _equipes.figer_comme_avant),
        RunPython(_equipes.rendre_a_leur_equipe, RIEN),
        SeparateDatabaseAndState(
            database_operations=[SansModele(_equipes.oter_l_entreprise, RIEN)],
            state_operations=[RemoveField("pli", "entreprise")],
        ),
        SansModele(_equipes.figer, _equipes.laisser_changer),
    ]
