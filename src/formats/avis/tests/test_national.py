"""L'avis national : les mentions de l'annexe 22, leur texte, leur longueur."""

from dataclasses import replace
from decimal import Decimal

import pytest

from formats.avis import national, textes
from formats.avis.modele import Critere
from formats.avis.tests import exemples
from formats.typographie import typographier

MARCHE = exemples.volontaire()


def mentions(avis):
    return {
        ligne.cle: ligne.valeur for section in national.sections(avis) for ligne in section.lignes
    }


def test_un_avis_complet_ne_manque_de_rien():
    assert national.prevalider(MARCHE) == []


@pytest.mark.parametrize("cle", national.EXIGES)
def test_chaque_mention_exigee_par_le_modele_est_dans_un_avis_complet(cle):
    assert mentions(MARCHE)[cle]


SANS = {
    "nom": replace(MARCHE.acheteur.organisation, nom=""),
    "identifiant": replace(MARCHE.acheteur.organisation, identifiant=""),
    "ville": replace(MARCHE.acheteur.organisation, ville=""),
    "code_postal": replace(MARCHE.acheteur.organisation, code_postal=""),
    "contact": replace(MARCHE.acheteur.organisation, service="", courriel="", telephone=""),
}
LOT = MARCHE.lots[0]
AVIS_SANS = {
    **{
        cle: replace(MARCHE, acheteur=replace(MARCHE.acheteur, organisation=o))
        for cle, o in SANS.items()
    },
    "profil": replace(
        MARCHE,
        acheteur=replace(MARCHE.acheteur, profil=""),
        remise=replace(MARCHE.remise, adresse_du_dossier=""),
    ),
    "reference": replace(MARCHE, reference=""),
    "procedure": replace(MARCHE, procedure=replace(MARCHE.procedure, nom="")),
    "limite": replace(MARCHE, remise=replace(MARCHE.remise, limite=None)),
    "criteres": replace(MARCHE, lots=(replace(LOT, criteres=()),)),
    "titre": replace(MARCHE, titre=""),
    "cpv": replace(MARCHE, code_cpv=""),
    "nature": replace(MARCHE, nature=""),
    "description": replace(MARCHE, description=" "),
    "lieu": replace(MARCHE, lieu=""),
    "duree": replace(MARCHE, lots=(replace(LOT, duree=replace(LOT.duree, mois=None)),)),
}


@pytest.mark.parametrize("cle", national.EXIGES)
def test_une_mention_retiree_est_reclamee_avec_son_remede(cle):
    nom, remede = national.EXIGES[cle]

    dites = [str(defaut) for defaut in national.prevalider(AVIS_SANS[cle])]

    assert f"Il manque {nom}. {remede}" in dites


def test_des_poids_qui_ne_font_pas_cent_sont_dits():
    criteres = (
        Critere(nom="Prix", sorte="price", poids=Decimal(60)),
        Critere(nom="Délai", sorte="quality", poids=Decimal(39)),
    )
    avis = replace(MARCHE, lots=(replace(LOT, criteres=criteres),))

    assert "Les poids des critères font 99, pas 100. Corrigez les poids." in [
        str(d) for d in national.prevalider(avis)
    ]


def test_une_nature_inconnue_et_un_avis_sans_lot_sont_dits():
    dites = " ".join(
        str(defaut) for defaut in national.prevalider(replace(MARCHE, nature="achats", lots=()))
    )

    assert "« achats » n'est pas une nature d'achat." in dites
    assert "Il manque la durée du marché." in dites


def test_l_heure_limite_se_lit_a_l_heure_de_paris():
    assert mentions(MARCHE)["limite"] == (
        "mardi 15\N{NO-BREAK SPACE}décembre 2026 à "
        "12\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00 (heure de Paris)"
    )


def test_la_valeur_estimee_ne_se_lit_pas_dans_un_avis_national():
    """L'écran promet que seul un avis européen la publie."""
    avis = exemples.marche()
    assert avis.valeur_estimee_ht and avis.lots[0].valeur_estimee_ht

    assert "estimée" not in national.texte(avis)


def test_un_marche_en_lots_dit_chaque_lot():
    titres = [section.titre for section in national.sections(exemples.marche())]

    assert [titre for titre in titres if titre.startswith("Lot")] == [
        "Lot n°\N{NO-BREAK SPACE}1",
        "Lot n°\N{NO-BREAK SPACE}2",
    ]


def test_la_longueur_compte_les_espaces_et_pas_les_retours():
    assert national.longueur("un avis\r\nbref\n") == len("un avisbref")


def test_le_texte_dit_toutes_les_mentions():
    texte = national.texte(MARCHE)

    assert [valeur for valeur in mentions(MARCHE).values() if valeur not in texte] == []


def test_un_texte_recu_reste_sur_sa_ligne():
    avis = replace(MARCHE, titre="Toiture\nSection 9 : fausse section")

    assert "Toiture Section 9" in national.texte(avis)


@pytest.mark.article("CCP", "R. 2132-5")
def test_le_modele_national_dit_ce_qui_n_est_pas_sur_le_profil_et_l_outil_exige():
    dites = mentions(exemples.hors_profil())

    assert dites["dossier"] == typographier(
        "Non. Plans de la salle des coffres. Raison : des informations particulièrement sensibles. "
        "Pour les obtenir : par courriel, dans la journée."
    )
    assert dites["outils"] == typographier(
        "Oui. Maquette numérique (IFC). Accès : un jeton provisoire, "
        "https://marches.example.fr/outil/"
    )


@pytest.mark.article("CCP", "L. 2113-7")
def test_le_modele_national_nomme_les_membres_du_groupement():
    dit = typographier("Oui, avec : Syndicat des eaux de l'Aa (SIRET 25629999900016)")

    assert mentions(exemples.groupement())["groupement"] == dit


def test_l_avis_ecrit_s_affiche_par_parties_titrees():
    ecrit = national.texte(MARCHE)

    parties = textes.parties(ecrit)

    assert parties[0] == ("AVIS DE MARCHÉ", ()) and parties[-1][0] == ""
    assert [titre for titre, _ in parties[1:-1]] == [
        ligne for ligne in ecrit.split("\n") if ligne.startswith("Section ")
    ]
    assert [mot for titre, lignes in parties for mot in (titre, *lignes) if mot] == [
        x for x in ecrit.split("\n") if x
    ]
