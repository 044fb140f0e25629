"""Ce qui ne se fait pas pendant que la version d'avant sert, et ce qui se fait."""

import pytest
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState
from django.db.models.functions import Now

from beffroi.socle.fondations.en_servant import (
    ContrainteEnServant,
    ContrainteValidee,
    IndexEnServant,
)
from beffroi.socle.noeuds import obstacles
from beffroi.socle.noeuds.deux_versions import defauts
from beffroi.socle.noeuds.obstacles import Nature

POSITIF = models.CheckConstraint(condition=models.Q(rang__gte=0), name="rang_positif")
PAR_RANG = models.Index(fields=["rang"], name="piece_par_rang")
FICHE = migrations.CreateModel("Fiche", [("id", models.BigAutoField(primary_key=True))])


def piece() -> ProjectState:
    etat = ProjectState()
    champs = [
        ("id", models.BigAutoField(primary_key=True)),
        ("nom", models.CharField(max_length=20)),
        ("rang", models.IntegerField()),
        ("note", models.TextField(null=True)),
    ]
    etat.add_model(ModelState("essai", "Piece", champs, options={"db_table": "tiroir_piece"}))
    return etat


def migration(*operations, **mots) -> migrations.Migration:
    corps = {"operations": list(operations), **mots}
    return type("Migration", (migrations.Migration,), corps)("0002_essai", "essai")


def trouver(*operations, **mots):
    return [un.obstacle for un in defauts([migration(*operations, **mots)], piece())]


def ajouter(champ):
    return migrations.AddField("piece", "neuf", champ)


def changer(nom, champ):
    return migrations.AlterField("piece", nom, champ)


def oublier(champ, **mots):
    return migrations.SeparateDatabaseAndState(
        state_operations=[migrations.RemoveField("piece", champ)], **mots
    )


SANS_RAISON_DE_DIRE = migrations.RunPython(migrations.RunPython.noop)


@pytest.mark.parametrize(
    ("operation", "attendu"),
    [
        (ajouter(models.CharField(max_length=3, default="")), obstacles.OBLIGATOIRE),
        (ajouter(models.IntegerField(db_default=0)), obstacles.DEFAUTS_DIFFERENTS),
        (ajouter(models.IntegerField(default=1, db_default=0)), obstacles.DEFAUTS_DIFFERENTS),
        (ajouter(models.TextField(null=True, default="vu")), obstacles.DEFAUTS_DIFFERENTS),
        (ajouter(models.DateTimeField(db_default=Now())), obstacles.REECRITURE),
        (ajouter(models.IntegerField(null=True, db_index=True)), obstacles.INDEX),
        (ajouter(models.ForeignKey("essai.Piece", models.PROTECT, null=True)), obstacles.INDEX),
        (migrations.RemoveField("piece", "note"), obstacles.RETRAIT),
        (migrations.DeleteModel("Piece"), obstacles.RETRAIT),
        (migrations.RenameField("piece", "rang", "place"), obstacles.NOM),
        (migrations.RenameModel("Piece", "Feuille"), obstacles.NOM),
        (migrations.AlterModelTable("piece", "autre"), obstacles.NOM),
        (changer("nom", models.CharField(max_length=10)), obstacles.SORTE),
        (changer("rang", models.BigIntegerField()), obstacles.SORTE),
        (changer("note", models.TextField()), obstacles.EXIGENCE),
        (changer("rang", models.IntegerField(db_index=True)), obstacles.INDEX),
        (changer("rang", models.IntegerField(db_column="place")), obstacles.NOM),
        (migrations.AddIndex("piece", PAR_RANG), obstacles.INDEX),
        (migrations.AddConstraint("piece", POSITIF), obstacles.CONTRAINTE),
        (migrations.AlterUniqueTogether("piece", {("nom", "rang")}), obstacles.CONTRAINTE),
        (SANS_RAISON_DE_DIRE, obstacles.SANS_RAISON),
        (migrations.RunSQL("UPDATE tiroir_piece SET rang = 1"), obstacles.SANS_RAISON),
        (oublier("rang"), obstacles.OUBLI),
    ],
)
def test_ce_qui_casse_ou_retient_la_version_d_avant_se_nomme(operation, attendu):
    assert attendu in trouver(operation)


@pytest.mark.parametrize(
    "operation",
    [
        FICHE,
        ajouter(models.TextField(null=True)),
        ajouter(models.BooleanField(default=False, db_default=False)),
        ajouter(models.BooleanField(default=False, db_default=models.Value(False))),
        ajouter(models.ManyToManyField("essai.Piece")),
        changer("nom", models.CharField(max_length=40)),
        changer("nom", models.TextField()),
        changer("nom", models.CharField(max_length=20, choices=[("a", "A")], help_text="Un nom")),
        changer("rang", models.IntegerField(null=True)),
        oublier("note"),
        migrations.AlterModelOptions("piece", {"ordering": ["rang"]}),
        ContrainteEnServant("piece", POSITIF),
        ContrainteValidee("piece", "rang_positif"),
    ],
)
def test_ce_qui_etend_le_schema_se_fait_en_servant(operation):
    assert trouver(operation) == []


def test_un_index_construit_a_cote_se_fait_en_servant():
    assert trouver(IndexEnServant("piece", PAR_RANG), atomic=False) == []


def test_une_table_que_la_mise_a_jour_cree_n_est_a_personne():
    autre = migrations.AddField("fiche", "titre", models.CharField(max_length=9))

    assert list(defauts([migration(FICHE), migration(autre)], piece())) == []


def test_une_raison_dite_suffit_a_ce_qui_s_execute():
    ecrit = migrations.RunPython(migrations.RunPython.noop)

    assert trouver(ecrit, en_servant="dix lignes, écrites par lots") == []


def test_changer_une_table_et_ecrire_ses_lignes_ensemble_la_retient_meme_avec_une_raison():
    ecrit = migrations.RunPython(migrations.RunPython.noop)

    ensemble = trouver(ajouter(models.TextField(null=True)), ecrit, en_servant="par lots")

    assert ensemble == [obstacles.MELANGE]


def test_sans_transaction_une_migration_a_plusieurs_gestes_reste_a_moitie_faite():
    deux = (ajouter(models.TextField(null=True)), IndexEnServant("piece", PAR_RANG))

    assert trouver(*deux, atomic=False) == [obstacles.A_MOITIE]


def test_une_migration_qui_se_dit_a_l_arret_le_reste_et_dit_pourquoi():
    (un,) = trouver(ajouter(models.TextField(null=True)), a_l_arret="le registre change de forme")

    assert un.nature is Nature.ARRET and un.pourquoi == "le registre change de forme."


def test_le_defaut_nomme_la_migration_la_colonne_la_table_et_quoi_faire():
    (un,) = defauts([migration(migrations.RemoveField("piece", "note"))], piece())

    assert un.table == "tiroir_piece"
    assert str(un).startswith(
        "essai.0002_essai, RemoveField piece.note : la version d'avant la lit"
    )
    assert un.obstacle.que_faire in str(un)
