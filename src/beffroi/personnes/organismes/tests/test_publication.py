"""« Qui publie » : un organisme veut deux personnes, s'il les a."""

import pytest

from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.organismes.services import creer_organisme, habiliter, regler_la_publication
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture


@pytest.fixture
def organisme(db):
    return creer_organisme(
        nom="Commune de Bomy", siret="21620155800014", par=PLATEFORME, maintenant=maintenant()
    )


def donner(organisme, nom, *roles):
    personne = creer_utilisateur(
        courriel=f"{nom}@bomy.example", nom=nom, adresse_verifiee=True, maintenant=maintenant()
    )
    habiliter(
        organisme=organisme,
        utilisateur=personne,
        roles=roles,
        par=PLATEFORME,
        maintenant=maintenant(),
    )


def regler(organisme, a_deux):
    return regler_la_publication(
        organisme=organisme, a_deux=a_deux, par=PLATEFORME, maintenant=maintenant()
    )


def test_publier_a_deux_demande_deux_personnes_qui_le_peuvent(organisme):
    donner(organisme, "martine", "redacteur")
    donner(organisme, "bernard", "ouvreur")
    with pytest.raises(RegleEnfreinte, match="deux personnes au moins"):
        regler(organisme, a_deux=True)

    donner(organisme, "helene", "valideur")

    assert regler(organisme, a_deux=True).publication_a_deux


def test_le_meme_choix_n_ecrit_rien_et_un_autre_s_inscrit_au_journal(organisme):
    donner(organisme, "martine", "redacteur")
    donner(organisme, "helene", "valideur")

    for choix in (False, True, True, False):
        regler(organisme, a_deux=choix)

    assert Ecriture.objects.filter(acte="organisme.regler_la_publication").count() == 2
