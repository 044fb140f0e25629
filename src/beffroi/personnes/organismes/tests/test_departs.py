"""Mettre fin à un compte, et rendre un administrateur à un organisme qui n'en a plus."""

import pytest
from django.test import Client

from beffroi.personnes.comptes.queries import a_un_second_facteur, utilisateur_du_jeton
from beffroi.personnes.comptes.services import delivrer_jeton
from beffroi.personnes.comptes.tests.personnes import (
    LUNDI,
    MOT_DE_PASSE,
    avec_second_facteur,
    connecter,
    personne,
)
from beffroi.personnes.organismes import queries, services
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
BOMY, AUDINCTHUN, CENTRE = "21620155800014", "21620053500013", "28620001900011"


def organisme(nom: str, siret: str, role: str = "acheteur") -> Organisme:
    return services.creer_organisme(
        nom=nom, siret=siret, role=role, par=PLATEFORME, maintenant=LUNDI
    )


def agent(ou: Organisme, nom: str, *roles: str) -> Habilitation:
    utilisateur = avec_second_facteur(personne(nom))
    return services.habiliter(
        organisme=ou, utilisateur=utilisateur, roles=roles, par=PLATEFORME, maintenant=LUNDI
    )


@pytest.fixture
def bomy() -> Organisme:
    return organisme("Commune de Bomy", BOMY)


@pytest.fixture
def martine(bomy) -> Habilitation:
    return agent(bomy, "Martine Caron", "administrateur")


@pytest.fixture
def yvette(bomy) -> Habilitation:
    return agent(bomy, "Yvette Cordier", "lecteur")


@pytest.fixture
def centre() -> Organisme:
    return organisme("Centre de gestion", CENTRE, "exploitant")


@pytest.fixture
def exploitation(centre) -> Client:
    return connecter(Client(), agent(centre, "Bernard Lefebvre", "administrateur").utilisateur)


def fermer(habilitation: Habilitation):
    return services.fermer_le_compte_d_un_agent(
        habilitation=habilitation, raison="départ", par=PLATEFORME, maintenant=horloge.maintenant()
    )


def test_un_compte_ferme_perd_mot_de_passe_facteurs_seances_et_jetons(martine, yvette):
    client = connecter(Client(), yvette.utilisateur)
    _, secret = delivrer_jeton(utilisateur=yvette.utilisateur, libelle="Outil", maintenant=LUNDI)

    ferme = fermer(yvette)

    assert not ferme.check_password(MOT_DE_PASSE)
    assert not a_un_second_facteur(ferme)
    assert client.get("/compte/securite/").url.startswith("/compte/connexion/")
    assert utilisateur_du_jeton(secret, le=LUNDI) is None
    assert not queries.est_agent(ferme, horloge.maintenant())


def test_le_journal_dit_pourquoi_le_compte_est_ferme(martine, yvette):
    fermer(yvette)

    assert "départ" in str(Ecriture.objects.get(acte="utilisateur.revoquer").contenu)


def test_un_organisme_ne_ferme_pas_un_compte_qui_sert_dans_un_autre(martine, yvette):
    services.habiliter(
        organisme=organisme("Commune d'Audincthun", AUDINCTHUN),
        utilisateur=yvette.utilisateur,
        roles=["lecteur"],
        par=PLATEFORME,
        maintenant=LUNDI,
    )

    with pytest.raises(RegleEnfreinte, match="autre organisme"):
        fermer(yvette)


def test_le_dernier_administrateur_ne_ferme_pas_son_propre_compte(martine):
    with pytest.raises(RegleEnfreinte, match="dernier administrateur"):
        fermer(martine)


def test_l_administrateur_lit_les_suites_puis_dit_sa_raison(martine, yvette):
    client = connecter(Client(), martine.utilisateur)
    adresse = f"/organisme/{BOMY}/agents/{yvette.reference}/fermer/"

    page = client.get(adresse).content.decode()
    sans_raison = client.post(adresse)
    client.post(adresse, {"raison": "départ à la retraite"})

    assert "Son compte ne se rouvre pas" in page and "aucune part de clé" in page
    assert sans_raison.status_code == 422 and "Dites pourquoi" in sans_raison.content.decode()
    yvette.utilisateur.refresh_from_db()
    assert not yvette.utilisateur.est_actif


@pytest.mark.parametrize("geste", ["", "retirer/", "fermer/"])
def test_sans_preuve_recente_l_acte_attend_le_mot_de_passe(martine, yvette, geste):
    client = Client()
    client.force_login(martine.utilisateur)

    reponse = client.post(
        f"/organisme/{BOMY}/agents/{yvette.reference}/{geste}",
        {"raison": "départ", "roles": "lecteur"},
    )

    assert reponse.url.startswith("/compte/confirmer/")
    assert queries.est_agent(yvette.utilisateur, horloge.maintenant())


def test_l_exploitant_trouve_un_compte_par_son_adresse_exacte(exploitation, yvette):
    trouve = exploitation.post("/exploitant/comptes/", {"courriel": "yvette@atelier.example"})
    inconnu = exploitation.post("/exploitant/comptes/", {"courriel": "yvett@atelier.example"})

    assert trouve.url == f"/exploitant/comptes/{yvette.utilisateur.reference}/"
    assert (
        inconnu.status_code == 422 and "Aucun compte n’a cette adresse" in inconnu.content.decode()
    )


def test_l_exploitant_lit_qu_un_organisme_perd_son_dernier_administrateur_puis_lui_en_rend_un(
    exploitation, martine
):
    adresse = f"/exploitant/comptes/{martine.utilisateur.reference}/"
    assert (
        "Commune de Bomy n’aura plus d’administrateur" in exploitation.get(adresse).content.decode()
    )

    exploitation.post(adresse, {"raison": "compte volé"})
    assert "Sans administrateur" in exploitation.get("/exploitant/organismes/").content.decode()
    reponse = exploitation.post(
        f"/exploitant/organismes/{BOMY}/administrateur/",
        {"courriel": "h@bomy.example", "nom": "Hélène Duriez"},
    )

    assert reponse.url == "/exploitant/organismes/"
    assert Courriel.objects.filter(destinataire="h@bomy.example").exists()
    assert queries.organisme_servi(BOMY)[1:] == (0, 1)


def test_l_exploitant_ne_nomme_pas_la_ou_il_y_a_un_administrateur(exploitation, martine):
    reponse = exploitation.post(
        f"/exploitant/organismes/{BOMY}/administrateur/",
        {"courriel": "h@bomy.example", "nom": "Hélène Duriez"},
    )

    assert reponse.status_code == 422
    assert not Courriel.objects.filter(destinataire="h@bomy.example").exists()


def test_nommer_un_agent_en_place_lui_garde_ses_roles(bomy, yvette):
    nommee = services.nommer_un_administrateur(
        organisme=bomy,
        courriel="yvette@atelier.example",
        nom="Yvette",
        qualite="",
        par=PLATEFORME,
        maintenant=LUNDI,
    )

    assert nommee.roles == ["administrateur", "lecteur"]


def test_l_exploitant_garde_son_dernier_administrateur(exploitation, centre):
    (bernard,) = queries.administrateurs_actifs(centre)

    reponse = exploitation.post(
        f"/exploitant/comptes/{bernard.utilisateur.reference}/", {"raison": "essai"}
    )

    assert reponse.status_code == 422
    assert queries.administrateurs_actifs(centre) == [bernard]
