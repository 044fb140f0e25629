import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.caracteres import groupes, lisible, morceaux, visible


@pytest.mark.parametrize(
    ("nom", "lu"),
    [
        ("devis.pdf", "devis.pdf"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe", "⟨U+202E⟩fdp.exe"),
        ("a\x00b\nc\td", "a⟨U+0000⟩b⟨U+000A⟩c⟨U+0009⟩d"),
        ("\udc80.pdf", "⟨U+DC80⟩.pdf"),
        ("e\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT}", "été"),
        ("😀 Ελλάδα България עברית", "😀 Ελλάδα България עברית"),
        ("日本", "⟨U+65E5⟩⟨U+672C⟩"),
    ],
)
def test_un_caractere_sans_dessin_s_ecrit_par_son_code(nom, lu):
    assert lisible(nom) == lu


def test_un_tableur_garde_les_ecritures_que_nos_polices_ignorent():
    assert visible("日本\x07") == "日本⟨U+0007⟩"


@given(st.text(max_size=300))
def test_un_texte_lisible_n_a_plus_rien_d_invisible(texte):
    assert not any(unicodedata.category(c).startswith("C") for c in lisible(texte))


@given(st.text(max_size=300))
def test_decouper_un_nom_n_en_change_aucun_caractere(texte):
    assert "".join(morceaux(texte)) == lisible(texte)


def test_un_nom_sans_separateur_se_coupe_quand_meme():
    assert max(map(len, morceaux("a" * 255))) == 8


def test_un_nom_ordinaire_ne_se_coupe_qu_apres_ses_separateurs():
    assert morceaux("acte_engagement-signe.pdf") == ["acte_", "engagement-", "signe.pdf"]


def test_une_coupe_ne_separe_pas_un_accent_de_sa_lettre():
    sans_forme_composee = "q\N{COMBINING ACUTE ACCENT}"

    assert all(morceau[0] == "q" for morceau in morceaux(sans_forme_composee * 40))


def test_une_empreinte_se_lit_par_groupes_de_huit():
    assert groupes("0123456789abcdef") == ["01234567", "89abcdef"]
