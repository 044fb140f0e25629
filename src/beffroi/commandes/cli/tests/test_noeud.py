"""Remettre à un nœud neuf les clés que tous partagent : une fois, à qui connaît le code."""

import base64
import io
import json
from datetime import timedelta

import pytest

from beffroi.commandes.cli import noeud_paquet, noeud_rejoindre, noeud_verifier
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.lanceur import principal
from beffroi.seance.coffre import coffre
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.tests.test_services import MIDI
from beffroi.socle.noeuds import horloges, queries, services
from beffroi.socle.noeuds.horloges import Ecart
from beffroi.socle.noeuds.models import CleDeLaBase, RemiseDesCles
from sceau import Recipient, seal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("paquets_vite_faits")]
PARTAGEES = ("journal.txt", "horodatage.pem", "django.txt")


@pytest.fixture
def paquet(noeud, tmp_path, capsys):
    """Fait du nœud « a », qui sert la base ; et son code."""
    noeud("a")
    fichier = tmp_path / "cles.age"
    assert principal(["noeud", "ajouter", "--vers", str(fichier)]) == 0
    dit = capsys.readouterr().out
    return fichier, dit.split("code, à dire à part : ")[1].splitlines()[0]


def rejoindre(fichier, code, monkeypatch):
    monkeypatch.setattr(noeud_rejoindre, "demander_le_code", lambda: code)
    return principal(["noeud", "rejoindre", "--paquet", str(fichier)])


@pytest.mark.moteurs
def test_un_noeud_neuf_prend_les_cles_et_la_base_le_reconnait(noeud, paquet, monkeypatch):
    cles = noeud("b")
    assert [cle.usage for cle in queries.etrangeres()] != []

    assert rejoindre(*paquet, monkeypatch) == 0

    assert list(queries.etrangeres()) == []
    a = noeud("a")
    assert [(a / nom).read_bytes() for nom in PARTAGEES] == [
        (cles / nom).read_bytes() for nom in PARTAGEES
    ]
    assert {(cles / nom).stat().st_mode & 0o777 for nom in PARTAGEES} == {0o600}
    actes = Ecriture.objects.values_list("acte", flat=True)
    assert {"noeud.remettre_les_cles", "noeud.prendre_les_cles"} <= set(actes)


def test_le_paquet_est_a_qui_l_a_fait_et_ne_montre_aucune_cle(noeud, paquet):
    fichier, _ = paquet
    cles = noeud("a")

    assert fichier.stat().st_mode & 0o777 == 0o600
    octets = fichier.read_bytes()
    assert not any((cles / nom).read_bytes()[-30:] in octets for nom in PARTAGEES)


def test_un_code_dicte_se_tape_comme_on_l_entend(noeud, paquet, monkeypatch):
    fichier, code = paquet
    noeud("b")

    assert rejoindre(fichier, code.lower().replace("-", " ") + "\n", monkeypatch) == 0


def test_un_paquet_ne_se_prend_qu_une_fois(noeud, paquet, monkeypatch, capsys):
    noeud("b")
    assert rejoindre(*paquet, monkeypatch) == 0
    cles = noeud("c")

    assert rejoindre(*paquet, monkeypatch) == 1
    assert "S'il a servi sans vous, d'autres ont vos clés" in capsys.readouterr().err
    assert not (cles / "journal.txt").exists()


def test_un_paquet_de_la_veille_ne_se_prend_plus(noeud, paquet, monkeypatch, capsys):
    noeud("b")
    remise = RemiseDesCles.objects.get()
    remise.faite_le -= services.DUREE_D_UNE_REMISE + timedelta(minutes=1)
    remise.save()

    assert rejoindre(*paquet, monkeypatch) == 1
    assert "date de plus d'un jour" in capsys.readouterr().err


def test_un_paquet_que_la_base_n_a_pas_remis_est_refuse(noeud, paquet, monkeypatch, capsys):
    cles = noeud("b")
    RemiseDesCles.objects.all().delete()

    assert rejoindre(*paquet, monkeypatch) == 1
    assert "Ce paquet n'est pas de cette base" in capsys.readouterr().err
    assert not (cles / "journal.txt").exists()


@pytest.mark.parametrize("code", ["", "AAAA-AAAA-AAAA-AAAA-AAAA", "'; --"])
def test_un_autre_code_n_ouvre_rien(noeud, paquet, code, monkeypatch, capsys):
    fichier, _ = paquet
    cles = noeud("b")

    assert rejoindre(fichier, code, monkeypatch) == 1
    assert "Vérifiez-le lettre à lettre" in capsys.readouterr().err
    assert RemiseDesCles.objects.get().prise_le is None
    assert (cles / "django.txt").read_text("utf-8").startswith("secret du noeud b")


def test_un_noeud_qui_a_deja_des_cles_les_garde(noeud, paquet, monkeypatch, capsys):
    cles = noeud("b")
    (cles / "journal.txt").write_text("d'une autre plateforme", "utf-8")

    assert rejoindre(*paquet, monkeypatch) == 1
    assert "rangez d'abord ce dossier ailleurs" in capsys.readouterr().err
    assert (cles / "journal.txt").read_text("utf-8") == "d'une autre plateforme"


def test_un_fichier_qui_n_est_pas_un_paquet_se_dit(noeud, tmp_path, monkeypatch, capsys):
    noeud("b")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8 pas un paquet")

    assert rejoindre(tmp_path / "photo.jpg", "AAAA", monkeypatch) == 1
    assert "ne s'ouvre pas avec ce code" in capsys.readouterr().err
    assert rejoindre(tmp_path / "absent", "AAAA", monkeypatch) == 1
    assert "ne se lit pas" in capsys.readouterr().err


def test_un_paquet_n_ecrit_que_dans_le_dossier_des_cles():
    """Fait à la main par qui en connaît le code : il n'écrase rien d'autre."""
    fichiers = {
        nom: base64.b64encode(b"x").decode()
        for nom in ("../.ssh/authorized_keys", "/etc/cron.d/x", "horodatages-precedents/..", "a")
    }
    scelle = io.BytesIO()
    seal(
        io.BytesIO(json.dumps({"format": noeud_paquet.FORMAT, "fichiers": fichiers}).encode()),
        scelle,
        to=Recipient.from_passphrase("AAAA", work_factor=4),
    )

    assert noeud_paquet.ouvrir(scelle.getvalue(), code="aaaa") == {}


@pytest.mark.parametrize("clair", [b"", b"[]", b'{"format": "autre"}', b'{"fichiers": {}}'])
def test_un_paquet_mal_fait_se_dit(clair):
    scelle = io.BytesIO()
    seal(io.BytesIO(clair), scelle, to=Recipient.from_passphrase("AAAA", work_factor=4))

    with pytest.raises(ErreurDeCommande, match="ne s'ouvre pas"):
        noeud_paquet.ouvrir(scelle.getvalue(), code="AAAA")


@pytest.mark.parametrize(
    ("coffres", "code", "phrase"),
    [
        ({}, 0, "une séance ne s'ouvre que par celui-ci"),
        ({"10.0.0.2:8701": "eteint"}, 0, "coffre 10.0.0.2:8701 : joint"),
        ({"10.0.0.2:8701": "injoignable"}, 1, "vérifiez son adresse, le pare-feu"),
    ],
)
def test_verifier_dit_ce_que_ce_noeud_joint(coffres, code, phrase, noeud, monkeypatch, capsys):
    noeud("a")
    services.retenir_les_cles(le=MIDI)
    monkeypatch.setattr(coffre, "etat_des_coffres", lambda: coffres)

    assert noeud_verifier.executer(None) == code
    dit = capsys.readouterr().out
    assert phrase in dit and "cles : bien" in dit


@pytest.mark.parametrize(
    ("ecart", "code", "phrase"),
    [
        (None, 0, "celle de la base"),
        (Ecart(4, 1), 0, "horloge : en avance de 4 ms sur la base\n"),
        (Ecart(-3000, 1), 1, "en retard de 3000 ms sur la base. Réparez sa synchronisation"),
    ],
)
def test_verifier_dit_l_heure_d_ici(ecart, code, phrase, noeud, monkeypatch, capsys):
    noeud("a")
    services.retenir_les_cles(le=MIDI)
    monkeypatch.setattr(horloges, "ecart_d_ici", lambda: ecart)

    assert noeud_verifier.executer(None) == code
    assert phrase in capsys.readouterr().out


def test_verifier_nomme_un_certificat_qui_ne_se_lit_pas(noeud, settings, tmp_path, capsys):
    noeud("a")
    services.retenir_les_cles(le=MIDI)
    (tmp_path / "racines.pem").write_text("rien", "utf-8")
    settings.HORODATAGE = {**settings.HORODATAGE, "racines": str(tmp_path / "racines.pem")}

    assert noeud_verifier.executer(None) == 1
    assert "aucun certificat ne s'y lit. Demandez le suivant" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("reglage", "valeur", "phrase"),
    [
        ("ADRESSE_PUBLIQUE", "http://marches.centre.fr", "Donnez BEFFROI_ADRESSE=https://"),
        ("SECRET_KEY", "courte", "BEFFROI_CLE_SECRETE a 6 signes"),
        ("STOCKAGE", {"sorte": "disquette", "adresse": ""}, "BEFFROI_STOCKAGE vaut « disquette »"),
    ],
)
def test_verifier_refuse_ce_que_serve_refuse(reglage, valeur, phrase, noeud, settings, capsys):
    noeud("a")
    services.retenir_les_cles(le=MIDI)
    setattr(settings, reglage, valeur)
    assert principal(["serve"]) == 1
    refus = capsys.readouterr().err.strip().removeprefix("beffroi : ")

    assert principal(["noeud", "verifier"]) == 1

    assert phrase in refus
    assert capsys.readouterr().out.strip() == f"« serve » refuserait de démarrer ici : {refus}"


def test_verifier_ne_donne_pas_ses_cles_a_une_base_neuve(noeud):
    noeud("a")

    assert noeud_verifier.executer(None) == 0
    assert not CleDeLaBase.objects.exists()
