"""Deux personnes closent la même réunion au même instant : une seule le fait, l'autre le lit."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from beffroi.commissions import services
from beffroi.commissions.models import Commission, Reunion
from beffroi.commissions.rules import Fonction
from beffroi.commissions.services import Affaire, PresenceNotee, ProjetDeMembre, ProjetDeReunion
from beffroi.depots.tests import factories
from beffroi.journal.models import Ecriture
from beffroi.socle.erreurs import ConflitEtat
from beffroi.socle.horloge import maintenant

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reunion():
    """Convoquée la veille, les présents notés : seuls les verrous sont le sujet."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite n'a qu'un écrivain à la fois : `test_reunions` y éprouve l'écran périmé")
    le = maintenant()
    consultation = factories.consultation(limite=le - timedelta(days=3), etat="depouillee")
    acte = {"par": factories.utilisateur("Martine Caron"), "maintenant": le - timedelta(days=1)}
    commission: Commission = services.creer_une_commission(
        organisme=consultation.organisme, projet=services.ProjetDeCommission("CAO"), **acte
    )
    for nom, fonction in (("Hélène", Fonction.PRESIDENT), ("Bernard", Fonction.TITULAIRE)):
        services.ajouter_un_membre(commission=commission, projet=ProjetDeMembre(nom, fonction), **acte)
    projet = ProjetDeReunion(le - timedelta(hours=1), "Mairie", [Affaire(consultation)])
    reunion = services.preparer_une_reunion(commission=commission, projet=projet, **acte)
    reunion = services.convoquer(reunion=reunion, motif="Le chantier attend.", **acte)
    presences = {siege.pk: PresenceNotee("present") for siege in reunion.sieges.all()}
    return services.noter_les_presences(reunion=reunion, presences=presences, vue=reunion.version, **acte)


def test_deux_personnes_closent_ensemble_une_seule_y_parvient(reunion):
    depart, rendus = threading.Barrier(2), []

    def clore(par):
        try:
            depart.wait(timeout=20)
            rendus.append(services.clore(reunion=reunion, vue=reunion.version, par=par, maintenant=maintenant()))
        except ConflitEtat as conflit:
            rendus.append(conflit)
        finally:
            connection.close()

    personnes = [factories.utilisateur(nom) for nom in ("Odile Fasquelle", "Yvette Cordier")]
    fils = [threading.Thread(target=clore, args=(par,)) for par in personnes]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()

    assert sorted(type(rendu).__name__ for rendu in rendus) == ["ConflitEtat", "Reunion"]
    assert Ecriture.objects.filter(acte="commission.clore").count() == 1
    assert Reunion.objects.get().close_par in personnes
