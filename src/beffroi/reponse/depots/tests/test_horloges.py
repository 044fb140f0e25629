"""Deux nœuds à trois secondes l'un de l'autre : ce que cela change à un dépôt, et qu'il faut voir.

L'heure d'un dépôt est celle du nœud qui le reçoit : rien ne la corrige, et c'est pourquoi la
supervision, `noeud verifier` et /pret disent un nœud décalé (docs/exploitants/noeuds.md).
"""

from datetime import timedelta

import pytest

from beffroi.reponse.depots.errors import FichierInacheve
from beffroi.reponse.depots.tests.factories import LIMITE, Candidat, consultation
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.verification import relire_le_journal

pytestmark = [pytest.mark.django_db, pytest.mark.moteurs]
TROIS, UNE = timedelta(seconds=3), timedelta(seconds=1)


@pytest.fixture
def faitage():
    return Candidat(consultation())


def recu(candidat, instant, *, avance):
    """Le même instant vrai, lu à l'horloge d'un nœud."""
    return candidat.depose(("offre", None), le=instant + avance)


def test_une_seconde_avant_l_heure_le_noeud_en_avance_dit_hors_delai(faitage):
    a_l_heure = recu(faitage, LIMITE - UNE, avance=timedelta())
    en_avance = recu(faitage, LIMITE - UNE, avance=TROIS)

    assert (a_l_heure.hors_delai, en_avance.hors_delai) == (False, True)


def test_deux_secondes_apres_l_heure_le_noeud_en_retard_dit_a_temps(faitage):
    a_l_heure = recu(faitage, LIMITE + 2 * UNE, avance=timedelta())
    en_retard = recu(faitage, LIMITE + 2 * UNE, avance=-TROIS)

    assert (a_l_heure.hors_delai, en_retard.hors_delai) == (True, False)


def test_un_fichier_fini_par_le_noeud_en_avance_ne_l_est_pas_encore_pour_l_autre(faitage):
    """Trois secondes plus tard, il l'est : rien n'est perdu, et la phrase dit d'attendre."""
    brouillon = faitage.commence()
    enveloppe = faitage.enveloppe(brouillon, "offre", le=LIMITE - 10 * UNE + TROIS)

    with pytest.raises(FichierInacheve, match="Attendez la fin de son envoi"):
        faitage.depose_ces_enveloppes(brouillon, [enveloppe], le=LIMITE - 9 * UNE)

    assert not faitage.depose_ces_enveloppes(brouillon, [enveloppe], le=LIMITE - 7 * UNE).hors_delai


def test_le_registre_garde_l_ordre_des_depots_et_reste_juste(faitage):
    premier = recu(faitage, LIMITE - 60 * UNE, avance=TROIS)
    second = recu(faitage, LIMITE - 59 * UNE, avance=timedelta())

    assert premier.recu_le > second.recu_le
    inscrits = Ecriture.objects.filter(acte="pli.deposer").values_list("sujet", flat=True)
    assert [*inscrits] == [premier.reference, second.reference]
    assert all(constat.bon for constat in relire_le_journal())
