"""Ce que les verrous tiennent, lu des verrous eux-mêmes, puis inventorié."""

import json
from email.message import Message

import pytest

from beffroi.commandes.cli.calculs import inventaire, verrous
from beffroi.commandes.cli.calculs.inventaire import composer, licence_dite
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.lanceur import principal
from formats import cyclonedx

VERROU = f"""\
argile==3.1 ; sys_platform == 'win32' \\
    --hash=sha256:{"a" * 64} \\
    --hash=sha256:{"b" * 64}
    # via
    #   brique
    #   tuile
tuile[four]==2.0.post1 \\
    --hash=sha256:{"c" * 64}
    # via beffroi (pyproject.toml)
"""


def connu(nom):
    return next(un for un in verrous.verrouilles() if un.nom == nom)


def test_un_verrou_dit_la_version_les_empreintes_la_condition_et_qui_demande():
    argile, tuile = verrous.du_serveur(VERROU)

    assert (argile.version, argile.condition) == ("3.1", "sys_platform == 'win32'")
    assert argile.empreintes == (("SHA-256", "a" * 64), ("SHA-256", "b" * 64))
    assert (argile.demandee_par, argile.est_directe) == (("brique", "tuile"), False)
    assert (tuile.nom, tuile.version, tuile.est_directe) == ("tuile", "2.0.post1", True)


def test_une_ligne_qui_ne_se_lit_pas_se_dit():
    with pytest.raises(ErreurDeCommande, match="tuile de travers"):
        list(verrous.du_serveur("tuile de travers\n"))


def test_sans_verrou_la_commande_dit_lequel(tmp_path):
    with pytest.raises(ErreurDeCommande, match=r"requirements\.lock n'est pas là"):
        verrous.verrouilles(tmp_path)


def test_chaque_bibliotheque_a_une_empreinte_et_quelqu_un_qui_la_demande():
    connues = verrous.verrouilles()
    noms = {connue.nom for connue in connues} | {verrous.DEMANDE_PAR_LE_PRODUIT}

    assert [connue.nom for connue in connues if not connue.empreintes] == []
    assert [connue.nom for connue in connues if not connue.demandee_par] == []
    assert {nom for connue in connues for nom in connue.demandee_par} <= noms


def test_le_navigateur_ne_recoit_pas_ce_qui_le_construit():
    noms = {connue.nom for connue in verrous.verrouilles() if connue.ecosysteme == "npm"}

    assert {"age-encryption", "@noble/post-quantum", "shamir-secret-sharing"} <= noms
    assert not noms & {"esbuild", "typescript", "fake-indexeddb"}


def test_une_empreinte_de_npm_se_lit_en_hexadecimal():
    ((algorithme, valeur),) = connu("age-encryption").empreintes

    assert (algorithme, len(valeur)) == ("SHA-512", 128)


def test_l_inventaire_relie_le_produit_a_tout_ce_qui_tourne():
    ecrit = json.loads(cyclonedx.inventaire(*composer(verrous.verrouilles(), licences={})))
    vers = {une["ref"]: une["dependsOn"] for une in ecrit["dependencies"]}
    atteintes, a_suivre = set(), [ecrit["metadata"]["component"]["bom-ref"]]
    while a_suivre:
        ref = a_suivre.pop()
        if ref not in atteintes:
            atteintes.add(ref)
            a_suivre += vers[ref]

    assert atteintes == vers.keys()
    assert {un["bom-ref"] for un in ecrit["components"]} < atteintes


def test_l_inventaire_entier_suit_le_schema_officiel():
    validation = pytest.importorskip(
        "cyclonedx.validation.json", reason="cyclonedx-python-lib, du verrou de développement"
    )
    schema = pytest.importorskip("cyclonedx.schema")
    licences = inventaire.licences_installees()
    ecrit = cyclonedx.inventaire(*composer(verrous.verrouilles(), licences=licences))

    faute = validation.JsonStrictValidator(schema.SchemaVersion.V1_6).validate_str(ecrit.decode())

    assert faute is None


def test_deux_inventaires_sont_les_memes_octets(tmp_path, capsys):
    assert principal(["inventaire", "--sortie", str(tmp_path / "un.json")]) == 0
    assert principal(["inventaire"]) == 0

    assert capsys.readouterr().out.encode() == (tmp_path / "un.json").read_bytes()


def test_une_bibliotheque_installee_a_la_version_verrouillee_dit_sa_licence():
    licences = inventaire.licences_installees()
    django = connu("django")

    assert inventaire.licence_de(django, licences).texte == "BSD-3-Clause"
    assert inventaire.licence_de(connu("age-encryption"), {}).texte == "BSD-3-Clause"


@pytest.mark.parametrize(
    ("champs", "attendue"),
    [
        ([("License-Expression", "MIT OR Apache-2.0")], ("MIT OR Apache-2.0", True)),
        ([("License", "MIT")], ("MIT", False)),
        (
            [("License", "Copyright\n 2016"), ("Classifier", "License :: OSI Approved :: BSD")],
            ("BSD", False),
        ),
    ],
)
def test_une_licence_se_lit_la_ou_l_auteur_l_a_ecrite(champs, attendue):
    dit = Message()
    for nom, valeur in champs:
        dit[nom] = valeur

    lue = licence_dite(dit)

    assert (lue.texte, lue.est_spdx) == attendue


def test_une_bibliotheque_qui_ne_dit_rien_n_a_pas_de_licence_inventee():
    assert licence_dite(Message()) is None
