"""Ce qu'un mot de passe ne peut pas être."""

import hashlib

import pytest
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.mots_de_passe import (
    MOTS_DU_SERVICE,
    JamaisVole,
    SansMotDuService,
    est_vole,
)
from tests.architecture.arbre import RACINE


def refuse(validateur, mot_de_passe) -> bool:
    try:
        validateur.validate(mot_de_passe, Utilisateur())
    except ValidationError:
        return True
    return False


def sha1(texte) -> str:
    return hashlib.sha1(texte.encode(), usedforsecurity=False).hexdigest().upper()


@pytest.fixture
def liste(tmp_path, settings):
    """Comme la publie son éditeur : SHA-1 en capitales, nombre de fuites, dans l'ordre."""
    settings.MOTS_DE_PASSE_VOLES = tmp_path / "voles.txt"
    lignes = sorted(f"{sha1(f'mot de passe volé {n}')}:{n * 37}" for n in range(1, 400))
    settings.MOTS_DE_PASSE_VOLES.write_text("\r\n".join(lignes) + "\r\n")
    return settings.MOTS_DE_PASSE_VOLES


@pytest.mark.parametrize(
    "mot_de_passe",
    [
        "Beffroi-2026-Beffroi",
        "mairie 62 commune!",
        "MarchésPublics2026",
        "Admin.Beffroi.1234",
        "motdepasse123456",
        "M A I R I E 2 0 2 6 6 2",
    ],
)
def test_un_mot_du_service_ne_suffit_pas(mot_de_passe):
    assert refuse(SansMotDuService(), mot_de_passe)


def test_le_nom_regle_par_l_exploitant_compte_aussi(settings):
    settings.SERVICE = {
        **settings.SERVICE,
        "nom": "Salamandre",
        "exploitant": "Syndicat du Ternois",
    }

    assert refuse(SansMotDuService(), "Salamandre-Ternois-1")


@pytest.mark.parametrize(
    "mot_de_passe",
    [
        "quatre mots pour une mairie neuve",
        "piano agrafe mairie genou",
        "8391-4412-9931-2234",
        "пароль длинный совсем",
    ],
)
def test_des_mots_a_soi_suffisent_meme_pres_d_un_mot_du_service(mot_de_passe):
    assert not refuse(SansMotDuService(), mot_de_passe)


def test_la_liste_des_mots_est_documentee():
    page = (RACINE / "docs" / "exploitants" / "comptes.md").read_text("utf-8")

    assert [mot for mot in MOTS_DU_SERVICE if f"`{mot}`" not in page] == []


def test_chaque_mot_de_passe_vole_est_refuse(liste):
    acceptes = [n for n in range(1, 400) if not refuse(JamaisVole(), f"mot de passe volé {n}")]

    assert acceptes == []


def test_les_autres_sont_acceptes(liste):
    refuses = [n for n in range(400) if refuse(JamaisVole(), f"jamais publié {n}")]

    assert refuses == []


def test_une_liste_sans_nombre_ni_fin_de_ligne_se_lit_aussi(tmp_path):
    fichier = tmp_path / "voles.txt"
    fichier.write_text("\n".join(sorted(sha1(mot) for mot in ("un", "deux", "trois"))))

    assert [est_vole(mot, fichier) for mot in ("un", "deux", "trois", "quatre")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("contenu", ["", "\n", "pas une liste"])
def test_une_liste_vide_ou_fausse_ne_refuse_rien(tmp_path, contenu):
    (tmp_path / "voles.txt").write_text(contenu)

    assert not est_vole("quatre mots au hasard", tmp_path / "voles.txt")


def test_une_liste_disparue_n_enferme_personne_et_se_dit(tmp_path, caplog):
    assert not est_vole("quatre mots au hasard", tmp_path / "absente.txt")
    assert "unreadable" in caplog.text


def test_sans_liste_rien_n_est_compare(settings):
    settings.MOTS_DE_PASSE_VOLES = None

    assert not refuse(JamaisVole(), "mot de passe volé 1")


def test_ces_regles_valent_pour_chaque_mot_de_passe_choisi():
    noms = {type(validateur) for validateur in get_default_password_validators()}

    assert {SansMotDuService, JamaisVole} <= noms
