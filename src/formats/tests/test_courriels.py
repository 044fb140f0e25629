"""La page d'un courriel dit les mots de son texte, et ne va rien chercher."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.courriels import en_html, entetes, porte_une_adresse, sur_une_ligne

PERMISES = {"html", "head", "meta", "title", "body", "p", "ul", "li", "br", "a"}
CHEZ = frozenset({"https://beffroi.example"})
LIGNES = st.text(st.sampled_from("ab<>&\"' \n-:/.éhtps,«»()\t"), max_size=80)


class Lecture(HTMLParser):
    def __init__(self):
        super().__init__()
        self.mots, self.balises, self.attributs, self.dans_le_corps = "", set(), set(), False

    def handle_starttag(self, balise, attributs):
        self.balises.add(balise)
        self.attributs |= {nom for nom, _ in attributs}
        self.dans_le_corps |= balise == "body"
        self.mots += " " if balise in {"p", "li"} else ""

    def handle_data(self, texte):
        self.mots += texte if self.dans_le_corps else ""


def lue(texte):
    lecture = Lecture()
    lecture.feed(en_html(texte, titre="Le dossier change", chez=CHEZ))
    return lecture


@given(LIGNES | st.just("Voir https://a.example/x?y=1&z=<2>."))
def test_la_page_dit_les_mots_du_texte(texte):
    sans_tirets = "\n".join(ligne.removeprefix("- ") for ligne in texte.split("\n"))

    assert lue(texte).mots.split() == sans_tirets.split()


@given(LIGNES)
def test_la_page_ne_va_rien_chercher(texte):
    lecture = lue(texte)

    assert lecture.balises <= PERMISES
    assert lecture.attributs <= {"lang", "charset", "name", "content", "style", "href"}


@pytest.mark.parametrize("texte", ["javascript:alert(1)", "https://", "data:text/html,x"])
def test_seules_les_adresses_du_web_sont_des_liens(texte):
    assert "<a " not in en_html(texte, titre="", chez=CHEZ)


@given(st.text(max_size=60))
def test_un_en_tete_tient_sur_une_ligne(texte):
    assert len(sur_une_ligne(texte).splitlines()) <= 1
    assert all(
        "\n" not in valeur
        for valeur in entetes("C-1", arret=texte, adresse="https://m.example").values()
    )


def test_une_ligne_en_retrait_continue_le_point_de_liste():
    page = re.sub(
        r' style="[^"]*"', "", en_html("- Toiture\n  Bomy\n- Voirie\nFin", titre="", chez=CHEZ)
    )

    assert "<ul><li>Toiture<br>Bomy</li><li>Voirie</li></ul><p>Fin</p>" in page


@pytest.mark.parametrize(
    "adresse",
    ["https://beffroi.example", "https://beffroi.example/a", "https://beffroi.example?b=1"],
)
def test_une_adresse_de_la_plateforme_est_un_lien(adresse):
    assert f'<a href="{adresse}">' in en_html(f"Ici : {adresse}", titre="", chez=CHEZ)


@pytest.mark.parametrize(
    "adresse",
    [
        "https://evil.example/connexion",
        "https://beffroi.example.evil/x",
        "https://beffroi.example@evil.example/",
        "https://beffroi.example:8443/",
        "http://beffroi.example/",
        "https://evil.example/https://beffroi.example/",
    ],
)
def test_une_adresse_d_ailleurs_reste_des_mots(adresse):
    page = en_html(f"Ici : {adresse}", titre="", chez=CHEZ)

    assert "<a " not in page and adresse in page


def test_sans_adresse_reglee_rien_n_est_un_lien():
    assert "<a " not in en_html("https://evil.example/", titre="", chez={""})


@pytest.mark.parametrize(
    "nom",
    [
        "Trésorerie https://evil.example",
        "WWW.evil.example",
        "evil.example/connexion",
        "a@b.fr",
        "ftp://x",
    ],
)
def test_un_nom_qui_mene_ailleurs_se_reconnait(nom):
    assert porte_une_adresse(nom)


@pytest.mark.parametrize(
    "nom", ["SARL L'Arrobase @", "Wwwoofer", "Dupont : père & fils", "3/4 SA", "S.A.R.L./Eurl"]
)
def test_un_nom_ordinaire_passe(nom):
    assert not porte_une_adresse(nom)
