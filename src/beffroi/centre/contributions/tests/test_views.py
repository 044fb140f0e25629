"""Ce que chacun voit :
l'appel à chaque étape, une ligne, le tarif, et chez l'adhérent son compte à l'instant.
"""

from datetime import UTC, datetime

import pytest
from django.test import Client

from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.centre.contributions.models import ChoixDuTarif, Contestation, Contribution, Grille
from beffroi.centre.contributions.services import exercice as services
from beffroi.centre.contributions.tests import gestes
from beffroi.centre.contributions.tests.gestes import JANVIER, ligne, mener, sous_convention
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations import horloge

pytestmark = pytest.mark.django_db
CENTRE = "/cdg/contributions"


@pytest.fixture(autouse=True)
def _en_janvier(monkeypatch):
    monkeypatch.setattr("beffroi.centre.contributions.views.appel.maintenant", lambda: JANVIER)


@pytest.fixture
def gestionnaire(fanny):
    return connecter(Client(), fanny)


def lu(client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200, reponse.content.decode()[:400]
    return " ".join(
        reponse.content.decode()
        .replace("\N{NO-BREAK SPACE}", " ")
        .replace("\N{NARROW NO-BREAK SPACE}", " ")
        .split()
    )


def apercu(fanny) -> None:
    sous_convention(1, nom="Ville de Béthune", agents=612)
    sous_convention(2, nom="Ville d'Avion", agents=350)
    sous_convention(3, nom="Bomy", agents=12)
    mener(2027, "figer", "simuler", par=fanny)


def test_avant_tout_appel_la_liste_dit_quand_il_s_ouvre(gestionnaire):
    assert "Aucun appel n’est ouvert" in lu(gestionnaire, f"{CENTRE}/")


def test_ouvrir_mene_a_l_appel_et_l_ouvrir_encore_dit_qui_l_a_fait(gestionnaire):
    premier = gestionnaire.post(f"{CENTRE}/", {"annee": "2027"})
    second = gestionnaire.post(f"{CENTRE}/", {"annee": "2027"})

    assert (premier.status_code, premier.url) == (302, f"{CENTRE}/2027/")
    assert (second.status_code, "Fanny Delattre a déjà ouvert" in second.content.decode()) == (
        422,
        True,
    )


def test_l_appel_ouvert_propose_de_figer(gestionnaire, fanny, grille):
    mener(2027, par=fanny)

    page = lu(gestionnaire, f"{CENTRE}/2027/")
    assert "Les comptes ne sont pas figés" in page
    assert f'href="{CENTRE}/2027/faire/figer/">Figer les comptes' in page


def test_l_apercu_montre_les_lignes_a_verifier_d_abord_et_ne_dit_rien_d_appele(
    gestionnaire, fanny, grille
):
    apercu(fanny)

    page = lu(gestionnaire, f"{CENTRE}/2027/")
    assert page.index("Ville d’Avion</a>") < page.index("Ville de Béthune</a>")
    assert "Rien n’est encore appelé" in page
    assert "Bomy</a>" not in page


@pytest.mark.parametrize(
    ("requete", "montres"),
    [
        ("?voir=tous", 3),
        ("?voir=a_verifier", 1),
        ("?nom=béthune", 1),
        ("?nom=inconnu", 0),
        ("?voir=n_importe", 2),
    ],
)
def test_le_tableau_se_filtre(gestionnaire, fanny, grille, requete, montres):
    apercu(fanny)

    detail = lu(gestionnaire, f"{CENTRE}/2027/{requete}").split('id="detail"')[1]
    assert detail.count('<th scope="row"><a') == montres


def test_un_appel_se_mene_d_etape_en_etape_par_les_ecrans(gestionnaire, fanny, olivier, grille):
    sous_convention(1, agents=350)
    mener(2027, par=fanny)
    ordonnateur = connecter(Client(), olivier)
    for acte in ("figer", "simuler"):
        lu(gestionnaire, f"{CENTRE}/2027/faire/{acte}/")
        gestionnaire.post(f"{CENTRE}/2027/faire/{acte}/")
    seule = Contribution.objects.get()
    gestionnaire.post(
        f"{CENTRE}/2027/{seule.reference}/", {"decision": "juste", "motif": gestes.MOTIF}
    )
    gestionnaire.post(f"{CENTRE}/2027/faire/preparer/")

    ordonnateur.post(f"{CENTRE}/2027/faire/valider/")
    ordonnateur.post(f"{CENTRE}/2027/faire/emettre/")

    assert "Les appels sont émis" in lu(ordonnateur, f"{CENTRE}/2027/")
    assert Contribution.objects.get().numero == 1


def test_un_acte_hors_de_son_tour_dit_ou_en_est_l_appel(gestionnaire, fanny, grille):
    mener(2027, "figer", par=fanny)

    reponse = gestionnaire.post(f"{CENTRE}/2027/faire/figer/")

    assert reponse.status_code == 409
    assert "Comptes figés" in reponse.content.decode()


def test_rendre_l_appel_demande_une_raison(fanny, olivier, grille):
    sous_convention(1)
    mener(2027, "figer", "simuler", "preparer", par=fanny)
    client = connecter(Client(), olivier)

    sans = client.post(f"{CENTRE}/2027/faire/renvoyer/", {"motif": ""})
    avec = client.post(f"{CENTRE}/2027/faire/renvoyer/", {"motif": "Avion ?"})

    assert (sans.status_code, avec.status_code) == (422, 302)


def test_une_ligne_dit_pourquoi_et_se_verifie(gestionnaire, fanny, grille):
    apercu(fanny)
    avion = Contribution.objects.get(nom="Ville d'Avion")

    page = lu(gestionnaire, f"{CENTRE}/2027/{avion.reference}/")
    assert "350 agents tout juste" in page
    assert (
        gestionnaire.post(
            f"{CENTRE}/2027/{avion.reference}/", {"decision": "juste", "motif": "ok"}
        ).status_code
        == 422
    )


def test_une_ligne_se_relit_seule_quand_son_effectif_arrive(gestionnaire, fanny, grille):
    qui = sous_convention(1, agents=None)
    mener(2027, "figer", "simuler", par=fanny)
    gestes.declarer(qui, 420)

    gestionnaire.post(f"{CENTRE}/2027/{ligne(qui).reference}/relire/")

    assert (ligne(qui).agents, ligne(qui).montant) == (420, 250)


# ---------------------------------------------------------------- le tarif


def test_la_grille_de_l_annexe_se_propose_puis_se_garde(gestionnaire):
    form = gestionnaire.get(f"{CENTRE}/grilles/garder/").context["form"]
    valeurs = {nom: "" if valeur is None else valeur for nom, valeur in form.initial.items()}

    reponse = gestionnaire.post(
        f"{CENTRE}/grilles/garder/",
        {**valeurs, "annee": "2028", "deliberation": "2027-12", "deliberee_le": "2027-06-01"},
    )

    assert (reponse.status_code, Grille.objects.get().tranches.count()) == (302, 10)
    assert "2027-12" in lu(gestionnaire, f"{CENTRE}/grilles/")


def test_une_grille_trouee_revient_avec_sa_phrase_et_ce_qui_etait_tape(gestionnaire):
    form = gestionnaire.get(f"{CENTRE}/grilles/garder/").context["form"]
    valeurs = {nom: "" if valeur is None else valeur for nom, valeur in form.initial.items()}
    trouees = {
        **valeurs,
        "annee": "2028",
        "deliberation": "D",
        "deliberee_le": "2027-06-01",
        "de_2": "52",
    }

    reponse = gestionnaire.post(f"{CENTRE}/grilles/garder/", trouees)

    assert reponse.status_code == 422
    assert "laissent un trou" in reponse.content.decode()
    assert 'value="52"' in reponse.content.decode()


@pytest.mark.parametrize("montant", ["-1", "2,505", "environ 400"])
def test_un_montant_qui_n_en_est_pas_un_est_refuse(gestionnaire, montant):
    reponse = gestionnaire.post(f"{CENTRE}/grilles/garder/", {"de_1": "0", "au_dela_1": montant})

    assert "au_dela_1" in reponse.context["form"].errors


def test_un_choix_se_lit_avec_sa_deliberation(gestionnaire):
    gestionnaire.post(
        f"{CENTRE}/choix/prorata/",
        {"valeur": "mois_entame", "effet": "2026-01-01", "deliberation": "2025-77"},
    )

    page = lu(gestionnaire, f"{CENTRE}/choix/")
    assert ChoixDuTarif.objects.count() == 1
    assert "2025-77" in page


# ---------------------------------------------------------------- l'adhérent


@pytest.fixture
def scene(db):
    return planter_la_scene(le=horloge.maintenant())


@pytest.fixture
def chez_bomy(scene, grille):
    """Bomy, adhérente, et Martine connectée."""
    siret = scene.organisme.siret
    bomy = gestes.adherent(siret[:9], scene.organisme.nom, siret=siret)
    type(bomy).objects.filter(pk=bomy.pk).update(organisme=scene.organisme)
    gestes.declarer(bomy, 420)
    gestes.convention_de(bomy)
    bomy.refresh_from_db()
    return bomy, connecter(Client(), scene.martine), f"/adhesion/{siret}/contribution/"


def test_l_adherent_voit_a_l_instant_ce_qui_est_cree_ce_qui_compte_et_pourquoi(scene, chez_bomy):
    _, martine, adresse = chez_bomy
    scene.publiee()
    scene.brouillon("Curage des fossés")

    page = lu(martine, adresse)
    assert "elle compte une fois, lots et modifications compris" in page
    assert "Pas encore publiée : elle comptera l’année de sa publication" in page
    assert "250,00 €" in page


@pytest.mark.moteurs
def test_l_ecart_pour_incident_se_lit_aussitot(scene, chez_bomy, gestionnaire):
    _, martine, adresse = chez_bomy
    reference = scene.publiee().reference

    gestionnaire.post(
        f"{CENTRE}/ecarts/",
        {"consultation": reference, "motif": "incident", "explication": "Panne du 3 mars."},
    )

    assert "Annulée par un incident de la plateforme" in lu(martine, adresse)


def test_l_adherent_conteste_et_le_centre_repond(chez_bomy, gestionnaire, fanny, monkeypatch):
    _, martine, adresse = chez_bomy
    mener(2027, "figer", "simuler", par=fanny)
    monkeypatch.setattr("beffroi.centre.contributions.views.comptes.maintenant", lambda: JANVIER)

    martine.post(f"{adresse}contester/", {"texte": "Deux doublons."})
    contestation = Contestation.objects.get()
    gestionnaire.post(
        f"{CENTRE}/contestations/{contestation.reference}/",
        {"issue": "rejetee", "texte": "Toutes comptent.", "rendu": ""},
    )

    assert "Toutes comptent." in lu(martine, adresse)


def test_le_compte_d_un_autre_organisme_n_existe_pas(chez_bomy):
    _, martine, _ = chez_bomy

    assert martine.get("/adhesion/21620053500013/contribution/").status_code == 404


def test_le_compte_se_lit_en_un_nombre_constant_de_lectures(
    scene, chez_bomy, django_assert_max_num_queries
):
    _, martine, adresse = chez_bomy
    for rang in range(4):
        scene.brouillon(f"Achat {rang}")

    with django_assert_max_num_queries(30):
        martine.get(adresse)


def test_l_appel_se_lit_en_un_nombre_constant_de_lectures(
    gestionnaire, fanny, grille, django_assert_max_num_queries
):
    for rang in range(1, 12):
        sous_convention(rang)
    mener(2027, "figer", "simuler", par=fanny)

    with django_assert_max_num_queries(16):
        gestionnaire.get(f"{CENTRE}/2027/?voir=tous")


def test_figer_lit_un_nombre_constant_de_fois(fanny, grille, django_assert_max_num_queries):
    for rang in range(1, 12):
        sous_convention(rang)
    ouvert = mener(2027, par=fanny)

    with django_assert_max_num_queries(60):
        services.figer(exercice=ouvert, par=fanny, maintenant=datetime(2027, 1, 4, 9, tzinfo=UTC))
