"""Ce qui suit l'appel de janvier : son rang dans l'année, ce qu'une régularisation reprend ; et personne d'appelé deux fois."""

from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

avant = import_module("beffroi.centre.contributions.migrations.0002_rien_ne_se_recrit")
EXERCICE, CONTRIBUTION = avant.EXERCICE, avant.CONTRIBUTION
AJOUTEES = ("regularise_id", "deja_appele", "a_rendre")
DEUX_FOIS = "cet adhérent est déjà appelé pour cette année"
# Une régularisation s'ajoute à l'appel qu'elle reprend ; hors d'elle, un adhérent n'a qu'un appel émis par an.
DEJA = (
    "EXISTS (SELECT 1 FROM {c} c JOIN {x} x ON x.id = c.exercice_id JOIN {x} n ON n.id = NEW.exercice_id "
    "WHERE c.adherent_id = NEW.adherent_id AND x.annee = n.annee AND c.id <> NEW.id "
    "AND c.regularise_id IS NULL AND c.emise_le IS NOT NULL)"
).format(c=CONTRIBUTION, x=EXERCICE)
EMISE = "OLD.emise_le IS NULL AND NEW.emise_le IS NOT NULL AND NEW.regularise_id IS NULL"


def d_avant(moteur: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Les déclencheurs des deux tables que cette migration refait : SQLite les perdrait."""
    return (un for un in avant.declencheurs(moteur) if un[2] in {EXERCICE, CONTRIBUTION})


def desormais(moteur: str) -> Iterator[tuple[str, str, str, str, str]]:
    for nom, quand, table, condition, phrase in d_avant(moteur):
        if nom == f"{CONTRIBUTION}_fige":
            ajoutees = " OR ".join(avant._differe(moteur, colonne) for colonne in AJOUTEES)
            condition = f"({condition}) OR (OLD.emise_le IS NOT NULL AND ({ajoutees}))"
        yield nom, quand, table, condition, phrase


def lever_les_anciens(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _lever(schema_editor, [(nom, table) for nom, _, table, _, _ in d_avant(schema_editor.connection.vendor)])


def poser_les_anciens(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _poser(schema_editor, d_avant(schema_editor.connection.vendor))


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    _poser(schema_editor, desormais(moteur))
    ordre = f"CREATE TRIGGER {CONTRIBUTION}_une_fois BEFORE UPDATE ON {CONTRIBUTION}"
    if moteur != "postgresql":
        schema_editor.execute(
            f"{ordre} WHEN ({EMISE} AND {DEJA}) BEGIN SELECT RAISE(ABORT, '{DEUX_FOIS}'); END", params=None
        )
        return
    schema_editor.execute(
        "CREATE OR REPLACE FUNCTION contributions_une_fois() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {DEJA} THEN RAISE EXCEPTION '{DEUX_FOIS}' USING ERRCODE = 'integrity_constraint_violation'; "
        "END IF; RETURN NEW; END $$",
        params=None,
    )
    schema_editor.execute(f"{ordre} FOR EACH ROW WHEN ({EMISE}) EXECUTE FUNCTION contributions_une_fois()", params=None)


def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    noms = [(nom, table) for nom, _, table, _, _ in desormais(schema_editor.connection.vendor)]
    _lever(schema_editor, [*noms, (f"{CONTRIBUTION}_une_fois", CONTRIBUTION)])


def _poser(
    schema_editor: BaseDatabaseSchemaEditor, declencheurs: Iterator[tuple[str, str, str, str, str]]
) -> None:
    for nom, quand, table, condition, phrase in declencheurs:
        ordre = avant.ordre(schema_editor.connection.vendor, nom, quand, table, condition, phrase)
        schema_editor.execute(ordre, params=None)


def _lever(schema_editor: BaseDatabaseSchemaEditor, noms: list[tuple[str, str]]) -> None:
    suffixe = " ON {}" if schema_editor.connection.vendor == "postgresql" else ""
    for nom, table in noms:
        schema_editor.execute(f"DROP TRIGGER {nom}" + suffixe.format(table))


class Migration(migrations.Migration):

    dependencies = [
        ('adherents', '0001_initiale'),
        ('contributions', '0002_rien_ne_se_recrit'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(lever_les_anciens, poser_les_anciens),
        migrations.AlterModelOptions(
            name='exercice',
            options={'ordering': ['-annee', '-rang']},
        ),
        migrations.AddField(
            model_name='contribution',
            name='a_rendre',
            field=models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name="avoir à l'émission"),
        ),
        migrations.AddField(
            model_name='contribution',
            name='deja_appele',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
        ),
        migrations.AddField(
            model_name='contribution',
            name='regularise',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='regularisation', to='contributions.contribution'),
        ),
        migrations.AddField(
            model_name='exercice',
            name='rang',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='exercice',
            name='sorte',
            field=models.CharField(choices=[('annuel', 'Appel'), ('complement', 'Complément'), ('regularisation', 'Régularisation')], default='annuel', max_length=14),
        ),
        migrations.AlterField(
            model_name='exercice',
            name='annee',
            field=models.PositiveSmallIntegerField(verbose_name='année'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('a_rendre', 0), ('deja_appele', None), ('regularise', None)), models.Q(('a_rendre', 0), ('deja_appele__gte', 0), ('regularise__isnull', False)), models.Q(('a_rendre__gt', 0), ('a_rendre__lte', models.F('deja_appele')), ('montant', 0), ('regularise__isnull', False)), _connector='OR'), name='une_regularisation_sait_ce_qui_est_appele'),
        ),
        migrations.AddConstraint(
            model_name='exercice',
            constraint=models.UniqueConstraint(fields=('annee', 'rang'), name='un_rang_par_annee'),
        ),
        migrations.AddConstraint(
            model_name='exercice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rang', 0), ('sorte', 'annuel')), models.Q(('rang__gt', 0), models.Q(('sorte', 'annuel'), _negated=True)), _connector='OR'), name='l_appel_de_l_annee_est_le_premier'),
        ),
        migrations.RunPython(poser, lever),
    ]
