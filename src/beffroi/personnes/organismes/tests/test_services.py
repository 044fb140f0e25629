"""Donner et retirer des rôles."""

from datetime import timedelta

import pytest

from beffroi.personnes.comptes.services import revoquer_utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, personne
from beffroi.personnes.organismes import queries, services
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.permissions import ACTES, exiger_role
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, RegleEnfreinte, RoleManquant
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
MARDI = LUNDI + timedelta(days=1)


@pytest.fixture
def bomy() -> Organisme:
    return services.creer_organisme(
        nom="Commune de Bomy", siret="21620155800014", par=PLATEFORME, maintenant=LUNDI
    )


def habiliter(organisme, utilisateur, *roles, le=LUNDI) -> Habilitation:
    return services.habiliter(
        organisme=organisme, utilisateur=utilisateur, roles=roles, par=PLATEFORME, maintenant=le
    )


def test_un_siret_n_a_qu_un_organisme(bomy):
    with pytest.raises(RegleEnfreinte):
        services.creer_organisme(nom="Bomy", siret=bomy.siret, par=PLATEFORME, maintenant=LUNDI)


def test_changer_de_roles_date_la_fin_des_anciens(bomy):
    martine = personne("Martine")
    ancienne = habiliter(bomy, martine, "redacteur")

    nouvelle = habiliter(bomy, martine, "redacteur", "valideur", le=MARDI)

    ancienne.refresh_from_db()
    assert ancienne.jusqu_au == nouvelle.depuis_le == MARDI
    assert list(queries.habilitations_en_cours(martine, MARDI)) == [nouvelle]


def test_donner_les_memes_roles_ne_change_rien(bomy):
    martine = personne("Martine")

    assert habiliter(bomy, martine, "redacteur") == habiliter(bomy, martine, "redacteur", le=MARDI)


def test_le_journal_retient_qui_tient_quoi(bomy):
    habilitation = habiliter(bomy, personne("Martine"), "redacteur")

    assert Ecriture.objects.get(acte="habilitation.accorder").sujet == habilitation.reference


def test_retirer_un_role_vaut_tout_de_suite(bomy):
    martine = personne("Martine")
    habilitation = habiliter(bomy, martine, "redacteur")

    services.retirer_habilitation(habilitation=habilitation, par=PLATEFORME, maintenant=MARDI)

    with pytest.raises(Introuvable):
        queries.habilitation_dans(martine, bomy, MARDI)
    assert queries.habilitation_dans(martine, bomy, LUNDI) == habilitation


def test_on_ne_retire_pas_deux_fois(bomy):
    habilitation = habiliter(bomy, personne("Martine"), "redacteur")
    services.retirer_habilitation(habilitation=habilitation, par=PLATEFORME, maintenant=MARDI)

    with pytest.raises(ConflitEtat):
        services.retirer_habilitation(habilitation=habilitation, par=PLATEFORME, maintenant=MARDI)


def test_le_dernier_administrateur_ne_se_retire_pas(bomy):
    habilitation = habiliter(bomy, personne("Martine"), "administrateur")

    with pytest.raises(RegleEnfreinte, match="dernier administrateur"):
        services.retirer_habilitation(habilitation=habilitation, par=PLATEFORME, maintenant=MARDI)


def test_le_dernier_administrateur_ne_perd_pas_ce_role_en_en_changeant(bomy):
    martine = personne("Martine")
    habiliter(bomy, martine, "administrateur")

    with pytest.raises(RegleEnfreinte, match="dernier administrateur"):
        habiliter(bomy, martine, "redacteur", le=MARDI)


def test_un_administrateur_au_compte_ferme_ne_compte_pas(bomy):
    martine, helene = personne("Martine"), personne("Hélène", courriel="h@bomy.example")
    habilitation = habiliter(bomy, martine, "administrateur")
    habiliter(bomy, helene, "administrateur")
    revoquer_utilisateur(utilisateur=helene, par=PLATEFORME, maintenant=LUNDI)

    with pytest.raises(RegleEnfreinte):
        services.retirer_habilitation(habilitation=habilitation, par=PLATEFORME, maintenant=MARDI)


def test_une_personne_qui_a_un_compte_garde_son_nom(bomy):
    martine = personne("Martine Caron")

    habilitation = services.accueillir_agent(
        organisme=bomy,
        courriel=martine.courriel,
        nom="X",
        roles=["lecteur"],
        par=PLATEFORME,
        maintenant=LUNDI,
    )

    assert habilitation.utilisateur.nom == "Martine Caron"
    assert "/invitation/" not in Courriel.objects.get().texte


def test_l_organisme_s_ouvre_avec_son_premier_administrateur():
    organisme = services.ouvrir_organisme(
        nom="Bomy",
        siret="21620155800014",
        adresse="",
        courriel="m@bomy.example",
        nom_de_l_administrateur="Martine",
        qualite="",
        par=PLATEFORME,
        maintenant=LUNDI,
    )

    assert [attente.roles for attente in queries.attentes_de(organisme)] == [["administrateur"]]
    assert queries.organisme_servi(organisme.siret)[1:] == (0, 1)


def test_le_refus_dit_quel_role_il_faudrait(bomy):
    lecteur = habiliter(bomy, personne("Yvette"), "lecteur")

    with pytest.raises(RoleManquant, match="administrateur"):
        exiger_role(lecteur, "habiliter", ACTES)


def test_un_acte_absent_de_la_table_n_est_permis_a_personne(bomy):
    administrateur = habiliter(bomy, personne("Martine"), "administrateur")

    with pytest.raises(RoleManquant):
        exiger_role(administrateur, "acte_inconnu", ACTES)
