"""Deux personnes closent, votent, annulent au même instant :
une seule le fait, l'autre l'apprend.
"""

from datetime import timedelta

import pytest

from beffroi.choix.commissions import services
from beffroi.choix.commissions.models import Annulation, Commission, Deliberation, Reunion
from beffroi.choix.commissions.mots import Fonction
from beffroi.choix.commissions.rules import Vote
from beffroi.choix.commissions.services import (
    Affaire,
    PresenceNotee,
    ProjetDeMembre,
    ProjetDeReunion,
)
from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations.erreurs import ErreurMetier
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.models import Ecriture
from tests.moteurs.ensemble import ensemble, sauter_sans_verrou_de_ligne, sortes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reunion():
    """Convoquée la veille, les présents notés : seuls les verrous sont le sujet."""
    sauter_sans_verrou_de_ligne()
    le = maintenant()
    consultation = factories.consultation(limite=le - timedelta(days=3), etat="depouillee")
    acte = {"par": factories.utilisateur("Martine Caron"), "maintenant": le - timedelta(days=1)}
    commission: Commission = services.creer_une_commission(
        organisme=consultation.organisme, projet=services.ProjetDeCommission("CAO"), **acte
    )
    for nom, fonction in (("Hélène", Fonction.PRESIDENT), ("Bernard", Fonction.TITULAIRE)):
        services.ajouter_un_membre(
            commission=commission, projet=ProjetDeMembre(nom, fonction), **acte
        )
    projet = ProjetDeReunion(le - timedelta(hours=1), "Mairie", [Affaire(consultation)])
    reunion = services.preparer_une_reunion(commission=commission, projet=projet, **acte)
    reunion = services.convoquer(reunion=reunion, motif="Le chantier attend.", **acte)
    presences = {siege.pk: PresenceNotee("present") for siege in reunion.sieges.all()}
    return services.noter_les_presences(
        reunion=reunion, presences=presences, vue=reunion.version, **acte
    )


@pytest.fixture
def deux():
    return [factories.utilisateur(nom) for nom in ("Odile Fasquelle", "Yvette Cordier")]


def test_deux_personnes_closent_ensemble_une_seule_y_parvient(reunion, deux):
    def clore(par):
        return lambda: services.clore(
            reunion=reunion, vue=reunion.version, par=par, maintenant=maintenant()
        )

    assert sortes(ensemble(*map(clore, deux))) == ["ConflitEtat", "Reunion"]
    assert Ecriture.objects.filter(acte="commission.clore").count() == 1
    assert Reunion.objects.get().close_par in deux


def test_deux_votes_ensemble_sur_ce_que_chacun_a_sous_les_yeux_un_seul_s_inscrit(reunion, deux):
    projet = services.ProjetDeVote(Vote(2, 0, 0), "Ne retenir personne")

    def voter(par):
        point = reunion.points.get()
        return lambda: services.voter(
            point=point, projet=projet, vue=reunion.version, par=par, maintenant=maintenant()
        )

    assert sortes(ensemble(*map(voter, deux))) == ["ConflitEtat", "Deliberation"]
    assert Deliberation.objects.get().inscrite_par in deux


def test_annuler_pendant_qu_un_autre_vote_l_un_des_deux_seulement(reunion, deux):
    projet, point = (
        services.ProjetDeVote(Vote(2, 0, 0), "Ne retenir personne"),
        reunion.points.get(),
    )
    acte = {"maintenant": maintenant()}
    rendus = ensemble(
        lambda: services.annuler(reunion=reunion, motif="Salle inondée.", par=deux[0], **acte),
        lambda: services.voter(
            point=point, projet=projet, vue=reunion.version, par=deux[1], **acte
        ),
    )

    assert len([rendu for rendu in rendus if isinstance(rendu, ErreurMetier)]) == 1
    assert Deliberation.objects.count() + Annulation.objects.count() == 1


def test_deux_annulations_ensemble_un_seul_courriel_par_personne(reunion, deux):
    def annuler(par):
        return lambda: services.annuler(
            reunion=reunion, motif="Salle inondée.", par=par, maintenant=maintenant()
        )

    assert sortes(ensemble(*map(annuler, deux))) == ["Annulation", "ConflitEtat"]
    assert Ecriture.objects.filter(acte="commission.annuler_la_reunion").count() == 1
