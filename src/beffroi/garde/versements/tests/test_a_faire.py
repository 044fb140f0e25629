"""Un versement refusé ou arrêté attend qui administre l'organisme, jusqu'à ce qu'il soit repris."""

import pytest

from beffroi.garde.versements import services
from beffroi.garde.versements.a_faire import versements_a_reprendre
from beffroi.garde.versements.models import Versement
from beffroi.garde.versements.tests.scene import LE, PLUS_TARD, lectrice, paquet
from beffroi.personnes.organismes.queries import habilitations_en_cours
from formats.seda.tests.reponses import refus

pytestmark = pytest.mark.django_db


def titres(personne) -> list[str]:
    return [
        tache.titre for tache in versements_a_reprendre(habilitations_en_cours(personne, LE), le=LE)
    ]


@pytest.fixture
def refuse():
    etabli = paquet()
    acte = {"par": etabli.demande_par, "maintenant": LE}
    remis = services.declarer_la_remise(paquet=etabli, remise="à Claire Monchy", **acte)
    return services.enregistrer_la_reponse(
        versement=remis, octets=refus(etabli.reference), nom="atr.xml", **acte
    )


def test_un_refus_attend_l_administratrice_et_personne_d_autre(refuse):
    assert titres(refuse.demande_par) == ["Reprendre un versement refusé"]
    assert titres(lectrice(refuse.paquet.consultation.organisme)) == []


@pytest.mark.parametrize("abandon", [False, True])
def test_repris_ou_abandonne_il_n_attend_plus(refuse, abandon):
    acte = {"par": refuse.demande_par, "maintenant": PLUS_TARD}
    repris = services.demander_le_versement(paquet=refuse.paquet, voie="http", **acte)
    if abandon:
        services.abandonner(versement=repris, motif="rien à verser", **acte)

    assert titres(refuse.demande_par) == []


def test_un_envoi_arrete_attend_un_geste(refuse):
    repris = services.demander_le_versement(
        paquet=refuse.paquet, voie="http", par=refuse.demande_par, maintenant=PLUS_TARD
    )
    Versement.objects.filter(pk=repris.pk).update(arrete=True, panne="Jeton échu.")

    assert titres(refuse.demande_par) == ["Relancer un versement arrêté"]
