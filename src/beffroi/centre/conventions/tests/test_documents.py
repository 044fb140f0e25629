import hashlib
import io
import re
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import odfdo
import pypdfium2
import pytest

from beffroi.centre.conventions.documents.ecriture import ecrire
from beffroi.centre.conventions.documents.faits import LIBELLES
from beffroi.centre.conventions.documents.modele import DOSSIER, modele, versions
from beffroi.centre.conventions.tests.exemples import faits
from formats.document import odt, pdf
from formats.document.plan import lignes

COQUILLES = tomllib.loads((DOSSIER.parent / "coquilles.toml").read_text("utf-8"))["coquilles"]
REFERENCES = [p / "shared/convention/convention-type.txt" for p in Path(__file__).resolve().parents]
LE = datetime(2026, 4, 2, 8, tzinfo=UTC)
# Ce que le texte laisse en blanc, et ce que le centre et l'adhérent y ont mis.
CHAMPS = {
    (
        "La Commune de [ville] / l’Établissement Public de Coopération Intercommunal [EPCI],"
    ): "La Commune de Bomy,",
    "par son maire, [Nom-Prénom] / Président [Nom-Prénom],": "par son maire, Bernard Lefebvre,",
    "dont la mairie / le siège est situé [adresse],": (
        "dont la mairie est située 1 place de la Mairie 62960 Bomy,"
    ),
    "en date du [date],": "en date du 12 mars 2026,",
    "le .......................": "le 2 avril 2026",
    "Le Maire / le Président,": "Le Maire,",
}
OBJET = "La Commune de Bomy"
ACTES = (
    "convention",
    "donnees_personnelles",
    "securite",
    "reversibilite",
    "avenant",
    "denonciation",
    "retrait",
    "retrait_archives",
)


def un_acte(nom="convention", **autres):
    champs = {"numero": "1", "objet": "La grille change.", "effet": "1er janvier 2027", **autres}
    return ecrire(modele(nom), faits(**champs), reference="CV-7F3KPT2A", objet=OBJET, etabli_le=LE)


def mots(texte: str) -> str:
    """Sans blanc, sans puce, d'une seule apostrophe : ce que la mise en page ne change pas."""
    return re.sub(r"[\s•\N{NO-BREAK SPACE}]+|(?<=\n)- ", "", texte.replace("’", "'"))


def texte_de_reference() -> str:
    """Le texte délibéré jusqu'à sa grille, ses coquilles corrigées et ses blancs remplis."""
    trouve = next((chemin for chemin in REFERENCES if chemin.exists()), None)
    if trouve is None:
        pytest.skip(
            "Le texte délibéré n'est pas sur ce poste : il se garde à côté du dépôt, pas dedans."
        )
    texte = trouve.read_text("utf-8").partition("Grille des contributions\n\nTranches")[0]
    texte = re.sub(
        r"(?m)^ *- ", "", " ".join(re.sub(r"(?m)^ *- ", "", texte).replace("’", "'").split())
    )
    for avant, apres in [*CHAMPS.items(), *COQUILLES]:
        assert avant.replace("’", "'") in texte, avant
        texte = texte.replace(avant.replace("’", "'"), apres)
    return mots(texte)


def test_la_convention_est_le_texte_delibere_ses_coquilles_exceptees():
    dites = list(lignes(un_acte()))
    corps = [dites[1], *dites[3:]]
    jusqu_a = corps.index("Grille des contributions")

    assert mots("\n".join(corps[:jusqu_a])) == texte_de_reference()


def test_un_modele_paru_ne_se_retouche_pas():
    parus = [modele(nom, version) for nom in ACTES for version in versions(nom)]
    empreintes = {str(paru): paru.empreinte[:16] for paru in parus}

    assert empreintes == tomllib.loads((DOSSIER.parent / "empreintes.toml").read_text("utf-8"))


def mots_du_pdf(octets: bytes) -> str:
    return mots(
        "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(octets))
    )


def mots_de_l_odt(octets: bytes) -> str:
    return mots("".join(odfdo.Document(io.BytesIO(octets)).body.xpath("//office:text//text()")))


@pytest.mark.parametrize("nom", ACTES)
@pytest.mark.parametrize(
    "lus", [lambda d: mots_du_pdf(pdf(d)), lambda d: mots_de_l_odt(odt(d))], ids=["pdf", "odt"]
)
def test_le_pdf_et_l_odt_portent_chaque_ligne_de_l_acte_dans_l_ordre(lus, nom):
    document = un_acte(nom)
    texte, place = lus(document), 0

    for ligne in lignes(document):
        place = texte.index(mots(ligne), place)


@pytest.mark.parametrize("nom", ACTES)
def test_aucun_blanc_ne_reste_dans_un_acte_dont_les_faits_sont_connus(nom):
    document = un_acte(nom)

    assert document.manques() == ()
    assert (
        re.findall(
            r"[{}\[\]@]|\.{4,}|…",
            "".join(lignes(document)).replace("dpd@", "").replace("mairie@", ""),
        )
        == []
    )


@pytest.mark.parametrize(
    "champ", ["deliberation", "representant", "siege", "date_de_l_acte", "signataire"]
)
def test_un_fait_qui_manque_se_voit_dans_le_projet_et_se_nomme(champ):
    document = un_acte(**{champ: ""})

    assert [manque.cible for manque in document.manques()] == [champ]
    assert "[Àcompléter" in mots_du_pdf(pdf(document))


def test_la_grille_imprimee_est_celle_que_l_exploitant_a_donnee():
    textes = list(lignes(un_acte()))
    debut = textes.index("Communes et établissements de plus de 350 agents")

    assert [texte.replace("\N{NO-BREAK SPACE}", " ") for texte in textes[debut + 4 :][:6]] == [
        "Tranche 1",
        "Moins de 50",
        "250 €",
        "Tranche 2",
        "De 50 à 150",
        "500 €",
    ]


def test_sans_grille_l_annexe_dit_ce_qui_manque():
    sans = replace(faits(), grille=())
    document = ecrire(
        modele("convention"), sans, reference="CV-7F3KPT2A", objet=OBJET, etabli_le=LE
    )

    assert [manque.cible for manque in document.manques()] == ["grille"]


def test_le_pdf_de_la_convention_est_archivable_accessible_et_se_parcourt_par_ses_articles():
    octets = pdf(un_acte())

    assert b"<pdfuaid:part>1</pdfuaid:part>" in octets and b"<pdfaid:part>2</pdfaid:part>" in octets
    titres = [signet.get_title() for signet in pypdfium2.PdfDocument(octets).get_toc()]
    assert [titre for titre in titres if titre.startswith("Article")][-1] == "Article 7 – Annexe"


def test_un_nom_hostile_reste_du_texte_dans_l_acte():
    document = un_acte(adherent='#read("/etc/passwd") {sigle} @grille *x*')

    assert mots('#read("/etc/passwd") {sigle} @grille *x*') in mots_du_pdf(pdf(document))


def test_un_modele_inconnu_se_refuse_par_son_nom():
    with pytest.raises(LookupError, match="version 9"):
        modele("convention", 9)


@pytest.mark.parametrize("nom", ACTES)
def test_chaque_champ_d_un_modele_sait_se_nommer(nom):
    assert modele(nom).champs <= LIBELLES.keys()


def test_aux_memes_faits_et_a_la_meme_date_les_octets_sont_les_memes():
    assert hashlib.sha256(pdf(un_acte())).digest() == hashlib.sha256(pdf(un_acte())).digest()
    assert hashlib.sha256(odt(un_acte())).digest() == hashlib.sha256(odt(un_acte())).digest()
