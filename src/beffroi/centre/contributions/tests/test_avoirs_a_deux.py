"""Rendre de l'argent demande deux personnes ; la somme se rejuge au moment de l'accorder."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from beffroi.centre.contributions.models import Avoir
from beffroi.centre.contributions.services import avoirs, avoirs_a_deux
from beffroi.centre.contributions.tests.gestes import JANVIER, ligne, sous_convention
from beffroi.centre.contributions.tests.test_corrections import NOVEMBRE
from beffroi.centre.contributions.tests.test_suites import emis
from beffroi.centre.propositions.models import Proposition
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte

pytestmark = pytest.mark.django_db


@pytest.fixture
def qui(fanny, olivier, grille):
    """Une commune appelée."""
    adherent = sous_convention(1)
    emis(fanny, olivier)
    return adherent


def proposer(qui, par, montant: str = "12.50"):
    rendu = avoirs.Rendu("erreur", Decimal(montant), "Deux doublons.")
    return avoirs_a_deux.proposer_un_avoir(
        contribution=ligne(qui), rendu=rendu, par=par, maintenant=JANVIER
    )


def accorder(qui, par, *, le=JANVIER):
    return avoirs_a_deux.accorder_ce_qui_est_propose(
        contribution=ligne(qui), par=par, maintenant=le
    )


@pytest.mark.moteurs
def test_propose_rien_n_est_rendu_accorde_l_adherent_en_lit_la_raison(qui, fanny, olivier):
    proposer(qui, fanny)
    assert not Avoir.objects.exists()

    avoir = accorder(qui, olivier)
    assert (avoir.montant, avoir.explication) == (Decimal("12.50"), "Deux doublons.")
    assert avoir.accorde_par == olivier


def test_qui_propose_n_accorde_pas(qui, fanny):
    proposer(qui, fanny)

    with pytest.raises(RegleEnfreinte, match="proposé vous-même"):
        accorder(qui, fanny)


def test_on_ne_propose_ni_plus_que_l_appel_ni_deux_fois(qui, fanny):
    with pytest.raises(RegleEnfreinte, match="ce qui reste de l'appel"):
        proposer(qui, fanny, "99999")
    proposer(qui, fanny)

    with pytest.raises(ConflitEtat, match="déjà proposé"):
        proposer(qui, fanny, "1")


def test_rendu_entre_temps_ce_qui_depasse_se_refuse_a_l_accord(qui, fanny, olivier):
    tout = ligne(qui).montant
    proposer(qui, fanny, f"{tout:.2f}")
    rendu = avoirs.Rendu("erreur", Decimal(1), "Par ailleurs.")
    avoirs.accorder(contribution=ligne(qui), rendu=rendu, par=olivier, maintenant=JANVIER)

    with pytest.raises(RegleEnfreinte, match="ce qui reste de l'appel"):
        accorder(qui, olivier)
    assert Proposition.objects.get().est_ouverte


def test_un_depart_se_propose_calcule_et_se_recalcule_a_l_accord(qui, fanny, olivier):
    qui.conventions.update(fin=date(2027, 6, 30))
    faits = {"contribution": ligne(qui), "par": fanny, "maintenant": NOVEMBRE}
    avoirs_a_deux.proposer_apres_un_depart(**faits)
    qui.conventions.update(fin=date(2027, 8, 31))
    with pytest.raises(ConflitEtat, match="a changé depuis la proposition"):
        accorder(qui, olivier, le=NOVEMBRE)
    qui.conventions.update(fin=date(2027, 6, 30))

    assert (
        f"{accorder(qui, olivier, le=NOVEMBRE).montant:.2f}"
        in Proposition.objects.get().donnees["montant"]
    )


def test_les_ecrans_proposent_a_l_une_et_accordent_a_l_autre(qui, fanny, olivier):
    page = f"/cdg/contributions/2027/{ligne(qui).reference}/"
    elle, lui = connecter(Client(), fanny), connecter(Client(), olivier)
    saisie = {"motif": "erreur", "montant": "12,50", "explication": "Deux doublons."}
    assert elle.post(f"{page}avoir/", saisie).status_code == 302

    assert "Décider</a>" not in elle.get(page).content.decode()
    assert "Décider</a>" in lui.get(page).content.decode()
    assert "Deux doublons." in lui.get(f"{page}rendre/").content.decode()
    assert lui.post(f"{page}avoir/", saisie).status_code == 403
    assert elle.post(f"{page}rendre/").status_code == 403
    assert lui.post(f"{page}rendre/").status_code == 302
    assert Avoir.objects.get().montant == Decimal("12.50")
