"""Sceller et ouvrir sans la plateforme : ce qu'une entreprise ou un acheteur méfiant peut faire seul."""

import io

import pytest

from beffroi.cli.lanceur import principal
from sceau import Identity, seal, shares


@pytest.fixture
def cle() -> Identity:
    return Identity.generate()


@pytest.fixture
def offre(tmp_path):
    fichier = tmp_path / "offre signée.pdf"
    fichier.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 700)
    return fichier


def sceller(cle, *fichiers, vers):
    return principal(["sceller", "--destinataire", cle.recipient.encode(), *map(str, fichiers), "--vers", str(vers)])


def ecrire_identite(cle, fichier):
    fichier.write_text(f"# une clé\n{cle.encode()}\n", "utf-8")
    return str(fichier)


def test_ce_qui_est_scelle_s_ouvre_a_l_identique(cle, offre, tmp_path):
    assert sceller(cle, offre, vers=tmp_path / "scelles") == 0
    identite = ecrire_identite(cle, tmp_path / "cle.txt")
    scelle = str(tmp_path / "scelles" / "offre signée.pdf.age")

    assert principal(["ouvrir-pli", "--identite", identite, scelle, "--vers", str(tmp_path / "ouverts")]) == 0

    assert (tmp_path / "ouverts" / "offre signée.pdf").read_bytes() == offre.read_bytes()


def test_deux_membres_recomposent_la_cle_de_la_consultation(cle, offre, tmp_path):
    sceller(cle, offre, vers=tmp_path)
    membres = [Identity.generate() for _ in range(3)]
    ecrire_les_parts(tmp_path / "parts", membres, parts_de(cle))
    identites = [ecrire_identite(membre, tmp_path / f"{rang}.txt") for rang, membre in enumerate(membres[1:])]
    commande = [
        "ouvrir-pli",
        *[mot for i in identites for mot in ("--identite", i)],
        "--parts",
        str(tmp_path / "parts"),
    ]

    assert principal([*commande, str(tmp_path / "offre signée.pdf.age"), "--vers", str(tmp_path / "o")]) == 0

    assert (tmp_path / "o" / "offre signée.pdf").read_bytes() == offre.read_bytes()


def parts_de(cle):
    return shares.split(cle, shares=3, threshold=2, purpose=shares.Purpose.MEMBER, record=b"cle")


def ecrire_les_parts(dossier, membres, parts):
    dossier.mkdir()
    for rang, (membre, part) in enumerate(zip(membres, parts, strict=True)):
        with (dossier / f"part-{rang}.age").open("wb") as cible:
            seal(io.BytesIO(part), cible, to=membre.recipient)


def test_un_seul_membre_sur_deux_ne_suffit_pas(cle, offre, tmp_path, capsys):
    sceller(cle, offre, vers=tmp_path)
    membres = [Identity.generate() for _ in range(3)]
    ecrire_les_parts(tmp_path / "parts", membres, parts_de(cle))
    seul = ecrire_identite(membres[0], tmp_path / "seul.txt")
    commande = [
        "ouvrir-pli",
        "--identite",
        seul,
        "--parts",
        str(tmp_path / "parts"),
        str(tmp_path / "offre signée.pdf.age"),
    ]

    assert principal([*commande, "--vers", str(tmp_path / "o")]) == 1

    assert "1 part(s) ouverte(s)" in capsys.readouterr().err


def test_un_pli_abime_ne_laisse_pas_un_fichier_a_moitie_ouvert(cle, offre, tmp_path, capsys):
    sceller(cle, offre, vers=tmp_path)
    scelle = tmp_path / "offre signée.pdf.age"
    octets = bytearray(scelle.read_bytes())
    octets[-1] ^= 1
    scelle.write_bytes(octets)
    identite = ecrire_identite(cle, tmp_path / "cle.txt")

    assert principal(["ouvrir-pli", "--identite", identite, str(scelle), "--vers", str(tmp_path / "o")]) == 1

    assert list((tmp_path / "o").iterdir()) == []
    assert "n'ont pas pu être ouverts" in capsys.readouterr().err


def test_une_autre_cle_n_ouvre_rien(cle, offre, tmp_path):
    sceller(cle, offre, vers=tmp_path)
    autre = ecrire_identite(Identity.generate(), tmp_path / "autre.txt")
    scelle = str(tmp_path / "offre signée.pdf.age")

    assert principal(["ouvrir-pli", "--identite", autre, scelle, "--vers", str(tmp_path / "o")]) == 1


@pytest.mark.parametrize("destinataire", ["age1pq1abc", "bonjour", ""])
def test_un_destinataire_mal_recopie_est_dit(destinataire, offre, tmp_path, capsys):
    assert principal(["sceller", "--destinataire", destinataire, str(offre), "--vers", str(tmp_path / "s")]) == 1

    assert "Recopiez celle qui est publiée" in capsys.readouterr().err


def test_un_fichier_absent_est_dit(cle, tmp_path, capsys):
    assert sceller(cle, tmp_path / "absent.pdf", vers=tmp_path) == 1

    assert "n'existe pas" in capsys.readouterr().err


def test_l_aide_liste_chaque_commande(capsys):
    assert principal(["aide"]) == 0

    aide = capsys.readouterr().out
    assert all(f"./beffroi {nom}" in aide for nom in ("demo", "test", "deposer", "verifier", "ouvrir-pli", "sceller"))


def test_une_commande_inconnue_est_une_erreur(capsys):
    assert principal(["deposez"]) == 1

    assert "n'est pas une commande" in capsys.readouterr().err
