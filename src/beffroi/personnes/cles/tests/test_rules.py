"""Les règles des clés, sans base ni horloge."""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.personnes.cles import rules

MIDI = datetime(2026, 11, 24, 11, tzinfo=UTC)


def test_une_cle_a_un_code_de_secours_et_une_ouverture_de_chaque_jour():
    assert rules.fentes_suffisantes({"phrase", "secours"}).favorable
    assert rules.fentes_suffisantes({"passkey", "secours"}).favorable


@pytest.mark.parametrize("sortes", [set(), {"phrase"}, {"phrase", "passkey"}, {"secours"}])
def test_une_ouverture_seule_ne_suffit_pas(sortes):
    assert not rules.fentes_suffisantes(sortes).favorable


def test_sans_code_recopie_on_ne_compte_pas_comme_pouvant_ouvrir():
    decision = rules.peut_ouvrir(sortes={"phrase", "secours"}, secours_recopie_le=None)

    assert [str(motif) for motif in decision.motifs] == [
        "Le code de secours n'a pas été recopié : rien ne prouve qu'il est gardé."
    ]


@pytest.mark.parametrize(
    ("sorte", "contenu", "attendu"),
    [
        ("phrase", b"age-encryption.org/v1\n-> scrypt abc 17\n", True),
        ("passkey", b"age-encryption.org/v1\n-> age-encryption.org/fido2prf abc\n", True),
        ("passkey", b"age-encryption.org/v1\n-> scrypt abc 17\n", False),
        ("phrase", b"AGE-SECRET-KEY-PQ-1QQQ", False),
        ("phrase", b"age-encryption.org/v1\n-> scrypt " + bytes(9_000), False),
        ("autre", b"age-encryption.org/v1\n-> scrypt abc 17\n", False),
    ],
)
def test_une_fente_est_ce_qu_elle_annonce(sorte, contenu, attendu):
    assert rules.fente_bien_formee(sorte=sorte, contenu=contenu).favorable is attendu


def test_un_essai_vaut_quatre_vingt_dix_jours_pas_un_de_plus():
    juste = MIDI - timedelta(days=90)

    assert not rules.essai_perime(dernier=juste, maintenant=MIDI)
    assert rules.essai_perime(dernier=juste - timedelta(microseconds=1), maintenant=MIDI)
    assert rules.essai_perime(dernier=None, maintenant=MIDI)


@pytest.mark.parametrize(
    ("politique", "nombre", "attendu"),
    [
        ("standard", 1, False),
        ("standard", 2, True),
        ("double", 2, False),
        ("double", 3, True),
        ("coffre", 9, False),
    ],
)
def test_le_nombre_de_membres_suit_la_politique(politique, nombre, attendu):
    assert rules.membres_suffisants(politique=politique, nombre=nombre).favorable is attendu


@pytest.mark.parametrize(("nombre", "attendu"), [(0, False), (1, False), (2, False), (3, True)])
def test_il_faut_trois_gardiens_prets(nombre, attendu):
    assert rules.gardiens_suffisants(nombre).favorable is attendu


def test_un_gardien_n_est_ni_un_quatrieme_ni_un_acheteur():
    refus = rules.peut_designer_un_gardien(en_fonction=3, deja=True, est_agent_de_l_acheteur=True)

    assert len(refus.motifs) == 3
    assert rules.peut_designer_un_gardien(
        en_fonction=2, deja=False, est_agent_de_l_acheteur=False
    ).favorable


@pytest.mark.parametrize("gardiens", [2, 4])
def test_une_paire_a_exactement_trois_parts_de_gardiens(gardiens):
    assert not rules.paire_complete(politique="standard", membres=2, gardiens=gardiens).favorable
    assert rules.paire_complete(politique="standard", membres=2, gardiens=3).favorable


def test_les_gardiens_n_ouvrent_que_sur_demande_ecrite():
    assert rules.recours_aux_gardiens(
        demande_ecrite="Lettre du maire", gardiens=3, seuil=2
    ).favorable
    assert not rules.recours_aux_gardiens(demande_ecrite=" ", gardiens=3, seuil=2).favorable
    assert not rules.recours_aux_gardiens(demande_ecrite="Lettre", gardiens=1, seuil=2).favorable
