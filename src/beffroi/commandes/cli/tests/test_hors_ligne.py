"""Sceller et ouvrir sans la plateforme :
ce qu'une entreprise ou un acheteur méfiant peut faire seul.
"""

import io

import pytest

from beffroi.commandes.cli.lanceur import principal
from sceau import Identity, Recipient, seal, shares


@pytest.fixture
def cle() -> Identity:
    return Identity.generate()


@pytest.fixture
def offre(tmp_path):
    fichier = tmp_path / "offre signée.pdf"
    fichier.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 700)
    return fichier


def sceller(cle, *fichiers, vers):
    return principal(
        [
            "sceller",
            "--destinataire",
            cle.recipient.encode(),
            *map(str, fichiers),
            "--vers",
            str(vers),
        ]
    )


def ouvrir(cle, *plis, vers):
    return principal(["ouvrir-pli", "--identite", cle.encode(), *plis, "--vers", str(vers)])


def ecrire_identite(cle, fichier):
    fichier.write_text(f"# une clé\n{cle.encode()}\n", "utf-8")
    return str(fichier)


def test_ce_qui_est_scelle_s_ouvre_a_l_identique(cle, offre, tmp_path):
    assert sceller(cle, offre, vers=tmp_path / "scelles") == 0
    identite = ecrire_identite(cle, tmp_path / "cle.txt")
    scelle = str(tmp_path / "scelles" / "offre signée.pdf.age")

    assert (
        principal(
            ["ouvrir-pli", "--identite", identite, scelle, "--vers", str(tmp_path / "ouverts")]
        )
        == 0
    )

    assert (tmp_path / "ouverts" / "offre signée.pdf").read_bytes() == offre.read_bytes()


def test_deux_membres_recomposent_la_cle_de_la_consultation(cle, offre, tmp_path):
    sceller(cle, offre, vers=tmp_path)
    membres = [Identity.generate() for _ in range(3)]
    ecrire_les_parts(tmp_path / "parts", membres, parts_de(cle))
    identites = [
        ecrire_identite(membre, tmp_path / f"{rang}.txt") for rang, membre in enumerate(membres[1:])
    ]
    commande = [
        "ouvrir-pli",
        *[mot for i in identites for mot in ("--identite", i)],
        "--parts",
        str(tmp_path / "parts"),
    ]

    assert (
        principal(
            [*commande, str(tmp_path / "offre signée.pdf.age"), "--vers", str(tmp_path / "o")]
        )
        == 0
    )

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

    assert "1 part ouverte, mais" in capsys.readouterr().err


def test_un_pli_abime_ne_laisse_pas_un_fichier_a_moitie_ouvert(cle, offre, tmp_path, capsys):
    sceller(cle, offre, vers=tmp_path)
    scelle = tmp_path / "offre signée.pdf.age"
    octets = bytearray(scelle.read_bytes())
    octets[-1] ^= 1
    scelle.write_bytes(octets)
    identite = ecrire_identite(cle, tmp_path / "cle.txt")

    assert (
        principal(
            ["ouvrir-pli", "--identite", identite, str(scelle), "--vers", str(tmp_path / "o")]
        )
        == 1
    )

    assert list((tmp_path / "o").iterdir()) == []
    assert "sur 1, 1 fichier n'a pas pu être ouvert." in capsys.readouterr().err


def test_une_autre_cle_n_ouvre_rien_et_le_dit_en_francais(cle, offre, tmp_path, capsys):
    sceller(cle, offre, vers=tmp_path)
    autre = ecrire_identite(Identity.generate(), tmp_path / "autre.txt")
    scelle = str(tmp_path / "offre signée.pdf.age")

    assert (
        principal(["ouvrir-pli", "--identite", autre, scelle, "--vers", str(tmp_path / "o")]) == 1
    )

    assert (
        "scellé pour une autre clé : aucune des identités données ne l'ouvre"
        in capsys.readouterr().out
    )
    assert list((tmp_path / "o").iterdir()) == []


def test_deux_plis_de_meme_nom_sont_refuses_et_rien_n_est_ouvert(cle, offre, tmp_path, capsys):
    sceller(cle, offre, vers=tmp_path / "a")
    sceller(cle, offre, vers=tmp_path / "b")
    plis = [str(tmp_path / dossier / "offre signée.pdf.age") for dossier in "ab"]

    assert ouvrir(cle, *plis, vers=tmp_path / "o") == 1

    assert "s'écriraient tous deux" in capsys.readouterr().err
    assert not (tmp_path / "o").exists()


def test_un_fichier_deja_ouvert_n_est_pas_ecrase(cle, offre, tmp_path, capsys):
    sceller(cle, offre, vers=tmp_path)
    (tmp_path / "o").mkdir()
    (tmp_path / "o" / "offre signée.pdf").write_text("à moi")

    assert ouvrir(cle, str(tmp_path / "offre signée.pdf.age"), vers=tmp_path / "o") == 1

    assert "existe déjà : rien n'a été écrit" in capsys.readouterr().err
    assert (tmp_path / "o" / "offre signée.pdf").read_text() == "à moi"


def test_sceller_deux_fichiers_de_meme_nom_est_refuse(cle, offre, tmp_path, capsys):
    (tmp_path / "autre").mkdir()
    homonyme = tmp_path / "autre" / "OFFRE signe\u0301e.pdf"
    homonyme.write_bytes(b"une autre offre")

    assert sceller(cle, offre, homonyme, vers=tmp_path / "s") == 1

    assert "s'écriraient tous deux" in capsys.readouterr().err
    assert not (tmp_path / "s").exists()


def test_sceller_n_ecrase_pas_un_fichier_deja_scelle(cle, offre, tmp_path, capsys):
    sceller(cle, offre, vers=tmp_path)
    avant = (tmp_path / "offre signée.pdf.age").read_bytes()

    assert sceller(cle, offre, vers=tmp_path) == 1

    assert "existe déjà : rien n'a été écrit" in capsys.readouterr().err
    assert (tmp_path / "offre signée.pdf.age").read_bytes() == avant


FENTES = [
    ("la clé de la mairie", " la cle\u0301 de la mairie\u00a0"),
    ("0000-0000-0000-0000-0000-0000-00AK", "oooo 0000 0000 0000 0000 0000 00ak"),
]


@pytest.mark.parametrize(("secret", "saisie"), FENTES, ids=["phrase", "code de secours"])
def test_une_fente_s_ouvre_comme_le_navigateur_l_ouvrirait(
    secret, saisie, cle, offre, tmp_path, monkeypatch
):
    sceller(cle, offre, vers=tmp_path)
    with (tmp_path / "fente.age").open("wb") as cible:
        seal(
            io.BytesIO(cle.encode().encode()),
            cible,
            to=Recipient.from_passphrase(secret, work_factor=8),
        )
    monkeypatch.setattr("beffroi.commandes.cli.ouvrir_pli.getpass", lambda _: saisie)
    commande = [
        "ouvrir-pli",
        "--identite",
        str(tmp_path / "fente.age"),
        str(tmp_path / "offre signée.pdf.age"),
    ]

    assert principal([*commande, "--vers", str(tmp_path / "o")]) == 0

    assert (tmp_path / "o" / "offre signée.pdf").read_bytes() == offre.read_bytes()


def test_une_phrase_fausse_est_dite(cle, offre, tmp_path, monkeypatch, capsys):
    with (tmp_path / "fente.age").open("wb") as cible:
        seal(
            io.BytesIO(b"AGE"),
            cible,
            to=Recipient.from_passphrase("la bonne phrase", work_factor=8),
        )
    monkeypatch.setattr("beffroi.commandes.cli.ouvrir_pli.getpass", lambda _: "une autre")

    assert (
        principal(
            ["ouvrir-pli", "--identite", str(tmp_path / "fente.age"), str(offre), "--vers", "o"]
        )
        == 1
    )

    assert "ne s'ouvre pas avec cette phrase ni ce code" in capsys.readouterr().err


@pytest.mark.parametrize("destinataire", ["age1pq1abc", "bonjour", ""])
def test_un_destinataire_mal_recopie_est_dit(destinataire, offre, tmp_path, capsys):
    assert (
        principal(
            ["sceller", "--destinataire", destinataire, str(offre), "--vers", str(tmp_path / "s")]
        )
        == 1
    )

    assert "Recopiez celle qui est publiée" in capsys.readouterr().err


def test_un_fichier_absent_est_dit(cle, tmp_path, capsys):
    assert sceller(cle, tmp_path / "absent.pdf", vers=tmp_path) == 1

    assert "n'existe pas" in capsys.readouterr().err


def test_l_aide_liste_chaque_commande(capsys):
    assert principal(["aide"]) == 0

    aide = capsys.readouterr().out
    assert all(
        f"./beffroi {nom}" in aide
        for nom in ("demo", "test", "deposer", "verifier", "ouvrir-pli", "sceller")
    )


def test_une_commande_inconnue_est_une_erreur(capsys):
    assert principal(["deposez"]) == 1

    assert "n'est pas une commande" in capsys.readouterr().err
