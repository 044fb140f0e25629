"""Un petit Schematron à nous, pour les règles de la norme (ISO/IEC 19757-3)."""

import pytest

from formats.schematron import MoteurArrete, Ouvrier, SchematronIllisible, en_xslt, valider
from formats.schematron.ouvriers import feuille_de

PRINCIPAL = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">
  <ns prefix="a" uri="urn:a"/>
  <let name="seuil" value="/a:achat/@seuil"/>
  <phase id="une"><active pattern="motif-montants"/></phase>
  <phase id="deux"><active pattern="motif-montants"/><active pattern="motif-attributs"/></phase>
  <include href="montants.sch"/>
  <include href="attributs.sch"/>
</schema>"""
MONTANTS = """<pattern id="motif-montants" xmlns="http://purl.oclc.org/dsdl/schematron">
  <rule context="a:lot[@nul]"><assert id="jamais" test="true()"/></rule>
  <rule context="a:lot">
    <let name="montant" value="xs:decimal(a:montant)"/>
    <assert id="trop-cher" role="ERROR" diagnostics="BT-27-Lot"
      test="$montant le xs:decimal($seuil)"/>
    <report id="gratuit" role="WARN" test="$montant = 0"/>
  </rule>
</pattern>"""
ATTRIBUTS = """<pattern id="motif-attributs" xmlns="http://purl.oclc.org/dsdl/schematron">
  <rule context="a:montant/@devise">
    <assert id="devise" role="ERROR" test=". = ('EUR', '{}')"/>
  </rule>
</pattern>"""
DOCUMENT = b"""<achat xmlns="urn:a" seuil="100"><lot><montant devise="USD">150</montant></lot>
<lot><montant devise="EUR">0</montant></lot>
<lot nul="oui"><montant devise="EUR">900</montant></lot></achat>"""


@pytest.fixture
def schematron(tmp_path):
    (tmp_path / "montants.sch").write_text(MONTANTS, "utf-8")
    (tmp_path / "attributs.sch").write_text(ATTRIBUTS, "utf-8")
    principal = tmp_path / "principal.sch"
    principal.write_text(PRINCIPAL, "utf-8")
    return principal


@pytest.fixture(scope="module")
def ouvrier():
    ouvrier = Ouvrier()
    yield ouvrier
    ouvrier.arreter()


def test_une_phase_n_execute_que_ses_motifs(schematron, tmp_path, ouvrier):
    constats = valider(
        DOCUMENT, schematron=schematron, phase="une", cache=tmp_path / "cache", ouvrier=ouvrier
    )

    assert [constat.regle for constat in constats] == ["trop-cher", "gratuit"]


def test_une_regle_peut_viser_un_attribut(schematron, tmp_path, ouvrier):
    constats = valider(
        DOCUMENT, schematron=schematron, phase="deux", cache=tmp_path / "cache", ouvrier=ouvrier
    )

    assert [constat.regle for constat in constats if "@" in constat.lieu] == ["devise"]


def test_la_premiere_regle_qui_reconnait_un_noeud_l_emporte(schematron, tmp_path, ouvrier):
    constats = valider(
        DOCUMENT, schematron=schematron, phase="une", cache=tmp_path / "cache", ouvrier=ouvrier
    )

    assert not any("lot[3]" in constat.lieu for constat in constats)


def test_un_constat_dit_sa_gravite_son_champ_et_son_essai(schematron, tmp_path, ouvrier):
    constat, avertissement = valider(
        DOCUMENT, schematron=schematron, phase="une", cache=tmp_path / "cache", ouvrier=ouvrier
    )

    assert (constat.est_une_erreur, constat.champ) == (True, "BT-27-Lot")
    assert constat.essai == "$montant le xs:decimal($seuil)"
    assert not avertissement.est_une_erreur


def test_la_feuille_traduite_se_garde_et_change_avec_les_regles(schematron, tmp_path):
    premiere = feuille_de(schematron, phase="une", cache=tmp_path / "cache")
    ecrite_le = premiere.stat().st_mtime_ns

    assert (
        feuille_de(schematron, phase="une", cache=tmp_path / "cache").stat().st_mtime_ns
        == ecrite_le
    )
    (tmp_path / "montants.sch").write_text(MONTANTS.replace("gratuit", "offert"), "utf-8")
    assert feuille_de(schematron, phase="une", cache=tmp_path / "cache") != premiere


def test_une_phase_inconnue_se_dit(schematron):
    with pytest.raises(SchematronIllisible, match="n'a pas de phase « trois »"):
        en_xslt(schematron, phase="trois")


def test_un_schematron_n_inclut_que_son_dossier(schematron):
    schematron.write_text(PRINCIPAL.replace("montants.sch", "../motif-montants.sch"), "utf-8")

    with pytest.raises(SchematronIllisible, match="hors de son dossier"):
        en_xslt(schematron, phase="une")


def test_un_document_que_les_regles_ne_savent_pas_lire_n_est_pas_dit_valide(
    schematron, tmp_path, ouvrier
):
    faux = DOCUMENT.replace(b">150<", b">cent<")

    with pytest.raises(MoteurArrete, match="a refusé le document"):
        valider(faux, schematron=schematron, phase="une", cache=tmp_path / "cache", ouvrier=ouvrier)


def test_un_ouvrier_mort_est_relance(schematron, tmp_path, ouvrier):
    demande = {
        "schematron": schematron,
        "phase": "une",
        "cache": tmp_path / "cache",
        "ouvrier": ouvrier,
    }
    avant = valider(DOCUMENT, **demande)
    ouvrier.arreter()

    assert valider(DOCUMENT, **demande) == avant


def test_un_moteur_trop_lent_est_arrete_et_le_dit(schematron, tmp_path):
    feuille = feuille_de(schematron, phase="une", cache=tmp_path / "cache")
    lent = Ouvrier()

    with pytest.raises(MoteurArrete, match="s'est arrêté avant d'avoir répondu"):
        lent.executer(feuille, DOCUMENT, secondes=0)
    lent.arreter()
