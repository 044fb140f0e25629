from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats import recepisse
from formats.tests.exemples import (
    EMPREINTE,
    LIMITE,
    RECU_LE,
    enveloppe,
    fichier,
    pages,
    texte,
    un_depot,
    un_recepisse,
)

DEBUT_DE_LA_COLONNE_DES_TAILLES_EN_POINTS = 199


def test_le_recepisse_porte_les_cinq_mentions():
    """CCP, annexe 7, art. 2, III."""
    lu = texte(recepisse.pdf(un_recepisse()))

    assert "Déposant Dupont SARL, SIRET 999 123 456 00017, par Camille Dupont" in lu
    assert "Acheteur Commune de Saint-Ambroise" in lu
    assert (
        "Consultation 2026-0142, Réfection de la toiture de l’école Objet Travaux de couverture"
        in lu
    )
    assert "Reçue le mardi 12 janvier 2027 à 11:58:07,412 (heure de Paris)" in lu
    assert "dc1.pdf 310 ko" in lu and "memoire-technique.pdf 84 Mo" in lu


def test_les_mentions_passent_avant_les_preuves():
    lu = texte(recepisse.pdf(un_recepisse()))
    reperes = [
        "Déposant",
        "Acheteur",
        "Objet",
        "Reçue le",
        "Fichiers reçus",
        "Huit mots",
        "Preuves jointes",
    ]

    assert sorted(reperes, key=lu.index) == reperes


def test_le_recepisse_dit_ce_qu_il_ne_prouve_pas_et_comment_le_verifier():
    lu = texte(recepisse.pdf(un_recepisse()))

    assert "Ce récépissé ne prouve pas la conformité de votre offre." in lu
    assert "https://marches.example/verifier/" in lu
    assert "./beffroi verifier recu.zip" in lu
    assert recepisse.COMMANDE_OPENSSL in lu


def test_les_empreintes_se_lisent_par_groupes_de_huit():
    lu = texte(recepisse.pdf(un_recepisse()))
    attendue = EMPREINTE.hex()

    assert " ".join(attendue[i : i + 8] for i in range(0, 64, 8)) in lu


def test_le_fichier_est_un_pdf_archivable_accessible_titre_et_en_francais():
    octets = recepisse.pdf(un_recepisse())

    assert pypdfium2.PdfDocument(octets).get_metadata_value("Title") == "Récépissé D-2027-00031"
    assert (
        b"<pdfaid:part>2</pdfaid:part>" in octets
        and b"<pdfaid:conformance>A</pdfaid:conformance>" in octets
    )
    assert b"<pdfuaid:part>1</pdfuaid:part>" in octets
    assert b"/Lang(fr-FR)" in octets


def test_a_donnees_et_date_egales_les_octets_sont_les_memes():
    assert recepisse.pdf(un_recepisse()) == recepisse.pdf(un_recepisse())


def test_une_reponse_dans_les_delais_peut_etre_remplacee():
    lu = texte(recepisse.pdf(un_recepisse()))

    assert "Dans les délais 1 min 52 s avant l’heure limite de 12:00:00" in lu
    assert (
        "remplacer ou retirer votre réponse" in lu
        and "Seule la dernière reçue dans les délais compte." in lu
    )


def test_en_concession_chaque_reponse_dans_les_delais_est_proposee():
    """CE, 20 décembre 2021, n° 454801."""
    lu = texte(recepisse.pdf(replace(un_recepisse(), est_une_concession=True)))

    assert "Chaque réponse reçue dans les délais sera proposée à l’ouverture." in lu
    assert "Seule la dernière" not in lu


def test_une_reponse_hors_delai_est_dite_hors_delai_et_recue():
    tardif = un_depot(recu_le=LIMITE + timedelta(minutes=3, seconds=7))

    lu = texte(recepisse.pdf(un_recepisse(tardif)))

    assert "Votre réponse est déposée" in lu
    assert "Hors délai 3 min 7 s après l’heure limite de 12:00:00" in lu
    assert "Dans les délais" not in lu


@pytest.mark.parametrize(
    ("ecart", "phrase"),
    [
        (timedelta(0), "à l’instant même de l’heure limite de 12:00:00"),
        (timedelta(microseconds=1), "moins de 0,001 s après l’heure limite de 12:00:00"),
        (
            -timedelta(days=2, hours=3),
            "2 jours et 3 h avant la limite du mardi 12 janvier 2027 à 12:00:00",
        ),
    ],
)
def test_l_ecart_a_la_limite_se_dit_au_plus_juste(ecart, phrase):
    lue = recepisse.phrase_de_delai(un_depot(recu_le=LIMITE + ecart))

    assert lue.replace("\N{NO-BREAK SPACE}", " ") == phrase


def test_le_recepisse_dit_lequel_des_deux_jetons_il_porte():
    qualifie = recepisse.Horodatage(qualifie=True, emis_le=RECU_LE, autorite="Tiers qualifié")

    assert "Le jeton qualifié est en cours" in texte(recepisse.pdf(un_recepisse()))
    assert (
        recepisse.phrase_d_horodatage(qualifie)
        == "Jeton qualifié joint : Tiers qualifié, à 11:58:07,412"
    )


def test_des_sources_melangees_se_disent_fichier_par_fichier():
    melange = enveloppe(fichier("a.pdf"), fichier("b.pdf", source="recalculee"))

    lu = texte(recepisse.pdf(un_recepisse(un_depot(melange))))

    assert "a.pdf déclarée par votre poste" in lu and "b.pdf recalculée par le serveur" in lu


def test_une_seule_source_se_dit_une_fois():
    recalcule = enveloppe(fichier("a.pdf", source="recalculee"))

    assert "L’empreinte SHA-256 est recalculée par le serveur." in texte(
        recepisse.pdf(un_recepisse(un_depot(recalcule)))
    )


def test_le_recepisse_ordinaire_tient_sur_deux_pages():
    dix = enveloppe(*(fichier(f"piece-{i}.pdf") for i in range(10)))

    assert len(pages(recepisse.pdf(un_recepisse(un_depot(dix))))) == 2


def test_deux_cents_fichiers_repetent_l_en_tete_sur_chaque_page():
    fichiers = enveloppe(*(fichier(f"plan-{i:03d}.dwg") for i in range(200)))

    lues = pages(recepisse.pdf(un_recepisse(un_depot(fichiers))))

    assert all("SHA-256 du fichier scellé" in page for page in lues if "plan-" in page)
    assert all(f"plan-{i:03d}.dwg" in " ".join(lues) for i in range(200))


def test_au_dela_de_cinq_cents_fichiers_le_recepisse_garde_noms_et_tailles():
    beaucoup = enveloppe(
        *(fichier(f"plan-{i:03d}.dwg", 1_000 + i) for i in range(recepisse.FICHIERS_DETAILLES))
    )

    lu = texte(recepisse.pdf(un_recepisse(un_depot(enveloppe(fichier("dc1.pdf")), beaucoup))))

    assert "501 fichiers scellés" in lu and "Leurs empreintes sont dans depot.json" in lu
    assert all(f"plan-{i:03d}.dwg, " in lu for i in range(recepisse.FICHIERS_DETAILLES))
    assert "SHA-256 du fichier scellé" not in lu


@pytest.mark.parametrize(
    ("nom", "lu"),
    [
        ("=cmd|calc.xls", "=cmd|calc.xls"),
        ("#let x = 1", "#let x = 1"),
        ("*gras*.pdf", "*gras*.pdf"),
        ("$a$ <b> \\ [c]", "$a$ <b> \\ [c]"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe", "⟨U+202E⟩fdp.exe"),
        ("😀.pdf", "😀.pdf"),
        ("../../etc/passwd", "../../etc/passwd"),
    ],
)
def test_un_nom_hostile_reste_du_texte(nom, lu):
    octets = recepisse.pdf(un_recepisse(un_depot(enveloppe(fichier(nom)))))

    assert lu in texte(octets)


@pytest.mark.parametrize("nom", ["W" * 255, "Ø" * 127, "Ж" * 127])
def test_un_nom_de_255_octets_reste_dans_sa_colonne(nom):
    octets = recepisse.pdf(un_recepisse(un_depot(enveloppe(fichier(nom, 1)))))
    page = pypdfium2.PdfDocument(octets)[0].get_textpage()

    bords = [
        page.get_charbox(i)[2]
        for i in range(page.count_chars())
        if page.get_text_range(i, 1) == nom[0]
    ]
    assert max(bords) < DEBUT_DE_LA_COLONNE_DES_TAILLES_EN_POINTS
    assert nom in texte(octets).replace(" ", "")


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=25, deadline=None)
def test_aucun_nom_n_empeche_le_recepisse(nom, titre):
    depot = un_depot(enveloppe(fichier(nom)))
    depot = replace(depot, consultation=replace(depot.consultation, titre=titre))

    assert recepisse.pdf(un_recepisse(depot)).startswith(b"%PDF-")
