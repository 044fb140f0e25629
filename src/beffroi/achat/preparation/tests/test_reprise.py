"""Refaire une consultation :
ce qui se reprend, ce qui ne se reprend pas, et ce que la loi a changé depuis.
"""

import io
import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import controles_de_l_achat
from beffroi.achat.consultations.services import (
    ajouter_piece,
    attendre_piece,
    declarer_sans_suite,
    retirer_piece,
)
from beffroi.achat.consultations.tests.scene import agent
from beffroi.achat.preparation import queries, services
from beffroi.achat.preparation.models import Preparation
from beffroi.achat.preparation.reprise import jour_de_la_source
from beffroi.achat.preparation.rules import reprise
from beffroi.achat.preparation.rules.reponses import (
    Calendrier,
    Exigences,
    Jugement,
    Montant,
    Nature,
    Particularites,
    Reponses,
)
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.stockage import empreinte_gardee, stockage
from beffroi.socle.journal.models import Ecriture
from demo.preparations import PONDERES
from droit.achat import Allotissement, CopieDeSauvegarde, Durabilite, Lot
from droit.en_vigueur import Droit
from formats.dates import PARIS
from tests.semis import semee

LOTS = Allotissement(
    lots=(
        Lot(
            numero=1, intitule="Couverture", code_cpv="45261210-9", montant_estime=Decimal(120_000)
        ),
        Lot(
            numero=2,
            intitule="Zinguerie",
            montant_estime=Decimal(64_500),
            description="Zinc et cuivre.",
        ),
    )
)
REPONSES = (
    Nature(prestation="travaux"),
    Montant(estime=Decimal(184_500), duree_en_mois=4),
    LOTS,
    Jugement(
        criteres=PONDERES,
        durabilite=Durabilite(condition_environnementale="Les déchets sont triés."),
    ),
    Particularites(forme_de_prix="forfaitaire", variation_de_prix="ferme"),
    Exigences(
        validite_en_jours=90,
        copie_de_sauvegarde=CopieDeSauvegarde(
            adresse="1 place de la Mairie", horaires="de 9 h à 12 h"
        ),
    ),
)


@pytest.fixture
@semee
def source(scene):
    """Une consultation publiée, préparée par les questions,
    avec un cahier et une pièce propre au second lot.
    """
    consultation = scene.brouillon(code_cpv="45261210-9")
    calendrier = Calendrier(envoi_de_l_avis=scene.le.date(), urgence="Le toit s'effondre.")
    for reponse in (*REPONSES, calendrier):
        services.repondre(
            consultation=consultation,
            reponse=reponse,
            par=scene.martine.acteur,
            maintenant=scene.le,
        )
    attendre_piece(
        consultation=consultation,
        enveloppe="offre",
        intitule="Échantillon de zinc",
        lot=consultation.lots.get(numero=2),
        formats="pdf",
        par=scene.martine.acteur,
        maintenant=scene.le,
    )
    joindre(scene, consultation, "cctp", "cctp.pdf")
    return scene.publier(scene.completer(consultation))


def joindre(scene, consultation, sorte, nom):
    return ajouter_piece(
        consultation=consultation,
        sorte=sorte,
        intitule="",
        nom=nom,
        flux=io.BytesIO(b"%PDF-1.7 cahier " + bytes(range(256))),
        par=scene.martine.acteur,
        maintenant=scene.le,
    )


def donnees(ecriture):
    return json.loads(ecriture.contenu)["donnees"]


def refaire(scene, source, *, apres=timedelta(days=60)):
    return services.refaire(source=source, par=scene.helene, maintenant=scene.le + apres)


# ---------------------------------------------------------------- règles


def test_tout_se_reprend_sauf_le_calendrier():
    avant = Reponses(nature=REPONSES[0], calendrier=Calendrier(envoi_de_l_avis=date(2025, 1, 6)))

    assert reprise.reponses_reprises(avant) == Reponses(nature=REPONSES[0])


def test_chaque_question_reprise_et_chaque_lot_particulier_restent_a_confirmer():
    assert reprise.a_confirmer(Reponses(nature=REPONSES[0], allotissement=LOTS)) == [
        "nature",
        "allotissement",
        "lot-2",
    ]


def test_un_lot_efface_n_est_plus_a_confirmer():
    sans = Reponses(allotissement=Allotissement(lots=LOTS.lots[:1]))

    assert reprise.encore_a_confirmer(
        ["montant", "allotissement", "lot-2"], "allotissement", sans
    ) == ["montant"]


def test_sans_reponses_la_consultation_ne_se_refait_pas_et_dit_pourquoi():
    decision = reprise.peut_etre_refaite(Reponses(), defense_permise=False)

    assert not decision.favorable
    assert "n'a pas été préparée par les questions" in decision.motifs[0].texte


@pytest.mark.article("CCP", "R. 2122-8")
def test_un_seuil_releve_depuis_se_dit_avec_son_article():
    lois = reprise.ce_que_la_loi_a_change(Droit.au(date(2025, 6, 1)), Droit.au(date(2026, 11, 26)))

    dispense = next(loi for loi in lois if loi.cle == "seuil.dispense.fournitures_services")
    assert (dispense.avant, dispense.maintenant) == ("40\u202f000 € HT", "60\u202f000 € HT")
    assert dispense.article == "CCP, art. R. 2122-8" and dispense.depuis == "1er avril 2026"


def test_ce_que_les_tables_ne_savaient_pas_n_est_pas_un_changement():
    avant, maintenant = Droit.au(date(2025, 6, 1)), Droit.au(date(2026, 11, 26))

    cles = {loi.cle for loi in reprise.ce_que_la_loi_a_change(avant, maintenant)}
    assert "seuil.dispense.travaux" not in cles and not any(
        cle.startswith("liste.") for cle in cles
    )


def test_a_la_meme_date_la_loi_n_a_pas_change():
    assert (
        reprise.ce_que_la_loi_a_change(Droit.au(date(2026, 11, 26)), Droit.au(date(2026, 11, 26)))
        == ()
    )


# ---------------------------------------------------------------- services


def test_le_brouillon_refait_reprend_les_reponses_et_les_lots(scene, source):
    neuve = refaire(scene, source).consultation

    avant, apres = (queries.reponses_de(c.preparation) for c in (source, neuve))
    assert apres == reprise.reponses_reprises(avant)
    assert [(lot.numero, lot.intitule, lot.code_cpv) for lot in neuve.lots.all()] == [
        (1, "Couverture", "45261210-9"),
        (2, "Zinguerie", ""),
    ]
    assert (neuve.titre, neuve.organisme, neuve.redigee_par) == (
        source.titre,
        source.organisme,
        scene.helene,
    )


def test_ni_date_ni_cle_ni_personne_ni_gel_ne_se_reprend(scene, source):
    neuve = refaire(scene, source).consultation

    assert neuve.reference != source.reference and neuve.etat == Consultation.Etat.BROUILLON
    assert (neuve.date_limite_remise, neuve.publiee_le, neuve.paires_de_cles) == (None, None, {})
    assert not neuve.membres_qui_ouvrent.exists() and not neuve.changements.exists()
    assert (neuve.preparation.achat_gele, neuve.preparation.empreinte_des_tables) == ("", "")
    assert (
        neuve.preparation.saisies == {}
        and queries.reponses_de(neuve.preparation).calendrier is None
    )


def test_une_piece_attendue_suit_le_lot_du_meme_numero(scene, source):
    neuve = refaire(scene, source).consultation

    piece = neuve.pieces_attendues.get(intitule="Échantillon de zinc")
    assert (piece.lot, piece.formats) == (neuve.lots.get(numero=2), "pdf")
    assert neuve.pieces_attendues.count() == source.pieces_attendues.count()


def test_un_document_est_copie_sous_sa_propre_cle_et_survit_a_l_autre(scene, source):
    neuve = refaire(scene, source).consultation
    copie, origine = neuve.pieces.get(), source.pieces.get(sorte="cctp")

    retirer_piece(piece=copie, par=scene.helene.acteur, maintenant=scene.le + timedelta(days=61))

    assert copie.cle_de_stockage != origine.cle_de_stockage and copie.sha256 == origine.sha256
    assert empreinte_gardee(origine.cle_de_stockage) == origine.sha256
    assert copie.publiee_le is None


def test_le_reglement_d_avant_n_est_pas_repris(scene, source):
    assert source.pieces.filter(sorte="rc").exists()
    assert not refaire(scene, source).consultation.pieces.filter(sorte="rc").exists()


def test_un_document_qui_ne_se_relit_plus_se_dit_et_n_est_pas_repris(scene, source):
    stockage().supprimer(source.pieces.get(sorte="cctp").cle_de_stockage)

    faite = refaire(scene, source)

    assert faite.documents_illisibles == ("cctp.pdf",)
    assert not faite.consultation.pieces.exists()


def test_refuse_en_cours_de_route_rien_ne_reste_au_stockage(scene, source, monkeypatch):
    gardes = []
    garder = stockage().ecrire
    monkeypatch.setattr(
        stockage(), "ecrire", lambda cle, flux: (gardes.append(cle), garder(cle, flux))[1]
    )
    type(scene.organisme).objects.filter(pk=scene.organisme.pk).update(
        peut_creer_des_consultations=False
    )
    source = Consultation.toutes.get()

    with pytest.raises(RegleEnfreinte):
        refaire(scene, source)

    assert gardes and all(empreinte_gardee(cle) == "" for cle in gardes)


@pytest.mark.parametrize("etat", ["brouillon", "sans_suite"])
def test_un_brouillon_et_une_consultation_sans_suite_se_refont_aussi(scene, source, etat):
    if etat == "sans_suite":
        declarer_sans_suite(
            consultation=source,
            motif="Budget refusé.",
            par=scene.martine.acteur,
            maintenant=scene.le,
        )
        depart = source
    else:
        depart = refaire(scene, source).consultation

    neuve = refaire(scene, depart).consultation

    assert neuve.preparation.reprise_de == depart.reference
    assert queries.reponses_de(neuve.preparation).montant == REPONSES[1]


def test_une_consultation_archivee_se_refait_avec_ses_documents_et_reste_telle_quelle(
    scene, source
):
    """Le besoin revient : la source, son état et ses octets ne changent pas."""
    Consultation.toutes.filter(pk=source.pk).update(etat=Consultation.Etat.ARCHIVEE)
    source.refresh_from_db()
    avant = {piece.nom: piece.cle_de_stockage for piece in source.pieces.all()}

    neuve = refaire(scene, source).consultation

    source.refresh_from_db()
    assert (source.etat, neuve.etat) == ("archivee", "brouillon")
    assert {piece.nom: piece.cle_de_stockage for piece in source.pieces.all()} == avant
    assert [piece.nom for piece in neuve.pieces.all()] == ["cctp.pdf"]
    assert queries.reponses_de(neuve.preparation).montant == REPONSES[1]


def test_la_page_d_une_consultation_archivee_offre_de_la_refaire(client, source):
    Consultation.toutes.filter(pk=source.pk).update(etat=Consultation.Etat.ARCHIVEE)

    suivre = client.get(f"/consultations/{source.reference}/suivre/").content.decode()

    assert f"/consultations/{source.reference}/refaire/" in suivre
    assert client.get(f"/consultations/{source.reference}/refaire/").status_code == 200


def test_un_choix_motive_encore_permis_est_repris_au_nom_de_qui_refait(scene, source):
    neuve = refaire(scene, source).consultation
    services.choisir_autre_chose(
        consultation=neuve,
        cle="publicite",
        rang=1,
        motif="Le journal.",
        par=scene.martine,
        maintenant=scene.le,
    )

    encore = refaire(scene, neuve, apres=timedelta(days=62)).consultation

    choix = queries.choix_de(encore.preparation)["publicite"]
    assert (choix.motif, choix.par) == ("Le journal.", scene.helene)
    assert choix.valeurs == queries.choix_de(neuve.preparation)["publicite"].valeurs


@pytest.mark.moteurs
def test_un_choix_que_le_droit_ne_permet_plus_est_ecarte_et_note(scene, source):
    depart = refaire(scene, source).consultation
    services.choisir_autre_chose(
        consultation=depart,
        cle="publicite",
        rang=1,
        motif="Le journal.",
        par=scene.martine,
        maintenant=scene.le,
    )
    depart.preparation.choix.update(valeurs=["supprimé"])

    neuve = refaire(scene, depart).consultation

    assert queries.choix_de(neuve.preparation) == {}
    ecrite = Ecriture.objects.get(acte="preparation.refaire", sujet=neuve.reference)
    assert donnees(ecrite)["choix_ecartes"] == ["publicite"]


def test_le_journal_dit_d_ou_vient_le_brouillon(scene, source):
    neuve = refaire(scene, source).consultation

    ecrite = Ecriture.objects.get(acte="preparation.refaire", sujet=neuve.reference)
    assert donnees(ecrite)["reprise_de"] == source.reference
    assert donnees(ecrite)["documents"] == {"cctp.pdf": neuve.pieces.get().sha256}


@pytest.mark.moteurs
def test_garder_une_reponse_la_confirme_et_elle_seule(scene, source):
    neuve = refaire(scene, source).consultation
    maintenant = scene.le + timedelta(days=61)

    services.repondre(
        consultation=neuve, reponse=REPONSES[1], par=scene.helene.acteur, maintenant=maintenant
    )
    services.decrire_un_lot(
        consultation=neuve, lot=LOTS.lots[1], par=scene.helene.acteur, maintenant=maintenant
    )

    restantes = Preparation.objects.get(consultation=neuve).a_confirmer
    assert restantes == ["nature", "allotissement", "jugement", "particularites", "exigences"]


def test_la_page_verifier_nomme_ce_qui_reste_a_confirmer(scene, source):
    neuve = refaire(scene, source).consultation

    textes = [
        ecart.texte for ecart in controles_de_l_achat(neuve, le=scene.le + timedelta(days=61))
    ]
    assert (
        f"« Combien, sur quelle durée ? » est repris de {source.reference} et reste à confirmer."
        in textes
    )


# ---------------------------------------------------------------- écrans


@pytest.fixture
def client(scene):
    return connecter(Client(), scene.martine)


def test_la_page_annonce_puis_ouvre_le_brouillon_marque_a_confirmer(client, source):
    annonce = client.get(f"/consultations/{source.reference}/refaire/").content.decode()
    ouverte = client.post(f"/consultations/{source.reference}/refaire/", follow=True)

    page = ouverte.content.decode()
    assert "Ce qui n’est pas repris" not in annonce and "sauf le règlement" in annonce
    assert ouverte.redirect_chain[-1][0].endswith("/preparer/achat/")
    assert "à confirmer. Relisez" in page and source.reference in page


def test_une_page_confirmee_ne_porte_plus_la_marque(client, source):
    neuve = client.post(f"/consultations/{source.reference}/refaire/")["Location"].split("/")[2]
    adresse = f"/consultations/{neuve}/preparer/montant/"

    client.post(adresse, {"estime": "190 000", "duree_en_mois": "5"})

    assert "à confirmer. Relisez" not in client.get(adresse).content.decode()
    assert "À confirmer" in client.get(adresse).content.decode()


def test_la_page_d_un_lot_particulier_porte_la_marque(client, source):
    neuve = client.post(f"/consultations/{source.reference}/refaire/")["Location"].split("/")[2]

    assert (
        "à confirmer. Relisez"
        in client.get(f"/consultations/{neuve}/preparer/lots/2/").content.decode()
    )
    assert (
        "à confirmer. Relisez"
        not in client.get(f"/consultations/{neuve}/preparer/lots/1/").content.decode()
    )


def test_une_consultation_faite_sans_les_questions_le_dit(client, scene):
    publiee = scene.publiee("Curage des fossés")

    page = client.get(f"/consultations/{publiee.reference}/refaire/").content.decode()

    assert "n’a pas été préparée par les questions" in page
    assert "Ouvrir le brouillon" not in page
    assert client.post(f"/consultations/{publiee.reference}/refaire/").status_code == 422


def test_le_geste_est_sur_la_liste_et_sur_la_page_de_la_consultation(client, source):
    geste = f"/consultations/{source.reference}/refaire/"

    assert geste in client.get("/consultations/mes-consultations/").content.decode()
    assert geste in client.get(f"/consultations/{source.reference}/suivre/").content.decode()


def test_la_page_d_un_brouillon_offre_de_refaire_s_il_y_a_des_reponses_a_reprendre(
    client, scene, source
):
    brouillon, sans_questions = refaire(scene, source).consultation, scene.brouillon()

    assert f"/consultations/{brouillon.reference}/refaire/" in page_du_brouillon(client, brouillon)
    assert "/refaire/" not in page_du_brouillon(client, sans_questions)


@pytest.mark.moteurs
def test_qui_lit_un_brouillon_ne_voit_pas_le_geste_de_refaire(scene, source):
    lecteur = connecter(
        Client(), agent("Yves Pruvost", scene.organisme, le=scene.le, roles=("lecteur",), cle=False)
    )

    assert "/refaire/" not in page_du_brouillon(lecteur, refaire(scene, source).consultation)


def page_du_brouillon(client, brouillon):
    return client.get(f"/consultations/{brouillon.reference}/preparer/").content.decode()


@pytest.mark.moteurs
def test_qui_ne_redige_pas_ne_voit_pas_le_geste(scene, source):
    lecteur = connecter(
        Client(), agent("Yves Pruvost", scene.organisme, le=scene.le, roles=("lecteur",), cle=False)
    )
    geste = f"/consultations/{source.reference}/refaire/"

    assert geste not in lecteur.get("/consultations/mes-consultations/").content.decode()
    assert geste not in lecteur.get(f"/consultations/{source.reference}/suivre/").content.decode()
    assert lecteur.get(geste).status_code == 403


def test_un_avis_prevu_plus_tard_ne_date_pas_la_loi_d_avant_dans_l_avenir(scene):
    brouillon = scene.brouillon()
    for reponse in (REPONSES[0], Calendrier(envoi_de_l_avis=scene.le.date() + timedelta(days=9))):
        services.repondre(
            consultation=brouillon, reponse=reponse, par=scene.martine.acteur, maintenant=scene.le
        )

    assert jour_de_la_source(brouillon, le=scene.le) == scene.le.astimezone(PARIS).date()
