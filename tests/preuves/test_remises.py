"""La preuve remise :
vérifiable hors ligne, un octet changé se voit, aucun contenu, aucune autre entreprise.
"""

import hashlib
import io
import json
import time
import zipfile
from datetime import timedelta

import pytest

from beffroi.achat.tours.models import Invitation, Tour
from beffroi.commandes.cli.lanceur import principal
from beffroi.commandes.cli.preuve import est_une_preuve
from beffroi.commandes.cli.verifier import executer
from beffroi.publicite.retraits.models import RetraitDce
from beffroi.publicite.retraits.services import nommer_son_entreprise
from beffroi.reponse.depots import limits
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE
from beffroi.reponse.traces import cahier, taches
from beffroi.service.aide import services as aide
from beffroi.service.assistance.services.demandes import Personne, Saisie, demander
from beffroi.service.preuves import faits, papier, rules, services
from beffroi.service.preuves.faits import Periode, Preuve
from beffroi.service.sonde import services as sonde
from beffroi.service.sonde.models import Mesure, MesureExterieure, MinuteDuServeur
from beffroi.service.teleassistance.tests.theatre import consentir, rejoindre, samir
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal import chainage
from beffroi.socle.journal import services as journal
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.chainage import instant
from beffroi.socle.journal.models import Ecriture
from formats.tests.exemples import pages
from tests.preuves.confiance import connue

pytestmark = pytest.mark.django_db
OFFRE = (("offre", None),)
APRES = LIMITE + timedelta(hours=2)
SECONDES_AU_PLUS = 30
PERDUE = "Connexion perdue. 40 % est déjà reçu."


def tracer(brouillon, texte: str, *, le=VEILLE) -> None:
    cahier.ajouter(
        {"nature": "message", "reponse": brouillon.reference, "personne": "", "texte": texte}, le=le
    )


def relever() -> None:
    taches.relever(LIMITE)
    journal.signer_un_point_de_controle(le=LIMITE)


def ouverte(octets: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return {nom: archive.read(nom) for nom in archive.namelist()}


def verifiee(octets: bytes, dossier) -> int:
    from argparse import ArgumentParser

    from beffroi.commandes.cli.verifier import arguments

    chemin = dossier / "preuve.zip"
    chemin.write_bytes(octets)
    analyseur = ArgumentParser()
    arguments(analyseur)
    return executer(analyseur.parse_args([str(chemin), *connue(dossier)]))


def test_une_tentative_qui_n_a_pas_abouti_s_atteste_et_se_verifie_hors_ligne(
    faitage, tmp_path, capsys
):
    brouillon = faitage.commence()
    faitage.enveloppe(brouillon, "offre")
    tracer(brouillon, PERDUE)
    relever()

    octets = services.attester(brouillon=brouillon, par=brouillon.commence_par, maintenant=APRES)
    fichiers = ouverte(octets)
    (tentative,) = json.loads(fichiers["preuve.json"])["tentatives"]
    assert tentative["depots"] == []
    assert PERDUE in [fait["precision"] for fait in tentative["faits"]]
    assert fichiers["preuve.pdf"].startswith(b"%PDF")
    assert verifiee(octets, tmp_path) == 0
    assert (
        "bien  chaque trace est de celles que le registre a retenues : 1 lignes"
        in capsys.readouterr().out
    )


def test_sans_cle_connue_une_preuve_s_accorde_avec_elle_meme(faitage, tmp_path, capsys):
    """Le registre connu ne répond que de ses écritures ; les fichiers, c'est l'horodatage."""
    brouillon = faitage.commence()
    tracer(brouillon, PERDUE)
    relever()
    preuve = tmp_path / "preuve.zip"
    preuve.write_bytes(
        services.attester(brouillon=brouillon, par=brouillon.commence_par, maintenant=APRES)
    )

    assert principal(["verifier", str(preuve)]) == 3
    assert "Cette preuve s'accorde avec elle-même." in capsys.readouterr().out
    assert principal(["verifier", str(preuve), "--cle", chainage.signataire().vkey]) == 3
    assert "Donnez --autorite" in capsys.readouterr().out
    assert principal(["verifier", str(preuve), *connue(tmp_path)]) == 0


def test_l_attestation_se_remet_aussitot_sans_attendre_l_heure_ronde(faitage, tmp_path):
    """L'écriture du cahier vient d'entrer : aucune tête signée ne la couvre encore."""
    brouillon = faitage.commence()
    tracer(brouillon, PERDUE)
    taches.relever(LIMITE)

    octets = services.attester(brouillon=brouillon, par=brouillon.commence_par, maintenant=APRES)
    assert verifiee(octets, tmp_path) == 0


def test_sur_papier_le_juge_lit_d_abord_celles_qui_n_ont_pas_ete_deposees(consultation, faitage):
    faitage.depose(*OFFRE)
    autre = factories.Candidat(
        consultation, factories.membre("Zoé Wattel", factories.equipe("Zingueurs de la Lys"))
    )
    tracer(autre.commence(), PERDUE)
    relever()
    periodes = (Periode(VEILLE, LIMITE, ()),)
    preuve = Preuve(
        "dossier",
        "PD-1",
        consultation,
        periodes,
        faits.tentatives_de(consultation, le=APRES),
        APRES,
    )
    toutes, *detaillees = papier.document(preuve).chapitres[:-2]

    assert toutes.titre == "Les réponses" and len(toutes.blocs[0].lignes) == 2
    assert [chapitre.titre.partition(" (")[0] for chapitre in detaillees] == ["Zingueurs de la Lys"]
    assert "Dernier message affiché" in str(detaillees[0].blocs[0]) and "Connexion perdue." in str(
        detaillees[0].blocs[0]
    )


def test_la_preuve_dit_la_version_telechargee_l_aide_demandee_et_ou_l_envoi_s_est_arrete(
    consultation, faitage
):
    """Sans un mot de ce qui fut demandé, ni le nom d'un fichier."""
    retirant = nommer_son_entreprise(
        consultation=consultation, membre=faitage.membre, prevenir=False, maintenant=VEILLE
    )
    RetraitDce.objects.create(consultation=consultation, version=2, retirant=retirant, le=VEILLE)
    brouillon = faitage.commence()
    fichier = faitage.envoie(brouillon, "offre", None, "offre.pdf", b"contenu")
    type(fichier).objects.filter(pk=fichier.pk).update(etat="en_cours", termine_le=None, racine="")
    saisie = Saisie(texte="Mon envoi s'arrête.", cle="k", objet=brouillon.reference)
    demander(
        saisie=saisie,
        personne=Personne(compte=brouillon.commence_par),
        canal="telephone",
        maintenant=VEILLE,
    )

    fichiers = ouverte(
        services.attester(brouillon=brouillon, par=brouillon.commence_par, maintenant=APRES)
    )
    (tentative,) = json.loads(fichiers["preuve.json"])["tentatives"]
    dits = {fait["quoi"].partition(",")[0]: fait["precision"] for fait in tentative["faits"]}
    assert dits["Dossier de consultation téléchargé"] == "version 2"
    assert dits["Aide demandée"] == "Par téléphone"
    assert dits["Fichier 1 : dernière partie reçue"] == "1 sur 1, l'envoi n'est pas fini"
    (dit,), (partie,) = tentative["fichiers"], fichier.parties.all()
    assert (dit["recu"], dit["parties_recues"]) == (False, 1)
    assert [(p["numero"], p["sha256"], p["recue_le"]) for p in dit["parties"]] == [
        (partie.numero, partie.sha256, instant(partie.recue_le))
    ]
    for secret in (b"Mon envoi", b"offre.pdf"):
        assert secret not in fichiers["preuve.json"]


def test_la_preuve_dit_le_rappel_demande_et_l_ecran_montre_sans_nom_ni_numero(
    consultation, faitage
):
    brouillon = faitage.commence()
    rappel = aide.Saisie(
        nom="Nadia", telephone="0612345678", sujet="Vite", consultation=consultation.reference
    )
    aide.demander_un_rappel(rappel, compte=faitage.personne, maintenant=VEILLE)
    rejoindre(consentir(faitage.personne, le=VEILLE), samir(), le=VEILLE)

    fichiers = ouverte(
        services.produire_le_dossier(
            consultation=consultation, par=brouillon.commence_par, maintenant=APRES
        )
    )
    (tentative,) = json.loads(fichiers["preuve.json"])["tentatives"]
    dits = {fait["quoi"].partition(",")[0] for fait in tentative["faits"]}
    assert dits >= {"Rappel demandé", "Téléassistance : accord donné pour montrer son écran"}
    for secret in (b"Nadia", b"612345678", b"Vite"):
        assert all(secret not in octets for octets in fichiers.values())


def noter_les_limites(brouillon, *, le=VEILLE, **changees: int) -> dict[str, int]:
    details = {**limits.annonce(), **changees}
    trace = {
        "nature": "limites",
        "reponse": brouillon.reference,
        "personne": "",
        "details": details,
    }
    cahier.ajouter(trace, le=le)
    return details


def test_la_preuve_dit_les_limites_qui_valaient_pas_celles_d_aujourd_hui(faitage, tmp_path):
    brouillon, plus_tard = faitage.commence(), VEILLE + timedelta(minutes=5)
    petites = noter_les_limites(brouillon, octets_par_fichier=2_000_000)
    noter_les_limites(brouillon, le=VEILLE + timedelta(minutes=1), octets_par_fichier=2_000_000)
    courantes = noter_les_limites(brouillon, le=plus_tard)
    relever()

    octets = services.attester(brouillon=brouillon, par=brouillon.commence_par, maintenant=APRES)
    fichiers = ouverte(octets)
    (tentative,) = json.loads(fichiers["preuve.json"])["tentatives"]
    assert tentative["limites"] == [
        {"origine": "notees", "le": instant(VEILLE), "valeurs": petites},
        {"origine": "notees", "le": instant(plus_tard), "valeurs": courantes},
    ]
    assert verifiee(octets, tmp_path) == 0
    lues = " ".join(pages(fichiers["preuve.pdf"])).replace("\N{NO-BREAK SPACE}", " ")
    lues = " ".join(lues.split())
    assert (
        "telles que le serveur les a notées" in lues
        and "2 Mo par fichier" in lues
        and "10 Go par fichier" in lues
    )


def test_une_tentative_d_avant_dit_les_limites_du_jour_et_qu_elles_n_ont_pas_ete_notees(faitage):
    brouillon = faitage.commence()
    fichiers = ouverte(
        services.attester(brouillon=brouillon, par=brouillon.commence_par, maintenant=APRES)
    )
    (tentative,) = json.loads(fichiers["preuve.json"])["tentatives"]
    du_jour = {"origine": "du_jour_de_la_preuve", "le": instant(APRES), "valeurs": limits.annonce()}
    assert tentative["limites"] == [du_jour]
    lues = " ".join(" ".join(pages(fichiers["preuve.pdf"])).split())
    assert "Les limites en vigueur pendant cette tentative n’ont pas été notées." in lues


def test_la_preuve_dit_ce_que_sont_devenus_les_courriels(faitage):
    pli = faitage.depose(*OFFRE)
    accuse = Courriel.objects.filter(cle=f"accuse:{pli.reference}")
    remettre = {"brouillon": pli.brouillon, "par": pli.depose_par, "maintenant": APRES}

    accuse.update(envoye_le=LIMITE)
    dite = json.loads(ouverte(services.attester(**remettre))["preuve.json"])
    assert "Courriel pris par son serveur" in [
        fait["quoi"] for fait in dite["tentatives"][0]["faits"]
    ]

    accuse.update(envoye_le=None, refuse_le=LIMITE, refus="550 boîte pleine")
    faits_dits = json.loads(ouverte(services.attester(**remettre))["preuve.json"])["tentatives"][0][
        "faits"
    ]
    assert ("Courriel refusé", "550 boîte pleine") in [
        (fait["quoi"], fait["precision"]) for fait in faits_dits
    ]


def test_le_papier_d_une_tentative_ordinaire_tient_sur_deux_pages(consultation, faitage):
    faitage.depose(*OFFRE)
    autre = factories.Candidat(
        consultation, factories.membre("Zoé Wattel", factories.equipe("Zingueurs de la Lys"))
    )
    brouillon = autre.commence()
    for minute in range(15):
        tracer(brouillon, f"{PERDUE} {minute}", le=VEILLE + timedelta(minutes=minute))
    relever()
    for octets in (
        services.attester(brouillon=brouillon, par=brouillon.commence_par, maintenant=APRES),
        services.produire_le_dossier(
            consultation=consultation, par=consultation.redigee_par, maintenant=APRES
        ),
    ):
        assert len(pages(ouverte(octets)["preuve.pdf"])) <= 2


def test_ce_que_la_sonde_a_mesure_entre_dans_la_preuve_avec_l_ecriture_qui_le_prouve(
    faitage, tmp_path
):
    brouillon = faitage.commence()
    mesure = {
        "commencee_le": LIMITE - timedelta(minutes=30),
        "reussie": True,
        "duree_ms": 1200,
        "notee_le": LIMITE,
    }
    Mesure.objects.create(**mesure)
    la = {"notee_le": LIMITE}
    MinuteDuServeur.objects.create(
        minute=LIMITE - timedelta(minutes=30), reponses=40, erreurs=2, en_vol=3, places=64, **la
    )
    MesureExterieure.objects.create(
        source="lille", le=LIMITE - timedelta(minutes=29), reussie=False, **la
    )
    sonde.figer(maintenant=LIMITE)
    octets = services.attester(brouillon=brouillon, par=brouillon.commence_par, maintenant=APRES)

    fichiers = ouverte(octets)
    dite = json.loads(fichiers["preuve.json"])["fenetres"][0]["sonde"]
    assert (dite["reussies"], dite["serveur"]["minutes_en_erreur"][0]["erreurs_pour_cent"]) == (
        1,
        5,
    )
    assert [(une["source"], len(une["echecs"])) for une in dite["sondes_exterieures"]] == [
        ("lille", 1)
    ]
    releve = Ecriture.objects.get(acte="sonde.relever").contenu
    assert releve in [une["record"] for une in json.loads(fichiers["ecritures.json"])]
    assert verifiee(octets, tmp_path) == 0


def test_un_octet_change_se_voit(faitage, tmp_path, capsys):
    brouillon = faitage.commence()
    tracer(brouillon, PERDUE)
    relever()
    octets = services.attester(brouillon=brouillon, par=brouillon.commence_par, maintenant=APRES)

    change = octets.replace(b"40 % est", b"90 % est")
    assert change != octets
    cible = io.BytesIO()
    with zipfile.ZipFile(cible, "w") as archive:
        for nom, contenu in ouverte(octets).items():
            archive.writestr(nom, contenu.replace(b"40 % est", b"90 % est"))
    assert verifiee(cible.getvalue(), tmp_path) == 1
    assert "NON" in capsys.readouterr().out


def test_un_octet_change_sans_refaire_l_archive_nomme_le_fichier(faitage, tmp_path, capsys):
    brouillon = faitage.commence()
    octets = bytearray(
        services.attester(brouillon=brouillon, par=brouillon.commence_par, maintenant=APRES)
    )
    octets[octets.index(b'"tentatives"')] ^= 1

    assert verifiee(bytes(octets), tmp_path) == 1
    assert "preuve.json est abîmé" in capsys.readouterr().out


def test_la_preuve_d_une_entreprise_ne_dit_rien_d_une_autre(consultation, faitage):
    autre = factories.Candidat(
        consultation, factories.membre("Zoé Wattel", factories.equipe("Zingueurs de la Lys"))
    )
    sien, leur = faitage.commence(), autre.commence()
    tracer(sien, PERDUE)
    tracer(leur, "Le message des autres")
    relever()

    octets = services.attester(brouillon=sien, par=sien.commence_par, maintenant=APRES)
    for secret in (leur.reference, "Zingueurs", "Le message des autres"):
        assert secret.encode() not in b"".join(ouverte(octets).values())


def test_aucun_nom_de_fichier_n_y_est(faitage):
    pli = faitage.depose(*OFFRE)
    relever()
    fichiers = ouverte(
        services.attester(brouillon=pli.brouillon, par=pli.depose_par, maintenant=APRES)
    )
    assert b"offre.pdf" not in fichiers["preuve.json"]
    assert pli.reference.encode() in fichiers["preuve.json"]


def test_le_dossier_de_l_acheteur_attend_l_heure_d_apres(consultation, faitage):
    faitage.depose(*OFFRE)
    relever()
    acheteur = consultation.redigee_par
    with pytest.raises(RegleEnfreinte, match="une heure après"):
        services.produire_le_dossier(
            consultation=consultation, par=acheteur, maintenant=LIMITE + timedelta(hours=1)
        )

    octets = services.produire_le_dossier(consultation=consultation, par=acheteur, maintenant=APRES)
    assert json.loads(ouverte(octets)["preuve.json"])["sorte"] == "dossier"


def test_un_gros_dossier_se_produit_en_moins_de_trente_secondes(consultation, tmp_path):
    """Trente réponses qui n'ont pas abouti, quarante traces chacune : toutes se détaillent.

    Le temps est celui du calcul.
    """
    for rang in range(30):
        chez = factories.equipe(f"Entreprise {rang}")
        brouillon = factories.Candidat(
            consultation, factories.membre(f"Zoé {rang}", chez)
        ).commence()
        for minute in range(40):
            tracer(brouillon, f"{PERDUE} {minute}", le=VEILLE + timedelta(minutes=minute))
    relever()

    debut = time.process_time()
    octets = services.produire_le_dossier(
        consultation=consultation, par=consultation.redigee_par, maintenant=APRES
    )
    assert time.process_time() - debut < SECONDES_AU_PLUS
    assert len(json.loads(ouverte(octets)["lignes.json"])) == 30 * 40
    assert verifiee(octets, tmp_path) == 0


def test_remettre_s_inscrit_au_registre(faitage):
    brouillon = faitage.commence()
    relever()
    services.attester(brouillon=brouillon, par=brouillon.commence_par, maintenant=APRES)
    assert Ecriture.objects.get(acte="preuve.remettre").sujet == brouillon.reference


def test_sans_heure_limite_il_n_y_a_rien_a_prouver():
    assert not rules.dossier_possible(limite=None, le=LIMITE).favorable
    assert rules.fenetre(LIMITE) == (LIMITE - timedelta(hours=24), LIMITE + timedelta(hours=1))


def test_un_recepisse_n_est_pas_une_preuve(tmp_path):
    chemin = tmp_path / "recu.zip"
    with zipfile.ZipFile(chemin, "w") as archive:
        archive.writestr("depot.json", "{}")
    assert not est_une_preuve(chemin)


@pytest.mark.article("CCP", "R. 2132-9")
def test_le_dossier_ne_dit_rien_d_un_tour_d_offres_qui_court_encore(consultation, faitage):
    """L'heure limite des candidatures est passée ; celle des offres, non :
    l'acheteur ne sait pas qui dépose.
    """
    tour = Tour.objects.create(
        consultation=consultation,
        numero=1,
        date_limite=LIMITE + timedelta(days=30),
        cle=consultation.cle_offre,
        ouvert_le=LIMITE,
        ouvert_par=faitage.personne,
    )
    invitation = Invitation.objects.create(
        tour=tour,
        equipe=faitage.membre.equipe,
        destinataire=faitage.personne,
        candidature="D-2026-1",
    )
    candidature, offre = faitage.commence(), faitage.commence()
    type(offre).objects.filter(pk=offre.pk).update(invitation=invitation)

    pendant = faits.tentatives_de(consultation, le=tour.date_limite + timedelta(minutes=59))
    ensuite = faits.tentatives_de(consultation, le=tour.date_limite + timedelta(minutes=61))

    assert [une.brouillon for une in pendant] == [candidature]
    assert len(ensuite) == 2


def test_le_dossier_reconnait_les_registres_que_le_journal_a_scelles(
    consultation, faitage, tmp_path, capsys
):
    faitage.depose(*OFFRE)
    registre = tmp_path / "registre.pdf"
    registre.write_bytes(b"%PDF-1.7 registre des depots")
    empreinte = hashlib.sha256(registre.read_bytes()).hexdigest()
    donnees = {"documents": {"pdf": {"sha256": empreinte}}}
    journal.journaliser(
        "registre.scelle", sujet=consultation.reference, par=PLATEFORME, le=LIMITE, donnees=donnees
    )
    relever()
    dossier = tmp_path / "dossier.zip"
    dossier.write_bytes(
        services.produire_le_dossier(
            consultation=consultation, par=consultation.redigee_par, maintenant=APRES
        )
    )

    commande = ["verifier", str(dossier), *connue(tmp_path), "--fichiers", str(registre)]
    assert principal(commande) == 0
    assert "registre.pdf est une pièce que cette preuve connaît" in capsys.readouterr().out
    registre.write_bytes(b"%PDF-1.7 registre des dep0ts")
    assert principal(commande) == 1
    assert "n'est pas une pièce que cette preuve connaît" in capsys.readouterr().out
