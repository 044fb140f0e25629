"""Deux personnes lancent la même vague : elle part une fois, l'autre lit pourquoi."""

from functools import partial

import pytest

from beffroi.centre.conventions.models import Convention
from beffroi.centre.reprises.services import lignes, vagues
from beffroi.centre.reprises.tests import gestes
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.socle.fondations.models import Tache
from tests.moteurs.ensemble import ensemble, sauter_sans_verrou_de_ligne, sortes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.moteurs
def test_deux_personnes_lancent_la_meme_vague_elle_part_une_fois():
    sauter_sans_verrou_de_ligne()
    benoit, fanny = gestes.gestionnaire(), gestes.gestionnaire("Fanny Delattre")
    vague = gestes.composee(gestes.deposee(benoit), benoit)
    lancer = partial(vagues.activer, vague=vague, maintenant=LUNDI)

    rendus = ensemble(partial(lancer, par=benoit), partial(lancer, par=fanny))

    assert sortes(rendus) == ["ConflitEtat", "Vague"]
    refus = next(un for un in rendus if type(un).__name__ == "ConflitEtat")
    assert "a déjà activé la vague 1" in refus.message
    assert Tache.objects.filter(chemin__endswith="activer_un_lot").count() == 1


@pytest.mark.moteurs
def test_deux_ouvriers_prennent_la_meme_ligne_une_seule_convention_en_nait():
    sauter_sans_verrou_de_ligne()
    benoit = gestes.gestionnaire()
    reprise = gestes.deposee(benoit, gestes.ligne(1))
    vagues.activer(vague=gestes.composee(reprise, benoit), par=benoit, maintenant=LUNDI)
    prendre = partial(lignes.reprendre_une_ligne, ligne=gestes.premiere(reprise), maintenant=LUNDI)

    rendus = ensemble(prendre, prendre)

    assert sortes(rendus) == ["LigneDeReprise", "LigneDeReprise"]
    assert Convention.objects.count() == 1
