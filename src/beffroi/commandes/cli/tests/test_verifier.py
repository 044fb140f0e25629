"""Vérifier : intact, la commande le dit ligne par ligne et rend 0 ; abîmé, elle dit quoi et
rend 1 ; illisible, 2 ; quand rien ne dit que cela vient de la plateforme, 3.
"""

import io
import os
import zipfile
from datetime import timedelta

import pytest
from django.db import connection

from beffroi.commandes.cli import dossier_d_essai
from beffroi.commandes.cli.lanceur import principal
from beffroi.commandes.cli.registre_distant import RegistreDistant
from beffroi.commandes.cli.tests import faussaires
from beffroi.reponse.depots.tests import factories
from beffroi.socle.journal import cadence, chainage, views
from beffroi.socle.journal.models import PointDeControle, Publication
from beffroi.socle.journal.services import journaliser, publier_la_tete
from beffroi.socle.journal.tests.test_services import MARTINE, MIDI
from sceau import log
from tests.moteurs.moteur import sur_postgresql

FEUILLES = cadence.ANCIEN_PAS + 2 * cadence.PAS  # la première tête, puis deux heures


def reecrire(recu, nom, changer):
    """Réécrit une pièce de l'archive, comme un faussaire."""
    with zipfile.ZipFile(recu) as archive:
        pieces = {piece: archive.read(piece) for piece in archive.namelist()}
    pieces[nom] = changer(pieces[nom])
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w") as archive:
        for piece, octets in pieces.items():
            archive.writestr(piece, octets)
    recu.write_bytes(tampon.getvalue())


def test_un_recepisse_intact_sous_une_cle_connue_est_dit_intact(recu, sous_cle, capsys):
    assert principal(["verifier", str(recu), *sous_cle]) == 0

    sortie = capsys.readouterr().out
    assert "Tout est intact." in sortie and "donnée par --cle" in sortie


def test_sous_sa_propre_cle_un_recepisse_s_accorde_avec_lui_meme(recu, capsys):
    assert principal(["verifier", str(recu)]) == 3

    sortie = capsys.readouterr().out
    assert "Ce récépissé s'accorde avec lui-même." in sortie
    assert "donnez --cle CLE et --autorite" in sortie and "/journal/" in sortie
    assert "intact" not in sortie


@pytest.mark.parametrize(
    ("piece", "changer"),
    [
        ("depot.json", lambda octets: octets.replace(b'"hors_delai":false', b'"hors_delai":true')),
        (
            "depot.json",
            lambda octets: (
                octets.replace(b"Toiture", b"Voiture") if b"Toiture" in octets else octets[:-2]
            ),
        ),
        ("depot.tsr", lambda octets: octets[:-1] + bytes([octets[-1] ^ 1])),
        ("depot.tlog-proof", lambda octets: octets.replace(b"index ", b"index 1")),
    ],
)
def test_un_recepisse_change_est_refuse(recu, sous_cle, capsys, piece, changer):
    reecrire(recu, piece, changer)

    assert principal(["verifier", str(recu)]) == 1
    assert principal(["verifier", str(recu), *sous_cle]) == 1

    assert "NON" in capsys.readouterr().out


def test_une_autre_cle_de_registre_est_refusee(recu, capsys):
    autre = log.Signer.generate("beffroi.localhost/journal").vkey

    assert principal(["verifier", str(recu), "--cle", autre]) == 1


def test_un_fichier_qui_n_est_pas_un_recepisse_est_dit(tmp_path, capsys):
    faux = tmp_path / "recu.zip"
    faux.write_bytes(b"ceci n'est pas une archive")

    assert principal(["verifier", str(faux)]) == 2


def test_sans_rien_a_verifier_la_commande_le_dit(capsys):
    assert principal(["verifier"]) == 2

    assert "rien à vérifier" in capsys.readouterr().err


@pytest.fixture
def registre_public(db, client, monkeypatch):
    """Un registre de cinq écritures et deux têtes publiques à deux heures l'une de
    l'autre, lu comme par le réseau.
    """
    monkeypatch.setattr(views, "maintenant", lambda: MIDI + timedelta(hours=4))
    monkeypatch.setattr(RegistreDistant, "lire", lambda _, chemin, **__: client.get(chemin).content)
    for n in range(5):
        le = MIDI + timedelta(hours=n)
        journaliser("essai", sujet=f"X-{n}", par=MARTINE, le=le)
        if n in (2, 4):
            publier_la_tete(le=le)


def test_un_registre_se_verifie_depuis_sa_premiere_feuille(registre_public, capsys):
    assert principal(["verifier", "--journal", "http://localhost"]) == 0

    sortie = capsys.readouterr().out
    assert f"{FEUILLES} feuilles" in sortie
    assert "toutes les têtes signées se prolongent : 2 têtes" in sortie


def test_une_tete_signee_sur_une_autre_histoire_est_trouvee(registre_public, capsys):
    """Le registre a signé deux histoires : la seconde ne prolonge pas la première."""
    corps = log.Checkpoint("beffroi.localhost/journal", 128, b"\0" * 32).body()
    faux = PointDeControle.objects.create(
        taille=128, note=log.sign_note(corps, chainage.signataire()), signe_le=MIDI
    )
    Publication.objects.create(rang=cadence.rang(MIDI) + 3, point=faux)

    assert principal(["verifier", "--journal", "http://localhost"]) == 1

    assert "celle de taille 128 ne prolonge pas le registre" in capsys.readouterr().out


def test_la_tete_gardee_la_derniere_fois_est_encore_dans_le_registre(
    registre_public, monkeypatch, tmp_path, capsys
):
    gardee = tmp_path / "tete.txt"
    commande = ["verifier", "--journal", "http://localhost", "--tete", str(gardee)]
    assert principal(commande) == 0
    premiere = gardee.read_text("utf-8")
    monkeypatch.setattr(views, "maintenant", lambda: MIDI + timedelta(hours=5))

    assert principal(commande) == 0

    assert "le registre prolonge la tête gardée" in capsys.readouterr().out
    assert gardee.read_text("utf-8") != premiere


def test_un_registre_reecrit_depuis_est_trouve_par_la_tete_gardee(
    registre_public, tmp_path, capsys
):
    """Le registre d'aujourd'hui est cohérent, et ne montre plus l'ancienne tête :
    seule celle qu'on a gardée le trahit.
    """
    gardee = tmp_path / "tete.txt"
    corps = log.Checkpoint("beffroi.localhost/journal", 4, b"\0" * 32).body()
    gardee.write_text(log.sign_note(corps, chainage.signataire()), "utf-8")

    assert principal(["verifier", "--journal", "http://localhost", "--tete", str(gardee)]) == 1

    assert "n'y est pas : le registre a été réécrit" in capsys.readouterr().out
    assert log.Checkpoint.parse(gardee.read_text("utf-8")).size == 4


@pytest.fixture
def dossier(registre_public, dossier_de_cette_base):
    """Le registre de cette base, relu comme depuis un dossier de données."""
    return dossier_de_cette_base


def test_un_dossier_garde_aussi_sa_tete_et_s_y_compare(dossier, capsys):
    gardee = dossier / "tete.txt"
    commande = ["verifier", "--journal", str(dossier), "--tete", str(gardee)]

    assert principal(commande) == principal(commande) == 0

    assert "le registre prolonge la tête gardée" in capsys.readouterr().out
    assert log.Checkpoint.parse(gardee.read_text("utf-8")).size == FEUILLES


def test_un_dossier_reecrit_depuis_est_trouve_par_la_tete_gardee(dossier, capsys):
    gardee = dossier / "tete.txt"
    corps = log.Checkpoint("beffroi.localhost/journal", 4, b"\0" * 32).body()
    gardee.write_text(log.sign_note(corps, chainage.signataire()), "utf-8")

    assert principal(["verifier", "--journal", str(dossier), "--tete", str(gardee)]) == 1

    assert "le registre a été réécrit" in capsys.readouterr().out


def test_un_dossier_d_essai_est_dit_un_essai(dossier, monkeypatch, capsys):
    monkeypatch.setenv("BEFFROI_ESPACE", "")
    commande = ["verifier", "--journal", str(dossier)]
    principal(commande)
    plateforme = capsys.readouterr().out
    (dossier / dossier_d_essai.MARQUE).write_text("2027-01-12T18:00:00+00:00 ecole", "ascii")

    principal(commande)

    assert "ESSAI" not in plateforme
    assert "ESSAI : ce dossier est celui d'un espace d'essai" in capsys.readouterr().out
    assert os.environ["BEFFROI_ESPACE"] == "ecole"


def test_une_tete_sans_registre_est_refusee(tmp_path, recu, capsys):
    assert principal(["verifier", str(recu), "--tete", str(tmp_path / "tete.txt")]) == 2

    assert "indiquez lequel par --journal" in capsys.readouterr().err


def test_une_adresse_qui_ne_repond_pas_est_dite(capsys):
    assert principal(["verifier", "--journal", "http://127.0.0.1:9"]) == 2

    assert "impossible de lire" in capsys.readouterr().err


def test_un_recepisse_trop_recent_pour_la_tete_publique_n_est_pas_dit_intact(
    registre_public, recu, monkeypatch, capsys
):
    monkeypatch.setattr("beffroi.commandes.cli.verifier.ATTENTE_AU_PLUS", timedelta(days=36_500))

    assert principal(["verifier", "--journal", "http://localhost", str(recu)]) == 3

    sortie = capsys.readouterr().out
    assert "Rien n'est faux, et tout n'est pas établi." in sortie
    assert "Recommencez dans une heure." in sortie
    assert "Tout est intact" not in sortie


def test_le_registre_d_une_adresse_fait_connaitre_la_cle_des_recepisses(
    registre_public, recu, monkeypatch, capsys
):
    """Un vrai dépôt, une fois la tête publique passée sur lui."""
    for heures in (1, 2):
        publier_la_tete(le=factories.VEILLE + timedelta(hours=heures))
    monkeypatch.setattr(views, "maintenant", lambda: factories.VEILLE + timedelta(hours=2))

    assert principal(["verifier", "--journal", "http://localhost", str(recu)]) == 0

    sortie = capsys.readouterr().out
    assert "la clé du registre est la bonne : celle du registre relu" in sortie
    assert "est à sa place dans ce registre" in sortie


def test_une_adresse_sans_chiffrement_ne_fait_connaitre_aucune_cle(registre_public, capsys):
    assert principal(["verifier", "--journal", "http://marches.example"]) == 3
    assert "qui tient la ligne a pu la changer" in capsys.readouterr().out

    sous = ["--cle", chainage.signataire().vkey]
    assert principal(["verifier", "--journal", "http://marches.example", *sous]) == 0


def test_un_dossier_fait_connaitre_la_cle_et_la_place_des_recepisses(
    dossier, recu, monkeypatch, capsys
):
    """Les lignes que les fabriques ont plantées ne sont pas l'objet : la relecture a ses essais."""
    monkeypatch.setattr("beffroi.socle.journal.verification.relire_tout", lambda: [])

    assert principal(["verifier", "--journal", str(dossier), str(recu)]) == 0

    assert "est à sa place dans ce registre : écriture n°" in capsys.readouterr().out


def test_un_recepisse_d_un_autre_registre_n_a_pas_sa_place_dans_le_dossier(
    dossier, recu, capsys, tmp_path
):
    faux = tmp_path / "faux.zip"
    faux.write_bytes(faussaires.a_partir_de_rien())

    assert principal(["verifier", "--journal", str(dossier), str(faux)]) == 1

    assert "la clé du registre est la bonne : celle du récépissé" in capsys.readouterr().out


def test_un_dossier_dont_la_cle_n_est_pas_celle_que_l_on_donne_est_refuse(dossier, capsys):
    autre = log.Signer.generate("beffroi.localhost/journal").vkey

    assert principal(["verifier", "--journal", str(dossier), "--cle", autre]) == 1

    assert "NON   clé du registre" in capsys.readouterr().out


FIN_DU_JOURNAL = {
    "journal_publication": "point_id > %s",
    "journal_pointdecontrole": "taille > %s",
    "journal_ecriture": "numero >= %s",
    "journal_remplissage": "debut >= %s",
    "journal_noeud": "((indice + 1) << niveau) > %s",
}


def lever_les_gardes(curseur):
    if sur_postgresql():
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in FIN_DU_JOURNAL:
            curseur.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    curseur.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (nom,) in curseur.fetchall():
        curseur.execute(f"DROP TRIGGER {nom}")


def couper(numero):
    """La fin du journal disparaît avec tout ce qui la couvrait : le reste s'accorde."""
    with connection.cursor() as curseur:
        lever_les_gardes(curseur)
        for table, apres in FIN_DU_JOURNAL.items():
            curseur.execute(f"DELETE FROM {table} WHERE {apres}", [numero])


@pytest.mark.parametrize("ou", ["fichier", "courriel", "témoin"])
def test_une_fin_coupee_est_trouvee_par_une_tete_gardee_ailleurs(dossier, monkeypatch, capsys, ou):
    monkeypatch.setattr("beffroi.socle.journal.verification.relire_les_gardes", lambda: ())
    gardee = dossier / "tete.txt"
    commande = ["verifier", "--journal", str(dossier), "--tete", str(gardee)]
    assert principal(commande) == 0
    note, temoin = gardee.read_text("utf-8"), log.Signer.generate("temoin.example")
    dites = {
        "fichier": note,
        "courriel": f"Subject: reçu\n\nBonjour,\n\n{note}\nLe service.\n",
        "témoin": note + temoin.cosign(log.Checkpoint.parse(note).body(), 1),
    }
    gardee.write_text(dites[ou], "utf-8")

    couper(cadence.ANCIEN_PAS)
    capsys.readouterr()

    assert principal(["verifier", "--journal", str(dossier)]) == 0
    assert "Aucune tête gardée ailleurs n'a été comparée" in capsys.readouterr().out
    assert principal(commande) == 1
    assert "sa fin a été coupée" in capsys.readouterr().out
    assert gardee.read_text("utf-8") == dites[ou]


def test_une_tete_comparee_ne_laisse_aucune_reserve(dossier, capsys):
    commande = ["verifier", "--journal", str(dossier), "--tete", str(dossier / "tete.txt")]
    principal(commande)
    assert "Aucune tête gardée ailleurs" in capsys.readouterr().out

    principal(commande)

    assert "Aucune tête gardée ailleurs" not in capsys.readouterr().out


def test_un_recepisse_sert_de_tete_et_reste_tel_quel(dossier, recu, capsys):
    avant = recu.read_bytes()

    principal(["verifier", "--journal", str(dossier), "--tete", str(recu)])

    assert "le registre prolonge la tête gardée" in capsys.readouterr().out
    assert recu.read_bytes() == avant


def test_un_fichier_sans_aucune_tete_est_refuse_d_une_phrase(dossier, capsys):
    autre = dossier / "liste.txt"
    autre.write_text("pain, lait", "utf-8")

    assert principal(["verifier", "--journal", str(dossier), "--tete", str(autre)]) == 2

    assert "ne contient aucune tête signée" in capsys.readouterr().err
    assert autre.read_text("utf-8") == "pain, lait"
