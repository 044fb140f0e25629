"""L'archive d'un organisme :
complète, vérifiable, refusée entière si un octet manque, reçue par qui l'a eue.
"""

import errno
import io
import json
import zipfile
from datetime import timedelta

import pytest

from beffroi.achat.consultations.services import declarer_sans_suite
from beffroi.centre.interventions.tests.theatre import SIRET_VOISIN, agent, centre, en_service
from beffroi.contrat.achevement.tests.scene import SIGNE_LE as LE
from beffroi.contrat.marches.tests import gestes
from beffroi.garde.restitution import forme, lecture, services
from beffroi.garde.restitution.services import demandes
from beffroi.garde.violations.services.suites import prevenir
from beffroi.garde.violations.tests.scene import violation
from beffroi.reponse.depots.tests import factories as depots
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.socle.fondations.erreurs import EspaceInsuffisant, RegleEnfreinte
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal import chainage, releves_jointes
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.queries import histoires
from beffroi.socle.journal.services import signer_un_point_de_controle
from beffroi.socle.journal.tests.jetons import VRAI_JETON
from formats.seda import verifier
from sceau import handover, log
from tests.releves import relever_dans

ENTETES_A_LA_RACINE = {
    forme.INDEX,
    forme.MODE_D_EMPLOI,
    forme.ORGANISME,
    forme.CONSULTATIONS,
    forme.MANIFESTE,
    forme.JETON,
}


def fautes(octets: bytes) -> list[str]:
    controles = lecture.controler(lecture.Rendue(io.BytesIO(octets)))
    return [
        f"{controle.quoi} : {controle.detail}" for controle in controles if controle.bon is False
    ]


def refaire(octets: bytes, change) -> bytes:
    """La même archive, dont `change(nom, contenu)` rend chaque fichier ; `None` l'ôte."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as avant, zipfile.ZipFile(sortie, "w") as apres:
        for entree in avant.infolist():
            contenu = change(entree.filename, avant.read(entree))
            if contenu is not None:
                apres.writestr(entree.filename, contenu)
    return sortie.getvalue()


def test_l_archive_est_complete_et_se_verifie(conclu, etablie, octets_rendus):
    assert (etablie.etat, etablie.refus, fautes(octets_rendus)) == ("etablie", "", [])
    with zipfile.ZipFile(io.BytesIO(octets_rendus)) as archive:
        noms = archive.namelist()
        donnees = json.loads(archive.read(forme.donnees_de(conclu.consultation.reference)))
        index = archive.read(forme.INDEX).decode()
    assert {nom for nom in noms if "/" not in nom} == ENTETES_A_LA_RACINE
    assert donnees["consultation"]["titre"] == conclu.consultation.titre
    assert len(donnees["pieces"]) > 10
    assert {piece["chemin"] for piece in donnees["pieces"]} <= set(noms)
    assert donnees["pieces"][0]["chemin"] in index


@pytest.fixture
def relevee(conclu, octets_de, tmp_path, settings) -> tuple[str, bytes]:
    """Une clé de registre d'avant, et une archive faite après qu'elle a passé la main."""
    avant = relever_dans(tmp_path, settings)(le=LE).vkey
    signer_un_point_de_controle(le=LE)
    return avant, octets_de()


def test_apres_une_releve_l_archive_mene_d_une_cle_du_registre_a_l_autre(relevee):
    avant, octets = relevee
    assert fautes(octets) == []
    for connue in (avant, chainage.signataire().vkey):
        rendue = lecture.Rendue(io.BytesIO(octets))
        controles = lecture.controler(rendue, cles=[log.Verifier(connue)])
        assert [controle.quoi for controle in controles if controle.bon is False] == []
    inconnue = [log.Verifier(log.Signer.generate("beffroi.localhost/journal").vkey)]
    rendue = lecture.Rendue(io.BytesIO(octets))
    assert any(un.bon is False for un in lecture.controler(rendue, cles=inconnue))


def test_seule_une_cle_qui_a_passe_la_main_mene_a_l_archive_d_une_autre(relevee):
    avant, octets = relevee
    voleur = log.Signer.generate("beffroi.localhost/journal")
    assert lecture.mene_a_cette_archive(avant, lecture.Rendue(io.BytesIO(octets)))
    assert not lecture.mene_a_cette_archive(voleur.vkey, lecture.Rendue(io.BytesIO(octets)))

    [vraie] = json.loads(releves_jointes.fichiers()[forme.RELEVES])
    contenu = json.loads(vraie["ecriture"])
    etat = log.Checkpoint("beffroi.localhost/journal", 0, log.EMPTY_ROOT)
    contenu["donnees"]["releve"] = handover.make(etat, avant, voleur)
    fausses = {
        forme.CLE_DU_JOURNAL: f"{voleur.vkey}\n".encode(),
        forme.RELEVES: json.dumps([{**vraie, "ecriture": chainage.canonique(contenu)}]).encode(),
    }
    pretendue = refaire(octets, lambda nom, contenu: fausses.get(nom, contenu))
    assert not lecture.mene_a_cette_archive(avant, lecture.Rendue(io.BytesIO(pretendue)))


def test_chaque_dossier_mis_en_zip_est_un_paquet_seda(conclu, octets_rendus):
    dossier, paquet = forme.dossier_de(conclu.consultation.reference), io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(octets_rendus)) as archive,
        zipfile.ZipFile(paquet, "w") as sien,
    ):
        for nom in archive.namelist():
            if nom.startswith(dossier):
                sien.writestr(nom.removeprefix(dossier), archive.read(nom))
    assert [
        str(defaut) for defaut in verifier(paquet, normes=None).defauts if defaut.est_une_erreur
    ] == []


def test_le_journal_retient_l_empreinte_de_l_archive(etablie):
    ecrite = Ecriture.objects.get(sujet=etablie.reference, acte="restitution.etablir")
    assert json.loads(ecrite.contenu)["donnees"]["manifeste"] == etablie.manifeste


def test_un_octet_change_se_dit_et_nomme_le_fichier(octets_rendus):
    def change(nom, contenu):
        return contenu[:-1] + bytes([contenu[-1] ^ 1]) if nom == forme.CONSULTATIONS else contenu

    assert fautes(refaire(octets_rendus, change))[-1].startswith(forme.CONSULTATIONS)


def test_un_fichier_en_plus_ou_en_moins_se_dit(octets_rendus):
    sans = refaire(octets_rendus, lambda nom, contenu: None if nom == forme.ORGANISME else contenu)
    avec = io.BytesIO(octets_rendus)
    with zipfile.ZipFile(avec, "a") as archive:
        archive.writestr("autre.txt", b"glisse")
    assert any(f"{forme.ORGANISME} : manque" in faute for faute in fautes(sans))
    assert any("autre.txt : n'est pas au manifeste" in faute for faute in fautes(avec.getvalue()))


def test_un_manifeste_recrit_n_a_plus_son_horodatage(octets_rendus):
    def change(nom, contenu):
        return contenu.replace(b'"nom":"', b'"nom":"X', 1) if nom == forme.MANIFESTE else contenu

    assert any(faute.startswith("l'horodatage") for faute in fautes(refaire(octets_rendus, change)))


def test_une_procedure_en_cours_ne_donne_que_ses_faits_et_ses_documents(conclu, octets_rendus):
    with zipfile.ZipFile(io.BytesIO(octets_rendus)) as archive:
        toutes = json.loads(archive.read(forme.CONSULTATIONS))["consultations"]
    assert all(une["finie"] or not une["pieces"] for une in toutes)


@pytest.mark.django_db
def test_sans_suite_avant_l_heure_limite_ses_reponses_restent_fermees_et_l_archive_se_fait(
    monkeypatch,
):
    monkeypatch.setattr(
        chainage, "jeton_local", VRAI_JETON
    )  # le récépissé se refait dans l'archive
    consultation = depots.consultation()
    depots.Candidat(consultation).depose(("offre", None))
    declarer_sans_suite(
        consultation=consultation, motif="Plus besoin.", par=PLATEFORME, maintenant=depots.VEILLE
    )

    def rendue(le):
        par = consultation.redigee_par
        faite = services.etablir(
            services.demander(organisme=consultation.organisme, par=par, maintenant=le)
        )
        assert (faite.etat, faite.refus) == ("etablie", "")
        with zipfile.ZipFile(
            io.BytesIO(b"".join(stockage().lire(faite.cle_de_stockage)))
        ) as archive:
            dites = json.loads(archive.read(forme.donnees_de(consultation.reference)))
        return dites["finie"], [piece["sorte"] for piece in dites["pieces"]]

    assert rendue(depots.LIMITE) == (False, ["Dossier de consultation"])
    finie, sortes = rendue(depots.LIMITE + timedelta(seconds=1))
    assert finie and "Réponse scellée, telle que reçue" in sortes


def test_ce_qui_n_est_d_aucune_consultation_y_est_aussi(conclu, octets_de):
    marche = gestes.en_cours(
        conclu.consultation.organisme, numero="2026-099", objet="Sel de déneigement"
    )
    octets = octets_de()
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        pieces = {
            piece["nom"]: piece for piece in json.loads(archive.read(forme.ORGANISME))["pieces"]
        }
        contrat = json.loads(archive.read(pieces["contrat-2026-099.json"]["chemin"]))
        index = archive.read(forme.INDEX).decode()
    assert (contrat["objet"], contrat["titulaires"][0]["nom"]) == (
        "Sel de déneigement",
        gestes.ATELIER.nom,
    )
    assert contrat["reference"] == marche.reference
    assert "contrats inscrits seuls" in index and pieces["contrat-2026-099.json"]["chemin"] in index
    assert fautes(octets) == []


def test_les_violations_qui_l_ont_touche_y_sont_et_celles_d_un_autre_jamais(conclu, octets_de):
    claire, voisine = (
        agent(centre(), "Claire Juriste", "juriste"),
        en_service(SIRET_VOISIN, "Voisine", "Odile Roux"),
    )
    sienne, autre = (
        violation(claire),
        violation(claire, cle="autre", nature="Le cahier de la voisine."),
    )
    for une, chez in ((sienne, conclu.consultation.organisme), (autre, voisine)):
        prevenir(
            violation=une,
            organismes=[chez],
            message="Changez vos accès.",
            par=claire,
            maintenant=LE,
        )
    octets = octets_de()
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        pieces = {
            piece["nom"]: piece for piece in json.loads(archive.read(forme.ORGANISME))["pieces"]
        }
        chemin = pieces[f"violation-{sienne.reference}.json"]["chemin"]
        dite, index = json.loads(archive.read(chemin)), archive.read(forme.INDEX).decode()
    assert (dite["nature"], dite["message"]) == (sienne.nature, "Changez vos accès.")
    assert f'href="{chemin}"' in index and sienne.titre in index
    assert autre.reference not in "".join([*pieces, index]) and fautes(octets) == []


def test_un_original_hors_consultation_est_copie_et_son_octet_change_arrete_l_archive(
    conclu, octets_de, demandee
):
    marche = gestes.signe(
        gestes.inscrit(conclu.consultation.organisme, numero="2026-098", maintenant=LE),
        le=LE.date(),
        maintenant=LE,
    )
    piece = marche.pieces.first()
    services.etablir(demandee)
    octets = octets_de()
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        copies = [
            p
            for p in json.loads(archive.read(forme.ORGANISME))["pieces"]
            if p["sha256"] == piece.sha256
        ]
        assert archive.read(copies[0]["chemin"]) == gestes.ACTE.octets
    stockage().supprimer(piece.cle_de_stockage)
    stockage().ecrire(piece.cle_de_stockage, io.BytesIO(b"autre"))
    refusee = services.etablir(
        services.demander(organisme=marche.organisme, par=conclu.martine, maintenant=LE)
    )
    assert refusee.etat == "refusee" and piece.nom in refusee.refus


def test_un_objet_abime_arrete_l_archive_et_se_nomme(conclu, demandee):
    fichier = FichierOuvert.objects.filter(
        ouverture__seance__consultation=conclu.consultation
    ).first()
    sains = b"".join(stockage().lire(fichier.cle_de_stockage))
    stockage().supprimer(fichier.cle_de_stockage)
    stockage().ecrire(fichier.cle_de_stockage, io.BytesIO(bytes([sains[0] ^ 1]) + sains[1:]))
    refusee = services.etablir(demandee)
    stockage().supprimer(fichier.cle_de_stockage)
    stockage().ecrire(fichier.cle_de_stockage, io.BytesIO(sains))
    assert (refusee.etat, refusee.cle_de_stockage) == ("refusee", "")
    assert fichier.nom in refusee.refus and "complète" in refusee.refus


class DisquePleinA:
    """Un fichier dont le disque se remplit après tant d'octets."""

    def __init__(self, reste: int) -> None:
        self._flux, self._reste = io.BytesIO(), reste

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._flux.close()

    def write(self, octets) -> int:
        self._reste -= len(octets)
        if self._reste < 0:
            raise OSError(errno.ENOSPC, "plein")
        return self._flux.write(octets)

    def __getattr__(self, nom):
        return getattr(self._flux, nom)


def test_un_disque_plein_aux_quatre_cinquiemes_se_dit_et_ne_publie_rien(
    conclu, octets_rendus, monkeypatch
):
    demandee = services.demander(
        organisme=conclu.consultation.organisme, par=conclu.martine, maintenant=LE
    )
    plein = DisquePleinA(len(octets_rendus) * 8 // 10)
    monkeypatch.setattr(demandes.tempfile, "TemporaryFile", lambda: plein)
    refusee = services.etablir(demandee)
    assert (refusee.etat, refusee.refus, refusee.cle_de_stockage) == ("refusee", demandes.PLEIN, "")
    assert plein.closed
    monkeypatch.undo()
    encore = services.demander(
        organisme=conclu.consultation.organisme, par=conclu.martine, maintenant=LE
    )
    assert services.etablir(encore).etat == "etablie"


def test_un_stockage_plein_se_dit_aussi(demandee, monkeypatch):
    def plein(*_):
        raise EspaceInsuffisant("plein")

    monkeypatch.setattr(type(stockage()), "ecrire", plein)
    assert services.etablir(demandee).refus == demandes.PLEIN


def test_un_second_clic_rend_la_demande_et_une_tache_refaite_ne_refait_rien(conclu, demandee):
    organisme = conclu.consultation.organisme
    assert services.demander(organisme=organisme, par=conclu.martine, maintenant=LE) == demandee
    finie = services.etablir(demandee)
    assert services.etablir(finie).cle_de_stockage == finie.cle_de_stockage


def test_on_accuse_reception_de_ce_que_l_on_a_eu_et_une_fois(conclu, etablie):
    acte = {"restitution": etablie, "par": conclu.martine, "maintenant": LE}
    with pytest.raises(RegleEnfreinte, match="incomplet"):
        services.accuser_reception(empreinte="0000 0000", **acte)
    with pytest.raises(RegleEnfreinte, match="incomplet"):
        services.accuser_reception(empreinte=etablie.sha256[:4], **acte)
    recue = services.accuser_reception(
        empreinte=f"{etablie.sha256[:4]} {etablie.sha256[4:8]}".upper(), **acte
    )
    assert (recue.etat, recue.recue_par) == ("recue", conclu.martine)
    assert histoires([etablie.reference]).filter(acte="restitution.recevoir").count() == 1
    with pytest.raises(RegleEnfreinte, match="n'est pas prête"):
        services.accuser_reception(empreinte=etablie.sha256, **acte)
