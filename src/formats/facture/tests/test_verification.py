"""Des factures valides, et les mêmes falsifiées :
le même contrôle accepte les unes et refuse les autres.
"""

import re

import pytest

from formats.facture import en_cii, en_ubl, verifier
from formats.facture.tests import exemples
from formats.tests.normes import NORMES, RACINE

OFFICIELS = NORMES / "en16931" / "exemples"
SYNTAXES = {"UBL": en_ubl, "CII": en_cii}
# Ce qu'on falsifie, l'expression qui le trouve,
# ce qu'on écrit, la règle qui le voit, ce que la phrase dit.
FALSIFICATIONS = {
    "UBL total": (
        r"(<cbc:TaxInclusiveAmount[^>]*>)[^<]*",
        "9999.00",
        "BR-CO-15",
        "toutes taxes comprises",
    ),
    "UBL somme à payer": (r"(<cbc:PayableAmount[^>]*>)[^<]*", "1.00", "BR-CO-16", "somme à payer"),
    "UBL TVA": (
        r"(<cac:TaxTotal>\s*<cbc:TaxAmount[^>]*>)[^<]*",
        "12.00",
        "BR-CO-14",
        "total de TVA",
    ),
    "UBL SIREN du vendeur": (
        r'(<cbc:CompanyID schemeID="0002">)286200015',
        "28620001",
        "BR-FR-10_BT-30",
        "SIREN",
    ),
    "UBL SIRET du vendeur": (
        r'(<cbc:ID schemeID="0009">)286200015',
        "999200015",
        "BR-FR-09_BT-29",
        "SIRET",
    ),
    "UBL schéma d'un identifiant": (
        r'(<cbc:ID schemeID=")0009',
        "9999",
        "BR-CL-10",
        "schéma d'un identifiant",
    ),
    "UBL devise inventée": (r"(<cbc:DocumentCurrencyCode>)EUR", "EUX", "BR-CL-04", "devise"),
    "UBL autre devise": (r"(<cbc:DocumentCurrencyCode>)EUR", "USD", "BR-FR-CO-12_BT-5", "euro"),
    "CII total": (
        r"(<ram:GrandTotalAmount>)[^<]*",
        "9999.00",
        "BR-CO-15",
        "toutes taxes comprises",
    ),
    "CII somme à payer": (r"(<ram:DuePayableAmount>)[^<]*", "1.00", "BR-CO-16", "somme à payer"),
    "CII TVA": (r"(<ram:TaxTotalAmount[^>]*>)[^<]*", "12.00", "BR-CO-14", "total de TVA"),
    "CII SIREN du vendeur": (
        r'(<ram:ID schemeID="0002">)286200015',
        "28620001",
        "BR-FR-10_BT-30",
        "SIREN",
    ),
    "CII SIRET du vendeur": (
        r'(<ram:GlobalID schemeID="0009">)286200015',
        "999200015",
        "BR-FR-09_BT-29",
        "SIRET",
    ),
    "CII schéma d'un identifiant": (
        r'(<ram:GlobalID schemeID=")0009',
        "9999",
        "FX-SCH-A-000579",
        "liste officielle",
    ),
    "CII devise inventée": (
        r"(<ram:InvoiceCurrencyCode>)EUR",
        "EUX",
        "FX-SCH-A-000595",
        "InvoiceCurrencyCode",
    ),
    "CII autre devise": (r"(<ram:InvoiceCurrencyCode>)EUR", "USD", "BR-FR-CO-12_BT-5", "euro"),
}


def falsifiee(xml, motif, valeur):
    texte, combien = re.subn(motif, lambda trouve: trouve[1] + valeur, xml.decode(), count=1)
    assert combien == 1, f"rien à falsifier : {motif}"
    return texte.encode()


@pytest.mark.parametrize("syntaxe", SYNTAXES)
@pytest.mark.parametrize("nom", exemples.TOUTES)
def test_notre_facture_passe_tous_les_controles_officiels(nom, syntaxe, ouvrier):
    rapport = verifier(SYNTAXES[syntaxe](exemples.TOUTES[nom]), ouvrier=ouvrier)

    assert rapport.est_bon, [*map(str, rapport.defauts), *rapport.non_faits]
    assert len(rapport.controles) == 3 and not rapport.avertissements


@pytest.mark.parametrize("nom", FALSIFICATIONS)
def test_la_meme_facture_falsifiee_est_refusee_par_le_meme_controle(nom, ouvrier):
    motif, valeur, regle, mots = FALSIFICATIONS[nom]
    xml = SYNTAXES[nom[:3]](exemples.facture())
    refusee = verifier(falsifiee(xml, motif, valeur), ouvrier=ouvrier)

    assert verifier(xml, ouvrier=ouvrier).est_bon and not refusee.est_bon
    phrases = {defaut.regle: defaut.phrase for defaut in refusee.defauts}
    assert mots in phrases.get(regle, ""), phrases


@pytest.mark.parametrize("syntaxe", SYNTAXES)
def test_un_avoir_sans_la_date_de_sa_facture_est_refuse(syntaxe, ouvrier):
    date = {
        "UBL": r"(<cac:InvoiceDocumentReference>\s*<cbc:ID>[^<]*</cbc:ID>\s*)"
        r"<cbc:IssueDate>[^<]*</cbc:IssueDate>",
        "CII": r"(<ram:InvoiceReferencedDocument>\s*"
        r"<ram:IssuerAssignedID>[^<]*</ram:IssuerAssignedID>\s*)"
        r"<ram:FormattedIssueDateTime>.*?</ram:FormattedIssueDateTime>",
    }[syntaxe]
    refusee = verifier(
        falsifiee(SYNTAXES[syntaxe](exemples.avoir()), f"(?s){date}", ""), ouvrier=ouvrier
    )

    assert "Un avoir doit nommer la facture qu'il corrige, avec sa date." in {
        d.phrase for d in refusee.defauts
    }


@pytest.mark.skipif(
    not OFFICIELS.is_dir(), reason=f"les exemples officiels ne sont pas là ({OFFICIELS})"
)
@pytest.mark.parametrize(
    "nom",
    ["ubl-21-en16931.xml", "factur-x-en16931.xml", "factur-x-basicwl.xml", "factur-x-minimum.xml"],
)
def test_les_exemples_officiels_passent(nom, ouvrier):
    rapport = verifier((OFFICIELS / nom).read_bytes(), ouvrier=ouvrier)

    assert rapport.est_bon, [*map(str, rapport.defauts), *rapport.non_faits]


NORME = "urn:cen.eu:en16931:2017"
ETENDUS = {
    "EXTENDED (CII)": (en_cii, "#conformant#urn:factur-x.eu:1p0:extended"),
    "EXTENDED-CTC-FR (CII)": (en_cii, "#conformant#urn.cpro.gouv.fr:1p0:extended-ctc-fr"),
    "EXTENDED-CTC-FR (UBL)": (en_ubl, "#conformant#urn.cpro.gouv.fr:1p0:extended-ctc-fr"),
}
# Ce que notre facture dit et que le profil BASIC n'a pas.
AU_DELA_DE_BASIC = rb"(?s)<ram:(%s)>.*?</ram:\1>" % b"|".join(
    (b"DefinedTradeContact", b"AdditionalReferencedDocument", b"Description")
)


@pytest.mark.parametrize("nom", ETENDUS)
def test_un_profil_etendu_se_verifie_par_ses_propres_regles(nom, ouvrier):
    """Il admet tout ce qu'admet EN 16931 ; un total faux y est faux, sous un nom de règle à lui."""
    ecrire, suite = ETENDUS[nom]
    etendue = ecrire(exemples.facture()).replace(NORME.encode(), f"{NORME}{suite}".encode())
    motif = r"(GrandTotalAmount>|<cbc:TaxInclusiveAmount[^>]*>)[^<]*"

    assert verifier(etendue, ouvrier=ouvrier).est_bon
    refusee = verifier(falsifiee(etendue, motif, "9999.00"), ouvrier=ouvrier)
    assert any(defaut.regle.endswith(("-CO-15", "-CO-16")) for defaut in refusee.defauts)


def test_le_profil_basic_se_verifie_par_ses_propres_regles(ouvrier):
    basic = f"{NORME}#compliant#urn:factur-x.eu:1p0:basic".encode()
    annoncee = en_cii(exemples.facture()).replace(NORME.encode(), basic)

    assert "XSD" in {defaut.regle for defaut in verifier(annoncee, ouvrier=ouvrier).defauts}
    assert verifier(re.sub(AU_DELA_DE_BASIC, b"", annoncee), ouvrier=ouvrier).est_bon


def test_un_element_deplace_est_refuse_par_le_schema(ouvrier):
    xml = en_ubl(exemples.facture()).replace(b"<cbc:ProfileID>S1</cbc:ProfileID>", b"")
    deplacee = xml.replace(b"</Invoice>", b"<cbc:ProfileID>S1</cbc:ProfileID></Invoice>")

    assert "XSD" in {defaut.regle for defaut in verifier(deplacee, ouvrier=ouvrier).defauts}


def test_sans_les_regles_le_rapport_dit_que_rien_n_a_ete_verifie(tmp_path):
    rapport = verifier(en_ubl(exemples.facture()), dossier=tmp_path)

    assert not rapport.est_bon and "n'est pas installé" in rapport.non_faits[0]


def test_un_profil_inconnu_n_est_pas_dit_bon():
    xml = en_ubl(exemples.facture()).replace(b"urn:cen.eu:en16931:2017", b"urn:inconnue")

    rapport = verifier(xml)
    assert not rapport.est_bon and "aucun des profils" in rapport.non_faits[0]


@pytest.mark.parametrize(
    "contenu",
    [
        b"",
        b"bonjour",
        b"%PDF-1.7 tronque",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"<a>" + b" " * 20_000_001,
    ],
)
def test_ce_qui_n_est_pas_une_facture_est_refuse_d_une_phrase(contenu):
    (defaut,) = verifier(contenu).defauts

    assert defaut.phrase.startswith("Ce fichier ne se lit pas comme une facture électronique")
    assert not re.search(r"expected|empty|factor|line|string", defaut.phrase)


def test_la_bibliotheque_des_regles_n_est_jamais_executee():
    """`facturx.xml_check_schematron` rend vrai sans rien vérifier :
    on ne lit de ce paquet que ses fichiers.
    """
    fichiers = list((RACINE / "src").rglob("*.py"))

    importent = re.compile(r"^\s*(from facturx|import facturx)", re.MULTILINE)
    assert fichiers and [str(f) for f in fichiers if importent.search(f.read_text("utf-8"))] == []
