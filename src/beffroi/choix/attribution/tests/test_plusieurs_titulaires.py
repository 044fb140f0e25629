"""Un accord-cadre à plusieurs titulaires :
une décision, une lettre à chacun, et l'un d'eux remplacé.
"""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from beffroi.choix.attribution import queries, services
from beffroi.choix.attribution.forms_a_plusieurs import AttribuerAPlusieursForm
from beffroi.choix.attribution.models import SuiteDonnee
from beffroi.choix.attribution.queries import classement
from beffroi.choix.attribution.services import OffreChoisie, Remplacement
from beffroi.choix.attribution.tests.scene import DECISION_LE, envoyer, lettre_a, relire_tout
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from formats.sommes import en_euros

ATOUT = "Une équipe d'astreinte à vingt minutes."


def a_plusieurs(ouvert, *suivants, prevus=2, **champs):
    autres = tuple(OffreChoisie(ouvert.plis[rang], Decimal("38000.00"), ATOUT) for rang in suivants)
    return ouvert.attribuer(autres=autres, titulaires_prevus=prevus, **champs)


def classer(monkeypatch, ouvert, *ordre):
    places = [
        classement.Place(ouvert.plis[indice], 0, rang, Decimal(90 - rang), Decimal(40_000 + rang))
        for rang, indice in enumerate(ordre, start=1)
    ]
    monkeypatch.setattr(classement, "classement_de", lambda consultation, lot: places)


@pytest.mark.django_db
def test_une_decision_retient_deux_offres_et_la_base_n_en_change_plus(ouvert):
    a_plusieurs(ouvert, 1)

    ligne = ouvert.lot()
    assert [(r.pli, str(r.montant)) for r in ligne.retenues] == [
        (ouvert.plis[0], "41250.00"),
        (ouvert.plis[1], "38000.00"),
    ]
    assert ligne.noms == f"{ouvert.plis[0].equipe.nom} et {ouvert.plis[1].equipe.nom}"
    for ordre in (
        "UPDATE attribution_autreretenue SET montant = 1",
        "DELETE FROM attribution_autreretenue",
        "UPDATE attribution_attribution SET titulaires_prevus = 9",
    ):
        with pytest.raises(Exception, match="ne se modifient pas"), transaction.atomic():
            with connection.cursor() as curseur:
                curseur.execute(ordre)


@pytest.mark.django_db
def test_les_mieux_classees_jusqu_au_nombre_prevu_ou_l_on_dit_pourquoi(ouvert, monkeypatch):
    classer(monkeypatch, ouvert, 0, 1, 2)

    with pytest.raises(RegleEnfreinte, match=f"retenues : {ouvert.plis[1].equipe.nom}"):
        a_plusieurs(ouvert, 2)
    with pytest.raises(RegleEnfreinte, match="3 titulaires sont prévus, vous en retenez 2"):
        a_plusieurs(ouvert, 1, prevus=3)
    monkeypatch.setattr(queries, "titulaires_annonces", lambda consultation, *, le: 1)
    with pytest.raises(RegleEnfreinte, match="Seul un accord-cadre"):
        a_plusieurs(ouvert, 1)
    monkeypatch.setattr(queries, "titulaires_annonces", lambda consultation, *, le: 3)
    decision = a_plusieurs(
        ouvert, 1, prevus=3, motif_de_l_ecart="La troisième ne couvre pas le nord."
    )
    assert [r.classement for r in decision.retenues] == [1, 2]


@pytest.mark.django_db
def test_chacun_a_sa_lettre_l_attente_tient_pour_tous_et_l_un_se_remplace(ouvert, monkeypatch):
    classer(monkeypatch, ouvert, 0, 1, 2)
    premiere = a_plusieurs(ouvert, 1)
    refus = queries.peut_signer(ouvert.consultation, None, le=DECISION_LE)
    assert "1 entreprise non retenue n'est pas encore prévenue" in str(refus.motifs[0])
    relire_tout(ouvert)
    envoyer(ouvert)

    assert [SuiteDonnee.objects.get(pli=pli).issue for pli in ouvert.plis] == [
        "retenue",
        "retenue",
        "rejetee",
    ]
    seconde, rejet = lettre_a(ouvert, 1).texte, lettre_a(ouvert, 2).texte
    assert en_euros(Decimal(38_000)) in seconde and en_euros(Decimal(41_250)) not in seconde
    assert "L'accord-cadre a plusieurs titulaires" in seconde
    assert ATOUT in rejet and "planning de six semaines" in rejet
    assert f"attribué à {ouvert.lot().noms}" in rejet
    assert (ouvert.lot().signable_le - DECISION_LE.date()).days == 11
    remplacer_la_seconde(ouvert, premiere)


def remplacer_la_seconde(ouvert, premiere):
    """Ses preuves manquent :
    la troisième prend sa place, la première garde la sienne, et la seconde ne revient pas.
    """
    defaillance = Remplacement(
        premiere.reference, "defaillance", "Ses attestations fiscales ne sont pas venues."
    )
    with pytest.raises(RegleEnfreinte, match="Retirez l'entreprise que vous remplacez"):
        a_plusieurs(ouvert, 1, remplacement=defaillance)
    decision = a_plusieurs(ouvert, 2, remplacement=defaillance)
    assert [r.pli for r in decision.retenues] == [ouvert.plis[0], ouvert.plis[2]]
    assert not queries.peut_signer(ouvert.consultation, None, le=DECISION_LE).favorable
    relire_tout(ouvert)
    envoyer(ouvert)
    assert SuiteDonnee.objects.get(attribution=decision, pli=ouvert.plis[1]).issue == "rejetee"
    reprise = Remplacement(decision.reference, "empechement", "Un incendie a détruit son atelier.")
    with pytest.raises(RegleEnfreinte, match="celle que vous remplacez"):
        a_plusieurs(ouvert, 1, remplacement=reprise)


@pytest.mark.moteurs
@pytest.mark.django_db
def test_valider_a_deux_relit_chaque_offre_retenue(ouvert, monkeypatch):
    ouvert.consultation.organisme.__class__.objects.update(publication_a_deux=True)
    proposee = a_plusieurs(ouvert, 1)
    monkeypatch.setattr(
        "beffroi.choix.attribution.services.decisions.fichiers_retenus",
        lambda pli, lot: ["offre.pdf"] if pli == ouvert.plis[1] else [],
    )

    with pytest.raises(RegleEnfreinte, match=r"offre\.pdf"):
        services.valider(attribution=proposee, par=ouvert.helene, maintenant=DECISION_LE)


# ---------------------------------------------------------------- le formulaire, sans base

PLIS = [SimpleNamespace(reference=f"D-{rang}") for rang in range(3)]
OFFRES = [SimpleNamespace(pli=pli, nom=f"Entreprise {pli.reference}") for pli in PLIS]
# La troisième réponse est première, la première est deuxième.
PLACES = [
    classement.Place(PLIS[i], 0, rang, None, Decimal(rang))
    for rang, i in enumerate((2, 0, 1), start=1)
]


def remplir(saisie=None, *, places=PLACES, annonces=2):
    return AttribuerAPlusieursForm(
        saisie, actuelle=None, offres=OFFRES, places=places, annonces=annonces
    )


def test_le_formulaire_coche_d_avance_les_premieres_du_classement():
    cochees = [nom for nom, coche in remplir().initial.items() if coche is True]

    assert cochees == ["retenir-D-2", "retenir-D-0"]
    assert "titulaires_prevus" not in remplir().fields


def test_le_formulaire_rend_les_cochees_dans_l_ordre_du_classement():
    form = remplir(
        {
            "motif": "Les mieux classées.",
            "retenir-D-0": "on",
            "montant-D-0": "12 000",
            "retenir-D-2": "on",
            "montant-D-2": "13 000,50",
        }
    )

    assert form.is_valid(), form.errors
    assert [
        (choisie.pli.reference, str(choisie.montant)) for choisie in form.projet().choisies
    ] == [
        ("D-2", "13000.50"),
        ("D-0", "12000"),
    ]
    assert form.projet().titulaires_prevus == 2


def test_le_formulaire_demande_le_montant_de_chaque_cochee_et_combien_il_y_en_aura():
    form = remplir({"motif": "Seule.", "retenir-D-0": "on"}, places=[], annonces=None)

    assert not form.is_valid()
    assert set(form.errors) == {"montant-D-0", "titulaires_prevus"}
    assert "Retenez au moins une offre." in remplir({"motif": "x"}).non_field_errors()
