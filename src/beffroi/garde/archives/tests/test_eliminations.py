"""Le bordereau, son visa, la destruction : rien d'autre n'efface, et rien ne s'efface à tort."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest

from beffroi.contrat.achevement.tests.scene import SIGNE_LE
from beffroi.garde.archives import composition, documents, dossier, elimination, queries
from beffroi.garde.archives.models import Paquet
from beffroi.garde.archives.services import (
    Visa,
    abandonner,
    demander_un_paquet,
    geler,
    lever,
    viser,
)
from beffroi.garde.archives.services.eliminations import effacer_les_octets
from beffroi.garde.archives.services.paquets import etablir_le_paquet
from beffroi.garde.archives.tests.bordereaux import TERME, detruit, etabli, presents, vise
from beffroi.reponse.depots.verification import relire_les_plis
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.seance.ouverture.verification import relire_les_seances
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.journal.models import Ecriture
from formats.seda import D_OFFICE
from sceau import evidence


@pytest.mark.article("CCP", "R. 2184-12")
def test_rien_n_est_a_eliminer_avant_cinq_ans_puis_les_seules_reponses_non_retenues(conclu):
    assert queries.a_eliminer(conclu.consultation, le=SIGNE_LE + timedelta(days=3 * 365)) == []
    pieces = queries.a_eliminer(conclu.consultation, le=TERME)
    assert pieces
    assert conclu.marche.pli.reference not in {piece.pli for piece in pieces}
    assert {str(piece.sorte) for piece in pieces} == {
        "Réponse scellée, telle que reçue",
        "Candidature",
        "Offre",
    }


def test_un_lot_dont_on_ne_sait_rien_encore_retient_toute_la_procedure(conclu, monkeypatch):
    # Une décision prise ne se défait pas en base : le lot 2 est dit sans décision.
    monkeypatch.setattr(dossier, "renonciations_de", lambda _: {})
    assert queries.a_eliminer(conclu.consultation, le=TERME) == []


def test_un_visa_pour_une_autre_liste_est_refuse(conclu):
    with pytest.raises(RegleEnfreinte, match="autre liste"):
        vise(conclu, code="AAAA-BBBB-CCCC-DDDD")


@pytest.mark.article("code du patrimoine", "L. 212-2")
def test_sans_visa_rien_ne_se_detruit(conclu):
    with pytest.raises(ConflitEtat):
        detruit(conclu, etabli(conclu))


def test_un_visa_date_d_avant_le_bordereau_est_refuse(conclu):
    with pytest.raises(RegleEnfreinte, match="avant le bordereau"):
        vise(conclu, le=TERME - timedelta(days=2))


@pytest.mark.moteurs
@pytest.mark.article("code du patrimoine", "L. 214-3")
def test_un_gel_pose_apres_le_visa_arrete_la_destruction_et_sa_levee_la_rend(conclu):
    bordereau = vise(conclu)
    gel = geler(
        consultation=conclu.consultation, motif="recours n° 3", par=conclu.martine, maintenant=TERME
    )
    with pytest.raises(RegleEnfreinte, match="recours n° 3"):
        detruit(conclu, bordereau)
    lever(gel=gel, motif="désistement", par=conclu.martine, maintenant=TERME)
    assert detruit(conclu, bordereau).etat == "detruite"


@pytest.mark.moteurs
def test_une_liste_changee_apres_le_visa_ne_se_detruit_pas(conclu):
    bordereau = vise(conclu)
    ligne = bordereau.lignes.first()
    ligne.titre = "Une autre pièce"
    ligne.save(update_fields=["titre"])
    with pytest.raises(RegleEnfreinte, match="plus celle qui a été visée"):
        detruit(conclu, bordereau)


@pytest.mark.parametrize(
    ("nom", "octets"), [("visa.pdf", b""), ("visa.exe", b"%PDF"), ("visa.pdf", b"#!/bin/sh")]
)
def test_un_visa_vide_ou_qui_s_execute_est_refuse(conclu, nom, octets):
    bordereau = etabli(conclu)
    visa = Visa(
        code=elimination.code(bordereau.empreinte),
        signataire="C. M.",
        date=TERME.date(),
        nom=nom,
        octets=octets,
    )

    with pytest.raises(RegleEnfreinte):
        viser(elimination=bordereau, visa=visa, par=conclu.martine, maintenant=TERME)


def test_quand_on_agit_a_deux_une_autre_personne_detruit(conclu):
    bordereau = vise(conclu)
    bordereau.organisme.publication_a_deux = True
    bordereau.organisme.save(update_fields=["publication_a_deux"])
    with pytest.raises(RegleEnfreinte, match="agit à deux"):
        detruit(conclu, bordereau)


def test_detruire_efface_les_octets_garde_les_empreintes_et_la_relecture_l_accepte(
    conclu, stockage_rendu
):
    avant = [c for c in relire_les_plis() if not c.bon]
    bordereau = detruit(conclu, vise(conclu))
    lignes = list(bordereau.lignes.all())
    effacer_les_octets.call(bordereau.reference)
    effacer_les_octets.call(bordereau.reference)
    inscrit = json.loads(Ecriture.objects.get(acte="elimination.detruire").contenu)["donnees"]

    assert presents(ligne.cle_de_stockage for ligne in lignes) == [False] * len(lignes)
    assert [f["sha256"] for f in inscrit["fichiers"]] == [ligne.sha256 for ligne in lignes]
    assert all(
        presents(
            FichierOuvert.objects.filter(ouverture__pli=conclu.marche.pli).values_list(
                "cle_de_stockage", flat=True
            )
        )
    )
    assert [c.quoi for c in relire_les_seances() if not c.bon] == []
    assert [c for c in relire_les_plis() if not c.bon] == avant
    assert queries.a_eliminer(conclu.consultation, le=TERME) == []


def test_le_paquet_suivant_porte_le_visa_et_le_certificat_a_la_place_des_pieces(conclu):
    bordereau = detruit(conclu, vise(conclu))
    entete = composition.entete(conclu.consultation, identifiant="PQ-1", version="2.1", le=TERME)
    pieces = composition.pieces_du_paquet(conclu.consultation, entete)
    assert {f"certificat-{bordereau.reference}.pdf", "visa.pdf"} <= {piece.nom for piece in pieces}
    assert not {piece.cle for piece in pieces} & {
        ligne.cle_de_stockage for ligne in bordereau.lignes.all()
    }


def test_un_bordereau_abandonne_rend_ses_pieces(conclu):
    bordereau = etabli(conclu)
    assert queries.a_eliminer(conclu.consultation, le=TERME) == []
    with pytest.raises(RegleEnfreinte, match="Rien n'est à éliminer"):
        etabli(conclu)
    abandonner(elimination=bordereau, par=conclu.martine, maintenant=TERME)
    assert len(queries.a_eliminer(conclu.consultation, le=TERME)) == bordereau.lignes.count()


def test_le_bordereau_imprime_son_code_et_le_certificat_l_empreinte_du_visa(conclu):
    bordereau = detruit(conclu, vise(conclu))
    assert documents.bordereau_pdf(bordereau).startswith(b"%PDF")
    assert documents.certificat_pdf(bordereau).startswith(b"%PDF")


def test_la_preuve_du_certificat_se_verifie_hors_ligne_et_un_octet_change_se_voit(conclu):
    bordereau = detruit(conclu, vise(conclu))
    octets = documents.certificat_zip(bordereau, le=TERME)
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        pieces = {nom: archive.read(nom) for nom in archive.namelist()}
        place = octets.index(pieces["certificat.pdf"]) + 500
    actes = {json.loads(ligne["record"])["acte"] for ligne in json.loads(pieces["ecritures.json"])}

    assert evidence.holds_together(evidence.verify(io.BytesIO(octets)))
    assert "elimination.detruire" in actes and pieces["visa"] == b"%PDF-1.4 visa"
    assert pieces["certificat.pdf"] == documents.certificat_pdf(bordereau)
    change = octets[:place] + bytes([octets[place] ^ 1]) + octets[place + 1 :]
    assert not evidence.holds_together(evidence.verify(io.BytesIO(change)))


def test_des_octets_qu_une_autre_piece_garde_ne_s_eliminent_pas(conclu):
    pieces = queries.ports.pieces_de(conclu.consultation, le=TERME)
    faits = queries.dossier_de(conclu.consultation)
    perdante = next(p for p in elimination.eliminables(pieces, faits, le=TERME.date()))
    gagnante = replace(perdante, pli=conclu.marche.pli.reference)
    assert perdante.cle not in {
        p.cle for p in elimination.eliminables([*pieces, gagnante], faits, le=TERME.date())
    }


def test_le_code_se_recopie_avec_ou_sans_tirets():
    attendue = "0123456789abcdef" + "0" * 48
    recevable = {
        "attendue": attendue,
        "date_du_visa": date(2033, 1, 2),
        "etablie_le": date(2033, 1, 1),
        "le": date(2033, 1, 3),
    }
    assert elimination.code(attendue) == "0123-4567-89AB-CDEF"
    assert elimination.visa_recevable(code_lu=" 0123 4567 89ab cdef", **recevable).favorable
    assert not elimination.visa_recevable(code_lu="0123-4567-89AB-CDE", **recevable).favorable


@pytest.mark.moteurs
def test_un_paquet_qui_copie_ces_pieces_va_au_bordereau_avec_elles(conclu):
    demande = demander_un_paquet(
        consultation=conclu.consultation, version=D_OFFICE, par=conclu.martine, maintenant=SIGNE_LE
    )
    etablir_le_paquet.call(demande.reference)

    bordereau = etabli(conclu)

    paquet, ligne = Paquet.objects.get(), bordereau.lignes.last()
    assert (ligne.cle_de_stockage, ligne.sha256) == (paquet.cle_de_stockage, paquet.sha256)
