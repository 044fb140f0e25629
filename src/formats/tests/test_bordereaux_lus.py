"""Lire un bordereau : le tableau se trouve où qu'il soit, et tout ce qui est douteux est dit."""

from decimal import Decimal as D

import odfdo
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formats.bordereaux import DocumentIllisible, bornes, lire_bordereau
from formats.bordereaux.lire import depuis_le_json, en_json, lire_ici
from formats.bordereaux.nombres import lire_nombre
from formats.bordereaux.reperage import role_de
from formats.lecture import enclos
from formats.tests.bordereaux_ecrits import (
    ENTETES,
    LIGNES,
    TITRES,
    bordereau,
    calculees,
    csv,
    ods,
    repacker,
    xlsx,
)

SANS_DELAI = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def valeurs(lu):
    return [
        (
            ligne.numero,
            ligne.designation,
            ligne.unite,
            ligne.quantite,
            ligne.prix_unitaire,
            ligne.montant,
        )
        for ligne in lu.lignes
    ]


ATTENDUES = [
    ("1.1", "Dépose de la toiture", "m²", D(120), D("12.5"), D(1500)),
    ("1.2", "Fourniture de tuiles", "m²", D(120), D(40), D(4800)),
    ("2.1", "Gouttières", "ml", D("30.5"), D(20), D(610)),
]


def codes(lu):
    return [constat.code for constat in lu.constats]


@pytest.mark.parametrize(
    "octets",
    [
        bordereau(),
        ods(*TITRES, ENTETES, *LIGNES),
        csv(*TITRES, ENTETES, *LIGNES),
        csv(*TITRES, ENTETES, *LIGNES, encodage="cp1252"),
        csv(*TITRES, ENTETES, *LIGNES, separateur="\t", encodage="utf-16"),
        csv(*TITRES, ENTETES, *LIGNES, entete="sep=;\r\n"),
    ],
    ids=["xlsx", "ods", "csv", "windows", "utf16", "sep"],
)
def test_le_meme_bordereau_se_lit_de_chaque_format(octets):
    lu = lire_ici(octets)

    assert valeurs(lu) == ATTENDUES
    assert codes(lu) == []
    assert lu.feuilles[0].colonnes["prix_unitaire"] == "E"


def test_l_adresse_d_une_cellule_est_celle_du_tableur():
    lu = lire_ici(bordereau())

    assert lu.feuilles[0].ligne_d_entete == 4
    assert lu.adresse(lu.lignes[2], "montant") == "F7"


@pytest.mark.parametrize(
    "texte,valeur,mention",
    [
        ("1 234,50 €", "1234.50", ""),
        ("1\u202f234,50\u00a0€ HT", "1234.50", ""),
        ("12.5", "12.5", ""),
        ("12,5", "12.5", ""),
        ("1.234,50", "1234.50", ""),
        ("1,234.50", "1234.50", ""),
        ("1.234.567", "1234567", ""),
        ("1'234.5", "1234.5", ""),
        ("(12,00)", "-12.00", ""),
        ("- 12,00", "-12.00", ""),
        ("−12", "-12", ""),
        ("+12", "12", ""),
        ("'12,5", "12.5", ""),
        ("45 € / m²", "45", ""),
        ("20 %", "20", ""),
        ("12 EUR TTC", "12", ""),
        (",5", "0.5", ""),
        ("1.234", "1.234", "ambigu"),
        ("0.125", "0.125", ""),
        ("offert", "0", "offert"),
        ("Gratuit", "0", "offert"),
        ("inclus", "0", "inclus"),
        ("Pour mémoire", "0", "inclus"),
        ("néant", None, "néant"),
        ("Sans objet", None, "néant"),
        ("-", None, "néant"),
        ("—", None, "néant"),
        ("voir devis", None, "illisible"),
        ("12 à 15", None, "illisible"),
        ("1,2,3", None, "illisible"),
        ("#REF!", None, "illisible"),
        ("1e5", None, "illisible"),
        ("9" * 20, None, "illisible"),
        ("", None, ""),
        ("   ", None, ""),
        ("12 50", None, "mal groupé"),
        ("12 €50", None, "mal groupé"),
        ("1234 567", None, "mal groupé"),
        ("1 23,4", None, "mal groupé"),
        ("12 , 50 €", "12.50", ""),
        ("1 234 567", "1234567", ""),
    ],
)
def test_un_nombre_ecrit_en_mots_ou_a_la_francaise(texte, valeur, mention):
    lu = lire_nombre(texte)

    assert (lu.valeur, lu.mention) == (None if valeur is None else D(valeur), mention)


@pytest.mark.parametrize(
    "entete,role",
    [
        ("N° de prix", "numero"),
        ("Réf.", "numero"),
        ("Article", "numero"),
        ("Libellé", "designation"),
        ("U", "unite"),
        ("Unité de mesure", "unite"),
        ("Qté", "quantite"),
        ("Quantités estimatives", "quantite"),
        ("P.U. (€ HT)", "prix_unitaire"),
        ("Prix en lettres", ""),
        ("Prix total HT", "montant"),
        ("Montant\nHT", "montant"),
        ("Montant TTC", "montant_ttc"),
        ("PU TTC", "prix_ttc"),
        ("Taux TVA", "tva"),
        ("TVA", "tva"),
        ("Montant TVA", ""),
        ("Observations", ""),
        ("", ""),
    ],
)
def test_un_en_tete_se_reconnait_comme_il_s_ecrit(entete, role):
    assert role_de(entete) == role


def test_titres_chapitres_sous_totaux_lignes_vides_et_en_tetes_repetes_ne_sont_pas_des_prix():
    lu = lire_ici(
        bordereau(
            (None, "CHAPITRE 1 - COUVERTURE"),
            LIGNES[0],
            (None, "Sous-total chapitre 1", None, None, None, 1500),
            (),
            ENTETES,
            LIGNES[1],
            LIGNES[2],
            ("Total HT", None, None, None, None, 6910),
            (None, "TVA 20 %", None, None, None, 1382),
            (None, "Total TTC", None, None, None, 8292),
        )
    )

    assert valeurs(lu) == ATTENDUES
    assert [(t.sorte, t.montant) for t in lu.totaux] == [
        ("sous-total", 1500),
        ("total", 6910),
        ("taxes", 1382),
        ("taxes", 8292),
    ]


def test_un_en_tete_sur_deux_lignes_fusionnees_se_lit():
    def fusionner(_, feuille):
        feuille.merge_cells("D1:E1")
        feuille.merge_cells("A1:A2")

    lu = lire_ici(
        xlsx(
            ("N°", "Désignation", "Quantité", "Prix unitaire", None),
            (None, None, None, "HT", "TTC"),
            ("1", "Tuiles", 2, 10, 12),
            apres=fusionner,
        )
    )

    assert valeurs(lu) == [("1", "Tuiles", "", D(2), D(10), None)]


def test_une_designation_fusionnee_vaut_pour_chaque_ligne():
    lu = lire_ici(
        bordereau(
            ("1", "Tuiles", "m²", 2, 10, 20),
            ("2", None, "u", 3, 10, 30),
            apres=lambda _, f: f.merge_cells("B5:B6"),
        )
    )

    assert [ligne.designation for ligne in lu.lignes] == ["Tuiles", "Tuiles"]


def test_les_mots_a_la_place_d_un_prix_sont_gardes_et_dits_avec_leur_cellule():
    lu = lire_ici(
        bordereau(
            ("1", "Tuiles", "m²", "2,5", "1 234,50 €", "inclus"),
            ("2", "Bâche", "u", 1, "voir devis", "offert"),
        )
    )

    assert [(ligne.quantite, ligne.prix_unitaire, ligne.montant) for ligne in lu.lignes] == [
        (D("2.5"), D("1234.50"), D(0)),
        (D(1), None, D(0)),
    ]
    assert [(c.code, c.adresse) for c in lu.constats] == [
        ("nombre_inclus", "F5"),
        ("nombre_illisible", "E6"),
        ("nombre_offert", "F6"),
    ]
    assert (
        lu.constats[1].phrase
        == "« voir devis » n'est pas un nombre : la cellule est lue comme vide."
    )


def test_une_formule_garde_sa_valeur_enregistree_et_une_formule_sans_valeur_est_dite():
    brut = bordereau(("1", "Tuiles", "m²", 2, 10, "=D5*E5"), ("2", "Bâche", "u", 3, 10, "=D6*E6"))

    lu = lire_ici(calculees(brut, {"F5": 20}))

    assert [ligne.montant for ligne in lu.lignes] == [D(20), None]
    assert [(c.code, c.adresse) for c in lu.constats] == [
        ("formules", ""),
        ("formule_sans_valeur", "F6"),
    ]


def test_un_flottant_se_lit_comme_le_tableur_le_montre():
    assert lire_ici(bordereau(("1", "Tuiles", "m²", 3, 0.1 + 0.2, 0.9))).lignes[
        0
    ].prix_unitaire == D("0.3")


def test_une_formule_dans_un_csv_n_est_ni_calculee_ni_prise_pour_un_prix():
    lu = lire_ici(csv(ENTETES, ("1", "Tuiles", "m²", "2", '=CMD|"/C calc"!A0', "20")))

    assert lu.lignes[0].prix_unitaire is None
    assert codes(lu) == ["formule_sans_valeur"]


def test_des_macros_des_liens_et_ce_qui_est_masque_sont_dits():
    def masquer(classeur, feuille):
        feuille.row_dimensions[6].hidden = True
        feuille.column_dimensions["E"].hidden = True
        classeur["Secret"].sheet_state = "hidden"

    brut = bordereau(
        apres=masquer, feuilles={"Secret": [ENTETES, LIGNES[0]], "Notice": [("Lisez bien.",)]}
    )
    lu = lire_ici(
        repacker(
            brut, ajouter={"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<x/>"}
        )
    )

    assert codes(lu) == [
        "macros",
        "liens_externes",
        "feuille_masquee",
        "feuille_sans_tableau",
        "colonne_masquee",
        "ligne_masquee",
    ]
    assert valeurs(lu) == ATTENDUES


def test_plusieurs_feuilles_se_lisent_bout_a_bout():
    lu = lire_ici(bordereau(feuilles={"Lot 2": [ENTETES, ("9", "Peinture", "m²", 1, 2, 2)]}))

    assert [(ligne.feuille, ligne.numero) for ligne in lu.lignes] == [
        ("Lot 1", "1.1"),
        ("Lot 1", "1.2"),
        ("Lot 1", "2.1"),
        ("Lot 2", "9"),
    ]


def test_deux_colonnes_au_meme_sens_sont_dites():
    lu = lire_ici(
        xlsx(("N°", "Désignation", "Qté mini", "Qté maxi", "PU HT"), ("1", "Tuiles", 1, 9, 10))
    )

    assert lu.lignes[0].quantite == 1
    assert [(c.code, c.adresse) for c in lu.constats] == [("colonne_en_double", "D1")]


def test_un_bpu_sans_quantite_se_lit_meme_sans_prix():
    lu = lire_ici(
        xlsx(
            ("N°", "Désignation", "Prix HT"), (None, "MAÇONNERIE"), ("1", "Mur"), ("2", "Dalle", 40)
        )
    )

    assert [(ligne.numero, ligne.prix_unitaire) for ligne in lu.lignes] == [
        ("1", None),
        ("2", D(40)),
    ]


def test_une_tva_ecrite_en_part_se_lit_en_pour_cent():
    assert lire_ici(xlsx(("N°", "Désignation", "Prix HT", "TVA"), ("1", "Mur", 40, 0.055))).lignes[
        0
    ].tva == D("5.5")


def test_un_ods_aux_lignes_repetees_masquees_et_aux_formules_se_lit():
    def etendre(document, table):
        rangee = table.get_row(5)
        rangee.set_attribute("table:visibility", "collapse")
        cellule = rangee.get_cell(5)
        cellule.set_attribute("table:formula", "of:=[.D6]*[.E6]")
        rangee.set_cell(5, cellule)
        table.set_row(5, rangee)
        vide = odfdo.Row()
        vide.set_attribute("table:number-rows-repeated", "1048000")
        table.append(vide)

    lu = lire_ici(ods(*TITRES, ENTETES, *LIGNES, apres=etendre))

    assert valeurs(lu) == ATTENDUES
    assert codes(lu) == ["formules", "ligne_masquee"]


def test_un_ods_dit_sa_colonne_masquee_et_sa_feuille_masquee():
    colonnes = (
        b'<table:table-column table:number-columns-repeated="4"/><table:table-column '
        b'table:visibility="collapse"/>'
    )
    cachee = b'<style:table-properties table:display="false"/>'
    style = b'<style:style style:name="cachee" style:family="table">' + cachee + b"</style:style>"
    secrete = (
        b'<table:table table:name="Secret" table:style-name="cachee">'
        b"<table:table-row/></table:table>"
    )
    content = "content.xml"

    lu = lire_ici(
        repacker(
            ods(ENTETES, *LIGNES),
            changer=[
                (content, rb"<table:table-column[^>]*/>", colonnes),
                (content, rb"</office:spreadsheet>", secrete + rb"</office:spreadsheet>"),
                (content, rb"</office:automatic-styles>", style + rb"</office:automatic-styles>"),
            ],
        )
    )

    assert [(c.code, c.feuille, c.adresse) for c in lu.constats] == [
        ("feuille_masquee", "Secret", ""),
        ("colonne_masquee", "Lot 1", "E"),
    ]


def test_un_ods_qui_repete_une_ligne_pleine_sans_fin_est_refuse():
    def repeter(document, table):
        rangee = table.get_row(1)
        rangee.set_attribute("table:number-rows-repeated", "1000000")
        table.delete_row(1)
        table.append(rangee)

    with pytest.raises(DocumentIllisible, match="plus de 50000 lignes"):
        lire_ici(ods(ENTETES, LIGNES[0], apres=repeter))


@pytest.mark.parametrize(
    "octets,mot",
    [
        (b"", "vide"),
        (b"   ", "vide"),
        (b"%PDF-1.7", "un PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ancien classeur"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "mot de passe",
        ),
        (b"PK\x03\x04abc", "abîmé"),
        (b"\x00\x01\x02", "format inconnu"),
        (b"Bonjour;ceci\nn'est;pas", "pas de tableau de prix"),
    ],
    ids=["rien", "blanc", "pdf", "xls", "chiffre", "zip", "binaire", "texte"],
)
def test_ce_qui_n_est_pas_un_bordereau_dit_quoi_faire(octets, mot):
    with pytest.raises(DocumentIllisible) as refus:
        lire_ici(octets)

    assert mot in refus.value.phrase and refus.value.phrase.endswith(".")


def test_une_bombe_et_une_entite_externe_sont_refusees():
    feuille = "xl/worksheets/sheet1.xml"
    bombe = repacker(
        bordereau(), changer=[(feuille, rb"</sheetData>", b"</sheetData>" + b" " * 20_000_000)]
    )
    entite = repacker(
        bordereau(),
        changer=[
            (
                feuille,
                rb"<worksheet",
                b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet',
            )
        ],
    )

    with pytest.raises(DocumentIllisible, match="démesurément"):
        lire_ici(bombe)
    with pytest.raises(DocumentIllisible, match="entités"):
        lire_ici(entite)


def test_plus_de_cinquante_mille_lignes_sont_refusees(monkeypatch):
    monkeypatch.setattr(bornes, "LIGNES", 5)

    with pytest.raises(DocumentIllisible, match="plus de 5 lignes"):
        lire_ici(bordereau())


def test_mille_fois_le_meme_constat_se_resume():
    lu = lire_ici(bordereau(*((str(n), "Tuiles", "m²", 1, "offert", 0) for n in range(30))))

    assert codes(lu).count("nombre_offert") == 21
    assert lu.constats[-1].phrase == "Et 10 fois encore, dans cette feuille."


def test_l_enclos_rend_le_meme_bordereau_et_la_meme_phrase():
    assert lire_bordereau(bordereau(), "bpu.xlsx") == lire_ici(bordereau())
    with pytest.raises(DocumentIllisible, match="PDF"):
        lire_bordereau(b"%PDF-1.7")


def test_rien_ne_se_perd_en_passant_par_le_json():
    lu = lire_ici(
        bordereau(
            LIGNES[0], ("2", "Bâche", "u", 1, "offert", 0), ("Total", None, None, None, None, 1500)
        )
    )

    assert depuis_le_json(enclos.lu_du_json(en_json(lu))) == lu


@pytest.mark.parametrize(
    "modele", [bordereau(), ods(*TITRES, ENTETES, *LIGNES)], ids=["xlsx", "ods"]
)
@SANS_DELAI
@given(st.data())
def test_un_classeur_coupe_ou_aux_bits_changes_ne_fait_rien_tomber(modele, data):
    octets = bytearray(modele)
    for place in data.draw(st.lists(st.integers(0, len(octets) * 8 - 1), max_size=20)):
        octets[place // 8] ^= 1 << place % 8

    assert se_lit_ou_se_refuse(bytes(octets[: data.draw(st.integers(0, len(octets)))]))
    assert se_lit_ou_se_refuse(bytes(octets))


@SANS_DELAI
@given(st.binary(max_size=300), st.text(max_size=300))
def test_des_octets_quelconques_ne_font_rien_tomber(octets, texte):
    assert se_lit_ou_se_refuse(octets)
    assert se_lit_ou_se_refuse(csv(ENTETES) + b"\r\n" + texte.encode())


def se_lit_ou_se_refuse(octets):
    try:
        return lire_ici(octets).feuilles != ()
    except DocumentIllisible as illisible:
        return illisible.phrase.endswith(".")
