"""La consultation technique :
la sonde y dépose pour de vrai, et personne d'autre n'en sait rien.
"""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from beffroi.achat.consultations import queries as consultations
from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Membre
from beffroi.reponse.depots.models import BrouillonDeReponse, FichierScelle, Pli
from beffroi.reponse.depots.services import purger_les_essais
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.verification import relire_les_plis
from beffroi.service.sonde import rules, services
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel, Tache
from beffroi.socle.journal.models import Ecriture, JetonQualifie

pytestmark = pytest.mark.django_db
HEURE = timedelta(hours=1)


@pytest.fixture
def technique(centre):
    services.preparer_le_terrain(sonde="nœud A", maintenant=maintenant())
    return consultations.technique()


def essayer(technique, le):
    membre = Membre.objects.get(utilisateur__courriel=services.COURRIEL)
    return factories.Candidat(technique, membre).depose(("offre", None), le=le)


def test_elle_ne_s_ouvre_qu_une_fois_et_l_ancien_jeton_cesse(technique):
    services.preparer_le_terrain(sonde="nœud A", maintenant=maintenant())

    assert Consultation.y_compris_techniques.filter(technique=True).count() == 1
    assert en_cours() == ["Sonde, nœud A"]


def test_la_sonde_d_un_autre_noeud_garde_son_jeton(technique):
    services.preparer_le_terrain(sonde="nœud B", maintenant=maintenant())
    services.preparer_le_terrain(sonde="nœud A", maintenant=maintenant())

    assert en_cours() == ["Sonde, nœud A", "Sonde, nœud B"]


def test_la_sonde_d_un_noeud_retire_perd_le_sien(technique):
    services.preparer_le_terrain(sonde="nœud B", maintenant=maintenant() + 25 * HEURE)

    assert en_cours() == ["Sonde, nœud B"]


def en_cours():
    personne = Utilisateur.objects.get(courriel=services.COURRIEL)
    return sorted(personne.jetons.filter(revoque_le=None).values_list("libelle", flat=True))


def test_aucune_recherche_ne_la_rend_sauf_a_la_sonde(technique):
    le, sonde = maintenant(), Utilisateur.objects.get(courriel=services.COURRIEL)
    autre = factories.membre("Sophie Merlin").utilisateur

    assert not Consultation.toutes.filter(reference=technique.reference).exists()
    assert not consultations.publiques(le).exists()
    for chercher in (
        consultations.publiee,
        consultations.publique,
        lambda r: consultations.lisible(r, autre),
    ):
        with pytest.raises(Introuvable):
            chercher(technique.reference)
    assert consultations.lisible(technique.reference, sonde) == technique


def test_la_base_refuse_de_rendre_technique_une_consultation_d_acheteur(technique):
    vraie = factories.consultation()

    with pytest.raises(DatabaseError), transaction.atomic():
        Consultation.toutes.filter(pk=vraie.pk).update(technique=True)


def test_un_essai_n_ecrit_a_personne_ne_se_compte_pas_et_se_verifie(technique):
    pli = essayer(technique, maintenant())

    assert pli.acte_du_depot == Ecriture.objects.get(numero=pli.ecriture).acte == "pli.essayer"
    assert not Courriel.objects.filter(cle__startswith="accuse:").exists()
    assert not Tache.objects.filter(chemin__contains="horodater").exists()
    assert not JetonQualifie.objects.exists()
    assert [constat.bon for constat in relire_les_plis()] == [True]


@pytest.mark.moteurs
def test_un_vieil_essai_s_efface_et_son_ecriture_reste(technique):
    le = maintenant()
    vieux, jeune = essayer(technique, le - 3 * HEURE), essayer(technique, le)

    efface = services.entretenir(maintenant=le)

    assert (efface, list(Pli.objects.all())) == (1, [jeune])
    assert Ecriture.objects.filter(numero=vieux.ecriture, acte="pli.essayer").exists()
    assert BrouillonDeReponse.objects.count() == 1
    assert not FichierScelle.objects.exclude(brouillon__plis=jeune).exists()
    assert [constat.bon for constat in relire_les_plis()] == [True]


def test_les_essais_s_effacent_une_fois_par_heure_au_plus(technique):
    le = maintenant()
    essayer(technique, le - HEURE / 2)

    assert services.entretenir(maintenant=le) == 0


def test_le_depot_d_une_entreprise_ne_s_efface_jamais(technique):
    pli = factories.Candidat(factories.consultation(), factories.membre("Sophie Merlin")).depose(
        ("offre", None)
    )

    with pytest.raises(RegleEnfreinte):
        purger_les_essais(
            consultation=pli.consultation, avant=maintenant() + HEURE, maintenant=maintenant()
        )
    for lignes in (Pli.objects, pli.enveloppes, type(pli.accuse).objects):
        with pytest.raises(DatabaseError), transaction.atomic():
            lignes.all()._raw_delete(using="default")


@pytest.mark.moteurs
def test_son_heure_limite_recule_avant_d_arriver(technique):
    le = technique.limite - rules.RESTE_AVANT_DE_REPOUSSER + timedelta(seconds=1)

    services.entretenir(maintenant=le)

    assert consultations.technique().limite == le + rules.DELAI_DE_LA_TECHNIQUE
