"""Le paquet d'une consultation :
tout y est, l'autorité et notre vérificateur l'acceptent, un objet abîmé l'arrête.
"""

import errno
import io
import json
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest

from beffroi.achat.consultations.models import Consultation
from beffroi.contrat.achevement import redaction
from beffroi.contrat.achevement.services import etablir_le_rapport
from beffroi.contrat.achevement.tests.scene import SIGNE_LE
from beffroi.contrat.donnees_essentielles.models import FicheDeContrat
from beffroi.garde.archives import composition, ports
from beffroi.garde.archives.dossier import dossier_de
from beffroi.garde.archives.models import Paquet
from beffroi.garde.archives.rules import Fait
from beffroi.garde.archives.services import demander_un_paquet, etablir_un_paquet, paquets
from beffroi.publicite.avis.models import Avis
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.seance.signatures import archivage as signatures
from beffroi.seance.signatures.models import VerificationDeSignature
from beffroi.socle.fondations.erreurs import EspaceInsuffisant, RegleEnfreinte
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import (
    couvrir_ce_qui_est_inscrit,
    engager_les_lignes,
    journaliser,
)
from formats.seda import VERSIONS, lire, verifier
from formats.seda.tests.exemples import officiels
from formats.versement import Etape, Sorte

LE = SIGNE_LE + timedelta(days=1)


def demande(conclu, version="2.1") -> Paquet:
    return demander_un_paquet(
        consultation=conclu.consultation, version=version, par=conclu.martine, maintenant=LE
    )


def octets(paquet: Paquet) -> io.BytesIO:
    return io.BytesIO(b"".join(stockage().lire(paquet.cle_de_stockage)))


@pytest.fixture
def etabli(conclu) -> Paquet:
    return etablir_un_paquet(demande(conclu))


def test_chaque_contexte_remet_ses_pieces_rangees_par_etape(conclu):
    dits = redaction.deja_dits(conclu.consultation, le=LE)
    etablir_le_rapport(
        consultation=conclu.consultation, complements=dits, par=conclu.martine, maintenant=LE
    )
    pieces = ports.pieces_de(conclu.consultation, le=LE)
    assert {piece.sorte for piece in pieces} >= {
        Sorte.DOSSIER,
        Sorte.REGISTRE,
        Sorte.RECEPISSE,
        Sorte.PLI_SCELLE,
        Sorte.OFFRE,
        Sorte.CANDIDATURE,
        Sorte.PROCES_VERBAL,
        Sorte.RAPPORT,
        Sorte.DECISION,
        Sorte.COURRIER,
        Sorte.CONTRAT,
        Sorte.PREUVE,
        Sorte.FONCTIONNEMENT,
    }
    rangs = [list(Etape).index(piece.etape) for piece in pieces]
    assert rangs == sorted(rangs)


def test_chaque_avis_et_les_donnees_essentielles_publiees_sont_du_paquet(conclu):
    uns = {"sorte": "attribution", "forme": "nationale", "contenu": "{}", "ecrit_le": LE}
    Avis.objects.create(
        consultation=conclu.consultation,
        texte="Avis paru",
        identifiant=uuid4(),
        dossier=uuid4(),
        **uns,
    )
    fiche = {
        "organisme": conclu.consultation.organisme,
        "consultation": conclu.consultation.reference,
        "sorte": "marche",
        "siret_acheteur": conclu.consultation.organisme.siret,
        "duree_mois": 12,
        "conclu_le": LE.date(),
        "annee": LE.year,
        "canal": "profil",
        "preparee_le": LE,
    }
    FicheDeContrat.objects.create(numero="1", contenu='{"id": "1"}', publiee_le=LE, **fiche)
    FicheDeContrat.objects.create(numero="2", contenu='{"id": "2"}', **fiche)

    pieces = ports.pieces_de(conclu.consultation, le=LE)
    octets_de = {
        sorte: [b"".join(p.ouvrir()) for p in pieces if p.sorte is sorte] for sorte in Sorte
    }
    assert octets_de[Sorte.DONNEES] == [b'{"id": "1"}']
    assert b"Avis paru" in octets_de[Sorte.AVIS]


def test_le_rapport_de_chaque_signature_suit_son_fichier(conclu, monkeypatch):
    fichier = FichierOuvert.objects.filter(
        ouverture__seance__consultation=conclu.consultation
    ).first()
    VerificationDeSignature.objects.all().delete()
    for issue in ("TOTAL-PASSED", "non_signe"):
        VerificationDeSignature.objects.create(
            fichier=fichier, issue=issue, rapport={"dit": issue}, faite_le=LE
        )

    (piece,) = signatures.pieces(conclu.consultation, le=LE)
    dit = json.loads(b"".join(piece.ouvrir()))
    assert (dit["sha256"], dit["rapport"]) == (fichier.sha256, {"dit": "TOTAL-PASSED"})
    assert (piece.pli, piece.sujet) == (fichier.ouverture.pli.reference, fichier.reference)
    assert piece.nom in {p.nom for p in ports.pieces_de(conclu.consultation, le=LE)}
    monkeypatch.setattr(signatures, "objets_detruits", lambda: {fichier.cle_de_stockage})
    assert list(signatures.pieces(conclu.consultation, le=LE)) == []


def test_chaque_piece_gardee_a_les_octets_que_le_dossier_dit(conclu):
    gardees = [piece for piece in ports.pieces_de(conclu.consultation, le=LE) if piece.cle]
    assert len(gardees) > 10
    assert all(
        sum(len(b) for b in p.ouvrir()) == (p.taille or stockage().taille(p.cle)) for p in gardees
    )


def test_les_faits_du_contrat_et_du_lot_abandonne_font_courir_les_durees(conclu):
    dossier = dossier_de(conclu.consultation)
    assert [contrat.reference for contrat in dossier.contrats] == [conclu.marche.reference]
    assert dossier.contrats[0].faits[Fait.SIGNATURE] == conclu.marche.signe_le
    assert len(dossier.renonciations) == 1


@pytest.mark.parametrize("version", VERSIONS)
def test_le_paquet_est_accepte_par_l_autorite_et_par_notre_verificateur(conclu, version):
    paquet = etablir_un_paquet(demande(conclu, version))
    assert (paquet.etat, paquet.refus) == ("etabli", "")
    rapport = verifier(octets(paquet), normes=officiels())
    assert [str(defaut) for defaut in rapport.defauts if defaut.est_une_erreur] == []


def test_une_unite_par_etape_et_chaque_fichier_est_compte(etabli):
    with zipfile.ZipFile(octets(etabli)) as archive:
        bordereau = lire(archive.read("manifest.xml"))
        noms = {objet.nom: objet for objet in bordereau.objets()}
        fiche = json.loads(archive.read(noms["consultation.json"].uri))
        lignes = archive.read(noms["journal.jsonl"].uri).splitlines()
        entree = archive.read(noms["index.html"].uri).decode()
    assert [unite.titre for unite in bordereau.unites[0].unites] == [str(etape) for etape in Etape]
    assert len(list(bordereau.objets())) == etabli.a_faire == etabli.faites
    assert fiche["reference"] == etabli.consultation.reference
    assert all(json.loads(ligne)["preuve"] for ligne in lignes) and len(lignes) > 10
    assert noms["journal.jsonl"].uri.removeprefix("content/") in entree


def test_un_second_clic_rend_la_demande_qui_se_prepare_et_une_tache_refaite_ne_refait_rien(conclu):
    premiere = demande(conclu)
    assert demande(conclu) == premiere
    fini = etablir_un_paquet(premiere)
    assert etablir_un_paquet(fini).cle_de_stockage == fini.cle_de_stockage


def test_le_meme_paquet_se_refait_a_l_octet_pres_quoi_qu_il_arrive_depuis(conclu):
    paquet = demande(conclu)
    couvrir_ce_qui_est_inscrit()
    premier, second = io.BytesIO(), io.BytesIO()
    paquets.ecrire(paquet, premier)
    depuis = {"par": PLATEFORME, "le": LE + timedelta(hours=1)}
    journaliser("essai.depuis", sujet=conclu.consultation.reference, **depuis)
    couvrir_ce_qui_est_inscrit()
    paquets.ecrire(paquet, second)
    with zipfile.ZipFile(premier) as avant, zipfile.ZipFile(second) as apres:
        assert [nom for nom in avant.namelist() if avant.read(nom) != apres.read(nom)] == []
    assert premier.getvalue() == second.getvalue()


def test_un_objet_abime_arrete_le_paquet_et_se_nomme(conclu):
    fichier = FichierOuvert.objects.filter(
        ouverture__seance__consultation=conclu.consultation
    ).first()
    sains = b"".join(stockage().lire(fichier.cle_de_stockage))
    stockage().supprimer(fichier.cle_de_stockage)
    stockage().ecrire(fichier.cle_de_stockage, io.BytesIO(bytes([sains[0] ^ 1]) + sains[1:]))
    paquet = etablir_un_paquet(demande(conclu))
    stockage().supprimer(fichier.cle_de_stockage)
    stockage().ecrire(fichier.cle_de_stockage, io.BytesIO(sains))
    assert paquet.etat == "refuse"
    assert fichier.nom in paquet.refus and "empreinte" in paquet.refus
    assert paquet.cle_de_stockage == ""


@pytest.mark.parametrize("panne", [OSError(errno.ENOSPC, "plein"), EspaceInsuffisant("plein")])
def test_un_disque_plein_se_dit_et_ne_laisse_rien(conclu, monkeypatch, panne):
    def plein(*_):
        raise panne

    monkeypatch.setattr(paquets, "ecrire_le_paquet", plein)
    paquet = etablir_un_paquet(demande(conclu))
    assert (paquet.etat, paquet.refus) == ("refuse", paquets.PLEIN)


def test_un_paquet_ne_se_fait_pas_d_une_procedure_en_cours(conclu):
    Consultation.toutes.filter(pk=conclu.consultation.pk).update(etat="depouillee")
    engager_les_lignes(sujet="essai", par=PLATEFORME, le=LE)
    with pytest.raises(RegleEnfreinte, match="n'est pas finie"):
        demande(conclu)


def test_les_pieces_ne_se_lisent_qu_au_moment_d_ecrire(conclu, monkeypatch):
    monkeypatch.setattr(type(stockage()), "lire", lambda *_: pytest.fail("un octet a été lu"))
    entete = composition.entete(conclu.consultation, identifiant="PQ-1", version="2.1", le=LE)
    assert composition.pieces_du_paquet(conclu.consultation, entete)
