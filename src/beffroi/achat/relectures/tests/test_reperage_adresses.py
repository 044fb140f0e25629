"""Les adresses, et les profils d'acheteur qu'elles nomment."""

import pytest

from beffroi.achat.relectures.rules.reperage import (
    adresses_postales,
    courriels,
    profil_de,
    profils_cites,
    profils_connus,
    sites,
)
from beffroi.achat.relectures.tests.textes import texte


@pytest.mark.parametrize(
    ("ecrit", "url", "hote"),
    [
        (
            "https://marches.example.fr/2026-0142.",
            "https://marches.example.fr/2026-0142",
            "marches.example.fr",
        ),
        ("(http://www.example.fr)", "http://www.example.fr", "example.fr"),
        ("www.example.fr,", "https://www.example.fr", "example.fr"),
        ("sur marches.example.com ;", "https://marches.example.com", "marches.example.com"),
        ("http://localhost:8400/a/", "http://localhost:8400/a/", "localhost"),
        ("https ://marches.example.fr/a", "https://marches.example.fr/a", "marches.example.fr"),
    ],
)
def test_une_adresse_de_site_se_lit_sans_la_ponctuation(ecrit, url, hote):
    (trouvee,) = sites(texte(f"Le dossier est sur {ecrit}"))

    assert (trouvee.valeur.url, trouvee.valeur.hote) == (url, hote)


@pytest.mark.parametrize(
    "ecrit",
    [
        "articles L.2152-7 et R.2151-8",
        "mairie@saint-ambroise.fr",
        "offre.pdf",
        "40.5",
        "etc.fr"[:4],
    ],
)
def test_ce_qui_n_est_pas_un_site_n_en_donne_pas(ecrit):
    assert sites(texte(ecrit)) == ()


def test_un_courriel_se_lit():
    assert [
        t.valeur for t in courriels(texte("Écrire à Marches@Saint-Ambroise.fr, ou appeler."))
    ] == ["marches@saint-ambroise.fr"]


@pytest.mark.parametrize(
    ("ecrit", "code", "ville"),
    [
        ("Mairie de Saint-Ambroise, 12 rue de la Paix, 62000 Arras", "62000", "arras"),
        ("4, place de l'Hôtel de Ville - 62 500 SAINT-OMER", "62500", "saint-omer"),
        ("BP 8 - 1 avenue François Mitterrand – 11500 Quillan", "11500", "quillan"),
    ],
)
def test_une_adresse_postale_se_lit(ecrit, code, ville):
    trouvee = adresses_postales(texte(ecrit))[-1]

    assert (trouvee.valeur.code_postal, trouvee.valeur.ville) == (code, ville)


def test_un_ancien_profil_se_reconnait_a_son_adresse():
    (trouvee,) = profils_cites(
        texte("Les plis sont déposés sur https://www.marches-publics.gouv.fr/entreprise.")
    )

    assert trouvee.valeur.nom == "PLACE"
    assert trouvee.texte == "https://www.marches-publics.gouv.fr/entreprise"


def test_un_profil_se_reconnait_a_son_nom_pres_du_mot_plateforme():
    assert [t.valeur.nom for t in profils_cites(texte("sur la plateforme Maximilien"))] == [
        "Maximilien"
    ]
    assert profils_cites(texte("La mise en place du chantier ; 12 place de la Mairie")) == ()


def test_un_sous_domaine_est_du_meme_profil_et_un_voisin_non():
    assert profil_de("cc-pyrenees.e-marchespublics.com").nom == "e-marchespublics"
    assert profil_de("faux-e-marchespublics.com") is None


def test_chaque_profil_connu_dit_sa_raison():
    assert [profil.nom for profil in profils_connus() if not (profil.hotes and profil.raison)] == []
