"""L'appel d'une année : figé, calculé, vérifié, validé à deux, émis une fois, rejoué au centime."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from beffroi.centre.contributions import queries
from beffroi.centre.contributions.models import Avoir, Contribution, Exercice
from beffroi.centre.contributions.services import avoirs, avoirs_a_deux, comptes
from beffroi.centre.contributions.services import exercice as services
from beffroi.centre.contributions.services.tarif import Deliberation, choisir
from beffroi.centre.contributions.tests.gestes import (
    JANVIER,
    LUNDI,
    garder_la_grille,
    ligne,
    mener,
    sous_convention,
    tout_decider,
)
from beffroi.centre.tarif.rules.grille import TrancheTarifaire as Tranche
from beffroi.centre.tarif.rules.grille import tarif_de_l_annexe
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte

pytestmark = [pytest.mark.django_db, pytest.mark.base, pytest.mark.usefixtures("grille")]
APERCU = ("figer", "simuler")


def montants() -> dict[str, Decimal | None]:
    return dict(Contribution.objects.values_list("nom", "montant"))


def test_l_appel_compte_chaque_adherent_dont_la_convention_couvre_un_jour(fanny):
    sous_convention(1)
    sous_convention(2, agents=80)
    sous_convention(3, fin=date(2026, 12, 31))
    sous_convention(4, debut=date(2028, 1, 1))

    mener(2027, *APERCU, par=fanny)

    assert montants() == {"Commune 0001": Decimal(250), "Commune 0002": Decimal(0)}


def test_une_adhesion_en_cours_d_annee_paie_ses_jours_sur_son_volume_estime(fanny):
    qui = sous_convention(1, debut=date(2027, 7, 1), volume_estime=60)

    mener(2027, *APERCU, par=fanny)

    contribution = ligne(qui)
    assert (contribution.montant, contribution.jours, contribution.tranche) == (
        Decimal("252.05"),
        184,
        2,
    )
    assert [une["code"] for une in contribution.anomalies] == ["adhesion"]


def test_qui_part_dans_l_annee_n_est_appele_que_pour_ses_jours_sauf_pour_impaye(fanny):
    sous_convention(1, fin=date(2027, 6, 30))
    sous_convention(2, fin=date(2027, 6, 30), fin_pour_impaye=True)

    mener(2027, *APERCU, par=fanny)

    assert montants() == {"Commune 0001": Decimal("123.97"), "Commune 0002": Decimal(250)}


def test_sans_effectif_declare_rien_n_est_appele_et_la_ligne_est_a_verifier(fanny):
    qui = sous_convention(1, agents=None)

    mener(2027, *APERCU, par=fanny)

    assert (ligne(qui).montant, ligne(qui).est_a_verifier) == (None, True)


@pytest.mark.parametrize(("choix", "montant"), [("gratuit", Decimal(0)), ("payant", Decimal(250))])
def test_a_350_agents_la_ligne_suit_le_choix_et_se_signale(fanny, choix, montant):
    choisir(
        cle="a_350_agents",
        valeur=choix,
        effet=date(2027, 1, 1),
        deliberation="D",
        par=fanny,
        maintenant=LUNDI,
    )
    qui = sous_convention(1, agents=350)

    mener(2027, *APERCU, par=fanny)

    assert (ligne(qui).montant, ligne(qui).anomalies[0]["code"]) == (montant, "au_seuil")


def test_l_appel_ne_s_ouvre_pas_avant_le_2_janvier(fanny):
    with pytest.raises(RegleEnfreinte, match="2 janvier 2027"):
        services.ouvrir(annee=2027, par=fanny, maintenant=datetime(2026, 12, 31, 12, tzinfo=UTC))


@pytest.mark.moteurs
def test_qui_ouvre_en_second_lit_qui_a_ouvert_et_il_n_y_a_qu_un_appel(fanny, olivier):
    mener(2027, par=fanny)

    with pytest.raises(ConflitEtat, match="Fanny Delattre a déjà ouvert l'appel 2027"):
        services.ouvrir(annee=2027, par=olivier, maintenant=JANVIER)
    assert Exercice.objects.count() == 1


def test_sans_grille_en_vigueur_rien_ne_se_fige(fanny):
    with pytest.raises(RegleEnfreinte, match="Aucune grille n'est en vigueur au 1er janvier 2024"):
        mener(2024, "figer", par=fanny)


def test_une_grille_et_un_choix_d_apres_ne_changent_pas_un_appel_fige(fanny):
    qui = sous_convention(1)
    mener(2027, "figer", par=fanny)
    chere = replace(tarif_de_l_annexe(), au_dela=(Tranche(1, 0, None, Decimal(9_000)),))
    garder_la_grille(fanny, tarif=chere, acte=Deliberation("2024-99", date(2024, 12, 20)))
    choisir(
        cle="prorata",
        valeur="mois_entame",
        effet=date(2025, 1, 1),
        deliberation="D",
        par=fanny,
        maintenant=LUNDI,
    )

    mener(2027, "simuler", par=fanny)

    assert ligne(qui).montant == 250
    assert queries.exercice_pour(2027).parametres["prorata"] == "jours"


def test_recalculer_rend_les_memes_centimes(fanny):
    sous_convention(1, debut=date(2027, 3, 14), volume_estime=160)
    avant = mener(2027, *APERCU, par=fanny) and montants()

    mener(2027, "simuler", "simuler", par=fanny)

    assert montants() == avant


def test_il_faut_avoir_tout_verifie_pour_valider(fanny):
    qui = sous_convention(1, agents=350)
    exercice = mener(2027, *APERCU, par=fanny)

    with pytest.raises(RegleEnfreinte, match="1 adhérent reste à vérifier"):
        services.preparer(exercice=exercice, par=fanny, maintenant=JANVIER)
    tout_decider(exercice, par=fanny)
    assert ligne(qui).decision == "juste"
    assert services.preparer(exercice=exercice, par=fanny, maintenant=JANVIER).etat == "prepare"


def verifies(*, par) -> None:
    tout_decider(Exercice.objects.get(), par=par)


def emis(fanny, olivier) -> Exercice:
    mener(2027, *APERCU, par=fanny)
    verifies(par=fanny)
    return mener(2027, "preparer", "valider", "emettre", par=fanny, ordonnateur=olivier)


def test_la_meme_personne_ne_valide_pas_deux_fois(fanny):
    sous_convention(1)
    mener(2027, *APERCU, par=fanny)
    verifies(par=fanny)

    with pytest.raises(RegleEnfreinte, match="Une autre personne valide en second"):
        mener(2027, "preparer", "valider", par=fanny)


def test_la_base_elle_meme_refuse_que_la_meme_personne_valide_deux_fois(fanny):
    sous_convention(1)
    mener(2027, *APERCU, par=fanny)
    verifies(par=fanny)
    exercice = mener(2027, "preparer", par=fanny)

    with pytest.raises(DatabaseError), transaction.atomic():
        Exercice.objects.filter(pk=exercice.pk).update(valide_par=fanny)


@pytest.mark.moteurs
def test_la_seconde_personne_peut_rendre_l_appel_avec_sa_raison(fanny, olivier):
    sous_convention(1)
    mener(2027, *APERCU, par=fanny)
    verifies(par=fanny)
    exercice = mener(2027, "preparer", par=fanny)

    rendu = services.renvoyer(exercice=exercice, motif="Avion ?", par=olivier, maintenant=JANVIER)

    assert (rendu.etat, rendu.prepare_par) == ("simule", None)


@pytest.mark.moteurs
def test_emettre_numerote_les_appels_et_les_etats_neant_mais_pas_qui_n_a_pas_d_effectif(
    fanny, olivier
):
    sous_convention(1)
    sous_convention(2, agents=80)
    sous_convention(3, agents=None)

    emis(fanny, olivier)

    numeros = dict(Contribution.objects.values_list("nom", "numero"))
    assert numeros == {"Commune 0001": 1, "Commune 0002": 2, "Commune 0003": None}


def test_emettre_deux_fois_n_emet_qu_une_fois_et_le_dit(fanny, olivier):
    sous_convention(1)
    exercice = emis(fanny, olivier)

    with pytest.raises(ConflitEtat, match="L'appel 2027 en est à « Émis »"):
        services.emettre(exercice=exercice, par=olivier, maintenant=JANVIER)


@pytest.mark.parametrize(
    "colonne", ["montant = 1", "comptees = 9", "numero = 4", "motifs = '[]'", "nom = 'X'"]
)
def test_la_base_refuse_de_changer_une_contribution_emise(fanny, olivier, colonne):
    sous_convention(1)
    emis(fanny, olivier)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(f"UPDATE contributions_contribution SET {colonne}")


def test_la_base_refuse_une_seconde_contribution_du_meme_adherent(fanny):
    qui = sous_convention(1)
    mener(2027, "figer", par=fanny)
    double = ligne(qui)
    double.pk, double.reference = None, "CT-22222222"

    with pytest.raises(DatabaseError), transaction.atomic():
        double.save()


def test_rejoue_de_ses_entrees_figees_l_appel_rend_les_memes_centimes(fanny, olivier):
    for rang in range(1, 8):
        sous_convention(
            rang, agents=340 + 10 * rang, debut=date(2027, rang, 3), volume_estime=rang * 55
        )
    emis(fanny, olivier)

    rejeu = queries.rejouer(2027)
    assert (rejeu.lignes, rejeu.ecarts) == (7, [])
    assert rejeu.total == sum(montants().values())


@pytest.mark.moteurs
def test_un_montant_qui_ne_vient_pas_de_ses_entrees_se_voit_au_rejeu(fanny):
    qui = sous_convention(1)
    mener(2027, *APERCU, par=fanny)
    Contribution.objects.filter(adherent=qui).update(montant=Decimal("251.00"))

    assert queries.rejouer(2027).ecarts == [
        f"{ligne(qui).reference}, Commune 0001 : 251.00 gardé, 250.00 rejoué."
    ]


# ---------------------------------------------------------------- avoirs


def test_qui_part_apres_l_appel_a_l_avoir_de_ses_jours_une_fois(fanny, olivier):
    qui = sous_convention(1)
    emis(fanny, olivier)
    qui.conventions.update(fin=date(2027, 6, 30))
    depart = {"par": olivier, "maintenant": JANVIER}

    avoir = avoirs.rendre_apres_un_depart(contribution=ligne(qui), **depart)

    assert (avoir.montant, ligne(qui).montant - avoir.montant) == (
        Decimal("126.03"),
        Decimal("123.97"),
    )
    with pytest.raises(ConflitEtat, match="déjà accordé"):
        avoirs.rendre_apres_un_depart(contribution=ligne(qui), **depart)


def test_qui_part_pour_impaye_apres_l_appel_n_a_pas_d_avoir(fanny, olivier):
    qui = sous_convention(1)
    emis(fanny, olivier)
    qui.conventions.update(fin=date(2027, 6, 30), fin_pour_impaye=True)

    rendu = avoirs.rendre_apres_un_depart(contribution=ligne(qui), par=olivier, maintenant=JANVIER)

    assert rendu is None


def test_un_avoir_ne_rend_jamais_plus_que_l_appel(fanny, olivier):
    qui = sous_convention(1)
    emis(fanny, olivier)
    rendu = avoirs.Rendu("erreur", Decimal("200.00"), "Erreur de tranche.")
    avoirs.accorder(contribution=ligne(qui), rendu=rendu, par=olivier, maintenant=JANVIER)

    with pytest.raises(RegleEnfreinte, match="50"):
        avoirs.accorder(contribution=ligne(qui), rendu=rendu, par=olivier, maintenant=JANVIER)
    assert Avoir.objects.count() == 1


def test_rien_ne_se_rend_d_un_appel_pas_encore_emis(fanny, olivier):
    qui = sous_convention(1)
    mener(2027, *APERCU, par=fanny)

    with pytest.raises(ConflitEtat, match="pas émise"):
        avoirs.accorder(
            contribution=ligne(qui),
            rendu=avoirs.Rendu("erreur", Decimal(1), "X"),
            par=olivier,
            maintenant=JANVIER,
        )


# ---------------------------------------------------------------- contester


def contester(qui, par, *, le=JANVIER):
    return comptes.contester(
        contribution=ligne(qui), texte="Deux doublons.", par=par, maintenant=le
    )


def test_contester_n_arrete_pas_l_appel_et_une_contestation_fondee_propose_un_avoir(fanny, olivier):
    qui = sous_convention(1)
    mener(2027, *APERCU, par=fanny)
    contestation = contester(qui, olivier)
    emis_malgre_tout = emis_apres(fanny, olivier)

    comptes.repondre(
        contestation=contestation,
        reponse=comptes.Reponse("fondee", "Deux doublons.", Decimal(50)),
        par=fanny,
        maintenant=JANVIER,
    )

    assert emis_malgre_tout.etat == "emis" and not Avoir.objects.exists()
    avoirs_a_deux.accorder_ce_qui_est_propose(
        contribution=ligne(qui), par=olivier, maintenant=JANVIER
    )
    assert list(Avoir.objects.values_list("motif", "montant")) == [("contestation", Decimal(50))]


def emis_apres(fanny, olivier) -> Exercice:
    verifies(par=fanny)
    return mener(2027, "preparer", "valider", "emettre", par=fanny, ordonnateur=olivier)


@pytest.mark.moteurs
def test_une_contestation_ne_recoit_qu_une_reponse(fanny, olivier):
    qui = sous_convention(1)
    mener(2027, *APERCU, par=fanny)
    contestation = contester(qui, olivier)
    rejet = comptes.Reponse("rejetee", "Toutes comptent.")
    comptes.repondre(contestation=contestation, reponse=rejet, par=fanny, maintenant=JANVIER)

    with pytest.raises(ConflitEtat, match="déjà sa réponse"):
        comptes.repondre(contestation=contestation, reponse=rejet, par=fanny, maintenant=JANVIER)


def test_passe_trente_jours_le_compte_ne_se_conteste_plus(fanny, olivier):
    qui = sous_convention(1)
    emis(fanny, olivier)

    with pytest.raises(RegleEnfreinte, match="trente jours"):
        contester(qui, olivier, le=datetime(2027, 2, 4, 12, tzinfo=UTC))
