"""Les pages : un élu sans aucun rôle lit sa réunion et rien d'autre ;
un vote refusé garde ce qui est tapé.
"""

import pytest
from django.test import Client
from django.urls import reverse

from beffroi.choix.commissions.models import Deliberation, Deport
from beffroi.choix.commissions.tests.scene import TENUE_LE
from beffroi.personnes.comptes.tests.personnes import a_confirmer, connecter
from beffroi.personnes.organismes.models import Habilitation

pytestmark = pytest.mark.django_db
RAPPORT = "beffroi.faces.portail.analyse_pour_la_commission.Analyse.rapport"


@pytest.fixture(autouse=True)
def le_jour_dit(monkeypatch):
    for module in ("composition", "consultation", "membre", "reunion", "seance"):
        monkeypatch.setattr(
            f"beffroi.choix.commissions.views.{module}.maintenant", lambda: TENUE_LE
        )


@pytest.fixture
def tenue(seance):
    seance.convoquer()
    seance.presents()
    return seance


@pytest.fixture
def elu(tenue):
    """Bernard, sans aucun rôle chez l'acheteur : il n'est que membre de la commission."""
    bernard = tenue.scene.personne("bernard")
    Habilitation.objects.filter(utilisateur=bernard).update(roles=[])
    return connecter(Client(), bernard)


def page(seance, nom, **arguments):
    return reverse(
        f"commissions:{nom}", kwargs={"reference": seance.reunion.reference, **arguments}
    )


def test_un_elu_sans_role_lit_son_ordre_du_jour_et_rien_de_plus(tenue, elu):
    lue = elu.get(page(tenue, "ma_reunion"))

    assert (lue.status_code, tenue.consultation.titre in lue.content.decode()) == (200, True)
    autres = [
        page(tenue, "reunion"),
        reverse("commissions:consultation", args=(tenue.consultation.reference,)),
    ]
    assert [elu.get(adresse).status_code for adresse in autres] == [403, 403]


def test_un_elu_lit_le_rapport_de_ses_affaires(tenue, elu, monkeypatch):
    monkeypatch.setattr(RAPPORT, lambda *_: b"%PDF-1.7 rapport")

    lu = elu.get(page(tenue, "rapport", rang=1))

    assert lu.content == b"%PDF-1.7 rapport"
    assert elu.get(page(tenue, "rapport", rang=2)).status_code == 404


def test_qui_se_retire_ne_lit_plus_le_rapport(tenue, elu, monkeypatch):
    monkeypatch.setattr(RAPPORT, lambda *_: b"%PDF-1.7 rapport")
    siege = tenue.siege("Bernard Lefebvre")
    retrait = elu.post(page(tenue, "ma_reunion"), {"siege": siege.pk, "point": "1", "motif": ""})

    assert (retrait.status_code, Deport.objects.get().siege) == (302, siege)
    assert elu.get(page(tenue, "rapport", rang=1)).status_code == 403
    assert "Lire le rapport" not in elu.get(page(tenue, "ma_reunion")).content.decode()


def test_un_elu_lit_le_proces_verbal_clos_et_jamais_l_apercu(tenue, elu):
    pv = page(tenue, "proces_verbal", extension="pdf")
    avant = elu.get(pv).status_code
    tenue.clore()

    apres = elu.get(pv)
    assert (avant, apres.status_code, b"".join(apres.streaming_content)[:5]) == (403, 200, b"%PDF-")
    lue = elu.get(page(tenue, "ma_reunion")).content.decode()
    assert pv in lue and "Pas voté" in lue and "pas encore validé" not in lue


def test_qui_s_est_retire_ne_lit_pas_le_proces_verbal(tenue, elu):
    elu.post(
        page(tenue, "ma_reunion"),
        {"siege": tenue.siege("Bernard Lefebvre").pk, "point": "1", "motif": ""},
    )
    tenue.clore()

    assert elu.get(page(tenue, "proces_verbal", extension="pdf")).status_code == 403


def test_un_elu_ne_retire_que_lui_meme(tenue, elu):
    autre = tenue.siege("Odette Brame")

    assert elu.post(page(tenue, "ma_reunion"), {"siege": autre.pk, "point": "1"}).status_code == 422
    assert not Deport.objects.exists()


def test_un_elu_parti_de_l_organisme_ne_lit_plus_rien(tenue, elu):
    Habilitation.objects.filter(utilisateur=tenue.scene.personne("bernard")).update(
        jusqu_au=TENUE_LE
    )

    assert elu.get(page(tenue, "ma_reunion")).status_code == 404


def test_un_vote_refuse_garde_ce_qui_est_tape_et_se_reprend(tenue):
    martine = connecter(Client(), tenue.martine)
    vue = tenue.relue().version
    saisie = {
        "vue": vue,
        "offre": f"{tenue.plis[0].reference}:0",
        "pour": 9,
        "contre": 0,
        "abstentions": 0,
    }
    refuse = martine.post(page(tenue, "voter", rang=1), saisie)

    assert refuse.status_code == 422
    assert "9 voix écrites, 6 à la table" in refuse.content.decode().replace("\u00a0", " ")
    assert martine.post(page(tenue, "voter", rang=1), saisie | {"pour": 6}).status_code == 302
    assert Deliberation.objects.get().pli == tenue.plis[0]


def test_un_ecran_perime_ne_clot_rien(tenue):
    martine = connecter(Client(), tenue.martine)
    vue = tenue.relue().version
    tenue.voter()

    assert martine.post(page(tenue, "clore"), {"vue": vue}).status_code == 422
    assert tenue.relue().close_le is None


def test_une_reunion_se_lit_presences_notees_puis_close(tenue):
    martine = connecter(Client(), tenue.martine)
    en_cours = martine.get(page(tenue, "reunion"))
    a_clore = martine.get(page(tenue, "clore"))
    tenue.clore()

    assert [
        en_cours.status_code,
        a_clore.status_code,
        martine.get(page(tenue, "reunion")).status_code,
    ] == [200] * 3
    assert "Le quorum est atteint" in en_cours.content.decode()


def test_retirer_un_membre_se_confirme(seance):
    martine, membre = connecter(Client(), seance.martine), seance.commission.membres.first()
    adresse = reverse("commissions:retirer", args=(seance.commission.reference, membre.reference))

    assert f"Retirer {membre.nom} de la commission" in a_confirmer(martine, adresse)
    assert membre in seance.commission.membres.filter(jusqu_au=None)
    martine.post(adresse)
    assert membre not in seance.commission.membres.filter(jusqu_au=None)
