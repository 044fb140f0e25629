"""Le récit de la démonstration, joué par les services :
chaque acte y engage lui-même ce qu'il écrit, et tout ce qu'il garde est relu.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from beffroi.socle.fondations import prises
from beffroi.socle.journal import chainage, lignes
from beffroi.socle.journal.relecture_des_lignes import fautes_des_lignes
from demo import scenario

pytestmark = pytest.mark.django_db
LE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CLE_DE_STOCKAGE = re.compile(r"\b[a-z][a-z-]*/([0-9a-f]{2})/\1[0-9a-f]{30}\b")


@contextmanager
def actes_surveilles(restes: set[str]) -> Iterator[None]:
    """Note chaque acte qui finit en laissant une ligne que rien n'a engagée."""
    entrer, sortir = transaction.Atomic.__enter__, transaction.Atomic.__exit__
    base = transaction.get_connection()
    fond = len(base.savepoint_ids)
    avant: list[lignes.Marque] = []

    def entree(self: Any) -> None:
        entrer(self)
        if len(base.savepoint_ids) == fond + 1:
            avant[:] = lignes.en_attente()

    def sortie(self: Any, *erreur: Any) -> None:
        if len(base.savepoint_ids) == fond + 1 and not any(erreur):
            siennes = [
                marque
                for marque in lignes.en_attente()
                if all(marque is not autre for autre in avant)
            ]
            acte = getattr(sys._getframe(1).f_locals.get("func"), "__qualname__", "bloc")
            restes.update(
                f"{acte} : {marque.modele.__name__} {sorted(marque.colonnes)}" for marque in siennes
            )
        sortir(self, *erreur)

    with pytest.MonkeyPatch.context() as substitut:
        substitut.setattr(transaction.Atomic, "__enter__", entree)
        substitut.setattr(transaction.Atomic, "__exit__", sortie)
        yield


@pytest.fixture(scope="module")
def recit(django_db_setup, django_db_blocker):
    """Le récit joué ; les actes qui n'y ont pas engagé eux-mêmes ce qu'ils écrivent."""
    restes: set[str] = set()
    jeton = chainage.jeton_local(
        "un jeton que tous partagent : un paquet d'archives les relit", le=LE
    )
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        pytest.MonkeyPatch.context() as substitut,
    ):
        substitut.setattr(chainage, "jeton_local", lambda texte, *, le: jeton)
        with actes_surveilles(restes):
            scenario.raconter(le=LE)
        yield restes
        transaction.set_rollback(True)


def test_le_recit_est_conforme_a_son_journal(recit):
    assert list(fautes_des_lignes()) == []


def test_chaque_acte_du_recit_engage_lui_meme_ce_qu_il_ecrit(recit):
    assert sorted(recit) == []


def test_tout_objet_que_le_recit_garde_est_relu_par_la_veille_ou_dit_pourquoi(recit):
    """Aucune colonne ne tient la clé d'un objet sans qu'un contexte le
    déclare, quel que soit son nom.
    """
    sus = {objet.champ for objet in prises.lues(lambda un: un.objets_gardes)}
    trouves = {
        f"{modele._meta.label}.{champ.name}"
        for modele in apps.get_models()
        for champ in modele._meta.concrete_fields
        if champ.get_internal_type() in ("CharField", "TextField", "JSONField")
        for valeur in modele._base_manager.values_list(champ.name, flat=True)
        if valeur and CLE_DE_STOCKAGE.search(str(valeur))
    }
    assert len(trouves & sus) > 20
    assert sorted(trouves - sus) == []
