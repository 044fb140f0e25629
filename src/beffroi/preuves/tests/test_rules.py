"""Ce qu'une preuve couvre."""

from datetime import UTC, datetime, timedelta

from beffroi.preuves import rules

LIMITE = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)


def fenetre(*, commence_le, le):
    return rules.fenetre_de_la_tentative(limite=LIMITE, commence_le=commence_le, le=le)


def test_une_attestation_part_du_debut_de_la_tentative():
    debut, fin = fenetre(commence_le=LIMITE - timedelta(days=3), le=LIMITE - timedelta(hours=2))

    assert (debut, fin) == (LIMITE - timedelta(days=3), LIMITE - timedelta(hours=2))


def test_une_attestation_tardive_s_arrete_une_heure_apres_l_heure_limite():
    assert fenetre(commence_le=LIMITE - timedelta(hours=1), le=LIMITE + timedelta(days=400)) == rules.fenetre(LIMITE)


def test_une_reponse_commencee_des_mois_avant_ne_fait_pas_relire_chaque_minute_de_la_sonde():
    debut, fin = fenetre(commence_le=LIMITE - timedelta(days=90), le=LIMITE)

    assert fin - debut == timedelta(days=7)
