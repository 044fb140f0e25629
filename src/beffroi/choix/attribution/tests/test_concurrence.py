"""Deux membres valident au même instant : une décision, une phrase pour l'autre."""

from datetime import timedelta

import pytest

from beffroi.choix.attribution import services
from beffroi.choix.attribution.models import Attribution
from beffroi.choix.attribution.services import ProjetDeRenonciation
from beffroi.personnes.organismes.models import Organisme
from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.models import Ecriture
from tests.moteurs.ensemble import ensemble, sauter_sans_verrou_de_ligne

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def consultation():
    """Deux lots, personne n'y a répondu : seuls les verrous sont le sujet."""
    sauter_sans_verrou_de_ligne()
    return factories.consultation(
        limite=maintenant() - timedelta(days=1), etat="depouillee", lots=2
    )


def test_deux_personnes_renoncent_au_meme_lot_une_seule_l_inscrit(consultation):
    personnes = [factories.utilisateur(f"{prenom} Caron") for prenom in ("Martine", "Odile")]

    def acte(par):
        projet = ProjetDeRenonciation("interet_general", "Le budget est réduit.")
        return lambda: services.renoncer(
            consultation=consultation, lot=1, projet=projet, par=par, maintenant=maintenant()
        )

    rendus = ensemble(*map(acte, personnes))

    assert sorted(type(rendu).__name__ for rendu in rendus) == ["Attribution", "ConflitEtat"]
    assert Attribution.objects.count() == 1
    [conflit] = [rendu for rendu in rendus if isinstance(rendu, ConflitEtat)]
    assert Attribution.objects.get().decidee_par.nom in conflit.message
    assert Ecriture.objects.filter(acte="attribution.decider").count() == 1


def test_deux_membres_valident_la_meme_proposition_un_seul_y_parvient(consultation):
    Organisme.objects.filter(pk=consultation.organisme_id).update(publication_a_deux=True)
    consultation.organisme.refresh_from_db()
    proposee = services.renoncer(
        consultation=consultation,
        lot=2,
        projet=ProjetDeRenonciation("interet_general", "Le besoin a disparu."),
        par=factories.utilisateur(),
        maintenant=maintenant(),
    )
    personnes = [factories.utilisateur(f"{prenom} Caron") for prenom in ("Martine", "Odile")]

    rendus = ensemble(
        *(
            lambda par=par: services.valider(attribution=proposee, par=par, maintenant=maintenant())
            for par in personnes
        )
    )

    assert sorted(type(rendu).__name__ for rendu in rendus) == ["Attribution", "ConflitEtat"]
    assert Ecriture.objects.filter(acte="attribution.valider").count() == 1
