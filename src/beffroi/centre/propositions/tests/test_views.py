"""La liste des décisions à deux, et l'écran qui en écarte une."""

import pytest
from django.test import Client

from beffroi.centre.propositions.models import Proposition
from beffroi.centre.propositions.tests.test_services import proposee
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.models import Habilitation

pytestmark = pytest.mark.django_db
LISTE = "/cdg/propositions/"


def lu(qui, adresse: str = LISTE) -> str:
    return connecter(Client(), qui).get(adresse).content.decode()


def test_sans_proposition_la_page_dit_d_ou_elles_viennent(fanny):
    assert "se fait de la page de ce qu’elle touche" in lu(fanny)


def test_l_ordonnateur_decide_la_gestionnaire_reprend_la_comptable_lit(fanny, olivier):
    proposition = proposee(fanny)

    assert f'href="{proposition.page}"' in lu(olivier)
    assert f'href="{proposition.page}"' not in lu(fanny) and "/ecarter/" in lu(fanny)
    Habilitation.objects.filter(utilisateur=olivier).update(roles=["comptable"])
    assert "Deux ans de retard" in lu(olivier) and "/ecarter/" not in lu(olivier)


def test_ecarter_sans_motif_revient_dans_le_formulaire(fanny, olivier):
    adresse = f"{LISTE}{proposee(fanny).reference}/ecarter/"
    client = connecter(Client(), olivier)

    assert client.post(adresse, {"motif": " "}).status_code == 422
    assert client.post(adresse, {"motif": "Trop tôt."}).url == LISTE
    assert Proposition.objects.get().motif_d_ecart == "Trop tôt."
    assert "Trop tôt." in lu(fanny) and client.get(adresse).status_code == 404
