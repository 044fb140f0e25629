"""De l'attribution au contrat :
ouvert une fois, son acte d'engagement assemblé, signé quand l'attente est finie.
"""

import io
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import odfdo
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from beffroi.choix.attribution.tests.scene import DECISION_LE
from beffroi.contrat.marches import documents, echeances, suite, suspension
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.services import naissance, notification, signature
from beffroi.contrat.marches.states import Etat
from beffroi.contrat.marches.tests import gestes
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte

pytestmark = pytest.mark.django_db
LE = DECISION_LE + timedelta(hours=1)


def ouvrir(ouvert, le=LE):
    return naissance.ouvrir(
        consultation=ouvert.consultation,
        lot=None,
        termes=gestes.TERMES,
        par=ouvert.martine.acteur,
        maintenant=le,
    )


def test_le_contrat_prend_l_entreprise_le_montant_et_le_nombre_d_offres_de_l_attribution(ouvert):
    ouvert.attribuer(0)
    marche = ouvrir(ouvert)

    assert (marche.montant, marche.offres_recues, marche.pli) == (
        Decimal("41250.00"),
        3,
        ouvert.plis[0],
    )
    assert marche.titulaires.get().siret == ouvert.plis[0].equipe.identifiant


def test_un_lot_n_a_qu_un_contrat_et_rien_sans_attribution(ouvert):
    with pytest.raises(ConflitEtat, match="attribué à personne"):
        ouvrir(ouvert)
    ouvert.attribuer(0)
    ouvrir(ouvert)
    with pytest.raises(ConflitEtat, match="déjà ouvert"):
        ouvrir(ouvert)


def test_l_acte_d_engagement_s_assemble_en_pdf_et_en_odt(ouvert):
    ouvert.attribuer(0)
    marche = ouvrir(ouvert)
    odt = odfdo.Document(io.BytesIO(documents.rendre(marche, "odt", le=LE).octets))

    assert documents.rendre(marche, "pdf", le=LE).octets.startswith(b"%PDF")
    assert "41\N{NARROW NO-BREAK SPACE}250" in odt.get_formatted_text().replace(
        "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
    )


def test_la_page_de_suivi_mene_au_contrat_a_ouvrir(ouvert):
    assert suite.etape(ouvert.consultation, le=LE) is None
    ouvert.attribuer(0)
    dite = suite.etape(ouvert.consultation, le=LE)

    assert (dite.attend, dite.geste) == (True, "Ouvrir le contrat")
    ouvrir(ouvert)
    assert suite.etape(ouvert.consultation, le=LE).geste == "Voir les contrats"


def test_un_contrat_a_signer_est_a_faire(ouvert):
    ouvert.attribuer(0)
    marche = ouvrir(ouvert)

    assert [
        (geste.titre, geste.page) for geste in echeances.attendues([marche.organisme], le=LE)
    ] == [("Faire signer un contrat", f"/acheteur/marches/{marche.reference}/")]


def test_la_signature_attend_que_les_lettres_soient_parties(ouvert):
    ouvert.consultation.__class__.toutes.filter(pk=ouvert.consultation.pk).update(
        type_de_procedure="appel_offres_ouvert"
    )
    ouvert.attribuer(0)
    marche = ouvrir(ouvert)

    with pytest.raises(RegleEnfreinte) as refus:
        gestes.signe(marche, le=LE.date(), maintenant=LE)
    assert "R. 2181-1" in " ".join(str(motif) for motif in refus.value.motifs)


@pytest.mark.moteurs
def test_une_notification_par_la_messagerie_prend_effet_a_la_lecture(ouvert, monkeypatch):
    monkeypatch.setattr(
        "beffroi.contrat.marches.suspension.peut_signer", lambda *a, **k: gestes.accord()
    )
    ouvert.attribuer(0)
    marche = gestes.dit(
        gestes.signe(ouvrir(ouvert), le=LE.date(), maintenant=LE), requise=False, maintenant=LE
    )
    marche = notification.envoyer_la_notification(marche=marche, par=ouvert.martine, maintenant=LE)
    lue = LE + timedelta(days=2)

    assert notification.constater_la_lecture(marche=marche, maintenant=lue).etat == Etat.SIGNE
    from beffroi.choix.echanges.services import lire

    lire(fil=marche.notification.fil, par=ouvert.plis[0].depose_par, maintenant=lue)
    marche = notification.constater_la_lecture(marche=marche, maintenant=lue + timedelta(minutes=5))
    assert (marche.etat, marche.notifie_le) == (Etat.NOTIFIE, lue.date())


def test_le_contrat_part_a_l_equipe_retenue_meme_si_une_autre_dit_son_siret(ouvert, monkeypatch):
    monkeypatch.setattr(
        "beffroi.contrat.marches.suspension.peut_signer", lambda *a, **k: gestes.accord()
    )
    retenue, rivale = ouvert.plis[0].equipe, ouvert.plis[1].equipe
    type(rivale).objects.filter(pk=rivale.pk).update(
        identifiant=retenue.identifiant, nom="AAA, la première de la liste"
    )
    ouvert.attribuer(0)
    marche = gestes.dit(
        gestes.signe(ouvrir(ouvert), le=LE.date(), maintenant=LE), requise=False, maintenant=LE
    )

    marche = notification.envoyer_la_notification(marche=marche, par=ouvert.martine, maintenant=LE)

    assert marche.notification.fil.equipe == retenue


def test_l_ecran_ouvre_le_contrat_pre_rempli(ouvert, client, monkeypatch):
    monkeypatch.setattr("beffroi.contrat.marches.views.naissance.maintenant", lambda: LE)
    ouvert.attribuer(0)
    connecter(client, ouvert.martine)
    adresse = reverse("marches:ouvrir", args=[ouvert.consultation.reference, 0])
    form = client.get(adresse).context["form"]
    saisie = {
        **{nom: form.initial.get(nom, "") for nom in form.fields},
        "duree_en_mois": 4,
        "forme_de_prix": "forfaitaire",
        "lieu": "62960",
        "code_cpv": "45261000",
    }
    reponse = client.post(adresse, saisie)

    assert reponse.status_code == 302, reponse.context["form"].errors
    assert Marche.toutes.get().duree_en_mois == 4


def test_le_contrat_d_une_entreprise_remplacee_ne_se_signe_plus_et_bloque_celui_de_la_suivante(
    ouvert,
):
    premiere = ouvert.attribuer(0)
    marche = ouvrir(ouvert)
    ouvert.remplacer(premiere, 1, cause="defaillance")

    refus = suspension.peut_signer(marche, le=LE + timedelta(days=40))
    assert "n'est plus celui de l'offre retenue" in refus.motifs[0].texte
    with pytest.raises(ConflitEtat, match="abandonnez-le"):
        ouvrir(ouvert)


def test_un_montant_corrige_ne_laisse_pas_signer_l_ancien(ouvert):
    premiere = ouvert.attribuer(0)
    marche = ouvrir(ouvert)
    assert suspension.est_celui_de_l_offre_retenue(marche, le=LE)

    ouvert.remplacer(premiere, 0, montant=Decimal("40000.00"))
    assert not suspension.est_celui_de_l_offre_retenue(marche, le=LE)


@pytest.mark.parametrize(
    ("forme", "dite"),
    [
        ("conjoint", "conjoint"),
        ("conjoint_mandataire_solidaire", "conjoint"),
        ("solidaire", "solidaire"),
    ],
)
def test_tous_les_membres_d_un_groupement_tiennent_le_contrat(ouvert, forme, dite):
    seul = ouvert.plis[0]
    membre = {"identifiant": "80295478500028", "nom": "Charpentes de la Lys"}
    # Un dépôt ne se modifie pas : on lit le même, remis par un groupement.
    pli = SimpleNamespace(
        equipe=seul.equipe,
        groupement={"forme": forme, "membres": [membre]},
    )

    assert [t.siret for t in naissance.titulaires_de(pli)] == [
        seul.equipe.identifiant,
        membre["identifiant"],
    ]
    assert naissance.FORMES[forme] == dite
    assert [t.siret for t in naissance.titulaires_de(seul)] == [seul.equipe.identifiant]


def test_la_base_refuse_un_second_contrat_en_vie_pour_le_meme_lot(ouvert):
    ouvert.attribuer(0)
    marche = ouvrir(ouvert)
    second = {
        "organisme": marche.organisme,
        "consultation": marche.consultation,
        "pli": ouvert.plis[1],
        "lot": None,
        "numero": "2026-099",
        "objet": "Le même",
        "prestation": "travaux",
        "montant": 1,
        "duree_en_mois": 1,
        "procedure": "procedure_adaptee_ouverte",
        "cree_le": LE,
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Marche.toutes.create(**second)
    signature.abandonner(
        marche=marche,
        motif="Une autre offre est retenue.",
        par=ouvert.martine.acteur,
        maintenant=LE,
    )
    assert Marche.toutes.create(**second)


def test_l_entreprise_qui_a_signe_ne_se_remplace_plus(ouvert, monkeypatch):
    monkeypatch.setattr(
        "beffroi.contrat.marches.suspension.peut_signer", lambda *a, **k: gestes.accord()
    )
    premiere = ouvert.attribuer(0)
    gestes.signe(ouvrir(ouvert), le=LE.date(), maintenant=LE)

    with pytest.raises(RegleEnfreinte, match="2026-014 est signé"):
        ouvert.remplacer(premiere, 1, cause="empechement")
