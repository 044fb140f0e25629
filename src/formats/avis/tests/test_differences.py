"""Rectifier, annuler : ce qui change entre deux avis, et rien d'autre."""

from dataclasses import replace
from datetime import date

import pytest

from formats.avis import differences, eforms, ouvrir, prevalider
from formats.avis.differences import RienNeChange
from formats.avis.tests import exemples

AVANT = exemples.marche()
APRES = replace(exemples.rectificatif(), changement=None)
PUBLIE = "BOAMP n° 26-00001 du 12 novembre 2026"
NUMERO = f"{exemples.IDENTIFIANTS.avis}-01"


def test_seule_la_mention_qui_change_est_dite():
    (difference,) = differences.comparer(AVANT, APRES)

    assert "15\N{NO-BREAK SPACE}décembre" in difference.avant
    assert "22\N{NO-BREAK SPACE}décembre" in difference.apres


def test_le_rectificatif_national_dit_au_lieu_de_et_lire():
    texte = differences.texte_rectificatif(
        AVANT, APRES, publie=PUBLIE, motif="Le dossier a été complété."
    )

    assert "Au lieu de\N{NO-BREAK SPACE}: mardi 15" in texte
    assert "Lire\N{NO-BREAK SPACE}: mardi 22" in texte
    assert "BOAMP n°\N{NO-BREAK SPACE}26-00001" in texte


def test_une_mention_ajoutee_ou_retiree_se_dit():
    sans = replace(AVANT, informations="")

    assert "Ajouter : Le dossier est gratuit" in str(differences.comparer(sans, AVANT)[0])
    assert "Retirer : Le dossier est gratuit" in str(differences.comparer(AVANT, sans)[0])


def test_deux_avis_pareils_ne_se_rectifient_pas():
    with pytest.raises(RienNeChange):
        differences.texte_rectificatif(AVANT, AVANT, publie=PUBLIE, motif="Rien.")
    with pytest.raises(RienNeChange):
        differences.rectifier(AVANT, AVANT, avis_publie=NUMERO, explication="Rien.")


def parties(apres, **options):
    avis = differences.rectifier(
        AVANT, apres, avis_publie=NUMERO, explication="Correction.", **options
    )
    return avis.changement.modifications[0].parties


def test_une_limite_qui_recule_change_tous_les_lots():
    assert parties(APRES) == ("LOT-0001", "LOT-0002")


def test_un_lot_corrige_est_seul_a_changer():
    corrige = replace(AVANT.lots[1], description="Charpente en douglas.")

    assert parties(replace(AVANT, lots=(AVANT.lots[0], corrige))) == ("LOT-0002",)


def test_un_titre_corrige_change_la_procedure():
    assert parties(replace(AVANT, titre="Toiture de l'école")) == ("PROCEDURE",)


def test_un_acheteur_corrige_est_nomme():
    assert parties(
        replace(AVANT, acheteur=replace(AVANT.acheteur, profil="https://autre.example.fr"))
    ) == ("BUYER",)


def test_un_dossier_complete_sans_autre_changement_se_rectifie():
    assert parties(AVANT, dossier_modifie_le=date(2026, 11, 23)) == ("PROCEDURE",)


@pytest.mark.parametrize(
    "avis",
    [
        differences.rectifier(AVANT, APRES, avis_publie=NUMERO, explication="Dossier complété."),
        differences.annuler(
            AVANT, avis_publie=NUMERO, explication="Sans suite.", envoi=APRES.envoi
        ),
    ],
    ids=["rectificatif", "annulation"],
)
def test_l_avis_europeen_tire_de_la_difference_passe_nos_regles(avis):
    assert prevalider(ouvrir(eforms.construire(avis, identifiants=exemples.AUTRES))) == []


def test_un_dossier_change_se_dit_dans_le_texte_national():
    texte = differences.texte_rectificatif(
        AVANT,
        AVANT,
        publie=PUBLIE,
        motif="Un plan est ajouté.",
        dossier_modifie_le=date(2026, 11, 23),
    )

    assert "Le dossier de consultation a changé le 23/11/2026" in texte


def test_l_annulation_nationale_dit_pourquoi():
    texte = differences.texte_d_annulation(
        AVANT, publie=PUBLIE, motif="Le besoin a disparu.", envoi=APRES.envoi
    )

    assert "La procédure est déclarée sans suite. Le besoin a disparu." in texte
    assert "mardi 24\N{NO-BREAK SPACE}novembre 2026" in texte
