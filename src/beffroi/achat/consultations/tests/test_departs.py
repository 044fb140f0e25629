"""Une personne part :
ce que son départ défait se dit avant, se note au journal, et rien ne reste ouvert derrière elle.
"""

import pytest

from beffroi.personnes.cles.queries import identite_en_cours
from beffroi.personnes.comptes.tests.personnes import avec_second_facteur, connecter, personne
from beffroi.personnes.entreprises.queries import membres_de
from beffroi.personnes.entreprises.services import inscrire_membre
from beffroi.personnes.organismes import services
from beffroi.personnes.organismes.ports import attaches_de
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture


@pytest.fixture
def administration(scene, client):
    yvette = avec_second_facteur(personne("Yvette Cordier"))
    services.habiliter(
        organisme=scene.organisme,
        utilisateur=yvette,
        roles=["administrateur"],
        par=PLATEFORME,
        maintenant=scene.le,
    )
    return connecter(client, yvette)


def adresse(scene, geste):
    reference = habilitation_dans(scene.helene, scene.organisme, scene.le).reference
    return f"/organisme/{scene.organisme.siret}/agents/{reference}/{geste}/"


def test_les_attaches_disent_combien_d_autres_pourront_ouvrir(scene):
    scene.publiee()

    (part,) = attaches_de(scene.helene, le=scene.le).dans(scene.organisme.siret)

    assert (part.restants, part.seuil, part.s_ouvre_encore) == (1, 1, True)


def test_le_dernier_porteur_qui_peut_ouvrir_est_connu_comme_tel(scene):
    scene.publiee()
    services.retirer_habilitation(
        habilitation=habilitation_dans(scene.martine, scene.organisme, scene.le),
        par=PLATEFORME,
        maintenant=scene.le,
    )

    (part,) = attaches_de(scene.helene, le=scene.le).parts

    assert not part.s_ouvre_encore


def test_un_brouillon_sans_cle_n_est_l_attache_de_personne(scene):
    scene.brouillon()

    assert attaches_de(scene.helene, le=scene.le).parts == ()


def test_avant_de_retirer_l_administrateur_lit_quelles_cles_partent(administration, scene):
    consultation = scene.publiee()

    page = administration.get(adresse(scene, "retirer")).content.decode()

    assert "tient une part de clé de 1 consultation" in page
    assert consultation.reference in page and "1 autre personne peut l’ouvrir" in page


def test_le_journal_retient_les_cles_que_la_personne_tenait(scene):
    consultation = scene.publiee()

    services.retirer_habilitation(
        habilitation=habilitation_dans(scene.helene, scene.organisme, scene.le),
        par=PLATEFORME,
        maintenant=scene.le,
    )

    note = Ecriture.objects.get(acte="cles.porteur_parti")
    assert note.sujet == scene.helene.reference
    assert consultation.cle_offre.empreinte in str(note.contenu)


def test_fermer_un_compte_retire_sa_cle_des_consultations_a_venir(administration, scene):
    scene.publiee()

    administration.post(adresse(scene, "fermer"), {"raison": "départ à la retraite"})

    scene.helene.refresh_from_db()
    assert not scene.helene.est_actif
    assert identite_en_cours(scene.helene) is None


def rattacher(personne):
    inscrire_membre(
        identifiant="73282932000074",
        nom="Atelier du Faîtage",
        pays="FR",
        utilisateur=personne,
        par=personne.acteur,
        maintenant=maintenant(),
    )
    return personne


def test_un_organisme_ne_ferme_pas_un_compte_qui_repond_pour_une_entreprise(administration, scene):
    rattacher(scene.helene)

    reponse = administration.post(adresse(scene, "fermer"), {"raison": "départ"})

    assert reponse.status_code == 422 and "entreprise" in reponse.content.decode()
    assert habilitation_dans(scene.helene, scene.organisme, maintenant()).utilisateur.est_actif


def test_un_compte_ferme_n_agit_plus_pour_aucune_entreprise(db):
    sophie = rattacher(personne())

    services.fermer_le_compte(
        utilisateur=sophie, raison="adresse volée", par=PLATEFORME, maintenant=maintenant()
    )

    assert not membres_de(sophie).exists()
