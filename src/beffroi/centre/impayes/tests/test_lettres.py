"""Les lettres d'un impayé : ce qu'elles disent, et qu'un modèle paru ne se retouche pas."""

import io
import tomllib

import odfdo
import pypdfium2
import pytest

from beffroi.centre.conventions.documents.modele import modele
from beffroi.centre.conventions.models import ParametreDate, PieceDeConvention
from beffroi.centre.impayes.lettres import DOSSIER
from beffroi.centre.impayes.tests import gestes
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.stockage import stockage

EMPREINTES = tomllib.loads((DOSSIER / "empreintes.toml").read_text("utf-8"))


def octets(piece: PieceDeConvention) -> bytes:
    with stockage().lire(piece.cle_de_stockage) as flux:
        return flux.read()


def lu(piece: PieceDeConvention) -> str:
    pages = pypdfium2.PdfDocument(octets(piece))
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


@pytest.mark.parametrize("nom", ["relance", "mise_en_demeure", "blocage", "fin"])
def test_un_modele_paru_ne_se_retouche_pas(nom):
    paru = modele(nom, dossier=DOSSIER)

    assert EMPREINTES[str(paru)] == paru.empreinte[:16]


def test_le_rappel_dit_la_somme_l_echeance_et_que_rien_ne_change_aux_consultations(impayee, fanny):
    [lettre] = gestes.relancee(impayee, fanny).lettres.all()
    texte = lu(lettre.pdf).replace("\N{NO-BREAK SPACE}", " ")

    assert "250,00 €" in texte and "4 février 2027" in texte and "21 mars 2027" in texte
    assert "ne change rien à vos consultations" in texte


def test_la_decision_porte_ses_motifs_le_tribunal_et_ce_qui_continue(impayee, fanny):
    lettre = gestes.decidee(impayee, fanny).lettres.get(sorte="blocage")
    texte = lu(lettre.pdf)

    assert gestes.MOTIF.replace("'", "’") in texte.replace("'", "’")
    assert "Tribunal Administratif de Lille" in texte
    assert "Aucune réponse n’est retenue, cachée ni détruite" in texte.replace("'", "’")


def test_l_odt_dit_la_meme_chose_et_se_rouvre(impayee, fanny):
    lettre = gestes.demeure_envoyee(impayee, fanny).lettres.get(sorte="mise_en_demeure")
    document = odfdo.Document(io.BytesIO(octets(lettre.odt)))

    assert "30 jours de la réception" in " ".join(document.get_formatted_text().split())


def test_ce_qu_une_personne_tape_ne_devient_pas_du_modele(impayee, fanny, monkeypatch):
    monkeypatch.setattr(gestes, "MOTIF", "Elle doit {telephone}.\n\n# Titre")
    lettre = gestes.decidee(impayee, fanny).lettres.get(sorte="blocage")

    assert "{telephone}" in lu(lettre.pdf)


def test_sans_les_parametres_du_centre_la_lettre_ne_s_ecrit_pas_avec_un_blanc(impayee, fanny):
    ParametreDate.objects.filter(nom="signataire_du_centre").delete()

    with pytest.raises(RegleEnfreinte, match="la qualité du signataire du centre"):
        gestes.relancee(impayee, fanny)
