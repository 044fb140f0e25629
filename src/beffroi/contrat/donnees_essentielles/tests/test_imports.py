"""Importer d'un autre logiciel : tout ou rien, chaque faute nommée, rien deux fois."""

from dataclasses import replace
from decimal import Decimal

import pytest

from beffroi.contrat.donnees_essentielles import contenu, queries, services
from beffroi.contrat.donnees_essentielles.models import FicheDeContrat
from beffroi.contrat.donnees_essentielles.tests.scene import (
    AUDINCTHUN,
    CONCESSION,
    LE,
    MARCHE,
    agent,
    marche,
    organisme,
)
from beffroi.contrat.donnees_essentielles.tests.test_publication import AVENANT
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.journal.acteurs import PLATEFORME
from formats.decp import Concession, Paquet
from formats.decp.ecriture import en_json, en_xml
from formats.tests.normes import NORMES

pytestmark = pytest.mark.django_db


@pytest.fixture
def martine(db):
    return agent(organisme(), "redacteur")


def fichier(*contrats, ecrire=en_json) -> bytes:
    marches = tuple(un for un in contrats if not isinstance(un, Concession))
    return ecrire(
        Paquet(
            marches=marches, concessions=tuple(un for un in contrats if isinstance(un, Concession))
        )
    )


def deposer(martine, octets):
    return services.deposer_un_fichier(
        organisme=organisme(), nom="decp.json", octets=octets, par=martine, maintenant=LE
    )


def appliquer(martine, depose):
    empreinte = services.apercu(depose).empreinte
    return services.appliquer(depose=depose, empreinte=empreinte, par=martine, maintenant=LE)


@pytest.mark.moteurs
@pytest.mark.parametrize("ecrire", [en_json, en_xml])
def test_un_fichier_relu_se_publie_entier(martine, ecrire):
    contrat = marche(modifications=(AVENANT,))
    fait = appliquer(martine, deposer(martine, fichier(contrat, CONCESSION, ecrire=ecrire)))

    assert (fait.inscrites, FicheDeContrat.objects.filter(source="import").count()) == (2, 2)
    fiche = queries.fiche_du_contrat(organisme(), contrat)
    assert contenu.relire(fiche, fiche.ajouts.all()) == contrat


def test_une_faute_et_rien_n_est_importe(martine):
    depose = deposer(martine, fichier(MARCHE, marche(id="F", duree_mois=0)))

    assert [(une.contrat, une.champ) for une in services.apercu(depose).erreurs] == [
        ("Marché F", "dureeMois")
    ]
    with pytest.raises(RegleEnfreinte):
        appliquer(martine, depose)
    assert not FicheDeContrat.objects.exists()


def test_le_contrat_d_un_autre_acheteur_est_refuse(martine):
    depose = deposer(martine, fichier(marche(acheteur_id=AUDINCTHUN)))

    assert [une.champ for une in services.apercu(depose).erreurs] == ["acheteur.id"]


def test_un_contrat_deja_publie_est_reconnu(martine):
    services.publier_la_fiche(organisme=organisme(), marche=MARCHE, par=PLATEFORME, maintenant=LE)

    plan = services.apercu(deposer(martine, fichier(MARCHE)))

    assert (plan.connus, plan.nouveaux, plan.erreurs, plan.est_applicable) == (1, (), (), False)


def test_une_modification_nouvelle_complete_la_fiche_connue(martine):
    fiche = services.publier_la_fiche(
        organisme=organisme(), marche=MARCHE, par=PLATEFORME, maintenant=LE
    )

    appliquer(martine, deposer(martine, fichier(marche(modifications=(AVENANT,)))))

    assert contenu.relire(fiche, fiche.ajouts.all()) == replace(MARCHE, modifications=(AVENANT,))


def test_un_contrat_publie_autrement_est_refuse_le_champ_nomme(martine):
    services.publier_la_fiche(organisme=organisme(), marche=MARCHE, par=PLATEFORME, maintenant=LE)

    plan = services.apercu(deposer(martine, fichier(marche(montant=Decimal(1_000)))))

    assert [une.champ for une in plan.erreurs] == ["montant"]


def test_confirme_deux_fois_il_ne_s_applique_qu_une(martine):
    depose = deposer(martine, fichier(MARCHE))

    assert appliquer(martine, depose) == appliquer(martine, depose)
    assert FicheDeContrat.objects.count() == 1


def test_un_apercu_perime_est_refuse(martine):
    depose = deposer(martine, fichier(MARCHE, CONCESSION))
    empreinte = services.apercu(depose).empreinte
    services.publier_la_fiche(organisme=organisme(), marche=MARCHE, par=PLATEFORME, maintenant=LE)

    with pytest.raises(ConflitEtat):
        services.appliquer(depose=depose, empreinte=empreinte, par=martine, maintenant=LE)


@pytest.mark.parametrize(
    "octets", [b"", b"{", b"<marches>", b"\xff\xfe", b'{"marches": []}', b"[" * 100]
)
def test_un_fichier_illisible_est_refuse_avec_une_phrase(martine, octets):
    with pytest.raises(RegleEnfreinte) as refus:
        deposer(martine, octets)
    assert refus.value.message


def test_les_contrats_reels_d_un_acheteur_s_importent_et_se_republient_a_l_identique(martine):
    reels = NORMES / "decp" / "reels-valides" / "dematis17.json"
    if not reels.exists():
        pytest.skip("Les contrats réels ne sont pas installés.")
    siens = [
        un
        for un in contenu.lire_tout(reels.read_bytes())
        if contenu.acheteur_de(un).startswith("403202179")
    ]
    lui = organisme("40320217900087", "Un acheteur réel")
    depose = services.deposer_un_fichier(
        organisme=lui, nom="reels.json", octets=fichier(*siens), par=martine, maintenant=LE
    )

    appliquer(martine, depose)

    republies = [
        contenu.relire(fiche, fiche.ajouts.all()) for fiche in queries.du_fichier().order_by("pk")
    ]
    assert len(siens) == 33
    assert republies == siens
