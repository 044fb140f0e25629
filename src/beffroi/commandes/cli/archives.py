"""Exporte tout ce qui est à un organisme, ou reprend une telle archive dans cette instance.

./beffroi archives exporter --organisme SIREN --vers archive.zip
./beffroi archives importer archive.zip
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli import questions

QUESTIONS = {"exporter": "archives_exporter", "importer": "archives_importer"}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "archives", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
