"""Ce qui suit l'appel de janvier :
qui reste à appeler et pour quand, un complément, une régularisation.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from beffroi.centre.contributions import queries, suites
from beffroi.centre.contributions.gel import d_avant
from beffroi.centre.contributions.models import Avoir, Contribution, Exercice
from beffroi.centre.contributions.services import avoirs
from beffroi.centre.contributions.services import exercice as services
from beffroi.centre.contributions.services.emission import appel_de
from beffroi.centre.contributions.services.suites import completer, regulariser
from beffroi.centre.contributions.services.tarif import choisir
from beffroi.centre.contributions.tests.gestes import (
    JANVIER,
    centre,
    creer_des_consultations,
    declarer,
    mener,
    sans_insecables,
    sous_convention,
    tout_decider,
)
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.taches import vider_la_file

pytestmark = [pytest.mark.django_db, pytest.mark.base, pytest.mark.usefixtures("grille")]
JUILLET = datetime(2027, 7, 15, 9, tzinfo=UTC)
L_AN_D_APRES = datetime(2028, 1, 3, 9, tzinfo=UTC)


def emis(fanny, olivier, exercice: Exercice | None = None, *, le: datetime = JANVIER) -> Exercice:
    """Un appel, mené de « figer » à « émettre »."""
    exercice = exercice or services.ouvrir(annee=2027, par=fanny, maintenant=le)
    for acte in (services.figer, services.simuler):
        exercice = acte(exercice=exercice, par=fanny, maintenant=le)
    tout_decider(exercice, par=fanny, le=le)
    exercice = services.preparer(exercice=exercice, par=fanny, maintenant=le)
    exercice = services.valider(exercice=exercice, par=olivier, maintenant=le)
    return services.emettre(exercice=exercice, par=olivier, maintenant=le)


def complete(fanny, olivier) -> Exercice:
    return emis(fanny, olivier, completer(annee=2027, par=fanny, maintenant=JUILLET), le=JUILLET)


def regularise(fanny, olivier) -> Exercice:
    ouvert = regulariser(annee=2027, par=fanny, maintenant=L_AN_D_APRES)
    return emis(fanny, olivier, ouvert, le=L_AN_D_APRES)


def de_la_suite(exercice: Exercice) -> list[tuple[str, Decimal | None]]:
    return list(exercice.contributions.order_by("nom").values_list("nom", "montant"))


# ---------------------------------------------------------------- qui reste à appeler


def test_une_adhesion_depuis_l_appel_est_a_appeler_dans_les_trente_jours_de_son_effet(
    fanny, olivier
):
    sous_convention(1)
    emis(fanny, olivier)
    sous_convention(2, debut=date(2027, 7, 1))

    (reste,) = suites.a_appeler(2027, {})

    assert (reste.adherent.nom, reste.effet, reste.limite) == (
        "Commune 0002",
        date(2027, 7, 1),
        date(2027, 7, 31),
    )


def test_passe_ce_jour_l_adhesion_est_en_retard(fanny, olivier):
    sous_convention(1)
    emis(fanny, olivier)
    sous_convention(2, debut=date(2027, 7, 1))

    retards = [
        next(suites.suites(jour=jour)).en_retard for jour in (date(2027, 7, 31), date(2027, 8, 1))
    ]

    assert retards == [0, 1]


@pytest.mark.moteurs
def test_une_adhesion_du_debut_de_l_annee_a_jusqu_au_31_janvier_au_moins(fanny, olivier):
    emis_sans = sous_convention(1, agents=None)
    sous_convention(2)
    emis(fanny, olivier)

    (reste,) = suites.a_appeler(2027, {})

    assert (reste.adherent, reste.limite, reste.agents) == (emis_sans, date(2027, 1, 31), None)


def test_rien_a_appeler_coute_une_lecture_de_plus_qu_aucune_convention(
    fanny, olivier, django_assert_max_num_queries
):
    for rang in range(1, 6):
        sous_convention(rang)
    emis(fanny, olivier)

    with django_assert_max_num_queries(8):
        assert list(suites.suites(jour=date(2027, 7, 1))) == []


# ---------------------------------------------------------------- le complément


def test_un_complement_n_appelle_que_l_adhesion_nouvelle_et_au_prorata(fanny, olivier):
    sous_convention(1)
    emis(fanny, olivier)
    sous_convention(2, debut=date(2027, 7, 1), volume_estime=60)

    complement = complete(fanny, olivier)

    assert (complement.cle, complement.etat) == ("2027-1", "emis")
    assert de_la_suite(complement) == [("Commune 0002", Decimal("252.05"))]
    assert suites.a_appeler(2027, {}) == []


def test_les_numeros_d_appel_se_suivent_dans_l_annee(fanny, olivier):
    sous_convention(1)
    sous_convention(2)
    emis(fanny, olivier)
    sous_convention(3, debut=date(2027, 7, 1))

    complete(fanny, olivier)

    assert list(Contribution.objects.order_by("numero").values_list("numero", flat=True)) == [
        1,
        2,
        3,
    ]


def test_un_effectif_declare_apres_l_appel_entre_au_complement(fanny, olivier):
    tard = sous_convention(1, agents=None)
    sous_convention(2)
    emis(fanny, olivier)
    declarer(tard, 420)

    assert de_la_suite(complete(fanny, olivier)) == [("Commune 0001", Decimal(250))]


@pytest.mark.moteurs
def test_un_complement_se_refuse_s_il_ne_reste_que_des_effectifs_jamais_declares(fanny, olivier):
    sous_convention(1, agents=None)
    emis(fanny, olivier)

    with pytest.raises(RegleEnfreinte, match="Personne n'est à appeler"):
        completer(annee=2027, par=fanny, maintenant=JUILLET)


def test_un_complement_attend_que_l_appel_precedent_soit_emis(fanny):
    sous_convention(1)
    mener(2027, "figer", par=fanny)
    sous_convention(2, debut=date(2027, 7, 1))

    with pytest.raises(RegleEnfreinte, match="n'est pas émis"):
        completer(annee=2027, par=fanny, maintenant=JUILLET)


def test_un_complement_garde_la_grille_et_les_choix_de_son_annee(fanny, olivier):
    sous_convention(1)
    annuel = emis(fanny, olivier)
    sous_convention(2, debut=date(2027, 7, 1))
    choisir(
        cle="prorata",
        valeur="mois_entame",
        effet=date(2027, 1, 1),
        deliberation="2027-9",
        par=fanny,
        maintenant=JUILLET,
    )

    complement = complete(fanny, olivier)

    assert (complement.grille, complement.parametres) == (annuel.grille, annuel.parametres)


def test_la_base_refuse_d_appeler_deux_fois_un_adherent_la_meme_annee(fanny, olivier):
    qui = sous_convention(1)
    emis(fanny, olivier)
    sous_convention(2, debut=date(2027, 7, 1))
    complement = completer(annee=2027, par=fanny, maintenant=JUILLET)
    services.figer(exercice=complement, par=fanny, maintenant=JUILLET)
    services.simuler(exercice=complement, par=fanny, maintenant=JUILLET)
    Contribution.objects.filter(exercice=complement).update(adherent=qui)

    with pytest.raises(DatabaseError), transaction.atomic():
        Contribution.objects.filter(exercice=complement).update(numero=9, emise_le=JUILLET)


# ---------------------------------------------------------------- la régularisation


def a_regulariser(fanny, **choix):
    """Ces choix, et le compte pris à la création :
    publier demanderait des clés que ces tests ne regardent pas.
    """
    for cle, valeur in {"fait_generateur": "creation", **choix}.items():
        choisir(
            cle=cle,
            valeur=valeur,
            effet=date(2026, 1, 1),
            deliberation="2025-4",
            par=fanny,
            maintenant=JANVIER,
        )


def test_un_volume_sous_estime_donne_un_appel_complementaire_de_la_difference(fanny, olivier):
    a_regulariser(fanny, base_volume="n_estime_regularise")
    qui = sous_convention(1, volume_estime=10)
    emis(fanny, olivier)
    creer_des_consultations(qui, 60)

    regularisation = regularise(fanny, olivier)

    ligne = regularisation.contributions.get()
    assert (ligne.volume, ligne.tranche, ligne.deja_appele, ligne.montant) == (
        60,
        2,
        Decimal(250),
        Decimal(250),
    )
    assert ligne.numero == 2


def test_un_volume_surestime_donne_un_avoir_de_regularisation(fanny, olivier):
    a_regulariser(fanny, base_volume="n_estime_regularise")
    qui = sous_convention(1, volume_estime=200)
    emis(fanny, olivier)
    creer_des_consultations(qui, 60)

    ligne = regularise(fanny, olivier).contributions.get()

    assert (ligne.montant, ligne.a_rendre) == (Decimal(0), Decimal(500))
    assert list(Avoir.objects.values_list("contribution", "motif", "montant")) == [
        (ligne.regularise_id, "regularisation", Decimal(500))
    ]


def test_la_premiere_annee_se_regularise_et_les_autres_non(fanny, olivier):
    a_regulariser(fanny, premiere_annee="regularisation")
    sous_convention(1)
    nouvelle = sous_convention(2, debut=date(2027, 1, 1), volume_estime=10)
    emis(fanny, olivier)
    creer_des_consultations(nouvelle, 60)

    assert de_la_suite(regularise(fanny, olivier)) == [("Commune 0002", Decimal(250))]


@pytest.mark.parametrize(
    "choix", [{}, {"premiere_annee": "t1"}, {"base_volume": "n_constate_appele_n_plus_1"}]
)
def test_sans_rien_d_estime_a_reprendre_rien_ne_se_regularise(fanny, olivier, choix):
    a_regulariser(fanny, **choix)
    sous_convention(1, debut=date(2027, 1, 1), volume_estime=10)
    emis(fanny, olivier, le=L_AN_D_APRES)

    with pytest.raises(RegleEnfreinte, match="Rien n'est à régulariser"):
        regulariser(annee=2027, par=fanny, maintenant=L_AN_D_APRES)


def test_une_annee_qui_court_ne_se_regularise_pas(fanny, olivier):
    a_regulariser(fanny, base_volume="n_estime_regularise")
    sous_convention(1, volume_estime=10)
    emis(fanny, olivier)

    with pytest.raises(RegleEnfreinte, match="le 2 janvier 2028 au plus tôt"):
        regulariser(annee=2027, par=fanny, maintenant=JUILLET)


def test_un_depart_deja_rendu_ne_se_rend_pas_une_seconde_fois(fanny, olivier):
    a_regulariser(fanny, base_volume="n_estime_regularise")
    qui = sous_convention(1, volume_estime=60)
    emis(fanny, olivier)
    qui.conventions.update(fin=date(2027, 6, 30))
    depart = {"par": olivier, "maintenant": JUILLET}
    rendu = avoirs.rendre_apres_un_depart(contribution=Contribution.objects.get(), **depart)
    creer_des_consultations(qui, 60)

    ligne = regularise(fanny, olivier).contributions.get()

    assert (rendu.montant, ligne.deja_appele) == (Decimal("252.05"), Decimal("247.95"))
    assert (ligne.montant, ligne.a_rendre) == (0, 0)


def test_un_avoir_attend_la_regularisation_en_preparation(fanny, olivier):
    a_regulariser(fanny, base_volume="n_estime_regularise")
    sous_convention(1, volume_estime=10)
    emis(fanny, olivier)
    ouverte = regulariser(annee=2027, par=fanny, maintenant=L_AN_D_APRES)
    services.figer(exercice=ouverte, par=fanny, maintenant=L_AN_D_APRES)
    rendu = avoirs.Rendu("erreur", Decimal(10), "Erreur.")

    with pytest.raises(ConflitEtat, match="régularisation est en préparation"):
        avoirs.accorder(
            contribution=Contribution.objects.get(regularise=None),
            rendu=rendu,
            par=olivier,
            maintenant=L_AN_D_APRES,
        )


def test_rejouee_une_annee_regularisee_rend_les_memes_centimes(fanny, olivier):
    a_regulariser(fanny, base_volume="n_estime_regularise")
    for rang, estime in enumerate((10, 60, 200), start=1):
        creer_des_consultations(
            sous_convention(rang, volume_estime=estime, debut=date(2027, rang, 3)), 55
        )
    emis(fanny, olivier)
    regularise(fanny, olivier)

    rejeu = queries.rejouer(2027)

    assert (rejeu.lignes, rejeu.ecarts) == (6, [])


@pytest.mark.moteurs
def test_un_avoir_de_regularisation_falsifie_se_voit_au_rejeu(fanny, olivier):
    a_regulariser(fanny, base_volume="n_estime_regularise")
    creer_des_consultations(sous_convention(1, volume_estime=200), 60)
    emis(fanny, olivier)
    ouverte = regulariser(annee=2027, par=fanny, maintenant=L_AN_D_APRES)
    for acte in (services.figer, services.simuler):
        ouverte = acte(exercice=ouverte, par=fanny, maintenant=L_AN_D_APRES)
    ouverte.contributions.update(a_rendre=Decimal(400))

    assert len(queries.rejouer(2027).ecarts) == 1


def test_l_an_d_apres_se_compare_a_ce_qui_reste_appele_apres_la_regularisation(fanny, olivier):
    a_regulariser(fanny, base_volume="n_estime_regularise")
    qui = sous_convention(1, volume_estime=200)
    emis(fanny, olivier)
    creer_des_consultations(qui, 60)
    regularise(fanny, olivier)

    assert d_avant(2028) == {qui.pk: (2, Decimal(500))}


# ---------------------------------------------------------------- les écrans


def test_la_liste_montre_l_adhesion_en_retard_et_ouvre_le_complement(fanny, olivier, monkeypatch):
    monkeypatch.setattr(
        "beffroi.centre.contributions.views.appel.maintenant",
        lambda: datetime(2027, 8, 2, tzinfo=UTC),
    )
    monkeypatch.setattr(
        "beffroi.centre.contributions.views.suites.maintenant",
        lambda: datetime(2027, 8, 2, tzinfo=UTC),
    )
    sous_convention(1)
    emis(fanny, olivier)
    sous_convention(2, debut=date(2027, 7, 1))
    client = connecter(Client(), fanny)

    page = sans_insecables(client.get("/cdg/contributions/").content.decode())
    reponse = client.post("/cdg/contributions/2027/suite/complement/")

    assert ("En retard" in page, "31 juillet 2027" in page) == (True, True)
    assert (reponse.status_code, reponse.url) == (302, "/cdg/contributions/2027-1/")
    assert "Complément 2027-1" in client.get(reponse.url).content.decode()


def test_le_document_d_une_regularisation_dit_ce_qui_etait_appele_et_ce_qui_se_rend(fanny, olivier):
    a_regulariser(fanny, base_volume="n_estime_regularise")
    creer_des_consultations(sous_convention(1, volume_estime=200), 60)
    emis(fanny, olivier)
    ligne = regularise(fanny, olivier).contributions.select_related("exercice__grille").get()

    document = appel_de(ligne, centre=centre())

    texte = str(document).replace("\\xa0", " ").replace("\\u202f", " ")
    assert document.titre == "Régularisation de contribution 2027"
    assert "À votre crédit" in texte and "500,00 €" in texte and "1 000,00 €" in texte


@pytest.mark.moteurs
def test_l_adherent_recoit_un_document_et_un_courriel_de_sa_regularisation(fanny, olivier):
    a_regulariser(fanny, base_volume="n_estime_regularise")
    creer_des_consultations(sous_convention(1, volume_estime=200, courriel="mairie@c1.example"), 60)
    emis(fanny, olivier)
    regularise(fanny, olivier)
    vider_la_file()

    assert Contribution.objects.exclude(document={}).count() == 2
    assert "vous sont rendus par un avoir" in Courriel.objects.latest("pk").texte
