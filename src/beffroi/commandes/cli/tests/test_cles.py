"""Changer la clé du service sans rien perdre de ce qui est en route, ni de ce qui est gardé."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing

from beffroi.commandes.cli import noeud_paquet, noeud_rejoindre
from beffroi.commandes.cli.lanceur import principal
from beffroi.seance.ouverture import queries as ouverture
from beffroi.socle.fondations.chiffrement import chiffre
from beffroi.socle.fondations.horloge import heure_reelle
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.noeuds import queries, services
from beffroi.socle.noeuds.models import CleDeLaBase

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("paquets_vite_faits")]


@pytest.fixture
def a(noeud):
    """Le nœud « a » sert la base."""
    cles = noeud("a")
    services.retenir_les_cles(le=heure_reelle())
    return cles


def changer(*options):
    return principal(["cles", "changer-secrete", *options])


def etrangeres():
    return [cle.usage for cle in queries.etrangeres()]


def inscrites():
    return Ecriture.objects.filter(acte="noeud.changer_une_cle")


@pytest.mark.moteurs
def test_reparti_le_noeud_signe_de_la_neuve_et_reconnait_celle_d_avant(a, noeud, settings):
    lien, avant = signing.dumps("en route"), settings.SECRET_KEY
    assert changer() == 0
    assert etrangeres() == []

    noeud("a")
    services.retenir_les_cles(le=heure_reelle())

    assert settings.SECRET_KEY != avant and len(settings.SECRET_KEY) >= 64
    assert signing.loads(lien) == "en route"
    assert etrangeres() == []
    assert [une.sujet for une in inscrites()] == ["service"]


def test_le_registre_et_la_base_ne_disent_rien_de_la_cle(a, noeud, settings):
    avant = settings.SECRET_KEY
    changer()
    noeud("a")
    services.retenir_les_cles(le=heure_reelle())

    dit = inscrites().get().contenu + str([*CleDeLaBase.objects.values()])
    assert avant not in dit and settings.SECRET_KEY not in dit


def test_passe_son_delai_elle_ne_reconnait_plus_rien_et_lit_encore(a, noeud):
    lien, garde = signing.dumps("en route"), chiffre("essai").encrypt(b"garde")
    changer("--jours", "30")

    with time_machine.travel(heure_reelle() + timedelta(days=31), tick=False):
        noeud("a")
        with pytest.raises(signing.BadSignature):
            signing.loads(lien)
        assert chiffre("essai").decrypt(garde) == b"garde"


def test_volee_elle_ne_reconnait_plus_rien_aussitot(a, noeud):
    lien, garde = signing.dumps("en route"), chiffre("essai").encrypt(b"garde")
    assert changer("--jours", "0") == 0
    noeud("a")

    with pytest.raises(signing.BadSignature):
        signing.loads(lien)
    assert chiffre("essai").decrypt(garde) == b"garde"
    services.retenir_les_cles(le=heure_reelle())
    assert etrangeres() == []


def test_les_autres_noeuds_attendent_la_leur_et_la_prennent_par_le_paquet(
    a, noeud, tmp_path, monkeypatch, capsys
):
    b = noeud("b")
    for nom in noeud_paquet.PARTAGES:
        (b / nom).write_bytes((a / nom).read_bytes())
    noeud("a")
    vers = tmp_path / "cles.age"
    assert changer("--vers", str(vers)) == 0
    code = capsys.readouterr().out.split("code, à dire à part : ")[1].splitlines()[0]
    noeud("a")
    services.retenir_les_cles(le=heure_reelle())
    noeud("b")
    assert etrangeres() == ["service"]

    monkeypatch.setattr(noeud_rejoindre, "demander_le_code", lambda: code)
    assert principal(["noeud", "rejoindre", "--paquet", str(vers)]) == 0

    noeud("b")
    assert etrangeres() == []
    assert (b / "django.txt").read_bytes() == (a / "django.txt").read_bytes()


def test_un_noeud_qui_ne_lirait_plus_les_pieces_d_avant_ne_demarre_pas(a, noeud):
    changer()
    noeud("a")
    services.retenir_les_cles(le=heure_reelle())
    for rangee in (a / "django-precedentes").iterdir():
        rangee.unlink()
    noeud("a")

    assert [une.startswith("service d'avant") for une in etrangeres()] == [True]


def test_deux_changements_sans_repartir_sont_refuses(a, noeud, capsys):
    changer()
    noeud("a")

    assert changer() == 1
    assert "relancez « serve » et « worker »" in capsys.readouterr().err


def test_pendant_une_seance_rien_ne_change(a, monkeypatch, capsys):
    monkeypatch.setattr(ouverture, "une_seance_tient_ses_cles", lambda: True)
    avant = (a / "django.txt").read_bytes()

    assert changer() == 1
    assert "Recommencez quand elle sera close" in capsys.readouterr().err
    assert (a / "django.txt").read_bytes() == avant


def test_celle_d_un_coffre_a_secrets_se_range_et_se_change_la_bas(a, settings, tmp_path, capsys):
    ailleurs = tmp_path / "absent" / "cle"
    settings.CLES_DU_SERVICE = {"fichier": ailleurs, "precedentes": []}

    assert changer() == 0
    assert f"{ailleurs} donne celle du service" in capsys.readouterr().out
    [rangee] = (a / "django-precedentes").iterdir()
    assert rangee.read_text("utf-8") == settings.SECRET_KEY
    assert rangee.stat().st_mode & 0o777 == 0o600


def test_sous_un_autre_compte_rien_ne_se_range(a, monkeypatch, capsys):
    monkeypatch.setattr("os.geteuid", lambda: 65_534)

    assert changer() == 1
    assert "sous son compte (sudo -u" in capsys.readouterr().err
    assert not (a / "django-precedentes").exists()


def test_un_delai_a_rebours_est_refuse(a, capsys):
    assert changer("--jours", "-1") == 1
    assert "écrivez un nombre de jours" in capsys.readouterr().err
