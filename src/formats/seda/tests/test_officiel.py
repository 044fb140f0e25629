"""Devant l'autorité : nos paquets sont valides dans les trois versions ;
les siens sont jugés comme elle les juge.
"""

import io

import pytest

from formats.seda import VERSIONS, verifier
from formats.seda.tests.exemples import bordereau, paquet, regles, truque
from formats.tests.normes import NORMES

SEDA = NORMES / "seda"
avec_le_seda = pytest.mark.skipif(
    not SEDA.exists(),
    reason=(
        f"les schémas et les paquets officiels ne sont pas là ({SEDA}) : "
        "ce contrôle par l'autorité n'a pas été fait"
    ),
)
BONS = sorted([*SEDA.glob("sip-ok/*.zip"), *SEDA.glob("profil/*.zip")])
# Ce que chaque paquet fautif a de fautif, d'après celui qui l'a fait.
FAUTIFS = {
    "HORS_XSD_SIP_OK_extensions_vitam": {"schema"},
    "KO_FILE_extension_caractere_special": {"zip-nom", "absent", "orphelin"},
    "KO_Reference_Unexisting": {"reference", "groupe-isole"},
    "KO_SEDA_2.3_Signature": {"schema"},
    "KO_SIP_INCORRECT_OBJECT_SIZE": {"taille"},
    "SIP_INCORRECT_ALGORITHM": {"algorithme"},
}


@avec_le_seda
@pytest.mark.parametrize("version", VERSIONS)
def test_nos_paquets_sont_valides_dans_chaque_version(version):
    rapport = verifier(io.BytesIO(paquet(bordereau(version=version))), normes=NORMES)

    assert (rapport.version, rapport.est_bon, rapport.non_faits) == (version, True, [])


@avec_le_seda
@pytest.mark.parametrize("sip", BONS, ids=lambda sip: sip.stem)
def test_un_paquet_officiel_valide_est_accepte(sip):
    assert [str(d) for d in verifier(sip, normes=NORMES).defauts if d.est_une_erreur] == []


@avec_le_seda
@pytest.mark.parametrize("nom", FAUTIFS)
def test_un_paquet_officiel_fautif_est_refuse_pour_sa_faute(nom):
    assert regles((SEDA / "sip-ko" / f"{nom}.zip").read_bytes(), NORMES) == FAUTIFS[nom]


@avec_le_seda
def test_aucun_paquet_officiel_n_echappe_a_la_mesure():
    assert {sip.stem for sip in SEDA.glob("sip-ko/*.zip")} == set(FAUTIFS)
    assert len(BONS) == 7


@avec_le_seda
@pytest.mark.parametrize(
    ("avant", "apres", "phrase"),
    [
        (
            "<DataObjectVersion>BinaryMaster_1</DataObjectVersion>",
            "<Faux/>",
            "« Faux » n'est pas admis à cette place",
        ),
        ("<Size>8<", "<Size>huit<", "« huit » n'est pas une valeur admise"),
        (
            "<DescriptionLevel>File<",
            "<DescriptionLevel>Dossier<",
            "« Dossier » n'est pas une des valeurs admises",
        ),
        ("<FinalAction>Destroy</FinalAction>", "", "dans « AppraisalRule », il manque : "),
        (
            '<BinaryDataObject id="ID3">',
            "<BinaryDataObject>",
            "l'attribut « id » manque à « BinaryDataObject »",
        ),
        ("<Content>", '<Content a="b">', "l'élément « Content » ne porte pas d'attribut « a »"),
    ],
)
def test_le_schema_se_plaint_en_francais(avant, apres, phrase):
    rapport = verifier(io.BytesIO(truque(paquet(), avant, apres)), normes=NORMES)

    assert phrase in " ".join(str(defaut) for defaut in rapport.controles[0].defauts)


@avec_le_seda
@pytest.mark.parametrize(
    ("sip", "est_bon"), [("profil/OK_SIPwithProfilRNG", True), ("sip-ok/3_UNITS_2_GOTS", False)]
)
def test_le_profil_d_un_service_d_archives_se_verifie(sip, est_bon):
    rapport = verifier(SEDA / f"{sip}.zip", normes=NORMES, profil=SEDA / "profil" / "profil_ok.rng")

    assert rapport.est_bon is est_bon
    assert {defaut.regle for defaut in rapport.defauts} == (set() if est_bon else {"profil"})


@avec_le_seda
def test_un_schema_sans_ce_qu_il_appelle_n_est_pas_employe(tmp_path):
    (tmp_path / "seda").mkdir()
    (tmp_path / "seda" / "2.1").symlink_to(SEDA / "2.1")

    assert "n'est pas installé" in verifier(io.BytesIO(paquet()), normes=tmp_path).non_faits[0]


def test_sans_schema_nos_regles_decident_et_c_est_dit():
    rapport = verifier(io.BytesIO(paquet()), normes=None)

    assert rapport.est_bon and [controle.nom for controle in rapport.controles] == [
        "Bordereau",
        "Fichiers",
    ]
    assert rapport.non_faits == [
        "le schéma officiel du SEDA 2.1 : il n'est pas installé sur cette machine"
    ]
