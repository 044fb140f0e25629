"""La facture d'une contribution émise :
elle dit l'appel au centime, passe les règles officielles, ou n'est pas remise.
"""

from decimal import Decimal

import pytest
from lxml import etree

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.contributions.tests.gestes import JANVIER
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.services.parametres import decider
from beffroi.centre.facturation import composition, remise
from beffroi.centre.facturation.creancier import Creancier, creancier
from beffroi.centre.facturation.lecture import a_facturer
from beffroi.centre.facturation.tests.gestes import a_facturer_a, rendre
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from formats.facture import RegimeDeTva, verifier, xml_de
from formats.facture.ubl import ESPACES

pytestmark = pytest.mark.django_db


def le_creancier() -> Creancier:
    return creancier(le=JANVIER.date())


def dire(par: Utilisateur, nom: str, valeur: str) -> None:
    decider(
        nom=nom,
        valeur=valeur,
        effet_le=JANVIER.date(),
        deliberation="2026-1",
        par=par,
        maintenant=JANVIER,
    )


@pytest.mark.parametrize("forme", remise.FORMES.values(), ids=lambda forme: forme.nom)
@pytest.mark.parametrize("tva", list(Convention.Tva))
def test_une_contribution_emise_et_son_avoir_sont_remis_dans_chaque_forme(
    emis, olivier, forme, tva, ouvrier
):
    rendre("Ville de Béthune", "12.50", par=olivier)
    Convention.objects.update(tva=tva)

    for avoir in (False, True):
        octets = remise.remettre(
            a_facturer_a(emis, "Ville de Béthune", avoir=avoir), forme, centre=le_creancier()
        )
        assert verifier(octets, ouvrier=ouvrier).est_bon


def test_la_somme_due_est_l_appel_au_centime_et_les_lignes_la_font(emis):
    for une in a_facturer(emis):
        composee = composition.facture(une, centre=le_creancier())

        assert composee.a_payer == une.contribution.montant > 0
        assert (
            sum(ligne.montant for ligne in composee.lignes) + composee.tva + composee.ajustement
            == composee.a_payer
        )


def test_un_etat_neant_et_un_appel_qui_n_est_pas_emis_ne_se_facturent_pas(emis):
    assert {une.contribution.nom for une in a_facturer(emis)} == {
        "Ville de Béthune",
        "Ville sans adresse",
    }
    assert Contribution.objects.filter(emise_le__isnull=False).count() == 3


def test_l_avoir_nomme_la_facture_qu_il_corrige(emis, olivier):
    rendre("Ville de Béthune", "12.50", par=olivier)
    facture, avoir = (a_facturer_a(emis, "Ville de Béthune", avoir=rang) for rang in (False, True))

    racine = etree.fromstring(remise.remettre(avoir, remise.UBL, centre=le_creancier()))

    assert etree.QName(racine).localname == "CreditNote"
    corrigee = racine.findtext(
        "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID", namespaces=ESPACES
    )
    assert corrigee == facture.numero
    assert (
        racine.findtext("cac:LegalMonetaryTotal/cbc:PayableAmount", namespaces=ESPACES) == "12.50"
    )
    assert "Mandat" not in racine.findtext("cac:PaymentTerms/cbc:Note", namespaces=ESPACES)


def test_le_pdf_porte_le_meme_montant_et_le_meme_numero_que_l_appel(emis):
    une = a_facturer_a(emis, "Ville de Béthune")

    xml = xml_de(remise.remettre(une, remise.FACTURX, centre=le_creancier())).decode()

    assert f">{une.contribution.montant:.2f}</ram:DuePayableAmount>" in xml
    assert f"<ram:ID>{une.numero}</ram:ID>" in xml


@pytest.mark.parametrize(
    ("champ", "valeur", "attendu"),
    [
        ("adresse", "", "L'adresse de l'adhérent n'est pas connue."),
        ("ville", "", "Le code postal ou la ville de l'adhérent n'est pas connu."),
    ],
)
def test_ce_qui_manque_a_l_adherent_se_lit_et_la_facture_n_est_pas_remise(
    emis, champ, valeur, attendu
):
    Adherent.objects.update(**{champ: valeur})

    with pytest.raises(RegleEnfreinte, match=attendu):
        remise.remettre(a_facturer_a(emis, "Ville de Béthune"), remise.UBL, centre=le_creancier())


def test_un_siret_faux_est_refuse_par_nous_que_la_norme_laisserait_passer(emis):
    Organisme.objects.filter(role="exploitant").update(siret="28620001900012")

    with pytest.raises(RegleEnfreinte, match=r"28620001900012, n'est pas un numéro juste"):
        remise.remettre(a_facturer_a(emis, "Ville de Béthune"), remise.UBL, centre=le_creancier())


def test_ce_que_les_regles_officielles_refusent_n_est_pas_remis(emis, monkeypatch):
    """Une facture mal composée par nous est arrêtée par le contrôle, avec sa règle."""
    une, juste = a_facturer_a(emis, "Ville de Béthune"), remise.en_ubl
    monkeypatch.setattr(
        remise, "en_ubl", lambda facture: juste(facture).replace(b">EUR<", b">EUX<")
    )

    with pytest.raises(RegleEnfreinte, match="BR-CL-04"):
        remise.remettre(une, remise.UBL, centre=le_creancier())


def test_sans_les_regles_officielles_rien_n_est_remis(emis, monkeypatch):
    monkeypatch.setattr("formats.facture.officiel.dossier", lambda: None)

    with pytest.raises(RegleEnfreinte, match="Pas vérifié"):
        remise.remettre(a_facturer_a(emis, "Ville de Béthune"), remise.UBL, centre=le_creancier())


def test_la_convention_decide_du_regime(emis):
    Convention.objects.update(tva=Convention.Tva.ASSUJETTIE)

    composee = composition.facture(a_facturer_a(emis, "Ville de Béthune"), centre=le_creancier())

    assert composee.regime is RegimeDeTva.ASSUJETTIE and composee.tva > 0
    assert composee.hors_taxe + composee.tva + composee.ajustement == composee.a_payer != Decimal(0)


def test_le_nom_et_le_siege_sont_ceux_que_les_conventions_portent(emis, olivier):
    dire(olivier, "centre", "Centre de gestion de l'exemple")
    dire(olivier, "siege_du_centre", "12 place du Beffroi, 59000 Lille")
    racine = etree.fromstring(
        remise.remettre(a_facturer_a(emis, "Ville de Béthune"), remise.UBL, centre=le_creancier())
    )
    vendeur = racine.find(".//cac:AccountingSupplierParty", ESPACES)

    assert "Centre de gestion de l'exemple" in vendeur.itertext()
    assert {"12 place du Beffroi", "59000", "Lille"} <= set(vendeur.itertext())


def test_un_siege_qui_ne_se_decoupe_pas_laisse_l_adresse_de_l_annuaire(emis, olivier):
    avant = le_creancier().partie.adresse
    dire(olivier, "siege_du_centre", "Place du Beffroi")

    assert le_creancier().partie.adresse == avant
