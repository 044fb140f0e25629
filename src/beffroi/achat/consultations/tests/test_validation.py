"""Publier à deux : demander, être prévenu, rendre avec ses mots, reprendre, publier."""

import pytest
from django.test import Client

from beffroi.achat.consultations import services
from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.services import habiliter, regler_la_publication
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture

MOTIF = "Le CCTP n'est pas le bon."


@pytest.fixture
def a_deux(scene):
    regler_la_publication(
        organisme=scene.organisme, a_deux=True, par=PLATEFORME, maintenant=scene.le
    )
    scene.organisme.refresh_from_db()
    return scene


@pytest.fixture
def soumise(a_deux):
    consultation = a_deux.completer(a_deux.brouillon())
    return services.soumettre_a_relecture(
        consultation=consultation, par=a_deux.martine, maintenant=a_deux.le
    )


def rendre(scene, consultation, motif=MOTIF, par=None):
    return services.reprendre_le_brouillon(
        consultation=consultation, par=par or scene.helene, motif=motif, maintenant=scene.le
    )


def test_la_demande_previent_qui_peut_publier_et_personne_d_autre(a_deux, soumise):
    assert list(
        Courriel.objects.filter(sujet__startswith="À valider").values_list(
            "destinataire", flat=True
        )
    ) == [a_deux.helene.courriel]


def test_rendre_demande_une_raison_que_la_redactrice_lit(a_deux, soumise):
    with pytest.raises(RegleEnfreinte, match="Dites pourquoi"):
        rendre(a_deux, soumise, motif=" ")

    rendue = rendre(a_deux, soumise)

    assert (rendue.etat, rendue.motif_du_renvoi, rendue.rendue_par) == (
        "brouillon",
        MOTIF,
        a_deux.helene,
    )
    assert MOTIF in Courriel.objects.get(sujet__startswith="À reprendre").texte
    assert MOTIF in Ecriture.objects.get(acte="consultation.reprendre").contenu


def test_la_redactrice_reprend_son_brouillon_sans_rien_dire(a_deux, soumise):
    reprise = rendre(a_deux, soumise, motif="", par=a_deux.martine)

    assert (reprise.etat, reprise.rendue_le) == ("brouillon", None)
    assert not Courriel.objects.filter(sujet__startswith="À reprendre").exists()


def test_demandee_de_nouveau_elle_n_est_plus_a_reprendre(a_deux, soumise):
    rendue = rendre(a_deux, soumise)

    encore = services.soumettre_a_relecture(
        consultation=rendue, par=a_deux.martine, maintenant=a_deux.le
    )

    assert (encore.motif_du_renvoi, encore.rendue_par) == ("", None)


def test_seule_a_pouvoir_publier_elle_ne_demande_rien_a_personne(a_deux):
    consultation = a_deux.completer(a_deux.brouillon())
    habiliter(
        organisme=a_deux.organisme,
        utilisateur=a_deux.helene,
        roles=["ouvreur"],
        par=PLATEFORME,
        maintenant=a_deux.le,
    )

    with pytest.raises(RegleEnfreinte, match="rôle « valideur »"):
        services.soumettre_a_relecture(
            consultation=consultation, par=a_deux.martine, maintenant=a_deux.le
        )
    page = connecter(Client(), a_deux.martine).get(
        f"/consultations/{consultation.reference}/preparer/verifier/"
    )
    assert "Personne d’autre que vous" in page.content.decode()


def test_rendre_sans_un_mot_revient_au_formulaire(a_deux, soumise):
    adresse = f"/consultations/{soumise.reference}/preparer/reprendre/"

    reponse = connecter(Client(), a_deux.helene).post(adresse, {"motif": ""})

    assert reponse.status_code == 422 and "Dites pourquoi" in reponse.content.decode()
    assert Consultation.toutes.get(pk=soumise.pk).etat == "en_relecture"
