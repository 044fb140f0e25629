"""Ce qu'une seconde lecture de la grille a trouvé de faux, corrigé depuis :
chaque test garde un critère du RGAA.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from django import forms
from django.conf import settings
from django.test import Client

import beffroi
from beffroi.centre.conventions.forms import AdhererForm
from beffroi.garde.conformite.tests.test_gabarits_accessibles import MODULES, TEXTES, balises
from beffroi.service.calculateurs.forms import CalendrierForm
from droit.tables import charger
from formats.nomenclatures import nuts

NAVIGATEUR = {f.name: f.read_text("utf-8") for f in MODULES}
# Hors du service, et faite quand il est arrêté : elle n'a ni menu, ni plan.
PAGE_D_ETAT = "page_d_etat.html"


def test_une_etiquette_nomme_son_champ_par_son_identifiant():
    """L'étiquette qui contient son champ ne suffit pas : elle le désigne par `for` (11.1)."""
    assert [(f, b) for f, b in balises("label") if " for=" not in b] == []
    faites = [t for t in NAVIGATEUR.values() if 'createElement("label")' in t]
    assert faites and all("htmlFor = " in t for t in faites)
    assert [
        f for f, t in NAVIGATEUR.items() if re.search(r'element\("label", \{(?! for:)', t)
    ] == []


def test_un_champ_dont_l_etiquette_ne_se_voit_pas_a_une_infobulle():
    """Dans une case de tableau, l'étiquette n'est que dite :
    qui regarde la lit en infobulle (11.1).
    """
    champs = [b for nom in ("input", "select", "textarea") for _, b in balises(nom)]
    nommes = [b for b in champs if "aria-label=" in b]
    caches = re.findall(r'<label class="vh" for="([^"]+)"', "".join(TEXTES.values()))
    assert nommes and [b for b in nommes if " title=" not in b] == []
    assert (
        caches
        and [i for i in caches if not any(f'id="{i}"' in b and " title=" in b for b in champs)]
        == []
    )


def test_ce_qu_un_script_ecrit_d_une_erreur_est_une_alerte():
    """Une erreur ou un avertissement n'attend pas : `alert`, jamais `status` (7.5)."""
    assert 'ton === "danger" || ton === "attention" ? { role: "alert" }' in NAVIGATEUR["dom.ts"]
    paragraphes = [
        ligne
        for t in NAVIGATEUR.values()
        for ligne in re.findall(r'element\("p", \{\}, etat\("danger".*', t)
    ]
    assert paragraphes == []
    assert 'ligne.etat === "erreur" ? { role: "alert" }' in NAVIGATEUR["ecran_des_pieces.ts"]
    assert any('role="status" data-micro-en-face' in texte for texte in TEXTES.values())
    assert any('role="alert" data-erreur-des-notes' in texte for texte in TEXTES.values())
    assert any('<div data-avis role="status">' in texte for texte in TEXTES.values())


def test_une_page_de_partage_qui_se_recharge_seule_le_dit():
    """Le code tapé, le partage fini :
    la page change sans qu'on l'ait demandé, et l'a dit avant (7.4).
    """
    pages = {f.name: texte for f, texte in TEXTES.items() if "teleassistance" in f.parts}
    assert "La page passe seule à la suite" in pages["code.html"]
    assert all(
        "La page se recharge seule à la fin" in pages[nom]
        for nom in ("a_deux.html", "regarder.html")
    )


def test_aucune_page_ne_se_recharge_par_une_balise():
    """On ne l'arrêterait pas (13.1)."""
    assert [f.name for f, texte in TEXTES.items() if 'http-equiv="refresh"' in texte] == []


def test_une_seance_dure_vingt_heures_au_moins():
    """Nul n'est prévenu de sa fin, hors l'inactivité d'un agent :
    elle ne vient pas avant (13.1).
    """
    assert settings.SESSION_COOKIE_AGE >= 20 * 3600


def test_chaque_page_entiere_a_un_lien_d_evitement_et_un_pied():
    """Une page d'erreur aussi (9.2, 12.4, 12.7)."""
    entieres = {f.name: texte for f, texte in TEXTES.items() if "<html" in texte}
    assert all("<header" in texte for texte in entieres.values())
    assert [f for f, t in entieres.items() if 'class="evitement" href="#contenu"' not in t] == [
        PAGE_D_ETAT
    ]
    assert [
        f for f, t in entieres.items() if "<footer" not in t and "composants/pied.html" not in t
    ] == []


@pytest.mark.django_db
def test_l_accueil_et_la_liste_des_consultations_n_ont_pas_le_meme_titre():
    """Un titre dit la page, et elle seule (8.6)."""
    titres = [
        re.search("<title>(.*?)</title>", Client().get(a).content.decode())[1]
        for a in ("/", "/consultations/")
    ]
    assert len(set(titres)) == 2


def test_une_longue_liste_qui_mele_deux_sortes_les_separe():
    """Les départements sous leur région, les procédures à part des techniques d'achat (11.8)."""
    regions = nuts.par_region()
    assert {code for _, lignes in regions for code, _ in lignes} == nuts.departements().keys()
    form = CalendrierForm(None, procedures=charger().procedures.values())
    assert (
        str(form["procedure"]).count("<optgroup") == 4
        and str(form["procedure"]).count("<option") == 23
    )


def formulaires() -> Iterator[type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(beffroi.__path__, "beffroi."):
        if "form" in module.name.rpartition(".")[2] and ".tests" not in module.name:
            lus = vars(importlib.import_module(module.name)).values()
            yield from (lu for lu in lus if isinstance(lu, type) and issubclass(lu, forms.BaseForm))


@pytest.mark.parametrize(
    ("sorte", "exemple"),
    [(forms.EmailField, "@"), (forms.DateField, "/20"), (forms.TimeField, ":")],
)
def test_une_adresse_une_date_une_heure_refusee_donne_un_exemple(sorte, exemple):
    """Dire qu'elle ne convient pas ne suffit pas : on montre celle qui conviendrait (11.11)."""
    champs = [
        (f"{form.__name__}.{nom}", champ.error_messages.get("invalid", ""))
        for form in formulaires()
        for nom, champ in getattr(form, "base_fields", {}).items()
        if isinstance(champ, sorte)
    ]
    assert champs and [nom for nom, message in champs if message and exemple not in message] == []


def test_le_nom_de_sa_collectivite_se_remplit_seul():
    """Qui écrit le sait déjà, son navigateur aussi (11.13)."""
    assert 'autocomplete="organization"' in str(AdhererForm()["nom"])
