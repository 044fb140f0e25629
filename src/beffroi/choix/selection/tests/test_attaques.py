"""Ce que quelqu'un tenterait contre une procédure en deux temps.

Chaque refus dit une phrase, ou ne dit rien du tout.
"""

import dataclasses
import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from beffroi.achat.tours.queries import invitation_pour
from beffroi.choix.selection.tests.scene import CANDIDATURE, LIMITE_DES_OFFRES, OFFRE, candidater
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.reponse.depots import services as depots
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.queries import plis_proposes
from beffroi.seance.ouverture.tests.factories import LIMITE
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte
from demo.reponses import deposer_le_tout, envoyer_une_enveloppe
from tests.semis import semee

pytestmark = pytest.mark.django_db
A_TEMPS = LIMITE_DES_OFFRES - timedelta(hours=2)
AVANT = LIMITE - timedelta(hours=2)


@pytest.fixture
@semee
def invitation(restreint):
    """L'invitation de Sophie."""
    restreint.decider()
    return restreint.invitation(restreint.inviter())


def page_de(restreint, qui, adresse):
    return connecter(Client(), restreint.scene.personne(qui)).get(adresse)


def test_une_offre_au_premier_temps_est_refusee_avec_une_phrase(scene):
    brouillon = premier_temps(scene)

    with pytest.raises(RegleEnfreinte, match="d'abord les candidatures, seules"):
        depots.ouvrir_fichier(
            brouillon=brouillon,
            enveloppe="offre",
            lot=None,
            nom="prix.pdf",
            taille=5000,
            maintenant=AVANT,
        )


def test_une_candidature_ne_se_depose_pas_sous_le_nom_d_une_offre(scene):
    """Les fichiers sont entrés comme candidature ; le dépôt les annonce comme une offre."""
    brouillon = premier_temps(scene)
    enveloppe = envoyer_une_enveloppe(brouillon, "candidature", None, CANDIDATURE, le=AVANT)

    with pytest.raises(RegleEnfreinte, match="d'abord les candidatures, seules"):
        deposer_le_tout(
            brouillon,
            [dataclasses.replace(enveloppe, enveloppe="offre")],
            par=brouillon.commence_par,
            le=AVANT,
        )
    assert not Pli.objects.filter(consultation=scene.consultation).exists()


def premier_temps(scene):
    return depots.commencer_reponse(
        consultation=scene.consultation,
        equipe=scene.troupe.equipes["faitage"],
        lots=(),
        par=scene.personne("sophie"),
        maintenant=AVANT - timedelta(hours=1),
    )


def test_une_candidature_dans_un_tour_d_offres_est_refusee(restreint, invitation):
    brouillon = depots.commencer_reponse(
        consultation=restreint.consultation,
        equipe=invitation.equipe,
        lots=(),
        par=invitation.destinataire,
        maintenant=A_TEMPS - timedelta(minutes=30),
        invitation=invitation,
    )

    with pytest.raises(RegleEnfreinte, match="ne reçoit que des offres"):
        depots.ouvrir_fichier(
            brouillon=brouillon,
            enveloppe="candidature",
            lot=None,
            nom="dc1.pdf",
            taille=2000,
            maintenant=A_TEMPS,
        )


def test_une_offre_scellee_pour_la_cle_des_candidatures_est_refusee(restreint, invitation):
    """Cette clé a servi à ouvrir : le coffre de la séance l'a tenue."""
    brouillon = depots.commencer_reponse(
        consultation=restreint.consultation,
        equipe=invitation.equipe,
        lots=(),
        par=invitation.destinataire,
        maintenant=A_TEMPS - timedelta(minutes=30),
        invitation=invitation,
    )
    enveloppe = envoyer_une_enveloppe(brouillon, "offre", None, OFFRE, le=A_TEMPS)
    mauvaise = dataclasses.replace(
        enveloppe, empreinte=restreint.consultation.cle_candidature.empreinte
    )

    with pytest.raises(RegleEnfreinte, match="n'est pas celle qui est attendue"):
        deposer_le_tout(brouillon, [mauvaise], par=invitation.destinataire, le=A_TEMPS)


@pytest.mark.parametrize("qui", ["emile", "lucie", "martine", "odile"])
def test_une_invitation_est_introuvable_pour_tout_autre(restreint, invitation, qui):
    """Le candidat écarté, une autre entreprise, l'acheteur, une autre commune :
    la même réponse qu'une référence inventée.
    """
    autre = restreint.scene.personne(qui)

    with pytest.raises(Introuvable):
        invitation_pour(autre, invitation.reference)
    vraie = page_de(restreint, qui, f"/invitations/{invitation.reference}/")
    inventee = page_de(restreint, qui, "/invitations/I-222222222222/")
    assert (vraie.status_code, inventee.status_code) == (404, 404)
    assert invitation.reference not in vraie.content.decode()


@pytest.mark.parametrize("qui", ["emile", "martine"])
def test_l_api_ne_laisse_pas_entrer_qui_n_est_pas_invite(restreint, invitation, qui):
    client = connecter(Client(), restreint.scene.personne(qui))
    reponse = client.post(
        f"/api/v1/invitations/{invitation.reference}/reponses", content_type="application/json"
    )

    assert reponse.status_code == 404
    assert not invitation.brouillons.exists()


def test_l_api_dit_pourquoi_une_offre_n_entre_pas_au_premier_temps(scene):
    """Au premier temps, l'API ne donne que la clé des candidatures,
    et refuse le fichier d'une offre.
    """
    client = connecter(Client(), scene.personne("sophie"))
    ouverte = client.post(
        f"/api/v1/consultations/{scene.consultation.reference}/reponses",
        "{}",
        content_type="application/json",
    ).json()
    fichier = {"enveloppe": "offre", "lot": None, "nom": "prix.pdf", "taille": 5000}
    refus = client.post(
        f"/api/v1/reponses/{ouverte['reponse']}/fichiers",
        json.dumps(fichier),
        content_type="application/json",
    )

    assert [e["enveloppe"] for e in ouverte["enveloppes"]] == ["candidature"]
    assert refus.status_code == 422 and "d'abord les candidatures" in refus.json()[
        "detail"
    ].replace("’", "'")


def test_deposer_dans_un_tour_fini_est_recu_mais_rien_ne_le_propose(restreint, invitation):
    a_temps = restreint.offrir(invitation)
    tardive = restreint.offrir(invitation, le=LIMITE_DES_OFFRES + timedelta(seconds=1))

    a_temps.refresh_from_db()
    assert tardive.hors_delai and tardive.remplace is None
    assert (a_temps.etat, plis_proposes(tardive.consultation, tardive.tour)) == (
        Pli.Etat.DEPOSE,
        [a_temps],
    )


def test_un_pli_ne_change_pas_de_tour(restreint, invitation):
    pli = restreint.offrir(invitation)

    with pytest.raises(DatabaseError, match="il prouve"), transaction.atomic():
        Pli.objects.filter(pk=pli.pk).update(tour=None)


def test_la_candidature_d_une_entreprise_ecartee_ne_rouvre_pas_la_porte(restreint, invitation):
    """Elle peut encore déposer une candidature, tardive ; elle n'en devient pas invitée."""
    candidater(restreint.scene, "emile", "etoile", le=A_TEMPS)

    assert page_de(restreint, "emile", f"/invitations/{invitation.reference}/").status_code == 404
