"""Tout ce qui est gardé se relit, hors de toute consultation aussi ;
ce qui s'abîme se nomme sans dire ce qu'il contient.
"""

import io
from datetime import datetime, timedelta

import pytest

from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.contrat.achevement.tests.scene import SIGNE_LE
from beffroi.garde.archives import gardes, ports, veille
from beffroi.garde.archives.services import veilles
from beffroi.garde.archives.services.veilles import veiller
from beffroi.garde.archives.tests.test_veille import (
    TOUTES,
    courriels_de_la_nuit,
    nuit_de,
    relus,
)
from beffroi.personnes.pieces.services import supprimer_la_piece
from beffroi.personnes.pieces.tests.gestes import ajouter, en_cours, membre
from beffroi.reponse.depots.services import retirer_pli
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.registre_des_depots.services import sceller_le_registre
from beffroi.socle.fondations.stockage import empreinte_gardee, stockage

MOIS = timedelta(days=veille.PARTS)
APRES = factories.LIMITE + timedelta(seconds=1)


@pytest.fixture
def gardee(db):
    """Une pièce qu'une entreprise garde chez elle, et la nuit où elle se relit."""
    piece = ajouter(membre())
    version = en_cours(piece)
    return piece, version, nuit_de(version.cle_de_stockage)


def abimer(cle: str) -> None:
    sains = b"".join(stockage().lire(cle))
    stockage().supprimer(cle)
    stockage().ecrire(cle, io.BytesIO(b"x" + sains[1:]))


def test_une_piece_d_entreprise_se_relit_chiffree_et_sa_premiere_relecture_fixe_son_empreinte(
    centre, gardee
):
    piece, version, nuit = gardee
    assert veiller(maintenant=nuit) == []
    assert veille.empreintes_fixees()[version.cle_de_stockage] == empreinte_gardee(
        version.cle_de_stockage
    )
    abimer(version.cle_de_stockage)
    (abime,) = veiller(maintenant=nuit + MOIS)
    (courriel,) = courriels_de_la_nuit("wanda")
    assert abime.ou == f"Pièce gardée par une entreprise {version.reference}"
    assert version.cle_de_stockage in courriel.texte and abime.ou in courriel.texte
    assert version.nom not in courriel.texte and str(piece) not in courriel.texte


@pytest.mark.moteurs
def test_ce_qui_s_efface_pendant_la_nuit_n_est_pas_dit_abime(gardee, monkeypatch):
    piece, version, nuit = gardee

    def lire(cle: str) -> str:
        if cle != version.cle_de_stockage:
            return empreinte_gardee(cle)
        supprimer_la_piece(piece=piece)
        return ""

    monkeypatch.setattr(veilles, "empreinte_gardee", lire)
    assert veiller(maintenant=nuit) == []


def test_une_nuit_ne_fixe_pas_plus_d_empreintes_que_le_journal_n_en_porte(gardee, monkeypatch):
    monkeypatch.setattr(veille, "FIXEES_AU_PLUS", 0)
    assert veiller(maintenant=gardee[2]) == []
    assert veille.empreintes_fixees() == {}


@pytest.mark.django_db
def test_une_reponse_retiree_se_relit_aussi_et_jamais_avant_l_heure_limite():
    candidat = factories.Candidat(factories.consultation())
    pli = candidat.depose(("offre", None))
    scelles = {fichier.cle_de_stockage for fichier in pli.enveloppes.get().fichiers.all()}
    retirer_pli(pli=pli, par=candidat.personne, maintenant=factories.VEILLE)

    def lues(le: datetime) -> set[str]:
        return {cle for _, cle in relus(le)}

    assert scelles and not scelles & lues(factories.LIMITE)
    assert scelles <= lues(APRES)


@pytest.mark.django_db
def test_le_document_d_un_brouillon_se_relit_et_celui_d_une_consultation_en_cours_attend():
    publiee = factories.consultation()
    brouillon = factories.consultation()
    Consultation.toutes.filter(pk=brouillon.pk).update(etat="brouillon", publiee_le=None)
    brouillon.refresh_from_db()
    cles = {}
    for consultation in (publiee, brouillon):
        cles[consultation.etat] = f"dce/00/{consultation.pk}"
        PieceDce.objects.create(
            consultation=consultation,
            nom="a.pdf",
            taille=1,
            sha256="a" * 64,
            cle_de_stockage=cles[consultation.etat],
            ajoutee_le=factories.VEILLE,
        )
    avant = [cle for _, cle in relus(factories.LIMITE)]
    assert avant == [cles["brouillon"]]
    assert set(cles.values()) <= {cle for _, cle in relus(APRES)}


@pytest.mark.moteurs
def test_chaque_objet_se_relit_une_fois_quel_que_soit_le_nombre_de_champs_qui_le_designent(conclu):
    nuits = [[piece.cle for _, piece in veille.objets_de(n, le=SIGNE_LE)] for n in TOUTES]
    lues = [cle for nuit in nuits for cle in nuit]
    assert len({*lues}) == len(lues)
    assert sorted(lues) == sorted(cle for _, cle in relus(SIGNE_LE))
    designees = {
        piece.cle
        for champ in ports.objets_a_relire()
        for _, piece in gardes.designes(champ, TOUTES, consultations=Consultation.toutes.all())
    }
    assert {*lues} == designees
    assert {
        piece.cle for piece in ports.pieces_de(conclu.consultation, le=SIGNE_LE) if piece.cle
    } <= designees


def test_un_registre_dit_chaque_cle_et_son_empreinte(conclu):
    tirage = sceller_le_registre(
        consultation=conclu.consultation, par=conclu.martine.acteur, maintenant=SIGNE_LE
    )
    (champ,) = (un for un in ports.objets_a_relire() if un.champ.startswith("registre_des_depots."))
    toutes = Consultation.toutes.all()
    trouves = [p for _, p in gardes.designes(champ, TOUTES, consultations=toutes)]
    assert {piece.cle for piece in trouves} >= {
        document["cle"] for document in tirage.documents.values()
    }
    assert all(empreinte_gardee(piece.cle) == piece.sha256 for piece in trouves)
    assert all(gardes.est_designee(piece.cle) for piece in trouves)
    assert not gardes.est_designee("registres/00/inconnue")
