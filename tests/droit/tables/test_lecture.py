"""Une table qui se contredit, ou à qui il manque quelque chose, ne se charge pas ;
l'empreinte suit le contenu.
"""

import hashlib
from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from droit.en_vigueur import Droit, DroitInconnu
from droit.tables import TableIncoherente, charger
from droit.tables.lecture import composer, lire_les_fichiers

SOURCES = {
    "version": "essai",
    "lectures": {"X": {"titre": "Un texte", "lien": "https://texte.example"}},
}


def periode(**champs):
    return {
        "du": date(2020, 1, 1),
        "valeur": 10,
        "article": "CCP R. 1",
        "lu": "X",
        "confiance": "V",
        **champs,
    }


def table(*periodes, **champs):
    fiche = {
        "cle": "seuil.essai",
        "libelle": "Essai",
        "unite": "jours",
        "pivot": "signature",
        "revoir_avant": date(2030, 1, 1),
        "periodes": list(periodes),
        **champs,
    }
    return {"sources.toml": SOURCES, "essai.toml": {"valeurs": [fiche]}}


def test_une_table_entiere_se_charge():
    assert composer(table(periode())).fiches["seuil.essai"].periodes[0].valeur == 10


@pytest.mark.parametrize("champ", ["du", "valeur", "article", "lu", "confiance"])
def test_une_valeur_a_qui_il_manque_un_champ_ne_se_charge_pas(champ):
    entiere = periode()
    del entiere[champ]

    with pytest.raises(TableIncoherente):
        composer(table(entiere))


@pytest.mark.parametrize("champ", ["cle", "libelle", "unite", "pivot", "revoir_avant", "periodes"])
def test_une_fiche_a_qui_il_manque_un_champ_ne_se_charge_pas(champ):
    fichiers = table(periode())
    del fichiers["essai.toml"]["valeurs"][0][champ]

    with pytest.raises(TableIncoherente):
        composer(fichiers)


@pytest.mark.parametrize(
    "suivante",
    [periode(du=date(2021, 1, 2)), periode(du=date(2020, 12, 31)), periode(du=date(2019, 1, 1))],
    ids=["un trou d'un jour", "un recouvrement d'un jour", "à rebours"],
)
def test_des_periodes_qui_ne_se_suivent_pas_ne_se_chargent_pas(suivante):
    with pytest.raises(TableIncoherente, match="ne suit pas"):
        composer(table(periode(au=date(2020, 12, 31)), suivante))


def test_une_periode_sans_fin_ne_peut_pas_etre_suivie():
    with pytest.raises(TableIncoherente, match="ne suit pas"):
        composer(table(periode(), periode(du=date(2021, 1, 1))))


def test_une_periode_ne_finit_pas_avant_de_commencer():
    with pytest.raises(TableIncoherente, match="finit avant de commencer"):
        composer(table(periode(au=date(2019, 12, 31))))


@pytest.mark.parametrize(
    "faute",
    [
        {"lu": "Y"},
        {"confiance": "?"},
        {"article": "CCP"},
        {"valeur": ""},
        {"valeur": []},
        {"valeur": 1.5},
    ],
    ids=str,
)
def test_une_lecture_une_marque_un_article_ou_une_valeur_fausse_est_refusee(faute):
    with pytest.raises(TableIncoherente, match=r"seuil\.essai"):
        composer(table(periode(**faute)))


def test_une_cle_ecrite_deux_fois_est_refusee():
    fichiers = table(periode())
    fichiers["autre.toml"] = fichiers["essai.toml"]

    with pytest.raises(TableIncoherente, match="écrite deux fois"):
        composer(fichiers)


def test_l_empreinte_ne_depend_pas_de_l_ordre_des_champs():
    fichiers = lire_les_fichiers()
    retournes = {
        nom: dict(reversed(contenu.items())) for nom, contenu in reversed(fichiers.items())
    }

    assert composer(retournes).empreinte == charger().empreinte


@settings(deadline=None)
@given(valeur=st.integers(0, 10**9))
def test_l_empreinte_change_avec_une_seule_valeur(valeur):
    fichiers = deepcopy(lire_les_fichiers())
    premiere = fichiers["seuils.toml"]["valeurs"][0]["periodes"][0]
    identique = premiere["valeur"] == valeur
    premiere["valeur"] = valeur

    assert (composer(fichiers).empreinte == charger().empreinte) is identique


def test_l_empreinte_et_la_version_se_lisent_du_droit_a_une_date():
    droit = Droit.au(date(2026, 11, 24))

    assert len(droit.empreinte) == len(hashlib.sha256().hexdigest())
    assert date.fromisoformat(droit.version)


def test_une_cle_inconnue_donne_ses_voisines():
    with pytest.raises(DroitInconnu, match=r"De la même famille : suspension\.concession"):
        Droit.au(date(2026, 11, 24)).valeur("suspension.mapa")


def test_une_famille_inconnue_donne_les_familles():
    with pytest.raises(DroitInconnu, match="Les tables tiennent ces familles : accord_cadre, avis"):
        Droit.au(date(2026, 11, 24)).valeur("cpv")


def test_une_liste_ne_se_prend_pas_pour_un_nombre():
    with pytest.raises(TypeError):
        Droit.au(date(2026, 11, 24)).valeur("liste.ccag").entier  # noqa: B018
    with pytest.raises(TypeError):
        Droit.au(date(2026, 11, 24)).valeur("durable.prix_seul").entier  # noqa: B018


def test_une_valeur_qui_n_est_pas_une_liste_ne_se_lit_pas_comme_une_liste():
    with pytest.raises(TypeError, match="n'est pas une liste"):
        Droit.au(date(2026, 11, 24)).valeur("durable.prix_seul").liste  # noqa: B018


DEUX_LISTES = table(
    periode(valeur=["Ancien"], au=date(2026, 12, 31)),
    periode(du=date(2027, 1, 1), valeur=["Ancien", "Nouveau"]),
)


@pytest.mark.parametrize(
    ("jour", "noms"),
    [
        (date(2019, 12, 31), ("Ancien",)),
        (date(2026, 12, 31), ("Ancien",)),
        (date(2027, 1, 1), ("Ancien", "Nouveau")),
    ],
    ids=["avant les tables", "la veille", "le jour du changement"],
)
def test_ce_qui_se_propose_suit_la_date_et_avant_les_tables_est_la_premiere_liste(jour, noms):
    assert Droit(jour, composer(DEUX_LISTES)).valeur_connue("seuil.essai").liste == noms
