"""Ce qu'une preuve couvre."""

from datetime import UTC, datetime, timedelta

from beffroi.service.preuves import rules

LIMITE = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)


def fenetre(*, commence_le, le):
    return rules.fenetre_de_la_tentative(limite=LIMITE, commence_le=commence_le, le=le)


def test_une_attestation_part_du_debut_de_la_tentative():
    debut, fin = fenetre(commence_le=LIMITE - timedelta(days=3), le=LIMITE - timedelta(hours=2))

    assert (debut, fin) == (LIMITE - timedelta(days=3), LIMITE - timedelta(hours=2))


def test_une_attestation_tardive_s_arrete_une_heure_apres_l_heure_limite():
    assert fenetre(
        commence_le=LIMITE - timedelta(hours=1), le=LIMITE + timedelta(days=400)
    ) == rules.fenetre(LIMITE)


def test_une_reponse_commencee_des_mois_avant_ne_fait_pas_relire_chaque_minute_de_la_sonde():
    debut, fin = fenetre(commence_le=LIMITE - timedelta(days=90), le=LIMITE)

    assert fin - debut == timedelta(days=7)


def test_chaque_heure_limite_a_sa_fenetre_et_celles_qui_se_touchent_n_en_font_qu_une():
    lendemain, plus_tard = LIMITE + timedelta(days=1), LIMITE + timedelta(days=10)

    proches, loin = rules.fenetres([plus_tard, lendemain, LIMITE, LIMITE])

    assert (proches.debut, proches.fin) == (
        LIMITE - timedelta(hours=24),
        lendemain + timedelta(hours=1),
    )
    assert proches.limites == (LIMITE, lendemain)
    assert (loin.debut, loin.fin, loin.limites) == (*rules.fenetre(plus_tard), (plus_tard,))


def test_une_minute_entre_deux_fenetres_les_separe():
    touche, minute = LIMITE + timedelta(hours=25), timedelta(minutes=1)

    assert len(rules.fenetres([LIMITE, touche])) == 1
    assert len(rules.fenetres([LIMITE, touche + minute])) == 2


def test_une_fenetre_dans_une_autre_ne_la_raccourcit_pas():
    dehors = rules.Fenetre(LIMITE - timedelta(days=2), LIMITE)
    dedans = rules.Fenetre(LIMITE - timedelta(days=1), LIMITE - timedelta(hours=1), (LIMITE,))

    assert rules.fondues([dedans, dehors]) == (rules.Fenetre(dehors.debut, dehors.fin, (LIMITE,)),)


def fenetres_de_la_tentative(*, commence_le, le=LIMITE + timedelta(days=30)):
    anciennes = [LIMITE - timedelta(days=20)]
    trouvees = rules.fenetres_de_la_tentative(
        limite=LIMITE, anciennes=anciennes, commence_le=commence_le, le=le
    )
    return [fenetre.limites for fenetre in trouvees]


def test_une_attestation_couvre_l_heure_limite_d_avant_si_la_reponse_l_a_connue():
    ancienne = LIMITE - timedelta(days=20)

    assert fenetres_de_la_tentative(commence_le=ancienne - timedelta(hours=1)) == [
        (ancienne,),
        (LIMITE,),
    ]
    assert fenetres_de_la_tentative(commence_le=ancienne + timedelta(hours=2)) == [(LIMITE,)]
