"""La marque d'un centre : elle se lit, ou le service ne démarre pas et dit pourquoi."""

import os

import pytest
from django.core.management import call_command

from beffroi.faces.portail import assemblage, marque
from beffroi.faces.portail.theme_servi import FEUILLE, LOGO
from beffroi.socle.fondations.reglages import ReglageIllisible

COULEURS = 'claire = "#7a1f3d"\nsombre = "#f5b8cc"\n'
TRACE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/>{}</svg>'


@pytest.fixture(autouse=True)
def relue():
    marque.la_marque.cache_clear()
    yield
    marque.la_marque.cache_clear()


@pytest.fixture
def dossier(tmp_path, settings):
    settings.DOSSIER_DE_LA_MARQUE = tmp_path
    return tmp_path


def test_sans_dossier_le_theme_est_le_notre(settings):
    settings.DOSSIER_DE_LA_MARQUE = None

    assert marque.surcharge(marque.la_marque()) == ""


def test_la_marque_va_dans_la_feuille_servie_et_l_en_tete(dossier, settings, client, db):
    (dossier / "marque.toml").write_text(COULEURS)
    (dossier / "logo.svg").write_text(TRACE.format(""))
    settings.STATIC_ROOT = dossier / "statique"
    call_command("collectstatic", verbosity=0, interactive=False)

    assert "--bleu: #7a1f3d;" in (settings.STATIC_ROOT / FEUILLE).read_text("utf-8")
    assert "<path" in (settings.STATIC_ROOT / LOGO).read_text("utf-8")
    assert f'<img class="logo" src="/statique/{LOGO}" alt="">' in client.get("/").content.decode()


def test_la_marque_otee_la_feuille_revient(dossier, settings):
    settings.STATIC_ROOT = dossier / "statique"
    (dossier / "marque.toml").write_text(COULEURS)
    call_command("collectstatic", verbosity=0, interactive=False)
    os.utime(settings.STATIC_ROOT / FEUILLE, (0, 0))  # le démarrage d'avant
    settings.DOSSIER_DE_LA_MARQUE = None
    marque.la_marque.cache_clear()
    call_command("collectstatic", verbosity=0, interactive=False)

    assert "#7a1f3d" not in (settings.STATIC_ROOT / FEUILLE).read_text("utf-8")


def test_chaque_jeton_de_la_marque_est_un_jeton_du_theme():
    lue = marque.Marque("#7a1f3d", "#f5b8cc")
    jetons = (assemblage.THEME / "jetons.css").read_text("utf-8")

    for nom in ("--bleu", "--bleu-fonce", "--bleu-voile"):
        assert f"{nom}:" in jetons and marque.surcharge(lue).count(f"{nom}:") == 2


@pytest.mark.parametrize("fonds", [marque.JOUR, marque.NUIT], ids=["jour", "nuit"])
def test_les_fonds_juges_sont_ceux_du_theme(fonds):
    jetons = (assemblage.THEME / "jetons.css").read_text("utf-8").replace("#fff;", "#ffffff;")

    for valeur in (fonds.papier, fonds.craie, fonds.encre, fonds.sur_bleu):
        assert f" {valeur};" in jetons


@pytest.mark.parametrize(
    ("dit", "phrase"),
    [
        ('claire = "#ffd400"\nsombre = "#f5b8cc"', "#ffd400.*plus foncée"),
        ('claire = "#7a1f3d"\nsombre = "#402030"', "#402030.*plus claire"),
        ('claire = "rouge"\nsombre = "#f5b8cc"', "comme « #1f4079 »"),
        ('claire = "#7a1f3d"', "les deux couleurs"),
        ("claire = ", "ne se lit pas"),
    ],
)
def test_une_couleur_qui_se_lit_mal_empeche_de_demarrer(tmp_path, dit, phrase):
    (tmp_path / "marque.toml").write_text(dit)

    with pytest.raises(ReglageIllisible, match=phrase):
        marque.lire(tmp_path)


@pytest.mark.parametrize(
    ("dedans", "phrase"),
    [
        ("<script>1</script>", "<script>"),
        ('<path d="M0 0" onload="x()"/>', "onload"),
        ('<use href="https://ailleurs.example/x"/>', "href"),
        ('<path style="fill:url(https://ailleurs.example/x)"/>', "style"),
        ("<style>@font-face{src:url(https://ailleurs.example/x)}</style>", "url"),
        ("<style>@import 'x.css'</style>", "url"),
        ("<g>", "ne se lit pas comme un SVG"),
    ],
)
def test_un_logo_ne_fait_rien_et_ne_va_rien_chercher(tmp_path, dedans, phrase):
    (tmp_path / "logo.svg").write_text(TRACE.format(dedans))

    with pytest.raises(ReglageIllisible, match=phrase):
        marque.lire(tmp_path)


def test_un_degrade_du_dessin_meme_se_suit(tmp_path):
    (tmp_path / "logo.svg").write_text(
        TRACE.format('<linearGradient id="a"/><path d="M0 0" fill="url(#a)"/><use href="#a"/>')
    )

    assert marque.lire(tmp_path).logo


def test_un_logo_lourd_ou_qui_declare_des_entites_se_refuse(tmp_path):
    (tmp_path / "logo.svg").write_text(TRACE.format(" " * marque.OCTETS_D_UN_LOGO))
    with pytest.raises(ReglageIllisible, match="100 ko"):
        marque.lire(tmp_path)
    (tmp_path / "logo.svg").write_text("<!DOCTYPE svg [<!ENTITY a 'b'>]>" + TRACE.format("&a;"))
    with pytest.raises(ReglageIllisible, match="ne se lit pas"):
        marque.lire(tmp_path)


def test_un_dossier_absent_se_dit(tmp_path):
    with pytest.raises(ReglageIllisible, match="n'est pas un dossier"):
        marque.lire(tmp_path / "absent")
