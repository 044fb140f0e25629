"""L'espace d'essai : ouvert sans compte, et seulement là ; rien n'en sort, rien ne s'y confond."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises import rules as identifiants
from beffroi.service.essai import ouverture, queries, services
from beffroi.service.essai.plafond import DisquePlafonne
from beffroi.service.essai.ports import robots
from beffroi.socle.fondations.erreurs import EspaceInsuffisant, Introuvable
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.services import ecrire_courriel
from beffroi.socle.fondations.stockage import Partie, stockage
from demo import reponses
from demo.personnages import AGENTS
from demo.peuplement import Troupe
from tests.semis import plante

pytestmark = pytest.mark.django_db
LE = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)

HOSTILE = '"><img src=x onerror=alarme()>{{7|add:13370}}{% now "Y" %}javascript:alarme()'


@pytest.fixture(scope="module")
def donnees(tmp_path_factory):
    """La clé des robots y naît : elle ouvre la même consultation d'un test à l'autre."""
    return tmp_path_factory.mktemp("donnees")


@pytest.fixture
def dans_l_espace(settings, tmp_path, donnees):
    settings.ESPACE, settings.DONNEES = "essai", donnees
    settings.STOCKAGE = {**settings.STOCKAGE, "dossier": tmp_path / "fichiers"}
    settings.AVANT_UN_COURRIEL = {"sujet": "ESSAI : ", "texte": "ESSAI : "}
    stockage.cache_clear()
    yield settings
    stockage.cache_clear()


@pytest.fixture
def publiee(dans_l_espace, donnees):
    publier = lambda: services.garder_une_consultation_ouverte(LE)  # noqa: E731
    plante(("essai", donnees), publier, le=LE)
    return queries.consultation_ouverte(le=LE)


def deposer(consultation, le=LE):
    membre = services.accueillir(maintenant=le)
    troupe = Troupe(personnes={"moi": membre.utilisateur}, equipes={"moi": membre.equipe})
    fichiers = {"acte.pdf": b"%PDF un acte"}
    return membre, reponses.repondre(
        consultation,
        troupe,
        qui="moi",
        chez="moi",
        le=le + timedelta(hours=1),
        candidature={"dc1.pdf": b"%PDF dc1"},
        offres={1: fichiers},
    )


def test_la_ronde_publie_une_consultation_et_n_en_publie_pas_deux(publiee):
    services.garder_une_consultation_ouverte(LE + timedelta(hours=1))

    assert [c.reference for c in Consultation.toutes.all()] == [publiee.reference]
    assert publiee.lots.count() == 2 and publiee.pieces.exists()


@pytest.mark.moteurs
def test_la_ronde_republie_avant_que_le_temps_manque(publiee):
    tard = publiee.date_limite_remise - services.RESTE_AU_MOINS + timedelta(minutes=1)

    services.garder_une_consultation_ouverte(tard)

    assert queries.consultation_ouverte(le=tard) != publiee


def test_hors_de_l_espace_la_ronde_ne_fait_rien():
    services.garder_une_consultation_ouverte(LE)

    assert not Consultation.toutes.exists()


def test_les_mots_de_passe_connus_n_y_servent_pas(publiee):
    agents = Utilisateur.objects.filter(courriel__in=[agent.courriel for agent in AGENTS])

    assert agents and not any(agent.has_usable_password() for agent in agents)


@pytest.mark.moteurs
def test_qui_arrive_devient_une_entreprise_inventee_au_siret_bien_forme(publiee):
    membre = services.accueillir(maintenant=LE)

    assert membre.reconnu_par is None
    assert identifiants.controle_de_l_identifiant(
        pays="FR", identifiant=membre.equipe.identifiant
    ).favorable
    assert membre.equipe.identifiant.startswith("999")


def test_hors_de_l_espace_personne_n_entre_et_rien_ne_s_ouvre():
    with pytest.raises(Introuvable):
        services.accueillir(maintenant=LE)
    with pytest.raises(Introuvable):
        ouverture.ouvrir(None)


def test_les_robots_ouvrent_la_reponse_et_la_trouvent_intacte(publiee):
    _, pli = deposer(publiee)

    candidature, offre = ouverture.ouvrir(pli)

    ouvertes = (candidature.contenu, offre.contenu)
    assert [f.nom for contenu in ouvertes for f in contenu.fichiers] == ["dc1.pdf", "acte.pdf"]
    assert [contenu.tous_les_constats for contenu in ouvertes] == [[], []]
    assert offre.titre == "Offre, lot 1"


def test_la_cle_des_robots_ne_se_devine_pas(publiee, dans_l_espace, tmp_path_factory):
    cle = robots().cle(publiee, "offre")
    dans_l_espace.DONNEES = tmp_path_factory.mktemp("ailleurs")

    assert robots().cle(publiee, "offre").recipient != cle.recipient


def test_le_recepisse_dit_qu_il_est_d_essai(publiee):
    _, pli = deposer(publiee)

    assert '"espace":"essai"' in pli.accuse.contenu


def test_un_courriel_dit_essai_et_se_lit_sur_place(publiee, client):
    membre, pli = deposer(publiee)
    client.force_login(membre.utilisateur)

    page = client.get("/essai/depot/courriels/").content.decode()

    assert Courriel.objects.get(destinataire=membre.utilisateur.courriel).sujet.startswith(
        "ESSAI : "
    )
    assert pli.reference in page and "ESSAI" in page


def test_la_boite_de_l_essai_montre_un_courriel_hostile_tel_qu_il_est_ecrit(publiee, client):
    membre, _ = deposer(publiee)
    client.force_login(membre.utilisateur)
    piece = {
        "nom": f"{HOSTILE}.pdf",
        "type": "text/plain",
        "fabrique": f"{__name__}.rien",
        "arguments": [],
    }
    ecrire_courriel(
        cle="hostile",
        destinataire=membre.utilisateur.courriel,
        sujet=HOSTILE,
        texte=f"{HOSTILE}\n\n{HOSTILE}",
        maintenant=LE,
        pieces=[piece],
    )

    page = client.get("/essai/depot/courriels/").content.decode()

    assert page.count("&lt;img src=x") == 4
    assert not any(ne in page for ne in ("<img src=x", "13377", 'href="javascript:'))


def test_hors_de_l_espace_un_courriel_ne_dit_pas_essai():
    courriel = ecrire_courriel(
        cle="a", destinataire="a@b.example", sujet="Bonjour", texte="Oui", maintenant=LE
    )

    assert (courriel.sujet, courriel.texte) == ("Bonjour", "Oui")


def test_un_bouton_sans_champ_suffit_pour_entrer(publiee, client):
    maintenant = client.get("/essai/depot/")
    entree = client.post("/essai/depot/entrer/")

    assert "Commencer l’essai" in maintenant.content.decode()
    assert entree.url == f"/consultations/{publiee.reference}/deposer/"
    assert "Atelier" not in client.get(entree.url).content.decode()


@pytest.mark.moteurs
def test_revenir_ne_cree_pas_une_seconde_entreprise(publiee, client):
    client.post("/essai/depot/entrer/")
    client.post("/essai/depot/entrer/")

    assert Utilisateur.objects.filter(courriel__endswith=services.DOMAINE).count() == 1


def test_la_reponse_d_un_autre_visiteur_ne_s_ouvre_pas(publiee, client):
    _, pli = deposer(publiee)
    client.force_login(services.accueillir(maintenant=LE).utilisateur)

    assert client.get(f"/essai/depot/{pli.reference}/ouverte/").status_code == 404


def test_chaque_page_porte_essai_en_tete_et_dans_son_titre(publiee, client):
    for adresse in ("/", "/essai/depot/", "/nulle-part/", "/compte/connexion/"):
        page = client.get(adresse).content.decode()

        assert "<title>ESSAI – " in page and 'class="filigrane"' in page


def test_la_plateforme_n_a_ni_filigrane_ni_titre_d_essai(client):
    page = client.get("/").content.decode()

    assert "ESSAI" not in page and "filigrane" not in page


@override_settings(ADRESSE_D_ESSAI="http://127.0.0.1:9")
def test_un_espace_arrete_se_dit_en_toutes_lettres(client, monkeypatch):
    monkeypatch.setattr("beffroi.integrations.espace_d_essai.client.repond", lambda adresse: False)

    assert "ne répond pas en ce moment" in client.get("/essai/depot/").content.decode()


@override_settings(ADRESSE_D_ESSAI="http://essai.example")
def test_un_espace_qui_repond_recoit_le_visiteur(client, monkeypatch):
    from django.core.cache import caches

    caches["memoire"].clear()
    monkeypatch.setattr("beffroi.integrations.espace_d_essai.client.repond", lambda adresse: True)

    assert client.get("/essai/depot/").url == "http://essai.example/essai/depot/"
    caches["memoire"].clear()


def test_l_essai_ne_prend_pas_le_disque_de_la_plateforme(tmp_path, monkeypatch):
    monkeypatch.setattr(DisquePlafonne, "octets_au_plus", 10)
    garde = DisquePlafonne(tmp_path)
    (tmp_path / "gros").write_bytes(bytes(10))

    with pytest.raises(EspaceInsuffisant):
        garde.commencer("essai/un")
    with pytest.raises(EspaceInsuffisant):
        garde.ecrire_partie(None, Partie(numero=1, taille=1, sha256="00"), None)


def test_l_espace_prend_le_disque_plafonne_et_la_plateforme_l_ordinaire(settings):
    assert settings.STOCKAGE["disque"].endswith("LocalStore")
