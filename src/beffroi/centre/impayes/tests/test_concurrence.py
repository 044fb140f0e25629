"""Deux personnes au même instant : l'une décide, l'autre écarte ; une seule des deux compte."""

from datetime import date
from functools import partial

import pytest

from beffroi.centre.contributions.tests.gestes import agent_du_centre, garder_la_grille
from beffroi.centre.impayes.services import decisions
from beffroi.centre.impayes.tests import gestes
from beffroi.centre.impayes.tests.gestes import midi
from beffroi.centre.propositions import services
from beffroi.centre.propositions.models import Proposition
from tests.moteurs.ensemble import ensemble, sauter_sans_verrou_de_ligne, sortes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.moteurs
def test_decider_et_ecarter_ensemble_l_un_des_deux_seulement():
    sauter_sans_verrou_de_ligne()
    fanny = agent_du_centre("Fanny Delattre", "gestionnaire")
    olivier = agent_du_centre("Olivier Prud'homme", "ordonnateur")
    garder_la_grille(fanny)
    defaut = gestes.proposee(
        gestes.en_demeure(gestes.une_impayee(1, fanny, olivier), fanny),
        fanny,
        acte="decider_la_fin",
    )
    le = midi(date(2027, 4, 26))
    decider = partial(
        decisions.decider,
        defaut=defaut,
        acte="decider_la_fin",
        motif=gestes.MOTIF,
        par=olivier,
        maintenant=le,
    )
    ecarter = partial(
        services.ecarter,
        proposition=Proposition.objects.get(),
        motif="Attendons.",
        par=fanny,
        maintenant=le,
    )
    rendus = sortes(ensemble(decider, ecarter))

    defaut.refresh_from_db()
    issue = Proposition.objects.get().issue
    assert len({"Defaut", "Proposition"} & set(rendus)) == 1, rendus
    assert (defaut.etat == "fin_decidee") == (issue == "retenue")
    assert (defaut.etat == "en_demeure") == (issue == "ecartee")
