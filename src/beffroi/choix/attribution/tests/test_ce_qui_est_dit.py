"""Les lettres d'un lot parties, ce sur quoi elles s'appuient ne change plus,
même si un autre lot s'analyse encore.
"""

import re
from decimal import Decimal

import pytest
import time_machine

from beffroi.choix.analyse import services as analyse
from beffroi.choix.analyse.models import Offre, QualificationDOffre
from beffroi.choix.analyse.queries.lecture import analyse_de
from beffroi.choix.analyse.tests.scene import CHOIX
from beffroi.choix.attribution import eliminations
from beffroi.choix.attribution.models import Lettre
from beffroi.choix.attribution.services import preparer_les_lettres
from beffroi.choix.attribution.services import valider as donner_effet
from beffroi.choix.attribution.tests.scene import DECISION_LE, envoyer, relire_tout
from beffroi.choix.candidatures import services as candidatures
from beffroi.choix.candidatures.services import Choix
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.seance.antivirus import services as antivirus
from beffroi.seance.antivirus.rules import Constat, Etat
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.seance.signatures import services as signatures
from beffroi.seance.signatures.models import VerificationDeSignature
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from tests.semis import semee

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def lots_de_l_appel_d_offres():
    return ("Gros œuvre", "Couverture")


@pytest.fixture
@semee
def un_lot_dit(ouvert):
    """Les deux lots s'analysent, le premier est attribué et ses lettres sont parties :
    le second n'est pas décidé.
    """
    for lot in (1, 2):
        arreter(ouvert, lot)
        analyse.inscrire_les_offres(
            consultation=ouvert.consultation, lot=lot, par=ouvert.martine, maintenant=DECISION_LE
        )
    ouvert.attribuer(lot=1)
    relire_tout(ouvert)
    envoyer(ouvert)
    assert ouvert.consultation.etat == "depouillee"
    return ouvert


def arreter(ouvert, lot, choix=CHOIX):
    return analyse.arreter_la_grille(
        consultation=ouvert.consultation,
        lot=lot,
        choix=choix,
        par=ouvert.martine,
        maintenant=DECISION_LE,
    )


def retenir_un_montant(ouvert, lot):
    return analyse.retenir_un_montant(
        offre=Offre.objects.filter(lot=lot).first(),
        choix=analyse.Montant(montant=Decimal(1000), provenance="acte"),
        par=ouvert.martine,
        maintenant=DECISION_LE,
    )


def qualifier(ouvert, lot, qualification="irreguliere"):
    return analyse.qualifier(
        offre=Offre.objects.filter(lot=lot).first(),
        qualification=qualification,
        motif="Incomplète.",
        vue="",
        par=ouvert.martine,
        maintenant=DECISION_LE,
    )


def retenir_une_note(ouvert, lot):
    offre = Offre.objects.filter(lot=lot).first()
    retenues = [analyse.Retenue(offre.reference, "2.1", Decimal(8), motif="Lu ensemble.")]
    return analyse.retenir_les_notes(
        consultation=ouvert.consultation,
        lot=lot,
        retenues=retenues,
        par=ouvert.martine,
        maintenant=DECISION_LE,
    )


def valider_le_rapport(ouvert, lot):
    return analyse.valider_le_rapport(
        consultation=ouvert.consultation,
        lot=ouvert.consultation.lots.get(numero=lot),
        proposition="Retenir la première.",
        par=ouvert.martine,
        maintenant=DECISION_LE,
    )


def changer_la_grille(ouvert, lot):
    return arreter(
        ouvert, lot, analyse.ChoixDeGrille(**{**CHOIX.__dict__, "motif": "Une erreur d'échelle."})
    )


ACTES = (retenir_un_montant, qualifier, retenir_une_note, valider_le_rapport, changer_la_grille)


@pytest.mark.parametrize("acte", ACTES)
def test_rien_ne_change_plus_au_lot_dit_et_l_autre_s_analyse_encore(un_lot_dit, acte):
    with pytest.raises(RegleEnfreinte, match="Les lettres de ce lot sont parties"):
        acte(un_lot_dit, 1)

    assert acte(un_lot_dit, 2)


def test_le_rapport_du_lot_dit_ne_se_rouvre_pas(ouvert):
    for lot in (1, 2):
        arreter(ouvert, lot)
    rapports = [valider_le_rapport(ouvert, lot) for lot in (1, 2)]
    ouvert.attribuer(lot=1)
    relire_tout(ouvert)
    envoyer(ouvert)

    def rouvrir(rapport):
        return analyse.rouvrir_le_rapport(
            rapport=rapport,
            motif="Une note est fausse.",
            par=ouvert.martine,
            maintenant=DECISION_LE,
        )

    with pytest.raises(RegleEnfreinte, match="Les lettres de ce lot sont parties"):
        rouvrir(rapports[0])
    assert rouvrir(rapports[1]).rouvert_le


def test_l_analyse_d_un_lot_dit_se_lit_close(un_lot_dit):
    assert [analyse_de(un_lot_dit.consultation, lot).est_close for lot in (1, 2)] == [True, False]


def test_une_candidature_du_lot_dit_ne_change_plus(un_lot_dit):
    def ecarter(lot):
        candidatures.decider_des_candidatures(
            consultation=un_lot_dit.consultation,
            choix=[
                Choix(
                    un_lot_dit.plis[1], lot, retenue=False, motif="Incomplète.", base="incomplete"
                )
            ],
            par=un_lot_dit.martine,
            maintenant=DECISION_LE,
        )

    with pytest.raises(RegleEnfreinte, match="Les lettres de ce lot sont parties"):
        ecarter(1)
    ecarter(2)


def fichier_de(ouvert, lot, pli=1):
    return FichierOuvert.objects.get(ouverture__pli=ouvert.plis[pli], ouverture__enveloppe__lot=lot)


@pytest.mark.parametrize("engage", [True, False])
def test_ce_qu_on_dit_d_un_signataire_ne_contredit_plus_les_lettres(un_lot_dit, engage):
    def confirmer(lot):
        verification = VerificationDeSignature.objects.create(
            fichier=fichier_de(un_lot_dit, lot),
            issue="INDETERMINATE",
            rapport={},
            faite_le=DECISION_LE,
        )
        return signatures.confirmer_le_signataire(
            verification=verification,
            engage=engage,
            fondement="Kbis",
            par=un_lot_dit.martine,
            maintenant=DECISION_LE,
        )

    assert confirmer(2)
    if engage:
        assert confirmer(1)
    else:
        with pytest.raises(RegleEnfreinte, match="Les lettres de ce lot sont parties"):
            confirmer(1)


def infecter(ouvert, lot, pli=1):
    fichier = fichier_de(ouvert, lot, pli)
    constat = Constat(Etat.INFECTE, menace="Eicar", moteur="essai")
    antivirus.noter_l_analyse(fichier=fichier, constat=constat, maintenant=DECISION_LE)
    return fichier


def test_une_quarantaine_ne_se_leve_plus_au_lot_dit(un_lot_dit):
    def lever(lot):
        return antivirus.lever_la_quarantaine(
            fichier=infecter(un_lot_dit, lot),
            motif="Fausse alerte.",
            par=un_lot_dit.martine,
            maintenant=DECISION_LE,
        )

    with pytest.raises(RegleEnfreinte, match="Les lettres sont parties"):
        lever(1)
    assert lever(2)


@pytest.mark.parametrize("mot", ["candidature", "tour", *QualificationDOffre.Qualification.values])
def test_chaque_elimination_se_dit_en_une_phrase(mot):
    if mot == "reguliere":
        assert mot not in eliminations.PHRASES
        return
    phrase = eliminations.dire(mot)
    assert " " in phrase and "_" not in phrase and phrase != mot


def test_la_lettre_dit_pourquoi_une_offre_est_eliminee_sans_son_code(ouvert):
    arreter(ouvert, 1)
    analyse.inscrire_les_offres(
        consultation=ouvert.consultation, lot=1, par=ouvert.martine, maintenant=DECISION_LE
    )
    offre = Offre.objects.get(lot=1, pli=ouvert.plis[1])
    analyse.qualifier(
        offre=offre,
        qualification="inappropriee",
        motif="Elle propose un autre ouvrage.",
        vue="",
        par=ouvert.martine,
        maintenant=DECISION_LE,
    )
    ouvert.attribuer(lot=1)

    lettres = preparer_les_lettres(
        consultation=ouvert.consultation, par=ouvert.martine, maintenant=DECISION_LE
    )
    texte = next(lettre.texte for lettre in lettres if lettre.equipe_id == ouvert.plis[1].equipe_id)
    assert "Elle a été éliminée : offre inappropriée, sans rapport avec le besoin décrit." in texte
    assert "inappropriee" not in texte


def test_chaque_entreprise_lit_ses_notes_sa_place_et_ce_que_l_on_en_dit_et_rien_des_autres(
    ouvert, client
):
    """Le retour d'une entreprise non retenue : notes, place, commentaires, motif ;
    à l'écran, dans la lettre, en PDF.
    """
    arreter(ouvert, 1)
    analyse.inscrire_les_offres(
        consultation=ouvert.consultation, lot=1, par=ouvert.martine, maintenant=DECISION_LE
    )
    for rang, offre in enumerate(Offre.objects.filter(lot=1).order_by("pk")):
        montant = analyse.Montant(montant=Decimal(1000 + 100 * rang), provenance="acte")
        analyse.retenir_un_montant(
            offre=offre, choix=montant, par=ouvert.martine, maintenant=DECISION_LE
        )
        retenues = [
            analyse.Retenue(
                offre.reference,
                case,
                Decimal(8 - rang),
                f"Planning dit à {offre.pli.reference}.",
                "Vu.",
            )
            for case in ("2.1", "2.2", "3")
        ]
        analyse.retenir_les_notes(
            consultation=ouvert.consultation,
            lot=1,
            retenues=retenues,
            par=ouvert.martine,
            maintenant=DECISION_LE,
        )
    ouvert.attribuer(lot=1)
    lettres = preparer_les_lettres(
        consultation=ouvert.consultation, par=ouvert.martine, maintenant=DECISION_LE
    )
    textes = {lettre.equipe_id: lettre.texte for lettre in lettres}

    second, troisieme = ouvert.plis[1], ouvert.plis[2]
    sien, autre = f"Planning dit à {second.reference}.", f"Planning dit à {troisieme.reference}."
    assert sien in textes[second.equipe_id] and autre not in textes[second.equipe_id]
    assert "classée 2e" in textes[second.equipe_id]
    relire_tout(ouvert)
    envoyer(ouvert)
    lue = next(lettre for lettre in Lettre.objects.all() if lettre.equipe_id == second.equipe_id)
    with time_machine.travel(DECISION_LE, tick=False):
        page = (
            connecter(client, ouvert.scene.personne("zoe"))
            .get(f"/resultats/{lue.reference}/")
            .content.decode()
        )
    # Une référence y est tenue d'un trait, par une balise.
    lu = re.sub(r'<span class="insec">(.*?)</span>', r"\1", page)
    assert sien in lu and autre not in lu


# ---------------------------------------------------------------- valider ce qui a changé depuis


def proposee(ouvert, **champs):
    organisme = ouvert.consultation.organisme
    organisme.publication_a_deux = True
    organisme.save(update_fields=["publication_a_deux"])
    return ouvert.attribuer(lot=1, **champs)


def valider(ouvert, attribution):
    return donner_effet(attribution=attribution, par=ouvert.helene, maintenant=DECISION_LE)


def test_une_candidature_ecartee_depuis_ne_se_valide_pas(ouvert):
    attribution = proposee(ouvert)
    candidatures.decider_des_candidatures(
        consultation=ouvert.consultation,
        choix=[Choix(ouvert.plis[0], 1, retenue=False, motif="Exclue.", base="exclusion")],
        par=ouvert.martine,
        maintenant=DECISION_LE,
    )

    with pytest.raises(RegleEnfreinte, match="candidature de cette entreprise est écartée"):
        valider(ouvert, attribution)


def test_une_offre_eliminee_depuis_ne_se_valide_pas(ouvert):
    attribution = proposee(ouvert)
    arreter(ouvert, 1)
    analyse.inscrire_les_offres(
        consultation=ouvert.consultation, lot=1, par=ouvert.martine, maintenant=DECISION_LE
    )
    analyse.qualifier(
        offre=Offre.objects.get(lot=1, pli=ouvert.plis[0]),
        qualification="irreguliere",
        motif="Sans prix.",
        vue="",
        par=ouvert.martine,
        maintenant=DECISION_LE,
    )

    with pytest.raises(RegleEnfreinte, match=r"éliminée \(offre irrégulière"):
        valider(ouvert, attribution)


def test_un_fichier_en_quarantaine_depuis_ne_se_valide_pas(ouvert):
    attribution = proposee(ouvert)
    fichier = infecter(ouvert, 1, pli=0)

    with pytest.raises(RegleEnfreinte, match=fichier.nom):
        valider(ouvert, attribution)
    antivirus.lever_la_quarantaine(
        fichier=fichier, motif="Fausse alerte.", par=ouvert.martine, maintenant=DECISION_LE
    )
    assert valider(ouvert, attribution).decidee_le


def test_un_fichier_d_un_autre_lot_n_arrete_pas_celui_ci(ouvert):
    attribution = proposee(ouvert)
    infecter(ouvert, 2, pli=0)

    assert valider(ouvert, attribution).decidee_le


def test_choisir_une_reponse_en_quarantaine_se_refuse(ouvert):
    infecter(ouvert, 1, pli=0)

    with pytest.raises(RegleEnfreinte, match="antivirus retient"):
        ouvert.attribuer(lot=1)
