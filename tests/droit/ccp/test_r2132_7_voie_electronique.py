"""CCP, art. R. 2132-7, R. 2132-12 et R. 2132-13 :
une réponse se remet en ligne, ici, sauf les cas prévus (RC-06, RC-07).
"""

import pytest

from tests.droit.achats import achat, constats, exige, gravites, reglement

pytestmark = pytest.mark.article("CCP", "R. 2132-7")
SUR_PAPIER = "Les offres peuvent être remises sur papier, contre récépissé, à la mairie."
OTEZ = "Ôtez cette phrase, ou dites le cas de l'article R. 2132-12 qui la permet."


def avec(*phrases: str):
    return reglement(en_plus=phrases)


def test_un_autre_profil_d_acheteur_bloque():
    lu = avec("Les plis sont déposés sur https://www.maximilien.fr.")
    quoi = "Le règlement cite un autre profil d'acheteur : Maximilien."
    remede = "Remplacez cette adresse par celle de la plateforme."

    exige("RC-06", "bloquant", "plateforme.adresse", quoi, remede, projet=achat(), lu=lu)


def test_un_autre_site_inconnu_avertit_et_dit_son_doute():
    lu = avec("Les offres sont déposées sur https://depots.exemple-inconnu.fr/bomy.")
    quoi = "Le règlement donne une autre adresse pour remettre une réponse."
    constat = exige(
        "RC-06",
        "avertissement",
        "plateforme.adresse",
        quoi,
        "Remplacez cette adresse par celle de la consultation.",
        projet=achat(),
        lu=lu,
    )

    assert constat.doute == "Cette adresse n'est pas celle d'un profil d'acheteur connu."


def test_une_adresse_postale_pour_remettre_bloque():
    lu = avec("Les offres sont remises sur papier à la mairie, 1 place de la Mairie, 62960 Bomy.")
    quoi, remede = (
        "Le règlement donne une adresse postale pour remettre une réponse.",
        "Ôtez cette adresse : les réponses se remettent en ligne.",
    )

    exige("RC-06", "bloquant", "plateforme.adresse", quoi, remede, projet=achat(), lu=lu)


@pytest.mark.article("CCP", "R. 2132-12")
def test_le_papier_permis_hors_des_cas_bloque():
    quoi = "Le règlement permet de remettre une réponse sur papier."

    exige("RC-07", "bloquant", "depot_sur_papier", quoi, OTEZ, projet=achat(), lu=avec(SUR_PAPIER))


def test_le_courriel_permis_bloque():
    quoi = "Le règlement permet de remettre une réponse par courriel ou télécopie."
    lu = avec("Les offres peuvent être envoyées par courriel à la mairie.")

    exige("RC-07", "bloquant", "depot_sur_papier", quoi, OTEZ, projet=achat(), lu=lu)


@pytest.mark.article("CCP", "R. 2132-13")
@pytest.mark.parametrize(
    "change",
    [
        {"depot_sur_papier": "Échantillons de tissu (R. 2132-12, 6°)."},
        {"contrat": "concession", "procedure": "concession_sous_le_seuil"},
    ],
)
def test_le_papier_dit_et_justifie_ne_bloque_pas(change):
    assert "bloquant" not in gravites(constats("RC-07", achat(**change), lu=avec(SUR_PAPIER)))


def test_un_motif_de_papier_que_la_fiche_ne_montre_pas_avertit():
    quoi = "Le dépôt sur papier est permis hors des cas que la fiche laisse voir."
    remede = "Dites lequel des cas s'applique, ou revenez à la voie électronique."

    exige(
        "RC-07",
        "avertissement",
        "depot_sur_papier",
        quoi,
        remede,
        projet=achat(depot_sur_papier="Par habitude."),
    )


@pytest.mark.parametrize(
    "phrase",
    [
        "Les offres sur papier ne sont pas acceptées.",
        "La copie de sauvegarde peut être remise sur papier à la mairie.",
        "Les échantillons sont remis contre récépissé avec l'offre, sur support papier.",
    ],
)
def test_un_refus_une_copie_ou_un_echantillon_ne_bloque_pas(phrase):
    assert constats("RC-07", achat(), lu=avec(phrase)) == ()
