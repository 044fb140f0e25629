"""Ce qui change après l'appel : un départ, un retour, une erreur rendue, des jours qui manquent."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from beffroi.centre.adherents.models import Adherent, Effectif
from beffroi.centre.adherents.services import Justificatif, declarer_l_effectif
from beffroi.centre.adherents.tests.gestes import ETAT
from beffroi.centre.contributions import queries, suites
from beffroi.centre.contributions.echeances import attendues
from beffroi.centre.contributions.models import Avoir, Contribution
from beffroi.centre.contributions.services import avoirs, comptes
from beffroi.centre.contributions.services import exercice as services
from beffroi.centre.contributions.services.emission import appel_de
from beffroi.centre.contributions.services.suites import completer
from beffroi.centre.contributions.services.tarif import choisir
from beffroi.centre.contributions.tests.gestes import (
    JANVIER,
    centre,
    convention_de,
    creer_des_consultations,
    ligne,
    mener,
    sans_insecables,
    sous_convention,
    tout_decider,
)
from beffroi.centre.contributions.tests.test_suites import a_regulariser, emis, regularise
from beffroi.centre.tarif.rules.contribution import Demande, calculer, du_apres_corrections
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.erreurs import RegleEnfreinte

pytestmark = [pytest.mark.django_db, pytest.mark.base, pytest.mark.usefixtures("grille")]
NOVEMBRE = datetime(2027, 11, 15, 9, tzinfo=UTC)
GRANDE = {"debut": date(2027, 1, 1), "volume_estime": 400}


def rendre(qui, olivier, montant: str, *, motif: str = "contestation") -> Avoir:
    rendu = avoirs.Rendu(motif, Decimal(montant), "Rendu.")
    return avoirs.accorder(contribution=ligne(qui), rendu=rendu, par=olivier, maintenant=JANVIER)


def partir(qui, olivier, fin: date, *, pour_impaye: bool = False) -> Avoir | None:
    qui.conventions.update(fin=fin, fin_pour_impaye=pour_impaye)
    return avoirs.rendre_apres_un_depart(contribution=ligne(qui), par=olivier, maintenant=NOVEMBRE)


# ---------------------------------------------------------------- un départ


def test_4000_appeles_2000_rendus_un_depart_au_31_octobre_ne_rend_que_334_euros_25(fanny, olivier):
    qui = sous_convention(1, **GRANDE)
    emis(fanny, olivier)
    rendre(qui, olivier, "2000")

    assert partir(qui, olivier, date(2027, 10, 31)).montant == Decimal("334.25")


def test_4000_appeles_2000_rendus_un_depart_au_30_juin_rend_1008_euros_22(fanny, olivier):
    qui = sous_convention(1, **GRANDE)
    emis(fanny, olivier)
    rendre(qui, olivier, "2000")

    assert partir(qui, olivier, date(2027, 6, 30)).montant == Decimal("1008.22")


@given(st.dates(date(2027, 1, 1), date(2027, 12, 31)), st.integers(0, 400_000))
def test_du_et_avoirs_font_toujours_l_appele(fin, centimes):
    appele, corrige = Decimal(4000), Decimal(centimes) / 100
    liquidation = calculer(Demande(420, 400, 2027, fin=fin))

    du = du_apres_corrections(liquidation, appele=appele, corrige=corrige)
    rendu = appele - corrige - du

    assert 0 <= rendu <= appele - corrige and du + corrige + rendu == appele
    assert du == du.quantize(Decimal("0.01"))


def test_la_convention_finie_pour_impaye_ne_rend_rien_quoi_qu_on_poste(fanny, olivier):
    qui = sous_convention(1)
    emis(fanny, olivier)
    qui.conventions.update(fin=date(2027, 6, 30), fin_pour_impaye=True)
    client = connecter(Client(), olivier)

    client.post(
        f"/cdg/contributions/2027/{ligne(qui).reference}/depart/",
        {"fin": "2027-06-30", "pour_impaye": ""},
    )

    assert not Avoir.objects.exists()


def test_une_convention_qui_court_encore_n_a_pas_d_avoir_de_depart(fanny, olivier):
    qui = sous_convention(1)
    emis(fanny, olivier)

    with pytest.raises(RegleEnfreinte, match="ne finit pas en 2027"):
        avoirs.rendre_apres_un_depart(contribution=ligne(qui), par=olivier, maintenant=NOVEMBRE)


def test_une_convention_finie_avant_son_effet_se_refuse_en_une_phrase(fanny, olivier):
    qui = sous_convention(1, debut=date(2027, 3, 1))
    emis(fanny, olivier)

    with pytest.raises(RegleEnfreinte, match="Aucune convention ne couvre un jour de 2027"):
        partir(qui, olivier, date(2027, 2, 1))


def a_faire(le: datetime = NOVEMBRE) -> dict[str, str]:
    return {une.titre: une.detail.replace("\N{NO-BREAK SPACE}", " ") for une in attendues(le=le)}


@pytest.mark.moteurs
def test_a_faire_demande_l_avoir_de_qui_est_parti_et_se_tait_une_fois_accorde(fanny, olivier):
    qui = sous_convention(1)
    emis(fanny, olivier)
    qui.conventions.update(fin=date(2027, 6, 30))

    avant = sans_insecables(a_faire()["Rendre après un départ"])
    pas_encore = a_faire(datetime(2027, 6, 30, 9, tzinfo=UTC))
    partir(qui, olivier, date(2027, 6, 30))

    assert avant == "Commune 0001 : 126,03 €."
    assert "Rendre après un départ" not in pas_encore and "Rendre après un départ" not in a_faire()


@pytest.mark.parametrize("cas", ["impaye", "aucun"])
def test_a_faire_ne_demande_rien_pour_un_impaye_ni_sans_avoir_de_sortie(fanny, olivier, cas):
    if cas == "aucun":
        choisir(
            cle="prorata_sortie",
            valeur=cas,
            effet=date(2027, 1, 1),
            deliberation="D",
            par=fanny,
            maintenant=JANVIER,
        )
    qui = sous_convention(1)
    emis(fanny, olivier)
    qui.conventions.update(fin=date(2027, 6, 30), fin_pour_impaye=cas == "impaye")

    assert "Rendre après un départ" not in a_faire()


# ---------------------------------------------------------------- une erreur
# rendue, puis la régularisation


def test_ce_qu_une_erreur_a_rendu_ne_se_rappelle_pas_a_la_regularisation(fanny, olivier):
    a_regulariser(fanny, base_volume="n_estime_regularise")
    qui = sous_convention(1, agents=400, volume_estime=200)
    emis(fanny, olivier)
    rendre(qui, olivier, "1000", motif="erreur")
    creer_des_consultations(qui, 200)

    une = regularise(fanny, olivier).contributions.get()

    assert (une.montant, une.a_rendre, une.anomalies[0]["code"]) == (0, 0, "erreur_rendue")
    assert une.verifiee_le is not None and queries.rejouer(2027).ecarts == []


def test_une_erreur_de_la_moitie_reduit_de_moitie_ce_que_l_annee_doit(fanny, olivier):
    a_regulariser(fanny, base_volume="n_estime_regularise")
    qui = sous_convention(1, volume_estime=60)
    emis(fanny, olivier)
    rendre(qui, olivier, "250", motif="erreur")
    creer_des_consultations(qui, 200)

    une = regularise(fanny, olivier).contributions.get()

    assert (une.deja_appele, une.montant) == (Decimal(250), Decimal(250))


# ---------------------------------------------------------------- deux conventions dans l'année


def refaire(qui, *, debut: date) -> None:
    """La première est close, comme le veut la base : une seule est en vie."""
    qui.conventions.update(etat="close", close_le=JANVIER)
    convention_de(qui, debut=debut)


def deux(*, premiere: date, seconde: date, impaye: bool = False):
    qui = sous_convention(1, debut=date(2026, 1, 1), fin=premiere, fin_pour_impaye=impaye)
    refaire(qui, debut=seconde)
    return qui


def volume_de_l_an_passe(fanny, qui, nombre: int) -> None:
    a_regulariser(fanny)
    creer_des_consultations(qui, nombre, le=datetime(2026, 5, 3, 9, tzinfo=UTC))


def test_finie_le_30_juin_refaite_le_1er_octobre_l_annee_doit_273_jours_soit_373_euros_98(fanny):
    qui = deux(premiere=date(2027, 6, 30), seconde=date(2027, 10, 1))
    volume_de_l_an_passe(fanny, qui, 60)

    mener(2027, "figer", "simuler", par=fanny)

    assert (ligne(qui).tranche, ligne(qui).jours, ligne(qui).montant) == (2, 273, Decimal("373.98"))
    assert queries.rejouer(2027).ecarts == []


@pytest.mark.moteurs
def test_refaite_le_lendemain_la_convention_doit_l_annee_entiere(fanny):
    qui = deux(premiere=date(2027, 6, 30), seconde=date(2027, 7, 1))

    mener(2027, "figer", "simuler", par=fanny)

    assert (ligne(qui).jours, ligne(qui).montant) == (365, Decimal(250))


def test_finie_pour_impaye_puis_refaite_l_entre_deux_reste_du(fanny):
    qui = deux(premiere=date(2027, 6, 30), seconde=date(2027, 10, 1), impaye=True)

    mener(2027, "figer", "simuler", par=fanny)

    assert ligne(qui).montant == 250


@pytest.mark.parametrize(
    ("fin", "debut", "montant"),
    [
        (date(2027, 6, 15), date(2027, 10, 1), "187.50"),
        (date(2027, 6, 15), date(2027, 6, 20), "250"),
        (date(2027, 6, 30), date(2027, 7, 20), "250"),
    ],
)
def test_au_mois_entame_seuls_les_mois_sans_un_jour_couvert_se_retirent(fanny, fin, debut, montant):
    choisir(
        cle="prorata",
        valeur="mois_entame",
        effet=date(2027, 1, 1),
        deliberation="D",
        par=fanny,
        maintenant=JANVIER,
    )
    qui = deux(premiere=fin, seconde=debut)

    mener(2027, "figer", "simuler", par=fanny)

    assert ligne(qui).montant == Decimal(montant)


def test_finie_le_31_decembre_refaite_le_10_janvier_l_annee_se_paie_sur_les_300_comptees(fanny):
    qui = deux(premiere=date(2026, 12, 31), seconde=date(2027, 1, 10))
    volume_de_l_an_passe(fanny, qui, 300)

    mener(2027, "figer", "simuler", par=fanny)

    assert (ligne(qui).volume, ligne(qui).tranche) == (300, 4)


def test_relire_une_ligne_reprend_les_jours_et_le_compte_d_avant(fanny):
    qui = deux(premiere=date(2026, 12, 31), seconde=date(2027, 1, 10))
    volume_de_l_an_passe(fanny, qui, 300)
    mener(2027, "figer", "simuler", par=fanny)

    une = services.relire_une_ligne(contribution=ligne(qui), par=fanny, maintenant=JANVIER)

    assert (une.volume, une.tranche, une.debut) == (300, 4, date(2027, 1, 10))


@pytest.mark.parametrize("colonne", ["interruptions = '[]'", "corrige = 1"])
def test_la_base_refuse_de_changer_les_jours_d_une_contribution_emise(fanny, olivier, colonne):
    sous_convention(1)
    emis(fanny, olivier)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(f"UPDATE contributions_contribution SET {colonne}")


# ---------------------------------------------------------------- des jours qui manquent


def test_qui_revient_apres_un_depart_appele_est_signale_pour_les_jours_qui_manquent(fanny, olivier):
    qui = sous_convention(1, fin=date(2027, 6, 30))
    emis(fanny, olivier)
    refaire(qui, debut=date(2027, 10, 1))
    client = connecter(Client(), fanny)

    (suite,) = suites.suites(jour=NOVEMBRE.date())

    assert [(un.contribution.nom, un.manque) for un in suite.sous_appeles] == [
        ("Commune 0001", Decimal("63.01"))
    ]
    assert a_faire()["Vérifier des jours que l'appel 2027 n'a pas comptés"] == "1 adhérent."
    assert client.get("/cdg/contributions/").status_code == 200


# ---------------------------------------------------------------- le délai pour contester


def test_emis_le_10_mars_le_compte_se_conteste_jusqu_au_9_avril_a_l_ecran_et_dans_le_pdf(
    fanny, olivier
):
    qui = sous_convention(1)
    mener(2027, "figer", "simuler", par=fanny)
    exercice = mener(2027, "preparer", "valider", par=fanny, ordonnateur=olivier)
    avant = queries.contestable(qui, datetime(2027, 3, 1, 9, tzinfo=UTC))
    services.emettre(
        exercice=exercice, par=olivier, maintenant=datetime(2027, 3, 10, 9, tzinfo=UTC)
    )

    jours = [queries.contestable(qui, datetime(2027, 4, jour, 9, tzinfo=UTC)) for jour in (9, 10)]

    assert avant and [bool(jour) for jour in jours] == [True, False]
    une = Contribution.objects.select_related("exercice__grille").get()
    assert "9 avril 2027" in sans_insecables(
        str(appel_de(une, centre=centre())).replace("\\xa0", " ")
    )
    with pytest.raises(RegleEnfreinte, match="trente jours"):
        comptes.contester(
            contribution=une,
            texte="X",
            par=olivier,
            maintenant=datetime(2027, 4, 10, 9, tzinfo=UTC),
        )


# ---------------------------------------------------------------- l'effectif qu'un appel fige


def effectif(qui, annee: int, agents: int, *, le: datetime = JANVIER) -> Effectif:
    return declarer_l_effectif(
        adherent=qui,
        annee=annee,
        agents=agents,
        constate_le=date(annee, 1, 1),
        justificatif=Justificatif("état du personnel.pdf", ETAT),
        par=Utilisateur.objects.get(nom="Fanny Delattre"),
        maintenant=le,
    )


def ccas_sous_convention(commune, **dit):
    """Un CCAS de cette commune, sous sa propre convention."""
    ccas = sous_convention(900, agents=None, nom="CCAS", nature="ccas", **dit)
    Adherent.objects.filter(pk=ccas.pk).update(rattache_a=commune)
    return ccas


def test_un_ccas_qui_adhere_en_avril_est_appele_sur_l_effectif_fige_de_sa_commune(fanny, olivier):
    commune = sous_convention(1, agents=None)
    effectif(commune, 2026, 330)
    emis(fanny, olivier)
    effectif(commune, 2027, 380, le=datetime(2027, 3, 1, 9, tzinfo=UTC))
    ccas = ccas_sous_convention(commune, debut=date(2027, 4, 1))
    effectif(ccas, 2027, 5, le=datetime(2027, 4, 2, 9, tzinfo=UTC))

    emis(fanny, olivier, completer(annee=2027, par=fanny, maintenant=NOVEMBRE), le=NOVEMBRE)

    assert (ligne(commune).agents, ligne(ccas).agents, ligne(ccas).montant) == (330, 330, 0)
    assert not Effectif.objects.filter(annee=2027, agents=380).exclude(fige_le=None).exists()


@pytest.mark.moteurs
def test_un_effectif_declare_entre_le_gel_et_l_emission_ne_se_fige_pas(fanny, olivier):
    commune = sous_convention(1, agents=None)
    effectif(commune, 2026, 330)
    exercice = mener(2027, "figer", "simuler", par=fanny)
    declare = effectif(commune, 2027, 380, le=datetime(2027, 1, 6, 9, tzinfo=UTC))
    tout_decider(exercice, par=fanny)
    mener(2027, "preparer", "valider", "emettre", par=fanny, ordonnateur=olivier)

    declare.refresh_from_db()
    assert (ligne(commune).agents, declare.fige_le) == (330, None)


@pytest.mark.moteurs
def test_l_effectif_d_un_ccas_compte_avec_sa_commune_se_fige_avec_elle(fanny, olivier):
    commune = sous_convention(1, agents=330)
    ccas = ccas_sous_convention(commune, debut=date(2027, 4, 1))
    sien = effectif(ccas, 2027, 40)
    ccas.conventions.update(activee_le=None)
    emis(fanny, olivier)

    sien.refresh_from_db()
    assert (ligne(commune).agents, sien.fige_le) == (370, JANVIER)


@pytest.mark.moteurs
def test_l_effectif_d_un_ccas_qui_n_est_pas_appele_ne_se_fige_pas(fanny, olivier):
    commune = sous_convention(1, agents=None)
    sous_convention(2)
    ccas = ccas_sous_convention(commune)
    sien = effectif(ccas, 2027, 40)
    emis(fanny, olivier)

    sien.refresh_from_db()
    assert (ligne(ccas).montant, sien.fige_le) == (None, None)
