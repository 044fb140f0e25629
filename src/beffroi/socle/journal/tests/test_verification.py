"""Relire le journal : intact, il le dit ; changé, il dit où."""

import pytest
from django.db import connection

from beffroi.socle.journal.services import signer_un_point_de_controle
from beffroi.socle.journal.tests.test_services import MIDI, ecrire
from beffroi.socle.journal.verification import relire_le_journal

pytestmark = pytest.mark.django_db


@pytest.fixture
def journal():
    ecrire(9)
    signer_un_point_de_controle(le=MIDI)
    ecrire(4)
    signer_un_point_de_controle(le=MIDI)


@pytest.fixture
def faussaire(journal):
    """Quelqu'un qui a la main sur la base, et d'abord sur ses gardes."""
    with connection.cursor() as curseur:
        for ordre in lever_les_gardes():
            curseur.execute(ordre)
        yield curseur.execute


def lever_les_gardes():
    tables = ("journal_ecriture", "journal_noeud", "journal_pointdecontrole")
    if connection.vendor == "postgresql":
        return [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
    return [
        f"DROP TRIGGER {table}_sans_{verbe}" for table in tables for verbe in ("update", "delete")
    ]


def fautes():
    return [constat.ou for constat in relire_le_journal() if not constat.bon]


def test_un_journal_intact_est_dit_intact(journal):
    assert fautes() == []


@pytest.mark.parametrize(
    ("ordre", "ou"),
    [
        (
            "UPDATE journal_ecriture SET contenu = replace(contenu, 'X-5', 'X-6') WHERE numero = 5",
            "journal_ecriture, n° 5",
        ),
        (
            "UPDATE journal_ecriture SET acteur_libelle = 'Autre' WHERE numero = 3",
            "journal_ecriture, n° 3",
        ),
        (
            "UPDATE journal_ecriture SET le = '2026-11-24 12:00:00+00:00' WHERE numero = 2",
            "journal_ecriture, n° 2",
        ),
        ("UPDATE journal_ecriture SET jeton = feuille WHERE numero = 7", "journal_ecriture, n° 7"),
        ("DELETE FROM journal_ecriture WHERE numero = 4", "journal_ecriture, n° 5"),
        (
            "UPDATE journal_noeud SET empreinte = (SELECT feuille FROM journal_ecriture "
            "WHERE numero = 0) "
            "WHERE niveau = 1 AND indice = 2",
            "journal_noeud, 1/2",
        ),
        (
            "UPDATE journal_pointdecontrole SET note = replace(note, '9', '8') WHERE taille = 9",
            "journal_pointdecontrole, taille 9",
        ),
    ],
)
def test_une_alteration_est_trouvee_et_situee(faussaire, ordre, ou):
    faussaire(ordre)

    assert ou in fautes()


def test_une_feuille_recalculee_par_le_faussaire_trahit_l_arbre(faussaire):
    """Refaire la feuille après avoir changé le contenu ne suffit pas :
    la racine signée ne suit pas.
    """
    from beffroi.socle.journal.models import Ecriture
    from sceau import log

    ecriture = Ecriture.objects.get(numero=6)
    contenu = ecriture.contenu.replace("X-6", "X-7")
    feuille = log.leaf_data(contenu.encode(), bytes(ecriture.jeton))
    faussaire(
        "UPDATE journal_ecriture SET contenu = %s, feuille = %s WHERE numero = 6",
        [contenu, feuille],
    )

    assert "journal_pointdecontrole, taille 9" in fautes()
