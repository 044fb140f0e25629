import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import odfdo
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.document import (
    Cadre,
    Cases,
    Chapitre,
    Document,
    Emetteur,
    Fiche,
    Formulaire,
    Liste,
    Paragraphe,
    SousTitre,
    Tableau,
    a_completer,
    cite,
    gras,
    lien,
    odt,
    pdf,
    phrase,
)
from formats.document.plan import lignes

HOSTILE = '#read("/etc/passwd") *x* <text:b/> &amp; $y$ [z](w) \N{RIGHT-TO-LEFT OVERRIDE}'


def un_document(**autres) -> Document:
    """Un document qui porte chaque sorte de bloc."""
    chapitres = (
        Chapitre(
            "L'acheteur",
            (
                Paragraphe(
                    phrase(
                        "Une offre en retard est ",
                        gras("éliminée"),
                        ".",
                        cite("CCP, art. R. 2151-5"),
                    )
                ),
                Liste((phrase("un"), phrase("deux"))),
                SousTitre("Les lots"),
                Tableau(
                    legende=f"Les lots : {HOSTILE}",
                    entetes=("Lot", "Intitulé", "Points"),
                    lignes=(
                        (phrase("1"), phrase("Toiture"), phrase("60")),
                        (phrase("2"), phrase(HOSTILE), phrase("40")),
                    ),
                    largeurs=(1, 4, 2),
                    a_droite=(2,),
                ),
            ),
        ),
        Chapitre(
            "À remplir",
            (
                Formulaire("Le candidat", ("Nom", "SIRET")),
                Cases((phrase("seul"), phrase("en groupement"))),
                Paragraphe(phrase("À noter."), "note"),
                Paragraphe(phrase("À lire."), "attention"),
            ),
        ),
    )
    ouverture = (
        Cadre(
            "Date limite",
            phrase("mardi 15 décembre"),
            (phrase(lien("https://marches.example/c/1")),),
        ),
        Fiche((("Lots", phrase(a_completer("lots", "le nombre de lots"))),)),
    )
    return replace(
        Document(
            titre="Règlement de la consultation",
            objet="Toiture de l'école",
            reference="2026-0142",
            emetteur=Emetteur("Commune de Saint-Ambroise", "1 place de la Mairie"),
            etabli_le=datetime(2026, 11, 24, 10, tzinfo=UTC),
            couverture=True,
            ouverture=ouverture,
            chapitres=chapitres,
        ),
        **autres,
    )


def mots(texte: str) -> str:
    """Le texte sans aucun blanc : une ligne coupée par la mise en page reste la même."""
    return re.sub(r"\s+", "", texte)


def mots_du_pdf(octets: bytes) -> str:
    document = pypdfium2.PdfDocument(octets)
    return mots("".join(page.get_textpage().get_text_bounded() for page in document))


def lu(octets: bytes) -> odfdo.Document:
    return odfdo.Document(io.BytesIO(octets))


def mots_de_l_odt(octets: bytes) -> str:
    return mots("".join(lu(octets).body.xpath("//office:text//text()")))


@pytest.mark.parametrize(
    "mots_lus", [lambda d: mots_du_pdf(pdf(d)), lambda d: mots_de_l_odt(odt(d))], ids=["pdf", "odt"]
)
def test_les_deux_rendus_portent_chaque_ligne_dans_l_ordre(mots_lus):
    document = un_document()
    texte, place = mots_lus(document), 0

    for ligne in lignes(document):
        place = texte.index(mots(ligne), place)


def un_document_qui_dit(recu: str) -> Document:
    """Le texte reçu, suivi d'un mot :
    la lecture d'un PDF prend un trait d'union en fin de ligne pour une césure, et l'ôte.
    """
    chapitre = Chapitre(f"Titre {recu} fin", (Paragraphe(phrase(f"Corps {recu} fin")),))
    return un_document(objet=f"Objet {recu} fin", chapitres=(chapitre,))


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_aucun_texte_recu_ne_devient_du_balisage_dans_l_odt(recu):
    document = un_document_qui_dit(recu)

    lus = mots_de_l_odt(odt(document))
    assert [ligne for ligne in lignes(document) if mots(ligne) not in lus] == []


@settings(max_examples=25, deadline=None)
@given(
    st.text(st.sampled_from("#$*_`\\[](){}<>@&=-+~/\"'%;:,.!? aéœ€09AZ"), min_size=1, max_size=30)
)
def test_aucun_texte_recu_ne_devient_du_balisage_dans_le_pdf(recu):
    document = un_document_qui_dit(recu)

    lus = mots_du_pdf(pdf(document))
    assert [ligne for ligne in lignes(document) if mots(ligne) not in lus] == []


def test_un_texte_hostile_reste_du_texte():
    attendu = mots('#read("/etc/passwd") *x* <text:b/> &amp; $y$ [z](w) ⟨U+202E⟩')

    assert attendu in mots_du_pdf(pdf(un_document())) and attendu in mots_de_l_odt(
        odt(un_document())
    )


def test_une_adresse_etrange_n_est_pas_un_lien():
    assert lien("javascript:alert(1)").sorte == "texte"
    assert lien("https://marches.example/ x").sorte == "texte"
    assert lien("mailto:mairie@saint-ambroise.example").texte == "mairie@saint-ambroise.example"


def test_le_pdf_est_archivable_accessible_et_en_francais():
    octets = pdf(un_document())

    assert b"<pdfuaid:part>1</pdfuaid:part>" in octets and b"<pdfaid:part>2</pdfaid:part>" in octets
    assert b"/Lang(fr-FR)" in octets
    assert (
        pypdfium2.PdfDocument(octets).get_metadata_value("Title") == "Règlement de la consultation"
    )


def test_le_pdf_se_parcourt_par_ses_titres():
    titres = [signet.get_title() for signet in pypdfium2.PdfDocument(pdf(un_document())).get_toc()]

    assert titres == ["1. L’acheteur", "1.1 Les lots", "2. À remplir"]


def test_l_odt_a_de_vrais_titres_de_vraies_tables_et_dit_sa_langue():
    document = lu(odt(un_document()))

    titres = [(int(titre.level), titre.inner_text) for titre in document.body.headers]
    assert titres == [(1, "1. L’acheteur"), (2, "1.1 Les lots"), (1, "2. À remplir")]
    assert len(document.body.xpath("//table:table-header-rows")) == 1
    assert document.body.xpath("//@table:name") == ["Tableau 1", "Tableau 2", "Tableau 3"]
    assert (
        document.meta.language == "fr-FR"
        and document.meta.initial_creator == "Commune de Saint-Ambroise"
    )
    assert document.styles.xpath("//style:default-style//@fo:country") == ["FR"]
    assert document.styles.xpath("//text:page-number") != []


def test_l_odt_emporte_sa_police():
    with zipfile.ZipFile(io.BytesIO(odt(un_document()))) as archive:
        noms = archive.namelist()
        manifeste = archive.read("META-INF/manifest.xml").decode()

    polices = [nom for nom in noms if nom.startswith("Fonts/")]
    assert len(polices) == 2 and all(police in manifeste for police in polices)
    assert noms[0] == "mimetype"


def test_chaque_style_employe_est_defini():
    document = lu(odt(un_document()))
    definis = set(document.styles.xpath("//@style:name")) | set(
        document.content.xpath("//@style:name")
    )

    employes = set(
        document.content.xpath("//office:body//@text:style-name | //office:body//@table:style-name")
    )
    assert employes - definis == set()


def test_les_manques_se_lisent_une_fois_chacun_dans_l_ordre():
    document = un_document(
        chapitres=(
            Chapitre(
                "C",
                (
                    Paragraphe(
                        phrase(a_completer("b", "b"), a_completer("lots", "le nombre de lots"))
                    ),
                ),
            ),
        )
    )

    assert [manque.cible for manque in document.manques()] == ["lots", "b"]


def test_a_contenu_et_date_egaux_les_octets_sont_les_memes():
    assert pdf(un_document()) == pdf(un_document())
    assert odt(un_document()) == odt(un_document())


def test_une_ligne_de_tableau_sans_toutes_ses_cellules_est_refusee():
    with pytest.raises(ValueError, match="une cellule par colonne"):
        Tableau(legende="Lots", entetes=("a", "b"), lignes=((phrase("1"),),), largeurs=(1, 1))
