"""RGPD, art. 13, 28 et 5 :
informer les personnes, et n'écrire que ce qu'il faut (RC-46, PUB-11).
"""

import pytest

from tests.droit.achats import achat, acheteur, constats, exige, reglement

pytestmark = [pytest.mark.article("RGPD", "13"), pytest.mark.article("RGPD", "28")]
CONTACT = "acheteur.contact_donnees_personnelles"


def test_un_acheteur_sans_contact_avertit():
    quoi = "Le contact pour les données personnelles n'est pas renseigné."
    projet = achat(acheteur=acheteur(contact_donnees_personnelles=""))

    exige(
        "RC-46",
        "avertissement",
        CONTACT,
        quoi,
        "Ajoutez-le dans la fiche de l'organisme.",
        projet=projet,
    )


def test_un_reglement_qui_n_en_dit_rien_avertit():
    lu = reglement({"données personnelles": ""})
    quoi, remede = (
        "Le règlement ne dit rien des données personnelles.",
        "Ajoutez l'information prévue par le RGPD.",
    )

    exige("RC-46", "avertissement", CONTACT, quoi, remede, lu=lu)


@pytest.mark.article("RGPD", "5")
@pytest.mark.parametrize(
    "phrase,nom",
    [
        ("Contact : M. Lenoir, 06 12 34 56 78.", "un numéro de portable"),
        ("Le gardien, né le 3 mars 1970, ouvre le site.", "une date de naissance"),
        ("Numéro de sécurité sociale : 1 70 03 62 152 012 45.", "un numéro de sécurité sociale"),
    ],
)
def test_une_donnee_personnelle_dans_le_reglement_avertit(phrase, nom):
    quoi = f"Le règlement semble contenir {nom}."
    remede = "Ôtez cette donnée, ou vérifiez que la personne l'accepte."

    exige("PUB-11", "avertissement", "documents", quoi, remede, lu=reglement(en_plus=(phrase,)))


@pytest.mark.article("RGPD", "5")
def test_le_telephone_de_la_mairie_ne_dit_rien():
    assert (
        constats(
            "PUB-11", lu=reglement(en_plus=("Mairie : 03 21 00 00 00, SIRET 21620150900017.",))
        )
        == ()
    )
