"""Les pages du portail répondent, se nomment, et ne mènent nulle part dans le vide."""

import re
from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.test import Client

from beffroi.faces.portail import identite, navigation, queries, roles
from beffroi.faces.portail.urls import PAGES_DE_TEXTE
from beffroi.personnes.cles.models import Gardien
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.entreprises.tests.gestes import inscrit
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.socle.fondations.menus import Menu

pytestmark = pytest.mark.django_db
PAGES = ["/", "/composants/", *(f"/{page}/" for page in PAGES_DE_TEXTE)]
LE_8_JANVIER = datetime(2026, 1, 8, 9, 26, tzinfo=UTC)


@pytest.fixture(autouse=True)
def gabarits_stricts(settings):
    gabarits = deepcopy(settings.TEMPLATES)
    gabarits[0]["OPTIONS"]["string_if_invalid"] = "INCONNU(%s)"
    settings.TEMPLATES = gabarits


def creer_martine() -> Utilisateur:
    return creer_utilisateur(
        courriel="martine@bomy.example",
        nom="Martine Caron",
        adresse_verifiee=True,
        maintenant=LE_8_JANVIER,
    )


@pytest.fixture
def martine():
    return creer_martine()


def organisme(role: str) -> Organisme:
    return Organisme.objects.create(
        nom="Mairie de Bomy", siret="21620153600013", role=role, cree_le=LE_8_JANVIER
    )


def requete_de(personne: Utilisateur) -> HttpRequest:
    requete = HttpRequest()
    requete.path = "/"
    requete.user = personne
    return requete


@pytest.mark.parametrize("adresse", PAGES)
def test_chaque_page_a_un_titre_un_h1_et_aucune_variable_inconnue(adresse):
    page = Client().get(adresse)
    html = page.content.decode()

    assert page.status_code == 200
    assert html.count("<h1") == 1
    assert re.search(r"<title>\S.* – Beffroi</title>", html)
    assert "INCONNU(" not in html
    assert "heure de Paris" in html


def test_une_variable_inconnue_se_verrait():
    assert Template("{{ jamais_fournie }}").render(Context()) == "INCONNU(jamais_fournie)"


@pytest.mark.parametrize("adresse", PAGES)
def test_chaque_page_tient_sous_la_politique_de_contenu(adresse):
    html = Client().get(adresse).content.decode()

    assert re.findall(r"<style|<script(?![^>]*src)|\sstyle=|\son[a-z]+=", html) == []


@pytest.mark.parametrize("adresse", PAGES)
def test_les_identifiants_d_une_page_sont_uniques(adresse):
    identifiants = re.findall(r'\sid="([^"]+)"', Client().get(adresse).content.decode())

    assert len(identifiants) == len(set(identifiants))


@pytest.mark.parametrize("adresse", PAGES_DE_TEXTE)
def test_les_pages_de_texte_ne_s_ecrivent_pas(adresse):
    assert Client().post(f"/{adresse}/").status_code == 405


def test_un_menu_n_a_pas_de_lien_mort():
    liens = [lien for role in Menu for lien in navigation.menu(role, chemin="/")]
    liens += [lien for rubrique in navigation.pied(code_source="") for lien in rubrique.liens]

    assert liens
    assert all(Client().get(lien.url).status_code < 404 for lien in liens)


@pytest.mark.parametrize(
    ("role", "chemin", "rubrique"),
    [
        (Menu.ACHETEUR, "/consultations/2026-0142/preparer/", "Consultations"),
        (Menu.ACHETEUR, "/consultations/2026-0142/ouverture/", "Consultations"),
        (Menu.ACHETEUR, "/ouverture/S-22222222/", "Consultations"),
        (Menu.ENTREPRISE, "/reponses/R-22222222/pieces/", "Mes réponses"),
        (Menu.EXPLOITANT, "/cdg/teleassistance/", "Assistance"),
        (Menu.ENTREPRISE, "/consultations/2026-0142/deposer/", "Consultations ouvertes"),
        (Menu.ENTREPRISE, "/entreprise/pieces/ajouter/kbis/", "Nos pièces"),
        (Menu.ENTREPRISE, "/entreprise/rattachement/", "Mon entreprise"),
        (Menu.VISITEUR, "/consultations/2026-0142/", "Consultations ouvertes"),
    ],
)
def test_la_rubrique_reste_en_cours_dans_les_pages_de_ses_objets(role, chemin, rubrique):
    en_cours = [lien.libelle for lien in navigation.menu(role, chemin=chemin) if lien.actif]

    assert en_cours == [rubrique]


def test_un_long_menu_se_range_sous_plus_sans_rien_perdre_et_l_aide_reste():
    liens = navigation.menu(Menu.ACHETEUR, chemin="/")
    rangee = navigation.ranger(liens)

    assert [*rangee.devant, *rangee.plus, *rangee.fin] == liens
    assert len(rangee.devant) == navigation.DEVANT and [lien.libelle for lien in rangee.fin] == [
        "Aide"
    ]


def test_la_rubrique_en_cours_ne_se_cache_pas_sous_plus():
    rangee = navigation.ranger(navigation.menu(Menu.ACHETEUR, chemin="/archives/"))

    assert rangee.devant[-1].libelle == "Archives" and not any(lien.actif for lien in rangee.plus)


def test_un_menu_court_reste_d_une_piece():
    liens = navigation.menu(Menu.ENTREPRISE, chemin="/")
    assert navigation.ranger(liens) == (liens, [], [])


def test_un_gardien_qui_refait_des_parts_n_est_pas_dans_la_vitrine():
    chemin = "/consultations/2026-0142/cles/repartage/"

    assert not any(lien.actif for lien in navigation.menu(Menu.GARDIEN, chemin=chemin))


def test_la_rubrique_en_cours_est_marquee():
    aide = next(
        lien for lien in navigation.menu(Menu.VISITEUR, chemin="/aide/") if lien.url == "/aide/"
    )

    assert aide.actif == "page"


def test_un_gardien_sans_entreprise_trouve_ce_qu_il_a_a_faire(martine):
    Gardien.objects.create(utilisateur=martine, organisation="Archives", designe_le=LE_8_JANVIER)

    acteur = roles.acteur(requete_de(martine))

    assert acteur.espace == "Gardien de secours"
    assert roles.ACCUEILS[acteur.role] == "/a-faire/"
    assert "/cles/" in [lien.url for lien in navigation.menu(acteur.role, chemin="/")]


def test_un_agent_lit_le_nom_de_son_organisme(martine):
    Habilitation.objects.create(
        organisme=organisme("acheteur"), utilisateur=martine, depuis_le=LE_8_JANVIER
    )

    acteur = roles.acteur(requete_de(martine))

    assert acteur[:3] == ("acheteur", "Martine Caron", "Mairie de Bomy · espace acheteur")
    # Sans le rôle d'administrateur, la page des agents lui est fermée : son menu n'y mène pas.
    assert "/organisme/" not in [
        lien.url for lien in navigation.menu(acteur.role, chemin="/", fermees=acteur.pages_fermees)
    ]


def test_une_habilitation_finie_ne_fait_plus_un_agent(martine):
    Habilitation.objects.create(
        organisme=organisme("acheteur"),
        utilisateur=martine,
        depuis_le=LE_8_JANVIER,
        jusqu_au=LE_8_JANVIER,
    )

    assert roles.acteur(requete_de(martine)).role == Menu.ENTREPRISE


def test_l_exploitant_a_son_espace(martine):
    Habilitation.objects.create(
        organisme=organisme("exploitant"), utilisateur=martine, depuis_le=LE_8_JANVIER
    )

    assert roles.acteur(requete_de(martine)).espace == "Mairie de Bomy · gestion"


def test_une_entreprise_lit_son_nom(martine):
    inscrit(martine, le=LE_8_JANVIER)

    assert roles.acteur(requete_de(martine)).espace == "Atelier du Faîtage · espace entreprise"


def test_le_compte_d_un_visiteur_est_la_connexion():
    assert (
        '<a href="/compte/connexion/">Se connecter</a>' in Client().get("/aide/").content.decode()
    )


@pytest.mark.parametrize(
    ("duree", "attendu"),
    [
        (timedelta(days=4, hours=1), ("4", "jours")),
        (timedelta(days=1), ("1", "jour")),
        (timedelta(hours=1, minutes=33), ("1\N{NO-BREAK SPACE}h 33", "avant la fin")),
        (
            timedelta(minutes=17, seconds=53),
            ("17\N{NO-BREAK SPACE}min 53\N{NO-BREAK SPACE}s", "avant la fin"),
        ),
    ],
)
def test_ce_qui_reste_se_dit_en_un_coup_d_oeil(duree, attendu):
    assert queries._reste(duree) == attendu


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("Centre de gestion", "le Centre de gestion"),
        ("Métropole", "la Métropole"),
        ("Agence", "l'Agence"),
    ],
)
def test_l_exploitant_prend_son_article(nom, attendu):
    assert identite.avec_article(nom) == attendu


def test_le_telephone_se_compose():
    assert identite.telephone_international("03 53 01 62 62") == "+33353016262"


def test_une_faille_a_son_adresse_et_la_page_ne_perime_pas(client, settings):
    lignes = client.get("/.well-known/security.txt").content.decode().splitlines()
    champs = dict(ligne.split(": ", 1) for ligne in lignes)

    assert champs["Contact"] == f"{settings.ADRESSE_PUBLIQUE}/securite/"
    assert datetime.now(UTC) + timedelta(days=30) < datetime.fromisoformat(champs["Expires"])
    assert datetime.fromisoformat(champs["Expires"]) < datetime.now(UTC) + timedelta(days=365)


def test_une_page_imprimee_dit_son_adresse_recherche_comprise(client, settings):
    page = client.get("/consultations/?q=toiture&lieu=Bomy").content.decode()

    adresse = f"{settings.ADRESSE_PUBLIQUE}/consultations/?q=toiture&amp;lieu=Bomy"
    assert f'<p class="adresse-imprimee large">{adresse}</p>' in page


@pytest.mark.parametrize("adresse", ["/suivis/", "/consultations/2026-9999/"])
def test_ni_un_lien_recu_ni_une_erreur_n_imprime_son_adresse(client, adresse):
    assert "adresse-imprimee" not in client.get(adresse).content.decode()
