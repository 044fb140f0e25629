"""Un tour se prend, se rend, et ne se perd pas."""

from threading import Thread

from beffroi.socle.fondations.tour import Tour


def test_une_place_libre_se_prend_sans_attendre_et_une_seule_fois():
    tour = Tour()

    assert tour.prendre(0)
    assert not tour.prendre(0.01)


def test_qui_s_est_lasse_ne_tient_plus_sa_place_dans_la_file():
    tour = Tour()
    tour.prendre(0)
    assert not tour.prendre(0.01)

    assert tour.attendent() == 0
    tour.rendre()
    assert tour.prendre(0)


def test_une_place_donnee_a_l_instant_ou_l_on_se_lasse_est_prise():
    tour = Tour()
    tour.prendre(0)
    lasses = [Thread(target=lambda: tour.prendre(0.001) and tour.rendre()) for _ in range(200)]
    for fil in lasses:
        fil.start()
    tour.rendre()
    for fil in lasses:
        fil.join()

    assert tour.prendre(0)
