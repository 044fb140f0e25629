"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

from django.db import migrations

from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("selection", "0001_initiale"), ("selection", "0002_decisions_aux_candidatures")]

    initial = True

    dependencies = []

    operations = []
