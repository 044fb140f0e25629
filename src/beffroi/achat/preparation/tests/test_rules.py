"""Des réponses à la procédure, à l'achat et aux dates : des valeurs nues."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from beffroi.achat.consultations.rules.procedures import procedure
from beffroi.achat.preparation.rules import choix
from beffroi.achat.preparation.rules import reponses as r
from beffroi.achat.preparation.rules.composition import (
    FaitsDeLaConsultation,
    ccag_usuel,
    composer,
    type_d_acheteur,
)
from beffroi.achat.preparation.rules.dates import dates_proposees
from beffroi.achat.preparation.rules.procedure import procedure_retenue, proposition
from droit.achat import AccordCadre, Acheteur, Allotissement, Critere, Lot, Plateforme
from droit.calendrier.jours import est_ouvre
from formats.dates import PARIS

JOUR = date(2026, 11, 24)
TRAVAUX = r.Nature(prestation="travaux")
FAITS = FaitsDeLaConsultation(
    reference="2026-0001",
    titre="Toiture",
    objet="Refaire la toiture",
    lieu="Bomy",
    code_cpv="45261210-9",
    nature="travaux",
    procedure="procedure_adaptee_ouverte",
    acheteur=Acheteur(
        nom="Commune de Bomy", siret="21620152000013", adresse="1 place de la Mairie"
    ),
    plateforme=Plateforme(nom="Beffroi"),
    limite=None,
    derniere_question=None,
    adresse_de_remise="",
    lots=(),
    pieces=(),
    documents=(),
)


def reponses(montant: int, nature: r.Nature = TRAVAUX, **montants: object) -> r.Reponses:
    return r.Reponses(
        nature=nature, montant=r.Montant(estime=Decimal(montant), duree_en_mois=4, **montants)
    )


def propose(dites: r.Reponses):
    return proposition(dites, jour=JOUR, collectivite_territoriale=True)


@pytest.mark.parametrize(
    ("montant", "proposee", "retenue"),
    [
        (99_999, "sans_publicite", "procedure_adaptee_ouverte"),
        (100_000, "procedure_adaptee_ouverte", "procedure_adaptee_ouverte"),
        (5_403_999, "procedure_adaptee_ouverte", "procedure_adaptee_ouverte"),
        (5_404_000, "appel_offres_ouvert", "appel_offres_ouvert"),
    ],
)
def test_des_travaux_suivent_la_procedure_de_leur_montant(montant, proposee, retenue):
    trouvee = propose(reponses(montant))

    assert trouvee.procedure.valeur == proposee
    assert procedure_retenue(trouvee) == retenue


def test_la_publicite_suit_la_procedure_retenue_quand_celle_proposee_n_est_pas_menee():
    trouvee = propose(reponses(84_500))

    assert trouvee.procedure.valeur == "sans_publicite"
    assert trouvee.publicite.valeurs == ("profil",)


def test_une_procedure_choisie_l_emporte_sur_celle_proposee():
    assert (
        procedure_retenue(propose(reponses(150_000)), choisie="appel_offres_ouvert")
        == "appel_offres_ouvert"
    )


def test_les_achats_semblables_s_ajoutent_au_besoin():
    fournitures = r.Nature(prestation="fournitures")

    assert propose(reponses(50_000, fournitures)).procedure.valeur == "sans_publicite"
    assert (
        propose(reponses(50_000, fournitures, achats_semblables=Decimal(20_000))).procedure.valeur
        != "sans_publicite"
    )


def test_sans_montant_rien_n_est_propose():
    assert propose(r.Reponses(nature=TRAVAUX)) is None
    assert procedure_retenue(None, contrat="concession") == "concession_sous_le_seuil"


def test_une_commune_est_entite_adjudicatrice_pour_ses_reseaux():
    assert type_d_acheteur(TRAVAUX) == "pouvoir adjudicateur"
    assert type_d_acheteur(replace(TRAVAUX, opere_un_reseau=True)) == "entité adjudicatrice"
    assert (
        type_d_acheteur(r.Nature(prestation="services", contrat="concession"))
        == "autorité concédante"
    )


def test_l_achat_reunit_la_consultation_et_les_reponses():
    cadre = AccordCadre(maximum_en_valeur=Decimal(90_000))
    dites = replace(
        reponses(80_000, accord_cadre=cadre),
        jugement=r.Jugement(criteres=(Critere(nom="Prix", sorte="prix", poids=Decimal(60)),)),
        calendrier=r.Calendrier(envoi_de_l_avis=JOUR),
        exigences=r.Exigences(variantes="autorisées", validite_en_jours=90),
    )

    achat = composer(FAITS, dites)

    assert (achat.titre, achat.valeur_estimee, achat.dates.envoi_de_l_avis) == (
        "Toiture",
        Decimal(80_000),
        JOUR,
    )
    assert achat.techniques == ("accord_cadre",) and achat.execution.accord_cadre == cadre
    assert (achat.offre.variantes.regime, achat.offre.validite_en_jours) == ("autorisées", 90)
    assert achat.execution.ccag == "Travaux"
    assert achat.copie_de_sauvegarde.adresse == "1 place de la Mairie"


def test_les_lots_gardent_le_nom_de_la_consultation_et_le_montant_repondu():
    faits = replace(
        FAITS, lots=(Lot(numero=1, intitule="Couverture"), Lot(numero=2, intitule="Charpente"))
    )
    repondu = Allotissement(lots=(Lot(numero=1, intitule="Ancien nom", montant_estime=Decimal(5)),))

    lots = composer(faits, r.Reponses(allotissement=repondu)).allotissement.lots

    assert [(lot.intitule, lot.montant_estime) for lot in lots] == [
        ("Couverture", Decimal(5)),
        ("Charpente", None),
    ]


def test_le_cahier_general_suit_la_nature():
    assert (
        ccag_usuel(replace(TRAVAUX, prestation="services", maitrise_d_oeuvre=True))
        == "Maitrise d'œuvre"
    )
    assert ccag_usuel(r.Nature(prestation="services", contrat="concession")) == ""


@pytest.mark.parametrize(
    "cle", ["procedure_adaptee_ouverte", "appel_offres_ouvert", "concession_sous_le_seuil"]
)
def test_les_dates_proposees_se_suivent_et_tombent_des_jours_ouvres(cle):
    dates = dates_proposees(procedure(cle), acheteur="pouvoir_adjudicateur", aujourdhui=JOUR)
    limite = dates.limite.astimezone(PARIS).date()

    assert (
        JOUR
        < dates.envoi
        < dates.questions.date()
        < limite
        < dates.ouverture.date()
        < dates.debut_au_plus_tot
    )
    assert est_ouvre(dates.envoi) and est_ouvre(limite)
    assert limite - dates.envoi >= timedelta(days=30)


def test_des_reponses_se_gardent_et_se_relisent():
    dites = replace(
        reponses(80_000),
        allotissement=Allotissement(
            lots=(Lot(numero=1, intitule="A", montant_estime=Decimal("1.10")),)
        ),
    )

    assert r.lire(r.ecrire(dites)) == dites
    assert r.lire({}).restantes == r.QUESTIONS


def test_on_ne_choisit_qu_une_voie_permise_et_l_on_dit_pourquoi():
    voies = (voie := propose(reponses(150_000)).publicite).alternatives

    assert choix.peut_etre_choisie(
        cle="publicite", voies=voies, rang=0, motif="Le journal suffit."
    ).favorable
    assert not choix.peut_etre_choisie(cle="publicite", voies=voies, rang=0, motif=" ").favorable
    assert not choix.peut_etre_choisie(
        cle="publicite", voies=voies, rang=len(voies), motif="x"
    ).favorable
    assert voie.valeurs


def test_une_procedure_que_la_plateforme_ne_mene_pas_ne_se_choisit_pas():
    proposee = propose(reponses(6_000_000)).procedure
    menees = [
        choix.peut_etre_choisie(
            cle="procedure", voies=proposee.alternatives, rang=rang, motif="x"
        ).favorable
        for rang, _ in enumerate(proposee.alternatives)
    ]

    assert not all(menees)


def test_des_reponses_gardees_avant_les_particularites_se_relisent():
    anciennes = r.ecrire(replace(reponses(80_000), exigences=r.Exigences(validite_en_jours=90)))

    assert "particularites" not in anciennes
    assert r.lire(anciennes).particularites is None
    assert composer(FAITS, r.lire(anciennes)).execution.tranches == ()


@pytest.mark.article("CCP", "R. 2151-8")
def test_les_variantes_sont_proposees_interdites_tant_que_rien_n_est_dit():
    offre = composer(FAITS, reponses(80_000)).offre

    assert (offre.variantes.regime, offre.variantes.proposees) == ("interdites", True)
