"""Après la lettre : qui demande, jusqu'à quand répondre, et la réponse dans le fil."""

from datetime import date, timedelta

import pytest

from beffroi.choix.attribution import services
from beffroi.choix.attribution.models import DemandeDeMotifs
from beffroi.choix.attribution.tests.scene import DECISION_LE, lettre_a, notifie
from beffroi.choix.echanges.models import Exemplaire
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.models import Courriel

pytestmark = pytest.mark.django_db
DEMANDE_LE = DECISION_LE + timedelta(days=2)


@pytest.fixture
def demande(ouvert):
    notifie(ouvert)
    return services.demander(
        lettre=lettre_a(ouvert, 1),
        texte="Quels avantages ?",
        par=ouvert.scene.personne("zoe"),
        maintenant=DEMANDE_LE,
    )


def test_l_acheteur_a_quinze_jours_et_l_apprend_par_courriel(demande):
    assert demande.repondre_avant == date(2027, 2, 1)
    assert Courriel.objects.filter(
        cle__startswith=f"demande-de-motifs:{demande.reference}"
    ).exists()
    assert (
        "Quels avantages" not in Courriel.objects.filter(cle__contains=demande.reference)[0].texte
    )


def test_une_seule_demande_attend_a_la_fois(ouvert, demande):
    with pytest.raises(RegleEnfreinte, match="déjà une demande"):
        services.demander(
            lettre=demande.lettre,
            texte="Encore",
            par=ouvert.scene.personne("zoe"),
            maintenant=DEMANDE_LE,
        )


def test_l_entreprise_retenue_n_a_pas_de_rejet_a_demander(ouvert):
    notifie(ouvert)

    with pytest.raises(RegleEnfreinte, match="Votre offre est retenue"):
        services.demander(
            lettre=lettre_a(ouvert, 0),
            texte="Pourquoi ?",
            par=ouvert.scene.personne("sophie"),
            maintenant=DEMANDE_LE,
        )


@pytest.mark.moteurs
def test_la_reponse_est_remise_dans_son_fil_et_datee(ouvert, demande):
    repondue_le = DEMANDE_LE + timedelta(days=3)

    services.repondre(
        demande=demande, texte="Un planning plus court.", par=ouvert.martine, maintenant=repondue_le
    )

    demande = DemandeDeMotifs.objects.get(pk=demande.pk)
    remis = Exemplaire.objects.get(pk=demande.exemplaire_id)
    assert (demande.repondue_le, remis.texte) == (repondue_le, "Un planning plus court.")
    assert remis.fil.equipe == ouvert.plis[1].equipe


def test_une_demande_deja_repondue_ne_l_est_pas_deux_fois(ouvert, demande):
    services.repondre(
        demande=demande, texte="Un planning.", par=ouvert.martine, maintenant=DEMANDE_LE
    )

    with pytest.raises(RegleEnfreinte, match="déjà sa réponse"):
        services.repondre(demande=demande, texte="Autre.", par=ouvert.helene, maintenant=DEMANDE_LE)


@pytest.mark.moteurs
def test_une_demande_recue_autrement_compte_du_jour_de_sa_reception(ouvert):
    notifie(ouvert)

    demande = services.noter_une_demande(
        lettre=lettre_a(ouvert, 2),
        texte="Par téléphone.",
        recue_le=DEMANDE_LE,
        par=ouvert.martine,
        maintenant=DEMANDE_LE + timedelta(days=4),
    )

    assert demande.repondre_avant == date(2027, 2, 1)
