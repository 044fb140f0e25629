"""CCP, art. R. 2132-2 :
l'adresse où les documents sont, celle de cette consultation, et le bon acheteur (RC-05).
"""

import pytest

from tests.droit.achats import (
    ADRESSE,
    achat,
    acheteur,
    constats,
    exige,
    plateforme,
    rapport,
    reglement,
)

pytestmark = pytest.mark.article("CCP", "R. 2132-2")
CHAMP = "plateforme.adresse_de_la_consultation"
DOSSIER = "Le dossier de consultation est gratuit, complet et en accès direct, à l'adresse "


def test_l_adresse_d_une_autre_consultation_bloque():
    lu = reglement(
        {
            "Le dossier de consultation": DOSSIER
            + "https://marches.example/consultations/2025-0007/."
        }
    )
    quoi, remede = (
        "Le règlement donne l'adresse d'une autre consultation.",
        "Remplacez cette adresse par celle de la consultation.",
    )
    constat = exige("RC-05", "bloquant", CHAMP, quoi, remede, projet=achat(), lu=lu)

    assert constat.attendu == ADRESSE


def test_la_seule_page_d_accueil_avertit():
    lu = reglement(
        {"Le dossier de consultation": f"{DOSSIER}https://marches.example/.", "L'assistance": ""}
    )
    quoi = "Le règlement donne l'adresse de la plateforme, pas celle de la consultation."

    exige(
        "RC-05",
        "avertissement",
        CHAMP,
        quoi,
        "Écrivez l'adresse complète de la consultation.",
        projet=achat(),
        lu=lu,
    )


def test_aucune_adresse_avertit_et_dit_son_doute():
    lu = reglement({"Le dossier de consultation": "Le dossier est gratuit.", "L'assistance": ""})
    quoi = "Le règlement ne donne pas l'adresse de la plateforme."
    remede = "Écrivez l'adresse complète de la consultation dans le règlement."

    assert exige("RC-05", "avertissement", CHAMP, quoi, remede, projet=achat(), lu=lu).doute


def test_le_siret_d_un_autre_bloque():
    lu = reglement(
        {"SIRET": "La commune de Bomy, SIRET 21620170700017, passe un marché en procédure adaptée."}
    )
    quoi = "Le règlement donne un autre numéro SIRET que celui de l'acheteur."
    remede = "Corrigez le numéro dans le règlement, ou publiez depuis le bon compte."

    exige("RC-05", "bloquant", "acheteur.siret", quoi, remede, projet=achat(), lu=lu)


def test_un_siret_dont_la_cle_est_fausse_bloque():
    quoi, remede = (
        "Le numéro SIRET de l'acheteur n'est pas valable.",
        "Corrigez le numéro SIRET dans la fiche de l'organisme.",
    )

    exige(
        "RC-05",
        "bloquant",
        "acheteur.siret",
        quoi,
        remede,
        projet=achat(acheteur=acheteur(siret="21620150900018")),
    )


def test_une_adresse_hors_de_la_plateforme_bloque():
    ailleurs = achat(
        plateforme=plateforme(adresse_de_la_consultation="https://autre.example.fr/c/1")
    )
    quoi, remede = (
        "L'adresse de la consultation n'est pas sur la plateforme.",
        "Reprenez l'adresse donnée par la plateforme.",
    )

    exige("RC-05", "bloquant", CHAMP, quoi, remede, projet=ailleurs)


def test_sans_adresse_encore_le_controle_dit_ne_pas_avoir_ete_joue():
    projet = achat(plateforme=plateforme(adresse_de_la_consultation=""))

    assert constats("RC-05", projet) == ()
    assert any(n.code == "RC-05" for n in rapport(projet).non_joues)


SIGNATAIRE, AUTRE = "0123abcd" * 4, "9876fedc" * 4


def imprime(empreinte):
    groupes = " ".join(empreinte[debut : debut + 8] for debut in range(0, 32, 8))
    phrase = f"La clé est signée par une personne de l'acheteur, d'empreinte {groupes}."
    return reglement(en_plus=(phrase,))


def test_l_empreinte_d_une_personne_qui_n_a_pas_signe_les_cles_bloque():
    quoi = "Le règlement donne l'empreinte d'une personne qui n'a pas signé les clés."
    remede = "Les clés ont changé : faites écrire de nouveau le règlement."
    projet = achat(plateforme=plateforme(signataire_des_cles=SIGNATAIRE))

    constat = exige(
        "RC-05",
        "bloquant",
        "plateforme.signataire_des_cles",
        quoi,
        remede,
        projet=projet,
        lu=imprime(AUTRE),
    )

    assert constat.attendu == SIGNATAIRE


@pytest.mark.parametrize(
    "connue, imprimee", [(SIGNATAIRE, SIGNATAIRE), ("", AUTRE)], ids=["la bonne", "pas de clés"]
)
def test_l_empreinte_de_qui_a_signe_ne_se_reproche_pas(connue, imprimee):
    projet = achat(plateforme=plateforme(signataire_des_cles=connue))

    assert not [
        constat
        for constat in constats("RC-05", projet=projet, lu=imprime(imprimee))
        if constat.champ == "plateforme.signataire_des_cles"
    ]
